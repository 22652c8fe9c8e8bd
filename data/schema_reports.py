"""The tables of reports that are frozen. Rows are written once, and never changed or removed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, Text

from data.schema_parts import metadata


def _version_key() -> list[Column[int] | Column[str]]:
    return [
        Column("organisation", Integer, primary_key=True, autoincrement=False),
        Column("period", String(10), primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
    ]


report = Table(
    "report",
    metadata,
    *_version_key(),
    Column("made_at", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("snapshot", LargeBinary, nullable=False),
    Column("seals", LargeBinary, nullable=False),
    Column("erratum", LargeBinary),
)
"""A version: its snapshot as bytes with their hash, a seal per value, why it replaces another."""

report_step = Table(
    "report_step",
    metadata,
    *_version_key(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(40), nullable=False),
    Column("person", String(100), nullable=False),
    Column("role", String(100), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("content", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)
"""Who took a version to a state: the hash of what was signed, and the seal of the step."""

report_note = Table(
    "report_note",
    metadata,
    *_version_key(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("about", String(50), nullable=False),
    Column("text", Text, nullable=False),
    Column("role", String(100), nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""What a person wrote; of several about one thing the last counts, an empty one withdraws it."""

report_file = Table(
    "report_file",
    metadata,
    *_version_key(),
    Column("name", String(100), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("compared", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""A file as it was when its version was established, in the order in which it is offered."""
