"""The command line of ingestion: once, serve, backfill, check, docs."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime

from data.calendar import midnight
from data.migrate import migrate
from data.mistakes import ConfigMistakes, Mistake
from data.settings import Settings, load, read
from data.store import Store, open_engine
from data.store_errors import StoreTrouble, store_trouble
from ingest import docs
from ingest.check import check, table
from ingest.configured import note_configured
from ingest.kinds import build_all, named
from ingest.life import rules_of
from ingest.memory import settle
from ingest.open_files import allow_many
from ingest.os_errors import what_is_wrong
from ingest.privacy import load_key
from ingest.restamp import restamp
from ingest.runner import Run, Runner
from ingest.schedule import serve
from ingest.source import Source, Surroundings
from ingest.stamps import Stamps
from ingest.unmapped import unmapped
from metrics.catalogue import catalogue
from metrics.engine import Engine
from metrics.warmth import warm

OK, FAILED, MISTAKE, DOWN = range(4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; return the exit code."""
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.ERROR)
    try:
        if asked.command == "docs":
            return _docs(check=asked.check)
        settings, sources = _configured(getattr(asked, "bron", None))
        if asked.command == "check":
            return _check(settings, sources)
        return _run(asked, settings, sources)
    except ConfigMistakes as mistakes:
        print(mistakes, file=sys.stderr)
        return MISTAKE
    except StoreTrouble as error:
        print(store_trouble(error), file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'ingest'}: {what_is_wrong(error)}", file=sys.stderr)
    return FAILED


def _configured(bron: str | None) -> tuple[Settings, list[Source]]:
    """Read all configuration, so that all its mistakes are told at once."""
    mistakes: list[Mistake] = []
    settings = read(os.environ, mistakes)
    key = b""
    try:
        key = load_key(os.environ, settings.storage)
    except ConfigMistakes as wrong:
        mistakes += wrong.mistakes
    around = Surroundings(key, os.environ, settings.terms.workdays, settings.topics)
    return settings, named(build_all(settings, around, mistakes), bron)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    once = commands.add_parser("once", help="read every source to its end and stop")
    once.add_argument("--bron", metavar="NAAM", help="only this source")
    once.add_argument("--json", action="store_true", help="print the account as JSON")
    commands.add_parser("serve", help="keep reading every source")
    backfill = commands.add_parser("backfill", help="read anew and replace rows since a date")
    backfill.add_argument("--van", required=True, type=date.fromisoformat, metavar="DATE")
    backfill.add_argument("--bron", metavar="NAAM", help="only this source")
    commands.add_parser("check", help="try every source and say what it gives")
    written = commands.add_parser("docs", help="write docs/bronnen.md from the sources")
    written.add_argument("--check", action="store_true", help="only say whether it differs")
    return parser


def _docs(*, check: bool) -> int:
    """Write the page, or fail naming it when it differs; whatever is configured here."""
    settings = load({})
    kpis = catalogue(settings.norms).values()
    figures = [docs.Figure(kpi.key, kpi.name, kpi.measure.fact.feed) for kpi in kpis]
    if not check:
        print(f"Written: {docs.write(settings, figures)}")
    elif docs.differs(settings, figures):
        print(f"{docs.PATH} differs from the sources; run: python -m ingest docs")
        return FAILED
    return OK


def _run(asked: argparse.Namespace, settings: Settings, sources: Sequence[Source]) -> int:
    store = Store(open_engine(settings.database_url), settings.organisation)
    stamps = Stamps(settings.organisation, settings.gemeente, rules_of(settings))
    migrate(store)
    note_configured(store, settings.sources)
    settle()
    allow_many()
    if count := restamp(store, stamps):
        logging.info("instellingen gewijzigd: %d rijen opnieuw gestempeld", count)
    runner = Runner(store, stamps, lambda: int(time.time()), _show)
    if asked.command == "serve":
        return _serve(runner, sources, Engine(store, catalogue(settings.norms)))
    since = midnight(asked.van.toordinal()) if asked.command == "backfill" else None
    runs = [runner.attempt(source, since) for source in sources]
    store.tidy()
    return _tell(runs, getattr(asked, "json", False))


def _serve(runner: Runner, sources: Sequence[Source], engine: Engine) -> int:
    """Read until told to stop, and keep the tally warm for who will ask."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    logging.info("inname begint: %s", ", ".join(source.naam for source in sources) or "geen bron")
    serve(runner, sources, stop, lambda: warm(engine, datetime.now(UTC), stop.is_set))
    logging.info("inname gestopt")
    return OK


def _check(settings: Settings, sources: Sequence[Source]) -> int:
    findings = check(settings, sources, lambda: int(time.time()))
    print(*findings, "", *table(findings), sep="\n")
    store = Store(open_engine(settings.database_url), settings.organisation)
    if topics := unmapped(store):
        print("in de opslag, onderwerpen die niet in onderwerpen.toml staan:", *topics, sep="\n")
    return OK if all(finding.good for finding in findings) else DOWN


def _show(run: Run) -> None:
    if sys.stderr.isatty():
        print(f"\r{run.source}: {run.read} regels gelezen", end="", file=sys.stderr, flush=True)


def _tell(runs: Sequence[Run], as_json: bool) -> int:
    if as_json:
        print(json.dumps([asdict(run) for run in runs], ensure_ascii=False, indent=2))
    else:
        for run in runs:
            print(_sentence(run))
    return DOWN if any(run.error for run in runs) else OK


def _sentence(run: Run) -> str:
    if run.error:
        return f"{run.source}: niet gelezen: {run.error}"
    account = f"{run.read} gelezen, {run.written} geschreven, {run.rejected} apart gezet"
    return f"{run.source}: {account}" + (" (een ander proces leest al)" if run.overtaken else "")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
