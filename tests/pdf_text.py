"""Reads the text of a PDF back, page by page, as who copies it gets it."""

from __future__ import annotations

import re

from pypdfium2 import PdfDocument

GAPS = re.compile(r"[\s\u00ad\u200b\u2010\ufffe-]")
"""Where a line ends, and how it breaks a word."""


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, as `squeezed` does."""
    with PdfDocument(pdf) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def squeezed(text: str) -> str:
    """Return a text without spaces and hyphens, so that no end of a line is in the way."""
    return GAPS.sub("", text)
