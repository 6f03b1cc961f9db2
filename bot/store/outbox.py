"""The queue of outgoing messages: every state change is one durable transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StoreError
from bot.ports import FOLLOWERS
from bot.store import schema
from bot.store.queueing import URGENT, WHOLE, Waiting, departures
from bot.store.rows import put, put_once
from bot.types import OutboxRow, OutboxState

#: Kinds that start a message of their own and carry the alert's identity in a chat.
ROOTS = ("new",)
_OPEN = tuple(s.value for s in (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNCERTAIN))
_UNSETTLED = (OutboxState.SENDING.value, OutboxState.UNCERTAIN.value)


#: In a row of which another one, by its number, says the words.
SAID_IN = "said in row"


class SqlOutbox:
    """The Outbox port over SQL. Every failure of the database is a StoreError."""

    _engine: AsyncEngine
    _reading: AsyncEngine

    async def due_rows(self, now: datetime, limit: int) -> tuple[OutboxRow, ...]:
        """Return the pending rows that may leave at `now`, at most one per chat."""
        t, p = schema.outbox, schema.place
        columns = (t.c.id, t.c.chat_id, t.c.thread_id, t.c.alert_id, t.c.kind, t.c.state)
        async with self._looking() as connection:
            found = await connection.execute(
                select(*columns, t.c.not_before).where(t.c.state.in_(_OPEN))
            )
            waiting = [
                Waiting(**{**row, "state": OutboxState(row["state"])}) for row in found.mappings()
            ]
            shut = await connection.execute(
                select(p.c.chat_id, p.c.thread_id, p.c.not_before).where(p.c.not_before > now)
            )
            ids = departures(waiting, now, {(c, thread): until for c, thread, until in shut})
            return await rows_where(connection, t.c.id.in_(ids[:limit]))

    async def mark_sending(
        self, row_id: int, floor_message_id: int | None, now: datetime
    ) -> OutboxRow | None:
        """Commit that a row is about to leave; return it as it stands, None: it waits no more.

        Its words may have changed since it was looked at; those returned are the ones to send.
        One that may stand there already keeps its floor, above which each of its copies lies.
        """
        t = schema.outbox
        async with self._writing() as connection:
            moved = await connection.execute(
                update(t)
                .where(t.c.id == row_id, t.c.state == OutboxState.PENDING.value)
                .values(
                    state=OutboxState.SENDING.value,
                    floor_message_id=case(
                        (t.c.watch_until.is_(None), floor_message_id), else_=t.c.floor_message_id
                    ),
                    attempts=t.c.attempts + 1,
                    left_at=now,
                )
            )
            if not moved.rowcount:
                return None
            (row,) = await rows_where(connection, t.c.id == row_id)
        return row

    async def mark_sent(
        self,
        row_id: int,
        message_id: int | None,
        now: datetime,
        *,
        watch_until: datetime | None = None,
    ) -> None:
        """Record acceptance; the chat takes messages, whatever was known of it before."""
        t = schema.outbox
        async with self._writing() as connection:
            found = await rows_where(connection, t.c.id == row_id, t.c.state.in_(_OPEN))
            for row in found:  # none where an operator has settled it meanwhile
                await self._note_sent(connection, row, message_id, now, watch_until)

    async def _note_sent(
        self,
        connection: AsyncConnection,
        row: OutboxRow,
        message_id: int | None,
        now: datetime,
        watch_until: datetime | None,
    ) -> None:
        t, p = schema.outbox, schema.place
        values = {"state": OutboxState.SENT.value, "message_id": message_id, "error": None}
        await connection.execute(
            update(t).where(t.c.id == row.id).values(**values, watch_until=watch_until)
        )
        if message_id is not None:
            await self._note_message(connection, row, message_id, now)
        await connection.execute(
            delete(p).where(
                p.c.chat_id == row.chat_id,
                p.c.thread_id.in_((WHOLE, row.thread_id or 0)),
                p.c.moved_to.is_(None),
            )
        )

    async def adopt_message(self, row_id: int, message_id: int, now: datetime) -> None:
        """Let a row be the message `message_id` instead of the copy it was, which is gone."""
        t, m = schema.outbox, schema.message
        async with self._writing() as connection:
            (row,) = await rows_where(connection, t.c.id == row_id)
            await connection.execute(
                delete(m).where(m.c.chat_id == row.chat_id, m.c.message_id == row.message_id)
            )
            await connection.execute(
                update(t).where(t.c.id == row_id).values(message_id=message_id)
            )
            await self._note_message(connection, row, message_id, now)

    async def mark_retry(
        self, row_id: int, not_before: datetime, error: str, *, whole_chat: bool = False
    ) -> None:
        """Put a row back to pending; with `whole_chat` nothing leaves for its chat until then."""
        t = schema.outbox
        async with self._writing() as connection:
            await _set(
                connection,
                row_id,
                state=OutboxState.PENDING.value,
                not_before=not_before,
                error=error[:300],
            )
            if whole_chat:
                chat_id = await connection.scalar(select(t.c.chat_id).where(t.c.id == row_id))
                await put(
                    connection,
                    schema.place,
                    chat_id=chat_id,
                    thread_id=WHOLE,
                    not_before=not_before,
                    closed=None,  # or the next start would ask at once whether it is open again
                )

    async def mark_uncertain(self, row_id: int, error: str, now: datetime) -> None:
        """Record that nobody knows whether a row was accepted; its words are fixed from now on."""
        values = {"state": OutboxState.UNCERTAIN.value, "error": error[:300], "watch_until": now}
        async with self._writing() as connection:
            await _set(connection, row_id, **values)

    async def mark_as_new(self, row_id: int, error: str) -> None:
        """Commit that an edit leaves as a message of its own."""
        async with self._writing() as connection:
            await _set(connection, row_id, error=error)

    async def mark_dead(self, row_id: int, error: str) -> None:
        """Give a row up for a permanent, named reason."""
        async with self._writing() as connection:
            await _set(connection, row_id, state=OutboxState.DEAD.value, error=error[:300])

    async def close_place(
        self, row_id: int, reason: str, retry_at: datetime, *, whole_chat: bool
    ) -> None:
        """Keep a row, and let nothing leave for its chat, or its topic, before `retry_at`."""
        async with self._writing() as connection:
            (row,) = await rows_where(connection, schema.outbox.c.id == row_id)
            await _set(connection, row_id, state=OutboxState.PENDING.value, error=reason[:300])
            await put(
                connection,
                schema.place,
                chat_id=row.chat_id,
                thread_id=WHOLE if whole_chat else row.thread_id or 0,
                not_before=retry_at,
                closed=reason[:100],
            )

    async def closed_places(self) -> Mapping[tuple[int, int], str]:
        """Return the chats (topic -1) and topics that take nothing from us, with the reason."""
        p = schema.place
        async with self._looking() as connection:
            found = await connection.execute(
                select(p.c.chat_id, p.c.thread_id, p.c.closed).where(p.c.closed.is_not(None))
            )
            return {(chat_id, thread): reason for chat_id, thread, reason in found}

    async def try_closed_places(self, now: datetime) -> None:
        """Let one message leave for every closed place; the operator may have opened it again."""
        p = schema.place
        async with self._writing() as connection:
            await connection.execute(
                update(p).where(p.c.closed.is_not(None)).values(not_before=now)
            )

    async def message_of(
        self, chat_id: int, alert_id: str, thread_id: int | None = None
    ) -> int | None:
        """Return the id of the newest root message of an alert in a chat or a topic of it."""
        async with self._looking() as connection:
            return await _root(connection, chat_id, thread_id, alert_id)

    async def last_message_id(self, chat_id: int) -> int | None:
        """Return the highest message id known in a chat."""
        t = schema.message
        return await self._scalar(select(func.max(t.c.message_id)).where(t.c.chat_id == chat_id))

    async def known_messages(self, chat_id: int, above: int) -> frozenset[int]:
        """Return the ids above `above` that are messages of ours in a chat."""
        t = schema.message
        async with self._looking() as connection:
            found = await connection.scalars(
                select(t.c.message_id).where(t.c.chat_id == chat_id, t.c.message_id > above)
            )
            return frozenset(found)

    async def recent_messages(self, since: datetime) -> tuple[tuple[int, datetime], ...]:
        """Return (chat, time) of every message that was sent after `since`, oldest first."""
        t = schema.message
        async with self._looking() as connection:
            found = await connection.execute(
                select(t.c.chat_id, t.c.sent_at).where(t.c.sent_at > since).order_by(t.c.sent_at)
            )
            return tuple((chat_id, at) for chat_id, at in found)

    async def replace_chat(self, old: int, new: int) -> None:
        """Move a chat's waiting rows to its new id, now and from now on.

        Ids of old messages do not carry over.
        """
        t = schema.outbox
        async with self._writing() as connection:
            await put(connection, schema.place, chat_id=old, thread_id=WHOLE, moved_to=new)
            await connection.execute(
                update(t)
                .where(t.c.chat_id == old, t.c.state.in_(_OPEN))
                .values(chat_id=new, floor_message_id=None)
            )

    async def unsettled_rows(self) -> tuple[OutboxRow, ...]:
        """Return rows left in `sending` or `uncertain`."""
        async with self._looking() as connection:
            return await rows_where(connection, schema.outbox.c.state.in_(_UNSETTLED))

    async def unsettled_row(self, row_id: int) -> OutboxRow | None:
        """Return a row as it stands; None where it is in `sending` or `uncertain` no more."""
        t = schema.outbox
        async with self._looking() as connection:
            found = await rows_where(connection, t.c.id == row_id, t.c.state.in_(_UNSETTLED))
        return found[0] if found else None

    async def watched_rows(self, now: datetime) -> tuple[OutboxRow, ...]:
        """Return rows that were sent again, and of which a first copy may still appear."""
        t = schema.outbox
        async with self._looking() as connection:
            return await rows_where(
                connection, t.c.state == OutboxState.SENT.value, t.c.watch_until > now
            )

    async def waiting_followers(self, row: OutboxRow, now: datetime) -> tuple[OutboxRow, ...]:
        """Return the followers of a row's alert, in its place, that could leave at `now`."""
        t = schema.outbox
        async with self._looking() as connection:
            found = await rows_where(
                connection,
                t.c.chat_id == row.chat_id,
                func.coalesce(t.c.thread_id, 0) == (row.thread_id or 0),
                t.c.alert_id == row.alert_id,
                t.c.state == OutboxState.PENDING.value,
                t.c.watch_until.is_(None),
                t.c.kind.in_(FOLLOWERS),
            )
        return tuple(one for one in found if one.not_before is None or one.not_before <= now)

    async def fold(self, rows: Sequence[OutboxRow], text: str, *, silent: bool) -> OutboxRow | None:
        """Let the first of `rows` say what all of them say; None when one of them waits no more."""
        t, first = schema.outbox, rows[0]
        ids = [row.id for row in rows]
        async with self._writing() as connection:
            pending = await rows_where(
                connection, t.c.id.in_(ids), t.c.state == OutboxState.PENDING.value
            )
            if len(pending) < len(ids):
                return None
            kind = _kind_of_all(rows)
            await _set(connection, first.id, kind=kind, text=text, silent=silent)
            for one in ids[1:]:
                error = f"{SAID_IN} {first.id}"
                await _set(connection, one, state=OutboxState.DEAD.value, error=error)
            (folded,) = await rows_where(connection, t.c.id == first.id)
        return folded

    async def open_rows(self) -> int:
        """Return how many rows are pending or being sent."""
        t = schema.outbox
        states = (OutboxState.PENDING.value, OutboxState.SENDING.value)
        return await self._scalar(select(func.count()).where(t.c.state.in_(states))) or 0

    async def _note_message(
        self, connection: AsyncConnection, row: OutboxRow, message_id: int, now: datetime
    ) -> None:
        """Remember a message; that of an edit which stands already stays what it is."""
        await put_once(
            connection,
            schema.message,
            chat_id=row.chat_id,
            message_id=message_id,
            alert_id=row.alert_id,
            # An edit that left as a message is the alert's post from now on. What was said in
            # answer never is, or the next edit would write over it.
            kind="new" if row.kind == "edit" else row.kind,
            sent_at=now,
            thread_id=row.thread_id or 0,
        )

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _broken(error) from error

    @asynccontextmanager
    async def _looking(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._reading.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _broken(error) from error

    async def _scalar(self, query: Any) -> int | None:
        async with self._looking() as connection:
            found: int | None = await connection.scalar(query)
        return found


def _broken(error: SQLAlchemyError) -> StoreError:
    # The statement stays out: it may quote what is to be posted.
    return StoreError(f"outbox: {getattr(error, 'orig', None) or type(error).__name__}")


def _kind_of_all(rows: Sequence[OutboxRow]) -> str:
    """Return the kind of a row that speaks for all; one that overtakes lends it that."""
    taken = {row.kind for row in rows[1:] if row.revision == rows[0].revision}
    urgent = [row.kind for row in rows if row.kind in URGENT and row.kind not in taken]
    return urgent[0] if urgent else "digest"


async def _set(connection: AsyncConnection, row_id: int, **values: Any) -> None:
    """Change a row, unless an operator has settled it meanwhile."""
    t = schema.outbox
    await connection.execute(
        update(t).where(t.c.id == row_id, t.c.state.in_(_OPEN)).values(**values)
    )


async def rows_where(connection: AsyncConnection, *where: Any) -> tuple[OutboxRow, ...]:
    """Return rows in the order of their decisions."""
    t = schema.outbox
    found = await connection.execute(select(t).where(*where).order_by(t.c.id))
    return tuple(
        OutboxRow(**{**row, "state": OutboxState(row["state"])}) for row in found.mappings()
    )


async def _root(
    connection: AsyncConnection, chat_id: int, thread_id: int | None, alert_id: str
) -> int | None:
    t = schema.message
    found: int | None = await connection.scalar(
        select(func.max(t.c.message_id)).where(
            t.c.chat_id == chat_id,
            t.c.thread_id == (thread_id or 0),
            t.c.alert_id == alert_id,
            t.c.kind.in_(ROOTS),
        )
    )
    return found
