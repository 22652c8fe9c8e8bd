"""wanden.toml: what it can say, and what it says of a mistake."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dashboard.walls import check_walls
from data.mistakes import ConfigMistakes, Mistake
from data.settings import load
from data.walls import LIMITS, Limit, Screen, Wall, read_walls
from tests.fake_board import CATALOGUE

EXAMPLE = Path(__file__).parents[1] / "docs" / "voorbeeldgemeente"

TEAM_OF_A_PART = """
[[wand]]
naam = "a"
afdelingen = ["b"]
tegels = ["wachtenden", "langst_wachtende", "bezetting"]
"""


def read(text: str) -> tuple[tuple[Wall, ...], list[str]]:
    mistakes: list[Mistake] = []
    walls = read_walls(tomllib.loads(text), mistakes)
    return walls, [str(mistake) for mistake in mistakes]


def test_the_reference_and_the_example_can_be_shown() -> None:
    for environment in ({}, {"REGIEBORD_CONFIG": str(EXAMPLE)}):
        check_walls(load(environment).walls, CATALOGUE)


def test_the_example_says_what_holds_without_it() -> None:
    first, second = load({"REGIEBORD_CONFIG": str(EXAMPLE)}).walls
    plain = Wall(naam=first.naam, titel=first.titel, tegels=first.tegels, staffing=first.staffing)
    assert first == plain
    assert second.screen == Screen(inch=43, afstand_m=3.0, thema="licht")
    assert second.is_narrowed


def test_a_name_is_enough() -> None:
    walls, mistakes = read('[[wand]]\nnaam = "hal"')
    assert walls == (Wall(naam="hal"),)
    assert mistakes == []


def test_a_limit_that_is_given_replaces_both_levels() -> None:
    (wall,), _ = read(
        '[[wand]]\nnaam = "hal"\n[wand.grenzen]\nlangst_wachtende = { let_op = 60 }\n'
    )
    assert wall.limits == {**LIMITS, "langst_wachtende": Limit(60, None)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "wand = 0: geef 1 tot 24 wanden"),
        ('[[wand]]\nnaam = "De Hal"', "gebruik kleine letters, cijfers en streepjes"),
        ("[[wand]]", "wand[].naam: ontbreekt"),
        ('[[wand]]\nnaam = "a"\n[[wand]]\nnaam = "a"', "deze naam komt twee keer voor"),
        ('[[wand]]\nnaam = "a"\ntegels = ["wachtenden"]', "noem er 3, elk één keer"),
        ('[[wand]]\nnaam = "a"\nmaand = ["a", "b", "c"]', "noem er 0 tot 2, elk één keer"),
        ('[[wand]]\nnaam = "a"\ntegel = 3', "onbekend; bedoelde u 'tegels'?"),
        ('[[wand]]\nnaam = "a"\nlijst = "afdelingen"', "lijst = 'afdelingen': onbekend"),
        ('[[wand]]\nnaam = "a"\nscherm = { inch = 3 }', "geef een heel getal van 10 tot en met"),
        ('[[wand]]\nnaam = "a"\nscherm = { afstand = 0 }', "geef een getal van 0.5 tot en met 30"),
        ('[[wand]]\nnaam = "a"\ngrenzen = { te_laat = 3 }', "schrijf dit als tabel"),
        ('[[wand]]\nnaam = "a"\ngrenzen = { te_laat = { actie = 3, let_op = 5 } }',
         "de grens voor actie ligt onder die voor let op"),
        ('[[wand]]\nnaam = "a"\ndemping = { herstel_na = "2 min" }', "geef een getal van 0 tot en"),
        (TEAM_OF_A_PART, "bezetting is een totaal"),
        ('[wand]\nnaam = "a"', "begin elk blok met [[wand]]"),
        ('[[scherm]]\nnaam = "a"', "scherm: onbekend"),
    ],
)  # fmt: skip
def test_a_mistake_says_where_and_what_to_do(text: str, told: str) -> None:
    _, mistakes = read(text)
    assert any(told in mistake for mistake in mistakes), mistakes


@pytest.mark.parametrize(
    ("wall", "told"),
    [
        (Wall(tegels=("wachtenden", "wachttijden", "servicelevel")), "bedoelde u 'wachttijd'?"),
        (Wall(tegels=("wachtenden", "langst_wachtende", "binnen_termijn")), "kies uit"),
        (Wall(dag="wachttijd"), "wand[kcc].dag = 'wachttijd'"),
        (Wall(tegels=("wachtenden", "wachttijd", "bereikbaarheid")), "wand[kcc].dag"),
        (Wall(maand=("binnen_termij",)), "bedoelde u 'binnen_termijn'?"),
    ],
)
def test_a_wall_shows_only_what_it_can(wall: Wall, told: str) -> None:
    with pytest.raises(ConfigMistakes, match=r"wanden\.toml") as raised:
        check_walls([wall], CATALOGUE)
    assert told in str(raised.value)
