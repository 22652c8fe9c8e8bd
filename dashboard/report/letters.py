"""Which letters the typefaces of a report can draw; any other would stop a PDF from being made."""

from __future__ import annotations

import re
from unicodedata import normalize

MISSING = "\N{REPLACEMENT CHARACTER}"
DRAWN = (
    "\n -~\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2026\u20ac\u2190-\u2193\u2212\u2260\u2264\u2265"
)
"""Latin script with its punctuation, the euro, arrows and a few signs; a line may end."""
OTHER = re.compile(f"[^{DRAWN}]")


def drawable(text: str) -> str:
    """Return a text with a sign for each letter that cannot be drawn."""
    return OTHER.sub(MISSING, normalize("NFC", text.replace("\r\n", "\n")))
