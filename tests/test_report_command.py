"""The command of the reports: what it says, what it leaves on the disk, how it refuses."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from pathlib import Path

import pytest

from dashboard.__main__ import MISTAKE, OK, main
from dashboard.report.command import DIFFERS, Told, add_parser, answer
from data.store import Store
from metrics.command import BadQuestion
from metrics.published.reports import Reports
from metrics.published.wording import ReportRefused
from tests.report_town import NOW, board_of, calls, later, reports_of
from tests.test_report_checks import tamper_with_snapshot
from tests.worlds import write

CHECK = ("--stap", "gecontroleerd", "--door", "A. de Vries", "--rol", "data-eigenaar")
ESTABLISH = ("--stap", "vastgesteld", "--door", "B. Jansen", "--rol", "directeur")
CORRECT = ("--corrigeer", "--wat", "Te weinig.", "--oorzaak", "De export.", "--rol", "adviseur")


@pytest.fixture
def reports(on_warm_sqlite: Store) -> Reports:
    board = board_of(on_warm_sqlite)
    write(on_warm_sqlite, calls())
    return reports_of(board)


def say(reports: Reports, *arguments: str, now: datetime = NOW) -> Told:
    """Give the command, at an instant."""
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return answer(reports, parser.parse_args(["maand", *arguments]), now)


def test_from_concept_to_correction(reports: Reports, tmp_path: Path) -> None:
    made = say(reports, "--maak").lines
    assert made[0] == "Rapportage oktober 2026 (2026-10), versie 1: concept"
    assert made[-1] == "gemaakt: versie 1"
    assert say(reports, "2026-10", "--maak").lines[-1] == (
        "er is niets veranderd: versie 1 blijft staan"
    )
    say(reports, "2026-10", "--toelichting", "Twee vacatures.", "--over", "bereikbaarheid",
        "--rol", "teammanager")  # fmt: skip
    say(reports, "2026-10", *CHECK, now=later(1))
    told = say(reports, "2026-10", *ESTABLISH, now=later(2)).lines
    assert told[0].endswith("versie 1: vastgesteld")
    assert "  gecontroleerd: 7 november 2026 9:00, A. de Vries (data-eigenaar)" in told
    assert "  toelichting bereikbaarheid: Twee vacatures. (teammanager, 6 november 2026 9:00)" in (
        told
    )
    write(reports.board.store, calls(40, 0, name="laat"), 2)
    late = say(reports, "2026-10", "--maak", now=later(3)).lines
    assert "versie 1 blijft staan; een nieuwe versie maakt --corrigeer" in late
    assert (
        "  Telefonische bereikbaarheid, waarde: nu 80%, vastgesteld 79,6%. "
        "Het oordeel over de norm is nu: gehaald. Eerder was het: niet gehaald."
    ) in late
    corrected = say(reports, "2026-10", *CORRECT, now=later(4)).lines
    assert corrected[0].endswith("versie 2: concept")
    assert "  erratum op versie 1: Te weinig." in corrected
    say(reports, "2026-10", *CHECK, now=later(5))
    say(reports, "2026-10", *ESTABLISH, now=later(6))
    assert say(reports).lines == [
        "Rapportage oktober 2026 (2026-10), versie 1: vastgesteld, vervangen door versie 2",
        "Rapportage oktober 2026 (2026-10), versie 2: vastgesteld",
    ]
    say(reports, "2026-10", "--versie", "1", "--uit", str(tmp_path / "nieuw"))
    assert {file.name for file in (tmp_path / "nieuw").iterdir()} == {"cijfers-v1.csv", "alles.bin"}
    checked = say(reports, "2026-10", "--versie", "1", "--controleer", now=later(7))
    assert checked.code == OK
    assert checked.lines[1].startswith("  in orde")


def test_a_concept_is_compared_with_what_was_frozen_and_made_anew(reports: Reports) -> None:
    say(reports, "2026-10", "--maak")
    write(reports.board.store, calls(40, 0, name="laat"), 2)
    late = say(reports, "2026-10", "--maak", now=later(1)).lines
    assert "versie 1 blijft staan; een nieuwe versie maakt --maak --opnieuw" in late
    anew = say(reports, "2026-10", "--maak", "--opnieuw", now=later(1)).lines
    assert anew[0].endswith("versie 2: concept")
    for told in (late, anew):
        assert any("waarde: nu 80%, vastgelegd 79,6%. Het oordeel" in line for line in told)


def test_what_was_tampered_with_is_told_and_gives_another_exit_code(reports: Reports) -> None:
    say(reports, "2026-10", "--maak")
    tamper_with_snapshot(reports, b'"value":0.796', b'"value":0.811')
    told = say(reports, "2026-10", "--controleer")
    assert told.code == DIFFERS
    assert told.lines[-3:] == [
        "  cijfer bereikbaarheid: waarde",
        "    opgeslagen: 0.811",
        "    berekend:   0.796 (volgt uit de waarden ernaast)",
    ]


def test_all_reports_are_checked_at_once(reports: Reports) -> None:
    assert say(reports, "--controleer") == Told([], [], OK)
    say(reports, "2026-10", "--maak")
    say(reports, "2026-09", "--maak")
    assert say(reports, "--controleer").code == OK
    tamper_with_snapshot(reports, b'"value":0.796', b'"value":0.811')
    told = say(reports, "--controleer")
    assert told.code == DIFFERS
    assert {(one["periode"], one["versie"]) for one in told.values} == {("2026-10", 1)}
    assert "Rapportage september 2026 (2026-09), versie 1: concept" in told.lines


def test_a_program_gets_values(reports: Reports) -> None:
    say(reports, "2026-10", "--maak")
    say(reports, "2026-10", *CHECK, now=later(1))
    (told,) = json.loads(json.dumps(say(reports).values))
    assert (told["periode"], told["versie"], told["toestand"]) == ("2026-10", 1, "gecontroleerd")
    assert told["stappen"][0]["tijdstip"] == "2026-11-07T09:00:00+01:00"
    assert told["erratum"] is None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["2026-11", "--maak"], "deze periode is pas voorbij op 2026-12-01"),
        (["2026-K4", "--maak"], "deze periode is pas voorbij op 2027-01-01"),
        (["2026", "--maak"], "deze periode is pas voorbij op 2027-01-01"),
        (["2026-13", "--maak"], "schrijf een maand als 2026-10"),
        (["oktober", "--toon"], "schrijf een maand als 2026-10"),
        (["9999-10", "--toon"], "het jaar ligt niet tussen"),
        (["2026-09", "--toon"], "van 2026-09 is nog geen rapportage; maak haar met --maak"),
        (["2026-10", "--versie", "2", "--toon"], "geen versie 2; de laatste is 1"),
        (["2026-10", "--versie", "0", "--toon"], "geen versie 0; de laatste is 1"),
        (["2026-10", "--stap", "vastgestelt"], "bedoelde u 'vastgesteld'"),
        (["2026-10", "--versie", "1", *CHECK], "dit gaat over de laatste versie"),
        (["2026-10", "--stap", "gecontroleerd"], "--door ''"),
        (["2026-10", "--opnieuw"], "hoort bij --maak; die ontbreekt"),
        (["2026-10", *CHECK[2:]], "hoort bij --stap; die ontbreekt"),
        (["2026-10", "--controleer", "--rol", "x"], "hoort bij --stap of --toelichting of"),
        (["2026-10", *CORRECT[1:]], "hoort bij"),
        (["--corrigeer"], "ontbreekt; schrijf 2026-10"),
        (["--versie", "1", "--controleer"], "ontbreekt; schrijf 2026-10"),
        (["2026-10", *CORRECT], "nog niet vastgesteld"),
        (["2026-10", "--uit", "/proc/nee"], "niet te schrijven"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_refused_with_what_to_do(
    reports: Reports, arguments: list[str], told: str
) -> None:
    say(reports, "2026-10", "--maak")
    with pytest.raises((BadQuestion, ReportRefused), match=told):
        say(reports, *arguments)


def test_the_program_itself_makes_a_report_of_a_month_before_the_store_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REGIEBORD_OPSLAG", str(tmp_path))
    monkeypatch.delenv("REGIEBORD_DATABASE_URL", raising=False)
    assert main(["maand", "2016-01", "--maak"]) == OK
    assert main(["maand", "2016-01", "--toon"]) == OK
    told = capsys.readouterr().out
    assert "Telefonische bereikbaarheid: geen cijfer (er is geen bron die gesprekken" in told
    assert main(["maand", "2016-01", "--json"]) == OK
    assert json.loads(capsys.readouterr().out)["toestand"] == "concept"
    assert main(["maand", "2016-02", "--toon"]) == MISTAKE
    assert "nog geen rapportage" in capsys.readouterr().err
