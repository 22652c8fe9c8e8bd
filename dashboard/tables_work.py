"""The tables of work: what is open, what falls due, and the questions behind a figure.

They tell small numbers and single questions, for who must answer these: see ADR 0020.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from dashboard.open_table import MONTH, PARTS, Column, OpenTable, Question, Rows
from dashboard.paging import Stretch, asked
from metrics.expiring import Expiring, workdays_of
from metrics.open_work import Age, Due, Open
from metrics.periods import whole_month
from metrics.question_list import Chosen, Listed, Outcome, State, listable

EVERY = "vragen"
"""What is listed when no figure is asked for: all that came in."""


def _open(question: Question) -> Rows:
    found = question.board.follow_up.open_work(question.now, question.only)
    return [_department(one) for one in found]


def _department(one: Open) -> dict[str, Any]:
    due = {_due(kind): number for kind, number in one.due.items()}
    age = {_age(kind): number for kind, number in one.age.items()}
    return {"afdeling": one.afdeling, "open": one.number, **due, **age}


def _due(kind: Due) -> str:
    return _word(kind)


def _age(kind: Age) -> str:
    return f"werkdagen_{_word(kind)}"


def _word(kind: Enum) -> str:
    return str(kind.value).replace(" ", "_")


def _expiring(question: Question) -> Rows:
    within = workdays_of(question.asked.get("binnen", "5"))
    found = question.board.follow_up.expiring(question.now, within, question.only)
    return [_falls_due(one) for one in found]


def _falls_due(one: Expiring) -> dict[str, Any]:
    return {
        "bron": one.bron,
        "vraag": one.vraag,
        "onderwerp": one.onderwerp,
        "afdeling": one.afdeling,
        "uiterlijk": one.uiterlijk.isoformat(),
        "werkdagen": one.werkdagen,
    }


def _listed(question: Question) -> Stretch[Mapping[str, Any]]:
    found, number = question.board.follow_up.listed(chosen(question), *asked())
    return Stretch([_question(one) for one in found], number)


def chosen(question: Question) -> Chosen:
    """Read which questions an address asks for."""
    known = listable(question.board.catalogue)
    key = question.chosen("cijfer", (EVERY, *(key for key in known if key != EVERY)))
    outcome = question.chosen("uitkomst", [one.value for one in Outcome])
    return Chosen(
        kpi=known[key],
        period=whole_month(question.month),
        now=question.now,
        only=question.only,
        outcome=Outcome(outcome),
    )


def _question(one: Listed) -> dict[str, Any]:
    return {
        "bron": one.bron,
        "vraag": one.vraag,
        "ontvangen": one.ontvangen.isoformat(),
        "onderwerp": one.onderwerp,
        "afdeling": one.afdeling,
        "kanaal": one.kanaal,
        "stand": one.stand.value,
        "uiterlijk": one.uiterlijk.isoformat() if one.uiterlijk else None,
        "dagen_te_laat": one.te_laat,
    }


SOURCE = Column("bron", "Bron", required=True, foreign=True)
KEY = Column("vraag", "Nummer van de vraag in haar bron", required=True, foreign=True)
TOPIC = Column("onderwerp", "Onderwerp", foreign=True)
DEPARTMENT = Column("afdeling", "Afdeling", foreign=True)
WORK = (
    OpenTable(
        path="werk/open",
        summary="Vragen die op antwoord wachten, per afdeling, naar termijn en naar ouderdom",
        rows=_open,
        parameters=PARTS,
        key=("afdeling",),
        columns=(
            DEPARTMENT,
            Column("open", "Vragen die wachten", "integer", required=True),
            *(Column(_due(kind), f"Termijn: {kind.value}", "integer", required=True)
              for kind in Due),
            *(Column(_age(kind), f"{kind.value} werkdagen geleden ontvangen", "integer",
                     required=True) for kind in Age),
        ),
    ),
    OpenTable(
        path="werk/vervalt",
        summary="Open vragen waarvan de termijn binnenkort vervalt, de eerste boven",
        rows=_expiring,
        parameters={"binnen": (), **PARTS},
        key=("bron", "vraag"),
        columns=(
            SOURCE, KEY, TOPIC, DEPARTMENT,
            Column("uiterlijk", "Laatste dag voor een antwoord", "date", required=True),
            Column("werkdagen", "Werkdagen die nog resten; 0 is vandaag", "integer",
                   required=True),
        ),
    ),
    OpenTable(
        path="werk/vragen",
        summary="De vragen achter een cijfer, op volgorde van tijd",
        rows=_listed,
        parameters={
            "cijfer": (), "uitkomst": [one.value for one in Outcome], **MONTH, **PARTS,
        },
        key=("bron", "vraag"),
        columns=(
            SOURCE, KEY,
            Column("ontvangen", "Dag van ontvangst", "date", required=True),
            TOPIC, DEPARTMENT,
            Column("kanaal", "Kanaal", foreign=True),
            Column("stand", " of ".join(one.value for one in State), required=True),
            Column("uiterlijk", "Laatste dag voor een antwoord", "date"),
            Column("dagen_te_laat", "Begonnen dagen na de termijn; 0 is op tijd", "integer"),
        ),
    ),
)  # fmt: skip
