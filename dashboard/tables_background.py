"""The tables of where figures come from: sources, complete days, rows set aside, runs, sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.board import SourceState
from dashboard.open_table import MONTH, Column, OpenTable, Question, Rows
from metrics import Query, Reading
from metrics.facts import GESPREK, VRAAG
from metrics.periods import local_day, local_text, month_before, whole_month
from metrics.provenance import Day, Refused, Run
from metrics.sum_checks import KEYS, Check, checks

MOMENT = "dateTime"
FACTS = {fact.plural: fact for fact in (GESPREK, VRAAG)}
"""The facts of which each day is accounted for."""
MET = {True: "ja", False: "nee", None: None}


def year_before(today: date) -> date:
    """The first day of the eleventh month before this one: with it they are twelve."""
    first = today.replace(day=1)
    for _ in range(11):
        first = month_before(first)
    return first


def sums(question: Question, month: date) -> Sequence[Check]:
    """Check every sum over a month."""
    kpis = tuple(question.board.catalogue[key] for key in KEYS)
    query = Query(kpis=kpis, period=whole_month(month), now=question.now)
    return checks(question.board.ask(query))


def _sources(question: Question) -> Rows:
    return [_source(one) for one in question.board.sources()]


def _source(one: SourceState) -> dict[str, Any]:
    return {
        "bron": one.naam,
        "soort": one.soort,
        "levert": " ".join(one.feeds),
        "gelezen": local_text(one.checked_at),
        "oudste": local_text(one.earliest),
        "nieuwste": local_text(one.newest),
        "leest_elke_s": one.interval_s,
        "fout": one.error or None,
        "fout_sinds": local_text(one.error_since),
        "demonstratie": "ja" if one.demo else "nee",
    }


def _days(question: Question) -> Rows:
    fact = FACTS[question.chosen("soort", tuple(FACTS))]
    first = year_before(local_day(question.now))
    return [_day(one) for one in question.board.background.days(fact, first, question.now)]


def _day(one: Day) -> dict[str, Any]:
    gaps = "; ".join(one.gaps) or None
    return {"dag": one.day.isoformat(), "stand": one.state.value, "ontbreekt": gaps}


def _refused(question: Question) -> Rows:
    return [_reason(one) for one in question.board.background.refused()]


def _reason(one: Refused) -> dict[str, Any]:
    last = local_text(one.last)
    return {"bron": one.bron, "reden": one.reason, "rijen": one.number, "laatst": last}


def _runs(question: Question) -> Rows:
    return [_run(one) for one in question.board.background.last_runs()]


def _run(one: Run) -> dict[str, Any]:
    return {
        "bron": one.bron,
        "moment": local_text(one.at),
        "gelezen": one.rows,
        "geschreven": one.written,
        "opzij": one.rejected,
        "fout": one.error or None,
    }


def _sums(question: Question) -> Rows:
    month = question.month
    told = sums(question, month)
    return [{"maand": f"{month:%Y-%m}", **row} for one in told for row in _check(one)]


def _check(one: Check) -> list[dict[str, Any]]:
    parts = zip(one.parts, one.numbers, strict=True)
    rows: list[tuple[str, Reading, int | None]] = [("geheel", one.whole, one.expected)]
    rows += [("deel", reading, number) for reading, number in parts]
    return [
        {"controle": one.sum.name, "rij": kind, "kpi": reading.kpi.key, "aantal": number,
         "klopt": MET[one.met]}
        for kind, reading, number in rows
    ]  # fmt: skip


SOURCE = Column("bron", "Bron", required=True, foreign=True)
BACKGROUND = (
    OpenTable(
        path="herkomst/bronnen",
        summary="De bronnen: hoe ver zij reiken en wanneer zij zijn gelezen",
        rows=_sources,
        key=("bron",),
        columns=(
            SOURCE,
            Column("soort", "Soort bron", required=True),
            Column("levert", "Wat de bron levert", required=True),
            Column("gelezen", "Wanneer de bron voor het laatst is gelezen", MOMENT),
            Column("oudste", "Vanaf wanneer er gegevens zijn", MOMENT),
            Column("nieuwste", "Tot wanneer er gegevens zijn", MOMENT),
            Column("leest_elke_s", "Om de hoeveel seconden de bron wordt gelezen", "integer",
                   required=True),
            Column("fout", "Waarom de bron niet te lezen is", foreign=True),
            Column("fout_sinds", "Sinds wanneer", MOMENT),
            Column("demonstratie", "ja: de bron is verzonnen", required=True),
        ),
    ),
    OpenTable(
        path="herkomst/dagen",
        summary="Welke dagen van het laatste jaar compleet zijn",
        rows=_days,
        parameters={"soort": tuple(FACTS)},
        key=("dag",),
        columns=(
            Column("dag", "Dag", "date", required=True),
            Column("stand", "compleet, deels, leeg of dicht", required=True),
            Column("ontbreekt", "Wat er ontbreekt", foreign=True),
        ),
    ),
    OpenTable(
        path="herkomst/opzij",
        summary="Rijen die nergens meetellen, naar reden",
        rows=_refused,
        key=("bron", "reden"),
        columns=(
            SOURCE,
            Column("reden", "Waarom", required=True, foreign=True),
            Column("rijen", "Hoeveel rijen", "integer", required=True),
            Column("laatst", "De laatste keer", MOMENT, required=True),
        ),
    ),
    OpenTable(
        path="herkomst/gelezen",
        summary="De laatste keren dat elke bron is gelezen",
        rows=_runs,
        columns=(
            SOURCE,
            Column("moment", "Wanneer", MOMENT, required=True),
            Column("gelezen", "Rijen gelezen", "integer", required=True),
            Column("geschreven", "Rijen die nieuw of anders waren", "integer", required=True),
            Column("opzij", "Rijen opzij gelegd", "integer", required=True),
            Column("fout", "Wat er misging", foreign=True),
        ),
    ),
    OpenTable(
        path="herkomst/sommen",
        summary="Of elke rij één keer telt: een geheel en zijn delen",
        rows=_sums,
        parameters=MONTH,
        key=("controle", "rij", "kpi"),
        columns=(
            Column("maand", "Maand", "gYearMonth", required=True),
            Column("controle", "Wat er wordt nagegaan", required=True),
            Column("rij", "geheel of deel", required=True),
            Column("kpi", "Sleutel van het cijfer", required=True),
            Column("aantal", "Aantal", "integer"),
            Column("klopt", "ja of nee"),
        ),
    ),
)  # fmt: skip
