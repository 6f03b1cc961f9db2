"""Claims are found by conflict and time, as /toll asks for them."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_claim_conflict_at", "claim", ["conflict", "at"])


def downgrade() -> None:
    op.drop_index("ix_claim_conflict_at", "claim")
