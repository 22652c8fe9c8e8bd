"""The subcommands about terms: a deadline with its reasons, and what it costs to be late."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from data.dutch_days import day_text
from data.dwangsom import Dwangsom, dwangsom
from data.term_text import Step
from data.termijn import Course, Deadline, Terms, UnknownRule
from metrics.command import BadQuestion, check_year, whole_number

MOST_WORKDAYS = 1000


def add_parsers(commands: Any) -> None:
    """Add both subcommands to those of the program."""
    term = commands.add_parser("termijn", help="compute when an answer is due, and why")
    term.add_argument("--regel", metavar="KEY", required=True, help="key of termijnen.toml")
    term.add_argument(
        "--ontvangen",
        metavar="D",
        required=True,
        help="day of receipt; wmo_besluit: of the aanvraag; zienswijze: first day ter inzage",
    )
    term.add_argument("--bekendgemaakt", metavar="D", help="bezwaar: when the decision was")
    term.add_argument("--verdaagd", metavar="D", help="day of the notice of extension")
    term.add_argument("--verdaagd-tot", metavar="D", help="the new date that this notice names")
    term.add_argument(
        "--opgeschort",
        metavar="D/D",
        action="append",
        default=[],
        help="invited or notified / completed or viewed; D/ has not ended; may be repeated",
    )
    term.add_argument("--commissie", action="store_true", help="there is an advisory committee")
    term.add_argument("--instemming", action="store_true", help="another body has to consent")
    term.add_argument("--werkdagen", metavar="N", help="servicenorm: the number of working days")
    term.add_argument("--json", action="store_true")
    penalty = commands.add_parser("dwangsom", help="compute what is owed for deciding too late")
    penalty.add_argument("--uiterlijk", metavar="D", required=True, help="the deadline")
    penalty.add_argument("--ingebrekestelling", metavar="D", required=True, help="its receipt")
    penalty.add_argument("--dag", metavar="D", help="owed up to and including this day")
    penalty.add_argument("--regel", metavar="KEY", help="some rules know no dwangsom, as woo")
    penalty.add_argument("--json", action="store_true")


def answer(terms: Terms, asked: argparse.Namespace) -> tuple[Mapping[str, Any], list[str]]:
    """Return the answer as values for JSON and as lines; raise BadQuestion."""
    try:
        if asked.command == "termijn":
            found = terms.compute(asked.regel, _course(asked))
            return deadline_json(found), list(_deadline_lines(found))
        owed = dwangsom(
            terms,
            _day("uiterlijk", asked.uiterlijk),
            _day("ingebrekestelling", asked.ingebrekestelling),
            _day("dag", asked.dag) if asked.dag else None,
            asked.regel,
        )
        return dwangsom_json(owed), list(_dwangsom_lines(owed))
    except UnknownRule as error:
        raise BadQuestion("regel", asked.regel, error.hint) from None


def deadline_json(found: Deadline) -> dict[str, Any]:
    """Return a deadline as values for JSON; dates are ISO texts or None."""
    return {
        "uiterlijk": _iso(found.uiterlijk),
        "eerste": _iso(found.eerste),
        "stappen": _steps(found.stappen),
        "onzeker": list(found.onzeker),
        "omstreden": list(found.omstreden),
    }


def dwangsom_json(found: Dwangsom) -> dict[str, Any]:
    """Return a dwangsom as values for JSON; amounts are whole euros."""
    return {
        "geldig": found.geldig,
        "eerste_dag": _iso(found.eerste_dag),
        "laatste_dag": _iso(found.laatste_dag),
        "bedrag": found.bedrag,
        "maximum": found.maximum,
        "stappen": _steps(found.stappen),
        "omstreden": list(found.omstreden),
    }


def _course(asked: argparse.Namespace) -> Course:
    def day(name: str) -> date | None:
        text = getattr(asked, name.replace("-", "_"))
        return _day(name, text) if text else None

    return Course(
        ontvangen=_day("ontvangen", asked.ontvangen),
        bekendgemaakt=day("bekendgemaakt"),
        verdaagd=day("verdaagd"),
        verdaagd_tot=day("verdaagd-tot"),
        opgeschort=tuple(_stretch(text) for text in asked.opgeschort),
        commissie=asked.commissie,
        instemming=asked.instemming,
        werkdagen=_number(asked.werkdagen),
    )


def _day(field: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(field, text, "schrijf een datum, zoals 2026-04-07") from None
    check_year(field, text, day)
    return day


def _stretch(text: str) -> tuple[date, date | None]:
    begin, slash, end = text.partition("/")
    if not slash:
        raise BadQuestion("opgeschort", text, "schrijf begin/einde; begin/ is niet geëindigd")
    stretch = (_day("opgeschort", begin), _day("opgeschort", end) if end else None)
    if stretch[1] and stretch[1] < stretch[0]:
        raise BadQuestion("opgeschort", text, "het einde ligt voor het begin")
    return stretch


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    hint = f"geef een heel getal van 0 tot en met {MOST_WORKDAYS}"
    return whole_number("werkdagen", text, 0, MOST_WORKDAYS, hint)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _steps(steps: Iterable[Step]) -> list[dict[str, str | None]]:
    return [
        {"datum": _iso(step.datum), "regel": step.regel, "artikel": step.artikel} for step in steps
    ]


def _deadline_lines(found: Deadline) -> Iterator[str]:
    until = "niet te zeggen" if found.uiterlijk is None else day_text(found.uiterlijk.toordinal())
    yield f"uiterlijk: {until}"
    yield from _reason_lines(found.stappen)
    yield from (f"  onzeker: {text}" for text in found.onzeker)
    yield from (f"  {text}" for text in found.omstreden)


def _dwangsom_lines(found: Dwangsom) -> Iterator[str]:
    if not found.geldig:
        yield "geen dwangsom verschuldigd"
    elif found.bedrag is None:
        yield f"dwangsom: hoogstens {found.maximum} euro"
    else:
        yield f"dwangsom: {found.bedrag} euro, hoogstens {found.maximum} euro"
    yield from _reason_lines(found.stappen)
    yield from (f"  {text}" for text in found.omstreden)


def _reason_lines(steps: Iterable[Step]) -> Iterator[str]:
    return (f"  {step.regel} ({step.artikel})" for step in steps)
