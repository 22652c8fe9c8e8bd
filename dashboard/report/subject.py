"""A target as a report tells of it: its figure over the period, its months and its meaning."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.report.spoken import spoken
from metrics.published.goal import Goal
from metrics.published.meaning import Definition
from metrics.published.snapshot import Figure, Snapshot, Span
from metrics.units import NO_VALUE

MET = {True: "ja", False: "nee", None: NO_VALUE}
"""Whether a norm was met, as a table has it."""


@dataclass(frozen=True)
class Subject:
    """One target of a report, in the period that is called so."""

    figure: Figure
    goal: Goal
    meaning: Definition
    period: str

    @property
    def name(self) -> str:
        """Its name."""
        return self.meaning.name

    @property
    def norm_text(self) -> str:
        """Its norm, as a table has it."""
        return self.figure.norm.text if self.figure.norm else NO_VALUE

    def norm_of(self, value: float | None) -> str:
        """Write a norm of a month as the definition does."""
        written = (one.text for one in self.meaning.norms if one.value == value)
        return next(written, self.meaning.unit.text(value))

    def fine(self, value: float | None) -> str:
        """Write a mean or a limit, which differ by less than months do."""
        return self.meaning.unit.text(value, 1)

    def say(self, text: str) -> str:
        """Say a value that a table has."""
        return spoken(text, self.meaning.unit)

    def say_fine(self, value: float | None) -> str:
        """Say a mean or a limit."""
        return self.say(self.fine(value))


def in_words(span: Span) -> str:
    """Name a period as a sentence does: het derde kwartaal 2026."""
    return f"het {span.name}" if span.kind == "kwartaal" else span.name


def subjects(snapshot: Snapshot) -> list[Subject]:
    """Return the targets in their fixed order: never by how they stand."""
    period = in_words(snapshot.span)
    return [
        Subject(snapshot.figure(one.key), one, snapshot.definition(one.key), period)
        for one in snapshot.goals
    ]
