"""Keep the life of a question: its clock events, its terms and who asked it.

Questions are read again from their sources; figures about calls stay as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply the change."""
    op.drop_table("ticket")
    op.execute("DELETE FROM tally WHERE fact IN ('vraag', 'termijn')")
    op.add_column(
        "source", sa.Column("interval_s", sa.Integer(), server_default="5", nullable=False)
    )
    op.execute("UPDATE source SET cursor = '{}' WHERE feeds LIKE '%vraag%'")
    op.create_table(
        "clock_event",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "source", "key", "n"),
    )
    op.create_index(
        "clock_event_reopened",
        "clock_event",
        ["organisation", "until"],
        unique=False,
        sqlite_where=sa.text("kind = 5"),
        postgresql_where=sa.text("kind = 5"),
    )
    op.create_table(
        "seen",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "source", "key"),
    )
    op.create_table(
        "ticket",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("told_due_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("kanaal", sa.String(length=100), nullable=False),
        sa.Column("told_onderwerp", sa.String(length=200), nullable=False),
        sa.Column("told_afdeling", sa.String(length=100), nullable=False),
        sa.Column("gemeente", sa.String(length=100), nullable=False),
        sa.Column("told_soort", sa.String(length=100), nullable=False),
        sa.Column("told_complexity", sa.SmallInteger(), nullable=False),
        sa.Column("told_handler", sa.SmallInteger(), nullable=False),
        sa.Column("told_person", sa.BigInteger(), nullable=True),
        sa.Column("call_id", sa.String(length=100), nullable=False),
        sa.Column("counts_from", sa.Integer(), nullable=True),
        sa.Column("longer", sa.SmallInteger(), nullable=False),
        sa.Column("life", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("onderwerp", sa.String(length=200), nullable=False),
        sa.Column("afdeling", sa.String(length=100), nullable=False),
        sa.Column("soort", sa.String(length=100), nullable=False),
        sa.Column("complexity", sa.SmallInteger(), nullable=False),
        sa.Column("handler", sa.SmallInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_day", sa.Integer(), nullable=True),
        sa.Column("reopened", sa.SmallInteger(), nullable=False),
        sa.Column("werkdagen", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=50), nullable=False),
        sa.Column("rule_version", sa.BigInteger(), nullable=False),
        sa.Column("first_due_at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("term_at", sa.BigInteger(), nullable=True),
        sa.Column("term_day", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("confirm_due_at", sa.BigInteger(), nullable=True),
        sa.Column("confirm_day", sa.Integer(), nullable=True),
        sa.Column("contact_at", sa.BigInteger(), nullable=True),
        sa.Column("contact_due_at", sa.BigInteger(), nullable=True),
        sa.Column("contact_day", sa.Integer(), nullable=True),
        sa.Column("direction_at", sa.BigInteger(), nullable=True),
        sa.Column("direction_due_at", sa.BigInteger(), nullable=True),
        sa.Column("direction_day", sa.Integer(), nullable=True),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("repeated", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "source", "key"),
    )
    op.create_index(
        "ticket_confirm",
        "ticket",
        ["organisation", "confirm_due_at"],
        unique=False,
        sqlite_where=sa.text("confirm_due_at IS NOT NULL"),
        postgresql_where=sa.text("confirm_due_at IS NOT NULL"),
    )
    op.create_index(
        "ticket_contact",
        "ticket",
        ["organisation", "contact_due_at"],
        unique=False,
        sqlite_where=sa.text("contact_due_at IS NOT NULL"),
        postgresql_where=sa.text("contact_due_at IS NOT NULL"),
    )
    op.create_index(
        "ticket_direction",
        "ticket",
        ["organisation", "direction_due_at"],
        unique=False,
        sqlite_where=sa.text("direction_due_at IS NOT NULL"),
        postgresql_where=sa.text("direction_due_at IS NOT NULL"),
    )
    op.create_index(
        "ticket_open", "ticket", ["organisation", "answered_at", "due_at"], unique=False
    )
    op.create_index(
        "ticket_person",
        "ticket",
        ["organisation", "person"],
        unique=False,
        sqlite_where=sa.text("person IS NOT NULL"),
        postgresql_where=sa.text("person IS NOT NULL"),
    )
    op.create_index("ticket_received", "ticket", ["organisation", "received_at"], unique=False)
    op.create_index(
        "ticket_term",
        "ticket",
        ["organisation", "term_at"],
        unique=False,
        sqlite_where=sa.text("term_at IS NOT NULL"),
        postgresql_where=sa.text("term_at IS NOT NULL"),
    )
