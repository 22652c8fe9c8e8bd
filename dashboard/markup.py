"""A Dash component as HTML, for what a page shows before its JavaScript runs, or without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from dash import dcc
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard.live import compact
from dashboard.svg import Plain, Svg

HTML = "dash_html_components"
SPELLED = {"className": "class", "htmlFor": "for"}
VOID = {"br", "hr", "img", "input"}


def html_of(content: Any) -> str:
    """Draw a component, a text, or a list of them; all is escaped that is no markup already."""
    if content is None:
        return ""
    if isinstance(content, list | tuple):
        return "".join(html_of(part) for part in content)
    if isinstance(content, Markup):
        return content
    if isinstance(content, Component):
        return OTHERS.get(type(content), _element)(content)
    return escape(str(content))


def _svg(drawing: Any) -> str:
    """Leave the markup as it is: dashboard/svg.py and dashboard/views.py escape what they draw."""
    return f'<span class="svg {escape(drawing.className)}">{drawing.markup}</span>'


def plain(*parts: Any) -> Plain:
    """Draw what needs no React: all but charts and forms."""
    return Plain(html_of(parts))


def _room(graph: Any) -> str:
    """Keep the room of a chart free: only JavaScript draws it, its table says the same."""
    height = graph.style["height"]
    return f'<div class="grafiek-plaats" style="height:{height}px"></div>'


def _element(component: Component) -> str:
    drawn = component.to_plotly_json()
    if drawn["namespace"] != HTML:
        raise TypeError(f"{drawn['namespace']}.{drawn['type']} cannot be drawn without React")
    tag, props = drawn["type"].lower(), drawn["props"]
    opening = f"<{tag}{_attributes(props)}>"
    return opening if tag in VOID else f"{opening}{html_of(props.get('children'))}</{tag}>"


def _attributes(props: Mapping[str, Any]) -> str:
    return "".join(
        _attribute(name, value)
        for name, value in sorted(props.items())
        if name != "children" and value is not None and value is not False
    )


def _attribute(name: str, value: Any) -> str:
    spelled = SPELLED.get(name, name.lower())
    if value is True:
        return f" {spelled}"
    if name == "style":
        value = ";".join(f"{key}:{worth}" for key, worth in value.items())
    return f' {spelled}="{escape(str(value))}"'


def _data(store: Any) -> str:
    """Leave what a Store holds where a script can read it, and where it can end no script."""
    held = compact(store.data).replace("<", "\\u003c")
    return f'<script type="application/json" id="{escape(store.id)}">{held}</script>'


OTHERS: Mapping[type, Callable[[Any], str]] = {
    Svg: _svg,
    Plain: lambda part: f"<div>{part.markup}</div>",
    dcc.Store: _data,
    dcc.Graph: _room,
    dcc.Location: lambda _address: "",
}
"""What is not an element of HTML."""
