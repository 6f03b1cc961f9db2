"""Two people behind one article: "the pilot and navigator were both killed". Pure.

Without its own article a second noun may be the same person again ("a husband and father"); the
verb tells, in the singular or the plural.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.claims.figures import nouns
from bot.claims.figures.harm import harm_at
from bot.claims.figures.heads import STOPS
from bot.claims.figures.scene import Group, Kind
from bot.claims.figures.singles import people
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import DETERMINERS, PREPOSITIONS, word_set

#: Words of "chief petty officer", and of "of the regional channel" behind it.
_NOUN = 3
_PHRASE = 6
_PLURAL = word_set("were are have both")
_SINGULAR = word_set("was is has")
_SPOUSES = word_set("husband wife son brother sister daughter")
_OF_ONE_FAMILY = word_set("the his her their")
#: Who is named beside the parents of one family.
_THEIRS = word_set(
    "child children son sons daughter daughters baby babies infant toddler twins sister sisters"
    " brother brothers sibling siblings grandmother grandfather grandparents"
)
_PARENTS = word_set("father mother parent")


def second_of_pair(words: Words, at: int, first: Group) -> Group | None:
    """Return the navigator of "the pilot and navigator were": a plural verb tells of two."""
    one = first.kind is Kind.PEOPLE and first.count.value == 1 and first.tail == at - 2
    if words.lows[at] in DETERMINERS or not one or first.stated or first.named:
        return None
    last = _noun_end(words, at)
    if last is None or not is_told_as(words.lows, last, _PLURAL):
        return None
    return people(words, at, last, head=words.lows[last])


def parents(words: Words, at: int) -> Group | None:
    """Return the two of "the parents and five children" and "his parents and a sister"."""
    joined = words.at(at + 1) == "parents" and words.at(at + 2) == "and"
    if not joined or words.lows[at] not in _OF_ONE_FAMILY:
        return None
    for end in range(at + 3, at + 3 + _NOUN + 1):
        if words.at(end) in _THEIRS:
            return people(words, at, at + 1, 2, head="parents", stated=True)
        counted = words.at(end) in DETERMINERS or words.at(end) == "n" or end > at + 3
        if not counted or words.at(end) in STOPS - {"n"}:
            return None
    return None


def _noun_end(words: Words, at: int) -> int | None:
    """Return where a noun for one person without article ends: "navigator", "police chief"."""
    for end in range(at, min(at + _NOUN, len(words.lows))):
        low = words.lows[end]
        if low in STOPS or words.tokens[end].number is not None or harm_at(words.lows, end):
            return None
        following = words.at(end + 1)
        if nouns.is_person(low) or (nouns.is_agent(low) and following in STOPS | _PLURAL):
            return None if nouns.is_person(following) else end
    return None


def is_told_as(lows: Sequence[str], last: int, verbs: frozenset[str]) -> bool:
    """Tell whether one of some verbs stands behind a noun, perhaps over "of the channel"."""
    following = tuple(lows[last + 1 : last + 2 + _PHRASE])
    if following[:1] and following[0] in PREPOSITIONS:
        verb = next((n for n, low in enumerate(following) if low in _PLURAL | _SINGULAR), None)
        return verb is not None and following[verb] in verbs
    return bool(following) and following[0] in verbs


def are_two(lows: Sequence[str], last: int) -> bool:
    """Tell whether the verb behind a pair is in the plural."""
    return is_told_as(lows, last, _PLURAL)


def is_one_person(lows: Sequence[str], before: Group, group: Group) -> bool:
    """Tell whether "a husband and father was killed" is told of one: the verb says so."""
    if lows[before.tail + 1 : group.first] != ("and",) or not is_told_as(
        lows, group.last, _SINGULAR
    ):
        return False
    kin = before.head in nouns.KIN and group.head in nouns.KIN
    return not kin or (before.head in _SPOUSES and group.head in _PARENTS)
