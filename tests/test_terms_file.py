"""termijnen.toml: every mistake in it is told, and what changes in it changes the right rules."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.calendar import Closing
from data.holidays_file import read_holidays
from data.mistakes import ConfigMistakes, Mistake
from data.settings import REFERENCE, load
from data.termijn import Course, Terms
from data.terms_file import read_contested, read_penalty, read_rules
from tests.terms_cast import HOLIDAYS_FILE, LAW, TERMS_FILE, d, law, office, with_switch

EXAMPLE = Path(__file__).parents[1] / "docs" / "voorbeeldgemeente"
KEYS = [
    "aanvraag",
    "woo",
    "bezwaar",
    "klacht",
    "omgevingsvergunning",
    "omgevingsvergunning_uitgebreid",
    "wmo_onderzoek",
    "wmo_besluit",
    "avg",
    "zienswijze",
    "servicenorm",
]


def test_every_rule_of_the_specification_is_there_with_its_source() -> None:
    assert list(LAW.rules) == KEYS
    assert all(rule.name and rule.source for rule in LAW.rules.values())
    assert [key for key, rule in LAW.rules.items() if not rule.no_penalty] == [
        "aanvraag",
        "bezwaar",
        "omgevingsvergunning",
        "omgevingsvergunning_uitgebreid",
        "wmo_besluit",
        "avg",
    ]


def test_the_example_says_what_the_reference_says() -> None:
    example = tomllib.loads((EXAMPLE / "termijnen.toml").read_text("utf-8"))
    assert example == tomllib.loads(TERMS_FILE)
    mistakes: list[Mistake] = []
    own = tomllib.loads((EXAMPLE / "feestdagen.toml").read_text("utf-8"))
    assert read_holidays(own, mistakes).fingerprint == LAW.holidays.fingerprint
    assert mistakes == []


def mistakes_in(text: str) -> list[str]:
    """The keys of the mistakes in a file."""
    mistakes: list[Mistake] = []
    content = tomllib.loads(text)
    read_rules(content, mistakes)
    read_contested(content, mistakes)
    read_penalty(content, mistakes)
    assert all(mistake.hint and mistake.file == "termijnen.toml" for mistake in mistakes)
    return [mistake.key for mistake in mistakes]


def test_the_reference_has_no_mistakes() -> None:
    assert mistakes_in(TERMS_FILE) == []


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('sleutel = "woo"', "", "[None].sleutel"),
        ('sleutel = "woo"', 'sleutel = "aanvraag"', "[aanvraag].sleutel"),
        ('duur = "4 weken"', 'duur = "vier weken"', "[woo].duur"),
        ('duur = "4 weken"', "duur = 4", "[woo].duur"),
        ('duur = "4 weken"', 'duur = "0 weken"', "[woo].duur"),
        ('duur = "4 weken"', 'duur = "4 werkdagen"', "[woo].duur"),
        ('"werkdagen"\nbegin', '"werkdagen"\nduur = "2 weken"\nbegin', "[servicenorm].duur"),
        ('"werkdagen"\nbegin', '"werkdagen"\nverdaging = {}\nbegin', "[servicenorm].verdaging"),
        ('duur = "4 weken"', 'durr = "4 weken"', "[woo].durr"),
        ('artikel = "Woo art. 4.4 lid 1"', "", "[woo].artikel"),
        ('hoogstens = "2 weken"', 'hoogstens = "2"', "[woo].verdaging.hoogstens"),
        ('hoogstens = "2 weken"', 'tot = "ooit"', "[woo].verdaging.tot"),
        ('hoogstens = "2 weken"', 'langer = "2 weken"', "[woo].verdaging.langer"),
        ('laatste_dag = "tot en met"', 'laatste_dag = "tm"', "[woo].opschorting.laatste_dag"),
        ('telling = "verordening 1182/71"', 'telling = "awt"', "[avg].telling"),
        ('begin = "bekendmaking"', 'begin = "besluit"', "[bezwaar].begin"),
        ("\nbegindag_telt = true", '\nbegindag_telt = "ja"', "[zienswijze].begindag_telt"),
        ('{ duur = "10 weken"', '{ duur = ""', "[klacht].commissie.duur"),
        ("vooraf = {", "vooraf = 6 #", "[bezwaar].vooraf"),
        ('"volgende werkdag"\n', '"later"\n', "[servicenorm].na_sluitingstijd"),
        ("dwangsom_eerste_dag = 15", "dwangsom_eerste_dag = 16", "omstreden.dwangsom_eerste_dag"),
        ('opschorting_tot = "tot"', 'opschorting_tot = "t/m"', "omstreden.opschorting_tot"),
        ("dwangsom_eerste_dag = 15", "dwangsom_dag = 15", "omstreden.dwangsom_dag"),
        ("[omstreden]", "[omstredn]", "omstredn"),
        ('na = "2 weken"', "", "dwangsom.na"),
        ("per_dag = 23", 'per_dag = "23"', "dwangsom.bedragen[1].per_dag"),
        ("{ dagen = 14, per_dag = 23 }", "23", "dwangsom.bedragen"),
        ("[dwangsom]", "[dwangsommen]", "dwangsommen"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_key(before: str, after: str, key: str) -> None:
    assert before in TERMS_FILE
    found = mistakes_in(TERMS_FILE.replace(before, after, 1))
    assert (f"termijn{key}" if key.startswith("[") else key) in found


def test_a_mistake_does_not_print_a_whole_block() -> None:
    mistakes: list[Mistake] = []
    read_rules(tomllib.loads(TERMS_FILE.replace("[[termijn]]", "[[termijnen]]")), mistakes)
    assert [str(mistake) for mistake in mistakes] == [
        "termijnen.toml: termijnen: onbekend; bedoelde u 'termijn'?",
        "termijnen.toml: termijn: ontbreekt; geef elke termijn een blok",
    ]


def test_an_empty_file_is_told() -> None:
    assert {"termijn", "dwangsom.bedragen"} <= set(mistakes_in(""))


def test_both_files_are_read_with_the_other_settings(tmp_path: Path) -> None:
    (tmp_path / "termijnen.toml").write_text(TERMS_FILE.replace("atw_op_", "awt_op_"), "utf-8")
    holidays = HOLIDAYS_FILE.replace('datum = "12-26"', 'datum = "12-32"')
    (tmp_path / "feestdagen.toml").write_text(holidays, "utf-8")
    with pytest.raises(ConfigMistakes) as caught:
        load({"REGIEBORD_CONFIG": str(tmp_path), "REGIEBORD_OPSLAG": str(tmp_path)})
    found = {(mistake.file, mistake.key) for mistake in caught.value.mistakes}
    assert found == {
        ("termijnen.toml", "omstreden.awt_op_twee_weken_na_ingebrekestelling"),
        ("feestdagen.toml", "feestdag[Tweede Kerstdag].datum"),
    }
    assert "bedoelde u 'atw_op_twee_weken_na_ingebrekestelling'?" in str(caught.value)


def test_a_municipality_replaces_the_file(tmp_path: Path) -> None:
    own = TERMS_FILE.replace('duur = "4 weken"', 'duur = "3 weken"')
    (tmp_path / "termijnen.toml").write_text(own, "utf-8")
    terms = load({"REGIEBORD_CONFIG": str(tmp_path), "REGIEBORD_OPSLAG": str(tmp_path)}).terms
    assert terms.rules["woo"].term != LAW.rules["woo"].term
    assert (REFERENCE / "termijnen.toml").exists()


# ── fingerprints ───────────────────────────────────────────────────────────────────────────


def changed(*, by: Terms) -> set[str]:
    """The rules whose fingerprint is another one."""
    return {key for key in KEYS if by.fingerprint(key) != LAW.fingerprint(key)}


MOVED = set(KEYS) - {"servicenorm", "omgevingsvergunning_uitgebreid"}
"""The rules of which a holiday can move the end."""


def test_a_rule_changes_alone() -> None:
    assert changed(by=law()) == set()
    three = law(TERMS_FILE.replace('duur = "4 weken"', 'duur = "3 weken"'))
    assert changed(by=three) == {"woo"}
    longer = law(TERMS_FILE.replace('hoogstens = "4 weken"', 'hoogstens = "5 weken"'))
    assert changed(by=longer) == {"klacht"}
    same_day = law(TERMS_FILE.replace('"volgende werkdag"\n', '"dezelfde dag"\n'))
    assert changed(by=same_day) == {"servicenorm"}


def test_words_change_nothing() -> None:
    assert changed(by=law(TERMS_FILE.replace("Woo art. 8.2", "Woo art. 8.2 lid 1"))) == set()
    assert changed(by=law(TERMS_FILE.replace("Woo-verzoek", "Verzoek om openbaarheid"))) == set()


def test_a_holiday_changes_what_the_law_moves_and_a_closing_what_a_norm_counts() -> None:
    equated = HOLIDAYS_FILE.replace("    2026-05-15,", "    2026-05-15, 2026-05-22,")
    assert changed(by=law(holidays=equated)) == MOVED
    shut = HOLIDAYS_FILE.replace("gemeente_dicht = false", "gemeente_dicht = true", 1)
    assert changed(by=law(holidays=shut)) == {"servicenorm"}
    closing = Closing(d("do 2026-12-24").toordinal(), (0, 1440), "kerst")
    assert changed(by=law(calendar=office(closing))) == {"servicenorm"}


def test_a_holiday_changes_the_deadlines_that_end_on_it_and_no_others() -> None:
    equated = law(holidays=HOLIDAYS_FILE.replace("    2026-05-15,", "    2026-05-15, 2026-05-22,"))
    year = [Course(date(2026, 1, 1) + timedelta(n)) for n in range(365)]
    other = [
        course.ontvangen
        for course in year
        if equated.due("aanvraag", course) != LAW.due("aanvraag", course)
    ]
    assert other == [d("vr 2026-03-27")]  # 22 May, and then a weekend and Tweede Pinksterdag
    assert equated.due("aanvraag", Course(other[0]))[1] == d("di 2026-05-26")


def test_a_switch_changes_what_it_is_about() -> None:
    suspendable = {key for key in KEYS if LAW.rules[key].suspension} - {"woo"}
    assert changed(by=with_switch("opschorting_tot", "'tot en met'")) == suspendable
    extendable = {key for key in MOVED if LAW.rules[key].extension} - {"avg"}
    assert changed(by=with_switch("atw_na_verdaging_boven_12_weken", "true")) == extendable
    assert changed(by=with_switch("dwangsom_eerste_dag", "14")) == set()
