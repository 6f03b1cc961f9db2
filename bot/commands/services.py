"""What commands may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.config import Settings
from bot.types import Ceasefire, Claim, Decision, Event, FeedState


class Reading(Protocol):
    """The part of the store that commands read."""

    async def ceasefires(self) -> Sequence[Ceasefire]:
        """Return every ceasefire record."""
        ...

    async def latest_events(
        self, conflict: str | None, since: datetime, limit: int
    ) -> Sequence[Event]:
        """Return posted events, newest first."""
        ...

    async def figure_claims(self, conflict: str, since: datetime, limit: int) -> Sequence[Claim]:
        """Return claims that state figures, newest first."""
        ...

    async def feed_states(self) -> Mapping[str, FeedState]:
        """Return the health of every feed."""
        ...

    async def decisions_for(self, alert_or_entry: str) -> Sequence[Decision]:
        """Return the decisions behind an alert, entry or address."""
        ...

    async def event_of_alert(self, alert_id: str) -> Event | None:
        """Return the event behind an alert."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a command needs."""

    store: Reading
    settings: Settings
    clock: Clock
    started_at: datetime
