"""What a stated time is the time of: a start, an end, talks; and ends that follow. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.claims.when.clock_words import DURATION, UNIT_MINUTES, count_value
from bot.claims.when.time_spans import Placed
from bot.types import Precision, TimeMeaning, TimeSpan

EFFECTIVE = re.compile(
    r"\b(?:take|takes|took|taking|taken) effect|\b(?:come|comes|came|coming) into (?:force|effect)|"
    r"\b(?:goes|go|went|going) into (?:effect|force)|\benter(?:s|ed|ing)? into (?:force|effect)|"
    r"\b(?:begin|begins|began|start|starts|started|starting|beginning|effective|commence[sd]?"
    r"|hold(?:s|ing)?|kicks? in|kicked in)\b|"
    r"\b(?:in|into) (?:force|effect)\b|\bsince\b|\bfrom\b|\bas of\b|"
    r"\bstop(?:s|ped)? (?:firing|fighting)\b|\bfall silent\b|\bfell silent\b|\bat\b",
    re.IGNORECASE,
)
STOPPING = re.compile(
    r"\b(?:ceasefire|cease-fire|cease fire|truce|cessation|armistice|lull|pause|halt"
    r"|stop(?:ping|ped)? (?:firing|fighting|shooting|shelling|their fire)|guns|hostilities"
    r"|(?:firing|fighting|shooting|shelling) (?:(?:will|would|must|is|are|was|were|to) ){0,2}"
    r"(?:stop|cease|halt)s?"
    r"|lay(?:ing)? down (?:their|its) (?:arms|weapons)"
    r"|(?:hold|cease)(?:s|d|ing)? (?:their |its )?fire"
    r"|(?:cease|stop|halt)(?:s|d|ed|ing)? (?:all )?military (?:operations|actions?|activit\w+)"
    r"|suspend(?:s|ed|ing)? (?:[\w“\"”'’-]+ ){0,4}?(?:measures|operations?|offensive|attacks"
    r"|strikes|fire|fighting))\b",
    re.IGNORECASE,
)
EXPIRY = re.compile(
    r"\b(?:expire[sd]?|expiry|expiring|until|till|runs? out|ran out|end(?:s|ed|ing)?|lapse[sd]?"
    r"|through(?=\s*$)|(?:extend|prolong|renew)\w* (?:[\w’'-]+ ){0,4}?(?:to|until|till)(?=\s*$)"
    r"|extended (?:to|until|by)|(?:be|is) over|terminat\w+|cancel\w*"
    r"|call(?:s|ed|ing)? off)\b",
    re.IGNORECASE,
)
#: Right before the end of what goes on so long.
_UP_TO = r"(?:until|till|through|up to)\s(?:about\s|the\s(?:last\sminute\sof\s)?)?$"
#: "It will stay in force until", "it begins at six and runs until", of a halt.
_GOES_ON_UNTIL = re.compile(
    r"\b(?:it|which|agreement|deal|accord|pact|arrangement|understanding|cease-?\s?fire|truce|pause"
    r"|armistice|moratorium)\b[^;]{0,70}\b(?:stay|remain|be|is|keep)\w* in (?:force|effect|place"
    rf"|operation)\b[^.;,]{{0,12}}\b{_UP_TO}"
    r"|\b(?:effect|force|begins?|starts?)\b[^;]{0,90}\b(?:runs?|lasts?|holds?|continues?|goes on"
    rf"|(?:stays?|remains?) (?:valid|in force|in effect))\s{_UP_TO}"
    r"|\b(?:effect|force|begins?|starts?)\b[^;]{0,110}\band (?:expires?|ends?|lapses?|runs? out)"
    r"\s(?:on\s|at\s)?$",
    re.IGNORECASE,
)
TALKS = re.compile(
    r"\b(?:talks?|meet(?:s|ing|ings)?|negotiat(?:e[sd]?|ing|ions?)|summit"
    r"|(?<!press )(?<!news )conference|round"
    r"|delegations?|consultations|sessions?|sitting|sit(?:s)? down|takes? the chair|opening"
    r"|(?:it|which|they) (?:will|would|is to|are to) open"
    r"|discussions|conven\w+)\b",
    re.IGNORECASE,
)
#: "Talks on a lasting truce, the first round of which will open at": what begins is the round.
_OPENS = re.compile(
    r"\b(?:rounds?|sessions?|meetings?|talks|negotiations|conference|summit)\b"
    r"(?:(?!truce|cease-?\s?fire|pause|halt)[^.;,]){0,40}?"
    r"\b(?:open|begin|start|conven|resum|get under way|take place|be held)\w*\b"
    r"(?:(?!truce|cease-?\s?fire|pause|halt)[^.;]){0,70}$",
    re.IGNORECASE,
)
#: The day on which somebody travels is none of the talks that he travels to.
_TRAVELS = re.compile(
    r"\b(?:flew|flown|left|arrived|departed|returned|travell?ed|landed)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
#: Things with a length: "a 10-hour pause starting at 8 p.m." tells its end.
LASTING = re.compile(
    r"\b(?:ceasefire|cease-fire|truce|cessation|armistice|lull|pause|halt|break|window|curfew"
    r"|closure|suspension|blackout|corridor|moratorium|silence|calm|stop|stand-?down)\b",
    re.IGNORECASE,
)
#: Right before a clock: it is a start.
FROM = re.compile(
    r"\b(?:from|start(?:s|ed|ing)?|beg[aiu]n(?:s|ning)?|effective|commenc(?:e[sd]?|ing)|as of"
    r"|effect|force|kick(?:s|ed) (?:in|off)|open(?:s|ed|ing)?|cease[sd]?|halt(?:s|ed)?"
    r"|stop(?:s|ped)?|paus(?:e|es|ed)|suspend(?:s|ed)?|silent|shut|close[sd]?)\b"
    r"(?:\s(?:at|on|from|of|about|around|shortly after))*\s*$",
    re.IGNORECASE,
)
#: Right before "for 48 hours": it goes on so long.
GOES_ON = re.compile(r"\b(?:last|hold|run|continue|remain|stay|apply)(?:s|ing)?\s$")
#: Between a start and its length: "from 6 p.m. and for 48 hours".
_RIGHT_BEHIND = re.compile(r",?\s(?:and\s|then\s|and\sthen\s)?(?:lasting\s|running\s)?")
SPOKE = re.compile(r"\b(?:said|told|announced|reported|added|wrote|says|stated)\b[\w\s']{0,25}$")
#: What a text says, and no start: "a letter to this effect was handed over at nine".
GIST = re.compile(r"\bto (?:this|that|the same) effect\b", re.IGNORECASE)
#: How far the words of a length may stand from its start.
REACH = 90


def meaning_of(text: str, start: int, end: int) -> TimeMeaning:
    """Tell what a time is the time of, by the words just around it."""
    before, after = GIST.sub(" ", text[max(0, start - 110) : start]), text[end : end + 60]
    if SPOKE.search(before) and not re.search(
        r"\b(?:from|effect|force|begin\w*|start\w*|until)\b", before[-30:]
    ):
        return TimeMeaning.OTHER
    if _OPENS.search(before):
        return TimeMeaning.TALKS
    if _GOES_ON_UNTIL.search(before):
        return TimeMeaning.EXPIRY
    stopping = STOPPING.search(before) or STOPPING.search(after[:40])
    if stopping and EXPIRY.search(before[-45:]):
        return TimeMeaning.EXPIRY
    if stopping and EFFECTIVE.search(before[-60:]):
        return TimeMeaning.EFFECTIVE
    if re.search(r"\b(?:effect|force)\b", before[-40:]) and EFFECTIVE.search(before[-40:]):
        return TimeMeaning.EFFECTIVE
    if _TRAVELS.search(before):
        return TimeMeaning.OTHER
    if TALKS.search(before) or TALKS.search(after[:40]):
        return TimeMeaning.TALKS
    return TimeMeaning.OTHER


def followed_end(text: str, found: Sequence[Placed]) -> list[TimeSpan]:
    """Return the end of "a 72-hour truce" where its start is stated to the minute."""
    if any(item.span.meaning is TimeMeaning.EXPIRY for item in found):
        return []
    points = [
        item
        for item in found
        if item.span.precision is Precision.MINUTE and item.span.start == item.span.end
    ]
    for match in DURATION.finditer(text) if points else ():
        if any(item.start <= match.start() < item.end for item in found):
            continue  # "one minute past midnight"
        for item in points:
            if not _starts(text, match, item):
                continue
            unit = (match["unit"] or match["lone"]).lower()
            minutes = UNIT_MINUTES[unit] * count_value(match["count"] or "a")
            end = item.span.start + timedelta(minutes=minutes)
            known = item.span.meaning is TimeMeaning.EFFECTIVE
            return [
                TimeSpan(
                    text=match[0],
                    start=end,
                    end=end,
                    precision=Precision.MINUTE,
                    meaning=TimeMeaning.EXPIRY if known else TimeMeaning.OTHER,
                )
            ]
    return []


def _starts(text: str, length: re.Match[str], item: Placed) -> bool:
    """Tell whether this clock starts what has this length."""
    before = text[max(0, item.start - 30) : item.start]
    if length.end() <= item.start:
        gap = text[length.end() : item.start]
        if length["for"]:
            return len(gap) <= REACH // 2 and bool(FROM.search(gap))
    else:
        gap = text[item.end : length.start()]
        if length["for"] and _RIGHT_BEHIND.fullmatch(gap) and FROM.search(before):
            return True
        if length["for"] and not ("," not in gap and len(gap) <= REACH // 2):
            return bool(GOES_ON.search(gap)) and bool(FROM.search(before))
    if len(gap) > REACH or ";" in gap:
        return False
    named = length["for"] or LASTING.search(text[max(0, length.start() - 30) : length.end() + 30])
    started = FROM.search(before) or item.span.meaning is TimeMeaning.EFFECTIVE
    return bool(named and started)
