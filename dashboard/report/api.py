"""Reports for other programs: all of them, one, its snapshot to the byte, and the corrections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response

from dashboard.delivery import tagged
from dashboard.live import compact
from dashboard.problems import problem
from dashboard.report.desk import Desk, NotThere
from dashboard.report.register import rows
from dashboard.report.told import as_json, whole
from metrics.published.wording import ReportRefused

JSON = "application/json"


@dataclass(frozen=True)
class ReportsApi:
    """The answers of these routes."""

    desk: Desk

    def every(self) -> Response:
        """Tell of all versions of all reports."""
        return _json([as_json(one) for one in self.desk.reports.entries()])

    def one(self, key: str, number: int | None = None) -> Response:
        """Tell of a version, or of the one that holds, with its numbers and files."""
        entry = self.desk.entry(key, number)
        return _json(whole(entry, self.desk.edition(entry), self.desk.files(entry)))

    def snapshot(self, key: str, number: int) -> Response:
        """Send what was frozen, to the byte: its SHA-256 is the one that is told everywhere."""
        kept = self.desk.reports.snapshot(self.desk.entry(key, number))
        return tagged(Response(kept, content_type=JSON))

    def corrections(self) -> Response:
        """Tell of every number that was corrected."""
        return _json([row._asdict() for row in rows(self.desk.reports.corrections())])


def add_reports(server: Flask, api: ReportsApi) -> None:
    """Register the routes under the names that the OpenAPI document knows."""
    views: dict[str, Callable[..., Response]] = {
        "": api.every,
        "/correcties": api.corrections,
        "/<key>": api.one,
        "/<key>/v<int:number>": api.one,
        "/<key>/v<int:number>/momentopname": api.snapshot,
    }
    for rule, view in views.items():
        server.add_url_rule(f"/api/v1/rapportages{rule}", f"api rapportages {rule}", _found(view))


def _found(view: Callable[..., Response]) -> Callable[..., Response]:
    def answer(**asked: Any) -> Response:
        try:
            return view(**asked)
        except NotThere as missing:
            return problem(404, str(missing), hint="Op /api/v1/rapportages staan ze alle.")
        except ReportRefused as refused:
            return problem(409, f"{refused}.")

    return answer


def _json(body: Any) -> Response:
    return tagged(Response(compact(body), content_type=JSON))
