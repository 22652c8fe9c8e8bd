"""What the store says now beside what was frozen: late data never changes a report."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import dutch
from dashboard.charts import Table, table
from dashboard.report.telling import MOST_CHANGES
from metrics.published.comparing import beside
from metrics.published.edition import Change
from metrics.published.entry import Entry

COLUMNS = ("Cijfer", "Welk getal", "Nu en toen", "Gevolg")
SAME = "Elk cijfer van dit rapport is nu nog hetzelfde."
UNKNOWN = "Of de cijfers nu anders zijn, is op dit moment niet te zeggen."
DIFFERENT = (
    "Na het vastleggen zijn er gegevens bijgekomen of veranderd. Dit rapport verandert daardoor"
    " niet. Een fout herstelt u met een correctie: dan komt er een nieuwe versie."
)


def late(changed: Sequence[Change] | None, entry: Entry) -> list[Component]:
    """Show each number that is another one now."""
    title = html.H2("Wat er nu anders is", id="nu")
    if entry.replaced_by:
        return [title, html.P(f"Deze versie is vervangen door versie {entry.replaced_by}.")]
    if not changed:
        return [title, html.P(UNKNOWN if changed is None else SAME)]
    then = "vastgesteld" if entry.frozen else "vastgelegd"
    rows = [(one.name, one.field, beside(one, then), one.effect) for one in changed[:MOST_CHANGES]]
    told = Table(caption="Nu, en toen het werd vastgelegd", columns=COLUMNS, rows=rows)
    return [title, html.P(DIFFERENT), table(told), *_more(len(changed) - MOST_CHANGES)]


def _more(number: int) -> list[Component]:
    if number <= 0:
        return []
    return [html.P(f"En nog {dutch.count_text(number, 'ander getal', 'andere getallen')}.")]
