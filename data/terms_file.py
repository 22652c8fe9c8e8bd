"""Reads termijnen.toml: the rules about terms, the contested points and the dwangsom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from data.calendar import Calendar
from data.fields import Fields
from data.holidays_file import read_holidays
from data.mistakes import Mistake, blocks_of
from data.term_rules import (
    Begin,
    Contested,
    Counting,
    Extension,
    Penalty,
    Rule,
    Span,
    Suspension,
    Term,
)
from data.termijn import Terms

FILE = "termijnen.toml"
PARTS = ("termijn", "omstreden", "dwangsom")
LAST_DAY = {"tot": False, "tot en met": True}
AFTER_CLOSING = {"dezelfde dag": False, "volgende werkdag": True}
COUNTINGS = {counting.value: counting for counting in Counting}
BEGINS = {begin.value: begin for begin in Begin}
NAMED_DATE = "genoemde datum"
UNITS = {
    "dag": "days",
    "dagen": "days",
    "werkdag": "days",
    "werkdagen": "days",
    "week": "weeks",
    "weken": "weeks",
    "maand": "months",
    "maanden": "months",
}
_SPAN = re.compile(rf"([1-9]\d{{0,2}}) ({'|'.join(UNITS)})")
DURATION_HINT = 'schrijf een duur als "8 weken", "1 maand" of "3 dagen"'


def read_terms(
    terms: Mapping[str, Any],
    holidays: Mapping[str, Any],
    calendar: Calendar,
    mistakes: list[Mistake],
) -> Terms:
    """Build the terms from termijnen.toml, feestdagen.toml and the opening hours."""
    return Terms(
        read_rules(terms, mistakes),
        read_holidays(holidays, mistakes),
        calendar,
        read_contested(terms, mistakes),
        read_penalty(terms, mistakes),
    )


def read_rules(content: Mapping[str, Any], mistakes: list[Mistake]) -> dict[str, Rule]:
    """Build the rules by key; what is wrong is added to `mistakes` and left out."""
    Fields(content, FILE, "", mistakes).rest(PARTS)
    rules: dict[str, Rule] = {}
    for table in blocks_of(content, "termijn", FILE, mistakes):
        fields = Fields(table, FILE, f"termijn[{table.get('sleutel')}]", mistakes)
        rule = _rule(fields)
        if rule.key in rules:
            fields.wrong("sleutel", "deze sleutel komt twee keer voor")
        rules[rule.key] = rule
    if not rules:
        mistakes.append(Mistake(FILE, "termijn", None, "ontbreekt; geef elke termijn een blok"))
    return rules


def read_contested(content: Mapping[str, Any], mistakes: list[Mistake]) -> Contested:
    """Read which reading is used where lawyers differ."""
    fields = _table(content, "omstreden", mistakes)
    found = Contested(
        atw_beyond_twelve_weeks=fields.flag("atw_na_verdaging_boven_12_weken", False),
        last_suspended_day=fields.choice("opschorting_tot", LAST_DAY, "tot"),
        penalty_from=fields.number("dwangsom_eerste_dag", 15, 14, 15),
        atw_on_grace=fields.flag("atw_op_twee_weken_na_ingebrekestelling", False),
    )
    fields.rest()
    return found


def read_penalty(content: Mapping[str, Any], mistakes: list[Mistake]) -> Penalty:
    """Read the amounts of the dwangsom, in whole euros."""
    fields = _table(content, "dwangsom", mistakes)
    found = Penalty(
        steps=tuple(_step(step) for step in fields.several("bedragen")),
        article=fields.text("artikel"),
        grace=_span(fields, "na") or Span(),
    )
    if not found.steps:
        fields.wrong("bedragen", "geef een lijst van { dagen = 14, per_dag = 23 }")
    fields.rest(("bron",))
    return found


def _table(content: Mapping[str, Any], name: str, mistakes: list[Mistake]) -> Fields:
    return Fields(content, FILE, "", mistakes).inner(name) or Fields({}, FILE, name, mistakes)


def _step(fields: Fields) -> tuple[int, int]:
    step = (fields.number("dagen", None, 1, 1000), fields.number("per_dag", None, 0, 10_000))
    fields.rest()
    return step


def _rule(fields: Fields) -> Rule:
    counting = fields.choice("telling", COUNTINGS)
    found = Rule(
        key=fields.text("sleutel"),
        name=fields.text("naam"),
        source=fields.text("bron"),
        counting=counting,
        begin=fields.choice("begin", BEGINS),
        term=_first_term(fields, counting),
        begin_counts=fields.flag("begindag_telt", False),
        before=_term(fields.inner("vooraf")),
        committee=_term(fields.inner("commissie")),
        consent=_term(fields.inner("instemming")),
        extension=_extension(fields.inner("verdaging")),
        suspension=_suspension(fields.inner("opschorting")),
        no_penalty=fields.text("geen_dwangsom", ""),
        next_day_after_closing=fields.choice("na_sluitingstijd", AFTER_CLOSING, "dezelfde dag"),
    )
    fields.rest()
    return found


def _first_term(fields: Fields, counting: Counting) -> Term | None:
    article = fields.text("artikel")
    if counting is not Counting.WORKDAYS:
        return Term(_span(fields, "duur") or Span(), article)
    for key in ("vooraf", "commissie", "instemming", "verdaging", "opschorting"):
        if fields.has(key):
            fields.wrong(key, "kan niet bij een termijn in werkdagen")
    if not fields.has("duur"):
        return None
    return Term(_span(fields, "duur", in_workdays=True) or Span(), article)


def _term(fields: Fields | None) -> Term | None:
    if fields is None:
        return None
    term = Term(_span(fields, "duur") or Span(), fields.text("artikel"))
    fields.rest()
    return term


def _extension(fields: Fields | None) -> Extension | None:
    if fields is None:
        return None
    named = fields.has("tot")
    if named and fields.table["tot"] != NAMED_DATE:
        fields.wrong("tot", f'schrijf "{NAMED_DATE}", of geef met `hoogstens` een duur')
    found = Extension(None if named else _span(fields, "hoogstens"), fields.text("artikel"))
    fields.rest()
    return found


def _suspension(fields: Fields | None) -> Suspension | None:
    if fields is None:
        return None
    found = Suspension(fields.choice("laatste_dag", LAST_DAY), fields.text("artikel"))
    fields.rest()
    return found


def _span(fields: Fields, key: str, *, in_workdays: bool = False) -> Span | None:
    """Read a length; working days belong to norms, and norms to working days."""
    match = _SPAN.fullmatch(str(fields.table.get(key))) if fields.has(key) else None
    if match is None:
        fields.wrong(key, DURATION_HINT)
    elif match[2].startswith("werkdag") is not in_workdays:
        fields.wrong(key, 'werkdagen horen bij telling "werkdagen", en daar alleen')
    else:
        return Span(**{UNITS[match[2]]: int(match[1])})
    return None
