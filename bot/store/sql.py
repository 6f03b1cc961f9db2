"""The store: SQLAlchemy Core on SQLite (default) or PostgreSQL. Stores and returns records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreError
from bot.feeds.identity import canonical_url, identity_keys
from bot.records import from_json, to_json
from bot.store import schema
from bot.store.engine import migrate, open_engine, require_database, require_schema
from bot.store.routes import Route
from bot.store.rows import put
from bot.store.saving import save
from bot.store.settling import SettlingOutbox
from bot.types import (
    Ceasefire,
    Change,
    Claim,
    ConflictState,
    CopyGroup,
    Decision,
    Entry,
    Event,
    FeedState,
)

#: How long an entry's identity is remembered; feeds bring back items after a year.
REMEMBERED = timedelta(days=400)


class SqlStore(SettlingOutbox):
    """The Store and Outbox ports over SQL."""

    def __init__(self, engine: AsyncEngine, routes: Sequence[Route]) -> None:
        self._engine = engine
        # Readers need no write lock.
        self._reading = engine.execution_options(reading=True)
        self._routes = tuple(routes)

    @classmethod
    async def open(cls, url: str, routes: Sequence[Route]) -> SqlStore:
        """Open the database and bring its schema up to date.

        Raises:
            StoreError: with what to do.
        """
        engine = open_engine(url)
        try:
            await migrate(engine, url)
        except (StoreError, OSError):
            await engine.dispose()
            raise
        return cls(engine, routes)

    @classmethod
    async def open_existing(cls, url: str) -> SqlStore:
        """Open a database that the bot has written, for reading; nothing is created or changed.

        Raises:
            StoreError: there is none, or it is another version's; with what to do.
        """
        require_database(url)
        engine = open_engine(url)
        try:
            await require_schema(engine, url)
        except (StoreError, OSError):
            await engine.dispose()
            raise
        return cls(engine, ())

    async def aclose(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    async def known_entry(self, entry: Entry) -> Entry | None:
        """Return the newest stored entry that any identity key joins, else None."""
        keys, t = identity_keys(entry), schema.entry
        joins = [t.c.id == entry.id]
        joins += [t.c.url_key == keys.url] if keys.url else []
        joins += [t.c.guid_key == keys.guid] if keys.guid else []
        joins += [t.c.content_key == keys.content] if keys.content else []
        query = select(t.c.record).where(or_(*joins)).order_by(t.c.seen_at.desc(), t.c.id).limit(1)
        async with self._reading.connect() as connection:
            record = await connection.scalar(query)
        return None if record is None else from_json(Entry, record)

    async def newest_entry_at(self) -> datetime | None:
        """Return when the newest stored entry was fetched; None where there is none."""
        async with self._reading.connect() as connection:
            newest: datetime | None = await connection.scalar(
                select(func.max(schema.entry.c.seen_at))
            )
        return newest

    async def entries_since(self, since: datetime) -> tuple[Entry, ...]:
        """Return the entries fetched from `since` on, every version of a page, oldest first."""
        t = schema.entry
        async with self._reading.connect() as connection:
            records = await connection.scalars(
                select(t.c.record).where(t.c.seen_at >= since).order_by(t.c.seen_at, t.c.id)
            )
            return tuple(from_json(Entry, record) for record in records)

    async def load_state(self, conflict: str, since: datetime) -> ConflictState:
        """Return the conflict's ceasefire record and its events last touched after `since`."""
        e, c = schema.event, schema.conflict
        async with self._reading.connect() as connection:
            row = (await connection.execute(select(c).where(c.c.id == conflict))).first()
            ceasefire = from_json(Ceasefire, row.ceasefire) if row else Ceasefire(conflict=conflict)
            # What the ceasefire stands on stays open however old it is.
            carrying = [i for i in (ceasefire.event_id, ceasefire.agreement_id) if i]
            records = await connection.scalars(
                select(e.c.record)
                .where(e.c.conflict == conflict, or_(e.c.last_at >= since, e.c.id.in_(carrying)))
                .order_by(e.c.number)
            )
            events = tuple(from_json(Event, record) for record in records)
        return ConflictState(
            conflict=conflict,
            ceasefire=ceasefire,
            events=events,
            next_event=row.next_event if row else 1,
        )

    async def load_copy_groups(self, since: datetime) -> tuple[CopyGroup, ...]:
        """Return the copy groups seen after `since`, oldest first."""
        t = schema.copy_group
        async with self._reading.connect() as connection:
            records = await connection.scalars(
                select(t.c.record).where(t.c.at >= since).order_by(t.c.at, t.c.id)
            )
            return tuple(from_json(CopyGroup, record) for record in records)

    async def next_alert_number(self) -> int:
        """Return the number of the next alert."""
        async with self._reading.connect() as connection:
            return (await connection.scalar(select(func.max(schema.alert.c.number))) or 0) + 1

    async def save_changes(self, changes: Sequence[Change]) -> None:
        """Store all changes of one entry in one transaction."""
        async with self._engine.begin() as connection:
            await save(connection, changes, self._routes)

    async def feed_states(self) -> Mapping[str, FeedState]:
        """Return the health of every feed ever polled, by address."""
        async with self._reading.connect() as connection:
            records = await connection.scalars(
                select(schema.feed.c.record).order_by(schema.feed.c.url)
            )
            states = [from_json(FeedState, record) for record in records]
        return {state.url: state for state in states}

    async def save_feed_state(self, state: FeedState) -> None:
        """Store the health of one feed."""
        async with self._engine.begin() as connection:
            await put(connection, schema.feed, url=state.url, record=to_json(state))

    async def ceasefires(self) -> tuple[Ceasefire, ...]:
        """Return every ceasefire record."""
        t = schema.conflict
        async with self._reading.connect() as connection:
            records = await connection.scalars(select(t.c.ceasefire).order_by(t.c.id))
            return tuple(from_json(Ceasefire, record) for record in records)

    async def latest_events(
        self, conflict: str | None, since: datetime, limit: int
    ) -> tuple[Event, ...]:
        """Return posted events touched after `since`, newest first."""
        t = schema.event
        query = select(t.c.record).where(t.c.last_at >= since, t.c.alert_id.is_not(None))
        if conflict is not None:
            query = query.where(t.c.conflict == conflict)
        query = query.order_by(t.c.last_at.desc(), t.c.id).limit(limit)
        async with self._reading.connect() as connection:
            records = await connection.scalars(query)
            return tuple(from_json(Event, record) for record in records)

    async def figure_claims(self, conflict: str, since: datetime, limit: int) -> tuple[Claim, ...]:
        """Return the conflict's claims published after `since` that state figures, newest first.

        Versions of one page have one hour of publication; the one fetched last counts as newer.
        """
        t, e = schema.claim, schema.entry
        query = (
            select(t.c.record)
            .outerjoin(e, e.c.id == t.c.entry_id)
            .where(t.c.conflict == conflict, t.c.at >= since)
            .where(func.json_array_length(t.c.record["figures"]) > 0)
            .order_by(t.c.at.desc(), e.c.seen_at.desc(), t.c.id)
            .limit(limit)
        )
        async with self._reading.connect() as connection:
            records = await connection.scalars(query)
            return tuple(from_json(Claim, record) for record in records)

    async def decisions_for(self, alert_or_entry: str) -> tuple[Decision, ...]:
        """Return the decisions behind an alert id, an entry id or an address, oldest first."""
        d, e = schema.decision, schema.entry
        asked = or_(d.c.alert_id == alert_or_entry, d.c.entry_id == alert_or_entry)
        if alert_or_entry.startswith(("http://", "https://")):
            same = select(e.c.id).where(e.c.url_key == canonical_url(alert_or_entry))
            asked = d.c.entry_id.in_(same)
        async with self._reading.connect() as connection:
            records = await connection.scalars(
                select(d.c.record).where(asked).order_by(d.c.at, d.c.id)
            )
            return tuple(from_json(Decision, record) for record in records)

    async def event_of_alert(self, alert_id: str) -> Event | None:
        """Return the event behind an alert id."""
        t = schema.event
        async with self._reading.connect() as connection:
            record = await connection.scalar(select(t.c.record).where(t.c.alert_id == alert_id))
        return None if record is None else from_json(Event, record)

    async def prune(self, now: datetime) -> int:
        """Forget entries that no feed will bring back; return how many. Alerts stay."""
        t = schema.entry
        async with self._engine.begin() as connection:
            gone = await connection.execute(delete(t).where(t.c.seen_at < now - REMEMBERED))
        return gone.rowcount
