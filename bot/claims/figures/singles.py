"""Groups of one: "a soldier", "another", "both pilots", names with an age or a rank. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.claims.figures import nouns
from bot.claims.figures.harm import COUNTED, harm_at
from bot.claims.figures.heads import (
    ADJECTIVES,
    LEANING,
    NO_FOREIGNERS,
    OWNERS,
    STOPS,
    Noun,
    read_noun,
    side_of,
    tail_of,
)
from bot.claims.figures.places import at_named_place, on_a_day
from bot.claims.figures.scene import Group, Kind
from bot.claims.figures.tokens import Words
from bot.claims.figures.told_names import is_name, is_told_of_names
from bot.claims.grammar.wordlists import AUXILIARIES, BE_FORMS, word_set
from bot.claims.numbers import Mention
from bot.types import Qualifier

_ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth last other")
_VALUES = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_LEFT_OUT = word_set("lost died had has in remains remained is still later suffered sustained")
_HELD = word_set("prisoner hostage captive")
WHOLE = word_set("a an the its their entire whole another")
_SAYING = word_set("said says reported reports confirmed announced")
_BEFORE_NAMES = word_set(", and of when after that : ; as — while") | {""}
_HURT = word_set("wounded injured kidnapped abducted captured detained jailed")
_TOLD_WITH = AUXILIARIES | word_set("also reportedly later then badly seriously")
_ONLY_NAMED = LEANING | word_set("captain")


def people(words: Words, first: int, last: int, value: int = 1, **told: Any) -> Group:
    """Return a group of so many people between two words; `told` is what else is known of it."""
    token = words.tokens[first]
    count = Mention(
        start=token.start,
        end=token.end,
        low=value,
        high=value,
        qualifier=Qualifier.EXACT,
        value=value,
    )
    fields: dict[str, Any] = {"kind": Kind.PEOPLE, "stated": False, **told}
    group = Group(first=first, last=last, tail=last, count=count, **fields)
    return replace(group, tail=tail_of(words, group))


def single(words: Words, at: int) -> Group | None:
    """Return "a soldier", "another", "the third", "a couple"."""
    low = words.lows[at]
    definite = low not in ("a", "an", "another")
    couple = _couple(words, at)
    noun = (
        read_noun(words, at + 1, one=True)
        if couple is None
        else Noun(Kind.PEOPLE, words.lows[couple], couple)
    )
    if words.at(noun.last + 1) == "'" or (definite and _is_nominal(words, noun)):
        return None
    unnamed = noun.last
    if noun.kind is Kind.PEOPLE:
        noun = replace(noun, last=_with_name(words, noun.last))
    elif noun.kind is not Kind.BODY:
        if not _stands_for_one(words, at):
            return None
        noun = Noun(Kind.BARE, None, at if low == "another" else at + 1)
    return people(
        words,
        at,
        noun.last,
        1 if couple is None else 2,
        kind=noun.kind,
        head=noun.head,
        measure=noun.measure,
        side=side_of(words, at, min(unnamed, noun.last), noun.head),
        definite=definite,
    )


def _couple(words: Words, at: int) -> int | None:
    """Return where "couple" stands in "an elderly couple"."""
    for end in range(at + 1, at + 4):
        if words.at(end) in ("couple", "pair", "duo"):
            return None if words.at(end + 1) == "of" else end
        if words.at(end) in STOPS:
            return None
    return None


def _is_nominal(words: Words, noun: Noun) -> bool:
    """Tell whether "the Azerbaijani dead" are many."""
    nation = noun.head is not None and nouns.is_nation(noun.head)
    return nation and words.at(noun.last + 1) in COUNTED


def numbered(words: Words, at: int) -> Group | None:
    """Return "twins" without a number before it."""
    low = words.lows[at]
    value = nouns.NUMBERED.get(low)
    if value is None:
        return None
    # "twin brothers", but "twin girls' school" is a thing.
    last = at + nouns.are_people(words.at(at + 1))
    return people(words, at, last, value, head=words.lows[last]) if _counts(words, at) else None


def _counts(words: Words, at: int) -> bool:
    """Tell whether "twin" has people behind it; "twins" needs none."""
    return words.lows[at].endswith("s") or nouns.are_people(words.at(at + 1))


def _stands_for_one(words: Words, at: int) -> bool:
    """Tell whether "another" or "the third" stands for a person, the noun left out."""
    low = words.lows[at]
    end = at + 1
    if low != "another":
        if words.at(at + 1) not in _ORDINALS or low in OWNERS:
            return False
        end = at + 2
    follows = words.at(end)
    if low == "a" and _is_next(words, at + 1):
        placed = at_named_place(words, end) or (follows == "on" and on_a_day(words, end))
        if placed:
            return True
    return (
        follows in BE_FORMS | _LEFT_OUT
        or follows in (".", ",", "")
        or bool(end < len(words.lows) and harm_at(words.lows, end))
    )


def _is_next(words: Words, at: int) -> bool:
    """Tell whether "a third" follows two: "two bodies were found on Sunday and a third on"."""
    value = _VALUES.get(words.at(at))
    before = next((t.number for t in reversed(words.tokens[:at]) if t.number is not None), None)
    joined = words.before(at - 1) in ("and", ",")
    return joined and before is not None and value is not None and before.value == value - 1


def both(words: Words, at: int) -> Group | None:
    """Return "both pilots"."""
    noun = read_noun(words, at + 1, one=False)
    if noun.kind is not Kind.PEOPLE:
        return None
    return people(
        words,
        at,
        noun.last,
        2,
        head=noun.head,
        measure=noun.measure,
        side=side_of(words, at, noun.last, noun.head),
        stated=True,
    )


def _with_name(words: Words, last: int) -> int:
    """Return where a name behind a noun ends: "her son Danylo"."""
    if not words.plain:
        return last
    end = last
    while end + 1 < len(words.tokens) and end < last + 4 and is_name(words.tokens[end + 1]):
        end += 1
    return end


def named(words: Words, at: int) -> Group | None:
    """Return a person's name with an age: "Olha Marchenko, 34"."""
    if not words.plain or not is_name(words.tokens[at]):
        return None
    end = at
    while end + 1 < len(words.tokens) and end < at + 4 and is_name(words.tokens[end + 1]):
        end += 1
    aged = words.at(end + 2) == "#" and words.at(end + 1) in (",", "(")
    title = nouns.is_person(words.lows[at]) or words.lows[at] in nouns.TITLES
    titled = title and end > at and may_open(words, at)
    opens = may_open(words, at) or words.before(at) in _SAYING
    titled = titled or (end > at and opens and is_told_of_names(words, end))
    if aged and title and end == at and may_open(words, at):
        return people(words, at, at, head=words.lows[at])
    if not (titled or (aged and (end > at or may_open(words, at)))):
        return None
    return name_group(words, at, end)


def may_open(words: Words, at: int) -> bool:
    """Tell whether a name or a noun without article may begin at a word."""
    before = words.before(at)
    return before in _BEFORE_NAMES or bool(at > 0 and harm_at(words.lows, at - 1))


def bare_noun(words: Words, at: int) -> Group | None:
    """Return a noun for one person without article, as in headlines and before names."""
    low = words.lows[at]
    if nouns.is_nation(low) and words.before(at) in ("", ":", ";", "—"):
        return _of_nation(words, at)
    headed = _heads_headline(words, at)
    if low == "couple" and (headed or words.before(at) == "") and _is_told(words, at + 1):
        return people(words, at, at, 2, head=low)
    if not nouns.is_person(low) or low in _HELD or not (headed or may_open(words, at)):
        return None
    last = at
    for ahead in range(at + 1, min(at + 6, len(words.lows))):
        known = words.lows[ahead] in STOPS or harm_at(words.lows, ahead) is not None
        if known:
            break
        if words.plain and not words.tokens[ahead].word[:1].isupper():
            return None
        last = ahead
    if (
        headed
        and not _is_told(words, last + 1)
        and not (last > at and is_told_of_names(words, last))
    ):
        return None
    leaning = _ONLY_NAMED if last == at and not headed else ADJECTIVES
    if nouns.is_thing(words.lows[last]) or low in leaning:
        return None
    return people(words, at, last, head=low, named=last > at)


def _heads_headline(words: Words, at: int) -> bool:
    """Tell whether only such words stand before as "Hezbollah" in "Hezbollah commander killed"."""
    if not 0 < at < 4 or not STOPS.isdisjoint(words.lows[:at]):
        return False
    return not any(harm_at(words.lows, n) for n in range(1, at)) and (
        harm_at(words.lows, 0) is None or words.lows[0] in _HURT
    )


def object_without_article(words: Words, at: int, *, bare: bool) -> Group | None:
    """Return the one of "killed opposition leader Tesfa Bekele".

    `bare`: also without a name, as headlines write ("kills Taliban minister in Kabul").
    """
    for end in range(at, min(at + 4, len(words.lows))):
        low = words.lows[end]
        if low in STOPS or low in WHOLE or harm_at(words.lows, end):
            break
        national = end == at and nouns.is_nation(low) and low not in NO_FOREIGNERS
        if bare and national and words.at(end + 1) in STOPS | {""}:
            return people(words, at, end, head=low)  # "rocket fire wounds Israeli"
        if not nouns.is_person(low) or low in _HELD:
            continue
        named = _with_name(words, end)
        if named > end or (bare and words.at(end + 1) in STOPS | {""}):
            return people(words, at, named, head=low, named=named > end)
    return None


def _is_told(words: Words, at: int) -> bool:
    """Tell whether a word of harm stands right behind someone, or behind "was"."""
    while words.at(at) in _TOLD_WITH:
        at += 1
    return harm_at(words.lows, at) is not None


def _of_nation(words: Words, at: int) -> Group | None:
    """Read "Palestinian teen shot dead" and "Turkish soldier martyred", as headlines begin."""
    last = at + 1
    while last < at + 3 and nouns.is_person(words.at(last + 1)):
        last += 1
    if not nouns.is_person(words.at(last)):
        return None
    head = words.lows[last]
    named = _with_name(words, last)
    group = people(words, at, named, head=head, side=side_of(words, at, last, head))
    verb = group.tail + 1 + (group.tail > named and words.at(group.tail + 1) == ",")
    return group if _is_told(words, verb) else None


def name_group(words: Words, first: int, last: int) -> Group:
    """Return a group for one person's name."""
    return people(words, first, last, named=True, definite=True)
