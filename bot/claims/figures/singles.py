"""Groups of one: "a soldier", "another", "both pilots", names with an age or a rank. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.claims.figures import nouns
from bot.claims.figures.harm import harm_at
from bot.claims.figures.heads import (
    ADJECTIVES,
    LEANING,
    OWNERS,
    STOPS,
    Noun,
    read_noun,
    side_of,
    tail_of,
)
from bot.claims.figures.scene import Group, Kind
from bot.claims.figures.tokens import Token, Words
from bot.claims.grammar.wordlists import BE_FORMS, word_set
from bot.claims.numbers import Mention
from bot.types import Qualifier

_ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth last other")
_HELD = word_set("prisoner hostage captive")
_ONLY_NAMED = LEANING | word_set("captain")


def _one(words: Words, at: int, value: int = 1) -> Mention:
    token = words.tokens[at]
    return Mention(
        start=token.start,
        end=token.end,
        low=value,
        high=value,
        qualifier=Qualifier.EXACT,
        value=value,
    )


def single(words: Words, at: int) -> Group | None:
    """Return "a soldier", "another", "the third", "a couple"."""
    following = words.at(at + 1)
    low = words.lows[at]
    definite = low not in ("a", "an", "another")
    pair = following == "couple" and words.at(at + 2) != "of"
    noun = Noun(Kind.PEOPLE, "couple", at + 1) if pair else read_noun(words, at + 1, one=True)
    if words.at(noun.last + 1) == "'":
        return None
    if noun.kind is Kind.PEOPLE:
        noun = replace(noun, last=_with_name(words, noun.last))
    elif noun.kind is not Kind.BODY:
        if not _stands_for_one(words, at):
            return None
        noun = Noun(Kind.BARE, None, at if low == "another" else at + 1)
    group = Group(
        first=at,
        last=noun.last,
        tail=noun.last,
        count=_one(words, at, 2 if pair else 1),
        kind=noun.kind,
        head=noun.head,
        measure=noun.measure,
        side=side_of(words, at, noun.last, noun.head),
        stated=False,
        definite=definite,
    )
    return replace(group, tail=tail_of(words, group))


def numbered(words: Words, at: int) -> Group | None:
    """Return "twins" without a number before it."""
    value = nouns.NUMBERED.get(words.lows[at])
    if value is None:
        return None
    group = Group(
        first=at,
        last=at,
        tail=at,
        count=_one(words, at, value),
        kind=Kind.PEOPLE,
        head=words.lows[at],
        stated=False,
    )
    return replace(group, tail=tail_of(words, group))


def _stands_for_one(words: Words, at: int) -> bool:
    """Tell whether "another" or "the third" stands for a person, the noun left out."""
    low = words.lows[at]
    end = at + 1
    if low != "another":
        if words.at(at + 1) not in _ORDINALS or low in OWNERS:
            return False
        end = at + 2
    follows = words.at(end)
    return (
        follows in BE_FORMS | word_set("lost died had in")
        or follows in (".", ",", "")
        or bool(end < len(words.lows) and harm_at(words.lows, end))
    )


def both(words: Words, at: int) -> Group | None:
    """Return "both pilots"."""
    noun = read_noun(words, at + 1, one=False)
    if noun.kind is not Kind.PEOPLE:
        return None
    return Group(
        first=at,
        last=noun.last,
        tail=noun.last,
        count=_one(words, at, 2),
        kind=noun.kind,
        head=noun.head,
        measure=noun.measure,
        side=side_of(words, at, noun.last, noun.head),
    )


def _with_name(words: Words, last: int) -> int:
    """Return where a name behind a noun ends: "her son Danylo"."""
    if not words.plain:
        return last
    end = last
    while end + 1 < len(words.tokens) and end < last + 4 and _is_name(words.tokens[end + 1]):
        end += 1
    return end


def _is_name(token: Token) -> bool:
    return token.word[:1].isupper() and token.low not in STOPS and token.word.isalpha()


def named(words: Words, at: int) -> Group | None:
    """Return a person's name with an age: "Olha Marchenko, 34"."""
    if not words.plain or not _is_name(words.tokens[at]):
        return None
    end = at
    while end + 1 < len(words.tokens) and end < at + 4 and _is_name(words.tokens[end + 1]):
        end += 1
    aged = words.at(end + 2) == "#" and words.at(end + 1) in (",", "(")
    title = nouns.is_person(words.lows[at]) or words.lows[at] in nouns.TITLES
    titled = title and end > at and _may_open(words, at)
    if not (titled or (aged and (end > at or _may_open(words, at)))):
        return None
    group = Group(
        first=at,
        last=end,
        tail=end,
        count=_one(words, at),
        kind=Kind.PEOPLE,
        stated=False,
        named=True,
        definite=True,
    )
    return replace(group, tail=tail_of(words, group))


def _may_open(words: Words, at: int) -> bool:
    before = words.before(at)
    return before in ("", ",", "and", "of", "when", "after", "that", ":", ";", "as", "—") or bool(
        at > 0 and harm_at(words.lows, at - 1)
    )


def bare_noun(words: Words, at: int) -> Group | None:
    """Return a noun for one person without article, as in headlines and before names."""
    low = words.lows[at]
    if nouns.is_nation(low) and words.before(at) in ("", ":", ";", "—"):
        return _of_nation(words, at)
    if not nouns.is_person(low) or low in _HELD or not _may_open(words, at):
        return None
    last = at
    for ahead in range(at + 1, min(at + 6, len(words.lows))):
        known = words.lows[ahead] in STOPS or harm_at(words.lows, ahead) is not None
        if known:
            break
        if words.plain and not words.tokens[ahead].word[:1].isupper():
            return None
        last = ahead
    if nouns.is_thing(words.lows[last]) or low in (_ONLY_NAMED if last == at else ADJECTIVES):
        return None
    group = Group(
        first=at,
        last=last,
        tail=last,
        count=_one(words, at),
        kind=Kind.PEOPLE,
        head=low,
        stated=False,
        named=last > at,
    )
    return replace(group, tail=tail_of(words, group))


def _of_nation(words: Words, at: int) -> Group | None:
    """Read "Palestinian teen shot dead" and "Turkish soldier martyred", as headlines begin."""
    last = at + 1
    while last < at + 3 and nouns.is_person(words.at(last + 1)):
        last += 1
    if not nouns.is_person(words.at(last)):
        return None
    group = Group(
        first=at,
        last=last,
        tail=last,
        count=_one(words, at),
        kind=Kind.PEOPLE,
        head=words.lows[last],
        side=side_of(words, at, last, words.lows[last]),
        stated=False,
    )
    group = replace(group, tail=tail_of(words, group))
    verb = group.tail + 1 + (group.tail > last and words.at(group.tail + 1) == ",")
    return group if harm_at(words.lows, verb) is not None else None


def name_group(words: Words, first: int, last: int) -> Group:
    """Return a group for one person's name."""
    return Group(
        first=first,
        last=last,
        tail=last,
        count=_one(words, first),
        kind=Kind.PEOPLE,
        stated=False,
        named=True,
        definite=True,
    )
