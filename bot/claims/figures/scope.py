"""What a figure covers, and whether it is asserted, denied or feared: the words around it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.claims.figures import patterns as words
from bot.claims.figures import spans
from bot.types import Figure, Polarity, Scope

#: A toll of so many people is no single incident's.
A_WARS_TOLL = 10_000
#: Parts of sentences kept: their figures ask one after the other.
KEPT = 64


def cuts_of(text: str, lower: str) -> tuple[int, ...]:
    """Return where the parts of a sentence begin whose scope is their own; none without a span."""
    if not spans.may_span(lower):
        return ()
    own = [m.start() for m in spans.OWN_SCOPE.finditer(text)]
    own += [m.start("end") for m in spans.TOLD_BESIDE.finditer(text)]
    own += [m.start("end") for m in spans.ADDED_IN_BRACKETS.finditer(text)]
    for match in spans.OWN_PERFECT.finditer(text):
        before = text[: match.start()]
        if spans.HARM_TOLD.search(before) and not spans.NO_SINGLE_EVENT.search(before):
            own.append(match.start())
    return (0, *own)


def in_sense(text: str, figure: Figure, start: int, cuts: tuple[int, ...]) -> Figure:
    """Add scope and polarity; `start` is where the figure stands in the sentence."""
    begin = max((cut for cut in cuts if cut <= start), default=len(text))
    end = min((cut for cut in cuts if cut > start), default=len(text))
    polarity = figure.polarity
    before = text[max(0, start - _BEFORE) : start]
    if _is_denied(text, before, start + len(figure.text)):
        polarity = Polarity.DENIED
    elif _has(before, _FEARS) and words.FEARED_BEFORE.search(before[-60:]):
        polarity = Polarity.FEARED
    return replace(figure, polarity=polarity, scope=_scope(text[begin:end], figure))


def as_one_count(text: str, figures: Sequence[tuple[Figure, int]]) -> tuple[Figure, ...]:
    """Give the members of one count ("13,310 dead, 35,478 wounded and 311 missing") one scope.

    A war's toll tells by its size what the smaller numbers beside it cover. The figures stand in
    reading order, each with its place.
    """
    kept = [figure for figure, _ in figures]
    order = range(1, len(kept))
    pairs = [*((n - 1, n) for n in order), *((n, n - 1) for n in reversed(order))]
    for known, other in pairs:
        first, second = figures[min(known, other)], figures[max(known, other)]
        large = kept[known].scope is Scope.TOTAL and kept[other].scope is Scope.INCIDENT
        end = first[1] + len(first[0].text)
        own = text.startswith(" since ", second[1] + len(second[0].text))
        if large and not own and spans.IN_ONE_COUNT.fullmatch(text[end : second[1]]):
            kept[other] = replace(kept[other], scope=Scope.TOTAL)
    return tuple(kept)


def _scope(part: str, figure: Figure) -> Scope:
    told, dated = _span_of(part) if part else (None, False)
    if told is not None:
        return told
    if (figure.low or figure.high or 0) >= A_WARS_TOLL:
        return Scope.TOTAL
    return Scope.PERIOD if dated and figure.high != 1 else Scope.INCIDENT


@lru_cache(maxsize=KEPT)
def _span_of(part: str) -> tuple[Scope | None, bool]:
    """Return the span that words tell, and whether "last month" is one rather than a date."""
    part = spans.LASTING.blanked(spans.RANKED.blanked(part))
    if spans.SINCE_CEASEFIRE.search(part):
        return Scope.SINCE_CEASEFIRE, False
    if spans.WAR_AS_A_WHOLE.search(part):
        part = spans.DURATION.sub(" ", part)
    if spans.PERIOD.search(part):
        return Scope.PERIOD, False
    if spans.TOTAL.search(part):
        return Scope.TOTAL, False
    if spans.COUNTED_SINCE.search(part):
        return Scope.PERIOD, False
    if not spans.DATE_OR_PERIOD.search(part):
        return None, False
    return None, not spans.ONE_EVENT.search(part) or bool(spans.ADDED_UP.search(part))


def _is_denied(text: str, before: str, end: int) -> bool:
    if _has(before, _DENIALS):
        ends = [denial.end() for denial in words.DENIED.finditer(before)]
        if ends and not words.NEW_ASSERTION.search(before[ends[-1] :]):
            return True
    if _has(before, _NEGATED) and words.NOT_DONE.search(before):
        return True
    if _has(before, _CALLED) and words.CALLED.search(before) and words.A_LIE.match(text, end):
        return True
    behind = text[end : end + _BEFORE]
    return _has(behind, _DENIALS) and bool(words.DENIED_AFTER.match(text, end))


def _has(text: str, stems: tuple[str, ...]) -> bool:
    lower = text.lower()
    return any(stem in lower for stem in stems)


#: Characters before a figure that may deny or fear it.
_BEFORE = 110
#: Literals that every denial or fear contains.
_DENIALS = (
    "den",
    "tru",
    "false",
    "refut",
    "fabricat",
    "reject",
    "dismiss",
    "fake",
    "baseless",
    "unfounded",
    "bogus",
    "staged",
    "invent",
    "rubbish",
    "ridicul",
    "brush",
    "laugh",
    "scoff",
    "disput",
)
_FEARS = ("fear", "believed", "may have")
_NEGATED = ("not ", "never ", "n't ", "n’t ")
_CALLED = ("called", "calls", "brand", "described", "labelled", "labeled", "termed", "denounced")
