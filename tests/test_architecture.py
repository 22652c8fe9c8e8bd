"""The rules that keep the tree as it is meant: who knows whom, what nobody does, and how long."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event

from data.schema import metadata
from data.store import Store
from ingest.options import QueueOptions
from ingest.restamp import restamp
from ingest.runner import Runner
from ingest.sources.asterisk_queue_log import AsteriskQueueLog
from metrics import Cut, Grain, Period
from metrics.board import Board
from metrics.engine import Engine
from metrics.freshness import source_states
from metrics.published.edition import State
from metrics.published.reports import Reports
from metrics.published.spans import span_of
from metrics.transitions import Transition
from tests.report_town import reports_of
from tests.rules import stamps
from tests.test_figures import CATALOGUE, THEMES, query_of
from tests.test_recording import NOW, RECORDING
from tests.worlds import CALENDAR, World, know_source, moment, write

ROOT = Path(__file__).parents[1]
KNOWS = {"data": set(), "ingest": {"data"}, "metrics": {"data"}, "dashboard": {"metrics"}}
SHARED = {"data.agreements", "data.dutch_days", "data.mistakes", "data.walls"}
"""Values of the configuration, and words, which every package may read."""
ROOTS = {f"{package}/__main__.py" for package in ("ingest", "metrics", "dashboard")}
MIGRATIONS = "data/migrations/"
FILE, FUNCTION, MEDIAN = 250, 40, 10
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
}
EMPTY_NAMES = {"utils", "helpers", "common", "manager", "base"}


def modules(package: str) -> list[str]:
    """The files of a package, as paths from the root."""
    return sorted(str(file.relative_to(ROOT)) for file in (ROOT / package).rglob("*.py"))


ALL = [module for package in KNOWS for module in modules(package)]
LIBRARIES = [module for module in ALL if module not in ROOTS]


@cache
def tree_of(module: str) -> ast.Module:
    """Parse a module once."""
    return ast.parse((ROOT / module).read_text("utf-8"))


def imports(module: str) -> Iterator[str]:
    """Yield the names of all modules that this one imports, wherever it does so."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: import by full name"
            yield str(node.module)


def calls(module: str) -> Iterator[ast.expr]:
    """Yield what a module calls, or hands over to be called."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Call):
            yield node.func
            yield from node.args
            yield from (keyword.value for keyword in node.keywords)


def functions(package: str) -> Iterator[tuple[str, int]]:
    """Yield each function with its number of lines; migrations are written by Alembic."""
    for module in modules(package):
        if module.startswith(MIGRATIONS):
            continue
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{module}:{node.name}", node.end_lineno - node.lineno + 1


def top(name: str) -> str:
    """The package of a module name."""
    return name.partition(".")[0]


# ── who knows whom ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("package", KNOWS)
def test_a_package_knows_only_those_below_it(package: str) -> None:
    allowed = KNOWS[package] | {package}
    for module in set(modules(package)) - ROOTS:
        read = set(imports(module)) - SHARED
        known = {top(name) for name in read} & KNOWS.keys()
        assert known <= allowed, module


def test_the_dashboard_never_touches_the_database() -> None:
    for module in set(modules("dashboard")) - ROOTS:
        assert "sqlalchemy" not in {top(name) for name in imports(module)}, module


def test_no_program_depends_on_its_tests() -> None:
    for module in ALL:
        assert "tests" not in {top(name) for name in imports(module)}, module


def test_only_the_two_schedules_know_the_scheduler() -> None:
    users = [module for module in ALL if "apscheduler" in {top(name) for name in imports(module)}]
    assert users == ["ingest/schedule.py", "dashboard/monthly.py"]


# ── what nobody does ───────────────────────────────────────────────────────────────────────


def test_time_is_a_parameter() -> None:
    for module in LIBRARIES:
        for called in calls(module):
            if isinstance(called, ast.Attribute):
                owner = called.value
                name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                assert (name, called.attr) not in CLOCKS, f"{module}:{called.lineno}"


def test_libraries_do_not_print() -> None:
    for module in LIBRARIES:
        printed = [c for c in calls(module) if isinstance(c, ast.Name) and c.id == "print"]
        assert printed == [], module


def test_callbacks_belong_to_an_app() -> None:
    for module in modules("dashboard"):
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.ImportFrom) and top(str(node.module)) == "dash":
                taken = {alias.name for alias in node.names}
                assert not taken & {"callback", "clientside_callback", "register_page"}, module
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                wrong = node.value.id == "dash" and node.attr.endswith("callback")
                assert not wrong, f"{module}:{node.lineno}"


# ── size and names ─────────────────────────────────────────────────────────────────────────


def test_no_file_is_too_long() -> None:
    lengths = {module: len((ROOT / module).read_text("utf-8").splitlines()) for module in ALL}
    assert {module: length for module, length in lengths.items() if length > FILE} == {}


@pytest.mark.parametrize("package", KNOWS)
def test_functions_are_short(package: str) -> None:
    lengths = dict(functions(package))
    assert {name: length for name, length in lengths.items() if length > FUNCTION} == {}
    assert median(lengths.values()) <= MEDIAN


def test_every_module_says_what_it_is_for() -> None:
    silent = [module for module in ALL if not ast.get_docstring(tree_of(module))]
    assert silent == []


def test_names_say_something() -> None:
    empty = [m for m in ALL if EMPTY_NAMES & set(re.split(r"[/_.]", m.removesuffix(".py")))]
    assert empty == []


# ── the store ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def statements(shared_store: Store) -> Iterator[list[str]]:
    """Every statement that SQLAlchemy sends while the test runs."""
    sent: list[str] = []

    def listen(*arguments: Any) -> None:
        sent.append(arguments[2])

    event.listen(shared_store.engine, "before_cursor_execute", listen)
    yield sent
    event.remove(shared_store.engine, "before_cursor_execute", listen)


def ingest_and_ask(store: Store) -> None:
    """Do all that a day's work does to the tables."""
    stamped = stamps(store)
    source = AsteriskQueueLog("telefonie", RECORDING, {"afval": QueueOptions()}, b"k" * 32)
    runner = Runner(store, stamped, lambda: int(NOW.timestamp()))
    runner.run(source)
    runner.run(source, since=0)
    runner.run(AsteriskQueueLog("weg", RECORDING / "weg", {}, b"k" * 32))
    restamp(store, stamps(store, calendar=CALENDAR))
    know_source(store, "zaken", 9)
    write(store, World(), 1, 9)
    engine = Engine(store, CATALOGUE)
    period = Period(moment(0), NOW)
    for keys, cuts in THEMES.values():
        for grain in (None, Grain.MAAND):
            engine.ask(query_of(keys, period, NOW, grain=grain))
        engine.ask(query_of(keys, period, NOW, by=cuts[:2]))
    engine.ask(query_of(("opgenomen",), period, NOW, only={Cut.WACHTRIJ: frozenset({"afval"})}))
    with store.reading() as connection:
        source_states(connection, store.organisation)
    store.revision()
    board = Board(store, engine, CALENDAR, "Haarlem")
    board.record([Transition(NOW, "wand", "wachtenden", "normaal", "actie", 9.0, "regel")])
    board.last_transitions(NOW)
    board.transitions(NOW, "wand")
    establish(reports_of(board))


def establish(reports: Reports) -> None:
    """Make a report, and take it as far as its numbers can still change."""
    reports.make(span_of("2016-01"), NOW)
    reports.note("2016-01", "wat_doen_we", "Toelichting.", "chef", NOW)
    reports.step("2016-01", State.GECONTROLEERD, ("A", "chef"), NOW)
    reports.step("2016-01", State.VASTGESTELD, ("B", "chef"), NOW)
    reports.check(reports.entry("2016-01"), NOW)


TABLES = re.compile(rf"\b({'|'.join(metadata.tables)})\b")
VERB = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)


def test_every_statement_names_the_organisation(store: Store, statements: list[str]) -> None:
    ingest_and_ask(store)
    ours = [sent for sent in statements if VERB.match(sent) and TABLES.search(sent)]
    assert [sent for sent in ours if "organisation" not in sent] == []
    # what is selected, changed or deleted is chosen by it; what is inserted has it first
    unbound = [
        sent
        for sent in ours
        if not re.search(r'organisation"?\s*=\s*(\?|%)|INTO "?\w+"? \("?organisation', sent)
    ]
    assert unbound == []
    seen = {table for sent in ours for table in TABLES.findall(sent)}
    assert seen >= {
        "call",
        "source",
        "run",
        "day_version",
        "revision",
        "tally",
        "stamp",
        "transition",
        "report",
        "report_step",
        "report_note",
        "report_file",
    }


def test_every_key_begins_with_the_organisation() -> None:
    for table in metadata.tables.values():
        assert next(iter(table.primary_key.columns)).name == "organisation", table.name
        for index in table.indexes:
            assert next(iter(index.columns)).name == "organisation", index.name


def test_migrations_lead_to_the_tables_of_the_schema(shared_store: Store) -> None:
    with shared_store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
