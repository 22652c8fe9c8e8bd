"""What people write in a report: names, roles and texts that fit, about something that is there."""

from __future__ import annotations

from collections.abc import Sequence

from data.mistakes import nearest
from metrics.published.edition import SECTIONS

LONGEST_NAME, LONGEST_TEXT = 100, 4000


class ReportRefused(ValueError):
    """What is asked of a report cannot be done now: what, why, and what to do."""


def name_of(text: str, field: str) -> str:
    """Return a name or a role on one line; raise ReportRefused when it is not one."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ReportRefused(f"--{field} {text!r}: geef een tekst van 1 tot {LONGEST_NAME} tekens")
    return name


def text_of(text: str, field: str, *, needed: bool = False) -> str:
    """Return a text in its lines; raise ReportRefused when it is too long or not to be read."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    if not all(line.isprintable() for line in lines) or len(text) > LONGEST_TEXT:
        raise ReportRefused(
            f"--{field}: geef een leesbare tekst van hoogstens {LONGEST_TEXT} tekens, zonder tabs"
        )
    if needed and not lines:
        raise ReportRefused(f"--{field}: ontbreekt; een correctie zegt wat er fout was en waardoor")
    return "\n".join(lines)


def about_of(about: str, goals: Sequence[str]) -> str:
    """Return the target or heading that a text is about; raise ReportRefused for another one."""
    known = (*goals, *SECTIONS)
    if about not in known:
        raise ReportRefused(f"--over {about!r}: onbekend; {nearest(about, known)}")
    return about
