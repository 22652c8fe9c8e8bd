"""The document of a report as HTML: the same blocks as the PDF, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import singledispatch
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.report.document import (
    Block,
    Cell,
    Chart,
    Document,
    Erratum,
    Explanation,
    Facts,
    Heading,
    Lines,
    Paragraph,
    Table,
)
from dashboard.report.names import slug
from dashboard.svg import Svg

TITLES: Mapping[int, Callable[..., Component]] = {1: html.H2, 2: html.H3}


def blocks(document: Document) -> list[Component]:
    """Draw what the document says, in its order."""
    return [part for block in document.blocks for part in drawn(block)]


def chapters(document: Document, beyond: Sequence[tuple[str, str]]) -> Component:
    """List the chapters, each a link to its heading, and what comes after them."""
    told: Any = {"aria-label": "Inhoud"}
    found = [one for one in document.blocks if isinstance(one, Heading) and one.level == 1]
    places = [*((one.text, f"#{slug(one.text)}") for one in found), *beyond]
    links = [html.Li(html.A(name, href=href)) for name, href in places]
    return html.Nav(html.Ul(links, className="inhoudsopgave"), **told)


def facts(rows: Sequence[tuple[str, str]]) -> Component:
    """Draw terms with what is to be said of each."""
    told = [html.Div([html.Dt(name), html.Dd(lines(text))]) for name, text in rows]
    return html.Dl(told, className="feiten")


def lines(text: str) -> list[Any]:
    """Keep the lines of a text apart."""
    first, *rest = text.split("\n")
    return [first, *(part for line in rest for part in (html.Br(), line))]


def table(content: Table) -> Component:
    """Draw a table with its scopes; on a narrow screen its rows become cards."""
    numeric = [content.numeric(column) for column in range(len(content.head))]
    head = [
        html.Th(name, scope="col", role="columnheader", className="getal" if right else None)
        for name, right in zip(content.head, numeric, strict=True)
    ]
    return html.Table(
        [
            html.Caption(content.caption),
            html.Thead(html.Tr(head, role="row"), role="rowgroup"),
            html.Tbody([_row(content.head, row) for row in content.rows], role="rowgroup"),
        ],
        id=f"tabel-{content.key}",
        className="table kaarten",
        role="table",  # in full: as cards the rows are blocks, which would lose their roles
    )


def _row(head: Sequence[str], row: Sequence[Cell]) -> Component:
    name, *cells = row
    return html.Tr(
        [
            html.Th(name.text, scope="row", role="rowheader"),
            *(_cell(column, cell) for column, cell in zip(head[1:], cells, strict=True)),
        ],
        role="row",
    )


def _cell(column: str, cell: Cell) -> Component:
    """A number is there for programs too, unrounded."""
    label: Any = {"data-kolom": column}
    said = cell.text if cell.value is None else html.Data(cell.text, value=repr(cell.value))
    return html.Td(said, role="cell", className="getal" if cell.number else None, **label)


@singledispatch
def drawn(block: Block) -> list[Component]:
    """Draw one block."""
    raise TypeError(f"{type(block).__name__} cannot be drawn")


@drawn.register
def _(block: Heading) -> list[Component]:
    anchor = {"id": slug(block.text)} if block.level == 1 else {}
    opening = "nieuw-blad" if block.new_page else None
    return [TITLES[block.level](block.text, className=opening, **anchor)]


@drawn.register
def _(block: Paragraph) -> list[Component]:
    return [html.P(block.text)]


@drawn.register
def _(block: Lines) -> list[Component]:
    return [html.P(item) for item in block.items]


@drawn.register
def _(block: Facts) -> list[Component]:
    return [facts(block.rows)]


@drawn.register
def _(block: Table) -> list[Component]:
    return [table(block)]


@drawn.register
def _(block: Chart) -> list[Component]:
    """Its text says the same to who cannot see it; on a narrow screen it keeps its letters."""
    told: Any = {"aria-label": "Grafiek"}
    moves = html.Div(
        Svg(block.svg, "tekening"), className="schuift", tabIndex="0", role="group", **told
    )
    return [html.Figure([moves, html.Figcaption(block.alt)])]


@drawn.register
def _(block: Explanation) -> list[Component]:
    """What a person wrote looks different from what was generated."""
    title = html.P(html.Strong(block.title))
    return [html.Div([title, html.P(lines(block.text))], className="toelichting", role="note")]


@drawn.register
def _(block: Erratum) -> list[Component]:
    told: Any = {"aria-labelledby": "erratum"}
    title = html.H2(block.title, id="erratum")
    figures = [table(block.figures)] if block.figures else []
    inside = [title, facts(block.facts), *figures]
    return [html.Section(inside, className="erratum", **told)]
