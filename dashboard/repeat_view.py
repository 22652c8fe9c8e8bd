"""Draws repeat traffic: per topic how much was settled at once, and how long the chains are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.charts import Table, table
from dashboard.numbers import bar, decimal, number, percent
from metrics.repeats import Repeat

COLUMNS = (
    *("Onderwerp", "Opnieuw gevraagd", "Vragen", "In één keer goed"),
    *("Ketens", "Contacten per keten", "Dagen per keten", "3 contacten of meer"),
)
EXPLAINED = (
    "Een keten is een reeks contacten van dezelfde persoon over hetzelfde onderwerp, telkens binnen"
    " 7 dagen. Wij kennen die persoon alleen als pseudoniem, en tonen alleen aantallen per"
    " onderwerp. Een keten telt in de maand waarin hij begon. Bij minder dan 10 ketens staat er een"
    " streepje."
)


def repeat_table(found: Sequence[Repeat], caption: str) -> list[Component]:
    """Draw the topics, most asked again first."""
    if not found:
        return [html.P("Er zijn te weinig vragen om te tonen.")]
    most = max(one.again for one in found) or 1
    rows = [_row(one, one.again / most) for one in found]
    content = Table(caption=caption, columns=COLUMNS, rows=rows)
    return [table(content, "table getallen"), html.P(EXPLAINED, className="bijschrift")]


def _row(one: Repeat, length: float) -> Sequence[Any]:
    return (
        one.part.name,
        bar(length, number(one.again), "verlies"),
        number(one.part.cases),
        percent(one.part.good / one.part.cases),
        *_chains(one),
    )


def _chains(one: Repeat) -> tuple[str, ...]:
    chains = one.chains
    if chains is None:
        return (number(None),) * 4
    each = (chains.contacts / chains.number, chains.days / chains.number)
    return (number(chains.number), *map(decimal, each), number(chains.long))
