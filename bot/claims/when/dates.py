"""Days as written, and the dates that they mean. Pure.

Which date a weekday means depends on the tense of its verb and on the zone of a clock beside it;
`date_of` takes both.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from bot.claims.when.day_words import NAMED_DATES
from bot.claims.when.tense import AHEAD, Direction

#: A date without a year that is further away than this is none of this year's news.
NEAR = timedelta(days=60)
#: Halts are set and prolonged up to so far ahead.
FAR = timedelta(days=366)
#: "Expires on 1 May", said in December: so far ahead the year may change without a word.
SEASON = timedelta(days=200)
#: Days ahead up to which "was due to end on Friday" still lies ahead; later ones have passed.
PLANNED_AHEAD = 4


class StatedDay(NamedTuple):
    """Words that name a day; several kinds may be set where words stand together."""

    start: int
    end: int
    low: int  #: start with the words for its part ("early on Sunday")
    high: int
    part: str = ""  #: key of PART_HOURS, or ""
    into: bool = False  #: "overnight into Sunday"
    generic: bool = False  #: "every Friday", "the Friday before": no day can be told
    weekday: int | None = None  #: 0-6 from Monday
    relation: str = ""  #: "last", "next", "this", "coming", "past" or ""
    week: str = ""  #: "last", "next", "this": "Friday last week"
    shift: int | None = None  #: days from the anchor's day
    months: int | None = None  #: months from the anchor's month, with `number`
    month: int | None = None
    number: int | None = None  #: day of the month
    year: int | None = None
    year_word: str = ""  #: "last", "this", "that": "3 May last year"
    edge: str = ""  #: "start" or "end": "at the end of Sunday"
    named: bool = False  #: stands as a name ("the 7 October attacks")
    direction: Direction = Direction.UNKNOWN

    @property
    def bare(self) -> bool:
        """Tell whether it is "the 13th" alone, which dates an hour beside it and nothing else."""
        return self.number is not None and self.month is None and self.months is None


def date_of(day: StatedDay, today: date, frame: date | None = None) -> date | None:
    """Return the date that is meant, or None where it cannot be told.

    Args:
        day: the words.
        today: the anchor's date in the zone that counts for the words.
        frame: date of the speech that the day is told in ("said on Tuesday it would ...").
    """
    if day.generic:
        return None
    if day.number is not None and day.month is not None:
        return _calendar_date(day, today)
    if day.number is not None and day.months is not None:
        return _day_of_month(today, day.months, day.number)
    if day.number is not None:
        return _nearest_of_month(day.number, day.direction, today)
    if day.shift is not None:
        return today + timedelta(days=day.shift)
    return None if day.weekday is None else _weekday_date(day, day.weekday, today, frame)


def _day_of_month(today: date, months: int, number: int) -> date | None:
    years, month = divmod(today.month - 1 + months, 12)
    try:
        return date(today.year + years, month + 1, number)
    except ValueError:
        return None


def _nearest_of_month(number: int, direction: Direction, today: date) -> date | None:
    """Return the date of "the 13th": the next one, the last one, or the nearest."""
    days = [d for months in (-1, 0, 1) if (d := _day_of_month(today, months, number))]
    if direction in AHEAD:
        days = [d for d in days if d >= today]
    elif direction is Direction.PAST:
        days = [d for d in days if d <= today]
    return min(days, key=lambda d: abs(d - today), default=None)


def _weekday_date(day: StatedDay, weekday: int, today: date, frame: date | None) -> date | None:
    ahead = (weekday - today.weekday()) % 7
    behind = (7 - ahead) % 7
    if day.week:
        monday = today - timedelta(days=today.weekday())
        weeks = {"last": -1, "this": 0, "next": 1}[day.week]
        return monday + timedelta(weeks=weeks, days=weekday)
    if day.relation in ("last", "past"):
        return today - timedelta(days=behind or 7)
    if day.relation == "next":
        # Of a day still to come this week, nobody can tell which one is the next.
        return None if 0 < ahead < 7 - today.weekday() else today + timedelta(days=ahead or 7)
    if day.relation == "coming":
        return today + timedelta(days=ahead)
    if day.direction is Direction.WOULD and frame is not None and frame <= today:
        return frame + timedelta(days=(weekday - frame.weekday()) % 7)
    if day.direction is Direction.PLANNED:
        return today + timedelta(days=ahead if ahead <= PLANNED_AHEAD else -behind)
    future = day.direction in (Direction.FUTURE, Direction.WOULD)
    if future or (day.relation == "this" and day.direction is Direction.UNKNOWN):
        return today + timedelta(days=ahead)
    return today - timedelta(days=behind)


def _calendar_date(day: StatedDay, today: date) -> date | None:
    years = [day.year] if day.year else [today.year + shift for shift in (-1, 0, 1)]
    if day.year_word:
        years = {"last": [today.year - 1], "this": [today.year]}.get(day.year_word, [])
    found = []
    for year in years:
        try:
            read = date(year, day.month or 0, day.number or 0)
        except ValueError:
            continue
        if day.weekday is None or read.weekday() == day.weekday:
            found.append(read)
    if not found:
        return None
    nearest = min(found, key=lambda d: abs(d - today))
    if day.year or day.year_word:
        return nearest
    if day.named and not timedelta(0) <= today - _named_day(day) <= NEAR:
        return None
    if abs(nearest - today) <= NEAR:
        return nearest
    # Newspapers leave the year out while it is the current one.
    past = day.direction in (Direction.PAST, Direction.UNKNOWN)
    this_year = [d for d in found if d.year == today.year and (d < today) == past]
    ahead = [d for d in found if not past and timedelta(0) < d - today <= SEASON]
    return next(iter(this_year or ahead), None)


def _named_day(day: StatedDay) -> date:
    return date(*NAMED_DATES[day.month or 0, day.number or 0])
