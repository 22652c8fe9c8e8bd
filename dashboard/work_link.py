"""The way from a figure to the questions behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.month_choice import KEY, month_key
from metrics import Cut, Kpi
from metrics.question_list import Outcome


def to_questions(
    text: str, kpi: Kpi, month: date, part: Mapping[Cut, str], outcome: Outcome = Outcome.ALLE
) -> Component:
    """Link to the questions behind a figure of a part."""
    asked = {"cijfer": kpi.key, KEY: month_key(month)}
    asked |= {cut.value: value for cut, value in part.items()}
    if outcome is not Outcome.ALLE:
        asked["uitkomst"] = outcome.value
    return html.A(text, href=f"/werk?{urlencode(asked)}")
