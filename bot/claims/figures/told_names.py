"""Bare names that a word of harm is said of: "Ali Hassan and Omar Said were killed". Pure."""

from __future__ import annotations

import re

from bot.claims.figures.harm import OPENERS, Harm, harm_at
from bot.claims.figures.heads import ENDS
from bot.claims.figures.tokens import Token, Words
from bot.claims.grammar.wordlists import AUXILIARIES, BE_FORMS, word_set
from bot.types import Measure

_IN_NAMES = re.compile(r"['’-](?=[A-Z])|\.$")
#: Names of one list.
_MOST_NAMES = 8
#: Words of an aside between a name and its verb: ", who taught physics at the school,".
_ASIDE = 14
_ADVERBS = word_set("also reportedly later then badly seriously both fatally critically")
_NO_NAMES = word_set("a an the who whose whom which where when aged his her their its")
#: Capitalised words that end the name of a body or a place, never of a person.
_BODIES = word_set(
    "army police front party movement forces force brigade battalion jihad state states nations"
    " union city town province region district street road square camp hospital school university"
    " church mosque bridge river valley island mountains council ministry agency authority east"
    " west north south base airport port station group company corps guard guards brigades"
    " resistance league crescent cross house square gate strip bank hills heights"
)


def is_name(token: Token) -> bool:
    """Tell whether a word may be part of a person's name."""
    plain = _IN_NAMES.sub("", token.word)
    return token.word[:1].isupper() and token.low not in ENDS and plain.isalpha()


def may_name(words: Words) -> bool:
    """Tell cheaply that no verb of harm has a name or a noun without article behind it."""
    for at, low in enumerate(words.lows):
        if low in OPENERS and (
            low.endswith("s")
            or any(token.word[:1].isupper() for token in words.tokens[at + 1 : at + 6])
        ):
            return True
    return False


def is_told_of_names(words: Words, end: int, left: int = _MOST_NAMES) -> bool:
    """Tell whether harm is said of the name that ends at a word, alone or with another name."""
    if words.lows[end] in _BODIES:
        return False
    at = _behind_aside(words, end + 1)
    if words.at(at) == "," and (listed := _name_end(words, at + 1)) is not None:
        return left > 0 and is_told_of_names(words, listed, left - 1)
    if words.at(at) == "," and words.at(at + 1) in _NO_NAMES:
        at = _behind_list(words, at + 1)
    if words.at(at) == "and":
        other = at
        while other + 1 < len(words.tokens) and is_name(words.tokens[other + 1]):
            other += 1
        if words.lows[other] in _BODIES:
            return False
        named = other > at + 1
        at = _behind_aside(words, other + 1) if named else _behind_people(words, at + 1)
    start = at
    while words.at(at) in AUXILIARIES or words.at(at) in _ADVERBS:
        at += 1
    harm = harm_at(words.lows, at)
    if harm is None or not _is_of_people(harm):
        return False
    passive = not BE_FORMS.isdisjoint(words.lows[start:at])
    return harm.form == "died" or (passive and harm.form in ("ed", "en"))


def _behind_list(words: Words, at: int) -> int:
    """Return where "his wife and their four children" in front of a verb ends."""
    for end in range(at, min(at + _ASIDE, len(words.lows))):
        if words.lows[end] in AUXILIARIES:
            return end
        if words.lows[end] in ("who", "that", "which", "when", "where", ";", ".", ":"):
            break
    return at - 1


def _name_end(words: Words, at: int) -> int | None:
    """Return where a name of two words or more ends that begins at a word."""
    end = at
    while end < len(words.tokens) and end < at + 4 and is_name(words.tokens[end]):
        end += 1
    return end - 1 if end > at + 1 else None


def _behind_people(words: Words, at: int) -> int:
    """Return where "two of his guards" in front of a verb ends."""
    for end in range(at, at + 6):
        if words.at(end) in AUXILIARIES or harm_at(words.lows, end):
            return end
        if words.at(end) in (",", ".", ";", ":", "and", ""):
            break
    return at


def _is_of_people(harm: Harm) -> bool:
    """Tell whether only people suffer this: towns are captured too."""
    return harm.measure in (Measure.KILLED, Measure.WOUNDED) or not harm.strict


def _behind_aside(words: Words, at: int) -> int:
    """Return where an aside between commas ends; where it would begin if there is none."""
    if words.at(at) != "," or words.at(at + 1) not in _NO_NAMES | {"#"}:
        return at
    for end in range(at + 2, min(at + _ASIDE, len(words.lows))):
        if words.lows[end] == ",":
            return end + 1
        if words.lows[end] in (";", ".", ":"):
            break
    return at


def object_name_end(words: Words, at: int) -> int | None:
    """Return where "Yusra Hamdan" ends behind "shot dead"; None where no such name stands."""
    if not words.plain:
        return None
    end = _name_end(words, at)
    if end is None or words.lows[end] in _BODIES:
        return None
    return end if words.at(end + 1) in ENDS and words.at(end + 1) not in ("'", "-", "/") else None
