"""Exports of calls fold into calls, whatever exchange wrote them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.codes import Exit, Outcome
from data.store import Store
from ingest.durations import parse_duration
from ingest.options import Options
from ingest.privacy import Pseudonyms
from ingest.records import Call
from ingest.source import RowRejected, Source, SourceChanged, Surroundings
from ingest.sources import gesprekken_csv
from tests.ingest_cast import KEY, NOON, calls, ingest, read_all, reasons

SAMPLES = Path(__file__).parent / "samples" / "gesprekken_csv"
ZONE = ZoneInfo("Europe/Amsterdam")
HEADER = "id,begin,antwoord,einde,wacht,praat,hoe,door,nummer,rij"
COLUMNS = {
    "id": "id",
    "ontvangen": "begin",
    "opgenomen": "antwoord",
    "beeindigd": "einde",
    "wachttijd": "wacht",
    "gesprekstijd": "praat",
    "afloop": "hoe",
    "doorverbonden": "door",
    "telefoon": "nummer",
    "wachtrij": "rij",
}
OUTCOMES = {"ok": "opgenomen", "weg": "afgehaakt", "over": "overgelopen", "toets": "toets"}


def local(text: str, fold: int = 0) -> int:
    """The instant of a local time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=fold).timestamp())


def build(folder: Path, **given: Any) -> tuple[Source, list[str]]:
    """Build the source; return it with the mistakes in its options."""
    options = Options("cdr", given, folder, folder)
    source = gesprekken_csv.build("cdr", options, Surroundings(KEY))
    options.finish()
    return source, [str(mistake) for mistake in options.mistakes]


def source_of(folder: Path, *lines: str, **more: Any) -> Source:
    """The source of an export of these lines."""
    (folder / "cdr.csv").write_text("".join(f"{line}\n" for line in (HEADER, *lines)))
    chosen = {"pad": "cdr.csv", "kolommen": COLUMNS, "waarden": {"afloop": OUTCOMES}, **more}
    source, mistakes = build(folder, **chosen)
    assert mistakes == []
    return source


def found(source: Source) -> list[Call]:
    return [call for batch in read_all(source, now=NOON) for call in batch.calls]


def only(folder: Path, *lines: str, **more: Any) -> Call:
    """The one call that these lines are."""
    (call,) = found(source_of(folder, *lines, **more))
    return call


# ── one row ────────────────────────────────────────────────────────────────────────────────


def test_a_row_becomes_a_call(tmp_path: Path) -> None:
    line = (
        "G1,2026-11-18 09:00:00,2026-11-18 09:00:20,2026-11-18 09:02:00,20,100,ok,ja,0235114001,A"
    )
    call = only(tmp_path, line, wachtrijen={"A": {"afdeling": "Burgerzaken", "antwoordtijd": 60}})
    begin = local("2026-11-18 09:00:00")
    assert call == Call(
        "G1", 0, begin, "A", "Burgerzaken", "", Outcome.OPGENOMEN, None, 20, 100, begin + 20,
        begin + 120, 1, Pseudonyms(KEY)("0235114001"), 60, 5,
    )  # fmt: skip


def test_who_has_a_moment_of_answer_was_answered_whatever_the_reason_says(tmp_path: Path) -> None:
    call = only(tmp_path, "G1,2026-11-18 09:00,2026-11-18 09:01,2026-11-18 09:05,,,weg,,,A")
    assert (call.outcome, call.wait_s, call.talk_s) == (Outcome.OPGENOMEN, 60, 240)


@pytest.mark.parametrize(
    ("told", "outcome", "reason"),
    [
        ("weg", Outcome.AFGEHAAKT, None),
        ("over", Outcome.OVERGELOPEN, None),
        ("toets", Outcome.OVERGELOPEN, Exit.TOETS),
        ("99", Outcome.ONBEKEND, None),
        ("", Outcome.ONBEKEND, None),
    ],
)
def test_an_outcome_is_translated_or_unknown(
    tmp_path: Path, told: str, outcome: Outcome, reason: Exit | None
) -> None:
    call = only(tmp_path, f"G1,2026-11-18 09:00,,2026-11-18 09:01,,,{told},,,A")
    assert (call.outcome, call.exit, call.wait_s, call.talk_s) == (outcome, reason, 60, None)
    assert call.left_at == call.ended_at == local("2026-11-18 09:01")


def test_a_call_that_still_waits_is_none_yet(tmp_path: Path) -> None:
    assert found(source_of(tmp_path, "G1,2026-11-18 09:00,,,,,,,,A")) == []


def test_in_the_doubled_hour_an_end_comes_after_its_begin(tmp_path: Path) -> None:
    call = only(tmp_path, "G1,2026-10-25 02:59:30,2026-10-25 02:00:10,2026-10-25 02:01:00,,,,,,A")
    assert call.arrived_at == local("2026-10-25 02:59:30")
    assert call.left_at == local("2026-10-25 02:00:10", fold=1)
    assert (call.wait_s, call.talk_s) == (40, 50)


def test_what_cannot_be_is_set_aside_and_costs_no_other_row(store: Store, tmp_path: Path) -> None:
    source = source_of(
        tmp_path,
        "G1,2026-11-18 09:00,2026-11-18 08:00,2026-11-18 09:05,,,ok,,,A",
        "G2,2026-11-18 09:00,,2026-11-18 09:05,lang,,weg,,,A",
        "G3,2026-11-18 09:00,,2026-11-18 09:05,,,weg,misschien,,A",
        ",2026-11-18 09:00,,,,,weg,,,A",
        "G5,,,,,,weg,,,A",
        "G6,2026-11-18 09:00,,2026-11-18 09:05,300,,weg,,,A",
    )
    ingest(store, source)
    assert [call["key"] for call in calls(store)] == ["G6"]
    assert reasons(store) == [
        "antwoord: ligt voor het begin",
        "wacht: geen duur: 'aaaa'; verwacht een getal of 00:01:30",
        "door: verwacht ja of nee",
        "id: is leeg",
        "ontvangen: is leeg",
    ]


# ── several rows ───────────────────────────────────────────────────────────────────────────


def test_rows_of_a_call_fold_into_one_wherever_they_stand(tmp_path: Path) -> None:
    lines = [
        "G1,2026-11-18 09:01,2026-11-18 09:01:30,2026-11-18 09:03,,90,ok,,,B",
        "G2,2026-11-18 09:01,,2026-11-18 09:02,60,,weg,,,A",
        "G1,2026-11-18 09:00,,2026-11-18 09:01,60,,over,,0235114001,A",
        "G1,2026-11-18 09:03,2026-11-18 09:03:10,2026-11-18 09:04,,50,ok,ja,,C",
    ]
    for order in (lines, lines[::-1]):
        one = next(call for call in found(source_of(tmp_path, *order)) if call.key == "G1")
        assert (one.wachtrij, one.arrived_at) == ("A", local("2026-11-18 09:00"))
        assert (one.outcome, one.wait_s, one.talk_s) == (Outcome.OPGENOMEN, 90, 140)
        assert (one.left_at, one.ended_at) == (one.arrived_at + 90, one.arrived_at + 240)
        assert (one.transferred, one.caller) == (1, Pseudonyms(KEY)("0235114001"))


@pytest.mark.parametrize(
    ("told", "best"),
    [
        (("over", "weg"), Outcome.AFGEHAAKT),
        (("weg", "ok"), Outcome.OPGENOMEN),
        (("99", "over"), Outcome.OVERGELOPEN),
    ],
)
def test_the_best_outcome_is_that_of_the_call(
    tmp_path: Path, told: tuple[str, str], best: Outcome
) -> None:
    lines = [
        f"G1,2026-11-18 09:0{n},,2026-11-18 09:0{n + 1},,,{how},,,A" for n, how in enumerate(told)
    ]
    assert only(tmp_path, *lines).outcome == best
    assert only(tmp_path, *lines[::-1]).outcome == best


def test_a_row_that_stands_there_twice_counts_once(tmp_path: Path) -> None:
    line = "G1,2026-11-18 09:00,2026-11-18 09:01,2026-11-18 09:05,,240,ok,,,A"
    assert only(tmp_path, line, line).talk_s == 240


def test_a_key_may_stand_in_several_columns(tmp_path: Path) -> None:
    lines = [f"S1,2026-11-18 09:00,,2026-11-18 09:01,60,,weg,,,{rij}" for rij in "AB"]
    source = source_of(tmp_path, *lines, kolommen=COLUMNS | {"id": ["id", "rij"]})
    assert [call.key for call in found(source)] == ["S1|A", "S1|B"]


# ── what the exchanges write ───────────────────────────────────────────────────────────────


def sample(name: str) -> tuple[list[Call], list[str]]:
    """The calls of a recorded export and why rows of it were set aside."""
    given = json.loads((SAMPLES / f"{name}.json").read_text())
    source, mistakes = build(SAMPLES, pad=name, **given)
    assert mistakes == []
    batches = read_all(source, now=NOON + 86_400)
    rejected = [row.reason for batch in batches for row in batch.rejected]
    return [call for batch in batches for call in batch.calls], rejected


def test_genesys_writes_milliseconds_and_other_media_beside_the_calls() -> None:
    found, rejected = sample("genesys.csv")
    assert len(found) == 38
    assert len(rejected) == 2
    assert {call.wachtrij for call in found} == {"Burgerzaken", "Afval", "Belastingen"}
    assert all(call.wait_s is not None and call.wait_s < 300 for call in found)
    overflowed = [call for call in found if call.talk_s == 30]
    assert len(overflowed) == (SAMPLES / "genesys.csv").read_text().count("tFlowOut") > 0
    assert Outcome.OVERGELOPEN not in {call.outcome for call in found}


def test_3cx_writes_no_header_utc_and_extensions_of_employees() -> None:
    found, rejected = sample("3cx.csv")
    assert len(found) == 29
    assert len(rejected) == 1
    assert {call.wachtrij for call in found} == {"burgerzaken", "afval"}
    first = min(found, key=lambda call: call.arrived_at)
    assert datetime.fromtimestamp(first.arrived_at, UTC).hour == 7
    answered = [call for call in found if call.outcome == Outcome.OPGENOMEN]
    assert {call.outcome for call in found} == {Outcome.OPGENOMEN, Outcome.AFGEHAAKT}
    assert all(call.talk_s and call.wait_s for call in answered)


def test_teams_gives_the_volume_of_a_channel_and_nothing_more() -> None:
    found, rejected = sample("teams.csv")
    assert (len(found), len(rejected)) == (25, 1)
    assert {(call.wachtrij, call.outcome, call.talk_s) for call in found} == {
        ("Teams", Outcome.ONBEKEND, None)
    }


# ── configuration ──────────────────────────────────────────────────────────────────────────


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    _, mistakes = build(
        tmp_path,
        pad="x",
        duur="uren",
        alleen={"Media": "voice"},
        alleen_genoemde=True,
        kolommen={"ontvangen": ["a", "b"], "afloop": "x", "wachttijdd": "y"},
        waarden={"afloop": {"1": "afgehakt"}, "telefoon": {}},
    )
    text = "\n".join(mistakes)
    for told in (
        "bron[cdr].duur = 'uren': kies uit: seconden, milliseconden, minuten",
        "bron[cdr].alleen.Media = 'voice': geef een lijst",
        "bron[cdr].alleen_genoemde = True: noem de wachtrijen die tellen",
        "bron[cdr].kolommen.ontvangen: noem een kolom; alleen `id` mag er meer zijn",
        "bron[cdr].kolommen.wachttijdd = 'y': onbekend; bedoelde u 'wachttijd'?",
        "bron[cdr].kolommen.id: ontbreekt",
        "bron[cdr].waarden.afloop.1 = 'afgehakt': onbekend; bedoelde u 'afgehaakt'?",
        "bron[cdr].waarden.telefoon = {}: ",
        "bron[cdr].wachtrij: noem een kolom in [bron.kolommen], of geef hier een naam",
    ):
        assert told in text
    assert len(mistakes) == 9


def test_a_column_that_is_gone_stops_the_source_and_is_named(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    (tmp_path / "cdr.csv").write_text(HEADER.replace("antwoord", "antwoorden") + "\nG1\n")
    with pytest.raises(SourceChanged, match=r"'antwoord': bedoelde u 'antwoorden'\?"):
        read_all(source)
    chosen = source_of(tmp_path, alleen={"Media": ["voice"]})
    with pytest.raises(SourceChanged, match="'Media'"):
        read_all(chosen)


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("90", 1.0, 90),
        ("90,9", 1.0, 90),
        ("12999", 0.001, 12),
        ("29000", 0.001, 29),
        ("1.5", 60.0, 90),
        ("01:30", 1.0, 90),
        ("0:01:30.999", 0.001, 90),
        ("1.02:00:00", 1.0, 93_600),
        ("PT1M30.5S", 1.0, 90),
        ("P1DT1H", 1.0, 90_000),
    ],
)
def test_a_duration_is_read_as_it_is_written(text: str, unit: float, seconds: int) -> None:
    assert parse_duration(text, unit) == seconds


@pytest.mark.parametrize(
    "text", ["", "-1", "P", "PT", "1:2:3:4", "ooit", "9999999", "99999999:00:00"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(RowRejected):
        parse_duration(text, 1.0)


CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["2026-11-18 09:00", "2026-10-25 02:30", "60", "ok", "weg", "ja", "A"]),
)


@given(st.lists(st.lists(CELL, min_size=10, max_size=10), max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_row_is_parsed_or_set_aside(
    tmp_path_factory: pytest.TempPathFactory, rows: Any
) -> None:
    folder = tmp_path_factory.mktemp("cdr")
    lines = [",".join(cell.replace(",", "").replace('"', "") for cell in row) for row in rows]
    for batch in read_all(source_of(folder, *(line.replace("\n", " ") for line in lines))):
        for call in batch.calls:
            assert call.left_at is not None
            assert call.arrived_at <= call.left_at
            assert call.ended_at is None or call.left_at <= call.ended_at
            assert call.wait_s is None or call.wait_s >= 0
            assert call.talk_s is None or call.talk_s >= 0
