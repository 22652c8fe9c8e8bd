"""Inline SVG as a Dash component, and the icons whose silhouettes tell the states apart."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from dashboard.verdict import State

TICK = '<path d="M4 12.5l5.2 5.5L20 6.5" fill="none" stroke="currentColor" stroke-width="2.8"/>'
TRIANGLE = (
    '<path d="M12 2.2L23 21.6H1z" fill="currentColor"/>'
    '<path d="M12 9v6" stroke="var(--uit)" stroke-width="2.6"/>'
    '<circle cx="12" cy="18.1" r="1.5" fill="var(--uit)"/>'
)
OCTAGON = (
    '<path d="M7.4 1.5h9.2l5.9 5.9v9.2l-5.9 5.9H7.4l-5.9-5.9V7.4z" fill="currentColor"/>'
    '<path d="M12 6.2v7.4" stroke="var(--uit)" stroke-width="2.9"/>'
    '<circle cx="12" cy="17.3" r="1.7" fill="var(--uit)"/>'
)
ICONS = {State.NORMAAL: TICK, State.LET_OP: TRIANGLE, State.ACTIE: OCTAGON}


class Drawn(Component):
    """Markup that React leaves alone; assets/regiebord.js draws it."""

    _namespace = "regiebord"
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012 - the names that Dash looks for
    available_wildcard_properties: list[str] = []  # noqa: RUF012


class Svg(Drawn):
    """A drawing."""

    _type = "Svg"
    _prop_names = available_properties = ["markup", "className"]  # noqa: RUF012

    def __init__(self, markup: str, className: str = "") -> None:
        super().__init__(markup=markup, className=className)


class Plain(Drawn):
    """A part of a page as HTML: thousands of Dash components take a browser seconds to draw."""

    _type = "Plain"
    _prop_names = available_properties = ["markup"]  # noqa: RUF012

    def __init__(self, markup: str) -> None:
        super().__init__(markup=markup)


def icon(state: State) -> list[Any]:
    """Return the icon of a state; a state without one has none."""
    shape = ICONS.get(state)
    return [Svg(f'<svg aria-hidden="true" viewBox="0 0 24 24">{shape}</svg>', "icoon")] * bool(
        shape
    )
