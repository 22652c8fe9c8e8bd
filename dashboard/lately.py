"""What was made lately, kept for who asks the same again; the oldest go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Lately:
    """So many things at most, each by what was asked."""

    most: int
    _kept: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def recall(self, asked: Hashable, make: Callable[[], Thing]) -> Thing:
        """Return what was made of it before; two who ask at once may both have it made."""
        with self._lock:
            if asked in self._kept:
                known: Thing = self._kept[asked]
                return known
        made = make()
        with self._lock:
            self._kept[asked] = made
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return made
