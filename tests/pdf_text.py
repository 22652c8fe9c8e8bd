"""Reads the text of a PDF back, page by page, as a program that copies or speaks it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO

import pikepdf

PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
GAPS = re.compile(r"[\s\xad\u200b-]")
Letters = Mapping[int, str]


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, as `squeezed` does."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [squeezed("".join(_shown(page))) for page in opened.pages]


def squeezed(text: str) -> str:
    """Return a text without spaces and hyphens, so that no end of a line is in the way."""
    return GAPS.sub("", text)


def _shown(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    letters: Letters = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) == "Tj":
            yield _decoded(bytes(operands[0]), letters)
        elif str(operator) == "TJ":
            parts = (part for part in operands[0] if isinstance(part, pikepdf.String))
            yield "".join(_decoded(bytes(part), letters) for part in parts)


def _decoded(glyphs: bytes, letters: Letters) -> str:
    codes = (int.from_bytes(glyphs[at : at + 2], "big") for at in range(0, len(glyphs), 2))
    return "".join(letters[code] for code in codes)


def _letters(font: pikepdf.Object) -> Letters:
    found: dict[int, str] = {}
    for kind, body in SECTION.findall(font.ToUnicode.read_bytes()):
        if kind == b"char":
            found.update((int(code, 16), _text(text)) for code, text in PAIR.findall(body))
        else:
            for first, last, text in RANGE.findall(body):
                start = ord(_text(text))
                codes = range(int(first, 16), int(last, 16) + 1)
                found.update((code, chr(start + at)) for at, code in enumerate(codes))
    return found


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")
