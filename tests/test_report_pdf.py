"""The report as PDF: for everyone to read, for the archive to keep, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from pikepdf import Array, Dictionary, Name

from dashboard.report.build import report
from dashboard.report.document import Cell, Chart, Document, Heading, Mark, Table, number
from dashboard.report.letters import DRAWN, MISSING, drawable
from dashboard.report.typst_pdf import STANDARDS, columns_of, fonts, pdf
from dashboard.theme import themes
from tests.pdf_text import pages_of, squeezed
from tests.report_cast import FINAL
from tests.report_text import ALL, HOSTILE, texts_of
from tests.verapdf import validate

REPORTS = {name: report(edition) for name, edition in ALL.items()}
drawn = cache(pdf)
"""The PDF of a report, made once for all tests that look at it."""
FINISHED, HARD = REPORTS["vastgesteld"], REPORTS["vreemde tekens"]


def short(**changed: Any) -> Document:
    """A report of its front only."""
    return replace(FINISHED, **{"blocks": ()} | changed)


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element of the structure, in order of reading."""
    kids = node.get(Name.K, Array())
    for kid in list(kids) if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield kid
            yield from elements(kid)


def of_kind(node: pikepdf.Object, kind: str) -> list[pikepdf.Object]:
    """The elements of a kind."""
    return [one for one in elements(node) if f"/{kind}" == one.S]


@pytest.fixture(scope="module")
def finished() -> Iterator[pikepdf.Pdf]:
    """The established report, read back."""
    with pikepdf.open(BytesIO(drawn(FINISHED))) as opened:
        yield opened


def scopes(head: pikepdf.Object) -> list[str]:
    """What a head of a table belongs to."""
    return [str(found.Scope) for found in head.A if Name.Scope in found]


# ── for everyone ───────────────────────────────────────────────────────────────────────────


def test_it_is_dutch_and_shows_its_title(finished: pikepdf.Pdf) -> None:
    assert str(finished.Root.Lang) == "nl-NL"
    assert finished.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712 - a pikepdf object
    assert finished.Root.MarkInfo.Marked == True  # noqa: E712
    with finished.open_metadata() as metadata:
        assert metadata["dc:title"] == FINISHED.title
        assert metadata["dc:description"] == FINISHED.summary
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["xmp:CreateDate"] == "2026-11-06T07:00:00Z"


def test_bookmarks_follow_the_headings(finished: pikepdf.Pdf) -> None:
    with finished.open_outline() as outline:
        told = [(item.title, [child.title for child in item.children]) for item in outline.root]
    headings = [one for one in FINISHED.blocks if isinstance(one, Heading)]
    assert [title for title, _ in told] == [one.text for one in headings if one.level == 1]
    inner = [title for _, children in told for title in children]
    assert inner == [one.text for one in headings if one.level == 2]


def test_a_table_has_heads_for_its_columns_and_its_rows(finished: pikepdf.Pdf) -> None:
    tables = of_kind(finished.Root.StructTreeRoot, "Table")
    assert len(tables) == len(FINISHED.tables)
    for table, told in zip(tables, FINISHED.tables, strict=True):
        (head,), (body,) = of_kind(table, "THead"), of_kind(table, "TBody")
        columns = [scopes(one) for one in of_kind(head, "TH")]
        assert columns == [["/Column"]] * len(told.head)
        rows = [[str(cell.S) for cell in elements(row) if cell.S in ("/TH", "/TD")]
                for row in of_kind(body, "TR")]  # fmt: skip
        assert rows == [["/TH", *["/TD"] * (len(told.head) - 1)]] * len(told.rows)
        assert {tuple(scopes(one)) for one in of_kind(body, "TH")} == {("/Row",)}


def test_every_table_and_chart_has_its_caption(finished: pikepdf.Pdf) -> None:
    charts = [one for one in FINISHED.blocks if isinstance(one, Chart)]
    captions = of_kind(finished.Root.StructTreeRoot, "Caption")
    assert len(captions) == len(FINISHED.tables) + len(charts)


def test_the_text_of_a_chart_is_the_sentence_under_it(finished: pikepdf.Pdf) -> None:
    told = [one.alt for one in FINISHED.blocks if isinstance(one, Chart)]
    figures = of_kind(finished.Root.StructTreeRoot, "Figure")
    assert [str(one.Alt) for one in figures if Name.Alt in one] == told


def typefaces(opened: pikepdf.Pdf) -> set[str]:
    """The typefaces that are embedded, without the letters before their names."""
    found = (one for one in opened.objects if isinstance(one, Dictionary))
    names = (one.FontName for one in found if one.get(Name.Type) == Name.FontDescriptor)
    return {str(name).partition("+")[2] for name in names}


def test_only_our_own_typeface_is_used(finished: pikepdf.Pdf) -> None:
    assert typefaces(finished) == {"Figtree-Regular", "Figtree-SemiBold", "Figtree-Bold"}


# ── every report ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["concept", "gecorrigeerd", "vreemde tekens"])
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    document = REPORTS[name]
    assert drawn(document) == pdf(report(ALL[name]))


@pytest.mark.parametrize("theme", themes())
def test_each_theme_can_be_printed(theme: str) -> None:
    assert pdf(short(theme=theme)) != pdf(short(theme="neutraal")) or theme == "neutraal"


def test_a_theme_that_is_gone_stops_no_report() -> None:
    assert pdf(short(theme="weg")) == pdf(short(theme="neutraal"))


@pytest.mark.parametrize(
    ("document", "mark"),
    [(REPORTS["concept"], "CONCEPT"), (report(FINAL, replaced_by=2), "VERVANGEN")],
    ids=["concept", "replaced"],
)
def test_a_mark_is_on_every_page_as_text(document: Document, mark: str) -> None:
    pages = pages_of(drawn(document))
    assert len(pages) > 10
    assert all(page.count(mark) >= 2 for page in pages)  # once above it and once across it


def test_an_established_report_has_no_mark() -> None:
    told = "".join(pages_of(drawn(FINISHED)))
    assert "CONCEPT" not in told
    assert "VERVANGEN" not in told


def test_the_front_is_one_page_and_so_is_each_target() -> None:
    pages = pages_of(drawn(REPORTS["concept"]))
    assert squeezed(FINISHED.tables[0].rows[-1][0].text) in pages[0]
    titles = [one.text for one in FINISHED.blocks if isinstance(one, Heading) and one.level == 2]
    for page, title in enumerate(titles[:6], start=1):
        assert squeezed(title) in pages[page]


@pytest.mark.parametrize("name", REPORTS)
def test_every_text_of_a_report_is_in_its_pdf(name: str) -> None:
    told = running(REPORTS[name])
    said = (squeezed(drawable(text)) for text in texts_of(REPORTS[name])[3:])
    assert [text for text in said if text not in told] == []


def running(document: Document) -> str:
    """The text of all pages, without what stands above and under each of them."""
    mark = document.mark.value if document.mark else ""
    foot = squeezed(drawable(document.footer))
    head = f"{mark}{squeezed(drawable(document.organisation))}{mark}"
    pages = (page.removeprefix(head) for page in pages_of(drawn(document)))
    return "".join(page.partition(f"{foot}Pagina")[0] for page in pages)


def giving(table: Table) -> list[bool]:
    """Which columns may be narrower than what stands in them."""
    return [column["gives"] for column in columns_of(table)]


def test_long_columns_give_way_and_all_but_the_names_where_there_are_too_many() -> None:
    targets, recent = FINISHED.tables[:2]
    assert giving(targets) == [True, *[False] * 6, True]
    assert giving(recent) == [True, *[False] * 6]
    names = tuple(f"Een tamelijk lange naam {at}" for at in range(8))
    row = (Cell("Belastingen"), *[number("80%", 0.8)] * len(names))
    assert giving(Table("veel", "Veel", ("Afdeling", *names), (row,))) == [False, *[True] * 8]


# ── text stays text ────────────────────────────────────────────────────────────────────────


def test_letters_that_can_be_drawn_are_kept() -> None:
    text = "Één café in ’s-Gravenhage: € 1.234,50 – 50% ≥ 40% … “ja”\nen\u00a0verder"
    assert drawable(text) == text


@pytest.mark.parametrize("text", ["日本", "😀", "\x07", "\u202e", "\u200d", "Ж", "\ud800"])
def test_other_letters_become_a_sign(text: str) -> None:
    assert drawable(f"a{text}b") == f"a{MISSING * len(text)}b"


def test_an_accent_on_its_own_joins_its_letter() -> None:
    assert drawable("e\u0301e\u0301n\r\ntwee") == "één\ntwee"


def test_every_letter_that_is_kept_can_be_drawn() -> None:
    letters = "".join(chr(one) for first, last in DRAWN for one in range(first, last + 1)) + MISSING
    header = (("Kenmerk", letters),)
    assert pdf(short(header=header)).startswith(b"%PDF-1.7")


def test_signs_of_markup_are_text() -> None:
    assert running(HARD).count(squeezed(HOSTILE)) > 20


# ── veraPDF ────────────────────────────────────────────────────────────────────────────────

PLAIN = """
#set document(title: "Proef", date: datetime(year: 2026, month: 11, day: 6))
#set text(lang: "nl", font: "Figtree")
= Kop
Tekst.
"""
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


def compiled(source: str, **how: Any) -> bytes:
    """Compile a small source as it is."""
    return typst.compile(source.encode(), font_paths=fonts(), **how)


def without_alternative(made: bytes) -> bytes:
    """Take the text away from a drawing."""
    with pikepdf.open(BytesIO(made)) as opened:
        for figure in of_kind(opened.Root.StructTreeRoot, "Figure"):
            del figure.Alt
        saved = BytesIO()
        opened.save(saved)
    return saved.getvalue()


def skipping(made: bytes) -> bytes:
    """Make the second level of headings the third."""
    with pikepdf.open(BytesIO(made)) as opened:
        for heading in of_kind(opened.Root.StructTreeRoot, "H2"):
            heading.S = Name.H3
        saved = BytesIO()
        opened.save(saved)
    return saved.getvalue()


HEADINGS = (Heading("Een"), Heading("Twee", 2))


def sampled() -> Document:
    """A report with every kind of block, and with texts of every kind, on a few pages."""
    kinds = {type(one): one for one in HARD.blocks if not isinstance(one, Heading)}
    blocks = (*HEADINGS, *kinds.values())
    return replace(HARD, mark=Mark.CONCEPT, notices=(HOSTILE,), blocks=blocks)


def test_verapdf_passes_what_we_make_and_nothing_that_is_wrong(tmp_path: Path) -> None:
    chart = next(one for one in FINISHED.blocks if isinstance(one, Chart))
    small = pdf(short(header=(), blocks=(*HEADINGS, chart)))
    files = {
        "everything.pdf": pdf(sampled()),
        "small.pdf": small,
        "nothing.pdf": drawn(REPORTS["zonder gegevens"]),
        "untagged.pdf": compiled(PLAIN, pdf_tags=False),
        "silent.pdf": without_alternative(small),
        "skipping.pdf": skipping(small),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    found = validate(tmp_path / name for name in files)
    assert len(found) == 2 * len(files)
    assert found["everything.pdf", "ua1"].checks > 1000
    assert {key: verdict.broken for key, verdict in found.items() if verdict.broken} == {
        ("untagged.pdf", "ua1"): ("5-1", "6.2-1", "7.1-10", "7.1-11", "7.1-3"),
        ("untagged.pdf", "2a"): ("6.6.4-1", "6.7.2.2-1", "6.7.3.3-1"),
        ("silent.pdf", "ua1"): ("7.3-1",),
        ("skipping.pdf", "ua1"): ("7.4.2-1",),
    }


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        (PLAIN.replace("= Kop", "=== Kop"), "heading"),
        (PLAIN.replace('title: "Proef", ', ""), "title"),
        (f'{PLAIN}#image(bytes("{DRAWING}"), format: "svg")', "alt text"),
    ],
    ids=["skipped heading", "no title", "no alternative text"],
)
def test_typst_itself_refuses_what_cannot_be_read(source: str, complaint: str) -> None:
    assert compiled(PLAIN, pdf_standards=STANDARDS)
    with pytest.raises(typst.TypstError, match=complaint):
        compiled(source, pdf_standards=STANDARDS)
