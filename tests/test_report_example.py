"""The example report in docs/voorbeeld/ is what the code makes, and its pictures show its pages."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest

from dashboard.report.files import files_of
from metrics.published.edition import Rendered
from tests.report_example import FOLDER, PPI, edition

A4_INCH = (8.268, 11.693)
FILES = {file.name: file for file in files_of(edition())}
PDF = next(file for name, file in FILES.items() if name.endswith(".pdf"))


def parts(content: bytes) -> dict[str, bytes]:
    """What is packed in a workbook."""
    with ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_a_file_of_the_example_is_what_the_code_makes(file: Rendered) -> None:
    stored = (FOLDER / file.name).read_bytes()
    if file.compared is None:
        assert stored == file.content, "run: make example"
    else:
        assert parts(stored) == parts(file.content), "run: make example"


def test_each_page_of_the_example_has_a_small_picture_and_nothing_else_is_there() -> None:
    with pikepdf.open(BytesIO(PDF.content)) as opened:
        number = len(opened.pages)
    pictures = [f"pagina-{at:02d}.png" for at in range(1, number + 1)]
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted([*FILES, *pictures])
    for name in pictures:
        png = (FOLDER / name).read_bytes()
        size = struct.unpack(">II", png[16:24])
        assert size == pytest.approx([side * PPI for side in A4_INCH], abs=1.5)
        assert len(png) < 80_000
