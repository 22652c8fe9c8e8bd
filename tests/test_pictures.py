"""The pictures in the documentation: all there, as large as the screen, small to download."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest

from tests.pictures import DESK, FOLDER, QUESTIONS, REPORTS, TARGETS, TOWNS, WALLS, small

SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("name", WALLS)
def test_each_picture_is_a_full_screen_and_small(name: str) -> None:
    png = (FOLDER / f"{name}.png").read_bytes()
    assert png.startswith(SIGNATURE)
    assert struct.unpack(">II", png[16:24]) == (1920, 1080)
    assert len(png) <= 200_000


@pytest.mark.parametrize("name", [*TOWNS, *TARGETS, *QUESTIONS, *REPORTS])
def test_each_picture_of_a_page_is_as_wide_as_a_desk_and_small(name: str) -> None:
    png = (FOLDER / f"{name}.png").read_bytes()
    assert png.startswith(SIGNATURE)
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height >= DESK["height"]) == (DESK["width"], True)
    assert len(png) <= 200_000


def test_a_picture_keeps_its_colours() -> None:
    pixels = np.zeros((2, 3, 3), np.uint8)
    pixels[0, 1] = (179, 22, 31)
    png = small(pixels)
    start = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[start - 4 : start])
    lines = zlib.decompress(png[start + 4 : start + 4 + length])
    at = png.index(b"PLTE") + 4
    palette = [tuple(png[at : at + 3]), tuple(png[at + 3 : at + 6])]
    drawn = [palette[index] for line in (lines[1:4], lines[5:8]) for index in line]
    assert drawn == [tuple(int(part) for part in pixel) for pixel in pixels.reshape(-1, 3)]
