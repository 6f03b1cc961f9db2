"""Dates of entries: believed only within reason. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

#: A feed's clock may run a little ahead; more than this is clamped.
FUTURE_GRACE = timedelta(minutes=5)
#: Before this nobody published feeds; such dates are defaults or mistakes.
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)


def published_time(parsed: Any, fetched_at: datetime) -> datetime | None:
    """Return a feed's parsed date (a UTC struct_time) as min(claimed, fetched_at + 5 min).

    None when there is no date or it cannot be meant: the entry then counts as undated.
    """
    if parsed is None:
        return None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        claimed = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return None
    if claimed < EARLIEST:
        return None
    return min(claimed, fetched_at + FUTURE_GRACE)
