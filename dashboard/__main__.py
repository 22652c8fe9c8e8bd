"""Start the dashboard, or write its docs: the one place here that knows store, settings, clock."""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Thread

from dashboard import docs
from dashboard.app import App, create_app
from dashboard.monthly import look_hourly
from dashboard.program import code
from dashboard.report.command import add_parser, answer
from dashboard.report.files import files_of
from dashboard.serving import CannotListen, Server, is_loopback, listen
from dashboard.theme import UnknownTheme, chosen
from dashboard.walls import check_walls
from data.migrate import migrate
from data.mistakes import ConfigMistakes
from data.settings import Settings, load
from data.store_errors import StoreTrouble, store_trouble
from metrics.board import Board, open_board
from metrics.catalogue import catalogue
from metrics.command import BadQuestion
from metrics.published.reports import Reports
from metrics.published.snapshot import Header
from metrics.published.wording import ReportRefused

OK, DIFFERS, MISTAKE, NO_STORE = 0, 1, 2, 3
THEMA = "REGIEBORD_THEMA"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    try:
        settings = load(os.environ)
        if options.opdracht == "docs":
            return write_docs(check=options.check)
        if options.opdracht == "maand":
            return report(settings, options)
        chosen(os.environ.get(THEMA))
        # a mistake in norms or walls is told before anything is started
        check_walls(settings.walls, catalogue(settings.norms))
        return serve(settings, options.host, options.port)
    except (ConfigMistakes, CannotListen, UnknownTheme, BadQuestion, ReportRefused) as mistake:
        print(mistake, file=sys.stderr)
        return MISTAKE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8050")
    commands = parser.add_subparsers(dest="opdracht")
    written = commands.add_parser("docs", help="write docs/kpis.md from the catalogue")
    written.add_argument("--check", action="store_true", help="only say whether it differs")
    add_parser(commands)
    return parser


def report(settings: Settings, options: argparse.Namespace) -> int:
    """Do what is asked of a report."""
    board = open_board(settings)
    try:
        migrate(board.store)
        told = answer(reports_of(board, settings), options, datetime.now(UTC))
    except StoreTrouble as error:
        print(store_trouble(error), file=sys.stderr)
        return NO_STORE
    told_as = json.dumps(told.values, ensure_ascii=False) if options.json else None
    print(told_as or "\n".join(told.lines))
    return told.code


def reports_of(board: Board, settings: Settings) -> Reports:
    """Put the reports of the municipality together."""
    about = settings.report
    thema = chosen(os.environ.get(THEMA))
    header = Header(**about.header, eerdere_besluiten=about.decisions, thema=thema)
    return Reports(board, code(), header, files_of)


def write_docs(*, check: bool) -> int:
    """Write the generated docs, or exit 1 naming the file that differs.

    With the norms of the repository, whatever this machine is configured for.
    """
    kpis = catalogue(load({}).norms).values()
    if not check:
        print(f"Written: {docs.write(kpis)}")
    elif docs.differs(kpis):
        print(f"{docs.PATH} differs from the catalogue; run: python -m dashboard docs")
        return DIFFERS
    return OK


def serve(settings: Settings, host: str, port: int) -> int:
    """Serve until told to stop."""
    listener = listen(host, port)
    if not is_loopback(host):
        print(
            f"Let op: luistert op {host}; iedereen op het netwerk kan meekijken. "
            "Zet er een proxy met aanmelding voor.",
            file=sys.stderr,
        )
    shown = f"[{host}]" if ":" in host else host
    print(f"Regiebord: http://{shown}:{listener.getsockname()[1]}/wand", flush=True)
    gc.freeze()  # what is loaded stays: the worker shares it, and stopping need not walk it
    Server(lambda: build(settings), listener).run()
    return OK


def build(settings: Settings) -> App:
    """Put the parts together, in the worker: a connection does not survive the fork."""
    board = open_board(settings)
    migrate(board.store)
    reports = reports_of(board, settings)
    app = create_app(
        board,
        lambda: datetime.now(UTC),
        name=f"KCC {settings.gemeente}".strip(),
        walls=settings.walls,
        thema=chosen(os.environ.get(THEMA)),
        reports=reports,
    )
    Thread(target=app.walls.names.watch, name="regiebord-names", daemon=True).start()
    workday = settings.report.concept_on_workday
    look_hourly(reports, workday, lambda: datetime.now(UTC))
    return app


if __name__ == "__main__":
    sys.exit(main())
