"""The parts of the wall: pure functions from values to Dash components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.svg import Svg, icon
from dashboard.verdict import State, Verdict
from metrics.units import NO_VALUE, clock_text

SCALE = 1.6  # how far a strip reaches, in limits
LONG_VALUE = 5  # a value of more characters is set smaller
SHOWN = 2  # exceptions named in the message line


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One number, what it is measured by, and what to make of it."""

    title: str
    value: str
    context: str = ""
    beside: Sequence[str] = ()  # small lines beside the value
    filled: float | None = None  # the value and its limit, for the strip
    limit: float | None = None
    normal: tuple[float, float] | None = None
    since_ms: int | None = None  # the browser counts up from this instant


def tile(content: Tile, verdict: Verdict) -> Component:
    """Draw one number with its reference and its state."""
    counting: dict[str, Any] = {} if content.since_ms is None else {"data-sinds": content.since_ms}
    if content.since_ms is not None and content.limit is not None:
        counting["data-grens"] = int(content.limit)
    return html.Section(
        [
            html.H2(content.title),
            value(content.value, content.beside),
            strip(content.filled, content.limit, content.normal),
            html.P(content.context, className="verband"),
            *state_line(verdict),
        ],
        className=f"tegel {verdict.state.value}",
        **counting,
    )


def value(text: str, beside: Sequence[str] = ()) -> Component:
    """Set the number large; the dash beside it shows once the number is too old to read."""
    number, unit = (text[:-1], "%") if text.endswith("%") else (text, "")
    length = "lang" if len(number) + len(unit) > LONG_VALUE - bool(unit) else "kort"
    if text == NO_VALUE:
        length = "geen"
    parts: list[Any] = [html.Span(number, className="getal")]
    if unit:
        parts.append(html.Span(unit, className="eenheid"))
    gone = html.Span(NO_VALUE, className="weg")
    lines = [html.Span(line) for line in beside]
    small = [html.Span(lines, className="ernaast")] * bool(lines)
    attributes: Any = {"data-lengte": length}
    return html.P([*parts, gone, *small], className="waarde", **attributes)


def state_line(verdict: Verdict) -> list[Component]:
    """Say the state in shape and word; the second line replaces it when data is stale."""
    return [
        html.P([*icon(verdict.state), html.Span(verdict.word)], className="stand"),
        html.P("Onbekend", className="stand verouderd"),
    ]


DECORATION: Any = {"aria-hidden": "true"}


def strip(
    filled: float | None, limit: float | None, normal: tuple[float, float] | None = None
) -> Component:
    """Draw the value as a bar against its limit and what is normal; what lies above stands out."""
    if filled is None or not limit:
        return html.Div(className="strook", **DECORATION)
    within = min(filled, limit) / limit / SCALE
    over = min(max(filled / limit - 1, 0.0), SCALE - 1) / SCALE
    return html.Div(
        [
            *_normal(normal, limit),
            html.Div(className="balk", style={"width": f"{within:.1%}"}),
            html.Div(className="over", style={"width": f"{over:.1%}"}),
            html.Div(className="streep"),
        ],
        className="strook",
        **DECORATION,
    )


def _normal(normal: tuple[float, float] | None, limit: float) -> list[Component]:
    if normal is None:
        return []
    left, right = (min(end / limit / SCALE, 1.0) for end in normal)
    style = {"left": f"{left:.1%}", "width": f"{right - left:.1%}"}
    return [html.Div(className="normaal", style=style)]


def distance_text(seconds: float, limit: float, name: str) -> str:
    """Count down to a limit in words; assets/regiebord-wand.js says the same between pushes."""
    left = round(limit) - round(seconds)
    if left > 0:
        return f"nog {clock_text(left)} tot {name} {clock_text(limit)}"
    if left < 0:
        return f"{clock_text(-left)} boven {name} {clock_text(limit)}"
    return f"{'net boven' if seconds > limit else 'op'} {name} {clock_text(limit)}"


def message(exceptions: Sequence[tuple[Verdict, str]], quiet: Verdict) -> list[Component]:
    """Say what needs action, heaviest first; if nothing does, say why it is quiet."""
    ordered = sorted(exceptions, key=lambda item: -item[0].state.weight)
    if not ordered:
        return [html.P([*icon(quiet.state), quiet.word], className="rustig")]
    groups = [
        (verdict, [name for _, name in items])
        for verdict, items in groupby(ordered[:SHOWN], key=lambda item: item[0])
    ]
    hidden = len(ordered) - SHOWN
    return [
        _exception(verdict, names, hidden if (verdict, names) == groups[-1] else 0)
        for verdict, names in groups
    ]


def _exception(verdict: Verdict, names: Sequence[str], hidden: int) -> Component:
    word = html.Strong(f"{verdict.word}: ")
    parts = [*icon(verdict.state), html.Span([word, " en ".join(names)], className="namen")]
    if hidden > 0:
        rest = f" + {hidden} {'ander' if hidden == 1 else 'andere'}"
        parts.append(html.Span(rest, className="rest"))  # not cut off with a long name
    return html.P(parts, className=f"uitzondering {verdict.state.value}")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a list: a name, a number, and the number that is judged."""

    name: str
    count: str
    judged: str
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What a list is called, its columns, and what it says when it is empty or goes on."""

    title: str
    heads: tuple[str, str, str]
    none: str
    one: str
    many: str


def list_tile(listing: Listing, rows: Sequence[Row], hidden: int, state: State) -> Component:
    """Draw a list; a line that needs attention says so in shape and colour."""
    body: list[Component] = [_row(row) for row in rows]
    if not body:
        body = [html.Tr(html.Td(listing.none, colSpan=3, className="leeg"))]
    if hidden:
        text = f"en {hidden} andere {listing.one if hidden == 1 else listing.many}"
        body.append(html.Tr(html.Td(text, colSpan=3, className="leeg")))
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in listing.heads]))
    name, _, when = listing.title.partition(" ")
    title = html.H2([f"{name} ", html.Span(when, className="bij")])
    return html.Section(
        [title, html.Table([head, html.Tbody(body)])], className=f"tegel lijst {state.value}"
    )


def _row(row: Row) -> Component:
    mark = [*icon(row.verdict.state)] if row.verdict.state.abnormal else []
    word = [html.Span(row.verdict.word, className="visually-hidden")] if mark else []
    return html.Tr(
        [
            html.Th(html.Div(row.name, title=row.name), scope="row"),
            html.Td(row.count),
            html.Td([*mark, *word, html.B(row.judged)]),
        ],
        className=row.verdict.state.value if mark else "",
    )


def course_tile(content: Tile, verdict: Verdict, picture: str) -> Component:
    """Draw the figure of the day beside its course."""
    return html.Section(
        [
            html.H2([content.title, " ", html.Span("vandaag", className="bij")]),
            html.Div(
                [
                    html.Div([value(content.value), *state_line(verdict)]),
                    Svg(picture, "grafiek"),
                ],
                className="inhoud",
            ),
        ],
        className=f"tegel breed {verdict.state.value}",
    )
