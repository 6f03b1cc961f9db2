"""Counts that hold for each of several: "lost five men each", "four killed on each side". Pure."""

from __future__ import annotations

from typing import NamedTuple

from bot.claims.figures.nouns import are_people
from bot.claims.figures.places import IN_PLACE
from bot.claims.figures.scene import Kind, Scene, Told
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import AUXILIARIES, word_set

_PER_TIME = word_set("day night week month year hour time morning")
_CAMPS = word_set(
    "armies sides countries states governments militias camps neighbours parties rivals foes"
)
_FORCES = word_set("army government navy")
_MARKS = word_set("each either apiece")
_SIDES = (("on", "each", "side"), ("on", "either", "side"))
_EACH_SIDE = ("each", "side")
_VERBS = AUXILIARIES | word_set("reported reports suffered lost counted claimed buried")
#: Words between those who share and their verb.
_REACH = 8
#: More attacks than this are not multiplied: nobody counts so.
_MOST = 12


class Share(NamedTuple):
    """How often a count holds."""

    times: int = 1  #: victims of so many attacks, added up
    copies: int = 1  #: figures, one for each side or place


ONCE = Share()


def share_of(scene: Scene, told: Told) -> Share:
    """Return how often what is told holds; once where nothing is shared out."""
    words = scene.words
    if _MARKS.isdisjoint(words.vocabulary):
        return ONCE
    end = max(told.groups[-1].tail, told.at)
    if _on_each_side(words, end) or _on_each_side(words, told.groups[-1].tail):
        return Share(copies=2)
    times = _of_each(scene, told, end)
    if times is not None:
        return Share(times=times)
    mark = _mark(words, told)
    start = min(told.groups[0].first, told.at) if mark is None else _start(told, mark)
    while words.before(start) in _VERBS:
        start -= 1
    if mark is None:
        return Share(copies=2) if words.lows[max(0, start - 2) : start] == _EACH_SIDE else ONCE
    if _names_two_places(words, mark + 1):
        return Share(copies=2)
    if words.before(start - 1) == "twin":
        return Share(times=2)
    attacks = scene.ending(start - 1)
    if words.before(start) in _CAMPS:
        several = attacks is not None and attacks.count.value not in (None, 2)
        return ONCE if several else Share(copies=2)
    if attacks is not None and attacks.kind is Kind.THING:
        value = attacks.count.value or 1
        return Share(times=value) if 1 < value <= _MOST else ONCE
    return Share(copies=2) if _two_names_end(words, start - 1) else ONCE


def _start(told: Told, mark: int) -> int:
    return min(told.groups[0].first, told.at, mark)


def _of_each(scene: Scene, told: Told, end: int) -> int | None:
    """Return three for "each of the three blasts killed two" and "in each of three villages"."""
    lows = scene.words.lows
    for at in (n for n, low in enumerate(lows) if low == "each" and lows[n + 1 : n + 2] == ("of",)):
        whole = next((g for g in scene.groups if at + 1 < g.first <= at + 3), None)
        if whole is None or whole.kind is not Kind.THING or not whole.stated:
            continue
        verb = min(told.groups[0].first, told.at)
        near = whole.tail < verb <= whole.tail + 3 or end < at <= end + 2
        if near and whole.count.value is not None and 1 < whole.count.value <= _MOST:
            return whole.count.value
    return None


def _mark(words: Words, told: Told) -> int | None:
    """Return where "each" or "apiece" stands, before the verb or behind the victims."""
    before = min(told.at, told.groups[0].first)
    for at in (told.groups[-1].tail + 1, before - 1, before - 2):
        if words.at(at) in ("each", "apiece") and words.at(at + 1) not in _PER_TIME:
            return at
    return None


def _on_each_side(words: Words, end: int) -> bool:
    near = words.lows[end + 1 : end + _REACH]
    return any(near[n : n + 3] in _SIDES for n in range(len(near)))


def _names_two_places(words: Words, at: int) -> bool:
    """Tell whether "in Orvel and Tashar" begins at a word."""
    if words.at(at) not in IN_PLACE:
        return False
    return any(_two_names_end(words, end) for end in (at + 3, at + 4, at + 5))


def _two_names_end(words: Words, end: int) -> bool:
    """Tell whether "India and Pakistan" ends at a word."""
    if end >= len(words.tokens) or "and" not in words.lows[max(0, end - 2) : end]:
        return False
    at = max(n for n in range(max(0, end - 2), end) if words.lows[n] == "and")
    pair = (*words.tokens[at - 1 : at], words.tokens[end])
    return len(pair) == 2 and all(
        token.word[:1].isupper() or are_people(token.low) or token.low in _FORCES for token in pair
    )
