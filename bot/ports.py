"""What the worker needs from the world, as Protocols. Adapters live in feeds, store, delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from models.steps import StepReading, StepText


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

    def read_steps(self, told: Sequence[StepText]) -> Sequence[StepReading] | None:
        """Return the step that each sentence reports; None where the model reads none."""
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

    async def prune(self, now: datetime) -> int:
        """Forget entries so old that no feed brings them back; return how many."""
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


#: Kinds of outbox rows that follow the first message of their alert.
FOLLOWERS = frozenset({"reply", "correction", "cancel", "digest"})


#: Posts that were decided longer ago leave no more.
POSTS_EXPIRE = timedelta(hours=48)


class Outbox(Protocol):
    """The queue of outgoing messages; part of the store. What fails is a StoreError."""

    async def due_rows(self, now: datetime, limit: int) -> tuple[OutboxRow, ...]:
        """Return the pending rows that may leave at `now`, at most one per chat."""
        ...

    async def mark_sending(
        self, row_id: int, floor_message_id: int | None, now: datetime
    ) -> OutboxRow | None:
        """Commit that a row is about to leave; must be durable before the first byte.

        Returns the row with the words it has by now; None where it waits no more.
        """
        ...

    async def mark_sent(
        self,
        row_id: int,
        message_id: int | None,
        now: datetime,
        *,
        watch_until: datetime | None = None,
    ) -> None:
        """Record acceptance; for edits `message_id` is the message that shows the words."""
        ...

    async def adopt_message(self, row_id: int, message_id: int, now: datetime) -> None:
        """Let a row be the message `message_id` instead of the copy it was, which is gone."""
        ...

    async def mark_retry(
        self, row_id: int, not_before: datetime, error: str, *, whole_chat: bool = False
    ) -> None:
        """Put a row back to pending; with `whole_chat` nothing leaves for its chat until then."""
        ...

    async def mark_uncertain(self, row_id: int, error: str, now: datetime) -> None:
        """Record that nobody knows whether a row was accepted; its words are fixed from now on."""
        ...

    async def mark_as_new(self, row_id: int, error: str) -> None:
        """Commit that an edit leaves as a message of its own."""
        ...

    async def mark_dead(self, row_id: int, error: str) -> None:
        """Give a row up for a permanent, named reason."""
        ...

    async def close_place(
        self, row_id: int, reason: str, retry_at: datetime, *, whole_chat: bool
    ) -> None:
        """Keep a row, and let nothing leave for its chat, or its topic, before `retry_at`."""
        ...

    async def closed_places(self) -> Mapping[tuple[int, int], str]:
        """Return the chats (topic -1) and topics that take nothing from us, with the reason."""
        ...

    async def try_closed_places(self, now: datetime) -> None:
        """Let one message leave for every closed place."""
        ...

    async def message_of(
        self, chat_id: int, alert_id: str, thread_id: int | None = None
    ) -> int | None:
        """Return the id of the first message of an alert in a chat or a topic of it."""
        ...

    async def last_message_id(self, chat_id: int) -> int | None:
        """Return the highest message id known in a chat."""
        ...

    async def known_messages(self, chat_id: int, above: int) -> frozenset[int]:
        """Return the ids above `above` that are messages of ours in a chat."""
        ...

    async def recent_messages(self, since: datetime) -> tuple[tuple[int, datetime], ...]:
        """Return (chat, time) of every message that was sent after `since`, oldest first."""
        ...

    async def replace_chat(self, old: int, new: int) -> None:
        """Move a chat's waiting rows to its new id, now and from now on."""
        ...

    async def unsettled_rows(self) -> tuple[OutboxRow, ...]:
        """Return rows left in `sending` or `uncertain`."""
        ...

    async def unsettled_row(self, row_id: int) -> OutboxRow | None:
        """Return a row as it stands; None where it is in `sending` or `uncertain` no more."""
        ...

    async def watched_rows(self, now: datetime) -> tuple[OutboxRow, ...]:
        """Return rows that were sent again, and of which a first copy may still appear."""
        ...

    async def waiting_followers(self, row: OutboxRow, now: datetime) -> tuple[OutboxRow, ...]:
        """Return the followers of a row's alert, in its place, that could leave at `now`."""
        ...

    async def fold(self, rows: Sequence[OutboxRow], text: str, *, silent: bool) -> OutboxRow | None:
        """Let the first of `rows` say what all of them say; None when one of them waits no more."""
        ...
