"""The pages and files of reports, without JavaScript; each version keeps its address for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html
from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from dashboard.csvw import link_to
from dashboard.delivery import tagged
from dashboard.report.asking import address
from dashboard.report.desk import Desk, NotThere
from dashboard.report.names import described_by, lasting
from dashboard.report.register import register_csv, register_page
from dashboard.report.shelf_view import offered, shelf
from dashboard.report.version_view import crumbs, version_page
from dashboard.same_origin import from_here
from dashboard.still import Frame
from metrics.command import BadQuestion
from metrics.periods import local_day, month_before
from metrics.published.edition import Rendered
from metrics.published.spans import parse_span
from metrics.published.wording import ReportRefused

PLACE = "rapportages"
FOREIGN = (
    "Het verzoek kwam niet van een pagina van dit regiebord. Druk op de knop op de pagina"
    " Rapportages. Staat er een proxy voor, dan moet die de kop Host doorgeven."
)


@dataclass(frozen=True)
class Pages:
    """The answers of these routes."""

    desk: Desk
    frame: Frame

    def shelf(self) -> Answer:
        """Show all reports, or make a concept."""
        return self._make() if request.method == "POST" else self._shelf()

    def _shelf(self) -> Answer:
        found = self.desk.reports.entries()
        last = month_before(local_day(self.desk.clock()))
        return self._page("Rapportages", shelf(found, offered(found, last)))

    def _make(self) -> Answer:
        """Freeze a period that is over; asked twice, what there is stays."""
        if not from_here(request.headers, request.host):
            return self._said(403, "Dit verzoek is geweigerd", FOREIGN)
        now = self.desk.clock()
        try:
            made = self.desk.reports.make(parse_span(request.form.get("periode"), now), now)
        except BadQuestion as bad:
            return self._said(400, "Dat kan niet", f"'{bad.value}': {bad.hint}.")
        return redirect(address(made.entry), 303)

    def newest(self, key: str) -> Answer:
        """Show the version that holds."""
        return self._version(key, None)

    def version(self, key: str, number: int) -> Answer:
        """Show one version, whatever came after it."""
        return self._version(key, number)

    def _version(self, key: str, number: int | None) -> Answer:
        shown = self.desk.shown(self.desk.entry(key, number))
        return self._page(shown.document.title, version_page(shown))

    def file(self, key: str, number: int, name: str) -> Answer:
        """Send a file of a version."""
        return sent(self.desk.file(self.desk.entry(key, number), name))

    def newest_file(self, key: str, name: str) -> Answer:
        """Lead from a name without a version to the file of the version that holds."""
        entry = self.desk.entry(key)
        for one in self.desk.files(entry):
            if lasting(one.name, entry.number) == name:
                return redirect(f"{address(entry)}/{one.name}", 307)
        raise NotThere(f"Van '{key}' is er geen bestand '{name}'.")

    def register(self) -> Answer:
        """Show the register of corrections."""
        return self._page("Register van correcties", register_page(self.desk.reports.corrections()))

    def register_csv(self) -> Answer:
        """Send the register as CSV."""
        text = register_csv(self.desk.reports.corrections())
        return tagged(Response(text, content_type="text/csv; charset=utf-8"))

    def found(self, view: Callable[..., Answer]) -> Callable[..., Answer]:
        """Say so where there is no such report, or where one cannot be shown."""

        def answer(**asked: Any) -> Answer:
            try:
                return view(**asked)
            except NotThere as missing:
                return self._said(404, "Niet gevonden", str(missing))
            except BadQuestion as bad:
                return self._said(404, "Niet gevonden", f"'{bad.value}': {bad.hint}.")
            except ReportRefused as refused:
                return self._said(409, "Dat kan niet", f"{refused}.")

        return answer

    def _page(self, title: str, contents: Any) -> Response:
        return self.frame.page(PLACE, title, contents)

    def _said(self, status: int, title: str, told: str) -> Response:
        page = self._page(title, [crumbs(title.lower()), html.H1(title), html.P(told)])
        page.status_code = status
        return page


def add_pages(server: Flask, pages: Pages) -> None:
    """Register the routes."""
    views: dict[str, tuple[str, Callable[..., Answer]]] = {
        "": ("alle", pages.shelf),
        "/correcties": ("correcties", pages.register),
        "/correcties.csv": ("correcties csv", pages.register_csv),
        "/<key>": ("geldig", pages.newest),
        "/<key>/v<int:number>": ("versie", pages.version),
        "/<key>/<name>": ("bestand", pages.newest_file),
        "/<key>/v<int:number>/<name>": ("bestand van versie", pages.file),
    }
    for rule, (name, view) in views.items():
        server.add_url_rule(
            f"/{PLACE}{rule}",
            f"{PLACE} {name}",
            pages.found(view),
            methods=("GET", "POST") if rule == "" else ("GET",),
            strict_slashes=False,
        )


def sent(file: Rendered) -> Response:
    """Send a file under its own name; a browser shows a PDF, and asks where to save the rest."""
    text = file.media_type.startswith("text/")
    response = Response(file.content, content_type=f"{file.media_type}{'; charset=utf-8' * text}")
    if file.media_type != "application/pdf":
        response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    if text:
        response.headers["Link"] = link_to(described_by(file.name))
    return tagged(response)
