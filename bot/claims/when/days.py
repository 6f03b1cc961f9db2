"""The days that a sentence states, as written, with the parts of the day around them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.claims.when import day_words as words
from bot.claims.when.clock_words import count_value
from bot.claims.when.dates import StatedDay


def find_days(text: str) -> list[StatedDay]:
    """Return the days of a sentence in reading order, those of generic use too."""
    if not words.may_state_days(text):
        return []
    found: list[StatedDay] = []
    for match in words.DAYS.finditer(text):
        found += _read(text, match)
    fused = _fused(text, found)
    if not words.may_state_parts(text):
        return fused
    parted: list[StatedDay] = []
    for day in fused:
        parted.append(_with_part(text, day, parted[-1] if parted else None))
    return parted


def dateline(text: str, days: Sequence[StatedDay]) -> StatedDay | None:
    """Return the day of "BAKU, Sept. 20 (Reuters) -", on which the text was sent."""
    first = days[0] if days else None
    if first is None or first.number is None or first.low > words.DATELINE_REACH:
        return None
    place = words.DATELINE_PLACE.fullmatch(text[: first.low])
    agency = words.DATELINE_AGENCY.match(text, first.high)
    return first if place and agency else None


def _stated(match: re.Match[str], **fields: Any) -> StatedDay:
    """Return the day of a match, with what its words say."""
    start, end = match.span()
    return StatedDay(start=start, end=end, low=start, high=end, **fields)


def _read(text: str, match: re.Match[str]) -> list[StatedDay]:
    before = text[max(0, match.start() - 25) : match.start()]
    if match["weekday"]:
        return _weekday_read(text, match, before)
    if match["month1"] or match["month2"]:
        return _dates_read(text, match, before)
    if match["iso"] or match["dotted"] or match["slash"]:
        return _numbers_read(match)
    if match["nth"] or match["ordinal"] or match["feast"]:
        return [_of_calendar(match)]
    if match["daily"]:
        return [_stated(match, generic=True)]
    if match["ago"]:
        days = count_value(match["ago"])
        part = "night" if match["ago_unit"].startswith("night") else ""
        vague = bool(words.VAGUE_BEFORE.search(before))
        return [] if vague else [_stated(match, shift=-days, part=part)]
    return _shifted(text, match, before)


def _of_calendar(match: re.Match[str]) -> StatedDay:
    """Return "the 13th", "the 13th of next month" or "Christmas Eve"."""
    if match["feast"]:
        month, number = words.FEASTS[match["feast"].lower().replace("’", "'")]
        return _stated(match, month=month, number=number)
    if match["ordinal"]:
        return _stated(match, number=int(match["ordinal"]))
    months = {"last": -1, "next": 1}.get(match["nth_month"] or "", 0)
    return _stated(match, number=int(match["nth"]), months=months)


def _shifted(text: str, match: re.Match[str], before: str) -> list[StatedDay]:
    """Return a day told by its distance from today."""
    if match["hence"]:
        return [_stated(match, shift=count_value(match["hence"]))]
    if match["around"]:
        return [_stated(match, shift=2 if "after" in match["around"].lower() else -2)]
    if match["last"]:
        return [_stated(match, shift=-1)]
    if match["deictic"]:
        return [_stated(match, shift=0)]
    word = match["word"].lower()
    if match["word"] in ("Today", "TODAY") and (
        words.TODAY_NAME.search(before)
        or re.match(r" (?:programme|program|show)", text[match.end() :])
    ):
        return []
    shift = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}[word]
    return [_stated(match, shift=shift, part="night" if word == "tonight" else "")]


def _weekday_read(text: str, match: re.Match[str], before: str) -> list[StatedDay]:
    if words.NAME_BEFORE.search(before) or words.NAME_AFTER.match(text, match.end()):
        return []
    relation = (match["rel"] or "").lower().removeprefix("this ") or ""
    if relation in ("a", "an") and words.ADJECTIVE_AFTER.match(text, match.end()):
        relation = ""  # "a Wednesday night rally"
    generic = relation not in ("", "last", "next", "this", "coming", "past")
    generic = generic or bool(match["plural"]) or match["week_word"] == " week"
    generic = generic or (
        bool(re.search(r"\b(?:the|that)\s$", before, re.I))
        and bool(words.OTHER_WEEK.match(text, match.end()))
    )
    if match["week_word"] and match["week_word"].strip() == "last":
        relation = "last"
    return [
        _stated(
            match,
            weekday=words.weekday_number(match["weekday"]),
            relation=relation,
            week=(match["week"] or match["week2"] or "").lower(),
            generic=generic,
        )
    ]


def _dates_read(text: str, match: re.Match[str], before: str) -> list[StatedDay]:
    if words.DATE_NAME_AFTER.match(text, match.end()):
        return []
    month = words.month_number(match["month1"] or match["month2"])
    year = match["year1"] or match["year2"]
    said = None if year else words.YEAR_AFTER.match(text, match.end())
    year_word = said["which"] if said else ""
    found = []
    for group in ("day0", "day1", "day2", "day3", "day4"):
        if not match[group]:
            continue
        number = int(match[group])
        named = (month, number) in words.NAMED_DATES and _stands_as_name(text, match, before)
        found.append(
            _stated(
                match,
                month=month,
                number=number,
                year=int(year) if year else None,
                year_word=year_word,
                named=named,
            )
        )
    if said:
        found[-1] = found[-1]._replace(end=said.end(), high=said.end())
    if len(found) == 2:
        second = match.start(next(g for g in ("day1", "day3", "day4") if match[g]))
        found[0] = found[0]._replace(end=second, high=second)
        found[1] = found[1]._replace(start=second, low=second)
    return found


def _stands_as_name(text: str, match: re.Match[str], before: str) -> bool:
    """Tell "the 7 October attacks", "since October 7" from "on 7 October"."""
    if re.search(r"\b(?:since|before|after|of|the|that|its|Hamas['’]s?)\s$", before, re.I):
        return True
    return bool(
        re.match(r"\s(?:[\w’'-]+\s)?(?:attack|massacre|assault|war|raid)s?\b", text[match.end() :])
    )


def _numbers_read(match: re.Match[str]) -> list[StatedDay]:
    numbers = [int(n) for n in re.split(r"[-./]", match[0])]
    if match["iso"]:
        year, month, number = numbers
    else:
        number, month, year = numbers
        if match["slash"]:
            if number <= 12 and month <= 12 and number != month:
                return [_stated(match, generic=True)]  # day or month first: cannot be told
            if month > 12:
                number, month = month, number
    return [_stated(match, year=year, month=month, number=number)]


def _fused(text: str, days: Sequence[StatedDay]) -> list[StatedDay]:
    """Join "Sunday, 19 January" and "10 May (Saturday)" into one day each."""
    fused: list[StatedDay] = []
    for day in days:
        last = fused[-1] if fused else None
        if (
            last is not None
            and (last.weekday is None) != (day.weekday is None)
            and (
                last.number is not None
                or day.number is not None
                or None not in (last.shift, day.weekday)
            )
            and re.fullmatch(r"\s?,?\s?\(?(?:the\s)?", text[last.end : day.start])
        ):
            dated, week = (last, day) if day.weekday is not None else (day, last)
            fused[-1] = dated._replace(
                weekday=week.weekday,
                start=last.start,
                low=last.start,
                end=day.end,
                high=day.end,
                generic=dated.generic,  # "October 5, the Sunday after the feast" has its date
            )
            continue
        fused.append(day)
    return fused


def _with_part(text: str, day: StatedDay, last: StatedDay | None) -> StatedDay:
    """Add the part of the day that the words around name, where no day before has them."""
    lead = text[max(last.end if last else 0, day.start - 70) : day.start]
    left = words.LEFT_PART.search(lead[-32:]) or words.ADJECTIVE_PART.search(lead)
    into = bool(left and left.groupdict().get("into"))
    low = day.start - (len(left[0]) if left else 0)
    if last and low < last.high and not into:
        left, low = None, day.start
    right = words.RIGHT_PART.match(text, day.end)
    part = _part_name(left, right) or day.part
    high = right.end() if right else day.high
    edge = words.LEFT_EDGE.search(lead) if left is None else None
    if edge is not None:
        low = day.start - len(edge[0])
        day = day._replace(edge="start" if edge["start"] else "end")
    if (part, low, high, into) == (day.part, day.low, day.high, day.into):
        return day
    return day._replace(part=part, low=low, high=high, into=into)


def _part_name(left: re.Match[str] | None, right: re.Match[str] | None) -> str:
    first, then = _named_part(left), _named_part(right)
    if first == "early" and then in ("", "morning"):
        return "early"
    return then or first


def _named_part(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    groups = match.groupdict()
    if only := groups.get("only"):
        return "early" if only.lower() == "early" else "evening"
    name = next(part for part in words.PART_HOURS if groups.get(part))
    early = (groups.get("size") or "").lower() == "early"
    return "early" if early and name == "morning" else name
