"""The command of the reports: make, show, explain, sign, correct, check, write out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from dashboard.report.telling import (
    change_lines,
    changes_json,
    entry_json,
    entry_lines,
    figure_lines,
    finding_lines,
    findings_json,
    title,
)
from data.mistakes import nearest
from metrics.command import BadQuestion
from metrics.published.edition import SECTIONS, State
from metrics.published.entry import Entry
from metrics.published.reports import Made, Reason, Reports
from metrics.published.spans import parse_span, span_of
from metrics.published.wording import ReportRefused

OK, DIFFERS = 0, 1
BELONGS = {
    "opnieuw": ("maak",),
    "door": ("stap",),
    "rol": ("stap", "toelichting", "corrigeer"),
    "over": ("toelichting",),
    "wat": ("corrigeer",),
    "oorzaak": ("corrigeer",),
    "geinformeerd": ("corrigeer",),
}
"""With what each option says something; without it nothing would be done, and nobody would know."""
STATES = {state.name.casefold(): state for state in State}


class Told(NamedTuple):
    """What a command says to a reader and to a program, and its exit code."""

    lines: list[str]
    values: Any
    code: int = OK


def add_parser(commands: Any) -> None:
    """Add the subcommand to those of the program."""
    month = commands.add_parser("maand", help="freeze, sign, correct and check a report")
    month.add_argument("periode", nargs="?", help="2026-10, 2026-K3 or 2026")
    what = month.add_mutually_exclusive_group()
    what.add_argument("--maak", action="store_true", help="freeze a period that is over")
    what.add_argument("--toon", action="store_true", help="show it (or all of them)")
    what.add_argument("--stap", metavar="STATE", help=f"sign: {', '.join([*STATES][1:])}")
    what.add_argument("--toelichting", metavar="TEXT", help="explain; an empty text withdraws")
    what.add_argument("--corrigeer", action="store_true", help="make a next version, say why")
    what.add_argument("--controleer", action="store_true", help="re-create and compare")
    what.add_argument("--uit", metavar="FOLDER", type=Path, help="write all files of a version")
    month.add_argument("--opnieuw", action="store_true", help="--maak: a concept again")
    month.add_argument("--versie", metavar="N", type=int, help="another one than the last")
    month.add_argument("--door", metavar="NAME", default="", help="--stap: who signs")
    month.add_argument("--rol", metavar="ROLE", default="", help="in which role")
    month.add_argument("--over", metavar="KEY", default="", help=f"a target, {', '.join(SECTIONS)}")
    month.add_argument("--wat", metavar="TEXT", default="", help="--corrigeer: what was wrong")
    month.add_argument("--oorzaak", metavar="TEXT", default="", help="--corrigeer: its cause")
    month.add_argument("--geinformeerd", metavar="TEXT", default="", help="who was told, when")
    month.add_argument("--json", action="store_true")


def answer(reports: Reports, asked: argparse.Namespace, now: datetime) -> Told:
    """Do what is asked; raise BadQuestion or ReportRefused when that cannot be."""
    _check_options(asked)
    changes = asked.maak or asked.corrigeer or asked.stap is not None
    if asked.versie is not None and (changes or asked.toelichting is not None):
        raise BadQuestion("versie", str(asked.versie), "laat weg: dit gaat over de laatste versie")
    if asked.periode is None and not asked.maak:
        return _every(reports, asked, now)
    if asked.maak:
        return _make(reports, asked, now)
    key = span_of(asked.periode).key
    if asked.stap is not None:
        who = asked.door, asked.rol
        return _entry(reports.step(key, _state(asked.stap), who, now))
    if asked.toelichting is not None:
        return _entry(reports.note(key, asked.over, asked.toelichting, asked.rol, now))
    if asked.corrigeer:
        return _made(reports.correct(key, _reason(asked), now), "gecorrigeerd")
    return _of_version(reports, reports.entry(key, asked.versie), asked, now)


def _check_options(asked: argparse.Namespace) -> None:
    for option, commands in BELONGS.items():
        said = getattr(asked, option)
        if said and all(getattr(asked, command) in (None, False) for command in commands):
            hint = f"hoort bij {' of '.join(f'--{command}' for command in commands)}; die ontbreekt"
            raise BadQuestion(option, "" if said is True else said, hint)


def _of_version(reports: Reports, entry: Entry, asked: argparse.Namespace, now: datetime) -> Told:
    if asked.controleer:
        return _checked(reports, [entry], now)
    if asked.uit is not None:
        return _written(reports, entry, asked.uit)
    edition = reports.edition(entry)
    return Told([*entry_lines(entry), *figure_lines(edition)], entry_json(entry))


def _checked(reports: Reports, entries: Sequence[Entry], now: datetime) -> Told:
    found = [(entry, reports.check(entry, now)) for entry in entries]
    lines = [line for one in found for line in finding_lines(*one)]
    values = [one for entry, findings in found for one in findings_json(entry, findings)]
    return Told(lines, values, DIFFERS if values else OK)


def _every(reports: Reports, asked: argparse.Namespace, now: datetime) -> Told:
    about_one = (asked.stap, asked.toelichting, asked.corrigeer, asked.uit, asked.versie)
    if any(one not in (None, False) for one in about_one):
        raise BadQuestion("periode", "", "ontbreekt; schrijf 2026-10, 2026-K3 of 2026")
    entries = reports.entries()
    if asked.controleer:
        return _checked(reports, entries, now)
    lines = [title(entry) for entry in entries]
    return Told(lines or ["er is nog geen rapportage"], [entry_json(entry) for entry in entries])


def _make(reports: Reports, asked: argparse.Namespace, now: datetime) -> Told:
    span = parse_span(asked.periode, now)
    if asked.opnieuw:
        return _made(reports.renew(span.key, now), "opnieuw gemaakt")
    return _made(reports.make(span, now), "gemaakt")


def _made(made: Made, word: str) -> Told:
    values = {
        **entry_json(made.entry),
        "nieuw": made.new,
        "wijzigingen": changes_json(made.changes),
    }
    return Told(list(_made_lines(made, word)), values)


def _made_lines(made: Made, word: str) -> Iterator[str]:
    entry = made.entry
    yield from entry_lines(entry)
    if made.new:
        yield f"{word}: versie {entry.number}"
    elif not made.changes:
        yield f"er is niets veranderd: versie {entry.number} blijft staan"
    else:
        again = "--corrigeer" if entry.frozen else "--maak --opnieuw"
        yield f"versie {entry.number} blijft staan; een nieuwe versie maakt {again}"
    established = entry.frozen or entry.erratum
    yield from change_lines(made.changes, "vastgesteld" if established else "vastgelegd")


def _entry(entry: Entry) -> Told:
    return Told(list(entry_lines(entry)), entry_json(entry))


def _reason(asked: argparse.Namespace) -> Reason:
    return Reason(what=asked.wat, cause=asked.oorzaak, informed=asked.geinformeerd, role=asked.rol)


def _state(text: str) -> State:
    known = STATES | {state.value: state for state in State}
    if text.casefold() not in known:
        raise BadQuestion("stap", text, f"onbekend; {nearest(text, STATES)}")
    return known[text.casefold()]


def _written(reports: Reports, entry: Entry, folder: Path) -> Told:
    """Write the files of a version into a folder."""
    files = reports.files(entry)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            (folder / file.name).write_bytes(file.content)
    except OSError as error:
        raise ReportRefused(f"--uit {folder}: niet te schrijven: {error.strerror}") from None
    paths = [str(folder / file.name) for file in files]
    return Told([title(entry), *(f"  {path}" for path in paths)], paths)
