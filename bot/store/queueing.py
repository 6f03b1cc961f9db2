"""Which waiting message of each chat leaves next. Pure.

One message per chat is under way at a time. Messages of one alert in one place keep their order;
an alert with a correction or a withdrawal goes before all others of its chat.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.types import OutboxState

#: Kinds that overtake news.
URGENT = frozenset({"correction", "cancel"})
#: Stands for a whole chat where a topic could stand.
WHOLE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What the order depends on; one row that is not settled yet."""

    id: int
    chat_id: int
    thread_id: int | None
    alert_id: str
    kind: str
    state: OutboxState
    not_before: datetime | None

    @property
    def story(self) -> tuple[int, int, str]:
        """The alert in its place; a message of no alert is a story of its own."""
        return self.chat_id, self.thread_id or 0, self.alert_id or f"row {self.id}"


def departures(
    rows: Iterable[Waiting], now: datetime, shut: Mapping[tuple[int, int], datetime]
) -> list[int]:
    """Return the ids of the rows that may leave at `now`, at most one per chat.

    `shut` names chats (topic WHOLE) and topics to which nothing leaves before a time.
    """
    ordered = sorted(rows, key=lambda row: row.id)
    urgent = {row.story for row in ordered if row.kind in URGENT}
    busy = {row.chat_id for row in ordered if row.state is OutboxState.SENDING}
    begun: set[tuple[int, int, str]] = set()
    best: dict[int, tuple[bool, int]] = {}
    for row in ordered:
        first = row.story not in begun
        begun.add(row.story)
        if not first or row.state is not OutboxState.PENDING or row.chat_id in busy:
            continue
        waits = (row.not_before, shut.get((row.chat_id, WHOLE)), shut.get(row.story[:2]))
        if any(at is not None and at > now for at in waits):
            continue
        rank = (row.story not in urgent, row.id)
        best[row.chat_id] = min(rank, best.get(row.chat_id, rank))
    return sorted(row_id for _, row_id in best.values())
