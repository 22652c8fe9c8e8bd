"""docs/bronnen.md, written from what each kind of source says of itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from data.settings import Settings, SourceSettings
from ingest.about import About
from ingest.kinds import KINDS, build_all
from ingest.source import Source, Surroundings

PATH = Path(__file__).resolve().parent.parent / "docs" / "bronnen.md"
HEAD = """# The sources

Generated from `ingest/sources` by `python -m ingest docs`; do not edit. What each kind reads, the
least it must be granted, and what is known to go wrong. Secrets, budgets and trouble are in
[operations](operations.md#sources-on-the-network); why it is done so, in
[ADR 0016](adr/0016-web-sources.md). `python -m ingest check` tries what is configured.
"""
SECRET = "5f0c2b" * 12
ADDRESS = f"postgresql://lezer:{SECRET}@server/centrale"


class Figure(NamedTuple):
    """A figure of the catalogue, with the fact that a source must supply for it."""

    key: str
    name: str
    feed: str


class Invented(Mapping[str, str]):
    """An environment that has every secret; that of a database is an address."""

    def __getitem__(self, name: str) -> str:
        return ADDRESS if name.endswith("DATABASE") else SECRET

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def about(kind: str) -> About:
    """Return what a kind says of itself."""
    found: About = import_module(f"ingest.sources.{kind}").ABOUT
    return found


def example(kind: str, settings: Settings) -> list[Source]:
    """Build the example of a kind with invented secrets; raise ConfigMistakes if it is wrong."""
    blocks = tomllib.loads(about(kind).example)["bron"]
    sources = [
        SourceSettings(
            block["naam"],
            block["soort"],
            {name: block[name] for name in block if name not in ("naam", "soort")},
            settings.storage,
        )
        for block in blocks
    ]
    surroundings = Surroundings(SECRET.encode(), Invented())
    return build_all(replace(settings, sources=sources), surroundings)


def markdown(settings: Settings, figures: Sequence[Figure]) -> str:
    """Write what every kind says, in the order of KINDS."""
    feeds = {kind: _feeds(example(kind, settings)) for kind in KINDS}
    sections = [_section(kind, feeds[kind], figures) for kind in KINDS]
    return "\n".join([HEAD, *_contents(feeds), "", *sections])


def _feeds(sources: Sequence[Source]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(feed for source in sources for feed in source.feeds))


def _contents(feeds: Mapping[str, Sequence[str]]) -> list[str]:
    rows = [
        f"| [{about(kind).title}](#{kind}) | `{kind}` | {', '.join(feeds[kind]) or '-'} |"
        for kind in feeds
    ]
    return ["| source | `soort` | feeds |", "|---|---|---|", *rows]


def _section(kind: str, feeds: Sequence[str], figures: Sequence[Figure]) -> str:
    told = about(kind)
    fed = [one for one in figures if one.feed in feeds and one.key not in told.without]
    rows = {
        "Reads": told.reads,
        "Feeds": told.feeds,
        "Figures": ", ".join(f"[{one.key}](kpis.md#{one.key})" for one in fed) or "none",
        "Rights it needs": told.rights,
        "Cadence": told.cadence,
        "Lag": told.lag,
    }
    lines = [f"- **{name}**: {_sentence(text)}" for name, text in rows.items()]
    traps = ["", "Known traps:", "", *(f"- {_sentence(trap)}" for trap in told.traps)]
    block = ["", "```toml", told.example.strip(), "```", ""]
    heading = [f'<a id="{kind}"></a>', "", f"## {told.title} (`{kind}`)", ""]
    return "\n".join([*heading, *lines, *(traps if told.traps else []), *block])


def _sentence(text: str) -> str:
    """Begin with a capital and end with a stop, unless it begins with code or a link."""
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", ")", "none")) else ".")


def write(settings: Settings, figures: Sequence[Figure]) -> Path:
    """Write the page."""
    PATH.write_text(markdown(settings, figures), encoding="utf-8")
    return PATH


def differs(settings: Settings, figures: Sequence[Figure]) -> bool:
    """Whether the page is not what the sources say."""
    found = PATH.read_text(encoding="utf-8") if PATH.exists() else ""
    return found != markdown(settings, figures)
