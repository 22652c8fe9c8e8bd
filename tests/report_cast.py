"""Reports in every state that a page or file must draw, made by hand: nothing here was computed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import sin
from typing import Any

from msgspec.structs import replace

from metrics.kpi import Better
from metrics.published.edition import Change, Edition, Erratum, Note, State, Step
from metrics.published.goal import (
    Event,
    Forecast,
    Goal,
    Point,
    Recalibration,
    Segment,
    Year,
    Years,
    YearValue,
)
from metrics.published.meaning import Definition, Norm, Path, Revision
from metrics.published.quality import Cell, DayGaps, Parts, Rejected, Source
from metrics.published.snapshot import Code, Figure, Header, Snapshot, Span, Thresholds
from metrics.units import Unit

MONTH, AFTER = date(2026, 10, 1), date(2026, 11, 1)
MADE = datetime(2026, 11, 6, 7, 0, tzinfo=UTC)
SET_BY = "Collegebesluit 2016/123, verzonnen voor de tests"
NO_VALUE = "geen vragen waarvan de persoon bekend is in deze periode"
MONTHS = [date(2024 + at // 12, at % 12 + 1, 1) for at in range(10, 34)]


def norm(value: float, text: str, since: date = date(2016, 1, 1)) -> Norm:
    """A norm that was set long ago."""
    return Norm(value=value, text=text, since=since, grondslag=SET_BY)


NORMS = {
    "bereikbaarheid": norm(0.85, "85%"),
    "wachttijd": norm(120.0, "2:00"),
    "digitaal_of_kcc": norm(0.80, "80%"),
    "binnen_termijn": norm(0.85, "85%"),
    "terugbellen": norm(0.90, "90%"),
    "in_een_keer_goed": norm(0.80, "80%"),
}
PATH = Path(first=date(2026, 1, 1), start=0.76, last=date(2026, 12, 1), end=0.80, grondslag=SET_BY)


def definition(key: str, name: str, cases: str, **more: Any) -> Definition:
    """What a figure means, with the words of a share unless told otherwise."""
    words = {
        "key": key,
        "name": name,
        "question": f"Hoe staat het met: {name.lower()}?",
        "formula": f"goed / {cases}",
        "teller": "goed",
        "noemer": cases,
        "cases_name": cases,
        "bron": "vraag",
        "unit": Unit.PERCENTAGE,
        "better": Better.HOGER,
        "stock": False,
        "caveat": "",
        "norms": (NORMS[key],) if key in NORMS else (),
        "paths": (),
        "revisions": (),
        "owner": "teammanager KCC",
        "reviewed": date(2026, 6, 1),
        "fingerprint": f"{sum(key.encode()):064x}",
    }
    return Definition(**words | more)


DEFINITIONS = (
    definition("bereikbaarheid", "Telefonische bereikbaarheid", "aangeboden oproepen",
               bron="gesprek"),
    definition("wachttijd", "Gemiddelde wachttijd", "opgenomen oproepen", bron="gesprek",
               unit=Unit.SECONDEN, better=Better.LAGER),
    definition("digitaal_of_kcc", "Eenvoudige vragen digitaal of via het KCC afgehandeld",
               "eenvoudige vragen met bekende afhandeling", paths=(PATH,),
               caveat="Vragen zonder bekende afhandeling tellen niet mee."),
    definition("binnen_termijn", "Binnen termijn beantwoord", "verstreken termijnen",
               revisions=(Revision(day=date(2026, 10, 15), what="opschorting telt mee"),)),
    definition("terugbellen", "Terugbelverzoeken op tijd teruggebeld", "terugbelverzoeken"),
    definition("in_een_keer_goed", "In één keer goed", "vragen waarvan de persoon bekend is"),
    definition("ontvangen", "Ontvangen oproepen", "oproepen", bron="gesprek", unit=Unit.AANTAL,
               better=Better.NEUTRAAL, teller=None, noemer=None),
    definition("openstaand", "Openstaande vragen", "vragen", unit=Unit.AANTAL,
               better=Better.NEUTRAAL, teller=None, noemer=None, stock=True),
)  # fmt: skip


def figure(
    key: str, part: float | None, whole: float | None, text: str, met: bool | None, **more: Any
) -> Figure:
    """A figure of so many cases; without a part it has no value, and more must say why."""
    value = None if part is None else part / whole if whole else part
    told = {
        "value": value,
        "teller": part,
        "noemer": whole,
        "cases": int(whole or part or 0),
        "norm": NORMS.get(key),
        "reason": "",
        "gaps": (),
        "coverage": None,
        "lower": None,
        "upper": None,
    }
    return Figure(key=key, text=text, met=met, **told | more)


REVISED = (Revision(day=date(2026, 10, 15), what="opschorting telt mee"),)
FIGURES = (
    figure("bereikbaarheid", 8710.0, 10000.0, "87%", met=True),
    figure("wachttijd", 1087500.0, 8700.0, "2:05", met=False),
    figure("digitaal_of_kcc", 7960.0, 10000.0, "79,6%", met=False, coverage=0.93,
           lower=0.741, upper=0.814),
    figure("binnen_termijn", 1861.0, 2000.0, "93%", met=True, revisions_within=REVISED),
    figure("terugbellen", 451.0, 600.0, "75%", met=False),
    figure("in_een_keer_goed", None, 0.0, "–", met=None, reason=NO_VALUE),
    figure("ontvangen", 10412.0, None, "10.412", met=None),
    figure("openstaand", 1834.0, None, "1.834", met=None),
)  # fmt: skip


def points(told: Figure, drift: float = 0.0) -> tuple[Point, ...]:
    """24 months that wave about the last one, and drift towards it."""

    def point(at: int, month: date) -> Point:
        last = month == MONTH
        wave = (sin(at * 2.1) * 0.012 + drift * (23 - at) / 23) * (not last)
        value = None if told.value is None else told.value * (1 + wave)
        unit, whole = DEFINED[told.key].unit, told.noemer or None
        return Point(
            month=month,
            value=told.value if last else value,
            text=told.text if last else unit.text(value),
            teller=told.teller if last or value is None else value * (whole or 1),
            noemer=told.noemer,
            cases=told.cases,
            norm=told.norm.value if told.norm else None,
            met=told.met,
            path=0.76 + 0.04 * (month.month - 1) / 11
            if told.key == "digitaal_of_kcc" and month.year == 2026
            else None,
            reason=told.reason,
            gaps=told.gaps,
        )

    return tuple(point(at, month) for at, month in enumerate(MONTHS))


DEFINED = {one.key: one for one in DEFINITIONS}
NO_FORECAST = Forecast(
    months=(), level=None, low=None, high=None, reason="geen prognose: de laatste maand ontbreekt",
    hits=0, tested=0,
)  # fmt: skip
NO_YEAR = Year(
    so_far=None, value=None, low=None, high=None, reason="een maand van dit jaar ontbreekt",
    needed=None, reach=None, needed_reason="een maand van dit jaar ontbreekt",
)  # fmt: skip
SNOW = Event(day=date(2026, 1, 5), until=date(2026, 1, 7), text="Sneeuw en ijzel",
             owner="teammanager")  # fmt: skip


def goal(key: str, drift: float = 0.0, **more: Any) -> Goal:
    """A target that stays within chance, with a forecast, unless told otherwise."""
    told = next(one for one in FIGURES if one.key == key)
    series = points(told, drift)
    mean = told.value or 0.0
    around = Segment(first=MONTHS[0], last=MONTH, mean=mean, low=mean * 0.96,
                     high=mean * 1.04, known=24, provisional=False)  # fmt: skip
    stands: dict[str, Any] = {
        "points": series,
        "segments": (around,),
        "variation": "geen",
        "variation_text": "Geen signaal",
        "lasting": 0,
        "assurance": "steeds" if told.met else "niet",
        "to_do": "vasthouden" if told.met else "richt het proces anders in, wachten helpt niet",
        "on_path": None,
        "before": series[-13],
        "forecast": Forecast(
            months=(date(2026, 11, 1), date(2026, 12, 1)), level=mean, low=around.low,
            high=around.high, reason="", hits=41, tested=45,
        ),
        "year": Year(
            so_far=mean, value=mean, low=around.low, high=around.high, reason="",
            needed=(told.norm.value if told.norm else 0) * 1.02, reach="haalbaar",
            needed_reason="",
        ),
        "events": (SNOW,),
        "recalibrations": (),
    }  # fmt: skip
    return Goal(key=key, **stands | more)


def falling(key: str) -> Goal:
    """A target that has been below its mean for eight months."""
    found = goal(key, 0.1)
    bad: dict[str, Any] = {"rule": "verschuiving", "side": -1, "meaning": "verslechtering"}
    series = (*found.points[:-8], *(replace(one, **bad) for one in found.points[-8:]))
    return replace(
        found, points=series, variation="verslechtering", variation_text="Verslechtering",
        lasting=8, to_do="nu ingrijpen", forecast=replace(
            NO_FORECAST, reason="geen prognose: het proces verandert", hits=30, tested=41),
        year=replace(found.year, value=None, low=None, high=None,
                     reason="geen prognose: het proces verandert", reach="niet_meer"),
    )  # fmt: skip


def silent(key: str) -> Goal:
    """A target without a value in its last month."""
    return goal(
        key, variation=None, variation_text="", assurance=None, to_do="", before=None,
        segments=(Segment(first=MONTHS[0], last=MONTH, mean=None, low=None, high=None, known=0,
                          provisional=True),),
        forecast=NO_FORECAST, year=NO_YEAR,
    )  # fmt: skip


def recalibrated(key: str) -> Goal:
    """A target whose process changed in September 2025: two segments."""
    found = goal(key)
    (whole,) = found.segments
    return replace(
        found,
        segments=(
            replace(whole, last=MONTHS[9], mean=0.88, low=0.84, high=0.92, known=10,
                    provisional=True),
            replace(whole, first=MONTHS[10], known=14),
        ),
        recalibrations=(
            Recalibration(day=date(2025, 9, 1), reason="nieuw zaaksysteem", author="adviseur",
                          approved_by="teammanager"),
        ),
    )  # fmt: skip


GOALS = (
    goal("bereikbaarheid"),
    goal("wachttijd", assurance="soms",
         to_do="norm halen is toeval: verklein de spreiding of verhoog het niveau"),
    goal("digitaal_of_kcc", -0.05, on_path=False, assurance="soms", to_do="onderzoek de oorzaak"),
    recalibrated("binnen_termijn"),
    falling("terugbellen"),
    silent("in_een_keer_goed"),
)  # fmt: skip


def cell(name: str, part: int, whole: int, verdict: Any = "onbeslist", side: int = 0) -> Cell:
    """A part that is shown; its interval is a rough one."""
    share = part / whole
    few = whole < 30
    return Cell(
        name=name,
        size="open" if few else "gewoon",
        value=share,
        text=f"{share:.0%}",
        teller=float(part),
        noemer=float(whole),
        cases=whole,
        low=max(0.0, share - 0.1),
        high=min(1.0, share + 0.1),
        verdict=None if few else verdict,
        side=side,
    )


PARTS = (
    Parts(
        key="digitaal_of_kcc",
        axis="afdeling",
        rows=(
            Cell(name="Archief"),
            cell("Belastingen", 747, 900, "gehaald", 1),
            cell("Burgerzaken", 2064, 2400, "gehaald", 1),
            Cell(name="Griffie"),
            cell("Omgevingsrecht", 17, 23),
            cell('Team "Wonen" <Schalkwijk> & Zuid', 236, 310),
            cell("", 340, 520, "niet_gehaald", -1),
        ),
    ),
    Parts(
        key="terugbellen",
        axis="afdeling",
        rows=(),
        withheld="minder dan 10: niet getoond",
    ),
    Parts(
        key="digitaal_of_kcc",
        axis="kanaal",
        rows=(cell("balie", 900, 1200), Cell(name="brief"), Cell(name="e-mail"),
              cell("telefoon", 5100, 6000, "gehaald")),
    ),
)  # fmt: skip


def years(key: str) -> Years:
    """Three years of a target, of which the first is not known, and the year so far."""
    told = next(one for one in FIGURES if one.key == key)
    unit, norm_ = DEFINED[key].unit, told.norm.value if told.norm else None

    def year(number: int, value: float | None, until: date, reason: str = "") -> YearValue:
        return YearValue(year=number, until=until, value=value, text=unit.text(value),
                         teller=None if value is None else value * 100_000,
                         noemer=None if value is None else 100_000.0, norm=norm_,
                         reason=reason)  # fmt: skip

    value = told.value
    return Years(
        key=key,
        norm=told.norm,
        past=(
            year(2023, None, date(2023, 12, 1), "telefonie begint op 2024-01-01T00:00:00+01:00"),
            year(2024, value and value * 0.97, date(2024, 12, 1), told.reason),
            year(2025, value and value * 0.99, date(2025, 12, 1), told.reason),
        ),
        so_far=year(2026, value, MONTH, told.reason),
    )


def source(naam: str, feed: str, error: str = "", checked: datetime = MADE) -> Source:
    """A source that has been read to its end."""
    return Source(naam=naam, soort="tickets_csv", feeds=(feed,),
                  earliest=datetime(2023, 12, 31, 23, tzinfo=UTC), newest=checked,
                  checked_at=checked, error=error, demo=False)  # fmt: skip


def no_gaps(feed: str, plural: str, *sources: str) -> DayGaps:
    """A month of which every day was told."""
    return DayGaps(feed=feed, plural=plural, sources=sources, days=31, open_days=22, missing=(),
                   partial=())  # fmt: skip


SNAPSHOT = Snapshot(
    span=Span(key="2026-10", kind="maand", name="oktober 2026", first=MONTH, after=AFTER,
              month=MONTH),
    organisation=392,
    gemeente="Haarlem",
    made_at=MADE,
    code=Code(version="0.1.0", commit="25cb685"),
    demo=False,
    header=Header(kenmerk="2026/1234567", portefeuillehouder="wethouder Dienstverlening",
                  programma="Burger en bestuur", afdeling="Klantcontactcentrum",
                  auteur="adviseur dienstverlening",
                  behandelvoorstel="Het college stuurt deze rapportage ter informatie naar de "
                  "commissie Bestuur.", eerdere_besluiten=(SET_BY,)),
    thresholds=Thresholds(trend=7, shift=7, fix_after=0, hidden_below=10, verdict_from=30),
    definitions=DEFINITIONS,
    figures=FIGURES,
    goals=GOALS,
    parts=PARTS,
    years=tuple(years(one.key) for one in GOALS),
    sources=(source("telefonie", "gesprek"), source("zaken", "vraag")),
    gaps=(no_gaps("gesprek", "gesprekken", "telefonie"), no_gaps("vraag", "vragen", "zaken")),
    rejected=(Rejected(naam="zaken", number=3),),
)  # fmt: skip
"""October 2026: two targets met, three missed (one by less than a rounding), one unknown."""


def _with(snapshot: Snapshot, changed: Figure, **of_goal: Any) -> Snapshot:
    """The same month with another figure, in its target too."""

    def anew(found: Goal) -> Goal:
        if found.key != changed.key:
            return found
        last = replace(found.point, value=changed.value, text=changed.text, teller=changed.teller,
                       noemer=changed.noemer, cases=changed.cases, met=changed.met,
                       reason=changed.reason, gaps=changed.gaps)  # fmt: skip
        return replace(found, points=(*found.points[:-1], last), **of_goal)

    figures = tuple(changed if one.key == changed.key else one for one in snapshot.figures)
    return replace(snapshot, figures=figures, goals=tuple(map(anew, snapshot.goals)))


ONE_CONTACT = _with(SNAPSHOT, figure("terugbellen", 1.0, 1.0, "100%", met=True))
"""One request to be called back, and it was done in time."""

_MISSING = tuple(date(2026, 10, day) for day in (12, 13, 14, 15, 16, 19, 20, 21, 22))
NINE_DAYS = replace(
    _with(SNAPSHOT, figure("bereikbaarheid", 5226.0, 6000.0, "87%", met=True,
                           gaps=("telefonie: gelezen tot 2026-10-23T00:00:00+02:00",))),
    sources=(source("telefonie", "gesprek", "de bron is niet bereikbaar",
                    datetime(2026, 10, 22, 22, tzinfo=UTC)), source("zaken", "vraag")),
    gaps=(replace(SNAPSHOT.gaps[0], missing=_MISSING, partial=(date(2026, 10, 9),)),
          SNAPSHOT.gaps[1]),
)  # fmt: skip
"""The exchange was silent for nine days."""

NEW_NORM = _with(
    SNAPSHOT,
    figure("wachttijd", 1087500.0, 8700.0, "2:05", met=False,
           norms_within=(norm(150.0, "2:30", date(2026, 10, 16)),)),
)  # fmt: skip
"""The norm of the wait changed in the middle of the month."""

_EMPTY = tuple(
    replace(one, value=None, text="–", teller=None, noemer=None, cases=0, met=None, coverage=None,
            lower=None, upper=None, reason="telefonie, zaken heeft nog geen gegevens geleverd")
    for one in FIGURES
)  # fmt: skip


def blank(found: Goal) -> Goal:
    """A target of which no month was told."""
    nothing: dict[str, Any] = {"value": None, "text": "–", "teller": None, "noemer": None,
                               "cases": 0, "met": None}  # fmt: skip
    return replace(found, points=tuple(replace(one, **nothing) for one in found.points))


EMPTY = replace(SNAPSHOT, figures=_EMPTY, goals=tuple(blank(silent(one.key)) for one in GOALS),
                parts=(),
                years=(), sources=(), rejected=(), gaps=(
                    replace(SNAPSHOT.gaps[0], sources=(), missing=tuple(
                        date(2026, 10, day) for day in range(1, 32)), open_days=31),))  # fmt: skip
"""A month without data."""

QUARTER = replace(
    SNAPSHOT, parts=(),
    span=Span(key="2026-K3", kind="kwartaal", name="derde kwartaal 2026", first=date(2026, 7, 1),
              after=date(2026, 10, 1), month=date(2026, 9, 1)),
)  # fmt: skip
FORTY_DAYS = replace(
    SNAPSHOT.gaps[0], days=365, open_days=250,
    missing=tuple(date(2026, 1, 1) + timedelta(days=2 * at) for at in range(40)),
)  # fmt: skip
YEAR = replace(
    SNAPSHOT, parts=(), gaps=(FORTY_DAYS, *SNAPSHOT.gaps[1:]),
    span=Span(key="2026", kind="jaar", name="2026", first=date(2026, 1, 1),
              after=date(2027, 1, 1), month=date(2026, 12, 1)),
)  # fmt: skip

SHA, CONTENT = "3f" * 32, "a9" * 32
CHECKED = Step(state=State.GECONTROLEERD, person="A. de Vries", role="data-eigenaar",
               at=datetime(2026, 11, 9, 9, 30, tzinfo=UTC), content=CONTENT,
               seal="11" * 32)  # fmt: skip
ESTABLISHED = Step(state=State.VASTGESTELD, person="B. Jansen", role="directeur Dienstverlening",
                   at=datetime(2026, 11, 10, 13, 5, tzinfo=UTC), content=CONTENT,
                   seal="22" * 32)  # fmt: skip
NOTES = (
    Note(about="terugbellen", role="teammanager KCC", at=datetime(2026, 11, 9, 8, 0, tzinfo=UTC),
         text="Twee vacatures zijn nog niet vervuld. We bellen vanaf november ook 's avonds."),
    Note(about="wat_doen_we", role="teammanager KCC", at=datetime(2026, 11, 9, 8, 5, tzinfo=UTC),
         text="We starten in december met een team voor terugbelverzoeken."),
)  # fmt: skip
CONCEPT = Edition(version=1, sha256=SHA, content=CONTENT, snapshot=SNAPSHOT)
FINAL = replace(CONCEPT, steps=(CHECKED, ESTABLISHED), notes=NOTES)
ERRATUM = Erratum(
    replaces=1,
    at=datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
    what="De vragen van het webformulier telden niet mee.",
    cause="De export van het zaaksysteem was niet compleet.",
    informed="griffie, 20 november 2026",
    role="data-eigenaar",
    changes=(
        Change(key="digitaal_of_kcc", name=DEFINED["digitaal_of_kcc"].name, field="waarde",
               old=0.812, new=0.796, old_text="81%", new_text="79,6%",
               effect="De norm is niet gehaald; eerder stond er: gehaald."),
    ),
    effect="De conclusie over 1 doel verandert.",
    substantial=True,
)  # fmt: skip
CORRECTED = replace(FINAL, version=2, erratum=ERRATUM)
EDITIONS = {
    "concept": CONCEPT,
    "vastgesteld": FINAL,
    "gecorrigeerd": CORRECTED,
    "één contact": replace(CONCEPT, snapshot=ONE_CONTACT),
    "negen dagen": replace(CONCEPT, snapshot=NINE_DAYS),
    "nieuwe norm": replace(CONCEPT, snapshot=NEW_NORM),
    "zonder gegevens": replace(CONCEPT, snapshot=EMPTY),
    "kwartaal": replace(FINAL, snapshot=QUARTER),
    "jaar": replace(FINAL, snapshot=YEAR),
}
