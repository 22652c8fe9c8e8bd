"""The tables. Every key begins with the organisation; times are integer UTC epoch seconds."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from data.codes import Happening

metadata = MetaData()

LATER = {"later": True}
"""Marks a column that no source tells: an upsert leaves it as it stands."""


def _key() -> list[Column[int] | Column[str]]:
    return [
        Column("organisation", Integer, primary_key=True, autoincrement=False),
        Column("source", Integer, primary_key=True, autoincrement=False),
        Column("key", String(200), primary_key=True),
    ]


def _where_known(name: str, column: str) -> Index:
    """Index a column that most rows leave empty, without those rows."""
    known = text(f"{column} IS NOT NULL")
    return Index(name, "organisation", column, sqlite_where=known, postgresql_where=known)


call = Table(
    "call",
    metadata,
    *_key(),
    Column("version", BigInteger, nullable=False),
    Column("arrived_at", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),
    Column("slot", SmallInteger, nullable=False),
    Column("open", SmallInteger, nullable=False),
    Column("wachtrij", String(100), nullable=False),
    Column("afdeling", String(100), nullable=False),
    Column("gemeente", String(100), nullable=False),
    Column("outcome", SmallInteger),
    Column("exit", SmallInteger),
    Column("wait_s", Integer),
    Column("talk_s", Integer),
    Column("left_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("transferred", SmallInteger, nullable=False),
    Column("caller", BigInteger),
    Column("answer_norm_s", Integer, nullable=False),
    Column("short_s", Integer, nullable=False),
    Index("call_arrived", "organisation", "arrived_at"),
)

ticket = Table(
    "ticket",
    metadata,
    *_key(),
    Column("version", BigInteger, nullable=False),
    # what its source tells, in the order of ingest.records.Ticket
    Column("received_at", BigInteger, nullable=False),
    Column("told_due_at", BigInteger),
    Column("closed_at", BigInteger),
    Column("kanaal", String(100), nullable=False),
    Column("told_onderwerp", String(200), nullable=False),
    Column("told_afdeling", String(100), nullable=False),
    Column("gemeente", String(100), nullable=False),
    Column("told_soort", String(100), nullable=False),
    Column("told_complexity", SmallInteger, nullable=False),
    Column("told_handler", SmallInteger, nullable=False),
    Column("told_person", BigInteger),
    Column("call_id", String(100), nullable=False),
    Column("counts_from", Integer),
    Column("longer", SmallInteger, nullable=False),
    Column("life", BigInteger, nullable=False),
    # what the municipality's own rules make of it, in the order of ingest.life.Stamped
    Column("day", Integer, nullable=False),
    Column("onderwerp", String(200), nullable=False),
    Column("afdeling", String(100), nullable=False),
    Column("soort", String(100), nullable=False),
    Column("complexity", SmallInteger, nullable=False),
    Column("handler", SmallInteger, nullable=False),
    Column("answered_at", BigInteger),
    Column("answered_day", Integer),
    Column("reopened", SmallInteger, nullable=False),
    Column("werkdagen", Integer),
    Column("rule", String(50), nullable=False),
    Column("rule_version", BigInteger, nullable=False),
    Column("first_due_at", BigInteger),
    Column("due_at", BigInteger),
    Column("term_at", BigInteger),
    Column("term_day", Integer),
    Column("confirmed_at", BigInteger),
    Column("confirm_due_at", BigInteger),
    Column("confirm_day", Integer),
    Column("contact_at", BigInteger),
    Column("contact_due_at", BigInteger),
    Column("contact_day", Integer),
    Column("direction_at", BigInteger),
    Column("direction_due_at", BigInteger),
    Column("direction_day", Integer),
    # what other rows make of it; filled in after the row is written
    Column("person", BigInteger, info=LATER),
    Column("repeated", SmallInteger, info=LATER),
    Index("ticket_received", "organisation", "received_at"),
    Index("ticket_open", "organisation", "answered_at", "due_at"),
    _where_known("ticket_term", "term_at"),
    _where_known("ticket_confirm", "confirm_due_at"),
    _where_known("ticket_contact", "contact_due_at"),
    _where_known("ticket_direction", "direction_due_at"),
    _where_known("ticket_person", "person"),
)

REOPENED = text(f"kind = {Happening.HEROPEND:d}")
clock_event = Table(
    "clock_event",
    metadata,
    *_key(),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("kind", SmallInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("until", BigInteger),
    Index(
        "clock_event_reopened",
        *("organisation", "until"),
        sqlite_where=REOPENED,
        postgresql_where=REOPENED,
    ),
)
"""What happened to a ticket, in order; `key` is the ticket's."""

staffing = Table(
    "staffing",
    metadata,
    *_key(),
    Column("version", BigInteger, nullable=False),
    Column("token", BigInteger, nullable=False),
    Column("wachtrij", String(100), nullable=False),
    Column("presence", SmallInteger, nullable=False),
    Column("begins_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger),
    Index("staffing_begins", "organisation", "begins_at"),
)

source = Table(
    "source",
    metadata,
    Column("organisation", Integer, primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("naam", String(100), nullable=False),
    Column("soort", String(50), nullable=False),
    Column("feeds", String(100), nullable=False),
    Column("interval_s", Integer, nullable=False, server_default="5"),
    Column("cursor", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("earliest", BigInteger),
    Column("newest", BigInteger),
    Column("checked_at", BigInteger),
    Column("error", Text, nullable=False),
    Column("error_since", BigInteger),
    Column("configured", SmallInteger, nullable=False, server_default="1"),
    Index("source_name", "organisation", "naam", unique=True),
)

run = Table(
    "run",
    metadata,
    Column("organisation", Integer, primary_key=True, autoincrement=False),
    Column("source", Integer, primary_key=True, autoincrement=False),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("written", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Index("run_at", "organisation", "at"),
)

rejected = Table(
    "rejected",
    metadata,
    *_key(),
    Column("at", BigInteger, nullable=False),
    Column("place", String(300), nullable=False),
    Column("reason", Text, nullable=False),
)

day_version = Table(
    "day_version",
    metadata,
    Column("organisation", Integer, primary_key=True, autoincrement=False),
    Column("fact", String(20), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),
)

revision = Table(
    "revision",
    metadata,
    Column("organisation", Integer, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),
)

tally = Table(
    "tally",
    metadata,
    Column("organisation", Integer, primary_key=True, autoincrement=False),
    Column("fact", String(20), primary_key=True),
    Column("rollup", String(100), primary_key=True),
    Column("grain", String(10), primary_key=True),
    Column("begins", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

stamp = Table(
    "stamp",
    metadata,
    Column("organisation", Integer, primary_key=True, autoincrement=False),
    Column("name", String(20), primary_key=True),
    Column("fingerprint", BigInteger, nullable=False),
)

FACT_DAYS: dict[str, dict[str, str]] = {
    "call": {"gesprek": "day"},
    "ticket": {
        "vraag": "day",
        "termijn": "term_day",
        "bevestiging": "confirm_day",
        "contactpersoon": "contact_day",
        "richting": "direction_day",
        "antwoord": "answered_day",
    },
    "staffing": {},
}
"""Table -> fact -> the column that holds the local day (proleptic ordinal) of that fact."""
