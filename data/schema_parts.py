"""What tables share: their metadata, the key of a fact, and columns that are filled in later."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, String, text

metadata = MetaData()

LATER = {"later": True}
"""Marks a column that no source tells: an upsert leaves it as it stands."""


def key_columns() -> list[Column[int] | Column[str]]:
    """Return the columns that are the key of every fact."""
    return [
        Column("organisation", Integer, primary_key=True, autoincrement=False),
        Column("source", Integer, primary_key=True, autoincrement=False),
        Column("key", String(200), primary_key=True),
    ]


def where_known(name: str, column: str) -> Index:
    """Index a column that most rows leave empty, without those rows."""
    known = text(f"{column} IS NOT NULL")
    return Index(name, "organisation", column, sqlite_where=known, postgresql_where=known)
