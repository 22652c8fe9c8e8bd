"""python -m metrics termijn and dwangsom: what scripts and people get, and what they do wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from metrics.__main__ import main

ROOT = Path(__file__).parents[1]
APPLICATION = "--regel aanvraag --ontvangen 2026-01-05"
REQUEST = "--regel woo --ontvangen 2026-05-04"
Capture = pytest.CaptureFixture[str]


def told(capsys: Capture, *arguments: str) -> Any:
    """Run a command that succeeds; return what it printed as JSON."""
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def termijn(capsys: Capture, line: str) -> Any:
    """Compute a deadline by its options."""
    return told(capsys, "termijn", *line.split())


def test_a_script_gets_date_steps_and_doubts() -> None:
    command = "metrics termijn --regel aanvraag --ontvangen 2026-02-06 --json"
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["uiterlijk"] == "2026-04-07"
    assert found["stappen"] == [
        {
            "datum": "2026-04-03",
            "regel": "8 weken na ontvangst: vr 3 april 2026",
            "artikel": "Awb art. 4:13",
        },
        {
            "datum": "2026-04-07",
            "regel": "Goede Vrijdag, weekend en Tweede Paasdag: di 7 april 2026",
            "artikel": "Atw art. 1",
        },
    ]
    assert found["onzeker"] == []


@pytest.mark.parametrize(
    ("line", "deadline"),
    [
        ("--regel woo --ontvangen 2024-07-02", "2024-07-30"),
        ("--regel bezwaar --ontvangen 2026-03-02 --bekendgemaakt 2026-02-18", "2026-05-13"),
        (
            "--regel bezwaar --ontvangen 2026-03-02 --bekendgemaakt 2026-02-18 --commissie",
            "2026-06-24",
        ),
        ("--regel klacht --ontvangen 2026-03-27 --verdaagd 2026-05-08", "2026-06-05"),
        (
            f"{APPLICATION} --verdaagd 2026-02-02 --verdaagd-tot 2026-06-02",
            "2026-06-02",
        ),
        (
            "--regel aanvraag --ontvangen 2026-02-02 --opgeschort 2026-02-10/2026-02-25",
            "2026-04-13",
        ),
        (
            f"{REQUEST} --opgeschort 2026-05-18/2026-05-22 --opgeschort 2026-05-20/2026-05-28",
            "2026-06-11",
        ),
        ("--regel omgevingsvergunning --ontvangen 2026-03-13 --instemming", "2026-06-05"),
        ("--regel servicenorm --ontvangen 2026-04-02 --werkdagen 2", "2026-04-07"),
        ("--regel aanvraag --ontvangen 2026-02-02 --opgeschort 2026-02-10/", None),
        ("--regel bezwaar --ontvangen 2026-03-02", None),
    ],
)
def test_every_option_counts(capsys: Capture, line: str, deadline: str | None) -> None:
    found = termijn(capsys, line)
    assert found["uiterlijk"] == deadline
    assert (deadline is None) == bool(found["onzeker"])


def test_a_person_reads_the_date_and_then_the_reasons(capsys: Capture) -> None:
    asked = "termijn --regel aanvraag --ontvangen 2022-02-02 --opgeschort 2022-02-10/2022-02-25"
    assert main(asked.split()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "uiterlijk: wo 13 april 2022"
    assert lines[1] == "  8 weken na ontvangst: wo 30 maart 2022 (Awb art. 4:13)"
    assert lines[2].endswith(": wo 13 april 2022 (Awb art. 4:15)")
    assert lines[3].startswith("  onzeker: onbevestigd: welke dagen in 2022")
    assert lines[4].startswith("  omstreden is of")
    assert main(["termijn", "--regel", "bezwaar", "--ontvangen", "2026-03-02"]) == 0
    assert capsys.readouterr().out.startswith("uiterlijk: niet te zeggen\n")


def test_a_dwangsom_is_told_to_scripts_and_to_people(capsys: Capture) -> None:
    asked = ["dwangsom", "--uiterlijk", "2026-03-30", "--ingebrekestelling", "2026-04-01"]
    found = told(capsys, *asked, "--dag", "2026-04-29")
    assert (found["geldig"], found["eerste_dag"], found["bedrag"]) == (True, "2026-04-16", 322)
    assert (found["laatste_dag"], found["maximum"]) == ("2026-05-27", 1_442)
    assert main([*asked, "--dag", "2026-05-13"]) == 0
    assert capsys.readouterr().out.startswith("dwangsom: 812 euro, hoogstens 1442 euro\n")
    assert main(asked) == 0
    assert capsys.readouterr().out.startswith("dwangsom: hoogstens 1442 euro\n")
    early = ["dwangsom", "--uiterlijk", "2026-03-30", "--ingebrekestelling", "2026-03-30"]
    assert told(capsys, *early)["geldig"] is False
    assert main([*early, "--regel", "woo"]) == 0
    assert capsys.readouterr().out.startswith("geen dwangsom verschuldigd\n")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("termijn --regel aanvrag --ontvangen 2026-01-05", "bedoelde u 'aanvraag'?"),
        ("termijn --regel woo --ontvangen 5-1-2026", "ontvangen = '5-1-2026': schrijf een datum"),
        ("termijn --regel woo --ontvangen 2026-02-29", "schrijf een datum"),
        ("termijn --regel woo --ontvangen 1026-02-01", "het jaar ligt niet tussen"),
        ("termijn --regel woo --ontvangen 2026-01-05 --verdaagd x", "verdaagd = 'x'"),
        ("termijn --regel woo --ontvangen 2026-01-05 --verdaagd-tot x", "verdaagd-tot = 'x'"),
        ("termijn --regel woo --ontvangen 2026-01-05 --opgeschort 2026-01-06", "begin/einde"),
        (
            "termijn --regel woo --ontvangen 2026-01-05 --opgeschort 2026-01-09/2026-01-06",
            "het einde ligt voor het begin",
        ),
        ("termijn --regel servicenorm --ontvangen 2026-01-05 --werkdagen -1", "heel getal"),
        ("termijn --regel servicenorm --ontvangen 2026-01-05 --werkdagen twee", "heel getal"),
        ("termijn --regel servicenorm --ontvangen 2026-01-05 --werkdagen 1001", "heel getal"),
        ("dwangsom --uiterlijk x --ingebrekestelling 2026-01-05", "uiterlijk = 'x'"),
        ("dwangsom --uiterlijk 2026-01-05 --ingebrekestelling x", "ingebrekestelling = 'x'"),
        (
            "dwangsom --uiterlijk 2026-01-05 --ingebrekestelling 2026-01-06 --regel wo",
            "bedoelde u 'woo'?",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_and_the_exit_code_is_2(capsys: Capture, line: str, words: str) -> None:
    try:
        code = main(line.split())
    except SystemExit as ended:
        code = int(str(ended.code))
    assert code == 2
    assert words in capsys.readouterr().err
