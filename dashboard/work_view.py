"""Draws the questions that wait: per department by term and age, and as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import dutch
from dashboard.charts import Table, table
from dashboard.filters import Asked, Filter, link
from dashboard.leafing import SIZE, leafing, skipped
from dashboard.numbers import number
from dashboard.svg import icon
from dashboard.verdict import State
from metrics import Cut
from metrics.expiring import Expiring
from metrics.open_work import Age, Due, Open, total

WITHIN = Filter(
    key="binnen",
    label="Vervalt binnen",
    choices={"5": "5 werkdagen", "1": "1 werkdag", "10": "10 werkdagen", "20": "20 werkdagen"},
)
LISTED = ("Vraag", "Onderwerp", "Afdeling", "Uiterlijk", "Nog")


def sentence(found: Sequence[Open]) -> str:
    """Say how many wait and how many of them too long."""
    whole = total(list(found))
    if not whole.number:
        return "Er staan geen vragen open."
    waiting = dutch.count_text(whole.number, "vraag wacht", "vragen wachten")
    late, today = whole.due[Due.TE_LAAT], whole.due[Due.VANDAAG]
    return f"{waiting} op antwoord. {_of_them(late)} te laat, {_of_them(today).lower()} vandaag."


def _of_them(count: int) -> str:
    verb = "is" if count == 1 else "zijn"
    return f"{count or 'Geen'} {verb}"


def open_tables(found: Sequence[Open], asked: Asked, told_at: str) -> list[Component]:
    """Draw both ways in which the open questions are counted."""
    if not found:
        return []
    due = _counted(found, asked, Due, f"Wanneer vervalt de termijn, {told_at}")
    age = _counted(found, asked, Age, f"Hoeveel werkdagen geleden ontvangen, {told_at}")
    return [html.Div([due, age], className="naast-elkaar")]


def _counted(
    found: Sequence[Open], asked: Asked, kind: type[Due] | type[Age], caption: str
) -> Component:
    rows = [_department(one, asked, kind) for one in found]
    whole = total(list(found))
    last = (html.Strong(whole.afdeling), number(whole.number), *_cells(_of(whole, kind)))
    columns = ("Afdeling", "Open", *(one.value.capitalize() for one in kind))
    return table(
        Table(caption=caption, columns=columns, rows=[*rows, last]), "table table-sm tellingen"
    )


def _department(one: Open, asked: Asked, kind: type[Due] | type[Age]) -> Sequence[Any]:
    name = link(one.afdeling, asked, **{Cut.AFDELING.value: one.afdeling}, na=None)
    return (name, number(one.number), *_cells(_of(one, kind)))


def _of(one: Open, kind: type[Due] | type[Age]) -> Mapping[Any, int]:
    return one.due if kind is Due else one.age


def _cells(counts: Mapping[Enum, int]) -> list[Any]:
    return [_late(count) if one is Due.TE_LAAT and count else number(count)
            for one, count in counts.items()]  # fmt: skip


def _late(count: int) -> Component:
    return html.Span([*icon(State.LET_OP), number(count)], className="toestand let-op")


def expiring_list(found: Sequence[Expiring], asked: Asked) -> list[Component]:
    """Draw one page of the questions that fall due, the oldest first."""
    if not found:
        return [html.P("Er vervalt niets binnen deze tijd.")]
    after = skipped(asked)
    page = found[after : after + SIZE]
    last = after + len(page)
    caption = f"Vraag {after + 1} tot en met {last} van {number(len(found))}, de eerste boven"
    content = Table(caption=caption, columns=LISTED, rows=[_question(one) for one in page])
    return [table(content, "table table-sm"), *leafing(after, len(found), asked)]


def _question(one: Expiring) -> Sequence[Any]:
    day = dutch.weekday_text(one.uiterlijk)
    return (one.vraag, one.onderwerp, one.afdeling, day, _left(one.werkdagen))


def _left(werkdagen: int) -> Any:
    if werkdagen <= 0:
        return html.Span([*icon(State.LET_OP), "vandaag"], className="toestand let-op")
    return dutch.count_text(werkdagen, "werkdag", "werkdagen")
