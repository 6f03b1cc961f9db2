"""First schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.schema import UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("conflict", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("number", name=op.f("uq_alert_number")),
    )
    op.create_index(op.f("ix_alert_event_id"), "alert", ["event_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("conflict", sa.String(length=100), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_entry_id"), "claim", ["entry_id"], unique=False)
    op.create_table(
        "conflict",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("next_event", sa.Integer(), nullable=False),
        sa.Column("ceasefire", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    op.create_table(
        "copy_group",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_group")),
    )
    op.create_index(op.f("ix_copy_group_at"), "copy_group", ["at"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("alert_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_alert_id"), "decision", ["alert_id"], unique=False)
    op.create_index(op.f("ix_decision_entry_id"), "decision", ["entry_id"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("url_key", sa.String(length=2000), nullable=False),
        sa.Column("guid_key", sa.String(length=700), nullable=False),
        sa.Column("content_key", sa.String(length=200), nullable=False),
        sa.Column("outlet", sa.String(length=100), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_content_key"), "entry", ["content_key"], unique=False)
    op.create_index(op.f("ix_entry_guid_key"), "entry", ["guid_key"], unique=False)
    op.create_index(op.f("ix_entry_seen_at"), "entry", ["seen_at"], unique=False)
    op.create_index(op.f("ix_entry_url_key"), "entry", ["url_key"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("conflict", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcTime(), nullable=False),
        sa.Column("alert_id", sa.String(length=40), nullable=True),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_alert_id"), "event", ["alert_id"], unique=False)
    op.create_index("ix_event_conflict_last_at", "event", ["conflict", "last_at"], unique=False)
    op.create_table(
        "feed",
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feed")),
    )
    op.create_table(
        "message",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("alert_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_alert_id"), "message", ["alert_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("alert_id", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("not_before", UtcTime(), nullable=True),
        sa.Column("floor_message_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint(
            "chat_id",
            "alert_id",
            "revision",
            "kind",
            name=op.f("uq_outbox_chat_id_alert_id_revision_kind"),
        ),
    )
    op.create_index("ix_outbox_state_chat_id", "outbox", ["state", "chat_id"], unique=False)
    op.create_table(
        "status_change",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("conflict", sa.String(length=100), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_change")),
    )
    op.create_index(op.f("ix_status_change_conflict"), "status_change", ["conflict"], unique=False)


def downgrade() -> None:
    op.drop_table("alert")
    op.drop_table("claim")
    op.drop_table("conflict")
    op.drop_table("copy_group")
    op.drop_table("decision")
    op.drop_table("entry")
    op.drop_table("event")
    op.drop_table("feed")
    op.drop_table("message")
    op.drop_table("outbox")
    op.drop_table("status_change")
