"""Remembers what is looked up once and holds for a while: a day, a quarter-hour."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar


class Found(Protocol):
    """Something that was looked up, or that cannot be told yet."""

    @property
    def known(self) -> bool: ...


F = TypeVar("F", bound=Found)


@dataclass(frozen=True)
class Memory:
    """What was found for each thing that was asked, and during what that holds."""

    kept: dict[Hashable, tuple[Hashable, Any]] = field(default_factory=dict)

    def recall(self, asked: Hashable, during: Hashable, find: Callable[[], F]) -> F:
        """Return what was found before; what could not be told yet is looked up again."""
        before = self.kept.get(asked)
        if before is not None and before[0] == during:
            known: F = before[1]
            return known
        found = find()
        if found.known:
            self.kept[asked] = (during, found)
        return found

    def forget(self) -> None:
        """Look everything up anew."""
        self.kept.clear()
