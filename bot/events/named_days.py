"""The day of a halt that its report names apart from the hour. Pure.

"Both accept a Friday truce. It is to run from 2 p.m. to 6 p.m.", told on Thursday: a sentence alone
puts the hour on the day it is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.events.step_words import HALT
from bot.events.steps import CEASEFIRE, step_of
from bot.events.terms import names_day, put_on
from bot.types import Claim, Precision, TimeMeaning, TimeSpan

#: How near to the word for the halt its day stands: "a truce on Friday", "Friday's four-hour halt".
NEAR = 22
#: Meanings of a day that may be that of a start.
_OPEN = (TimeMeaning.OTHER, TimeMeaning.EFFECTIVE)
#: Steps whose sentences state hours of the halt.
_OF_HALT = (*CEASEFIRE, "start_set")


def with_named_day(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims with dayless hours of a halt on the one day ahead that is named for it."""
    days = {
        span.start: span for c in claims if c.field != "text" or c.start == 0 for span in _days(c)
    }
    if len(days) != 1:
        return tuple(claims)
    (day,) = days.values()
    return tuple(
        replace(c, times=tuple(_on(day, span, c) for span in c.times))
        if step_of(c) in _OF_HALT
        else c
        for c in claims
    )


def _days(claim: Claim) -> list[TimeSpan]:
    """Return the days ahead that stand beside the word for the halt."""
    ahead = (t for t in claim.times if t.precision is Precision.DAY and t.start > claim.at)
    found = [t for t in ahead if t.meaning in _OPEN and _is_of_halt(t, claim.quote)]
    return found if found and step_of(claim) in _OF_HALT else []


def _is_of_halt(day: TimeSpan, text: str) -> bool:
    at = text.find(day.text)
    return any(
        min(abs(m.start() - at - len(day.text)), abs(at - m.end())) <= NEAR
        for m in HALT.finditer(text)
    )


def _on(day: TimeSpan, span: TimeSpan, claim: Claim) -> TimeSpan:
    """Put an hour that was read as the next one on the named day."""
    fine = span.precision is Precision.MINUTE and not names_day(span)
    if not fine or not claim.at < span.start < day.start:
        return span
    return put_on(span, day)
