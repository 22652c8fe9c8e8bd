"""The kinds of source: a module each, found by name; builds what bronnen.toml asks for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from data.mistakes import ConfigMistakes, Mistake, nearest
from data.settings import Settings, SourceSettings
from ingest.options import FILE, Options
from ingest.source import Source, Surroundings

KINDS = (
    *("asterisk_queue_log", "tickets_csv", "gesprekken_csv", "sql_view"),
    *("zgw_zaken", "signalen"),
    *("kiss", "open_klant"),
    *("zammad", "topdesk", "open311"),
    "demo",
)


def build_all(
    settings: Settings, surroundings: Surroundings, mistakes: Sequence[Mistake] = ()
) -> list[Source]:
    """Build every configured source; raise ConfigMistakes that name every mistake, those too."""
    found = list(mistakes)
    built = [_build(bron, settings, surroundings, found) for bron in settings.sources]
    if found:
        raise ConfigMistakes(found)
    return [source for source in built if source]


def _build(
    bron: SourceSettings, settings: Settings, surroundings: Surroundings, mistakes: list[Mistake]
) -> Source | None:
    if bron.soort not in KINDS:
        hint = f"onbekende soort; {nearest(bron.soort, KINDS)}"
        mistakes.append(Mistake(FILE, f"bron[{bron.naam}].soort", bron.soort, hint))
        return None
    options = Options(bron.naam, bron.options, bron.folder, settings.storage)
    module = import_module(f"ingest.sources.{bron.soort}")
    source: Source = module.build(bron.naam, options, surroundings)
    options.finish()
    mistakes.extend(options.mistakes)
    return source


def named(sources: Sequence[Source], naam: str | None) -> list[Source]:
    """Return all sources, or the one with this name; raise ConfigMistakes when there is none."""
    if naam is None:
        return list(sources)
    names = [source.naam for source in sources]
    if naam not in names:
        raise ConfigMistakes([Mistake(FILE, "--bron", naam, f"onbekend; {nearest(naam, names)}")])
    return [source for source in sources if source.naam == naam]
