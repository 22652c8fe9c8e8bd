"""Whatever is tampered with is found and named: a number, a signature, a text, a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.json import decode
from msgspec.structs import replace
from sqlalchemy import Table, delete, update

from data import schema
from data.store import Store
from metrics.periods import local_text
from metrics.published.canonical import written
from metrics.published.checking import NOT_KEPT, Finding
from metrics.published.edition import Edition, Rendered, State
from metrics.published.leaves import at, leaves, said, seals
from metrics.published.reports import Reports
from metrics.published.snapshot import Code
from metrics.published.spans import span_of
from metrics.published.wording import ReportRefused
from tests.report_cast import SNAPSHOT
from tests.report_town import NOW, board_of, calls, drawn, later, reports_of
from tests.worlds import write

KEY = "2026-10"


@pytest.fixture
def reports(on_warm_sqlite: Store) -> Reports:
    """A report that was made of a thousand calls, explained, checked and established."""
    found = reports_of(board_of(on_warm_sqlite))
    write(on_warm_sqlite, calls())
    found.make(span_of(KEY), NOW)
    found.note(KEY, "bereikbaarheid", "Twee vacatures.", "teammanager", NOW)
    found.step(KEY, State.GECONTROLEERD, ("A. de Vries", "data-eigenaar"), later(1))
    found.step(KEY, State.VASTGESTELD, ("B. Jansen", "directeur"), later(2))
    return found


def tamper(reports: Reports, table: Table, new: Mapping[str, Any], *which: Any) -> None:
    """Change the rows of a table behind the back of the program."""
    with reports.board.store.writing() as connection:
        here = table.c.organisation == reports.board.store.organisation
        connection.execute(update(table).where(here, *which).values(new))


def remove(reports: Reports, table: Table, *which: Any) -> None:
    """Take rows out of a table behind the back of the program."""
    with reports.board.store.writing() as connection:
        here = table.c.organisation == reports.board.store.organisation
        connection.execute(delete(table).where(here, *which))


def tamper_with_snapshot(reports: Reports, old: bytes, new: bytes, place: str = "figures") -> None:
    """Change a number in the bytes of the snapshot, after a place in it."""
    content = reports.snapshot(reports.entry(KEY))
    before, found, after = content.partition(place.encode())
    assert old in after
    changed = before + found + after.replace(old, new, 1)
    tamper(reports, schema.report, {"snapshot": changed}, schema.report.c.period == KEY)


def found(reports: Reports) -> dict[str, Finding]:
    return {one.where: one for one in reports.check(reports.entry(KEY), later(3))}


def test_what_nobody_touched_is_in_order(reports: Reports) -> None:
    assert found(reports) == {}


@pytest.mark.parametrize(
    ("old", "new", "where", "stored", "computed"),
    [
        (b'"value":0.796', b'"value":0.811', "waarde", "0.811", "0.796"),
        (b'"teller":796.0', b'"teller":811.0', "teller", "811.0", "796.0"),
        (b'"noemer":1000.0', b'"noemer":985.0', "noemer", "985.0", "1000.0"),
        (b'"text":"79,6%"', b'"text":"81,1%"', "tekst", "81,1%", "79,6%"),
        (b'"cases":1000', b'"cases":1001', "aantal", "1001", "1000"),
        (b'"met":false', b'"met":true', "oordeel", "True", "False"),
    ],
    ids=["value", "numerator", "denominator", "text", "cases", "verdict"],
)
def test_a_number_that_was_tampered_with_is_named(
    reports: Reports, old: bytes, new: bytes, where: str, stored: str, computed: str
) -> None:
    tamper_with_snapshot(reports, old, new, '"figures":[{"key":"bereikbaarheid"')
    told = found(reports)
    assert told.keys() == {"momentopname", f"cijfer bereikbaarheid: {where}"}
    one = told[f"cijfer bereikbaarheid: {where}"]
    assert (one.stored, one.computed) == (stored, computed)


def test_a_number_of_which_all_neighbours_were_changed_too_is_still_named(
    reports: Reports,
) -> None:
    place = '"figures":[{"key":"bereikbaarheid"'
    for old, new in ((b'"value":0.796', b'"value":0.811'), (b'"teller":796', b'"teller":811')):
        tamper_with_snapshot(reports, old, new, place)
    one = found(reports)["cijfer bereikbaarheid: waarde"]
    assert (one.stored, one.computed) == ("0.811", "0.796")
    assert one.rule == "berekend uit de opslag van nu"


def test_who_also_changes_the_hash_is_found_by_what_was_signed(reports: Reports) -> None:
    tamper_with_snapshot(reports, b'"value":0.796', b'"value":0.811', '"figures":')
    wrong = found(reports)["momentopname"].stored
    tamper(reports, schema.report, {"sha256": wrong})
    assert found(reports).keys() >= {"inhoud bij stap vastgesteld"}


def test_what_was_tampered_with_is_not_drawn_nor_signed(reports: Reports) -> None:
    tamper_with_snapshot(reports, b'"teller":796.0', b'"teller":811.0')
    with pytest.raises(ReportRefused, match="niet meer wat er is bewaard"):
        reports.files(reports.entry(KEY))
    with pytest.raises(ReportRefused, match="niet meer wat er is bewaard"):
        reports.step(KEY, State.AANGEBODEN, ("C", "secretaris"), later(3))


def test_a_snapshot_that_cannot_be_read_is_said_so(reports: Reports) -> None:
    for content, told in ((b"{}", "een ander aantal waarden"), (b"{", "truncated")):
        tamper(reports, schema.report, {"snapshot": content})
        assert told in found(reports)["momentopname"].stored


def test_a_step_that_cannot_be_read_is_said_so(reports: Reports) -> None:
    tamper(reports, schema.report_step, {"state": "goedgekeurd"})
    with pytest.raises(ReportRefused, match="'goedgekeurd' is not a valid State"):
        reports.entries(KEY)


@pytest.mark.parametrize(
    "new", [{"person": "C. Smit"}, {"role": "chef"}, {"at": 1_794_000_000}, {"content": "0" * 64}],
    ids=lambda new: next(iter(new)),
)  # fmt: skip
def test_a_signature_that_was_tampered_with_is_named(reports: Reports, new: dict[str, Any]) -> None:
    tamper(reports, schema.report_step, new)
    assert any(where.startswith("stap gecontroleerd door") for where in found(reports))


def test_an_explanation_that_was_tampered_with_is_named(reports: Reports) -> None:
    tamper(reports, schema.report_note, {"text": "Drie vacatures."})
    assert "inhoud bij stap vastgesteld" in found(reports)
    with pytest.raises(ReportRefused, match="is veranderd sinds zij vastgesteld werd"):
        reports.step(KEY, State.AANGEBODEN, ("C", "secretaris"), later(3))


def test_a_file_that_was_tampered_with_is_named(reports: Reports) -> None:
    tamper(reports, schema.report_file, {"content": b"vastgesteld\nbereikbaarheid,0.811\n"})
    told = found(reports)
    assert told.keys() == {"cijfers-v1.csv", "alles.bin"}


@pytest.mark.parametrize("gone", [("cijfers-v1.csv",), ("cijfers-v1.csv", "alles.bin")])
def test_a_file_that_is_not_there_any_more_is_named(
    reports: Reports, gone: tuple[str, ...]
) -> None:
    remove(reports, schema.report_file, schema.report_file.c.name.in_(gone))
    told = found(reports)
    assert told.keys() == set(gone)
    assert all(one.rule == NOT_KEPT for one in told.values())


def test_a_report_whose_signatures_were_taken_away_has_files_of_another_state(
    reports: Reports,
) -> None:
    remove(reports, schema.report_step, schema.report_step.c.version == 1)
    assert found(reports)["cijfers-v1.csv, regel 1"].computed == "concept"


def test_another_time_beside_a_snapshot_is_named(reports: Reports) -> None:
    tamper(reports, schema.report, {"made_at": int(later(1).timestamp())})
    one = found(reports)["gemaakt op"]
    assert (one.stored, one.computed) == (local_text(later(1)), local_text(NOW))


def test_a_file_that_another_program_draws_otherwise_is_told_by_both(reports: Reports) -> None:
    def otherwise(edition: Edition) -> tuple[Rendered, ...]:
        return tuple(replace(one, content=b"anders", compared=None) for one in drawn(edition))

    later_code = Code(version="0.2.0", commit="abcdef0")
    told = found(Reports(reports.board, later_code, reports.header, otherwise))
    assert {one.rule for one in told.values()} == {
        "opnieuw gemaakt met een ander programma: toen 0.1.0 25cb685, nu 0.2.0 abcdef0"
    }


def test_a_file_that_would_be_drawn_otherwise_now_is_shown_by_its_first_line(
    reports: Reports,
) -> None:
    def otherwise(edition: Any) -> Any:
        table, _ = drawn(edition)
        content = re.sub(rb"bereikbaarheid,0\.796", b"bereikbaarheid,0.8", table.content)
        return (type(table)(name=table.name, media_type=table.media_type, content=content),)

    changed = Reports(reports.board, reports.code, reports.header, otherwise)
    told = found(changed)
    line = told["cijfers-v1.csv, regel 2"]
    assert (line.stored, line.computed) == ("bereikbaarheid,0.796", "bereikbaarheid,0.8")
    assert told["alles.bin"].computed == ""
    assert changed.files(changed.entry(KEY)) == reports.files(reports.entry(KEY))


def test_every_value_of_a_report_has_a_place_and_a_name_of_its_own() -> None:
    content = decode(written(SNAPSHOT))
    places = [place for place, _ in leaves(content)]
    assert len(places) == len(set(places))
    assert len({said(place) for place in places}) == len(places)
    assert len(seals(content)) == 4 * len(places)


def test_every_value_is_found_at_its_place() -> None:
    content = decode(written(SNAPSHOT))
    assert all(at(content, place) == value for place, value in leaves(content))
    assert at(content, ("figures", "ontvangen", "nergens", "value")) is None
