"""Builders of time spans with their place in the sentence. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.claims.when.day_words import PART_HOURS
from bot.types import Precision, TimeSpan

#: Longer stretches of words are no longer the words for a time.
MAX_TEXT = 80


class Placed(NamedTuple):
    """A span at the offsets of its words."""

    start: int
    end: int
    span: TimeSpan


def placed(
    text: str, start: int, end: int, span: tuple[datetime, datetime], precision: Precision
) -> Placed:
    """Return a span of instants for the words at these offsets."""
    if text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")":
        end += 1
    verbatim = text[start:end].strip(" ,(")
    return Placed(
        start,
        end,
        TimeSpan(
            text=verbatim,
            start=span[0].astimezone(UTC),
            end=span[1].astimezone(UTC),
            precision=precision,
        ),
    )


def day_span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return local midnight and the next one."""
    return (
        datetime.combine(day, time(0), tzinfo=zone),
        datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone),
    )


def part_span(day: date, part: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the local hours of a part of the day, by the wall clock."""
    begin, end = PART_HOURS[part]
    return _wall(day, begin, zone), _wall(day, end, zone)


def _wall(day: date, hour: int, zone: ZoneInfo) -> datetime:
    days, hours = divmod(hour, 24)
    return datetime.combine(day + timedelta(days=days), time(hours), tzinfo=zone)
