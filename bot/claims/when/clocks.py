"""Clock times as a sentence writes them: hour, minute, zone, and what blurs them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.claims.when import clock_words as words
from bot.claims.when.dates import StatedDay
from bot.claims.when.meetings import is_on_meeting
from bot.claims.when.zones import ZONE, named_zone, zone_of_town


class Clock(NamedTuple):
    """One clock time; `hour` is None where morning or evening cannot be told."""

    start: int
    end: int  #: behind the words for its zone
    reach: int  #: the same, where its day stands in between ("6 p.m. on Friday, Moscow time")
    hour: int | None  #: 0-24
    minute: int
    offset: timedelta = timedelta(0)  #: "ten minutes to"
    near: str = ""  #: "", "around", "after" or "before"
    zone: tzinfo | None = None  #: None: named, but not to be told
    zoned: bool = False  #: the words name a zone
    #: "Highland time", or "local time" of talks in some other town: the event's own zone is taken.
    assumed: bool = False
    midnight: bool = False  #: the word, which may open or close its day


def find_clocks(text: str, zone: ZoneInfo, days: Sequence[StatedDay]) -> list[Clock]:
    """Return the clock times of a sentence in reading order.

    Args:
        text: the sentence.
        zone: zone of the event's place.
        days: its days, which tell morning from evening and may stand before a zone's name.
    """
    if not words.may_state_clocks(text):
        return []
    found: list[Clock] = []
    # "~5 p.m." opens with no word.
    matches = words.CLOCK.finditer(text) if "~" in text else words.CLOCKS.finditer(text)
    for match in matches:
        if any(day.start < match.end() and match.start() < day.end for day in days):
            continue  # the digits of a date
        clock = _clock(text, match, zone, days)
        if clock is None:
            continue
        found += [*_first_hours(text, clock, match, found), clock]
    return _with_shared_zones(text, found, days)


def _clock(
    text: str, match: re.Match[str], zone: ZoneInfo, days: Sequence[StatedDay]
) -> Clock | None:
    end = match.end()
    half = words.HALF_AFTER.match(text, end)
    end = half.end() if half else end
    named = ZONE.match(text, end) or _zone_behind_day(text, end, days)
    part = _part(text, match.start(), end, half, days)
    if not _is_clock(text, match, named, part):
        return None
    hour, minute = _value(match, part)
    near, offset = _blur(match)
    # "Local time" is that of the town beside it.
    local = named is None or (named["local"] is not None and named["city"] is None)
    own = (_town_zone(text, match, days) if local else None) or zone
    return Clock(
        start=match.start(),
        end=named.end() if named and named.start() == end else end,
        reach=named.end() if named else end,
        hour=hour,
        minute=minute,
        offset=offset,
        near=near,
        zone=named_zone(named, own),
        zoned=named is not None,
        assumed=named is not None
        and (named["other"] is not None or (local and is_on_meeting(text))),
        midnight=bool(match["midnight"]),
    )


def _town_zone(text: str, match: re.Match[str], days: Sequence[StatedDay]) -> ZoneInfo | None:
    """Return the zone of "will open in Moscow on Monday at 11:00": the town's clocks are meant."""
    blank = blanked(text, [(day.low, day.high) for day in days])
    start, end = match.span()
    return zone_of_town(blank[max(0, start - 60) : start], blank[end : end + 50])


def _zone_behind_day(text: str, end: int, days: Sequence[StatedDay]) -> re.Match[str] | None:
    """Return the zone of "6 p.m. on Saturday, Moscow time"."""
    for day in days:
        if day.start >= end and re.fullmatch(r"\s*,?\s*(?:on\s)?", text[end : day.low]):
            named = ZONE.match(text, day.high)
            return named if named and not named["there"] else None
    return None


def _is_clock(text: str, match: re.Match[str], named: re.Match[str] | None, part: str) -> bool:
    """Keep prices, scores, verses, years and counts out."""
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() :]
    if match["midnight"]:
        # "Five minutes to midnight" is more often a warning than a time.
        loose = bool(match["offset"]) and not part and not re.match(r"\s(?:on\s)?[A-Z]", after)
        return not re.search(r"\bseconds (?:to|from|before)\s$", before) and (
            not loose or bool(words.CLOCK_LEAD.search(before))
        )
    if match["hour24"]:
        if int(match["hour24"]) == 24 and match["minute24"] != "00":
            return False
        if words.NUMBER_BEFORE.search(before) or words.UNIT_AFTER.match(after):
            return False
        plain = match["mark"] == ":" or match["near"] or named or match[0][-1] in "hs"
        return bool(plain or words.CLOCK_LEAD.search(before))
    if match["four"]:
        return _is_four_digit_clock(match, before, after, named)
    if match["bare"]:
        before = text[: match.start("bare")][-30:]
        alone = bool(match["offset"]) or _stands_alone(before, after, part)
        return alone and not words.UNIT_AFTER.match(after)
    return True


def _is_four_digit_clock(
    match: re.Match[str], before: str, after: str, named: re.Match[str] | None
) -> bool:
    lead = bool(words.CLOCK_LEAD.search(before)) or bool(match["near"])
    if match["four"][0] == "0" and (lead or match["hours"]):
        return True
    if match["hours"]:
        return lead or named is not None
    if lead and words.ITS_DAY.match(after):
        return True  # "at 2000 this evening"
    if named and not named["there"] and (lead or not named["other"]):
        return not words.NUMBER_BEFORE.search(before)
    partner = re.match(r"\s?(?:[-–—]|to\s|and\s)\s?[0-2]\d[0-5]\d", after)
    if partner:
        rest = after[partner.end() :]
        return bool(re.match(r"\s?(?:hours|hrs)\b", rest) or _names_zone(ZONE.match(rest)))
    return bool(re.match(r"\s?\((?:[012]\d[0-5]\d|\d\d?(?::\d\d)?\s?[ap]\.?m\.?)\s?[A-Z]", after))


def _names_zone(named: re.Match[str] | None) -> bool:
    return named is not None and not named["there"] and not named["other"]


def _stands_alone(before: str, after: str, part: str) -> bool:
    """Tell the hour in "at 7 on Friday" from the count in "at two checkpoints"."""
    if re.match(
        r",?\s(?:in\sthe\s|at\snight|this\s|tonight|last\snight|yesterday|tomorrow)", after
    ):
        return True
    if part and re.match(r"\s*(?:$|[.,;:)]|(?:the|an?|when|as|and|but|he|she|they|it)\b)", after):
        return True
    if re.search(r"day,? at\s$|tomorrow,? at\s$", before) and re.match(r"\s*(?:$|[.,;])", after):
        return True
    if not re.search(r"\b(?:at|by|at about|past|-?past|to|after|before|around)\s$", before, re.I):
        return False
    day = r"(?:on\s)?(?:[MTWFS][a-z]+day|the\s(?:morning|evening|night))"
    return bool(
        re.match(rf"\s{day}", after) or (ZONE.match(after) and not re.match(r"\sin\s", after))
    )


def _part(
    text: str, start: int, end: int, half: re.Match[str] | None, days: Sequence[StatedDay]
) -> str:
    """Return the part of the day that stands with a clock, or ""."""
    if half:
        return half["part"] or "night"
    if before := words.HALF_BEFORE.search(text[max(0, start - 30) : start]):
        return before["part"]
    for day in days:
        if not day.part:
            continue
        gap = text[end : day.low] if day.low >= end else text[day.high : start]
        if re.fullmatch(r"[\s,]*(?:(?:on|in|of|at|from|by|around|about|until|the)\s+)*", gap):
            return "night of a day" if day.part == "night" else day.part
    return ""


def _value(match: re.Match[str], part: str) -> tuple[int | None, int]:
    if match["noon"]:
        return 12, 0
    if match["midnight"]:
        return 24, 0
    if match["zero"]:
        return 0, 0
    if match["four"]:
        return int(match["four"][:2]), int(match["four"][2:])
    if match["hour24"]:
        hour, minute = int(match["hour24"]), int(match["minute24"])
        return (_whole_hour(hour, part) if part and hour <= 12 else hour), minute
    if match["hour12"]:
        hour = words.count_value(match["hour12"])
        late = match["half"].lower().startswith("p")
        return hour % 12 + (12 if late else 0), int(match["minute12"] or 0)
    minute = words.count_value(match["spoken"]) if match["spoken"] else 0
    return _whole_hour(words.count_value(match["oclock"] or match["bare"]), part), minute


def _whole_hour(hour: int, part: str) -> int | None:
    """Return the hour of the day for 1-12 in a part of it; None where the words do not say."""
    if part in ("early", "morning") or (hour == 0 and part != "night of a day"):
        return hour % 12
    if part == "afternoon" or (part == "evening" and hour != 12):
        return hour % 12 + 12
    if part.startswith("night") and hour >= 6:
        return hour + 12
    # "At 2 on Saturday night" is Sunday for most and Saturday for some.
    return hour if part == "night" and hour < 5 else None


def _blur(match: re.Match[str]) -> tuple[str, timedelta]:
    near = (match["near"] or "").lower()
    side = near.split()[-1] if near else "around" if "~" in match[0] else ""
    name = {"after": "after", "past": "after", "before": "before", "of": "before"}.get(side, "")
    offset = timedelta(0)
    if match["offset"]:
        count = words.count_value(match["offset"].lower().split(" minute")[0])
        ahead = match["way"].lower() in ("past", "after")
        offset = timedelta(minutes=count if ahead else -count)
    return name or ("around" if side else ""), offset


def _first_hours(
    text: str, clock: Clock, match: re.Match[str], found: Sequence[Clock]
) -> list[Clock]:
    """Return the hours before "and 10 a.m.", which have their half of the day from there."""
    if clock.hour is None or not (match["hour12"] or match["noon"]):
        return []
    base = max(found[-1].end if found else 0, clock.start - 40)
    row = words.FIRST_HOURS.search(text[base : clock.start])
    if row is None:
        return []
    lead = words.CLOCK_LEAD.search(text[: base + row.start()][-12:])
    if not lead and row["join"][0].isalpha():
        return []  # "between two and 10 a.m." is a row, "two and" alone is none
    row_end = base + row.start("join")
    return [
        clock._replace(
            start=hour.start(),
            end=hour.end(),
            reach=hour.end(),
            hour=_borrowed_hour(hour, clock),
            minute=int(hour["minute"] or 0),
            near="",
        )
        for hour in words.HOUR.finditer(text, base + row.start(), row_end)
    ]


def _borrowed_hour(hour: re.Match[str], clock: Clock) -> int:
    """Return an hour that lies before the clock: 8 before 10 a.m., 11 a.m. before 1 p.m."""
    read, minute = words.count_value(hour["hour"]) % 12, int(hour["minute"] or 0)
    last = ((clock.hour or 0) % 12, clock.minute)
    late = (clock.hour or 0) >= 12
    return read + 12 if late == ((read, minute) < last) else read


def _with_shared_zones(text: str, clocks: list[Clock], days: Sequence[StatedDay]) -> list[Clock]:
    """Give "20:00" the zone of "20:00 to 23:30 MSK", and the other way round."""
    blank = blanked(text, [(day.low, day.high) for day in days])
    shared = list(clocks)
    for n in range(len(shared) - 2, -1, -1):
        first, then = shared[n], shared[n + 1]
        if then.zoned and not first.zoned and _is_row(gap_between(blank, first, then), first, then):
            shared[n] = first._replace(zone=then.zone, zoned=True)
    for n in range(1, len(shared)):
        first, then = shared[n - 1], shared[n]
        if first.zoned and not then.zoned and _is_row(gap_between(blank, first, then), first, then):
            shared[n] = then._replace(zone=first.zone, zoned=True)
    return shared


def _is_row(gap: str, first: Clock, then: Clock) -> bool:
    """Tell a range or list from two clocks of one instant ("noon, 0800 GMT")."""
    if ")" in gap:
        return False
    if words.RANGE_JOIN.fullmatch(gap):
        return True
    return (
        bool(re.fullmatch(r"\s*,\s*", gap))
        and not (first.midnight or then.midnight)
        and (first.hour != 12 or first.minute != 0)
    )


def gap_between(text: str, first: Clock, then: Clock) -> str:
    """Return the text between two clocks, behind the words for the first one's zone."""
    return text[first.reach if first.reach <= then.start else first.end : then.start]


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text with these spans as spaces, length for length."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
