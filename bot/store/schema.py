"""The tables, for SQLite and PostgreSQL alike.

Whole records stand as JSON beside the columns that are searched. Times are stored as UTC and
come back aware; naive ones are refused. A change here needs a migration.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    func,
)
from sqlalchemy.engine import Dialect


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite drops zones, so they are put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value!r}: give it a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Return aware UTC."""
        if value is None:
            return None
        aware: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

feed = Table(
    "feed",
    metadata,
    Column("url", String(2000), primary_key=True),
    Column("record", JSON, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("url_key", String(2000), nullable=False, index=True),
    Column("guid_key", String(700), nullable=False, index=True),
    Column("content_key", String(200), nullable=False, index=True),
    Column("outlet", String(100), nullable=False),
    Column("seen_at", UtcTime, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("record", JSON, nullable=False),
)

claim = Table(
    "claim",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("entry_id", String(64), nullable=False, index=True),
    Column("conflict", String(100), nullable=True),
    Column("at", UtcTime, nullable=False),
    Column("record", JSON, nullable=False),
    Index("ix_claim_conflict_at", "conflict", "at"),
)

event = Table(
    "event",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("conflict", String(100), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("number", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
    Column("alert_id", String(40), nullable=True, index=True),
    Column("record", JSON, nullable=False),
    Index("ix_event_conflict_last_at", "conflict", "last_at"),
)

conflict = Table(
    "conflict",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("next_event", Integer, nullable=False),
    Column("ceasefire", JSON, nullable=False),
)

status_change = Table(
    "status_change",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("conflict", String(100), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("record", JSON, nullable=False),
)

copy_group = Table(
    "copy_group",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("record", JSON, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("entry_id", String(64), nullable=False, index=True),
    Column("alert_id", String(40), nullable=True, index=True),
    Column("at", UtcTime, nullable=False),
    Column("record", JSON, nullable=False),
)

alert = Table(
    "alert",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("event_id", String(200), nullable=False, index=True),
    Column("conflict", String(100), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("text", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=True),
    Column("alert_id", String(40), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("not_before", UtcTime, nullable=True),
    Column("floor_message_id", BigInteger, nullable=True),
    Column("message_id", BigInteger, nullable=True),
    Column("error", String(300), nullable=True),
    Column("left_at", UtcTime, nullable=True),
    Column("watch_until", UtcTime, nullable=True),
    Index("ix_outbox_state_chat_id", "state", "chat_id"),
)
#: One message per place (chat and topic), alert, revision and kind. A missing topic counts as one.
Index(
    "uq_outbox_place",
    outbox.c.chat_id,
    func.coalesce(outbox.c.thread_id, 0),
    outbox.c.alert_id,
    outbox.c.revision,
    outbox.c.kind,
    unique=True,
)

message = Table(
    "message",
    metadata,
    Column("chat_id", BigInteger, primary_key=True),
    Column("message_id", BigInteger, primary_key=True),
    Column("alert_id", String(40), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("sent_at", UtcTime, nullable=False),
    Column("thread_id", BigInteger, nullable=False, server_default="0"),
)

#: Why nothing leaves for a chat or a topic of it, and where a chat has moved.
place = Table(
    "place",
    metadata,
    Column("chat_id", BigInteger, primary_key=True),
    Column("thread_id", BigInteger, primary_key=True),
    Column("not_before", UtcTime, nullable=True),
    Column("closed", String(100), nullable=True),
    Column("moved_to", BigInteger, nullable=True),
)

#: Who may send; one row, renewed while its holder lives.
lease = Table(
    "lease",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("holder", String(100), nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)
