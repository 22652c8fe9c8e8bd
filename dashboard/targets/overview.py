"""All targets of a month: each with where it stands, whether that is real, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.filters import Asked, link
from dashboard.targets.drawings import bullet, sparkline
from dashboard.targets.icons import assurance_sign, variation_sign
from metrics.months import SHOWN, year_earlier
from metrics.target_story import lead
from metrics.target_words import (
    MET,
    forecast_text,
    hit_text,
    month_text,
    name_of,
    nodig_text,
    path_text,
)
from metrics.targets import Target, urgent

Cells = Sequence[tuple[str, Any, str]]


def overview(targets: Sequence[Target], asked: Asked) -> list[Component]:
    """Draw the sentences, the table and how to read it."""
    first, *rest = lead(targets)
    return [
        html.P(html.B(first), className="kernzin"),
        html.Ul([html.Li(sentence) for sentence in rest], className="kern"),
        _table(targets, asked),
    ]


def _table(targets: Sequence[Target], asked: Asked) -> Component:
    pressing = urgent(targets)
    rows = [_row(target, asked, first=target is pressing) for target in targets]
    head = [html.Th(name, scope="col", role="columnheader") for name in _columns(targets[0])]
    return html.Table(
        [
            html.Caption(_caption(targets[0])),
            html.Thead(html.Tr(head, role="row"), role="rowgroup"),
            html.Tbody(rows, role="rowgroup"),
        ],
        className="table doelen",
        role="table",  # in full: as cards the rows are blocks, which would lose their roles
    )


def _caption(target: Target) -> str:
    now, before = month_text(target.month), month_text(year_earlier(target.month))
    return (
        f"Stand: de stip is {now}, de streep de norm, de open stip {before}; in het donkere deel "
        "is de norm niet gehaald. Maanden: het vlak is wat toeval kan geven, de streep de norm."
    )


def _columns(target: Target) -> list[str]:
    return ["Doel", *(name for name, _, _ in _cells(target))]


def _row(target: Target, asked: Asked, *, first: bool) -> Component:
    name = link(name_of(target), asked, doel=target.reading.kpi.key)
    remarks = [html.Small(remark) for remark in _remarks(target)]
    return html.Tr(
        [
            html.Th([name, *remarks], scope="row", role="rowheader"),
            *[_cell(*cell) for cell in _cells(target)],
        ],
        role="row",
        className="eerst" if first else None,
    )


def _remarks(target: Target) -> list[str]:
    reading = target.reading
    return [remark for remark in (path_text(target), reading.reason, *reading.gaps) if remark]


def _cell(column: str, content: Any, style: str) -> Component:
    label: Any = {"data-kolom": column}
    return html.Td(content, role="cell", className=style, **label)


def _cells(target: Target) -> Cells:
    return (
        (month_text(target.month).capitalize(), html.B(target.reading.text), "getal"),
        ("Norm", norm_text(target), ""),
        ("Gehaald?", met(target), ""),
        ("Stand", bullet(target), "tekening-klein"),
        (f"{SHOWN} maanden", sparkline(target), "tekening-klein"),
        ("Signaal of toeval", signs(target), "tekens"),
        ("Wat te doen", to_do(target), "te-doen"),
        ("Prognose en nodig", expected(target), "prognose"),
    )


def signs(target: Target) -> list[Any]:
    """Whether the month is a signal, and whether the norm can be relied on: two facts."""
    provisional = target.chart.active.provisional
    return [variation_sign(target.chart), assurance_sign(target.assurance, provisional)]


def to_do(target: Target) -> str:
    """What follows from the two."""
    return target.to_do or "nog niet te zeggen"


def norm_text(target: Target) -> str:
    """The norm of the month."""
    norm = target.reading.norm
    return target.reading.kpi.unit.text(norm.value if norm else None)


def met(target: Target) -> Component:
    """Whether the month met its norm, in a word with its own weight."""
    style = {True: "gehaald", False: "niet-gehaald", None: "onbekend"}[target.met]
    return html.Span(MET[target.met], className=style)


def expected(target: Target) -> list[Component]:
    """The forecast with how often such a forecast came true, and what the rest must bring."""
    lines = [forecast_text(target)]
    if target.forecast.months:
        lines.append(hit_text(target.hit_rate))
    need = nodig_text(target)
    lines += [f"nodig: {need}"] if need and need != lines[0] else []
    first, *rest = lines
    return [html.Span(first), *(html.Small(line) for line in rest)]
