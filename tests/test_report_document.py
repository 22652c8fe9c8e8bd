"""The report as a document: what stands in it, in which order, and what never does."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest
from msgspec.structs import replace

from dashboard.report.build import report
from dashboard.report.document import (
    Chart,
    Document,
    Erratum,
    Explanation,
    Heading,
    Lines,
    Mark,
    Paragraph,
    Table,
)
from dashboard.report.quality import gap_sentences
from dashboard.report.sentences import Say, Word
from metrics.published.edition import State
from tests.b1 import TOO_LONG, abbreviations, too_hard
from tests.report_cast import CONCEPT, CORRECTED, EDITIONS, FINAL, FORTY_DAYS, GOALS, SNAPSHOT
from tests.report_text import ALL, texts_of
from tests.test_report_sentences import FIGURES, MONTHS, YEARS

REPORTS = {name: report(edition) for name, edition in ALL.items()}
REPLACED = report(FINAL, replaced_by=2)
FINISHED = REPORTS["vastgesteld"]


def headings(document: Document, level: int) -> list[str]:
    """The titles of one level."""
    return [one.text for one in document.blocks if isinstance(one, Heading) and one.level == level]


def tables(document: Document) -> dict[str, Table]:
    """The tables by their keys."""
    return {table.key: table for table in document.tables}


def column(table: Table, name: str) -> list[str]:
    """The texts of a column."""
    return [row[table.head.index(name)].text for row in table.rows]


def under(document: Document, title: str) -> list[object]:
    """What stands under a heading, up to the next of its level."""
    blocks = list(document.blocks)
    heads = {at: one for at, one in enumerate(blocks) if isinstance(one, Heading)}
    start = next(at for at, one in heads.items() if one.text == title)
    after = [at for at, one in heads.items() if at > start and one.level <= heads[start].level]
    return list(blocks[start + 1 : min(after, default=None)])


# ── order ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_the_same_chapters(name: str) -> None:
    assert headings(REPORTS[name], 1) == [
        "1 Kernboodschap",
        "2 Stand van de doelen",
        "3 Per doel",
        "4 Per afdeling",
        "5 Wat doen we",
        "6 Financiën en risico's",
        "7 Vervolg en planning",
        "Bijlage A Tabellen",
        "Bijlage B Definities en wijzigingen",
        "Bijlage C Kwaliteit van de cijfers en correcties",
        "Colofon",
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_no_level_of_headings_is_skipped(name: str) -> None:
    levels = [one.level for one in REPORTS[name].blocks if isinstance(one, Heading)]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


def test_targets_keep_their_order_however_they_stand() -> None:
    names = [SNAPSHOT.definition(one.key).name for one in GOALS]
    assert column(tables(FINISHED)["doelen"], "Doel") == names
    pages = [title.partition(":")[0] for title in headings(FINISHED, 2)[: len(GOALS)]]
    assert pages == names


def test_the_title_of_a_target_is_its_conclusion() -> None:
    assert headings(FINISHED, 2)[: len(GOALS)] == [
        "Telefonische bereikbaarheid: norm gehaald, geen signaal",
        "Gemiddelde wachttijd: norm niet gehaald, geen signaal",
        ("Eenvoudige vragen digitaal of via het KCC afgehandeld: norm niet gehaald, geen signaal"),
        "Binnen termijn beantwoord: norm gehaald, geen signaal",
        "Terugbelverzoeken op tijd teruggebeld: norm niet gehaald, verslechtering",
        "In één keer goed: geen cijfer",
    ]


def test_a_target_has_a_page_with_a_chart_sentences_and_a_small_table() -> None:
    kinds = [type(one) for one in under(FINISHED, headings(FINISHED, 2)[0])]
    assert kinds == [Paragraph, Chart, *[Paragraph] * 4, Table]
    assert len(tables(FINISHED)["bereikbaarheid-maanden"].rows) == 7


def test_a_target_without_any_month_has_no_chart_and_no_table() -> None:
    blocks = under(FINISHED, "In één keer goed: geen cijfer")
    assert {type(one) for one in blocks} == {Paragraph}


def test_a_target_begins_a_page_unless_nothing_is_known_of_it_and_the_one_before() -> None:
    fresh = {
        name: [one.new_page for one in REPORTS[name].blocks
               if isinstance(one, Heading) and one.level == 2][: len(GOALS)]
        for name in ("vastgesteld", "zonder gegevens")
    }  # fmt: skip
    assert fresh["vastgesteld"] == [False, True, True, True, True, True]
    assert set(fresh["zonder gegevens"]) == {False}


# ── the message ────────────────────────────────────────────────────────────────────────────


def message(name: str) -> tuple[str, ...]:
    """The sentences of the first chapter."""
    (lines,) = (one for one in under(REPORTS[name], "1 Kernboodschap") if isinstance(one, Lines))
    return lines.items


@pytest.mark.parametrize("name", REPORTS)
def test_the_message_has_at_most_five_sentences(name: str) -> None:
    assert 1 <= len(message(name)) <= 5


def test_the_message_counts_and_names() -> None:
    assert message("vastgesteld") == (
        "In oktober 2026 halen we 2 van de 5 normen. Van 1 doel is er geen cijfer.",
        (
            "Norm niet gehaald: Gemiddelde wachttijd, Eenvoudige vragen digitaal of via het KCC "
            "afgehandeld en Terugbelverzoeken op tijd teruggebeld."
        ),
        "Verslechtering die niet door toeval komt: Terugbelverzoeken op tijd teruggebeld.",
    )
    assert message("zonder gegevens") == (
        "Over oktober 2026 is er van geen enkel doel een cijfer.",
        "De cijfers over gesprekken zijn niet compleet. Bijlage C zegt wat er ontbreekt.",
    )
    assert message("één doel")[0] == "In oktober 2026 halen we 0 van de 1 norm."


def test_nine_days_without_a_source_are_told_at_the_target_and_in_the_annex() -> None:
    said = (
        "Van 9 van de 22 open dagen ontbreken cijfers over gesprekken. Het gaat om 12 tot en met "
        "16 oktober 2026 en 19 tot en met 22 oktober 2026. Van 9 oktober 2026 zijn de cijfers "
        "over gesprekken niet compleet."
    )
    assert sum(said in text for text in texts_of(REPORTS["negen dagen"])) == 3
    assert not any("ontbreken cijfers" in text for text in texts_of(FINISHED))


DAYS = FORTY_DAYS.missing


@pytest.mark.parametrize(
    ("missing", "open_days", "said"),
    [
        (DAYS[:1], 1, ["Van 1 van de 1 open dagen ontbreken", "Het gaat om 1 januari 2026."]),
        (DAYS[:9], 9, ["Van alle 9 open dagen ontbreken"]),
        (DAYS, 250, ["Van 40 van de 250 open dagen ontbreken", "Het zijn er te veel om"]),
    ],
    ids=["one", "all", "many"],
)
def test_days_are_named_unless_they_are_all_or_too_many(
    missing: tuple[date, ...], open_days: int, said: list[str]
) -> None:
    gaps = replace(SNAPSHOT.gaps[0], missing=missing, open_days=open_days)
    told = gap_sentences(gaps)
    assert len(told) == len(said)
    assert all(one.startswith(begin) for one, begin in zip(told, said, strict=True))


# ── the table of targets ───────────────────────────────────────────────────────────────────


def test_the_table_of_targets_beside_last_year_and_the_year_so_far() -> None:
    table = tables(FINISHED)["doelen"]
    assert table.head == ("Doel", "Norm", "oktober 2026", "Norm gehaald?", "oktober 2025",
                          "jaar 2026", "Verandering", "Haalbaarheid norm")  # fmt: skip
    assert [cell.text for cell in table.rows[2]] == [
        "Eenvoudige vragen digitaal of via het KCC afgehandeld",
        "80%",
        "79,6%",
        "nee",
        "77%",
        "79,6%",
        "Geen signaal",
        "Soms wel, soms niet",
    ]
    assert [cell.text for cell in table.rows[5]][1:] == ["80%", *"–" * 6]


@pytest.mark.parametrize(
    ("name", "period", "earlier"),
    [("kwartaal", "derde kwartaal 2026", "2025"), ("jaar", "2026", "2025")],
)
def test_a_longer_period_stands_beside_the_year_before(
    name: str, period: str, earlier: str
) -> None:
    assert tables(REPORTS[name])["doelen"].head[2:5] == (period, "Norm gehaald?", earlier)


def test_a_quarter_is_named_as_a_sentence_does() -> None:
    assert REPORTS["kwartaal"].title == "Dienstverlening in het derde kwartaal 2026"
    assert message("kwartaal")[0].startswith("In het derde kwartaal 2026 halen we 2 van de 5")


def test_a_number_in_a_table_has_its_unrounded_value() -> None:
    cell = tables(FINISHED)["doelen"].rows[2][2]
    assert (cell.text, cell.value) == ("79,6%", 0.796)


def test_a_year_that_is_not_known_says_so() -> None:
    assert column(tables(FINISHED)["jaren"], "2023") == ["n.b."] * 6


def test_a_growth_path_goes_from_month_to_month() -> None:
    said = "76,0% in januari 2026, 80,0% in december 2026"
    assert any(said in text for text in texts_of(FINISHED))


# ── small numbers ──────────────────────────────────────────────────────────────────────────


def test_a_small_department_is_not_shown_anywhere() -> None:
    rows = tables(FINISHED)
    together = {row[0].text: row[1:] for row in rows["afdelingen"].rows}
    apart = {row[0].text: row[1:] for row in rows["digitaal_of_kcc-afdeling"].rows}
    assert {cell.text for cell in together["Archief"] + apart["Archief"]} == {"x"}
    assert {cell.value for cell in together["Archief"] + apart["Archief"]} == {None}


def test_departments_go_by_name_and_what_is_unknown_comes_last() -> None:
    names = column(tables(FINISHED)["afdelingen"], "Afdeling")
    assert names[0] == "Archief"
    assert names[-1] == "niet bekend"
    assert names[:-1] == sorted(names[:-1], key=str.casefold)


# ── states, signatures, corrections ────────────────────────────────────────────────────────


def test_a_concept_says_so_until_it_is_established() -> None:
    marks = {}
    for count in range(len(State)):
        steps = tuple(replace(FINAL.steps[0], state=state) for state in list(State)[1 : count + 1])
        marks[list(State)[count]] = report(replace(CONCEPT, steps=steps)).mark
    assert [state.value for state, mark in marks.items() if mark is Mark.CONCEPT] == [
        "concept",
        "gecontroleerd",
    ]
    assert set(marks.values()) == {Mark.CONCEPT, None}


def test_the_notice_says_what_the_mark_means() -> None:
    assert REPORTS["concept"].notices == (Say.IS_CONCEPT(),)
    assert (REPLACED.mark, REPLACED.notices) == (Mark.VERVANGEN, (Say.IS_REPLACED(version=2),))
    assert REPORTS["beter"].notices == (Say.IS_CONCEPT(), Say.IS_DEMO())
    assert FINISHED.notices == ()


def test_a_correction_begins_with_its_erratum() -> None:
    first = REPORTS["gecorrigeerd"].blocks[0]
    assert isinstance(first, Erratum)
    assert first.title == "Erratum: versie 2 vervangt versie 1"
    assert dict(first.facts) == {
        "Wat was fout": "De vragen van het webformulier telden niet mee.",
        "Gevolg": "De conclusie over 1 doel verandert.",
        "Oorzaak": "De export van het zaaksysteem was niet compleet.",
        "Hersteld op": "20 november 2026, data-eigenaar",
        "Geïnformeerd": "griffie, 20 november 2026",
    }
    assert first.figures
    assert [cell.text for cell in first.figures.rows[0]][2:4] == ["81%", "79,6%"]
    assert [type(one) for one in FINISHED.blocks].count(Erratum) == 0


def test_what_people_wrote_is_theirs_with_role_and_date() -> None:
    written = [one for one in FINISHED.blocks if isinstance(one, Explanation)]
    assert [one.title for one in written] == [
        "Toelichting: teammanager KCC, 9 november 2026",
        "Toelichting: teammanager KCC, 9 november 2026",
    ]
    (what,) = under(FINISHED, "5 Wat doen we")
    assert isinstance(what, Explanation)
    assert under(REPORTS["concept"], "5 Wat doen we") == [Paragraph(Say.NOTHING_WRITTEN())]
    assert under(FINISHED, "6 Financiën en risico's") == [Paragraph(Say.NOTHING_WRITTEN())]


def test_no_name_of_a_person_is_in_a_report() -> None:
    for document in REPORTS.values():
        told = "\n".join(texts_of(document))
        assert "Vries" not in told
        assert "Jansen" not in told


def test_the_colophon_can_be_compared() -> None:
    told = " ".join(texts_of(FINISHED)[-14:])
    assert EDITIONS["vastgesteld"].sha256 in told.replace(" ", "")
    assert "vastgesteld" in told
    assert "10 november 2026, directeur Dienstverlening" in told
    assert "Regiebord 0.1.0, code 25cb685, sjabloon 1, gegevens 1" in told


def test_lines_that_the_municipality_left_empty_are_left_out() -> None:
    names = [name for name, _ in FINISHED.header]
    assert "Telefoonnummer" not in names
    assert "E-mail" in [name for name, _ in REPORTS["vreemde tekens"].header]
    assert names[:2] == ["Kenmerk", "Onderwerp"]


def test_a_municipality_without_a_name_is_called_the_municipality() -> None:
    assert REPORTS["zonder naam"].organisation == "De gemeente"
    assert FINISHED.organisation == "Gemeente Haarlem"
    assert FINISHED.footer == "Gemeente Haarlem · Dienstverlening in oktober 2026 · versie 1"


def test_equal_editions_make_equal_reports() -> None:
    assert report(CORRECTED) == REPORTS["gecorrigeerd"]


# ── the language ───────────────────────────────────────────────────────────────────────────


def generated(document: Document) -> list[str]:
    """The running text that we make; lists of names after a colon are as long as they are."""
    running = [one.text for one in document.blocks if isinstance(one, Paragraph)]
    running += [line for one in document.blocks if isinstance(one, Lines) for line in one.items]
    running += [one.alt for one in document.blocks if isinstance(one, Chart)]
    return [part for text in running for part in text.split(": ")]


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "vreemde tekens"])
def test_no_sentence_of_a_report_is_too_long(name: str) -> None:
    assert [found for text in generated(REPORTS[name]) for found in too_hard(text, TOO_LONG)] == []


def test_a_percentage_comes_with_the_number_it_is_of() -> None:
    value = re.compile(r"^In [\w ]+ was dit [\d,]+ procent\.")
    told = [text for one in REPORTS.values() for text in texts_of(one) if value.match(text)]
    assert told
    assert all(re.search(r"Dat (is|zijn) \d|Het gaat om \d", text) for text in told)


def test_abbreviations_are_written_out() -> None:
    told = " ".join(generated(FINISHED))
    assert abbreviations(told) <= {word.word for word in Word}


def pattern(said: Say) -> re.Pattern[str]:
    """What a sentence looks like once its places are filled."""
    parts = ((re.escape(text), bool(name)) for text, name, _, _ in Formatter().parse(said.value))
    return re.compile("".join(text + "[^{}]+?" * name for text, name in parts))


TOLD = [text for one in (*REPORTS.values(), REPLACED) for text in texts_of(one)]
TOLD += [said for cases in (FIGURES, MONTHS, YEARS) for _, said in cases.values()]


@pytest.mark.parametrize("said", Say, ids=lambda said: said.name)
def test_every_sentence_is_used(said: Say) -> None:
    look = pattern(said)
    assert any(look.search(text) for text in TOLD)
