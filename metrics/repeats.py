"""Repeat traffic per topic: how often residents had to ask again, and how long that took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from metrics.chains import Chains
from metrics.concealment import secret
from metrics.facts import Cut
from metrics.losses import Part, parts_of
from metrics.readings import Query, Reading
from metrics.suppression import Key

KEY = "in_een_keer_goed"
Tell = Callable[[Query], Sequence[Reading]]


@dataclass(frozen=True)
class Repeat:
    """One topic: settled at once out of all, and its chains when these may be told."""

    part: Part
    chains: Chains | None = None

    @property
    def again(self) -> int:
        """How many questions were asked again."""
        return self.part.cases - self.part.good


def repeats(tell: Tell, query: Query, chains: Sequence[Chains], below: int) -> list[Repeat]:
    """Put the figure and the chains of each topic side by side, most asked again first."""
    (whole,) = tell(query)
    parts = parts_of(whole, tell(replace(query, by=(Cut.ONDERWERP,))), Cut.ONDERWERP)
    told = _told(chains, below)
    found = [Repeat(part, told.get(_place(query, part.name))) for part in parts]
    return sorted(found, key=lambda one: (-one.again, one.part.name))


def cuts_of(query: Query) -> tuple[Cut, ...]:
    """By what the chains are to be cut, so that small ones can be hidden."""
    return tuple(sorted({Cut.ONDERWERP, *query.only}, key=lambda cut: cut.value))


def _told(chains: Iterable[Chains], below: int) -> dict[Key, Chains]:
    table = {one.cut: one for one in chains}
    small = secret(((key, (of.number - of.long, of.long)) for key, of in table.items()), below)
    return {key: one for key, one in table.items() if key not in small}


def _place(query: Query, topic: str) -> Key:
    """Where a topic stands in the table of chains; a choice is of one value."""
    chosen = {cut: min(values) for cut, values in query.only.items()}
    return tuple({**chosen, Cut.ONDERWERP: topic}[cut] for cut in cuts_of(query))
