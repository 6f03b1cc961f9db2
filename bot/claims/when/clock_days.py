"""Which day a clock time belongs to: one stated near it, else the nearest its verb allows. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.claims.when.clocks import Clock, blanked
from bot.claims.when.dates import StatedDay, date_of
from bot.claims.when.tense import Direction, Tenses

#: Furthest that a day may stand from its clock, and nearest that needs no common verb.
DAY_REACH = 70
ADJACENT = 12
#: A text may stand so long before or behind the hour that it tells as past or to come.
LATENESS = timedelta(minutes=30)
_CLAUSE_END = re.compile(
    r"[;.]\s|\bthe same (?:hour|time)\b(?!\s*\()"
    r"|\b(?:said|told|says|announced|reported|wrote|added|that|after|before)\b"
)
#: Another clock has the day behind it: "starts at 6 p.m. and runs until 6 p.m. on Sunday".
_GOES_ON = re.compile(
    r"\b(?:runs?|lasts?|holds?|stays?|goes on|continues?|expires?|ends?)\b[^.;]{0,30}?"
    r"\b(?:until|till|through|at)\s(?:\w+\s)?(?:\d|noon|midnight)"
)
#: The day behind is that of an end: "starts at 6 a.m. and remains valid until Monday".
_ENDS_ON = re.compile(
    r"\band (?:(?:is|are|will|would|due|to) ){0,2}"
    r"(?:runs?|lasts?|holds?|stays?|remains?|go(?:es)? on|continues?|expires?|ends?|lapses?)\b"
)
#: Between a clock and its day: the same instant elsewhere ("2200 GMT, or 2300 in London, on").
_SAME_INSTANT = re.compile(
    r"\W*(?:or |that is,? )?(?:\d{1,2}[:.]?\d\d|\d{1,2} ?[ap]\.?m\.?|noon|midnight)"
    r"(?: [ap]\.?m\.?)? (?:in [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?|[A-Z]{2,4}|[A-Z]\w+ time)\W*(?:on )?"
)
#: What may stand between a clock and its own day; "on Wednesday, until 18:00" opens another hour.
_BEHIND = re.compile(r"[\s,(]*(?:(?:on|at|from|until|to|of|the)\s*)*")
_BEFORE = re.compile(r"[\s,(]*(?:(?:on|at|from|of|the)\s*)*")
A_DAY = timedelta(days=1)
DAWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """All that a clock may need to find its day."""

    text: str
    blank: str  #: the text without its days
    days: Sequence[StatedDay]
    tenses: Tenses
    anchor: datetime  #: publication, aware UTC
    zone: ZoneInfo  #: of the event's place
    frame: date | None  #: date of the speech in the sentence


def day_for(setting: Setting, start: int, end: int, *, tight: bool = False) -> StatedDay | None:
    """Return the day that a clock belongs to: the nearest one not across a clause."""
    best: tuple[int, StatedDay] | None = None
    for day in setting.days:
        behind = day.low >= end
        gap = setting.text[end : day.low] if behind else setting.text[day.high : start]
        if day.low < end and day.high > start:
            gap = ""
        distance = len(gap) + (0 if behind else 3)
        if distance > DAY_REACH or _CLAUSE_END.search(re.sub(r"\b([ap])\.\s?m\.", r"\1m", gap)):
            continue
        if behind and (_GOES_ON.search(gap) or _ENDS_ON.search(gap)):
            continue
        if behind and _SAME_INSTANT.fullmatch(gap):
            distance = 0
        if tight and not (_BEHIND if behind else _BEFORE).fullmatch(gap):
            continue
        if best is None or distance < best[0]:
            best = (distance, day)
    if best is None or tight:
        return best[1] if best else None
    return best[1] if best[0] <= ADJACENT or _same_side(setting, start, end, best[1]) else None


def _same_side(setting: Setting, start: int, end: int, day: StatedDay) -> bool:
    """Tell whether a clock and a day further off may go by one verb."""
    found = setting.tenses.direction(start, end)
    if Direction.UNKNOWN in (found, day.direction):
        return True
    return (found is Direction.PAST) == (day.direction is Direction.PAST)


def clock_date(setting: Setting, clock: Clock, day: StatedDay | None) -> date | None:
    """Return the date of a clock: its stated day's, where one is given; None if not to be told."""
    zone = clock.zone or setting.zone
    if day is None:
        return _undated(setting, clock, zone)
    # "Tomorrow" is said where the event is, unless a place's clock is given; a weekday is the one
    # of the clock's own zone.
    placed = isinstance(zone, ZoneInfo) and zone.key != "UTC"
    today = setting.anchor.astimezone(zone if placed or day.shift is None else setting.zone).date()
    found = date_of(day, today, setting.frame)
    if found and day.shift == 0 and _is_behind(setting, clock, found):
        # "They are to stop at 5:30 a.m. today, New York time": the day of where it is written.
        found = setting.anchor.astimezone(setting.zone).date()
    small = clock.hour is not None and clock.hour < DAWN and not clock.midnight
    if found and small and day.shift == 0 and day.part == "night":
        # "At 2 a.m. tonight" is tomorrow, unless it is said in those hours.
        return found + A_DAY if setting.anchor.astimezone(zone).hour >= DAWN else found
    before = day.into and clock.hour is not None and 12 <= clock.hour < 24
    return found - A_DAY if found and before else found


def _is_behind(setting: Setting, clock: Clock, on: date) -> bool:
    """Tell whether a clock of today that its verb puts ahead has gone by on that date."""
    ahead = setting.tenses.direction(clock.start, clock.end) is Direction.FUTURE
    return ahead and instant_of(clock, on) < setting.anchor - LATENESS


def _undated(setting: Setting, clock: Clock, zone: tzinfo) -> date:
    """Return the date of a clock that has no day: the nearest on its verb's side."""
    local = setting.anchor.astimezone(zone).date()
    direction = setting.tenses.direction(clock.start, clock.end)
    if direction is Direction.PAST and not clock.near and setting.tenses.is_object(clock.start):
        direction = Direction.UNKNOWN
    if clock.start == 0 and re.match(r"\s?[:—–-]\s", setting.text[clock.end :]):
        direction = Direction.PAST  # the label of an entry in a live blog
    ahead = direction in (Direction.FUTURE, Direction.WOULD)
    frame = setting.frame
    if frame is not None and frame < local:
        # Told on an earlier day: by noon of it what is past has happened.
        noon = datetime.combine(frame, time(12), tzinfo=zone)
        return frame + A_DAY if ahead and instant_of(clock, frame) < noon else frame
    at = instant_of(clock, local)
    if ahead and at < setting.anchor - LATENESS:
        return local + A_DAY
    if direction is Direction.PAST and at > setting.anchor + LATENESS:
        return local - A_DAY
    return local


def instant_of(clock: Clock, day: date) -> datetime:
    """Return the instant of a clock on a day of its zone, in UTC."""
    zone = clock.zone or UTC
    # Midnight "on Monday" in news means the end of Monday; "00:00" means its start.
    hour = clock.hour or 0
    on = day + (A_DAY if hour == 24 else timedelta(0))
    local = datetime.combine(on, time(hour % 24, clock.minute), tzinfo=zone)
    return local.astimezone(UTC) + clock.offset


def without_days(text: str, days: Sequence[StatedDay]) -> str:
    """Return the text with its days blanked out, parts of the day too."""
    return blanked(text, [(day.low, day.high) for day in days])
