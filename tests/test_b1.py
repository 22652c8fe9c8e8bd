"""The sentences of a report are plain Dutch that claims nothing; the reader is tested too."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from dashboard.report.sentences import Say, Word
from tests.b1 import abbreviations, judging, too_hard

FIFTEEN = "Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien."


@pytest.mark.parametrize(
    "text",
    [
        f"Nul {FIFTEEN[0].lower()}{FIFTEEN[1:]}",
        "De norm wordt elk jaar door het college vastgesteld en getoetst.",
        "Vragen werden te laat beantwoord.",
        "Conform de afspraak bellen we terug.",
        "We verstrekken cijfers.",
    ],
)
def test_the_reader_stumbles_over_what_is_hard(text: str) -> None:
    assert list(too_hard(text)) != []


@pytest.mark.parametrize(
    "text",
    [
        FIFTEEN,
        f"{FIFTEEN} {FIFTEEN}",
        "De norm is gehaald.",
        "Het wordt een druk jaar.",
        "",
        "1,5%.",
    ],
)
def test_the_reader_passes_what_is_plain(text: str) -> None:
    assert list(too_hard(text)) == []


def test_causes_and_opinions_are_seen() -> None:
    assert judging("Helaas lager door ziekte.") == ["helaas", "door"]
    assert judging("Lager dan in oktober 2025.") == []


def test_capitals_are_seen() -> None:
    assert abbreviations("Het KCC en de AVG.") == {"KCC", "AVG"}


def filled(template: str) -> str:
    """The sentence with a word in each place."""
    places = {name: "iets" for _, name, _, _ in Formatter().parse(template) if name}
    return template.format(**places)


SENTENCES = [*Say, *Word]


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.name)
def test_every_sentence_is_plain(said: str) -> None:
    assert list(too_hard(filled(str(said)))) == []


CHANCE = {Say.WORSE, Say.BETTER, Say.IMPROVED, Say.WORSENED, Say.CHANGED}
"""That a change is more than chance is what the rules prove: `niet door toeval` names no cause."""


@pytest.mark.parametrize("said", Say, ids=lambda said: said.name)
def test_no_sentence_names_a_cause_or_an_opinion(said: Say) -> None:
    allowed = ["door"] if said in CHANCE else []
    assert judging(said.value) == allowed


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.name)
def test_an_abbreviation_is_written_out_once(said: str) -> None:
    explained = {"CONCEPT", "VERVANGEN", *(word.word for word in Word)}
    assert abbreviations(re.sub(r"\{\w+\}", "", str(said))) <= explained


TITLES = {Say.TITLE, Say.SUBTITLE}


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.name)
def test_every_sentence_ends(said: str) -> None:
    assert said.endswith(".") is (said not in TITLES)
