"""What the worker needs from the world, as Protocols. Adapters live in feeds, store, delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.types import (
    Ceasefire,
    Change,
    ConflictState,
    CopyGroup,
    Decision,
    Entry,
    Event,
    Feed,
    FeedState,
    OutboxRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedFeed:
    """The outcome of one poll: entries, or a named reason why there are none."""

    feed: Feed
    state: FeedState  #: validators and health after this poll, ready to be saved
    entries: tuple[Entry, ...] = ()
    not_modified: bool = False
    error: str | None = None  #: named reason when the poll failed
    rejected: Mapping[str, int] | None = None  #: items left out, by named reason


class FeedFetcher(Protocol):
    """Fetches feeds and article pages; never raises for a bad feed."""

    async def fetch_feed(self, feed: Feed, state: FeedState | None) -> FetchedFeed:
        """Poll one feed within its limits."""
        ...

    async def fetch_article(self, entry: Entry) -> Entry:
        """Return the entry with `text` filled from its page where possible, else unchanged."""
        ...


class Classifier(Protocol):
    """Scores sentences; blocking, so the worker runs it in a thread of its own."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels scored, in a fixed order."""
        ...

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return one {label: score in 0..1} per text, in order."""
        ...


class Store(Protocol):
    """What the bot remembers. Every write is one transaction."""

    async def known_entry(self, entry: Entry) -> Entry | None:
        """Return the stored entry that any identity key (URL, GUID, content) joins, else None."""
        ...

    async def load_state(self, conflict: str, since: datetime) -> ConflictState:
        """Return the conflict's ceasefire record and its events last touched after `since`."""
        ...

    async def load_copy_groups(self, since: datetime) -> tuple[CopyGroup, ...]:
        """Return the copy groups seen after `since`, oldest first."""
        ...

    async def next_alert_number(self) -> int:
        """Return the number of the next alert (1-based); consumed by saving an action."""
        ...

    async def save_changes(self, changes: Sequence[Change]) -> None:
        """Store all changes of one entry in one transaction: entry, decisions, claims, states,
        status changes, alerts and an outbox row per channel that takes the alert."""
        ...

    async def feed_states(self) -> Mapping[str, FeedState]:
        """Return the health of every feed ever polled, by URL."""
        ...

    async def save_feed_state(self, state: FeedState) -> None:
        """Store the health of one feed."""
        ...

    async def ceasefires(self) -> tuple[Ceasefire, ...]:
        """Return every ceasefire record."""
        ...

    async def latest_events(
        self, conflict: str | None, since: datetime, limit: int
    ) -> tuple[Event, ...]:
        """Return posted events touched after `since`, newest first."""
        ...

    async def decisions_for(self, alert_or_entry: str) -> tuple[Decision, ...]:
        """Return the decisions behind an alert id, an entry id or an entry URL, oldest first."""
        ...

    async def event_of_alert(self, alert_id: str) -> Event | None:
        """Return the event behind an alert id."""
        ...


class Outbox(Protocol):
    """The queue of outgoing messages; part of the store."""

    async def due_rows(self, now: datetime, limit: int) -> tuple[OutboxRow, ...]:
        """Return pending rows whose time has come, oldest first, at most one per chat."""
        ...

    async def mark_sending(self, row_id: int, floor_message_id: int | None, now: datetime) -> None:
        """Commit that a row is about to leave; must be durable before the first byte."""
        ...

    async def mark_sent(self, row_id: int, message_id: int | None, now: datetime) -> None:
        """Record acceptance; for edits `message_id` is the edited message."""
        ...

    async def mark_retry(self, row_id: int, not_before: datetime, error: str) -> None:
        """Put a row back to pending; it was certainly not accepted."""
        ...

    async def mark_uncertain(self, row_id: int, error: str) -> None:
        """Record that nobody knows whether a row was accepted."""
        ...

    async def mark_dead(self, row_id: int, error: str) -> None:
        """Give a row up for a permanent, named reason."""
        ...

    async def message_of(self, chat_id: int, alert_id: str) -> int | None:
        """Return the id of the first message of an alert in a chat."""
        ...

    async def last_message_id(self, chat_id: int) -> int | None:
        """Return the highest message id known in a chat."""
        ...

    async def replace_chat(self, old: int, new: int) -> None:
        """Move a chat's rows and messages to its new id."""
        ...

    async def unsettled_rows(self) -> tuple[OutboxRow, ...]:
        """Return rows left in `sending` or `uncertain`."""
        ...
