"""What the documentation names exists, and what exists is documented."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import dashboard.__main__
import ingest.__main__
import metrics.__main__
from dashboard.openapi import PARAMETERS
from data.codes import Complexity, Exit, Handler, Outcome, Presence
from data.dwangsom import Dwangsom
from data.settings import FILES, GEMEENTE_KEYS, REFERENCE, Settings, load
from data.termijn import Course, Deadline, Step
from ingest import call_rows
from ingest.docs import Invented, about
from ingest.durations import UNITS
from ingest.kinds import KINDS, build_all
from ingest.options import QUEUE_KEYS, Options
from ingest.source import Source, Surroundings
from ingest.ticket_rows import COLUMNS
from metrics import Better, Cut, Grain, Status, Unit
from metrics.catalogue import catalogue
from tests.ingest_cast import KEY, read_all

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "voorbeeldgemeente"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMED = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs" / "operations.md"]
LAW_FILES = ("feestdagen.toml", "termijnen.toml")
STEERING_FILES = ("normen.toml", "drempels.toml", "herijkingen.toml", "gebeurtenissen.toml")
Main = Callable[[Sequence[str]], int]
MAINS: dict[str, Main] = {
    "ingest": ingest.__main__.main,
    "metrics": metrics.__main__.main,
    "dashboard": dashboard.__main__.main,
}

FENCE = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`([^`]+)`")
COMMAND = re.compile(r"python -m (ingest|metrics|dashboard)\b(?: ([a-z]+))?([^#|;&>]*)")
OPTION = re.compile(r"(?<=\s)--[a-z]+")
TARGET = re.compile(r"^(?:[A-Z_]+=\S+ )*make(?: -C \S+)? ([a-z-]+)")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def code_in(page: Path) -> Iterator[str]:
    """Yield the lines of the code blocks of a page and its words in code, each on one line."""
    text = page.read_text("utf-8")
    for block in FENCE.findall(text):
        yield from block.splitlines()
    for words in INLINE.findall(FENCE.sub("", text)):
        yield " ".join(words.split())


def commands() -> set[tuple[str, str, tuple[str, ...]]]:
    """Every program that a page tells the reader to start: its name, subcommand and options."""
    found = [match for page in NAMED for line in code_in(page) for match in COMMAND.findall(line)]
    return {(program, sub, tuple(OPTION.findall(rest))) for program, sub, rest in found}


@pytest.mark.parametrize(("program", "sub", "options"), sorted(commands()))
def test_every_command_in_the_docs_exists(
    program: str, sub: str, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        MAINS[program]([*filter(None, [sub]), "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert [option for option in options if option not in told] == []


def test_every_subcommand_is_in_the_docs(capsys: pytest.CaptureFixture[str]) -> None:
    for program, main in MAINS.items():
        with pytest.raises(SystemExit):
            main(["--help"])
        choices = re.search(r"\{([a-z,]+)\}", capsys.readouterr().out)
        assert choices is not None
        named = {sub for known, sub, _ in commands() if known == program}
        text = "\n".join(page.read_text("utf-8") for page in NAMED)
        missing = {sub for sub in choices[1].split(",") if sub not in named and sub not in text}
        assert missing == set()


def test_every_make_target_in_the_docs_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for page in PAGES for line in code_in(page) for name in TARGET.findall(line)}
    assert named >= {"run", "test", "check", "bench"}
    assert named - targets == set()


def variables(files: Iterable[Path]) -> set[str]:
    """The names of our own environment variables."""
    return {name for file in files for name in re.findall(r"REGIEBORD_[A-Z_]+", file.read_text())}


def test_every_variable_is_explained() -> None:
    code = [
        f for top in ("data", "ingest", "metrics", "dashboard") for f in ROOT.glob(f"{top}/*.py")
    ]
    assert variables([ROOT / "docs" / "operations.md"]) == variables(code)


# ── links ──────────────────────────────────────────────────────────────────────────────────


def anchors(page: Path) -> set[str]:
    """The places in a page that a link can name."""
    text = page.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if link.startswith(("http://127.0.0.1", "https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


# ── the example configuration ──────────────────────────────────────────────────────────────


def example(folder: Path) -> tuple[Settings, dict[str, Source]]:
    """Load a configuration folder as ingestion does; what is wrong with it is raised."""
    settings = load({"REGIEBORD_CONFIG": str(folder), "REGIEBORD_OPSLAG": str(folder)})
    return settings, {s.naam: s for s in build_all(settings, Surroundings(KEY))}


def test_the_example_is_complete_and_without_mistakes() -> None:
    assert {file.name for file in EXAMPLE.glob("*.toml")} == set(FILES)
    settings, sources = example(EXAMPLE)
    assert {source.soort for source in sources.values()} == {"asterisk_queue_log", "tickets_csv"}
    assert any(norm.since.year > 2025 for norm in catalogue(settings.norms)["bereikbaarheid"].norms)
    assert settings.calendar.blocks(settings.calendar.closings[0].day) == ()


def test_what_stands_in_comments_works_too(tmp_path: Path) -> None:
    for file in EXAMPLE.glob("*.toml"):
        shutil.copy(file, tmp_path)
    text = (EXAMPLE / "bronnen.toml").read_text("utf-8")
    told, _, more = text.partition("# Meer soorten bronnen")
    live = re.sub(r'^# (?=\[|[\w"]+ = )', "", more, flags=re.MULTILINE)
    (tmp_path / "bronnen.toml").write_text(f"{told}# {live}", "utf-8")
    settings = load({"REGIEBORD_CONFIG": str(tmp_path), "REGIEBORD_OPSLAG": str(tmp_path)})
    found = {source.soort for source in build_all(settings, Surroundings(KEY, Invented()))}
    assert found >= {"gesprekken_csv", "sql_view"}


EXPORT = """\
Zaaknummer;Registratiedatum;Uiterste afdoeningsdatum;Einddatum;Ontvangstkanaal;Zaaktype;\
Behandelende afdeling;Afgehandeld door;Laatst gewijzigd
Z1;02-11-2026 09:05;30-11-2026;03-11-2026 10:00;Tel.;Paspoort;Burgerzaken;Klantcontactcentrum;
Z2;02-11-2026 09:15;;;E-form;MOR;Beheer;KCC, doorgezet;03-11-2026 08:00
"""


def test_the_example_reads_the_export_that_it_describes(tmp_path: Path) -> None:
    for file in EXAMPLE.glob("*.toml"):
        shutil.copy(file, tmp_path)
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "zaken-2026.csv").write_text(EXPORT, "utf-8")
    settings, sources = example(tmp_path)
    batches = read_all(sources["zaken"], {})
    assert [row for batch in batches for row in batch.rejected] == []
    one, two = (ticket for batch in batches for ticket in batch.tickets)
    assert (one.kanaal, one.handler, two.handler) == ("telefoon", Handler.KCC, Handler.DOORGEZET)
    assert (two.kanaal, two.due_at, two.closed_at) == ("formulier", None, None)
    day = date(2026, 11, 24).toordinal()
    known = [settings.topics.find(ticket.onderwerp, day).complexity for ticket in (one, two)]
    assert known == [Complexity.EENVOUDIG, Complexity.EENVOUDIG]


# ── figures and words ──────────────────────────────────────────────────────────────────────

CATALOGUE = catalogue(load({}).norms)


def test_every_figure_is_in_the_list_of_figures() -> None:
    text = (ROOT / "docs" / "kpis.md").read_text("utf-8")
    for kpi in CATALOGUE.values():
        assert f"## {kpi.name} (`{kpi.key}`)" in text
        assert kpi.formula in text


def words() -> set[str]:
    """The Dutch identifiers that are keys, options or values somewhere."""
    enums = (Cut, Grain, Unit, Better, Status)
    values = {str(member.value) for enum in enums for member in enum}
    coded = {
        member.name.lower()
        for enum in (Complexity, Exit, Handler, Outcome, Presence)
        for member in enum
    }
    columns = {*COLUMNS, *call_rows.COLUMNS, *UNITS}
    options = {*GEMEENTE_KEYS, *columns, *QUEUE_KEYS, *PARAMETERS, *asked(), *steering()}
    return {*CATALOGUE, *values, *coded, *options, *law()} - {"id", "kpi", "timeout", "interval"}


def asked() -> set[str]:
    """The options that the kinds of source ask for, when their examples are built."""
    found: set[str] = set()
    for kind in KINDS:
        (block,) = tomllib.loads(about(kind).example)["bron"]
        given = {name: block[name] for name in block if name not in ("naam", "soort")}
        options = Options(kind, given, ROOT, ROOT)
        import_module(f"ingest.sources.{kind}").build(kind, options, Surroundings(KEY, Invented()))
        found |= options.asked
    return found


def law() -> set[str]:
    """The rules about terms, the keys of their files, and what a computation takes and gives."""
    keys = keys_of(REFERENCE, LAW_FILES)
    values = {field.name for kind in (Course, Deadline, Dwangsom) for field in fields(kind)}
    return {*keys, *values, *load({}).terms.rules, *Step._fields}


def steering() -> set[str]:
    """The keys of the files by which figures are judged."""
    return keys_of(EXAMPLE, STEERING_FILES)


def keys_of(folder: Path, names: Sequence[str]) -> set[str]:
    """The keys of files, of their blocks, and of the tables in those."""
    files = [tomllib.loads((folder / name).read_text("utf-8")) for name in names]
    blocks = [block for file in files for part in file.values() for block in _blocks(part)]
    inner = [value for block in blocks for value in block.values() if isinstance(value, dict)]
    return {key for block in (*files, *blocks, *inner) for key in block}


def _blocks(part: Any) -> list[dict[str, Any]]:
    return part if isinstance(part, list) else [part]


def test_every_dutch_identifier_stands_in_the_glossary() -> None:
    glossary = set(INLINE.findall((ROOT / "docs" / "glossary.md").read_text("utf-8")))
    assert words() - glossary == set()
