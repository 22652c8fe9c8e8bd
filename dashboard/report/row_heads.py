"""Gives the rows of the tables in a PDF their heads, which Typst cannot yet do by itself.

Then a screen reader says of each field its row too. Columns keep the heads that Typst gave them.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf
from pikepdf import open as opened

Element = Object


def with_row_heads(pdf: bytes) -> bytes:
    """Return a PDF in which the first field of each row of a table is a head of that row."""
    with opened(BytesIO(pdf)) as file:
        for body in _found(file.Root[Name.StructTreeRoot], Name.TBody):
            for row in _found(body, Name.TR):
                _named(row)
        return _written(file)


def _written(file: Pdf) -> bytes:
    made = BytesIO()
    file.save(made, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return made.getvalue()


def _found(element: Element, kind: Name) -> Iterator[Element]:
    """Yield the elements of a kind within another, none within one that was found."""
    for child in _children(element):
        if child.get(Name.S) == kind:
            yield child
        else:
            yield from _found(child, kind)


def _children(element: Element) -> list[Element]:
    kids = element.get(Name.K, Array())
    every = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in every if isinstance(kid, Dictionary) and Name.S in kid]


def _named(row: Element) -> None:
    """Name a row by its first field; the other fields find both their heads by scope."""
    first, *others = _children(row)
    first.S = Name.TH
    first.A = Array([Dictionary(O=Name.Table, Scope=Name.Row)])
    for field in others:
        if Name.A in field:
            del field.A
