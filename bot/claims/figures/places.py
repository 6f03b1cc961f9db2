"""Where and when victims are told of: "three in Nikopol, two in Marhanets" are two events. Pure."""

from __future__ import annotations

from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import TIME_WORDS, word_set

IN_PLACE = word_set("in at near outside around inside")
#: Words between "in" and a name: "in the village of Orvel", "in northern Valmora".
_RUN = 5
#: Words between a group and the day told of it: "in Gaza City on Monday".
_DAY_RUN = 7
_ENDS = word_set(", . ; : ( ) — and or n # were was by when while after who that")
_DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june"
    " july august september october november december"
)


def at_named_place(words: Words, at: int) -> bool:
    """Tell whether a phrase with the name of a place begins at a word."""
    if words.at(at) not in IN_PLACE:
        return False
    for token in words.tokens[at + 1 : at + 1 + _RUN]:
        if token.low in _ENDS or token.low in TIME_WORDS:
            return False
        if token.word[:1].isupper():
            return True
    return False


def on_a_day(words: Words, at: int) -> bool:
    """Tell whether a day or a month is named in the phrase that begins at a word."""
    for low in words.lows[at : at + _DAY_RUN]:
        if low in _DAYS:
            return True
        if low in _ENDS:
            return False
    return False


def set_apart(words: Words, one: int, other: int) -> bool:
    """Tell whether the phrases at two words name a place each, or a day each."""
    for is_told in (at_named_place, on_a_day):
        if is_told(words, one) and is_told(words, other):
            return True
    return False
