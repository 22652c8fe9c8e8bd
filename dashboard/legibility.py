"""How large letters must be to be read from where people stand: ISO 9241-303 as arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, hypot, radians, tan

CAP = 0.70  # height of a capital of Figtree, in its font size
PICTURE = 1080  # the picture is drawn in units of which the screen is this many high
DISTANCE_M, DIAGONAL_INCH = 5.0, 55.0
MM_PER_INCH, WIDE, HIGH = 25.4, 16, 9


@dataclass(frozen=True)
class Legible:
    """What kind of text, and at what angle it is to be read from which part of the distance."""

    key: str
    name: str
    minutes: float
    part: float
    selector: str

    def floor(self, distance_m: float, diagonal_inch: float) -> int:
        """Return the smallest size, in units of the picture."""
        return ceil(min_font_px(distance_m * self.part, diagonal_inch, self.minutes))


CLASSES = (
    Legible("A", "het getal", 22, 1.2, ".getal, .weg"),
    Legible("B", "naam, toestand en melding", 16, 1.0, "h2, .stand, #melding, #verbinding"),
    Legible("C", "verband en rijen", 16, 0.8, ".verband, tbody"),
    Legible("D", "as, kop en voet", 16, 0.68, "*"),
)


def min_font_px(
    afstand_m: float,
    diagonaal_inch: float,
    boogminuten: float,
    cap: float = CAP,
    px_hoog: int = PICTURE,
) -> float:
    """Return the font size whose capitals fill an angle at a distance, on a 16:9 screen."""
    height_mm = diagonaal_inch * MM_PER_INCH * HIGH / hypot(WIDE, HIGH)
    capital_mm = 2 * afstand_m * 1000 * tan(radians(boogminuten / 60) / 2)
    return capital_mm / (height_mm / px_hoog) / cap
