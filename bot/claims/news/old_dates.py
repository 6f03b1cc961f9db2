"""Finds what a sentence says of times gone by, and what ties it to these days. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from bot.claims.words import Keyed, Opened

#: No honest sentence names more dates than this.
MOST = 8
#: A day, and a month, stay news for this long after they have passed.
DAY_STAYS = timedelta(days=7)
MONTH_STAYS = timedelta(days=45)

_MONTHS = {
    m: n
    for n, m in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?!\w)"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b(?:(?P<d1>{_ORDINAL}) (?:of )?(?P<m1>{_MONTH})|"
    rf"(?P<m2>{_MONTH}) (?P<d2>{_ORDINAL})(?![\d:])|(?P<m3>{_MONTH}))"
    r"(?:(?:,? (?:of )?)(?P<y1>(?:19|20)\d\d)\b)?"
    r"|(?<![\d.,:/$€£-])\b(?P<y2>(?:1[5-9]|20)\d\d)(?P<decade>s)?\b(?![,.]\d|[:/%]| ?(?:GMT|"
    r"hours\b))"
)
_DATES = Opened(
    _DATE,
    "January February March April May June July August September October November December"
    " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
    digits=True,
)
#: Words before a bare year that make it one; others may count shells.
_BEFORE_YEAR = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Oo]f|[Ff]rom|[Bb]y|[Ee]arly|[Ll]ate|[Mm]id|[Uu]ntil|[Tt]ill|[Bb]efore|"
    r"[Aa]fter|[Dd]uring|[Tt]he|"
    r"[Aa]n?|[Tt]heir|[Ii]ts|[Hh]is|[Hh]er|[Aa]nd|[Tt]o|[Ll]ike|[Tt]han|year|spring|summer|autumn|"
    r"fall|winter|\w+day)[ -]$"
    r"|['’]s?[ ]$"
)
#: "of 1900 prisoners" counts.
_COUNTED = re.compile(r" (?:people|children|men|women|[a-z]{4,}s)\b")
_OWNED = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)|['’]s?) $")
_NOUN = re.compile(r" [a-zA-Z]")
_TIMED = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Dd]uring)(?: early| late)? $")
#: A date without its year counts only where a sentence begins with it: "On April 22, gunmen ..."
_OPENING = re.compile(r"^\W*(?:(?:Back )?(?:[Oo]n|[Ii]n)(?: early| late| mid-)?(?: \w+day,)? ?)?$")
#: A thing that bears its year: "the 2006 war", "the 1994 ceasefire", "the war of 2014".
THINGS = (
    r"(?:wars?|conflicts?|cease-?fires?|truces?|agreements?|deals?|accords?|pacts?|treat(?:y|ies)|"
    r"protocols?|"
    r"invasions?|offensives?|clashes|attacks?|massacres?|uprisings?|coups?|revolutions?|fighting|"
    r"sieges?|"
    r"battles?|resolutions?|annexations?|genocides?|campaigns?|operations?|statements?|"
    r"declarations?|"
    r"memorand(?:um|a)|talks|bombings?|raids?|intifadas?|elections?|summits?|lines?|borders?|"
    r"memorials?)"
)
_BEARER = re.compile(rf"[- ](?:[\w’'-]+ ){{0,3}}?{THINGS}\b", re.IGNORECASE)
BORNE = re.compile(
    rf"\b{THINGS}(?: \d+)? (?:in|of|from) (?:the )?(?:early |late |mid-?)?$", re.IGNORECASE
)
#: Times gone by; most of their words stand for spans of the calendar.
_SPANS = Keyed(
    r"(?<!\w)(?:(?:back )?in the (?:19|20)\d0s|last (?:year|month|century|decade|spring|summer|"
    r"autumn|winter)|"
    r"(?:\w+ )?(?:years?|decades?|months|centur(?:y|ies)) (?:ago|earlier|before)|an? (?:year|"
    r"decade|month) ago|"
    r"last (?:january|february|march|april|june|july|august|september|october|november|december)|"
    r"earlier this year|for (?:years|decades|generations|centuries)|"
    r"(?:over|in|for|during) the (?:past|last) (?:\w+ )?(?:years|decades|decade|year|century)|"
    r"since (?:independence|partition|the (?:collapse|fall|break-?up|overthrow|end) of)|"
    r"(?:in|during|since) (?:soviet|ottoman|colonial|british) (?:times|days|rule)|"
    r"during the (?:cold war|soviet era)|after the (?:first|second) world war)\b",
    "1900s 1910s 1920s 1930s 1940s 1950s 1960s 1970s 1980s 1990s 2000s 2010s 2020s year years"
    " decade decades month months century centuries generations spring summer autumn winter"
    " january february march april may june july august september october november december"
    " independence partition collapse fall break breakup overthrow end soviet ottoman colonial"
    " british cold world",
)
#: Wars of before, by their number.
_NUMBERED = Keyed(
    r"(?i:\b(?:the |a )?(?:first|second|third|previous|earlier|last) (?:[A-Z][\w-]+ )?war\b"
    r"(?! crimes?))",
    "war",
)
_FUTURE = re.compile(
    r"\b(?:will|shall|until|till|expires?|expiry|deadline|due|scheduled|plans?|planned|ahead of|"
    r"next|upcoming|set to|(?:is|are) to|"
    r"to (?:begin|start|meet|take|hold|be|last|end|expire)|by)\b"
)
_FRESH = re.compile(
    r"\b(?:(?<!\ba )(?<!\bthat )(?<!every )(?<!each )(?<!Every )(?<!Bloody )(?<!Black )(?<!Good )"
    r"(?<!Palm )(?<!Easter )"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:['’]s)?\b"
    r"|[Tt]oday(?:['’]s)?|[Tt]onight|[Yy]esterday|[Tt]his (?:morning|afternoon|evening|week|"
    r"weekend)|[Oo]vernight|"
    r"[Ll]ast (?:night|week)|(?:hours|minutes|moments) ago|[Ee]arlier in the day|[Jj]ust now|"
    r"[Ss]o far this|"
    r"(?:past|last) (?:24|48|72|few|several|two|three) (?:hours|days)|BREAKING|JUST IN|URGENT)\b"
)
_FRESH_WORDS = Opened(
    _FRESH,
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday today tonight yesterday this"
    " overnight last hours minutes moments earlier just so past breaking urgent",
)
#: A weekday that belongs to a date behind it, or to a story: "the Saturday morning in 2023".
_BOUND = re.compile(
    rf"(?:,? (?:the )?(?:{_ORDINAL} (?:of )?{_MONTH}|{_MONTH} {_ORDINAL})(?:,? (\d{{4}}))?|"
    rf" in (?:\w+ )?((?:19|20)\d\d))"
)


@dataclass(frozen=True, slots=True)
class OldMention:
    """A stretch of a sentence that points to the past."""

    start: int
    end: int
    thing: bool  #: the name or year of a thing, rather than the time of what is told


def old_mentions(text: str, today: date) -> tuple[OldMention, ...]:
    """Return the dates that were old news at `today`, and words such as "last year"."""
    found = [m for m in (_old_date(text, match, today) for match in _DATES.finditer(text)) if m]
    if _SPANS.may_match(text):
        low = text.lower() if text.isascii() else text
        spans = _SPANS.pattern.finditer(low)
        found += [OldMention(m.start(), m.end(), _is_owner(text, m)) for m in spans]
    found += [OldMention(m.start(), m.end(), True) for m in _NUMBERED.finditer(text)]
    return tuple(sorted(found, key=lambda m: (m.start, -m.end)))[:MOST]


def _is_owner(text: str, span: re.Match[str]) -> bool:
    """Tell whether it owns something: "last year's deal" is a thing."""
    return text[span.end() : span.end() + 2] in ("'s", "’s")


def is_fresh(text: str, today: date) -> bool:
    """Tell whether a word ties the sentence to the days of its publication."""
    return any(not _is_bound(text, m, today) for m in _FRESH_WORDS.finditer(text))


#: "Forty years ago this week": an anniversary, told by its day.
_YEARS_AGO = re.compile(
    r"\b(?:years?|decades?|centur(?:y|ies)) ago,? (?:on |to the )?$", re.IGNORECASE
)


def _is_bound(text: str, fresh: re.Match[str], today: date) -> bool:
    if _YEARS_AGO.search(text[max(0, fresh.start() - 30) : fresh.start()]):
        return True
    bound = _BOUND.match(text, fresh.end())
    if bound is None or not fresh[0].rstrip("’'s").endswith("day"):
        return False
    date_behind = _DATE.match(text, fresh.end() + len(bound[0]) - len(bound[0].lstrip(", ")))
    if bound[2]:
        return int(bound[2]) < today.year
    return bool(date_behind and _old_date(text, date_behind, today))


def _old_date(text: str, match: re.Match[str], today: date) -> OldMention | None:
    if match["y2"]:
        return _old_year(text, match, today)
    name = match["m1"] or match["m2"] or match["m3"]
    month, day = _MONTHS[name[:3].lower()], match["d1"] or match["d2"]
    year = int(match["y1"]) if match["y1"] else None
    if year is None and (_FUTURE.search(text) or not _OPENING.search(text[: match.start()])):
        return None
    end = _end_of(year or today.year, month, day)
    if end is None:
        return None
    if year is None and end > today:
        end = _end_of(today.year - 1, month, day)
    if end is None or end + (DAY_STAYS if day else MONTH_STAYS) >= today:
        return None
    return _mention(text, match)


def _old_year(text: str, match: re.Match[str], today: date) -> OldMention | None:
    bearer = _BEARER.match(text, match.end())
    before = _before(text, match)
    counted = not (bearer or BORNE.search(before)) and _COUNTED.match(text, match.end())
    dated = bearer or _BEFORE_YEAR.search(before)
    if int(match["y2"]) >= today.year or counted or not dated:
        return None
    return _mention(text, match)


def _mention(text: str, match: re.Match[str]) -> OldMention | None:
    before = _before(text, match)
    bearer = _BEARER.match(text, match.end()) and not _TIMED.search(before)
    if not bearer and _OWNED.search(before) and _NOUN.match(text, match.end()):
        return None  # "its 1999 rate", "an August 2003 decision": a label
    return OldMention(match.start(), match.end(), bool(bearer or BORNE.search(before)))


def _before(text: str, match: re.Match[str]) -> str:
    """Return the few words before a match, so that many dates cost no more than they must."""
    return text[max(match.start() - 50, 0) : match.start()]


def _end_of(year: int, month: int, day: str | None) -> date | None:
    last = monthrange(year, month)[1]
    number = int(re.sub(r"\D", "", day)) if day else last
    return date(year, month, number) if 1 <= number <= last else None
