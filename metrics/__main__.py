"""The command line of figures and terms: ask, catalogue, doelen, vervalt, termijn, dwangsom."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from data.migrate import migrate
from data.mistakes import ConfigMistakes
from data.settings import load
from data.store_errors import StoreTrouble, store_trouble
from data.termijn import Terms
from metrics.board import Board, open_board
from metrics.command import BadQuestion, parse_month, parse_now, parse_query
from metrics.deadlines import add_parsers, answer
from metrics.describe import describe
from metrics.engine import NotCuttable
from metrics.expiring import lines, per_department, workdays_of
from metrics.frames import csv_text
from metrics.kpi import Kpi
from metrics.readings import Query, Reading
from metrics.target_words import as_json, month_text, table

OK, FAILED, MISTAKE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; return the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        settings = load(os.environ)
        if asked.command in ("termijn", "dwangsom"):
            return _terms(settings.terms, asked)
        board = open_board(settings)
        if asked.command == "catalogue":
            return _catalogue(board.catalogue, asked.json)
        migrate(board.store)
        if asked.command == "vervalt":
            return _expiring(board, asked)
        return _targets(board, asked) if asked.command == "doelen" else _ask(board, asked)
    except (ConfigMistakes, BadQuestion, NotCuttable) as mistake:
        print(mistake, file=sys.stderr)
        return MISTAKE
    except StoreTrouble as error:
        print(store_trouble(error), file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m metrics", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    ask = commands.add_parser("ask", help="compute figures over a period")
    ask.add_argument("keys", nargs="+", metavar="KEY")
    ask.add_argument("--van", metavar="D", required=True, help="date or instant, inclusive")
    ask.add_argument("--tot", metavar="D", required=True, help="date or instant, exclusive")
    ask.add_argument("--per", metavar="GRAIN", help="kwartier, uur, dag, week or maand")
    ask.add_argument("--op", action="append", default=[], metavar="CUT", help="cut by")
    ask.add_argument("--alleen", action="append", default=[], metavar="CUT=VALUE")
    ask.add_argument("--nu", metavar="INSTANT", help="answer as of this instant")
    ask.add_argument("--alles", action="store_true",
                     help="tell small parts too, of any period; not to be published")  # fmt: skip
    ask.add_argument("--json", action="store_true", help="print a list of readings")
    ask.add_argument("--csv", action="store_true", help="print a table with a row per reading")
    shown = commands.add_parser("catalogue", help="list every figure and its definition")
    shown.add_argument("--json", action="store_true")
    soon = commands.add_parser("vervalt", help="list open questions that fall due soon")
    soon.add_argument("--binnen", metavar="N", default="5", help="working days (5)")
    soon.add_argument("--nu", metavar="INSTANT", help="answer as of this instant")
    soon.add_argument("--json", action="store_true")
    goals = commands.add_parser("doelen", help="show every target of a month and what to do")
    goals.add_argument("--maand", metavar="M", help="a month that is over, as 2026-10 (the last)")
    goals.add_argument("--nu", metavar="INSTANT", help="answer as of this instant")
    goals.add_argument("--json", action="store_true", help="print a list of targets")
    add_parsers(commands)
    return parser


def _terms(terms: Terms, asked: argparse.Namespace) -> int:
    values, lines = answer(terms, asked)
    print(json.dumps(values, ensure_ascii=False) if asked.json else "\n".join(lines))
    return OK


def _expiring(board: Board, asked: argparse.Namespace) -> int:
    now, werkdagen = parse_now(asked.nu, datetime.now(UTC)), workdays_of(asked.binnen)
    found = board.follow_up.expiring(now, werkdagen)
    if asked.json:
        print(json.dumps(per_department(found), ensure_ascii=False))
    else:
        print("\n".join(lines(found)))
    return OK


def _targets(board: Board, asked: argparse.Namespace) -> int:
    now = parse_now(asked.nu, datetime.now(UTC))
    month = parse_month(asked.maand, now)
    found = board.targets(month, now)
    if asked.json:
        print(json.dumps([as_json(target) for target in found], ensure_ascii=False))
    else:
        print(f"Doelen in {month_text(month)}", *table(found), sep="\n")
    return OK


def _ask(board: Board, asked: argparse.Namespace) -> int:
    now = parse_now(asked.nu, datetime.now(UTC))
    query = parse_query(
        board.catalogue,
        asked.keys,
        now,
        van=asked.van,
        tot=asked.tot,
        per=asked.per,
        op=asked.op,
        alleen=asked.alleen,
    )
    readings = board.ask(query) if asked.alles else _tell(board, query)
    if query.by and not readings:
        _tell_why(board, query)
    if asked.json:
        print(json.dumps([reading.as_json() for reading in readings], ensure_ascii=False))
    elif asked.csv:
        print(csv_text(readings), end="")
    else:
        for reading in readings:
            print(_line(reading))
    return OK


def _tell(board: Board, query: Query) -> list[Reading]:
    try:
        return board.tell(query)
    except BadQuestion as bad:
        hint = f"{bad.hint}; of gebruik --alles, en publiceer het antwoord niet"
        raise BadQuestion(bad.field, bad.value, hint) from None


def _tell_why(board: Board, query: Query) -> None:
    """Say on stderr why there is no part to tell of."""
    whole = board.ask(replace(query, by=(), grain=None))
    reasons = {reading.reason or "er is in deze periode niets te verdelen" for reading in whole}
    print(*sorted(reasons), sep="\n", file=sys.stderr)


def _line(reading: Reading) -> str:
    cut = ", ".join(reading.cut.values())
    bucket = "" if reading.bucket is None else f"{reading.as_json()['per']}  "
    of = "" if reading.noemer is None else f"  (n = {reading.cases})"
    tail = reading.reason or f"{reading.status.value}{of}"
    return f"{bucket}{reading.kpi.key:<24} {cut:<24} {reading.text:>10}  {tail}"


def _catalogue(catalogue: Mapping[str, Kpi], as_json: bool) -> int:
    if as_json:
        print(json.dumps([describe(kpi) for kpi in catalogue.values()], ensure_ascii=False))
    else:
        for kpi in catalogue.values():
            print(f"{kpi.key:<24} {kpi.name}: {kpi.formula}")
    return OK


if __name__ == "__main__":
    sys.exit(main())
