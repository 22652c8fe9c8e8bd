"""A number on the wall together with how it is judged."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.judging import Measure
from dashboard.tiles import Tile


@dataclass(frozen=True)
class Shown:
    """What is drawn, and what is judged."""

    measure: Measure
    tile: Tile
