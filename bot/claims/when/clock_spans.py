"""Clock times and their days to instants: one zone or several, points and intervals. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.claims.when import clock_words as words
from bot.claims.when.clock_days import A_DAY, Setting, clock_date, day_for, instant_of
from bot.claims.when.clocks import Clock, gap_between
from bot.claims.when.dates import StatedDay, date_of
from bot.claims.when.tense import Direction
from bot.claims.when.time_spans import MAX_TEXT, Placed, placed
from bot.types import Precision

#: "midnight between Friday and Saturday", "midnight on the night of Friday to Saturday".
_BETWEEN = re.compile(
    r",?\s(?:between|from|of|as|when|(?:(?:on|in|during)\s)?(?:the\s)?night\s(?:of|from|between|on))\s"
    r"(?:the\s)?"
)


_ON = re.compile(r",?\s(?:on\s)?")
#: Between the two days that a midnight parts: "as Friday turns into Saturday".
_INTO = re.compile(
    r"\s?(?:and|to|into|[-–/]|(?:turns?|passes|goes|changes|rolls|runs)\s(?:in|over\s)?to"
    r"|gives?\sway\sto|becomes)\s?(?:the\s)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """Clocks of one instant, or the two ends of an interval."""

    clocks: tuple[Clock, ...]
    until: tuple[Clock, ...] = ()

    @property
    def start(self) -> int:
        return self.clocks[0].start

    @property
    def end(self) -> int:
        return (self.until or self.clocks)[-1].end


def clock_spans(setting: Setting, clocks: Sequence[Clock]) -> tuple[list[Placed], list[StatedDay]]:
    """Return the spans of clocks, and the days that clocks have used up.

    A day whose clock cannot be told is used up too: it is not told more coarsely either.
    """
    spans: list[Placed] = []
    used: list[StatedDay] = []
    for item, twin in _items(setting, clocks):
        day = day_for(setting, item.start, item.end)
        end = twin.end if twin else item.end
        day = day or (day_for(setting, item.start, end) if twin else None)
        twins = (*item.clocks, *(twin.clocks if twin else ()))
        beside = (*_end_days(setting, item), *_twin_days(setting, twins))
        used += [d for d in (day, *beside) if d is not None]
        if day is not None and (other := _between_days(setting, item.clocks[0], day)):
            used.append(other)
        span = _span(setting, item, twin, day)
        if span is None:
            continue
        shown = [d for d in (day, *beside) if d is not None]
        low = min([item.start, *(d.low for d in shown)])
        high = max([end, *(d.high for d in shown)])
        if high - low > MAX_TEXT:
            low, high = item.start, end
        spans.append(placed(setting.text, low, high, span[:2], span[2]))
    return spans, used


def _items(setting: Setting, clocks: Sequence[Clock]) -> list[tuple[_Item, _Item | None]]:
    """Group clocks to instants and intervals, each with its twin in another zone."""
    singles: list[_Item] = []
    for clock in clocks:
        last = singles[-1] if singles else None
        if last and _agree(setting, last.clocks[-1], clock):
            singles[-1] = replace(last, clocks=(*last.clocks, clock))
        else:
            singles.append(_Item(clocks=(clock,)))
    joined: list[_Item] = []
    for item in singles:
        last = joined[-1] if joined else None
        if last and not last.until and _is_range(setting, last, item, joined[:-1]):
            joined[-1] = replace(last, until=item.clocks)
        else:
            joined.append(item)
    paired: list[tuple[_Item, _Item | None]] = []
    for item in joined:
        if paired and paired[-1][1] is None and _is_twin(setting, paired[-1][0], item):
            paired[-1] = (paired[-1][0], item)
        else:
            paired.append((item, None))
    return paired


def _agree(setting: Setting, a: Clock, b: Clock) -> bool:
    """Tell whether two clocks beside each other are one instant in two zones."""
    gap = gap_between(setting.blank, a, b)
    beside = words.SAME_INSTANT.fullmatch(gap) or words.BESIDE_INSTANT.fullmatch(gap)
    if not beside or a.hour is None or b.hour is None or a.zone is None or b.zone is None:
        return False
    if not (a.zoned or b.zoned):
        return False
    day = _day_of(setting, a, b)
    if a.zoned and b.zoned and _ahead_of_utc(a, day) == _ahead_of_utc(b, day):
        return False
    return (instant_of(a, day) - instant_of(b, day)) % A_DAY == timedelta(0)


def _day_of(setting: Setting, a: Clock, b: Clock) -> date:
    """Return the day named beside two clocks, else today: summer time may end in between."""
    today = setting.anchor.astimezone(setting.zone).date()
    named = day_for(setting, a.start, b.end)
    on = date_of(named, today, setting.frame) if named is not None else None
    return on or today


def _ahead_of_utc(clock: Clock, day: date) -> timedelta | None:
    return datetime.combine(day, time(12), tzinfo=clock.zone).utcoffset()


def _is_range(setting: Setting, a: _Item, b: _Item, earlier: Sequence[_Item]) -> bool:
    match = words.RANGE_JOIN.fullmatch(gap_between(setting.blank, a.clocks[-1], b.clocks[0]))
    if match is None:
        return False
    before = setting.blank[max(0, a.start - 40) : a.start]
    if match["join"] == "and":
        twin = bool(earlier) and bool(earlier[-1].until) and before.rstrip().endswith("(")
        return twin or bool(re.search(r"\bbetween\s*$", before, re.I))
    return not words.SHIFTED.search(re.sub(r"\bfrom\s*$", "", before))


def _is_twin(setting: Setting, a: _Item, b: _Item) -> bool:
    """Tell whether b says a again in brackets, rightly or not."""
    gap = gap_between(setting.blank, (a.until or a.clocks)[-1], b.clocks[0])
    if not words.SAME_INSTANT.fullmatch(gap):
        return False
    return bool(b.clocks[0].zoned or a.clocks[0].zoned) and bool(a.until) == bool(b.until)


def _end_days(setting: Setting, item: _Item) -> tuple[StatedDay | None, StatedDay | None]:
    """Return the days that stand right beside the two ends of an interval."""
    if not item.until:
        return None, None
    first, last = (_past_bracket(setting, c[-1].end) for c in (item.clocks, item.until))
    opens = day_for(setting, item.start, first, tight=True)
    return opens, day_for(setting, item.until[0].start, last, tight=True)


def _past_bracket(setting: Setting, end: int) -> int:
    """Return the end of a clock behind the bracket that holds its second zone."""
    return end + 1 if setting.text[end : end + 1] == ")" else end


def _twin_days(setting: Setting, clocks: Sequence[Clock]) -> list[StatedDay | None]:
    """Return the days that stand right beside the clocks of one instant."""
    return [day_for(setting, clock.start, clock.end, tight=True) for clock in clocks[1:]]


def _span(
    setting: Setting, item: _Item, twin: _Item | None, day: StatedDay | None
) -> tuple[datetime, datetime, Precision] | None:
    first, last = _end_days(setting, item)
    own = last is not None and first is not None and last is not first
    begin = _instant(setting, item.clocks, first or day, opens=bool(item.until))
    if begin is None:
        return None
    if twin is not None and not _is_blind(twin, item):
        other = _instant(setting, twin.clocks, day)
        if other is None or (other - begin) % A_DAY:
            # Two clocks that disagree; where the first has no zone that is known, the second holds.
            plain = all(c.assumed or not c.zoned for c in item.clocks) and not item.until
            if other is None or not plain or not all(clock.zoned for clock in twin.clocks):
                return None
            begin = other
    if not item.until:
        return _blurred(begin, item.clocks[0])
    end = _instant(setting, item.until, last or day, closes=not own)
    if end is None:
        return None
    if own and last is not None and last.weekday is not None and last.number is None:
        end += timedelta(weeks=1) * -((end - begin) // timedelta(weeks=1))
    if end <= begin and not own:
        if last is not None and first is None:
            return None  # "from 10 p.m. to 5 a.m. on Sunday": which night?
        end += A_DAY * ((begin - end) // A_DAY + 1)
    elif not own and end - begin > A_DAY:
        end -= A_DAY * ((end - begin) // A_DAY)
    return (begin, end, Precision.MINUTE) if begin < end else None


def _is_blind(twin: _Item, item: _Item) -> bool:
    """Tell whether only the first of two clocks has a zone that is known: "(9.30 a.m. IST)"."""
    known = all(c.zone is not None for c in item.clocks)
    return known and any(c.zone is None for c in twin.clocks)


def _instant(
    setting: Setting,
    clocks: Sequence[Clock],
    day: StatedDay | None,
    *,
    opens: bool = False,
    closes: bool = False,
) -> datetime | None:
    """Return the one instant of clocks in one or more zones, or None.

    A midnight that opens an interval of its day is the day's first, one that closes it the last.
    """
    if any(clock.hour is None or clock.zone is None for clock in clocks):
        return None
    instants, dated = [], []
    for clock in clocks:
        own = day_for(setting, clock.start, clock.end, tight=True) if len(clocks) > 1 else None
        on = clock_date(setting, clock, own or day)
        if on is None:
            return None
        instants.append(instant_of(clock, on))
        if own is not None:
            dated.append(instants[-1])
    if len(dated) == 1 and not clocks[0].midnight:
        return dated[0]  # "6:30 a.m. Kabul time (10 p.m. EDT Saturday)"
    if clocks[0].midnight and day is not None and day.edge:
        return instants[0] - A_DAY if day.edge == "start" else instants[0]
    if clocks[0].midnight and day is not None and len(clocks) == 1 and (opens or closes):
        return instants[0] - A_DAY if opens else instants[0]
    if clocks[0].midnight:
        return _one_midnight(setting, clocks, day, instants)
    return instants[0]


def _one_midnight(
    setting: Setting, clocks: Sequence[Clock], day: StatedDay | None, instants: Sequence[datetime]
) -> datetime | None:
    """Return the midnight that is meant: a second clock tells, or the words; else None."""
    clock, end = clocks[0], instants[0]
    if len(instants) > 1:
        # Without a day the first clock has the verb: "starting at midnight (2300 GMT)".
        direction = setting.tenses.direction(clock.start, clock.end)
        ahead = direction in (Direction.FUTURE, Direction.WOULD)
        same = day is None and (end - instants[1]) % A_DAY == timedelta(0)
        return end if ahead and same else instants[1]
    if day is None or day.part == "night" or _between_days(setting, clock, day):
        return end
    if clock.near == "after" or clock.offset > timedelta(0):
        return end - A_DAY
    if clock.near == "before" or clock.offset < timedelta(0):
        return end
    if re.search(r"\b(?:end|close) of\b", setting.text[max(0, clock.start - 25) : clock.end + 40]):
        return end
    direction = setting.tenses.direction(clock.start, clock.end)
    lead = setting.text[max(0, clock.start - 12) : clock.start]
    if direction is Direction.PAST and end > setting.anchor:
        return end - A_DAY
    if end - A_DAY < setting.anchor and (
        direction in (Direction.FUTURE, Direction.WOULD) or re.search(r"\b(?:until|by)\s$", lead)
    ):
        return end
    return None


def _between_days(setting: Setting, clock: Clock, day: StatedDay) -> StatedDay | None:
    """Return the second day of "midnight between Thursday and Friday", told from the first."""
    end = clock.reach if clock.reach <= day.start else clock.end
    lead = setting.text[end : day.start]
    if not (_BETWEEN.fullmatch(lead) or _ON.fullmatch(lead)):
        return None
    for other in setting.days:
        gap = setting.text[day.end : other.start]
        # "Midnight on Saturday and Sunday" are two; "on Saturday-Sunday" is one.
        joined = _INTO.fullmatch(gap) if _BETWEEN.fullmatch(lead) else gap in ("-", "–", "/")
        if other.start == day.end or joined:
            return other
    return None


def _blurred(at: datetime, clock: Clock) -> tuple[datetime, datetime, Precision]:
    if clock.near == "around":
        half = timedelta(minutes=30)
        return at - half, at + half, Precision.HOUR
    if clock.near == "after":
        return at, at + timedelta(hours=1), Precision.HOUR
    if clock.near == "before":
        return at - timedelta(hours=1), at, Precision.HOUR
    return at, at, Precision.MINUTE
