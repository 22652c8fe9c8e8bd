"""The tables. Every key begins with the organisation; times are integer UTC epoch seconds."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
)

from data.schema_parts import key_columns, metadata
from data.schema_questions import clock_event, seen, ticket
from data.schema_reports import report, report_file, report_note, report_step

__all__ = [
    "FACT_DAYS",
    "call",
    "clock_event",
    "day_version",
    "metadata",
    "rejected",
    "report",
    "report_file",
    "report_note",
    "report_step",
    "revision",
    "run",
    "seen",
    "source",
    "staffing",
    "stamp",
    "tally",
    "ticket",
    "transition",
]

call = Table(
    "call",
    metadata,
    *key_columns(),
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

staffing = Table(
    "staffing",
    metadata,
    *key_columns(),
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
    *key_columns(),
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

transition = Table(
    "transition",
    metadata,
    Column("organisation", Integer, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("wand", String(50), nullable=False),
    Column("maatstaf", String(150), nullable=False),
    Column("voor", String(20), nullable=False),
    Column("na", String(20), nullable=False),
    Column("waarde", Float),
    Column("regel", String(200), nullable=False),
    Index("transition_at", "organisation", "at"),
)
"""When the state of something on a wall changed; `id` is the order in which that was told."""

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
