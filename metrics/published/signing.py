"""Who may take a version to which state, and the hash and seal that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from metrics.periods import local_text
from metrics.published.canonical import digest, written
from metrics.published.edition import State, Step
from metrics.published.entry import Entry
from metrics.published.states import ORDER, reached
from metrics.published.wording import ReportRefused, name_of


def sealed(period: str, version: int, before: str, step: Step) -> str:
    """Return the seal of a step: nothing of it, nor of those before it, can change unnoticed."""
    told = (step.state, step.person, step.role, step.at, step.content)
    return digest(written((before, period, version, told)))


def sign(entry: Entry, state: State, who: tuple[str, str], at: datetime) -> Step:
    """Return the step of a version to a state; raise ReportRefused when it may not be taken."""
    person, role = name_of(who[0], "door"), name_of(who[1], "rol")
    _check_order(entry.steps, state)
    check_clock(entry, at)
    if state is State.VASTGESTELD:
        _check_four_eyes(entry.steps[-1], person)
    if entry.steps and state is not State.GECONTROLEERD:
        _check_content(entry)
    moment = at.astimezone(UTC).replace(microsecond=0)
    step = Step(state=state, person=person, role=role, at=moment, content=entry.content, seal="")
    before = entry.steps[-1].seal if entry.steps else ""
    return replace(step, seal=sealed(entry.key, entry.number, before, step))


def check_clock(entry: Entry, at: datetime) -> None:
    """Raise ReportRefused when it is earlier than what was last done to a version."""
    signed, written_at = (step.at for step in entry.steps), (note.at for note in entry.notes)
    last = max([entry.made_at, *signed, *written_at])
    if at < last:
        raise ReportRefused(
            f"de klok staat op {local_text(at)}, voor wat het laatst aan deze rapportage is gedaan "
            f"({local_text(last)}); zet de klok van deze machine goed"
        )


def _check_order(steps: Sequence[Step], state: State) -> None:
    """Each state follows the one before; a check may be repeated until it is established."""
    now = reached(steps)
    place = ORDER.index(now)
    following = ORDER[place + 1] if place + 1 < len(ORDER) else None
    again = state is now is State.GECONTROLEERD
    if state is not following and not again:
        hint = f"hierna komt {following.value}" if following else "dit is de laatste stap"
        raise ReportRefused(f"stap {state.value}: de rapportage is nu {now.value}; {hint}")


def _check_four_eyes(checked: Step, person: str) -> None:
    if _plain(checked.person) == _plain(person):
        raise ReportRefused(
            f"{person} heeft deze rapportage gecontroleerd; laat een ander vaststellen (vier ogen)"
        )


def _check_content(entry: Entry) -> None:
    """What is signed must be what was signed before."""
    if entry.steps[-1].content != entry.content:
        raise ReportRefused(
            f"{entry.key} versie {entry.number} is veranderd sinds zij {entry.state.value} werd; "
            "controleer haar opnieuw (--stap gecontroleerd)"
        )


def _plain(name: str) -> str:
    """A name without capitals, dots and spaces: A. de Vries is a de vries."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
