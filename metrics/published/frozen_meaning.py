"""Freezes what a figure means: its definition, its norms, and a fingerprint of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from sqlalchemy import ColumnElement

from metrics.describe import terms_of
from metrics.facts import Fact
from metrics.kpi import Kpi, Norm
from metrics.measures import CoveredShare, Mean, Share, Spread
from metrics.plan import written as sql_text
from metrics.published import meaning
from metrics.published.canonical import digest, written
from metrics.readings import MOST_DIGITS
from metrics.stocks import Stock
from metrics.units import Unit, rounded


def definition(kpi: Kpi) -> meaning.Definition:
    """Freeze what a figure means."""
    teller, noemer = terms_of(kpi) or (None, None)
    return meaning.Definition(
        key=kpi.key,
        name=kpi.name,
        question=kpi.question,
        formula=kpi.formula,
        teller=teller,
        noemer=noemer,
        cases_name=_cases_name(kpi),
        bron=kpi.measure.fact.feed,
        unit=kpi.unit,
        better=kpi.better,
        stock=isinstance(kpi.measure, Stock),
        caveat=kpi.caveat,
        norms=tuple(norm(found, kpi.unit) for found in kpi.norms),
        paths=tuple(
            meaning.Path(
                first=path.first,
                start=path.start,
                last=path.last,
                end=path.end,
                grondslag=path.grondslag,
            )
            for path in kpi.paths
        ),
        revisions=tuple(meaning.Revision(day=day, what=what) for day, what in kpi.revisions),
        owner=kpi.owner,
        reviewed=kpi.reviewed,
        fingerprint=fingerprint(kpi),
    )


def norm(found: Norm, unit: Unit) -> meaning.Norm:
    """Freeze a norm, written with as many decimals as it has."""
    return meaning.Norm(
        value=found.value,
        text=unit.text(found.value, _digits(found.value, unit)),
        since=found.since,
        grondslag=found.grondslag,
        margin=found.margin,
    )


def fingerprint(kpi: Kpi) -> str:
    """Return a hash that differs as soon as the meaning of a figure does, or what it adds up."""
    said = (kpi.key, kpi.question, kpi.formula, kpi.caveat, kpi.unit, kpi.better)
    return digest(written((said, tuple(_parts(kpi.measure)))))


def _parts(measure: object) -> Iterator[str]:
    """Write out all that a measure is made of, SQL included."""
    if isinstance(measure, ColumnElement):
        yield sql_text(measure)
    elif isinstance(measure, Fact):
        yield f"{measure.name} {measure.at}"
    elif is_dataclass(measure):
        yield type(measure).__name__
        for field in fields(measure):
            yield from _parts(getattr(measure, field.name))
    else:
        yield repr(measure)


def _cases_name(kpi: Kpi) -> str:
    measure = kpi.measure
    if isinstance(measure, Share | CoveredShare):
        return measure.whole_name
    return measure.where_name if isinstance(measure, Mean | Spread) else ""


def _digits(value: float, unit: Unit) -> int:
    """How many decimals a percentage needs to be told exactly."""
    if unit is not Unit.PERCENTAGE:
        return 0
    exact = (digits for digits in range(MOST_DIGITS) if rounded(value, digits + 2) == value)
    return next(exact, MOST_DIGITS)
