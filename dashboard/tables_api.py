"""Answers with the tables that the pages show: JSON or CSV, in parts, and what describes a CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request

from dashboard.board import Board, Clock
from dashboard.csvw import described, link_to
from dashboard.delivery import tagged
from dashboard.live import compact
from dashboard.open_table import FORMS, OpenTable, Question
from dashboard.paging import Stretch, linked, paged
from dashboard.problems import refused, unknown_parameter
from dashboard.tables_background import BACKGROUND
from dashboard.tables_figures import FIGURES
from dashboard.tables_work import WORK
from data.walls import Staffing
from metrics.command import BadQuestion
from metrics.frames import rows_csv

TABLES: Sequence[OpenTable] = (*FIGURES, *WORK, *BACKGROUND)


@dataclass(frozen=True)
class Tables:
    """What all tables are made of."""

    board: Board
    clock: Clock
    staffing: Staffing

    def answer(self, table: OpenTable) -> Response:
        """Write the rows as asked; the same rows have the same tag."""
        if unknown := unknown_parameter(table.known):
            return unknown
        try:
            question = self._question()
            form, found = question.chosen("vorm", FORMS), table.rows(question)
            rows, headers = linked(found) if isinstance(found, Stretch) else paged(found)
        except BadQuestion as bad:
            return refused(bad)
        response = _written(table, rows, form)
        for name, value in headers.items():
            response.headers.add(name, value)
        return tagged(response)

    def metadata(self, table: OpenTable) -> Response:
        """Describe the columns of the CSV that the same parameters give."""
        if unknown := unknown_parameter(table.known):
            return unknown
        asked = [pair for pair in request.args.items(multi=True) if pair[0] != "vorm"]
        address = f"{table.address}?{urlencode([*asked, ('vorm', 'csv')])}"
        told = described(table.summary, table.columns, table.key, address)
        response = Response(compact(told), content_type="application/json")
        response.headers["Cache-Control"] = "no-cache"
        return response

    def _question(self) -> Question:
        asked = {name: value for name, value in request.args.items() if value}
        return Question(self.board, self.clock, self.staffing, asked)


def add_tables(server: Flask, tables: Tables) -> None:
    """Register the routes."""
    for table in TABLES:
        ways: Mapping[str, Callable[[OpenTable], Response]] = {
            table.address: tables.answer,
            f"{table.address}/csv-metadata.json": tables.metadata,
        }
        for rule, way in ways.items():
            server.add_url_rule(rule, f"api {rule}", way, defaults={"table": table})


def _written(table: OpenTable, rows: Sequence[Mapping[str, Any]], form: str) -> Response:
    if form == "json":
        return Response(compact(rows), content_type="application/json")
    names = [column.name for column in table.columns]
    body = rows_csv(rows, names, table.foreign)
    response = Response(body, content_type="text/csv; charset=utf-8")
    address = f"{request.path}/csv-metadata.json?{request.query_string.decode()}"
    response.headers.add("Link", link_to(address))
    return response
