"""Keep what a system itself says of being late, and find the questions that await their call.

Sources tell their verdict as they are read again; what stands has none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply the change."""
    op.add_column("ticket", sa.Column("told_late", sa.SmallInteger(), nullable=True))
    op.create_index(
        "ticket_awaits_call",
        "ticket",
        ["organisation", "received_at"],
        unique=False,
        sqlite_where=sa.text("call_id <> '' AND person IS NULL"),
        postgresql_where=sa.text("call_id <> '' AND person IS NULL"),
    )
