"""What an operator settles in the outbox by hand; each change asks first how the row stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.ports import POSTS_EXPIRE
from bot.store import schema
from bot.store.outbox import SAID_IN, SqlOutbox, rows_where
from bot.store.saving import UNREAD
from bot.types import OutboxRow, OutboxState

#: Rows that were given up are listed so long.
LISTED = timedelta(days=7)
DROPPED = "dropped_by_operator"
#: Such rows were given up for good reason; nothing of them is missing in a chat.
_IN_ORDER = (f"{SAID_IN} %", UNREAD, DROPPED)


class SettlingOutbox(SqlOutbox):
    """The outbox as an operator works on it."""

    async def troubled_rows(self, now: datetime) -> tuple[OutboxRow, ...]:
        """Return the rows in doubt, and those given up lately that readers miss."""
        t = schema.outbox
        in_order = or_(*(t.c.error.like(words) for words in _IN_ORDER))
        dead = (t.c.state == OutboxState.DEAD.value) & (t.c.created_at > now - LISTED) & ~in_order
        doubt = t.c.state == OutboxState.UNCERTAIN.value
        # One that is being sent this moment is no trouble yet.
        stuck = (t.c.state == OutboxState.SENDING.value) & (
            t.c.left_at < now - timedelta(minutes=1)
        )
        async with self._looking() as connection:
            return await rows_where(connection, or_(dead, doubt, stuck))

    async def settle_as_sent(self, row_id: int, message_id: int, now: datetime) -> OutboxRow:
        """Record that a row in doubt stands in its chat.

        Raises:
            StoreError: the row is not in doubt, or the message is another one.
        """
        m = schema.message
        async with self._settling(row_id) as (connection, row):
            _require_doubt(row)
            if message_id <= 0:
                raise StoreError(f"outbox: {message_id}: is no message id; it is a whole number")
            other = await connection.scalar(
                select(m.c.alert_id).where(m.c.chat_id == row.chat_id, m.c.message_id == message_id)
            )
            if other is not None:
                raise StoreError(
                    f"outbox: message {message_id} of chat {row.chat_id} is known already, as one "
                    f"of {other}; look again which message says what row {row.id} says"
                )
            await self._note_sent(connection, row, message_id, now, None)
        return row

    async def settle_for_again(self, row_id: int, now: datetime) -> OutboxRow:
        """Let a row in doubt, or one given up, leave again.

        Raises:
            StoreError: nothing is missing, or it would be given up once more.
        """
        async with self._settling(row_id) as (connection, row):
            if row.state is OutboxState.DEAD:
                _require_missing(row)
            else:
                _require_doubt(row)
            if now - row.created_at > POSTS_EXPIRE:
                raise StoreError(
                    f"outbox: row {row_id} was decided {row.created_at:%Y-%m-%d %H:%M} UTC; a post "
                    f"older than {POSTS_EXPIRE // timedelta(hours=1)} hours is given up. "
                    "`outbox drop` settles it."
                )
            values = {"state": OutboxState.PENDING.value, "not_before": None, "error": None}
            await _change(connection, row_id, attempts=0, **values)
        return row

    async def settle_as_dropped(self, row_id: int) -> OutboxRow:
        """Give a row in doubt up.

        Raises:
            StoreError: the row is not in doubt.
        """
        async with self._settling(row_id) as (connection, row):
            _require_doubt(row)
            await _change(connection, row_id, state=OutboxState.DEAD.value, error=DROPPED)
        return row

    @asynccontextmanager
    async def _settling(self, row_id: int) -> AsyncIterator[tuple[AsyncConnection, OutboxRow]]:
        async with self._writing() as connection:
            t = schema.outbox
            # Locked, so that the sender cannot change it between our question and our answer.
            await connection.execute(select(t.c.id).where(t.c.id == row_id).with_for_update())
            found = await rows_where(connection, t.c.id == row_id)
            if not found:
                raise StoreError(
                    f"outbox: there is no row {row_id}; `python -m bot outbox` lists them"
                )
            yield connection, found[0]


async def _change(connection: AsyncConnection, row_id: int, **values: Any) -> None:
    t = schema.outbox
    await connection.execute(update(t).where(t.c.id == row_id).values(**values))


def _require_doubt(row: OutboxRow) -> None:
    if row.state is OutboxState.UNCERTAIN:
        return
    why = {
        OutboxState.SENT: f"has been sent, as message {row.message_id}",
        OutboxState.PENDING: "still waits to leave; nothing of it is in doubt",
        OutboxState.SENDING: "is being sent; a running bot settles it within a minute, and one "
        "that was killed when it starts again",
        OutboxState.DEAD: f"was given up ({row.error}); `outbox resend` lets it leave again",
    }[row.state]
    raise StoreError(f"outbox: row {row.id} {why}")


def _require_missing(row: OutboxRow) -> None:
    reason = row.error or ""
    if reason.startswith(SAID_IN):
        raise StoreError(f"outbox: row {row.id}: what it says was {reason}")
    if reason == UNREAD:
        raise StoreError(f"outbox: row {row.id}: its report was withdrawn before it was posted")
