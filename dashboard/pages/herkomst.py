"""Where the figures come from: how old each source is and what goes wrong."""

from __future__ import annotations

from dash import html

from dashboard import dutch
from dashboard.charts import Table, table
from dashboard.site import Asked, Contents, Site


def herkomst(site: Site, _asked: Asked) -> Contents:
    """Answer for the address."""
    now = site.clock()
    rows = [
        (one.naam, one.soort.replace("_", " "), dutch.moment_text(one.newest, now),
         dutch.moment_text(one.checked_at, now), one.error)
        for one in site.board.sources()
    ]  # fmt: skip
    columns = ("Bron", "Soort", "Laatste gegevens", "Gelezen", "Fout")
    content = Table(caption=f"Stand van {dutch.day_text(now)}", columns=columns, rows=rows)
    return [html.H1("Herkomst"), table(content)]
