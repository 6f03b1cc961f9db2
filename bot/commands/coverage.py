"""The coverage line: no answer without saying what could be read. Pure.

"Nothing was heard" is never worded as "nothing happened".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.types import Feed, FeedState

#: A feed read within this time counts as fresh.
FRESH = timedelta(hours=1)


def coverage_line(feeds: Sequence[Feed], states: Mapping[str, FeedState], now: datetime) -> str:
    """Return one line on how many feeds were read, and how old the newest entry is."""
    if not feeds:
        return "Coverage: no feeds are set up."
    known = [states[feed.url] for feed in feeds if feed.url in states]
    fresh = [s for s in known if s.last_ok_at is not None and now - s.last_ok_at <= FRESH]
    newest = max((s.newest_entry_at for s in known if s.newest_entry_at), default=None)
    age = f"; newest entry {ago(newest, now)}" if newest else "; no entry seen yet"
    return f"Coverage: {len(fresh)} of {len(feeds)} feeds read in the last hour{age}."


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago, in the largest fitting unit."""
    seconds = max(0, int((now - at).total_seconds()))
    if seconds < 120:
        return "just now" if seconds < 60 else "1 min ago"
    for unit, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * unit or (unit == 60):
            return f"{seconds // unit} {name} ago"
    return "just now"
