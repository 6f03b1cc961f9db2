"""The queue of outgoing messages: every state change is one durable transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import schema
from bot.store.rows import put
from bot.types import OutboxRow, OutboxState

#: Kinds that start a message of their own and carry the alert's identity in a chat.
ROOTS = ("new", "digest")


class SqlOutbox:
    """The Outbox port over SQL."""

    _engine: AsyncEngine
    _reading: AsyncEngine

    async def due_rows(self, now: datetime, limit: int) -> tuple[OutboxRow, ...]:
        """Return pending rows whose time has come, oldest first, at most one per chat."""
        t = schema.outbox
        busy = select(t.c.chat_id).where(t.c.state == OutboxState.SENDING.value)
        first = (
            select(func.min(t.c.id))
            .where(t.c.state == OutboxState.PENDING.value, t.c.chat_id.not_in(busy))
            .group_by(t.c.chat_id)
        )
        due = or_(t.c.not_before.is_(None), t.c.not_before <= now)
        return await self._rows(
            select(t).where(t.c.id.in_(first), due).order_by(t.c.id).limit(limit)
        )

    async def mark_sending(self, row_id: int, floor_message_id: int | None, now: datetime) -> None:
        """Commit that a row is about to leave."""
        attempts = schema.outbox.c.attempts + 1
        await self._set(
            row_id,
            state=OutboxState.SENDING.value,
            floor_message_id=floor_message_id,
            attempts=attempts,
        )

    async def mark_sent(self, row_id: int, message_id: int | None, now: datetime) -> None:
        """Record acceptance."""
        t = schema.outbox
        async with self._engine.begin() as connection:
            await connection.execute(
                update(t)
                .where(t.c.id == row_id)
                .values(state=OutboxState.SENT.value, message_id=message_id, error=None)
            )
            row = (await connection.execute(select(t).where(t.c.id == row_id))).one()
            if message_id is not None and row.kind != "edit":
                await put(
                    connection,
                    schema.message,
                    chat_id=row.chat_id,
                    message_id=message_id,
                    alert_id=row.alert_id,
                    kind=row.kind,
                    sent_at=now,
                )

    async def mark_retry(self, row_id: int, not_before: datetime, error: str) -> None:
        """Put a row back to pending; it was certainly not accepted."""
        await self._set(
            row_id, state=OutboxState.PENDING.value, not_before=not_before, error=error[:300]
        )

    async def mark_uncertain(self, row_id: int, error: str) -> None:
        """Record that nobody knows whether a row was accepted."""
        await self._set(row_id, state=OutboxState.UNCERTAIN.value, error=error[:300])

    async def mark_dead(self, row_id: int, error: str) -> None:
        """Give a row up for a permanent, named reason."""
        await self._set(row_id, state=OutboxState.DEAD.value, error=error[:300])

    async def message_of(self, chat_id: int, alert_id: str) -> int | None:
        """Return the id of the newest root message of an alert in a chat."""
        t = schema.message
        return await self._scalar(
            select(func.max(t.c.message_id)).where(
                t.c.chat_id == chat_id, t.c.alert_id == alert_id, t.c.kind.in_(ROOTS)
            )
        )

    async def last_message_id(self, chat_id: int) -> int | None:
        """Return the highest message id known in a chat."""
        t = schema.message
        return await self._scalar(select(func.max(t.c.message_id)).where(t.c.chat_id == chat_id))

    async def replace_chat(self, old: int, new: int) -> None:
        """Move a chat's waiting rows to its new id; ids of old messages do not carry over."""
        t = schema.outbox
        async with self._engine.begin() as connection:
            await connection.execute(
                update(t)
                .where(t.c.chat_id == old, t.c.state != OutboxState.SENT.value)
                .values(chat_id=new)
            )

    async def unsettled_rows(self) -> tuple[OutboxRow, ...]:
        """Return rows left in `sending` or `uncertain`."""
        t = schema.outbox
        states = (OutboxState.SENDING.value, OutboxState.UNCERTAIN.value)
        return await self._rows(select(t).where(t.c.state.in_(states)).order_by(t.c.id))

    async def open_rows(self) -> int:
        """Return how many rows are pending or being sent."""
        t = schema.outbox
        states = (OutboxState.PENDING.value, OutboxState.SENDING.value)
        return await self._scalar(select(func.count()).where(t.c.state.in_(states))) or 0

    async def _set(self, row_id: int, **values: Any) -> None:
        t = schema.outbox
        async with self._engine.begin() as connection:
            await connection.execute(update(t).where(t.c.id == row_id).values(**values))

    async def _rows(self, query: Any) -> tuple[OutboxRow, ...]:
        async with self._reading.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(OutboxRow(**{**row, "state": OutboxState(row["state"])}) for row in rows)

    async def _scalar(self, query: Any) -> int | None:
        async with self._reading.connect() as connection:
            found: int | None = await connection.scalar(query)
        return found
