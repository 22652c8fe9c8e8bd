"""Plotly templates, for paper, wall and page, out of the same tokens as the style sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from dashboard.theme import tokens

LIGHT, WALL, PAGE = "regiebord_licht", "regiebord_wand", "regiebord_blad"
FONT = '"Figtree", "Segoe UI", Arial, sans-serif'
LINE_PX = {LIGHT: 3, WALL: 8, PAGE: 3}
FONT_PX = {LIGHT: 16, WALL: 36, PAGE: 14}


def register(theme: str) -> None:
    """Make the templates known to Plotly, and the light one the default."""
    pio.templates[LIGHT] = template(tokens(theme, "light"), LIGHT, surface="paper")
    pio.templates[WALL] = template(tokens(theme, "dark"), WALL, surface="tile")
    by_name = {name: role(name) for name in tokens(theme, "light")}
    pio.templates[PAGE] = template(by_name, PAGE, surface="paper")
    pio.templates.default = LIGHT


def role(name: str) -> str:
    """Name the colour of a role; assets/00-plotly.js fills it in, for the page is light or dark."""
    return f"var(--rb-{name})"


def template(colours: Mapping[str, str], name: str, surface: str) -> Any:
    """Set type, lines and colours; whatever is not set stays as Plotly has it."""
    axis = {
        "gridcolor": colours["line"],
        "linecolor": colours["edge"],
        "tickcolor": colours["edge"],
        "zerolinecolor": colours["edge"],
        "tickfont": {"color": colours["text-3"]},
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": FONT_PX[name], "color": colours["text"]},
            "paper_bgcolor": colours[surface],
            "plot_bgcolor": colours[surface],
            "colorway": [colours["series"], colours["text-3"], colours["concern"]],
            "separators": ",.",
            "showlegend": False,
            "xaxis": axis,
            "yaxis": axis,
        },
        data={"scatter": [{"line": {"width": LINE_PX[name]}}]},
    )
