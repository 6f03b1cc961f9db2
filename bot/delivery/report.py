"""What a delivery pass did, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Fate(StrEnum):
    """Where a row stands after a pass."""

    SENT = "sent"
    RETRY = "retry"  #: pending again, certainly not accepted
    UNCERTAIN = "uncertain"  #: waits to be settled
    SETTLED = "settled"  #: somebody else has settled it
    HELD = "held"  #: uncertain, and a human decides
    CLOSED = "closed"  #: kept; its chat or topic takes nothing for now
    DEAD = "dead"
    SWEPT = "swept"  #: its chat was looked through for a late copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One row of a pass."""

    row_id: int
    chat_id: int
    fate: Fate
    reason: str = ""
    message_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """One pass."""

    rows: tuple[Delivered, ...] = ()
    next_in: timedelta | None = None  #: until the rate limits let the next due row leave
    halted: str | None = None  #: named reason why nothing is sent at all

    def count(self, fate: Fate) -> int:
        """Return how many rows of the pass have this fate."""
        return sum(row.fate is fate for row in self.rows)
