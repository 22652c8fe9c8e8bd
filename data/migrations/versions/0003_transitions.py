"""Keep when the state of something on a wall changed, so that a wall can tell how it came to it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "transition",
        sa.Column("organisation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("wand", sa.String(length=50), nullable=False),
        sa.Column("maatstaf", sa.String(length=150), nullable=False),
        sa.Column("voor", sa.String(length=20), nullable=False),
        sa.Column("na", sa.String(length=20), nullable=False),
        sa.Column("waarde", sa.Float(), nullable=True),
        sa.Column("regel", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id"),
    )
    op.create_index("transition_at", "transition", ["organisation", "at"], unique=False)
