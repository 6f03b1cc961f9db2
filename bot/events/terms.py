"""The terms of a ceasefire as stated: when it starts, how long it lasts, when it runs out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.claims.when.clock_words import COUNTS, count_value
from bot.types import Ceasefire, Claim, Precision, TimeMeaning, TimeSpan

A_DAY = timedelta(days=1)
_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}
#: "An hour" is rarely a length: "for an hour", "within an hour of the truce".
_SPELLED = sorted((w for w in COUNTS if w not in ("a", "an", "half", "quarter")), key=len)
_COUNT = r"(?P<n>\d{1,3}|" + "|".join(reversed(_SPELLED)) + r")"
_HALT = (
    r"(?:cease-?\s?fire|truce|pause|lull|halt|cessation|armistice|respite|calm|stand-?down|suspension"
    r"|moratorium|standstill)"
)
_TERMS = (
    # "72-hour truce", "three-day humanitarian pause"; never "two hours after the truce"
    re.compile(
        rf"\b{_COUNT}[-\s](?P<unit>minute|hour|day|week|month)(?!s)(?:[-\s]long)?\s+"
        rf"(?:(?!after|before|into|since|later|ago|from|on)[\w-]+\s+){{0,4}}?{_HALT}",
        re.IGNORECASE,
    ),
    # "stop fighting for three days", "extended by another two days", "a truce of a week"; never
    # "once it has been kept for 72 hours", "a truce of two days earlier"
    re.compile(
        rf"\b(?:{_HALT}|fighting|firing|fire|hostilities|operations|violence|suspended"
        r"|(?:into|in) (?:force|effect)|extend(?:ed|s|ing)?|extension|prolong\w*"
        r"|(?:it|this) (?:goes on|runs|holds|is to run|is to last|will last|lasts))\b"
        r"(?:(?!(?:has|have|had) been\b)[^.;,]){0,60}?\b(?:for|of|by|lasts?|lasting)\s+"
        r"(?:an?\s+(?:\w+\s+)?period\s+of\s+)?(?:an?(?:other)?\s+)?"
        rf"(?:(?:further|additional|extra|more)\s+)?{_COUNT}\s+(?:(?:more|further)\s+)?"
        r"(?P<unit>minute|hour|day|week|month)s?\b(?!\s(?:earlier|ago|before|later))",
        re.IGNORECASE,
    ),
    # "the 48 hours are counted from noon"
    re.compile(
        rf"\bthe {_COUNT}\s(?P<unit>hour|day|week)s (?:(?:are|is|will be|to be) )?"
        r"(?:count|begin|start|run)",
        re.IGNORECASE,
    ),
    # "it is good for 45 days"
    re.compile(
        rf"\b(?:it|this|{_HALT}) is (?:good|valid) for {_COUNT}\s(?P<unit>hour|day|week|month)s?\b",
        re.IGNORECASE,
    ),
    # "it lasts two weeks", where no other word stands between
    re.compile(
        rf"\b(?:it|this|{_HALT}) (?:lasts|will last|is to last|would last) "
        rf"(?:(?:just|only|at least) )?{_COUNT}\s(?P<unit>minute|hour|day|week|month)s?\b",
        re.IGNORECASE,
    ),
)


#: A day in the words of a time.
_DAY_WORDS = re.compile(
    r"\b(?:\w+day|today|tonight|tomorrow|yesterday|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.IGNORECASE,
)


def names_day(span: TimeSpan) -> bool:
    """Tell whether the words of a time name its day."""
    return _DAY_WORDS.search(span.text) is not None


def put_on(span: TimeSpan, day: TimeSpan) -> TimeSpan:
    """Return an hour that was read as one of an earlier day on `day`."""
    shift = -((span.start - day.start) // A_DAY) * A_DAY
    return replace(span, start=span.start + shift, end=span.end + shift)


def with_terms(
    stated: Sequence[TimeSpan], record: Ceasefire, claims: Sequence[Claim]
) -> tuple[TimeSpan, ...]:
    """Return times with the record's start and end in front, each instant and meaning once."""
    ends = ((record.effective_at, TimeMeaning.EFFECTIVE), (record.expires_at, TimeMeaning.EXPIRY))
    terms = [
        TimeSpan(
            text=_words_of(at, claims),
            start=at,
            end=at,
            precision=Precision.MINUTE,
            meaning=meaning,
        )
        for at, meaning in ends
        if at is not None
    ]
    known = {(t.start, t.meaning) for t in terms}
    return (*terms, *(t for t in stated if (t.start, t.meaning) not in known))


def _words_of(at: datetime, claims: Sequence[Claim]) -> str:
    """Return the words that state an instant; "" where it follows from a length."""
    spans = [span for claim in claims for span in claim.times]
    return next((s.text for s in spans if at in (s.start, s.end)), "")


def stated_term(texts: Iterable[str]) -> timedelta | None:
    """Return the length of a ceasefire that a text states ("72-hour truce"), else None."""
    for text in texts:
        for pattern in _TERMS:
            match = pattern.search(text)
            if match:
                return count_value(match["n"]) * _UNITS[match["unit"].lower()]
    return None


#: "Comes into force 24 hours after the signing", "at the moment of signature".
_AFTER_SIGNING = re.compile(
    rf"\b{_COUNT}\s(?P<unit>minute|hour|day)s?\s(?:after|from|following)\s(?:the\s|its\s|their\s)?"
    r"(?:(?:moment|time|hour)\sof\s)?(?:the\s)?sign(?:ing|ature)s?\b",
    re.IGNORECASE,
)
_ON_SIGNING = re.compile(
    r"\b(?:force|effect)\b[^.;,]{0,20}\b(?:up)?on\s(?:its\s|the\s)?sign(?:ing|ature)\b"
    r"|\b(?:force|effect)\sat\s(?:that|the)\s(?:same\s)?moment\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\b(?:sign(?:ed|ing|ature)?|initialled|names? to)\b[^.;]{0,70}$", re.IGNORECASE
)


def start_after_signing(claims: Sequence[Claim]) -> datetime | None:
    """Return the start that is told by the hour of the signing and what is to pass from then on."""
    signed = (
        span.start
        for c in claims
        for span in c.times
        if span.precision is Precision.MINUTE and _SIGNED.search(c.quote[: c.quote.find(span.text)])
    )
    at = next(signed, None)
    if at is None:
        return None
    for claim in claims:
        later = _AFTER_SIGNING.search(claim.quote)
        if later:
            return at + count_value(later["n"]) * _UNITS[later["unit"].lower()]
    return at if any(_ON_SIGNING.search(c.quote) for c in claims) else None


def stated_start(claims: Sequence[Claim], known: datetime | None = None) -> datetime | None:
    """Return the instant from which a halt is to hold, at minute or hour precision.

    Args:
        known: the hour agreed on, which "a little before seven" does not change.
    """
    span = first_time(claims, TimeMeaning.EFFECTIVE)
    if span is None or (known is not None and span.start <= known <= span.end):
        return known if span else None
    return span.start


def stated_expiry(
    claims: Sequence[Claim],
    known: datetime | None = None,
    *,
    counted: datetime | None = None,
    extended: bool = False,
) -> datetime | None:
    """Return the instant at which a halt is to run out, as a text states it.

    Args:
        known: the end agreed on, which "until Sunday" does not change.
        counted: start and length, the hour of the day that "until Sunday" names.
        extended: the claims move the end; the latest that they name is the new one.
    """
    stated = [(c, t) for c in claims for t in c.times if t.meaning is TimeMeaning.EXPIRY]
    # "Would otherwise have expired on Tuesday" names no end to come.
    claims = [replace(c, times=tuple(t for t in c.times if t.end > c.at)) for c in claims]
    # An extension names the end that was agreed on, and another.
    others = [replace(c, times=tuple(t for t in c.times if t.end != known)) for c in claims]
    span = first_time(others, TimeMeaning.EXPIRY) or first_time(claims, TimeMeaning.EXPIRY)
    if span is None or not names_day(span):
        hour = _hour_of_the_day(stated, known, extended=extended)
        if hour is not None:
            return hour
    if span is not None and extended:
        # "It was to run out on Friday at noon, and stays in force until noon on the 27th."
        sure = [c for c in others if not _MAYBE.search(c.quote)]
        meant = [t for c in sure for t in c.times if t.meaning is TimeMeaning.EXPIRY]
        return max((t.end for t in meant if t.precision is span.precision), default=span.end)
    if span is not None:
        return span.end
    # "From 7 a.m. Friday until 7 a.m. Tuesday" is one time with two ends.
    held = first_time(claims, TimeMeaning.EFFECTIVE)
    if held is not None and held.precision is Precision.MINUTE and held.end > held.start:
        return held.end
    coarse = first_time(claims, TimeMeaning.EXPIRY, coarse=True)
    hours = [at for at in (known, counted) if at and coarse and coarse.start <= at <= coarse.end]
    if hours:
        return hours[0]
    return coarse.end if coarse else None


#: What may be prolonged again has no end by it.
_MAYBE = re.compile(r"\b(?:could|may(?! \d)|might|possib\w+|if|unless)\b")
_THAT_DAY = re.compile(r"\b(?:that|the same) (?:day|date|night|evening|morning)\b", re.IGNORECASE)


def _hour_of_the_day(
    stated: Sequence[tuple[Claim, TimeSpan]], known: datetime | None, *, extended: bool
) -> datetime | None:
    """Return the end whose day and hour are told apart: "until April 24 ... 6 p.m. on that day".

    An extension that names one day and one hour means the hour of that day.
    """
    whole = (Precision.DAY, Precision.PART_OF_DAY) if extended else (Precision.DAY,)
    days = [t for c, t in stated if t.precision in whole and t.start > c.at]
    fine = [(c, t) for c, t in stated if t.precision is Precision.MINUTE and t.end != known]
    hours = [t for c, t in fine if not names_day(t) and (extended or _THAT_DAY.search(c.quote))]
    dated = any(names_day(t) for _, t in fine)
    if not days or not hours or (extended and dated):
        return None
    last = max(days, key=lambda t: t.end) if extended else days[0]
    return hours[0].end + (last.end - hours[0].end) // A_DAY * A_DAY


#: An end stated later than the known one by this much is the one that an extension has set.
ANOTHER_END = timedelta(hours=12)


def with_later_end(record: Ceasefire, claims: Sequence[Claim]) -> Ceasefire:
    """Return the record with the end that a second report of an extension states, if it is later."""
    known = record.expires_at
    end = stated_expiry(claims, known, extended=True)
    later = end is not None and (known is None or end - known > ANOTHER_END)
    return replace(record, expires_at=end) if later else record


def first_time(
    claims: Sequence[Claim], meaning: TimeMeaning, *, coarse: bool = False
) -> TimeSpan | None:
    """Return the first time of that meaning; a minute before an hour, a day only if `coarse`."""
    order = [Precision.MINUTE, Precision.HOUR]
    order += [Precision.PART_OF_DAY, Precision.DAY] if coarse else []
    spans = [span for claim in claims for span in claim.times if span.meaning is meaning]
    for precision in order:
        for span in spans:
            if span.precision is precision:
                return span
    return None
