"""The sheets of a workbook about the figures themselves: meaning, sources, gaps, corrections."""

from __future__ import annotations

from dashboard.report.book_sheets import NAME, amount, number, sheet
from dashboard.report.sheets import Column, Kind, Sheet
from data.dutch_days import date_text
from metrics.facts import GESPREK, VRAAG
from metrics.periods import local_text
from metrics.published.edition import Edition
from metrics.published.snapshot import Snapshot

FEEDS = {fact.feed: fact.plural for fact in (GESPREK, VRAAG)}


def errata(edition: Edition) -> list[Sheet]:
    """What a correction changed, when this version is one."""
    erratum, told = edition.erratum, edition.snapshot
    if erratum is None:
        return []
    columns = (
        NAME,
        Column(key="wat", label="Welk getal"),
        number("was", "Was"),
        number("is", "Is nu"),
        Column(key="gevolg", label="Gevolg"),
    )
    rows = [
        (
            one.name,
            one.field,
            *(amount(told, one.key, value) for value in (one.old, one.new)),
            one.effect,
        )
        for one in erratum.changes
    ]
    lines = [
        f"Wat was fout: {erratum.what}",
        f"Oorzaak: {erratum.cause}",
        f"Gevolg: {erratum.effect}",
        f"Geïnformeerd: {erratum.informed}",
    ]
    title = f"Erratum bij versie {erratum.replaces}, {date_text(erratum.at.date())}"
    return [Sheet(name="Erratum", title=title, lines=lines, columns=columns, rows=rows)]


def definitions(told: Snapshot) -> Sheet:
    """What each figure means, and the fingerprint that changes when that does."""
    columns = (
        Column(key="maatstaf", label="Maatstaf"),
        NAME,
        Column(key="vraag", label="Vraag"),
        Column(key="formule", label="Berekening"),
        Column(key="let_op", label="Let op"),
        Column(key="grondslag", label="Normen en hun grondslag"),
        Column(key="herzieningen", label="Wijzigingen"),
        Column(key="eigenaar", label="Eigenaar"),
        Column(key="nagekeken", label="Nagekeken op", kind=Kind.DAY),
        Column(key="vingerafdruk", label="Vingerafdruk"),
    )
    rows = [
        (
            *(one.key, one.name, one.question, one.formula, one.caveat),
            "; ".join(f"{norm.text} sinds {norm.since}: {norm.grondslag}" for norm in one.norms),
            "; ".join(f"{change.day}: {change.what}" for change in one.revisions),
            *(one.owner, one.reviewed, one.fingerprint),
        )
        for one in told.definitions
    ]
    return sheet("Definities", "Wat elk cijfer betekent", columns, rows)


def sources(told: Snapshot) -> Sheet:
    """How far each source had been read."""
    columns = (
        Column(key="bron", label="Bron"),
        Column(key="soort", label="Soort"),
        Column(key="voedt", label="Voedt"),
        Column(key="gelezen", label="Gelezen op"),
        Column(key="nieuwste", label="Nieuwste gegevens"),
        Column(key="fout", label="Fout"),
        Column(key="apart", label="Rijen apart gezet", kind=Kind.COUNT),
    )
    rejected = {one.naam: one.number for one in told.rejected}
    rows = [
        (
            one.naam,
            one.soort,
            ", ".join(FEEDS.get(feed, feed) for feed in one.feeds),
            local_text(one.checked_at),
            local_text(one.newest),
            one.error,
            rejected.get(one.naam, 0),
        )
        for one in told.sources
    ]
    return sheet("Bronnen", "Tot waar de bronnen waren gelezen", columns, rows)


def gaps(told: Snapshot) -> Sheet:
    """On which days sources told nothing, or not all."""
    columns = (
        Column(key="gegevens", label="Gegevens"),
        Column(key="bronnen", label="Bronnen"),
        Column(key="dagen", label="Dagen waarop iets te melden was", kind=Kind.COUNT),
        Column(key="ontbreken", label="Dagen die ontbreken", kind=Kind.COUNT),
        Column(key="welke", label="Welke dagen ontbreken"),
        Column(key="deels", label="Welke dagen niet compleet zijn"),
    )
    rows = [
        (
            one.plural,
            ", ".join(one.sources),
            one.open_days,
            len(one.missing),
            ", ".join(map(str, one.missing)),
            ", ".join(map(str, one.partial)),
        )
        for one in told.gaps
    ]
    return sheet("Dagen", "Dagen zonder gegevens", columns, rows)
