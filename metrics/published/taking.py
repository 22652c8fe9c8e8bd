"""Takes a snapshot: all that a report of a period tells, asked at one moment of the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from metrics.board import Board
from metrics.board_look import BoardLook
from metrics.concealment import tell
from metrics.departments import FIGURES, departments
from metrics.departments import questions as of_departments
from metrics.facts import Cut
from metrics.kpi import Kpi
from metrics.parts import parts
from metrics.periods import Period
from metrics.published.frozen_figures import figure, per_department, per_part
from metrics.published.frozen_goal import frozen, no_year
from metrics.published.frozen_meaning import definition
from metrics.published.frozen_quality import day_gaps, rejected, source
from metrics.published.frozen_years import questions as of_years
from metrics.published.frozen_years import years
from metrics.published.goal import Goal, Years
from metrics.published.quality import Parts
from metrics.published.snapshot import Code, Figure, Header, Snapshot, Span, Thresholds
from metrics.readings import Query
from metrics.targets import goals, question, targets

OTHER_AXES = (Cut.KANAAL,)
"""Not by topic: the topics of a hidden department, told beside the departments, add up to it."""


def take(board: Board, span: Span, now: datetime, code: Code, header: Header) -> Snapshot:
    """Freeze a period that is over, as it is known now."""
    with board.look() as look:
        states = look.sources()
        told_years = _years(board, look, span, now)
        asked = look.look.connection, board.store.organisation
        return Snapshot(
            span=span,
            organisation=board.store.organisation,
            gemeente=board.gemeente,
            made_at=now.astimezone(UTC),
            code=code,
            demo=any(state.demo for state in states),
            header=header,
            thresholds=_thresholds(board),
            definitions=tuple(definition(kpi) for kpi in board.catalogue.values()),
            figures=_figures(board, look, span, now),
            goals=_goals(board, look, span, now, told_years),
            parts=tuple(_parts(board, look, span, now)),
            years=told_years,
            sources=tuple(source(state) for state in states),
            gaps=day_gaps(*asked, states, board.workdays, span, now),
            rejected=rejected(*asked, span, now),
        )


def _thresholds(board: Board) -> Thresholds:
    signals, small = board.thresholds.signals, board.thresholds.small
    return Thresholds(
        trend=signals.trend,
        shift=signals.shift,
        fix_after=signals.fix_after,
        hidden_below=small.hidden_below,
        verdict_from=small.verdict_from,
    )


def _over(kpis: Sequence[Kpi], span: Span, now: datetime, *by: Cut) -> Query:
    return Query(kpis=tuple(kpis), period=Period.days(span.first, span.after), now=now, by=by)


def _figures(board: Board, look: BoardLook, span: Span, now: datetime) -> tuple[Figure, ...]:
    (readings,) = look.ask_many([_over([*board.catalogue.values()], span, now)])
    return tuple(figure(reading, span) for reading in readings)


def _goals(
    board: Board, look: BoardLook, span: Span, now: datetime, told: Sequence[Years]
) -> tuple[Goal, ...]:
    """Tell of a year only where the year table does: months add up to no year that is not known."""
    (readings,) = look.ask_many([question(goals(board.catalogue), span.month, now)])
    found = map(frozen, targets(readings, board.history, board.thresholds.signals))
    unknown = {one.key: one.so_far.reason for one in told if one.so_far.reason}
    return tuple(
        replace(one, year=no_year(unknown[one.key])) if one.key in unknown else one for one in found
    )


def _years(board: Board, look: BoardLook, span: Span, now: datetime) -> tuple[Years, ...]:
    asked = of_years(_over(goals(board.catalogue), span, now), span.month)
    return tuple(years(look.ask_many(asked), look.sources()))


def _parts(board: Board, look: BoardLook, span: Span, now: datetime) -> Iterator[Parts]:
    """Tell the parts of a month; those of a quarter less its months would tell what is hidden."""
    if span.kind != "maand":
        return
    small = board.thresholds.small
    for key in FIGURES:
        asked = of_departments(board.catalogue[key], span.month, now)
        rows, (whole,) = (tell(look.ask_many, query, small.hidden_below) for query in asked)
        yield per_department(departments(rows, whole, small))
    for kpi in goals(board.catalogue):
        for cut in OTHER_AXES:
            if cut in kpi.measure.fact.cuts:
                readings = tell(look.ask_many, _over([kpi], span, now, cut), small.hidden_below)
                yield per_part(kpi.key, cut, parts(readings, cut, small), small)
