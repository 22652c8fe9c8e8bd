"""Values read in Dutch, rounded half up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.units import Unit, clock_text, decimal_text


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit.AANTAL, 0, "0"),
        (Unit.AANTAL, 1234, "1.234"),
        (Unit.AANTAL, 1234567, "1.234.567"),
        (Unit.PERCENTAGE, 0.834, "83%"),
        (Unit.PERCENTAGE, 1, "100%"),
        (Unit.PERCENTAGE, 0.0, "0%"),
        (Unit.SECONDEN, 30, "0:30"),
        (Unit.SECONDEN, 80, "1:20"),
        (Unit.SECONDEN, 3599.4, "59:59"),
        (Unit.SECONDEN, 3599.5, "1:00:00"),
        (Unit.SECONDEN, 3723, "1:02:03"),
        (Unit.SECONDEN, 0, "0:00"),
    ],
)
def test_a_value_reads_in_dutch(unit: Unit, value: float, text: str) -> None:
    assert unit.text(value) == text


@pytest.mark.parametrize("unit", Unit)
def test_no_value_is_a_dash(unit: Unit) -> None:
    assert unit.text(None) == "–"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),  # not to even
        (2.4999, 0, "2"),
        (0.125, 2, "0,13"),
        (1.005, 2, "1,01"),  # as it is written, not as the float lies
        (1234.56, 1, "1.234,6"),
        (999.95, 1, "1.000,0"),
    ],
)
def test_numbers_are_rounded_half_up(value: float, digits: int, text: str) -> None:
    assert decimal_text(value, digits) == text


@pytest.mark.parametrize(
    ("part", "whole", "digits", "text"),
    [
        (57, 200, 0, "29%"),  # 28.5, though 0.285 * 100 < 28.5 in floats
        (29, 200, 0, "15%"),
        (1, 3, 1, "33,3%"),
        (2, 3, 1, "66,7%"),
        (8339, 10000, 1, "83,4%"),
        (1669, 2000, 1, "83,5%"),
    ],
)
def test_a_share_is_rounded_once(part: int, whole: int, digits: int, text: str) -> None:
    assert Unit.PERCENTAGE.text(part / whole, digits) == text


@given(st.integers(0, 2000), st.sampled_from([2, 4, 5, 8, 10, 20, 25, 40, 50, 100, 200, 1000]))
def test_each_share_that_decimals_can_write_is_rounded_exactly(part: int, whole: int) -> None:
    exact = Fraction(part, whole) * 100
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    rounded = decimal.quantize(Decimal(1), ROUND_HALF_UP)
    assert Unit.PERCENTAGE.text(part / whole).replace(".", "") == f"{rounded}%"


@pytest.mark.parametrize(
    ("seconds", "digits", "text"),
    [
        (120.3, 1, "2:00,3"),
        (119.96, 1, "2:00,0"),
        (5.04, 1, "0:05,0"),
        (3723.25, 2, "1:02:03,25"),
    ],
)
def test_a_clock_can_show_parts_of_a_second(seconds: float, digits: int, text: str) -> None:
    assert clock_text(seconds, digits) == text


@given(st.integers(0, 10**7))
def test_a_clock_can_be_read_back(seconds: int) -> None:
    parts = [int(part) for part in clock_text(seconds).split(":")]
    read = 0
    for part in parts:
        read = read * 60 + part
    assert read == seconds
    assert all(part < 60 for part in parts[1:])
