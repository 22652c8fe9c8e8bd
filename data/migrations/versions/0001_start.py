"""Create the first tables: facts, sources and their runs, versions, tallies."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "call",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), nullable=False),
        sa.Column("open", sa.SmallInteger(), nullable=False),
        sa.Column("wachtrij", sa.String(length=100), nullable=False),
        sa.Column("afdeling", sa.String(length=100), nullable=False),
        sa.Column("gemeente", sa.String(length=100), nullable=False),
        sa.Column("outcome", sa.SmallInteger(), nullable=True),
        sa.Column("exit", sa.SmallInteger(), nullable=True),
        sa.Column("wait_s", sa.Integer(), nullable=True),
        sa.Column("talk_s", sa.Integer(), nullable=True),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("transferred", sa.SmallInteger(), nullable=False),
        sa.Column("caller", sa.BigInteger(), nullable=True),
        sa.Column("answer_norm_s", sa.Integer(), nullable=False),
        sa.Column("short_s", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "source", "key"),
    )
    op.create_index("call_arrived", "call", ["organisation", "arrived_at"], unique=False)
    op.create_table(
        "day_version",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fact", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "fact", "day"),
    )
    op.create_table(
        "rejected",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "source", "key"),
    )
    op.create_table(
        "revision",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation"),
    )
    op.create_table(
        "run",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "source", "version"),
    )
    op.create_index("run_at", "run", ["organisation", "at"], unique=False)
    op.create_table(
        "source",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("naam", sa.String(length=100), nullable=False),
        sa.Column("soort", sa.String(length=50), nullable=False),
        sa.Column("feeds", sa.String(length=100), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("earliest", sa.BigInteger(), nullable=True),
        sa.Column("newest", sa.BigInteger(), nullable=True),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("error_since", sa.BigInteger(), nullable=True),
        sa.Column("configured", sa.SmallInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id"),
    )
    op.create_index("source_name", "source", ["organisation", "naam"], unique=True)
    op.create_table(
        "staffing",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("wachtrij", sa.String(length=100), nullable=False),
        sa.Column("presence", sa.SmallInteger(), nullable=False),
        sa.Column("begins_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "source", "key"),
    )
    op.create_index("staffing_begins", "staffing", ["organisation", "begins_at"], unique=False)
    op.create_table(
        "stamp",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("fingerprint", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "name"),
    )
    op.create_table(
        "tally",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fact", sa.String(length=20), nullable=False),
        sa.Column("rollup", sa.String(length=100), nullable=False),
        sa.Column("grain", sa.String(length=10), nullable=False),
        sa.Column("begins", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "fact", "rollup", "grain", "begins"),
    )
    op.create_table(
        "ticket",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("kanaal", sa.String(length=100), nullable=False),
        sa.Column("onderwerp", sa.String(length=200), nullable=False),
        sa.Column("afdeling", sa.String(length=100), nullable=False),
        sa.Column("gemeente", sa.String(length=100), nullable=False),
        sa.Column("complexity", sa.SmallInteger(), nullable=False),
        sa.Column("handler", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "source", "key"),
    )
    op.create_index("ticket_due", "ticket", ["organisation", "due_at"], unique=False)
    op.create_index("ticket_received", "ticket", ["organisation", "received_at"], unique=False)
