"""A report is frozen once, signed by two, never changed, and corrected in the open."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection

from data.store import Store
from metrics.published.canonical import digest, written
from metrics.published.edition import State
from metrics.published.entry import Entry
from metrics.published.reports import Reason, Reports
from metrics.published.shelf import MEANWHILE
from metrics.published.spans import span_of
from metrics.published.wording import ReportRefused
from tests.conftest import fresh
from tests.report_cast import SNAPSHOT
from tests.report_town import NOW, board_of, calls, later, reports_of
from tests.worlds import World, write

OCTOBER = span_of("2026-10")
KEY = OCTOBER.key
ANNA, BERT = ("A. de Vries", "data-eigenaar"), ("B. Jansen", "directeur")
WHY = Reason(what="Tien oproepen telden niet mee.", cause="De export was niet compleet.",
             informed="griffie", role="data-eigenaar")  # fmt: skip
LATE = calls(10, 0, date(2026, 10, 1), "laat")
"""Ten answered calls that come to light later: 796 of 1000 becomes 806 of 1010, 79,8 %."""


@pytest.fixture
def reports(store: Store) -> Reports:
    """The reports of a municipality of which October has a thousand calls."""
    board = board_of(store)
    write(store, calls())
    return reports_of(board)


@pytest.fixture
def quick(on_warm_sqlite: Store) -> Reports:
    """Reports with a concept that was made by hand: for what no figure has a say in."""
    reports = reports_of(board_of(on_warm_sqlite))
    with reports.shelf.turn(KEY) as turn:
        turn.add_version(SNAPSHOT)
    return reports


def established(reports: Reports) -> Entry:
    """Have the report of October checked, and establish it."""
    if not reports.entries(KEY):
        reports.make(OCTOBER, NOW)
    reports.step(KEY, State.GECONTROLEERD, ANNA, later(1))
    return reports.step(KEY, State.VASTGESTELD, BERT, later(2))


# ── freezing ───────────────────────────────────────────────────────────────────────────────


def test_a_month_is_frozen_with_all_that_its_figures_rest_on(reports: Reports) -> None:
    made = reports.make(OCTOBER, NOW)
    assert (made.new, made.entry.number, made.entry.state) == (True, 1, State.CONCEPT)
    snapshot = reports.edition(made.entry).snapshot
    figure = snapshot.figure("bereikbaarheid")
    assert (figure.value, figure.teller, figure.noemer) == (0.796, 796, 1000)
    assert (figure.text, figure.met) == ("79,6%", False)
    assert figure.norm is not None
    assert (figure.norm.text, figure.norm.grondslag) == ("80%", "Collegebesluit, voor de tests")
    assert len(snapshot.definition("bereikbaarheid").fingerprint) == 64
    assert [source.naam for source in snapshot.sources] == ["telefonie"]
    assert snapshot.code.commit == "25cb685"
    assert made.entry.sha256 == digest(written(snapshot))


def test_late_data_never_changes_what_was_frozen(reports: Reports) -> None:
    established(reports)
    write(reports.board.store, LATE, 2)
    made = reports.make(OCTOBER, later(3))
    assert not made.new
    assert reports.edition(made.entry).snapshot.figure("bereikbaarheid").value == 0.796
    told = {change.field: change for change in made.changes if change.key == "bereikbaarheid"}
    assert (told["waarde"].old_text, told["waarde"].new_text) == ("79,6%", "79,8%")
    assert told["waarde"].effect == "De conclusie blijft gelijk."
    assert reports.check(made.entry, later(3)) == ()


def test_freezing_twice_gives_the_same_version(reports: Reports) -> None:
    first, second = reports.make(OCTOBER, NOW), reports.make(OCTOBER, later(1))
    assert (second.new, second.changes) == (False, ())
    assert second.entry == first.entry
    assert len(reports.entries(KEY)) == 1


def test_a_concept_can_be_frozen_anew_until_it_is_established(reports: Reports) -> None:
    reports.make(OCTOBER, NOW)
    assert not reports.renew(KEY, later(0.5)).new
    write(reports.board.store, LATE, 2)
    made = reports.renew(KEY, later(1))
    assert (made.new, made.entry.number, made.entry.erratum) == (True, 2, None)
    assert reports.edition(made.entry).snapshot.figure("bereikbaarheid").noemer == 1010
    with pytest.raises(ReportRefused, match="geen versie 3; de laatste is 2"):
        reports.entry(KEY, 3)


# ── signing ────────────────────────────────────────────────────────────────────────────────


def test_every_state_is_reached_by_a_step_with_the_hash_of_what_was_signed(
    reports: Reports,
) -> None:
    entry = reports.make(OCTOBER, NOW).entry
    for day, state in enumerate(list(State)[1:], 1):
        entry = reports.step(KEY, state, ANNA if day % 2 else BERT, later(day))
    assert [step.state for step in entry.steps] == list(State)[1:]
    assert {step.content for step in entry.steps} == {entry.content}
    assert len({step.seal for step in entry.steps}) == 5
    assert reports.check(entry, later(9)) == ()
    with pytest.raises(ReportRefused, match="dit is de laatste stap"):
        reports.step(KEY, State.GEPUBLICEERD, ANNA, later(9))


def test_no_state_is_skipped(quick: Reports) -> None:
    for state in (State.VASTGESTELD, State.AANGEBODEN, State.GEPUBLICEERD, State.CONCEPT):
        with pytest.raises(ReportRefused, match="nu concept; hierna komt gecontroleerd"):
            quick.step(KEY, state, ANNA, later(1))


@pytest.mark.parametrize("same", ["A. de Vries", "a de vries", " A.  de  VRIES "])
def test_who_checked_does_not_establish(quick: Reports, same: str) -> None:
    quick.step(KEY, State.GECONTROLEERD, ANNA, later(1))
    with pytest.raises(ReportRefused, match="vier ogen"):
        quick.step(KEY, State.VASTGESTELD, (same, "directeur"), later(2))
    assert quick.entry(KEY).state is State.GECONTROLEERD


def test_a_clock_that_went_back_signs_nothing(quick: Reports) -> None:
    with pytest.raises(ReportRefused, match=r"de klok staat op 2026-11-05T09:00:00\+01:00"):
        quick.step(KEY, State.GECONTROLEERD, ANNA, later(-1))
    quick.step(KEY, State.GECONTROLEERD, ANNA, later(2))
    with pytest.raises(ReportRefused, match="zet de klok van deze machine goed"):
        quick.step(KEY, State.VASTGESTELD, BERT, later(1))


def test_a_step_before_the_last_explanation_is_a_clock_that_went_back(quick: Reports) -> None:
    quick.note(KEY, "bereikbaarheid", "Twee vacatures.", "teammanager", later(2))
    with pytest.raises(ReportRefused, match="de klok staat op"):
        quick.step(KEY, State.GECONTROLEERD, ANNA, later(1))


def test_a_clock_that_went_back_explains_and_corrects_nothing(quick: Reports) -> None:
    with pytest.raises(ReportRefused, match="de klok staat op"):
        quick.note(KEY, "bereikbaarheid", "Twee vacatures.", "teammanager", later(-1))
    with pytest.raises(ReportRefused, match="de klok staat op"):
        quick.renew(KEY, later(-1))
    established(quick)
    with pytest.raises(ReportRefused, match="de klok staat op"):
        quick.correct(KEY, WHY, later(1))
    assert len(quick.entries(KEY)) == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "A\x00", "A\x1b[31m"])
def test_a_name_is_one_that_can_be_read(quick: Reports, name: str) -> None:
    with pytest.raises(ReportRefused, match="--door"):
        quick.step(KEY, State.GECONTROLEERD, (name, "data-eigenaar"), later(1))


def test_two_who_sign_at_once_are_not_both_believed(quick: Reports) -> None:
    seen = quick.entries(KEY)
    quick.step(KEY, State.GECONTROLEERD, ANNA, later(1))
    with pytest.raises(ReportRefused, match=MEANWHILE), quick.shelf.turn(KEY, seen):
        pass


# ── what people write ──────────────────────────────────────────────────────────────────────


def test_an_explanation_is_kept_with_role_and_date_and_the_last_one_counts(
    reports: Reports,
) -> None:
    reports.make(OCTOBER, NOW)
    reports.note(KEY, "bereikbaarheid", "Eerst.", "teammanager", later(1))
    reports.note(KEY, "wat_doen_we", "Meer mensen.\n\nVanaf <maart> & verder.", "chef", later(1))
    reports.note(KEY, "bereikbaarheid", "Twee vacatures.", "teammanager", later(2))
    edition = reports.edition(reports.entry(KEY))
    assert [(note.about, note.text, note.role) for note in edition.notes] == [
        ("bereikbaarheid", "Twee vacatures.", "teammanager"),
        ("wat_doen_we", "Meer mensen.\n\nVanaf <maart> & verder.", "chef"),
    ]
    assert edition.notes[0].at == later(2)
    reports.note(KEY, "bereikbaarheid", "", "teammanager", later(3))
    assert [note.about for note in reports.entry(KEY).notes] == ["wat_doen_we"]


def test_what_is_written_after_the_check_is_checked_again(quick: Reports) -> None:
    quick.step(KEY, State.GECONTROLEERD, ANNA, later(1))
    quick.note(KEY, "bereikbaarheid", "Twee vacatures.", "teammanager", later(2))
    with pytest.raises(ReportRefused, match="controleer haar opnieuw"):
        quick.step(KEY, State.VASTGESTELD, BERT, later(3))
    quick.step(KEY, State.GECONTROLEERD, ANNA, later(3))
    entry = quick.step(KEY, State.VASTGESTELD, BERT, later(4))
    assert quick.check(entry, later(5)) == ()
    assert [step.at for step in quick.edition(entry).steps] == [later(3), later(4)]


def test_an_explanation_stands_once_the_report_is_established(quick: Reports) -> None:
    established(quick)
    with pytest.raises(ReportRefused, match="toelichtingen staan vast"):
        quick.note(KEY, "bereikbaarheid", "Toch anders.", "teammanager", later(3))


@pytest.mark.parametrize(
    ("about", "text", "told"),
    [
        ("bereikbaarheid", "x" * 4001, "hoogstens 4000"),
        ("bereikbaarheid", "a\x00b", "leesbare tekst"),
        ("bereikbaarhied", "Wat.", "bedoelde u 'bereikbaarheid'"),
        ("openstaand", "Wat.", "onbekend"),
    ],
    ids=["too long", "not readable", "misspelled", "no target"],
)
def test_an_explanation_that_does_not_fit_is_refused(
    quick: Reports, about: str, text: str, told: str
) -> None:
    with pytest.raises(ReportRefused, match=told):
        quick.note(KEY, about, text, "teammanager", later(1))


# ── correcting ─────────────────────────────────────────────────────────────────────────────


def test_a_correction_says_what_was_wrong_and_what_it_does_to_the_conclusion(
    reports: Reports,
) -> None:
    established(reports)
    write(reports.board.store, calls(40, 0, name="laat"), 2)
    made = reports.correct(KEY, WHY, later(10))
    erratum = made.entry.erratum
    assert erratum is not None
    assert (erratum.replaces, erratum.what, erratum.cause) == (1, WHY.what, WHY.cause)
    (change,) = [c for c in erratum.changes if (c.key, c.field) == ("bereikbaarheid", "waarde")]
    assert (change.old_text, change.new_text) == ("79,6%", "80%")
    assert change.effect == (
        "Het oordeel over de norm is nu: gehaald. Eerder was het: niet gehaald."
    )
    assert erratum.substantial
    assert erratum.effect == "De conclusie over 1 cijfer verandert."


def test_the_old_version_stays_and_is_marked_once_the_new_one_is_established(
    reports: Reports,
) -> None:
    old = reports.files(established(reports))
    write(reports.board.store, LATE, 2)
    reports.correct(KEY, WHY, later(10))
    assert reports.entry(KEY, 1).replaced_by is None
    assert reports.corrections() == ()
    reports.step(KEY, State.GECONTROLEERD, ANNA, later(11))
    reports.step(KEY, State.VASTGESTELD, BERT, later(12))
    first, second = reports.entries(KEY)
    assert (first.replaced_by, second.replaced_by) == (2, None)
    assert reports.corrections() == (second,)
    assert reports.files(first) == old
    assert reports.check(first, later(13)) == () == reports.check(second, later(13))


def test_a_version_that_was_replaced_twice_leads_to_the_last_one(reports: Reports) -> None:
    established(reports)
    for day in (10, 20):
        reports.correct(KEY, WHY, later(day))
        reports.step(KEY, State.GECONTROLEERD, ANNA, later(day + 1))
        reports.step(KEY, State.VASTGESTELD, BERT, later(day + 2))
    assert [one.replaced_by for one in reports.entries(KEY)] == [3, 3, None]


def test_what_is_only_a_concept_is_not_corrected_but_made_anew(quick: Reports) -> None:
    with pytest.raises(ReportRefused, match="--maak --opnieuw"):
        quick.correct(KEY, WHY, later(1))
    established(quick)
    with pytest.raises(ReportRefused, match="een nieuwe versie is een correctie"):
        quick.renew(KEY, later(3))


def test_a_correction_made_anew_still_says_what_it_changes_of_what_was_established(
    reports: Reports,
) -> None:
    established(reports)
    write(reports.board.store, LATE, 2)
    reports.correct(KEY, WHY, later(10))
    write(reports.board.store, calls(40, 0, name="later"), 3)
    erratum = reports.renew(KEY, later(11)).entry.erratum
    assert erratum is not None
    assert (erratum.replaces, erratum.what) == (1, WHY.what)
    (change,) = [c for c in erratum.changes if (c.key, c.field) == ("bereikbaarheid", "noemer")]
    assert (change.old, change.new) == (1000, 1050)


def test_a_correction_in_preparation_can_be_said_anew(reports: Reports) -> None:
    established(reports)
    reports.correct(KEY, replace(WHY, what="Tein oproepen."), later(10))
    erratum = reports.correct(KEY, WHY, later(11)).entry.erratum
    assert erratum is not None
    assert (erratum.replaces, erratum.what) == (1, WHY.what)


@pytest.mark.parametrize("missing", ["what", "cause", "role"])
def test_a_correction_has_its_reasons(quick: Reports, missing: str) -> None:
    established(quick)
    with pytest.raises(ReportRefused, match=r"ontbreekt|geef een tekst"):
        quick.correct(KEY, replace(WHY, **{missing: " "}), later(10))


# ── organisations ──────────────────────────────────────────────────────────────────────────


def test_the_reports_of_another_organisation_are_not_seen(reports: Reports) -> None:
    established(reports)
    other = reports_of(board_of(fresh(reports.board.store)))
    assert other.entries() == ()
    with pytest.raises(ReportRefused, match="nog geen rapportage"):
        other.entry(KEY)
    write(other.board.store, World())
    assert other.make(OCTOBER, NOW).new


def test_what_was_signed_is_on_the_disk_before_anyone_is_told(quick: Reports) -> None:
    def waits(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())

    full, normal = 2, 1
    with quick.shelf.turn(KEY) as turn:
        assert waits(turn.connection) == full
    with quick.board.store.writing() as connection:
        assert waits(connection) == normal
