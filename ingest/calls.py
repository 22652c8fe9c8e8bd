"""Makes one call of its legs: an exchange that exports writes a row for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from data.codes import Exit, Outcome
from ingest.options import QueueOptions
from ingest.records import Call

PRECEDENCE = (
    *(Outcome.OPGENOMEN, Outcome.AFGEHAAKT, Outcome.OVERGELOPEN),
    *(Outcome.GESLOTEN, Outcome.GEWEIGERD, Outcome.ONBEKEND),
)
UNAGREED = QueueOptions()


class Leg(NamedTuple):
    """What one row says of a call; times are UTC epoch seconds, durations seconds."""

    key: str
    version: int
    arrived: int
    wachtrij: str
    afdeling: str
    gemeente: str
    outcome: Outcome
    exit: Exit | None
    wait: int | None
    talk: int | None
    answered: int | None
    ended: int | None
    transferred: bool
    caller: int | None

    @property
    def left(self) -> int | None:
        """When the caller left the queue, to a person or not; None when that is not said."""
        if self.answered is not None:
            return self.answered
        if self.wait is not None:
            return self.arrived + self.wait
        if self.outcome is not Outcome.OPGENOMEN:
            return self.ended
        if self.ended is not None and self.talk is not None:
            return max(self.arrived, self.ended - self.talk)
        return None


def made_of(legs: Iterable[Leg], queues: Mapping[str, QueueOptions]) -> Call:
    """Make the call that these legs tell together.

    It arrived when the first did, in the queue of the first that has one. Its outcome is the best
    of theirs; it waited until the first answer, else until the last leg was left.
    """
    ordered = sorted(legs, key=lambda leg: (leg.arrived, PRECEDENCE.index(leg.outcome)))
    best = min(ordered, key=lambda leg: PRECEDENCE.index(leg.outcome))
    first, answered = ordered[0], best.outcome is Outcome.OPGENOMEN
    left = _left(ordered, answered)
    talk = _total(leg.talk for leg in ordered) if answered else None
    ended = _ended(ordered, left, talk, answered)
    if answered and talk is None and left is not None and ended is not None:
        talk = ended - left
    queue = next((leg.wachtrij for leg in ordered if leg.wachtrij), "")
    afdeling, gemeente, norm, short = queues.get(queue, UNAGREED)
    return Call(
        key=first.key,
        version=max(leg.version for leg in ordered),
        arrived_at=first.arrived,
        wachtrij=queue,
        afdeling=_first(leg.afdeling for leg in ordered) or afdeling,
        gemeente=_first(leg.gemeente for leg in ordered) or gemeente,
        outcome=int(best.outcome),
        exit=int(best.exit) if best.exit else None,
        wait_s=_wait(ordered, left),
        talk_s=talk,
        left_at=first.arrived if left is None else left,
        ended_at=ended,
        transferred=int(answered and any(leg.transferred for leg in ordered)),
        caller=next((leg.caller for leg in ordered if leg.caller is not None), None),
        answer_norm_s=norm,
        short_s=short,
    )


def moments_of_calls(calls: Iterable[Call], now: int) -> list[int]:
    """Return when something happened to these calls, as far as that is not in the future."""
    known = (at for call in calls for at in (call.arrived_at, call.ended_at or 0))
    return [at for at in known if 0 < at <= now]


def _left(legs: Sequence[Leg], answered: bool) -> int | None:
    if answered:
        moments = [leg.left for leg in legs if leg.outcome is Outcome.OPGENOMEN]
        return min((at for at in moments if at is not None), default=None)
    return max((leg.left for leg in legs if leg.left is not None), default=None)


def _wait(legs: Sequence[Leg], left: int | None) -> int | None:
    """One row tells its own wait, which may differ a second from what its moments say."""
    if len(legs) == 1 and legs[0].wait is not None:
        return legs[0].wait
    return None if left is None else left - legs[0].arrived


def _ended(legs: Sequence[Leg], left: int | None, talk: int | None, answered: bool) -> int | None:
    known = [leg.ended for leg in legs if leg.ended is not None]
    if known:
        return max(*known, legs[0].arrived if left is None else left)
    if not answered:
        return legs[0].arrived if left is None else left
    return None if left is None or talk is None else left + talk


def _total(parts: Iterable[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
