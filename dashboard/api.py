"""The figures for other programs: the same readings as the wall and the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request

from dashboard.board import Board, Clock
from dashboard.csvw import link_to, metadata
from dashboard.health import health
from dashboard.live import compact
from dashboard.openapi import PARAMETERS, document
from dashboard.openapi_targets import TARGET_PARAMETERS
from dashboard.paging import MOST, paged
from dashboard.problems import problem, refused, unknown_parameter
from dashboard.tables_api import TABLES
from metrics import Kpi, Query
from metrics.command import BadQuestion, parse_goal, parse_month, parse_now, parse_part, parse_query
from metrics.describe import describe
from metrics.engine import NotCuttable
from metrics.frames import csv_text
from metrics.periods import Grain, local_text
from metrics.stocks import Level, Longest
from metrics.target_words import as_json
from metrics.transitions import Transition

ONE_MINUTE = 60
DAY = timedelta(days=1)
SHORTEST_S = {
    Grain.KWARTIER: 900,
    Grain.UUR: 3600,
    Grain.DAG: 23 * 3600,
    Grain.WEEK: 167 * 3600,
    Grain.MAAND: 671 * 3600,
}


@dataclass(frozen=True)
class Api:
    """The answers of the API."""

    board: Board
    clock: Clock
    version: str

    def catalogue(self) -> Response:
        """Describe every figure."""
        return _json([describe(kpi) for kpi in self.board.catalogue.values()])

    def readings(self, key: str) -> Response:
        """Answer one question, or say what is wrong with it."""
        kpi = self.board.catalogue.get(key)
        if kpi is None:
            return _unknown_key(key, self.board.catalogue)
        if unknown := unknown_parameter(PARAMETERS):
            return unknown
        tag = self._tag(1 if isinstance(kpi.measure, Level | Longest) else ONE_MINUTE)
        if request.if_none_match.contains(tag):
            return Response(status=304, headers={"ETag": f'"{tag}"'})
        try:
            response = self._told(self._query(key))
        except BadQuestion as bad:
            return refused(bad)
        except NotCuttable as bad:
            return problem(400, str(bad), veld="op of alleen", waarde=bad.cut.value)
        response.set_etag(tag)
        return response

    def _told(self, query: Query) -> Response:
        form = _form(request.args)
        self._refuse_too_many(query)
        readings, headers = paged(self.board.tell(query))
        if form == "csv":
            response = _uncached(csv_text(readings), "text/csv; charset=utf-8")
            response.headers.add("Link", _described_by())
        else:
            response = _json([reading.as_json() for reading in readings])
        for name, value in headers.items():
            response.headers.add(name, value)
        return response

    def csv_metadata(self, key: str) -> Response:
        """Describe the columns of the CSV that the same parameters give."""
        kpi = self.board.catalogue.get(key)
        if kpi is None:
            return _unknown_key(key, self.board.catalogue)
        try:
            query = self._query(key)
        except BadQuestion as bad:
            return refused(bad)
        asked = [pair for pair in request.args.items(multi=True) if pair[0] != "vorm"]
        address = f"/api/v1/kpis/{key}?{urlencode([*asked, ('vorm', 'csv')])}"
        return _json(metadata(kpi, query.by, address))

    def _refuse_too_many(self, query: Query) -> None:
        """Refuse an answer that would keep the server, and with it the wall, from its work."""
        if query.grain is None:
            return
        length = (query.period.end - query.period.start).total_seconds()
        parts = length / SHORTEST_S[query.grain]
        if parts <= MOST and query.by:
            parts *= len(self.board.ask(replace(query, grain=None)))
        if parts > MOST:
            hint = (
                f"dat zijn meer dan {MOST} uitkomsten; kies een kortere periode of grovere stukken"
            )
            raise BadQuestion("per", query.grain.value, hint)

    def _query(self, key: str) -> Query:
        """Read the parameters of the address as the command line reads its own."""
        args = request.args
        now = self.clock()
        return parse_query(
            self.board.catalogue,
            [key],
            min(parse_now(args.get("nu"), now), now),
            van=args.get("van"),
            tot=args.get("tot"),
            per=args.get("per"),
            op=args.getlist("op"),
            alleen=args.getlist("alleen"),
        )

    def targets(self) -> Response:
        """Tell how each figure with a norm stands in a month that is over, or one, or its part."""
        if unknown := unknown_parameter(TARGET_PARAMETERS):
            return unknown
        tag = self._tag()
        if request.if_none_match.contains(tag):
            return Response(status=304, headers={"ETag": f'"{tag}"'})
        try:
            response = self._targets(request.args)
        except BadQuestion as bad:
            return refused(bad)
        response.set_etag(tag)
        return response

    def _targets(self, args: Mapping[str, str]) -> Response:
        now = parse_now(args.get("nu"), self.clock())
        kpi = parse_goal(self.board.catalogue, args["doel"]) if "doel" in args else None
        if "alleen" in args and kpi is None:
            raise BadQuestion("alleen", args["alleen"], "noem ook het doel")
        part = parse_part(kpi, args["alleen"]) if kpi and "alleen" in args else None
        month = parse_month(args.get("maand"), now)
        found = self.board.targets(month, now, kpi.key if kpi else "", part)
        if _form(args) == "csv":
            months = [reading for target in found for reading in target.readings]
            return _uncached(csv_text(months), "text/csv; charset=utf-8")
        return _json([as_json(target) for target in found])

    def transitions(self) -> Response:
        """Tell when the states of the walls changed, by which value and which rule."""
        try:
            since = parse_now(request.args.get("van"), self.clock() - DAY)
            told, headers = paged(self.board.transitions(since, request.args.get("wand")))
        except BadQuestion as bad:
            return refused(bad, {"nu": "van"}.get(bad.field, bad.field))
        response = _json([_transition(one) for one in told])
        response.headers.update(headers)
        return response

    def openapi(self) -> Response:
        """Describe the API itself."""
        return _json(document(self.version, self.board.catalogue, TABLES))

    def healthz(self) -> Response:
        """Say whether the store answers and how old each source is."""
        body, status = health(self.board, self.clock(), self.version)
        return Response(compact(body), status, content_type="application/json")

    def _tag(self, step: int = ONE_MINUTE) -> str:
        """Same data, same question, same tag; what is asked of now also moves with the time."""
        moment = "" if "nu" in request.args else str(int(self.clock().timestamp()) // step)
        asked = f"{self.version} {self.board.revision()} {request.full_path} {moment}"
        return hashlib.sha256(asked.encode()).hexdigest()[:24]


def add_api(server: Flask, api: Api) -> None:
    """Register the routes under the names that the OpenAPI document knows."""
    views: Mapping[str, Callable[..., Response]] = {
        "/api/v1/kpis": api.catalogue,
        "/api/v1/kpis/<key>": api.readings,
        "/api/v1/doelen": api.targets,
        "/api/v1/kpis/<key>/csv-metadata.json": api.csv_metadata,
        "/api/v1/overgangen": api.transitions,
        "/api/v1/openapi.json": api.openapi,
        "/healthz": api.healthz,
    }
    for rule, view in views.items():
        server.add_url_rule(rule, f"api {rule}", view)


def _transition(one: Transition) -> dict[str, Any]:
    return {
        "at": local_text(one.at),
        "wand": one.wand,
        "maatstaf": one.maatstaf,
        "voor": one.voor,
        "na": one.na,
        "waarde": one.waarde,
        "regel": one.regel,
    }


def _described_by() -> str:
    """Link a CSV to what describes it."""
    address = f"{request.path}/csv-metadata.json?{request.query_string.decode()}"
    return link_to(address)


def _unknown_key(key: str, catalogue: Mapping[str, Kpi]) -> Response:
    near = get_close_matches(key, catalogue, n=1)
    hint = f"Bedoelt u '{near[0]}'?" if near else "Op /api/v1/kpis staan alle sleutels."
    return problem(404, f"Er is geen cijfer met de sleutel '{key}'.", hint=hint)


def _form(args: Mapping[str, str]) -> str:
    form = args.get("vorm", "json")
    if form not in ("json", "csv"):
        raise BadQuestion("vorm", form, "kies json of csv")
    return form


def _json(body: Any) -> Response:
    return _uncached(compact(body), "application/json")


def _uncached(body: str | bytes, content_type: str) -> Response:
    response = Response(body, content_type=content_type)
    response.headers["Cache-Control"] = "no-cache"
    return response
