"""Filters that live in the address: a form that works by itself, and at once with JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.svg import Svg
from metrics.command import BadQuestion

Asked = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One choice: its key in the address, its label, value -> word.

    Without a default it is the first.
    """

    key: str
    label: str
    choices: Mapping[str, str]
    default: str | None = None

    def chosen(self, asked: Asked) -> str:
        """Return what was asked, or the default; refuse what does not exist."""
        first = next(iter(self.choices), "") if self.default is None else self.default
        value = asked.get(self.key, first)
        if value not in self.choices and self.choices:
            raise BadQuestion(self.key, value, f"kies uit {', '.join(self.choices)}")
        return value


def form(
    filters: Sequence[Filter], asked: Asked, *before: Component, kept: Sequence[str] = ()
) -> Component:
    """Draw the choices; assets/regiebord-blad.js puts a change into the address.

    What is `kept` of the address stays as it is.
    """
    hidden = [(key, asked[key]) for key in kept if key in asked]
    return html.Form(
        [
            *[html.Select(html.Option(value), name=key, hidden=True) for key, value in hidden],
            *before,
            *[_choice(one, one.chosen(asked)) for one in filters],
            html.Button("Toon", type="submit", className="btn btn-outline-primary"),
        ],
        method="get",
        className="filters",
    )


def _choice(one: Filter, chosen: str) -> Component:
    options = [
        html.Option(word, value=value, selected=value == chosen)
        for value, word in one.choices.items()
    ]
    control = html.Select(options, id=f"filter-{one.key}", name=one.key, className="form-select")
    return html.Label([html.Span(one.label), control], htmlFor=f"filter-{one.key}")


def search(key: str, label: str, asked: Asked) -> Component:
    """Draw a field to search by; Dash has no plain one."""
    value = escape(asked.get(key, ""), quote=True)
    field = (
        f'<input type="search" id="filter-{key}" name="{key}" value="{value}" class="form-control">'
    )
    return html.Label([html.Span(label), Svg(field)], htmlFor=f"filter-{key}")


def link(text: Any, asked: Asked, **changes: str | None) -> Component:
    """Link to the same page with another choice; None takes a choice away."""
    query = {**asked, **changes}
    kept = {key: value for key, value in query.items() if value}
    return html.A(text, href=f"?{urlencode(kept)}" if kept else "?")
