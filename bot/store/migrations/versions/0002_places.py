"""Topics of one group are places of their own; chats remember waits, closures and moves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.schema import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OLD_KEY = "uq_outbox_chat_id_alert_id_revision_kind"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as batch:
        batch.drop_constraint(_OLD_KEY, type_="unique")
        batch.add_column(sa.Column("left_at", UtcTime(), nullable=True))
        batch.add_column(sa.Column("watch_until", UtcTime(), nullable=True))
    op.create_index(
        "uq_outbox_place",
        "outbox",
        ["chat_id", sa.text("coalesce(thread_id, 0)"), "alert_id", "revision", "kind"],
        unique=True,
    )
    op.add_column(
        "message",
        sa.Column("thread_id", sa.BigInteger(), nullable=False, server_default="0"),
    )
    # Until now an alert had one place per chat, so its rows say which topic a message stands in.
    op.execute(
        "UPDATE message SET thread_id = coalesce((SELECT max(outbox.thread_id) FROM outbox "
        "WHERE outbox.chat_id = message.chat_id AND outbox.message_id = message.message_id), 0)"
    )
    op.create_table(
        "place",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("not_before", UtcTime(), nullable=True),
        sa.Column("closed", sa.String(length=100), nullable=True),
        sa.Column("moved_to", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", name=op.f("pk_place")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )


def downgrade() -> None:
    op.drop_table("lease")
    op.drop_table("place")
    op.drop_column("message", "thread_id")
    op.drop_index("uq_outbox_place", "outbox")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("watch_until")
        batch.drop_column("left_at")
        batch.create_unique_constraint(_OLD_KEY, ["chat_id", "alert_id", "revision", "kind"])
