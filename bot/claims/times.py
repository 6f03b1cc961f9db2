"""Stated times of a sentence as intervals of instants. Pure.

Date libraries fail on exactly these sentences, so this is a small grammar: clocks with zones, days
by the tense around them, parts of days, durations. Ambiguous or coarser than a day: no entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.claims import clock_words as words
from bot.claims.zones import named_zone
from bot.types import Precision, TimeMeaning, TimeSpan

MAX_SENTENCE = 2000
#: A stated day further away than this is history or a plan for another year.
NEAR = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    start: int
    end: int
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    start: int
    end: int
    hour: int  #: 0-24
    minute: int
    near: str  #: "" or the qualifying words, lower case
    zone: ZoneInfo | None
    zoned: bool  #: the sentence names the zone
    midnight: bool


def find_times(sentence: str, anchor: datetime, zone: ZoneInfo) -> tuple[TimeSpan, ...]:
    """Return the times a sentence states.

    Args:
        sentence: verbatim text.
        anchor: publication time (aware UTC).
        zone: zone of the event's place, used for "local time" and unzoned clocks.
    """
    text = sentence[:MAX_SENTENCE]
    days = _days(text, anchor.astimezone(zone).date())
    clocks = _clocks(text, zone)
    spans, unclear = _clock_spans(text, clocks, days, anchor, zone)
    # A day whose clock cannot be told is not told more coarsely either.
    days = [day for day in days if day not in unclear]
    used = [(s, e) for s, e, _ in spans]
    spans += [p for p in _part_spans(text, days, anchor, zone) if not _near_any(p, used)]
    used = [(s, e) for s, e, _ in spans]
    spans += [d for d in _day_spans(text, days, zone) if not _near_any(d, used)]
    spans.sort(key=lambda found: found[0])
    found = [replace(span, meaning=_meaning(text, s, e)) for s, e, span in spans]
    return tuple(_merged(found + _expiry(text, found)))


Span = tuple[int, int, TimeSpan]

REPORTED = re.compile(
    r"\b(?:said|told \w+|announced|reported|added|wrote|says|stated)\b(?: late| early)?(?: in a \w+| the \w+)?,?\s+"
    r"(?:on |late |early |late on )?$"
)


def _days(text: str, today: date) -> list[_Day]:
    found = []
    for match in words.DAY.finditer(text):
        day = _day(text, match, today)
        if day is not None:
            found.append(_Day(start=match.start(), end=match.end(), day=day))
    return found


def _day(text: str, match: re.Match[str], today: date) -> date | None:
    if match["word"]:
        shift = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}[match["word"]]
        return today + timedelta(days=shift)
    if match["weekday"]:
        return _weekday(text, match, today)
    number = int(match["day1"] or match["day2"])
    month = words.month_number(match["month1"] or match["month2"])
    year = match["year1"] or match["year2"]
    try:
        if year:
            day = date(int(year), month, number)
            return day if abs(day - today) <= NEAR else None
        years = [date(today.year + shift, month, number) for shift in (-1, 0, 1)]
    except ValueError:
        return None
    nearest = min(years, key=lambda d: abs(d - today))
    return nearest if abs(nearest - today) <= NEAR else None


def _weekday(text: str, match: re.Match[str], today: date) -> date | None:
    wanted = words.WEEKDAYS.index(match["weekday"])
    ahead = (wanted - today.weekday()) % 7
    relation = (match["rel"] or "").strip()
    if (
        relation == "next"
        or match["weekday"] + "s" == text[match.start("weekday") : match.end() + 1]
    ):
        return None  # the coming one or the one after it; "on Mondays" is no day at all
    if relation == "last":
        return today - timedelta(days=(7 - ahead) if ahead else 7)
    if relation in ("this", "the following"):
        return today + timedelta(days=ahead)
    if _is_future(text, match.start(), match.end()):
        return today + timedelta(days=ahead)
    return today - timedelta(days=(7 - ahead) % 7)


def _is_future(text: str, start: int, end: int) -> bool:
    """Tell the direction of a weekday by the nearest governing verb before it."""
    before = re.split(r"[;]|, (?=[a-z]+ (?:said|told))", text[:start])[-1]
    future = max((m.end() for m in words.FUTURE.finditer(before)), default=-1)
    past = max((m.end() for m in words.PAST.finditer(before)), default=-1)
    if future == past == -1:
        after = text[end : end + 60]
        return bool(words.FUTURE.search(after)) and not words.PAST.search(after)
    if future > past:
        return True
    if future >= 0 and past - future <= 18 and "," not in before[future:past]:
        return True  # "will be held", "is to be signed"
    # "had agreed to a truce that takes effect ... , she said on Wednesday": a reporting verb just
    # before the day owns it; otherwise a future phrase anywhere before governs the day.
    tail = before[past - 25 if past > 25 else 0 :]
    if re.search(
        r"\b(?:said|told|announced|reported|declared|wrote|added|was|were|had|has)\b[^,]{0,60}$",
        tail,
    ):
        return bool(re.search(r"\bwas (?:due|to|set)\b", before[-60:]))
    return False


def _clocks(text: str, zone: ZoneInfo) -> list[_Clock]:
    found = []
    for match in words.CLOCK.finditer(text):
        read = _clock_value(match)
        if read is None:
            continue
        hour, minute = read
        zoned = bool(match["abbr"] or match["place"] or match["local"])
        found.append(
            _Clock(
                start=match.start(),
                end=match.end(),
                hour=hour,
                minute=minute,
                near=(match["near"] or "").lower(),
                zone=named_zone(match["abbr"], _place(match), bool(match["local"]), zone),
                zoned=zoned,
                midnight=bool(match["midnight"]) or hour == 24,
            )
        )
    return found


def _place(match: re.Match[str]) -> str | None:
    # The pattern ignores case; the table does not.
    place = match["place"]
    return place if place is None or place[0].isupper() else None


def _clock_value(match: re.Match[str]) -> tuple[int, int] | None:
    if match["noon"]:
        return 12, 0
    if match["midnight"]:
        return 24, 0
    if match["military"]:
        return int(match["military"][:2]), int(match["military"][2:])
    if match["hour24"]:
        return int(match["hour24"]), int(match["minute24"])
    if match["hour12"]:
        hour = words.count_value(match["hour12"])
        if not 1 <= hour <= 12:
            return None
        half = match["half"].lower()
        late = half.startswith("p") or "afternoon" in half or "evening" in half
        late = late or ("night" in half and hour >= 6)
        return hour % 12 + (12 if late else 0), int(match["minute12"] or 0)
    return None  # "at 7 local time": morning or evening cannot be told


def _clock_spans(
    text: str, clocks: Sequence[_Clock], days: Sequence[_Day], anchor: datetime, zone: ZoneInfo
) -> tuple[list[Span], list[_Day]]:
    """Return the spans of clocks, and the days of clocks that are ambiguous."""
    spans: list[Span] = []
    unclear: list[_Day] = []
    index = 0
    while index < len(clocks):
        group = [clocks[index]]
        while index + 1 < len(clocks) and _same_instant_form(text, group[-1], clocks[index + 1]):
            index += 1
            group.append(clocks[index])
        index += 1
        span = _instant(text, group, days, anchor, zone)
        if span is not None:
            spans.append(span)
        elif day := _day_for(text, group[0].start, group[-1].end, days):
            unclear.append(day)
    return _ranges(text, spans), unclear


def _same_instant_form(text: str, a: _Clock, b: _Clock) -> bool:
    """Tell whether two clocks stand as "1 p.m. local time (0900 GMT)"."""
    between = text[a.end : b.start]
    return bool(re.fullmatch(r"[\s,]*(?:\(|/|,? or |, that is |\[)\s*", between))


def _instant(
    text: str, group: Sequence[_Clock], days: Sequence[_Day], anchor: datetime, zone: ZoneInfo
) -> Span | None:
    first = group[0]
    if any(clock.zone is None for clock in group):
        return None
    end = group[-1].end
    day = _day_for(text, first.start, end, days)
    local_today = anchor.astimezone(zone).date()
    instants = [
        _at(clock, _clock_day(clock, day, local_today, anchor, text, zone)) for clock in group
    ]
    if any((i - instants[0]) % timedelta(days=1) for i in instants):
        return None  # two clocks that disagree
    at = _one_midnight(text, first, day, instants) if first.midnight else instants[0]
    if at is None:
        return None
    start = first.start if day is None else min(first.start, day.start)
    finish = end if day is None else max(end, day.end)
    verbatim = text[start:finish] if finish - start <= 80 else text[first.start : end]
    return start, finish, _with_precision(at, first, verbatim)


def _one_midnight(
    text: str, clock: _Clock, day: _Day | None, instants: Sequence[datetime]
) -> datetime | None:
    """Return the midnight that is meant: a second clock tells, or the words; else None."""
    if len(instants) > 1:
        return instants[1]
    around = text[max(0, clock.start - 25) : clock.end + 40]
    if day is not None and re.search(r"\b(?:tonight|today|end of|night)\b", around):
        return instants[0]
    if day is None and re.search(r"\b(?:from|at|until|by|since)\s+$", text[: clock.start]):
        return instants[0]
    return None


def _with_precision(at: datetime, clock: _Clock, verbatim: str) -> TimeSpan:
    begin, end, precision = at, at, Precision.MINUTE
    if clock.near in ("around", "about", "approximately", "roughly"):
        begin, end, precision = (
            at - timedelta(minutes=30),
            at + timedelta(minutes=30),
            Precision.HOUR,
        )
    elif clock.near.endswith("after"):
        end, precision = at + timedelta(hours=1), Precision.HOUR
    elif clock.near.endswith("before"):
        begin, precision = at - timedelta(hours=1), Precision.HOUR
    return TimeSpan(text=verbatim.strip(" ,("), start=begin, end=end, precision=precision)


def _day_for(text: str, start: int, end: int, days: Sequence[_Day]) -> _Day | None:
    """Return the day that a clock belongs to: the nearest one not across a clause."""
    best: tuple[int, _Day] | None = None
    for day in days:
        gap = text[end : day.start] if day.start >= end else text[day.end : start]
        distance = len(gap) + (0 if day.start >= end else 3)
        if distance > 70 or re.search(
            r"[;.]\s|\b(?:said|told|after|before)\b", gap.replace("p.m.", "").replace("a.m.", "")
        ):
            continue
        if best is None or distance < best[0]:
            best = (distance, day)
    return best[1] if best else None


def _clock_day(
    clock: _Clock, day: _Day | None, today: date, anchor: datetime, text: str, zone: ZoneInfo
) -> date:
    if day is not None:
        return day.day
    zoned = clock.zone or zone
    local = anchor.astimezone(zoned)
    candidate = local.date()
    at = _at(clock, candidate)
    future = _is_future(text, clock.start, clock.end)
    if (
        future
        and at < anchor - timedelta(hours=1)
        and not re.search(r"\bwas (?:due|to)\b", text[: clock.start])
    ):
        return candidate + timedelta(days=1)
    if not future and at > anchor + timedelta(minutes=30):
        return candidate - timedelta(days=1)
    return candidate


def _at(clock: _Clock, day: date) -> datetime:
    zone = clock.zone or ZoneInfo("UTC")
    # Midnight "on Monday" in news means the end of Monday; "00:00" means its start.
    shift = timedelta(days=1) if clock.hour == 24 else timedelta(0)
    local = datetime.combine(day, time(clock.hour % 24, clock.minute), tzinfo=zone) + shift
    return local.astimezone(UTC)


def _ranges(text: str, spans: list[Span]) -> list[Span]:
    """Join "between 7 a.m. and 9 a.m." into one interval."""
    joined: list[Span] = []
    for span in spans:
        if joined:
            begin, end, last = joined[-1]
            between = text[end : span[0]] if span[0] >= end else ""
            before = text[max(0, begin - 9) : begin]
            if (
                re.search(r"\bbetween\s*$", before)
                and re.fullmatch(r"\s+and\s+", between)
                and span[2].end > last.start
            ):
                whole = TimeSpan(
                    text=text[begin : span[1]],
                    start=last.start,
                    end=span[2].end,
                    precision=Precision.MINUTE,
                )
                joined[-1] = (begin, span[1], whole)
                continue
        joined.append(span)
    return joined


def _part_spans(text: str, days: Sequence[_Day], anchor: datetime, zone: ZoneInfo) -> list[Span]:
    spans: list[Span] = []
    today = anchor.astimezone(zone).date()
    for match in words.PART.finditer(text):
        name = next(k for k, v in match.groupdict().items() if v)
        day = _adjacent_day(text, match, days)
        if day is None and not _deictic(text, match):
            continue
        on = day.day if day else today
        if "last night" in match[0].lower() or (day is None and match[0].lower() == "overnight"):
            on = today - timedelta(days=1)
        elif name == "night" and day and re.search(r"\binto\s*$", text[match.end() : day.start]):
            on = day.day - timedelta(days=1)
        begin_hour, end_hour = words.PART_HOURS[name]
        begin = datetime.combine(on, time(0), tzinfo=zone)
        start = min(match.start(), day.start if day else match.start())
        finish = max(match.end(), day.end if day else match.end())
        if spans and start < spans[-1][1]:
            continue
        span = TimeSpan(
            text=text[start:finish].strip(),
            start=(begin + timedelta(hours=begin_hour)).astimezone(UTC),
            end=(begin + timedelta(hours=end_hour)).astimezone(UTC),
            precision=Precision.PART_OF_DAY,
        )
        spans.append((start, finish, span))
    return spans


def _deictic(text: str, match: re.Match[str]) -> bool:
    """Tell whether "this morning", "overnight", "tonight" names a part of a day by itself."""
    if match[0].lower() in ("tonight", "last night", "overnight"):
        return True
    return bool(re.search(r"\b(?:this|earlier this)\s+(?:early\s+)?$", text[: match.start()]))


def _adjacent_day(text: str, match: re.Match[str], days: Sequence[_Day]) -> _Day | None:
    for day in days:
        if day.start <= match.start() and day.end >= match.end():
            return day
        gap = (
            text[match.end() : day.start]
            if day.start >= match.end()
            else text[day.end : match.start()]
        )
        if re.fullmatch(r"\s*(?:on|of|hours of|hours on|into|in the|,|)\s*(?:on |of )?", gap):
            return day
    return None


def _day_spans(text: str, days: Sequence[_Day], zone: ZoneInfo) -> list[Span]:
    spans: list[Span] = []
    for day in days:
        # The day on which somebody spoke is not the day of what was said.
        if REPORTED.search(text[max(0, day.start - 40) : day.start]):
            continue
        begin = datetime.combine(day.day, time(0), tzinfo=zone)
        end = datetime.combine(day.day + timedelta(days=1), time(0), tzinfo=zone)
        span = TimeSpan(
            text=text[day.start : day.end],
            start=begin.astimezone(UTC),
            end=end.astimezone(UTC),
            precision=Precision.DAY,
        )
        spans.append((day.start, day.end, span))
    return spans


def _near_any(span: Span, used: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and span[1] > start for start, end in used)


def _meaning(text: str, start: int, end: int) -> TimeMeaning:
    """Tell what a time is the time of, by the words just around it."""
    before, after = text[max(0, start - 110) : start], text[end : end + 60]
    if re.search(
        r"\b(?:said|told|announced|reported|added|wrote)\b[\w\s']{0,25}$", before
    ) and not re.search(r"\b(?:from|effect|force|begin|start|until)\b", before[-30:]):
        return TimeMeaning.OTHER
    stopping = words.STOPPING.search(before) or words.STOPPING.search(after[:40])
    if stopping and words.EXPIRY.search(before[-45:]):
        return TimeMeaning.EXPIRY
    if stopping and words.EFFECTIVE.search(before[-60:]):
        return TimeMeaning.EFFECTIVE
    if words.EFFECTIVE.search(before[-40:]) and re.search(r"\b(?:effect|force)\b", before[-40:]):
        return TimeMeaning.EFFECTIVE
    if words.TALKS.search(before) or words.TALKS.search(after[:40]):
        return TimeMeaning.TALKS
    return TimeMeaning.OTHER


def _expiry(text: str, found: Sequence[TimeSpan]) -> list[TimeSpan]:
    """Add the end of "a 72-hour truce" when its start is stated to the minute."""
    if any(span.meaning is TimeMeaning.EXPIRY for span in found):
        return []
    starts = [
        s for s in found if s.meaning is TimeMeaning.EFFECTIVE and s.precision is Precision.MINUTE
    ]
    for match in words.DURATION.finditer(text):
        around = text[max(0, match.start() - 60) : match.end() + 60]
        if starts and words.STOPPING.search(around):
            hours = {"hour": 1, "day": 24, "week": 168}[match["unit"].lower()]
            end = starts[0].end + timedelta(hours=hours * words.count_value(match["count"]))
            return [
                TimeSpan(
                    text=match[0],
                    start=end,
                    end=end,
                    precision=Precision.MINUTE,
                    meaning=TimeMeaning.EXPIRY,
                )
            ]
    return []


def _merged(spans: Sequence[TimeSpan]) -> list[TimeSpan]:
    kept: list[TimeSpan] = []
    for span in spans:
        if not any((k.start, k.end) == (span.start, span.end) for k in kept):
            kept.append(span)
    return kept
