"""Repeat traffic per topic: how often residents had to ask again, and how long that took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics.chains import Chains
from metrics.facts import Cut
from metrics.losses import Part, parts_of, shown
from metrics.readings import Reading

KEY = "in_een_keer_goed"


@dataclass(frozen=True)
class Repeat:
    """One topic: settled at once out of all, and its chains when there are enough of them."""

    part: Part
    chains: Chains | None = None

    @property
    def again(self) -> int:
        """How many questions were asked again."""
        return self.part.cases - self.part.good


def repeats(readings: Iterable[Reading], chains: Sequence[Chains], below: int) -> list[Repeat]:
    """Put the figure and the chains of each topic side by side, most asked again first."""
    enough = {one.onderwerp: one for one in chains if one.number >= below}
    parts = shown(parts_of(readings, Cut.ONDERWERP), below)
    found = [Repeat(part, enough.get(part.name)) for part in parts]
    return sorted(found, key=lambda one: (-one.again, one.part.name))
