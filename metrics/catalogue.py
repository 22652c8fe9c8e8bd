"""The catalogue of all figures, with the norms that the municipality set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.history import History
from data.mistakes import ConfigMistakes, Mistake, nearest
from data.norms import GrowthPath, NormSettings
from metrics.kpi import Kpi, Norm
from metrics.kpis.eenvoudig import EENVOUDIG_ELDERS
from metrics.kpis.initiatieven import INITIATIEVEN
from metrics.kpis.oproepen import OPROEPEN
from metrics.kpis.servicelevel import OTHER_WAYS
from metrics.kpis.telefonie import TELEFONIE
from metrics.kpis.termijnen import TERMIJNEN
from metrics.kpis.vragen import VRAGEN

ALL = (
    *(*TELEFONIE, *OTHER_WAYS, *OPROEPEN),
    *(*VRAGEN, *EENVOUDIG_ELDERS, *TERMIJNEN, *INITIATIEVEN),
)


def catalogue(norms: Sequence[NormSettings], paths: Sequence[GrowthPath] = ()) -> Mapping[str, Kpi]:
    """Return the figures by key; raise ConfigMistakes for a norm of an unknown figure."""
    mistakes = [
        *_unknown("normen.toml", "norm.kpi", [norm.kpi for norm in norms]),
        *_unknown("normen.toml", "groeipad.kpi", [path.kpi for path in paths]),
    ]
    if mistakes:
        raise ConfigMistakes(mistakes)
    return {
        kpi.key: replace(kpi, norms=_norms_of(kpi, norms), paths=_paths_of(kpi, paths))
        for kpi in ALL
    }


def check_history(history: History) -> None:
    """Raise ConfigMistakes for what was recorded of an unknown figure."""
    recalibrated = [found.kpi for found in history.recalibrations]
    touched = [key for event in history.events for key in event.kpis]
    mistakes = [
        *_unknown("herijkingen.toml", "herijking.kpi", recalibrated),
        *_unknown("gebeurtenissen.toml", "gebeurtenis.cijfers", touched),
    ]
    if mistakes:
        raise ConfigMistakes(mistakes)


def _unknown(file: str, place: str, named: Sequence[str]) -> list[Mistake]:
    keys = [kpi.key for kpi in ALL]
    return [
        Mistake(file, place, key, f"onbekend cijfer; {nearest(key, keys)}")
        for key in named
        if key not in keys
    ]


def _norms_of(kpi: Kpi, norms: Sequence[NormSettings]) -> tuple[Norm, ...]:
    return tuple(
        Norm(norm.value, norm.since, norm.grondslag, norm.margin)
        for norm in norms
        if norm.kpi == kpi.key
    )


def _paths_of(kpi: Kpi, paths: Sequence[GrowthPath]) -> tuple[GrowthPath, ...]:
    return tuple(path for path in paths if path.kpi == kpi.key)
