"""Fractions of a stated number: "half of the 20 recruits", "two-thirds of its 30 men". Pure."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import word_set
from bot.claims.numbers import Mention
from bot.types import Qualifier

_PARTS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
_TIMES = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_DETERMINERS = word_set("the its their his her these those")

#: Words that a fraction can begin with, beside numbers and "a".
OPENERS = frozenset(
    ("half", *(f"{times}-{part}" for times in _TIMES for part in _PARTS if times != "a"))
)


def fraction_at(words: Words, at: int) -> tuple[Fraction, int] | None:
    """Return a fraction that begins at a word and where its whole begins; None without one."""
    times, _, part = words.lows[at].rpartition("-")
    end = at + 1
    if not times and part in ("n", "a"):
        times, part, end = words.tokens[at].word.lower(), words.at(at + 1), at + 2
    fraction = Fraction(1, 2) if part == "half" and not times else None
    if times in _TIMES and part in _PARTS:
        fraction = Fraction(_TIMES[times], _PARTS[part])
    of = words.at(end) == "of"
    if fraction is None or not (of or part == "half"):
        return None
    end += of
    if words.at(end) in _DETERMINERS:
        end += 1
    return (fraction, end) if of or words.before(end) in _DETERMINERS else None


def taken_of(count: Mention, fraction: Fraction) -> Mention | None:
    """Return so much of a plain count; None where it is vague or a range."""
    if count.value is None or count.qualifier is not Qualifier.EXACT:
        return None
    value = count.value * fraction
    whole = round(value)
    qualifier = Qualifier.EXACT if value == whole else Qualifier.ABOUT
    return replace(count, low=whole, high=whole, value=whole, qualifier=qualifier)
