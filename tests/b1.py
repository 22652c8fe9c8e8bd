"""Reads Dutch as a reader at level B1 does, and says what is too hard."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONG, TOO_LONG = 15, 20
PLAIN = {
    "aangaande": "over",
    "alsmede": "en",
    "betreffende": "over",
    "conform": "volgens",
    "derhalve": "daarom",
    "desgewenst": "als u wilt",
    "doch": "maar",
    "echter": "maar",
    "indien": "als",
    "inzake": "over",
    "jegens": "tegen",
    "middels": "met",
    "mits": "als",
    "omtrent": "over",
    "prioriteit": "voorrang",
    "realisatie": "resultaat",
    "reeds": "al",
    "significant": "duidelijk",
    "teneinde": "om",
    "tevens": "ook",
    "thans": "nu",
    "verstrekken": "geven",
}
PASSIVE = re.compile(r"\b(?:wordt|worden|werd|werden)\b(?:\s+\S+)*?\s+(?:ge|be|ver|ont)\w+[dtn]\b")
JUDGING = re.compile(
    r"\b(door|omdat|dankzij|wegens|helaas|gelukkig|slechts|fors|mooi|flink|maar liefst)\b"
)
CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
END = re.compile(r"(?<=[.?!])\s+|\n+")


def sentences(text: str) -> list[str]:
    """Cut a text into its sentences."""
    return [sentence for sentence in END.split(text) if sentence.strip()]


def too_hard(text: str, longest: int = LONG) -> Iterator[str]:
    """Say what a reader would stumble over."""
    for sentence in sentences(text):
        words = re.findall(r"\w[\w.,:%'-]*", sentence)
        if len(words) > longest:
            yield f"{len(words)} woorden: {sentence}"
        if PASSIVE.search(sentence.casefold()):
            yield f"lijdende vorm: {sentence}"
        for word in words:
            easy = PLAIN.get(word.casefold().strip(".,:"))
            if easy:
                yield f"moeilijk woord: {word}, zeg {easy}"


def judging(text: str) -> list[str]:
    """Return the words that name a cause or an opinion, which no figure can prove."""
    return JUDGING.findall(text.casefold())


def abbreviations(text: str) -> set[str]:
    """Return the words in capitals."""
    return set(CAPITALS.findall(text))
