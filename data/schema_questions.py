"""The tables of questions: what is told, what rules make of it, and what happened in between."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, String, Table, text

from data.codes import Happening
from data.schema_parts import LATER, key_columns, metadata, where_known

AWAITS_CALL = text("call_id <> '' AND person IS NULL")
"""It names the call in which it was asked, and that call is not there (yet)."""

ticket = Table(
    "ticket",
    metadata,
    *key_columns(),
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
    Column("told_late", SmallInteger),
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
    where_known("ticket_term", "term_at"),
    where_known("ticket_confirm", "confirm_due_at"),
    where_known("ticket_contact", "contact_due_at"),
    where_known("ticket_direction", "direction_due_at"),
    where_known("ticket_person", "person"),
    Index(
        "ticket_awaits_call",
        *("organisation", "received_at"),
        sqlite_where=AWAITS_CALL,
        postgresql_where=AWAITS_CALL,
    ),
)

REOPENED = text(f"kind = {Happening.HEROPEND:d}")
clock_event = Table(
    "clock_event",
    metadata,
    *key_columns(),
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

seen = Table("seen", metadata, *key_columns())
"""The tickets that a sweep through a source has come by so far."""
