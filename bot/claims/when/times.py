"""Stated times of a sentence as intervals of instants. Pure.

Date libraries fail on exactly these sentences, so this is a small grammar: clocks with zones, days
by the tense around them, parts of days, durations. Ambiguous or coarser than a day: no entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.claims.when import day_words as words
from bot.claims.when.clock_days import Setting, without_days
from bot.claims.when.clock_spans import clock_spans
from bot.claims.when.clocks import blanked, find_clocks
from bot.claims.when.dates import FAR, NEAR, StatedDay, date_of
from bot.claims.when.days import dateline, find_days
from bot.claims.when.tense import AHEAD, Direction, Tenses
from bot.claims.when.time_meanings import followed_end, meaning_of
from bot.claims.when.time_spans import Placed, day_span, part_span, placed
from bot.types import Precision, TimeMeaning, TimeSpan

#: No sentence of news is longer, or names more days or clocks; hostile ones are.
MAX_SENTENCE = 2000
MAX_TIMES = 40
_PAIR_LEAD = re.compile(r"\b(?:night|overnight)\s(?:of|from|between|on)?\s?$", re.IGNORECASE)
_TO = re.compile(r"\s?(?:to|until|till|through|and|or|[-–—/])\s?")
_PAIR_JOIN = re.compile(r"\s?(?:to|into|and|[-–—/])\s?")


def find_times(sentence: str, anchor: datetime, zone: ZoneInfo) -> tuple[TimeSpan, ...]:
    """Return the times a sentence states.

    Args:
        sentence: verbatim text.
        anchor: publication time (aware UTC).
        zone: zone of the event's place, used for "local time" and unzoned clocks.
    """
    text = sentence[:MAX_SENTENCE]
    days = find_days(text)[:MAX_TIMES]
    clocks = find_clocks(text, zone, days)[:MAX_TIMES]
    if not days and not clocks and not words.may_state_night(text):
        return ()
    # Without its clocks, "by 6 p.m. on Friday" reads as "by ... on Friday".
    tenses = Tenses(blanked(text, [(clock.start, clock.end) for clock in clocks]))
    days = _directed(text, days, tenses)
    today = anchor.astimezone(zone).date()
    sent = dateline(text, days)
    if sent is not None and (on := date_of(sent, today)):
        # The day of an agency's own dateline is what its "Tuesday" and "today" count from.
        anchor = anchor if on == today else _end_of(on, zone)
        today = on
        days = [day for day in days if day is not sent]
    frame = _frame(days, tenses, today)
    setting = Setting(
        text=text,
        blank=without_days(text, days),
        days=days,
        tenses=tenses,
        anchor=anchor,
        zone=zone,
        frame=frame,
    )
    spans, used = clock_spans(setting, clocks)
    left = [day for day in days if day not in used]
    spans += _same_hour_spans(setting, left, spans)
    spans += _night_spans(setting, left)
    spans += [s for s in _day_spans(setting, left) if not _overlaps(s, spans)]
    spans += [s for s in _overnight_spans(setting) if not _overlaps(s, spans)]
    spans.sort(key=lambda item: item.start)
    speech = {day.low for day in days if tenses.is_speech(day.low)}
    found = [_with_meaning(text, item, item.start in speech, anchor) for item in spans]
    return tuple(_merged([item.span for item in found] + followed_end(text, found)))


def _directed(text: str, days: Sequence[StatedDay], tenses: Tenses) -> list[StatedDay]:
    """Return the days with their directions; the end of "from Monday to Friday" has its start's."""
    directed: list[StatedDay] = []
    for day in days:
        direction = tenses.direction(day.low, day.high)
        last = directed[-1] if directed else None
        if last and direction is Direction.UNKNOWN and _TO.fullmatch(text[last.high : day.low]):
            direction = last.direction
        known = direction is not Direction.UNKNOWN
        directed.append(day._replace(direction=direction) if known else day)
    return directed


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return day_span(day, zone)[1].astimezone(UTC) - timedelta(minutes=1)


def _frame(days: Sequence[StatedDay], tenses: Tenses, today: date) -> date | None:
    """Return the date of the one day on which somebody spoke."""
    spoken = [date_of(day, today) for day in days if tenses.is_speech(day.low)]
    return spoken[0] if len(spoken) == 1 else None


def _day_spans(setting: Setting, days: Sequence[StatedDay]) -> list[Placed]:
    """Return days without a clock, or the part of them that the words name."""
    spans = []
    today = setting.anchor.astimezone(setting.zone).date()
    for day in days:
        on = date_of(day, today, setting.frame)
        if on is None or day.bare:
            continue
        if not day.part:
            whole = day_span(on, setting.zone)
            spans.append(placed(setting.text, day.start, day.end, whole, Precision.DAY))
            continue
        span = part_span(_first_day(day, on, setting), day.part, setting.zone)
        spans.append(placed(setting.text, day.low, day.high, span, Precision.PART_OF_DAY))
    return spans


#: Before a day: the hour is the one that the sentence has stated.
_SAME_HOUR = re.compile(r"\bthe same (?:hour|time)\s+(?:on\s+)?$")


#: The same, behind it: "until 2 June at the same hour".
_SAME_HOUR_BEHIND = re.compile(r",?\sat the same (?:hour|time)\b")


def _same_hour_spans(
    setting: Setting, days: list[StatedDay], stated: Sequence[Placed]
) -> list[Placed]:
    """Return "and will be over at the same hour on Friday", and take its days out of `days`."""
    points = [item for item in stated if item.span.precision is Precision.MINUTE]
    spans = []
    today = setting.anchor.astimezone(setting.zone).date()
    for day in list(days):
        lead = _SAME_HOUR.search(setting.text[max(0, day.start - 24) : day.start])
        behind = _SAME_HOUR_BEHIND.match(setting.text, day.end)
        before = [item for item in points if item.end <= day.start]
        on = date_of(day, today, setting.frame)
        if not (lead or behind) or not before or on is None:
            continue
        local = before[-1].span.start.astimezone(setting.zone)
        # The midnight of a day is its last hour, as the first one was.
        last = timedelta(days=not (local.hour or local.minute))
        at = datetime.combine(on + last, local.time(), tzinfo=setting.zone).astimezone(UTC)
        start, end = day.start - len(lead[0] if lead else ""), behind.end() if behind else day.end
        spans.append(placed(setting.text, start, end, (at, at), Precision.MINUTE))
        days.remove(day)
    return spans


def _first_day(day: StatedDay, on: date, setting: Setting) -> date:
    """Return the date on which a part begins: a night may belong to the day before."""
    if day.part != "night":
        return on
    ahead = part_span(on, "night", setting.zone)[0] > setting.anchor
    told = "overnight" in setting.text[day.low : day.high].lower()
    passed = told and ahead and day.direction not in AHEAD
    return on - timedelta(days=1) if day.into or passed else on


def _night_spans(setting: Setting, days: list[StatedDay]) -> list[Placed]:
    """Return "the night from Saturday to Sunday" as one, and take its days out of `days`."""
    spans = []
    today = setting.anchor.astimezone(setting.zone).date()
    for first, then in zip(list(days), list(days)[1:], strict=False):
        lead = _PAIR_LEAD.search(setting.text[max(0, first.start - 24) : first.start])
        gap = setting.text[first.end : then.start]
        if not lead or not (_PAIR_JOIN.fullmatch(gap) or first.end == then.start):
            continue
        on, after = date_of(first, today, setting.frame), date_of(then, today, setting.frame)
        if on is None or after != on + timedelta(days=1):
            continue
        night = part_span(on, "night", setting.zone)
        spans.append(
            placed(setting.text, first.start - len(lead[0]), then.end, night, Precision.PART_OF_DAY)
        )
        days[:] = [day for day in days if day not in (first, then)]
    return spans


def _overnight_spans(setting: Setting) -> list[Placed]:
    """Return nights that no day is named for: the last one, or the coming one."""
    spans: list[Placed] = []
    if not words.may_state_night(setting.text):
        return spans
    today = setting.anchor.astimezone(setting.zone).date()
    for match in words.OVERNIGHT.finditer(setting.text):
        if any(day.low < match.end() and match.start() < day.high for day in setting.days):
            continue
        ahead = setting.tenses.direction(match.start(), match.end())
        coming = ahead in (Direction.FUTURE, Direction.WOULD)
        on = today if coming else today - timedelta(days=1)
        night = part_span(on, "night", setting.zone)
        spans.append(placed(setting.text, match.start(), match.end(), night, Precision.PART_OF_DAY))
    return spans


def _overlaps(span: Placed, used: Sequence[Placed]) -> bool:
    return any(span.start < other.end and span.end > other.start for other in used)


def _with_meaning(text: str, item: Placed, speech: bool, anchor: datetime) -> Placed:
    """Add the meaning; the day of speaking and days of history have none of their own."""
    if speech or not -NEAR <= item.span.start - anchor <= FAR:
        return item
    meaning: TimeMeaning = meaning_of(text, item.start, item.end)
    if meaning is item.span.meaning:
        return item
    return item._replace(span=replace(item.span, meaning=meaning))


def _merged(spans: Sequence[TimeSpan]) -> list[TimeSpan]:
    kept: list[TimeSpan] = []
    for span in spans:
        if not any((k.start, k.end) == (span.start, span.end) for k in kept):
            kept.append(span)
    return kept
