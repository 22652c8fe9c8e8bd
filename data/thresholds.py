"""From what number on something is said: signals in a series, and groups that are too small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.fields import Fields
from data.mistakes import Mistake

FILE = "drempels.toml"
MOST = 1000
SMALLEST_BASE = 6
"""Fewer months give no limits."""


@dataclass(frozen=True)
class SignalRules:
    """After how many months a run is a signal; how many first months fix the limits (0: all)."""

    trend: int = 7
    shift: int = 7
    fix_after: int = 0


@dataclass(frozen=True)
class SmallNumbers:
    """Below the one a group is hidden, below the other it gets no verdict.

    More units than `funnel_above` are compared in a funnel.
    """

    hidden_below: int = 10
    verdict_from: int = 30
    funnel_above: int = 8


@dataclass(frozen=True)
class Thresholds:
    """The thresholds of one municipality."""

    signals: SignalRules = SignalRules()
    small: SmallNumbers = SmallNumbers()


def read_thresholds(content: Mapping[str, Any], mistakes: list[Mistake]) -> Thresholds:
    """Read the file; what is wrong is added to `mistakes`, what is left out keeps our value."""
    file = Fields(content, FILE, "", mistakes)
    signals, small = file.inner("signalen"), file.inner("kleine_aantallen")
    file.rest()
    return Thresholds(
        _signals(signals) if signals else SignalRules(),
        _small(small) if small else SmallNumbers(),
    )


def _signals(fields: Fields) -> SignalRules:
    rules = SignalRules(
        fields.number("trend", SignalRules.trend, 3, MOST),
        fields.number("verschuiving", SignalRules.shift, 3, MOST),
        fields.number("grenzen_vast_na", SignalRules.fix_after, 0, MOST),
    )
    if 0 < rules.fix_after < SMALLEST_BASE:
        fields.wrong("grenzen_vast_na", f"geef minstens {SMALLEST_BASE} maanden, of 0 voor alle")
    fields.rest()
    return rules


def _small(fields: Fields) -> SmallNumbers:
    numbers = SmallNumbers(
        fields.number("verborgen_onder", SmallNumbers.hidden_below, 2, MOST),
        fields.number("oordeel_vanaf", SmallNumbers.verdict_from, 2, MOST),
        fields.number("trechter_boven", SmallNumbers.funnel_above, 2, MOST),
    )
    if numbers.verdict_from < numbers.hidden_below:
        fields.wrong("oordeel_vanaf", "is lager dan verborgen_onder")
    fields.rest()
    return numbers
