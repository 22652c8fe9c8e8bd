"""Units: how a value reads in Dutch, and how two values differ."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

NO_VALUE = "–"


def decimal_text(value: float, digits: int, factor: int = 1) -> str:
    """Write a number the Dutch way, rounding half up: 1234.5 -> '1.234,5'.

    The factor multiplies exactly: 0.285 * 100 is 28.5, which is not so between floats.
    """
    number = Decimal(repr(float(value))) * factor
    exact = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{exact:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def rounded(value: float, digits: int) -> float:
    """Round half up, as the texts do."""
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def clock_text(seconds: float, digits: int = 0) -> str:
    """Write a duration as minutes and seconds (0:30), from an hour on as 1:02:03."""
    exact = Decimal(repr(float(seconds))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    minutes, rest = divmod(exact, 60)
    hours, minutes_left = divmod(int(minutes), 60)
    low = f"{rest:0{digits + 2 + (digits > 0)}f}".replace(".", ",")
    return f"{hours}:{minutes_left:02d}:{low}" if hours else f"{minutes}:{low}"


class Unit(Enum):
    """What a figure counts. Shares are 0..1, durations are seconds."""

    AANTAL = "aantal"
    PERCENTAGE = "percentage"
    SECONDEN = "seconden"
    WERKDAGEN = "werkdagen"

    def text(self, value: float | None, digits: int = 0) -> str:
        """Return the value as a reader sees it; no value is a dash."""
        if value is None:
            return NO_VALUE
        if self is Unit.PERCENTAGE:
            return f"{decimal_text(value, digits, 100)}%"
        if self is Unit.SECONDEN:
            return clock_text(value)
        if self is Unit.WERKDAGEN:
            return f"{decimal_text(value, digits)} {'werkdag' if value == 1 else 'werkdagen'}"
        return decimal_text(value, digits)
