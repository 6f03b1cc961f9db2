"""Several people in one phrase: "a seven-member family", "Brothers Ali and Hasan". Pure."""

from __future__ import annotations

import re

from bot.claims.figures import nouns
from bot.claims.figures.heads import STOPS
from bot.claims.figures.scene import Group
from bot.claims.figures.singles import WHOLE, may_open, people
from bot.claims.figures.tokens import Words
from bot.claims.figures.told_names import is_name
from bot.claims.numbers import find_numbers

#: "a seven-member family", "the 12-man patrol".
_CREW = re.compile(r"(?P<number>\d{1,3}|[a-z]+(?:-[a-z]+)?)-(?:member|man|woman|person)$")


def several_named(words: Words, at: int) -> Group | None:
    """Return those of "Brothers Ali and Hasan Zein", counted by their names."""
    low = words.lows[at]
    if not words.plain or not nouns.are_people(low) or nouns.is_nation(low):
        return None
    if not (may_open(words, at) or words.before(at) == "the"):
        return None
    last, names = at, 0
    while (end := _name_end(words, last + 1)) > last:
        last, names = end, names + 1
        if words.at(last + 1) not in (",", "and") or _name_end(words, last + 2) == last + 1:
            break
        joined, last = words.at(last + 1) == "and", last + 1
        if joined:
            last = _name_end(words, last + 1)
            names += 1
            break
    return people(words, at, last, names, head=low) if names > 1 else None


def _name_end(words: Words, at: int) -> int:
    """Return where a name that begins at a word ends; the word before where there is none."""
    end = at - 1
    while end + 1 < len(words.tokens) and end < at + 3 and is_name(words.tokens[end + 1]):
        end += 1
    return end


def crew(words: Words, at: int) -> Group | None:
    """Return those of "a seven-member family", told by their number alone."""
    match = _CREW.match(words.lows[at]) if "-" in words.lows[at] else None
    number = next(iter(find_numbers(match["number"])), None) if match else None
    if number is None or number.value is None or words.at(at + 1) in STOPS:
        return None
    first = at
    while words.before(first) in WHOLE:
        first -= 1
    return people(words, first, at + 1, number.value, stated=True)
