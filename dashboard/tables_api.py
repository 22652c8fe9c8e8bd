"""What the pages about departments and about today show, for other programs: JSON or CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request

from dashboard.board import Board, Clock
from dashboard.live import compact
from dashboard.problems import problem
from data.mistakes import nearest
from data.walls import Staffing
from metrics.command import BadQuestion, parse_month
from metrics.departments import FIGURES, as_json
from metrics.frames import rows_csv
from metrics.today import Today
from metrics.today_tables import crews_json, goals_json, quarters_json

FORMS = ("json", "csv")
PARTS: Mapping[str, Callable[[Today], Sequence[Mapping[str, Any]]]] = {
    "kwartieren": quarters_json,
    "bezetting": crews_json,
    "normen": goals_json,
}
"""The tables of today, by the name that an address gives them."""
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Tables:
    """The answers of these routes."""

    board: Board
    clock: Clock
    staffing: Staffing

    def departments(self) -> Response:
        """Tell of the departments of a month, the small ones hidden."""

        def rows() -> Rows:
            key = _chosen("cijfer", FIGURES)
            month = parse_month(request.args.get("maand"), self.clock())
            return as_json(self.board.per_department(key, month, self.clock()))

        return _answer(rows, ("cijfer", "maand", "vorm"), names=("afdeling",))

    def today(self) -> Response:
        """Tell one of the tables of today."""

        def rows() -> Rows:
            part, own = _chosen("deel", tuple(PARTS)), self.staffing
            return PARTS[part](self.board.today(self.clock(), own.antwoordtijd, own.nawerk))

        return _answer(rows, ("deel", "vorm"))


def add_tables(server: Flask, tables: Tables) -> None:
    """Register the routes."""
    server.add_url_rule("/api/v1/afdelingen", "api afdelingen", tables.departments)
    server.add_url_rule("/api/v1/vandaag", "api vandaag", tables.today)


def _answer(rows: Callable[[], Rows], known: Sequence[str], names: Sequence[str] = ()) -> Response:
    """Write the rows as asked; the same rows have the same tag."""
    try:
        for name in request.args:
            _known(name, known)
        form = _chosen("vorm", FORMS)
        response = _written(rows(), form, names)
    except BadQuestion as bad:
        told = f"{bad.field} = '{bad.value}' klopt niet."
        return problem(400, told, veld=bad.field, waarde=bad.value, hint=bad.hint)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _written(rows: Rows, form: str, names: Sequence[str]) -> Response:
    if form == "csv":
        return Response(rows_csv(rows, names), content_type="text/csv; charset=utf-8")
    return Response(compact(rows), content_type="application/json")


def _known(name: str, known: Sequence[str]) -> None:
    if name not in known:
        raise BadQuestion("parameter", name, f"bestaat niet; {nearest(name, known)}")


def _chosen(field: str, choices: Sequence[str]) -> str:
    value = request.args.get(field, choices[0])
    if value not in choices:
        raise BadQuestion(field, value, f"kies uit {', '.join(choices)}")
    return value
