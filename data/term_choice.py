"""Reads which term holds for a topic or a kind of question."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from data.fields import Fields
from data.mistakes import nearest

SERVICE_NORM = "servicenorm"
MOST_WERKDAGEN = 260


class TermChoice(NamedTuple):
    """The key of a rule, and of a service norm its working days; no rule is no term."""

    rule: str = ""
    werkdagen: int | None = None


def term_choice(fields: Fields, rules: Collection[str]) -> TermChoice:
    """Read `termijn` and `werkdagen`; what is wrong is noted and gives no term."""
    rule = fields.text("termijn", "")
    if rule and rule not in rules:
        fields.wrong("termijn", f"onbekende regel; {nearest(rule, rules)}")
        return TermChoice()
    if rule == SERVICE_NORM:
        return TermChoice(rule, fields.number("werkdagen", None, 1, MOST_WERKDAGEN))
    if fields.has("werkdagen"):
        fields.wrong("werkdagen", f'hoort bij termijn = "{SERVICE_NORM}"')
    return TermChoice(rule)
