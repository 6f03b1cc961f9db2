"""How the tables of the time tests write what a sentence states.

Rows are on the clock of the event's place: "03-10" is that day, "03-10 early" a part of it,
"03-10 07:00" a minute, "03-10 07:00..10 09:00" an interval (with an "h": to the hour).
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.claims.when.times import find_times
from bot.types import Precision, TimeSpan

#: Wednesday noon UTC; 15:00 in the events' zone.
PUBLISHED = datetime(2026, 3, 11, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Istanbul")
PARTS_OF_DAY = {0: "early", 6: "morning", 12: "afternoon", 18: "evening", 20: "night"}


def told(sentence: str) -> str:
    """Return the times of a sentence on the clock of its place, as the tables write them."""
    return "; ".join(_told(span) for span in find_times(sentence, PUBLISHED, ZONE))


def _told(span: TimeSpan) -> str:
    start, end = span.start.astimezone(ZONE), span.end.astimezone(ZONE)
    if span.precision is Precision.DAY:
        return f"{start:%m-%d}"
    if span.precision is Precision.PART_OF_DAY:
        return f"{start:%m-%d} {PARTS_OF_DAY[start.hour]}"
    until = "" if start == end else f"..{end:%d %H:%M}"
    return f"{start:%m-%d %H:%M}{until}{'h' if span.precision is Precision.HOUR else ''}"
