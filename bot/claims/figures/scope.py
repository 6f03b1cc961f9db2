"""What a figure covers, and whether it is asserted, denied or feared: the words around it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.claims.figures import patterns as words
from bot.types import Figure, Polarity, Scope

#: A toll of so many people is no single incident's.
A_WARS_TOLL = 10_000


def cuts_of(text: str) -> tuple[int, ...]:
    """Return where the parts of a sentence begin whose scope is their own."""
    return (0, *(m.start() for m in words.OWN_SCOPE.finditer(text)))


def in_sense(text: str, figure: Figure, start: int, cuts: tuple[int, ...]) -> Figure:
    """Add scope and polarity; `start` is where the figure stands in the sentence."""
    begin = max(cut for cut in cuts if cut <= start)
    end = min((cut for cut in cuts if cut > start), default=len(text))
    polarity = figure.polarity
    if _is_denied(text, start, start + len(figure.text)):
        polarity = Polarity.DENIED
    elif words.FEARED_BEFORE.search(text[max(0, start - 60) : start]):
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
        if large and words.IN_ONE_COUNT.fullmatch(text[end : second[1]]):
            kept[other] = replace(kept[other], scope=Scope.TOTAL)
    return tuple(kept)


def _scope(part: str, figure: Figure) -> Scope:
    part = words.LASTING.sub(" ", words.RANKED.sub(" ", part))
    for pattern, value in (
        (words.SINCE_CEASEFIRE, Scope.SINCE_CEASEFIRE),
        (words.PERIOD, Scope.PERIOD),
        (words.TOTAL, Scope.TOTAL),
    ):
        if pattern.search(part):
            return value
    large = (figure.low or figure.high or 0) >= A_WARS_TOLL
    return Scope.TOTAL if large else Scope.INCIDENT


def _is_denied(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 110) : start]
    ends = [denial.end() for denial in words.DENIED.finditer(before)]
    if ends and not words.NEW_ASSERTION.search(before[ends[-1] :]):
        return True
    return bool(words.DENIED_AFTER.match(text, end))
