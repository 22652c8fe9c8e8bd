"""The catalogue of all figures, with the norms that the municipality set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.mistakes import ConfigMistakes, Mistake, nearest
from data.settings import NormSettings
from metrics.kpi import Kpi, Norm
from metrics.kpis.initiatieven import INITIATIEVEN
from metrics.kpis.oproepen import OPROEPEN
from metrics.kpis.telefonie import TELEFONIE
from metrics.kpis.termijnen import TERMIJNEN
from metrics.kpis.vragen import VRAGEN

ALL = (*TELEFONIE, *OPROEPEN, *VRAGEN, *TERMIJNEN, *INITIATIEVEN)


def catalogue(norms: Sequence[NormSettings]) -> Mapping[str, Kpi]:
    """Return the figures by key; raise ConfigMistakes for a norm of an unknown figure."""
    keys = [kpi.key for kpi in ALL]
    mistakes = [
        Mistake("normen.toml", "norm.kpi", norm.kpi, f"onbekend cijfer; {nearest(norm.kpi, keys)}")
        for norm in norms
        if norm.kpi not in keys
    ]
    if mistakes:
        raise ConfigMistakes(mistakes)
    return {kpi.key: replace(kpi, norms=_norms_of(kpi, norms)) for kpi in ALL}


def _norms_of(kpi: Kpi, norms: Sequence[NormSettings]) -> tuple[Norm, ...]:
    return tuple(
        Norm(norm.value, norm.since, norm.grondslag, norm.margin)
        for norm in norms
        if norm.kpi == kpi.key
    )
