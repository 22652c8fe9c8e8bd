"""What differs between two snapshots of a period: old, new, and what that does to a conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec.structs import replace

from metrics.published.edition import Change
from metrics.published.snapshot import Code, Figure, Snapshot
from metrics.target_words import MET, month_text
from metrics.units import Unit, decimal_text

MOST_DIGITS = 6
SAME = "De conclusie blijft gelijk."
OTHER_MEANING = "De betekenis van het cijfer is gewijzigd."
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
Place = tuple[str, str]
"""The key of a figure, and which number of it."""


class Claim(NamedTuple):
    """What a report states at a place; `judged` where it also says whether a norm was met."""

    value: float | None
    text: str
    met: bool | None = None
    judged: bool = False


ABSENT = Claim(None, "niet vermeld")


def changes(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Return every number, norm and meaning that the two do not share, in the order of the new."""
    before, after = dict(_claims(old)), dict(_claims(new))
    pairs = {
        place: (before.get(place, ABSENT), after.get(place, ABSENT)) for place in after | before
    }
    named = {one.key: (one.name, one.unit) for one in (*old.definitions, *new.definitions)}
    return tuple(
        _change(place, *named[place[0]], *pair) for place, pair in pairs.items() if _differ(*pair)
    )


def same(old: Snapshot, new: Snapshot) -> bool:
    """Tell whether two snapshots say the same, whenever and by whatever program they were made."""
    return _substance(old) == _substance(new)


def now_and_then(change: Change, then: str = "vastgesteld") -> str:
    """Name a number, and say what it is now beside what it was then."""
    return f"{change.name}, {change.field}: {beside(change, then)}"


def beside(change: Change, then: str) -> str:
    """Say what a number is now beside what it was then: established, or only frozen."""
    return f"nu {change.new_text}, {then} {change.old_text}"


def turned(found: Sequence[Change]) -> int:
    """Count the conclusions about a norm that changed."""
    return sum(change.effect not in ("", SAME, OTHER_MEANING) for change in found)


def effect(found: Sequence[Change]) -> str:
    """Say in a sentence how many conclusions changed."""
    count = turned(found)
    if not count:
        return "Geen enkele conclusie verandert."
    if count == 1:
        return "De conclusie over 1 cijfer verandert."
    return f"De conclusies over {count} cijfers veranderen."


def _substance(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, made_at=NEVER, code=Code(version=""), sources=())


def _differ(old: Claim, new: Claim) -> bool:
    if old.value is None and new.value is None:
        return old.text != new.text
    return (old.value, old.met) != (new.value, new.met)


def _change(place: Place, name: str, unit: Unit, old: Claim, new: Claim) -> Change:
    key, field = place
    old_text, new_text = _texts(unit, old, new)
    return Change(
        key=key,
        name=name,
        field=field,
        old=old.value,
        new=new.value,
        old_text=old_text,
        new_text=new_text,
        effect=OTHER_MEANING if field == "definitie" else _effect(old, new),
    )


def _effect(old: Claim, new: Claim) -> str:
    if not (old.judged or new.judged):
        return ""
    if old.met == new.met:
        return SAME
    said = {**MET, None: "geen oordeel"}
    return f"Het oordeel over de norm is nu: {said[new.met]}. Eerder was het: {said[old.met]}."


def _texts(unit: Unit, old: Claim, new: Claim) -> tuple[str, str]:
    """Write both with as many decimals as it takes to tell them apart."""
    if old.text != new.text or old.value is None or new.value is None:
        return old.text, new.text
    for digits in range(1, MOST_DIGITS):
        texts = unit.text(old.value, digits), unit.text(new.value, digits)
        if texts[0] != texts[1]:
            return texts
    return decimal_text(old.value, MOST_DIGITS), decimal_text(new.value, MOST_DIGITS)


def _claims(snapshot: Snapshot) -> Iterator[tuple[Place, Claim]]:
    """Yield each thing that a report states, with its place."""
    for figure in snapshot.figures:
        yield from _of_figure(figure)
    for one in snapshot.definitions:
        yield (one.key, "definitie"), Claim(None, one.fingerprint[:12])
    for goal in snapshot.goals:
        for point in goal.points:
            if not snapshot.span.first <= point.month < snapshot.span.after:
                month = f"waarde in {month_text(point.month)}"
                yield (goal.key, month), Claim(point.value, point.text)
    for table in snapshot.parts:
        for row in table.rows:
            place = table.key, f"waarde van {table.axis} {row.name or 'niet bekend'}"
            yield place, Claim(row.value, row.text or "niet getoond")
    for years in snapshot.years:
        for year in (*years.past, years.so_far):
            field = f"waarde over {year.year} tot en met {month_text(year.until)}"
            yield (years.key, field), Claim(year.value, year.text)


def _of_figure(figure: Figure) -> Iterator[tuple[Place, Claim]]:
    judged = figure.norm is not None
    yield (figure.key, "waarde"), Claim(figure.value, figure.text, figure.met, judged)
    for field, value in (("teller", figure.teller), ("noemer", figure.noemer)):
        yield (figure.key, field), Claim(value, "–" if value is None else decimal_text(value, 0))
    if figure.norm:
        yield (figure.key, "norm"), Claim(figure.norm.value, figure.norm.text)
