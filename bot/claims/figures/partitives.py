"""Parts of a whole: "five of the crew", "one of whom died", "two of the wounded". Pure."""

from __future__ import annotations

from bot.claims.figures.harm import NOUNS, harm_at
from bot.claims.figures.heads import ENDS, OWNERS
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import AUXILIARIES, word_set
from bot.types import Measure

_BEFORE_NOUN = OWNERS | word_set("the these those own n")
_OF_VICTIMS = word_set("dead wounded injured killed victims bodies casualties deaths fatalities")
_HURT = word_set(
    "wounded injured hurt wounding injuring wounds injures abducted captured kidnapped seized"
    " detained snatched"
)
_PASSED = AUXILIARIES | word_set("now later since confirmed also")
_LATER_TOLD = word_set("including among")


def _owns_number(words: Words, at: int) -> bool:
    """Tell whether "battalion's 400" begins at a word."""
    return words.at(at).endswith("'s") and words.at(at + 1) == "n"


def _first_told(words: Words, at: int) -> bool:
    """Tell whether "22 of whom died" is the first to tell of harm: its whole was only counted."""
    behind = at + 2
    if words.at(behind) == ",":  # "four of them, all guards, were killed"
        behind = next((n + 1 for n in range(behind + 1, behind + 9) if words.at(n) == ","), behind)
    while words.at(behind) in AUXILIARIES or words.at(behind).endswith("ly"):
        behind += 1
    harm = harm_at(words.lows, behind)
    if harm is None or not words.vocabulary.isdisjoint(_LATER_TOLD):
        return False
    return not any(harm_at(words.lows, n) or words.lows[n] in NOUNS for n in range(at - 1))


def told_first(words: Words, at: int, verb: int) -> bool:
    """Tell whether the harm at `verb` is told of no one before `at`, or follows mere wounds."""
    while words.at(verb) in AUXILIARIES or words.at(verb).endswith("ly"):
        verb += 1
    harm = harm_at(words.lows, verb)
    if harm is None:
        return False
    if harm.measure is Measure.KILLED and _were_only_hurt(words, at):
        return True
    return not any(harm_at(words.lows, n) or words.lows[n] in NOUNS for n in range(at))


def _were_only_hurt(words: Words, at: int) -> bool:
    """Tell whether "three of whom later died" tells of those who were hurt before."""
    told = set(words.lows[:at])
    return bool(told & _HURT) and not told & {"killed", "dead", "died", "kills", "killing"}


def _are_killed(words: Words, at: int) -> bool:
    """Tell whether "killed one" stands before "of them"."""
    harm = harm_at(words.lows, at - 2)
    return harm is not None and harm.measure is Measure.KILLED


def die_later(words: Words, at: int) -> bool:
    """Tell whether those named at a word die in the words behind."""
    for end in range(at + 1, min(at + 6, len(words.lows))):
        harm = harm_at(words.lows, end)
        if harm is not None:
            return harm.measure is Measure.KILLED and harm.form in ("died", "adj")
        passed = words.lows[end] in _PASSED or words.lows[end].endswith("ly")
        if end > at + 3 and not (passed or words.lows[end] == ","):
            break
    return False


def behind_of(words: Words, at: int) -> tuple[int, bool]:
    """Return where the noun begins behind "of the", and whether only a part is counted."""
    at += words.lows[at : at + 2] == ("out", "of")  # "nine out of 12 sailors"
    if words.at(at) != "of":
        return at, False
    following = words.at(at + 1)
    if following in ("them", "whom", "which"):
        died = die_later(words, at + 1) or _are_killed(words, at)
        untold = following != "which" and _first_told(words, at)
        return at + 1, not (untold or (died and _were_only_hurt(words, at - 2)))
    if following == "us":
        return at + 1, False
    if following in ("these", "those") and words.at(at + 2) in ENDS:
        return at + 1, True
    start = at + 1
    while start < at + 5 and (words.at(start) in _BEFORE_NOUN or _owns_number(words, start)):
        start += 1
    if words.at(start) in _OF_VICTIMS and following == "the":
        return start, True
    return start, False
