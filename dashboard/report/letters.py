"""Which letters the typefaces of a report can draw; any other would stop a PDF from being made."""

from __future__ import annotations

import re
from unicodedata import normalize

MISSING = "\N{REPLACEMENT CHARACTER}"
DRAWN = (
    (0x0A, 0x0A),
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2026, 0x2026),
    (0x20AC, 0x20AC),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2260, 0x2265),
)
"""Latin script with its punctuation, the euro, arrows and a few signs; a line may end."""
OTHER = re.compile("[^" + "".join(rf"\u{first:04x}-\u{last:04x}" for first, last in DRAWN) + "]")


def drawable(text: str) -> str:
    """Return a text with a sign for each letter that cannot be drawn."""
    return OTHER.sub(MISSING, normalize("NFC", text.replace("\r\n", "\n")))
