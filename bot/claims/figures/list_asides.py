"""What may stand between the members of a list: places, parts, offices, names. Pure."""

from __future__ import annotations

from itertools import pairwise

from bot.claims.figures.harm import harm_at
from bot.claims.figures.scene import Group, Kind, Scene
from bot.claims.figures.tokens import Words
from bot.claims.figures.told_names import is_name
from bot.claims.grammar.wordlists import AUXILIARIES, PREPOSITIONS, word_set

JOINERS = ("and", "&", "plus")
#: Behind "not": "killed not only a colonel but also three of his clerks".
ONLY = ("only", "just", "merely")
#: Words that hold other words of their own between members of a list.
LIST_GAP = 9
_BESIDE = PREPOSITIONS | word_set("beside behind below above beneath")
#: "three men standing at a kiosk", but "six people including two nurses".
_NOT_DOING = word_set("including being according killing wounding bringing")
_RELATIVES = word_set("who aged guarding belonging")


def not_only_behind(words: Words, at: int) -> int:
    """Return how many words "but also" takes at a word that goes on from "not only"; 0 for none."""
    if words.at(at) != "but":
        return 0
    near = words.lows[max(0, at - 2 * LIST_GAP) : at]
    opened = any(pair[0] == "not" and pair[1] in ONLY for pair in pairwise(near))
    return (1 + (words.at(at + 1) == "also")) if opened else 0


def behind_office(scene: Scene, at: int) -> int:
    """Return where ", the head of the unit," behind a name ends, where "and" goes on."""
    words = scene.words
    if words.at(at + 1) not in ("the", "a", "an", "his", "her", "its", "their"):
        return at
    one = scene.starting(at + 1)
    if one is not None and one.kind is not Kind.THING:
        return at
    for end in range(at + 2, min(at + 1 + LIST_GAP, len(words.lows) - 1)):
        if words.lows[end] == ",":
            return end if words.lows[end + 1] == "and" else at
        if words.lows[end] in (";", ".") or harm_at(words.lows, end):
            return at
    return at


def before_office(scene: Scene, at: int) -> Group | None:
    """Return "Oleh Marko" where ", the head of the unit," behind it ends at a word."""
    words = scene.words
    for start in range(at, max(1, at - LIST_GAP), -1):
        if words.lows[start] == ",":
            group = scene.ending(start - 1)
            opens = words.at(start + 1) in ("the", "a", "an", "his", "her", "its", "their")
            return group if opens and group is not None and group.named else None
        if words.lows[start] in (";", ".", "and") or harm_at(words.lows, start):
            return None
    return None


def behind_name(words: Words, at: int) -> int:
    """Return where ", Mona Saleh," behind "a nurse" ends, where "and" goes on."""
    end = at + 1
    while words.plain and end < at + 5 and end < len(words.tokens) and is_name(words.tokens[end]):
        end += 1
    goes_on = end > at + 1 and words.lows[end : end + 2] == (",", "and")
    return end if goes_on else at


def behind_part(scene: Scene, at: int) -> int:
    """Return where ", five of whom were Spaniards," ends."""
    words = scene.words
    part = scene.starting(at + 1) or scene.starting(at + 2)
    if words.at(at) != "," or part is None or not part.part:
        return at
    for end in range(part.tail + 1, min(part.tail + 8, len(words.lows))):
        if words.lows[end] == ",":
            return end
    return at


def counts_a_whole(words: Words, group: Group) -> bool:
    """Tell whether "one clan" of "six members of one clan" says whose the people before it are."""
    one = group.kind in (Kind.THING, Kind.BARE) and group.count.value == 1
    return one and group.stated and words.before(group.first) == "of"


_WHO = word_set("who which that")
#: What befell those in front otherwise: "three of the unit fled and four were killed" is no list.
_OTHERWISE = word_set(
    "fled escaped left surrendered deserted defected withdrew retreated survived went came ran"
    " walked drove jumped swam returned arrived stayed crossed disappeared emerged managed"
)


def _fares_otherwise(words: Words, at: int) -> bool:
    return words.lows[at] in _OTHERWISE and words.before(at) not in _WHO


def behind_phrase(scene: Scene, at: int) -> int:
    """Return where a short phrase behind a noun ends ("in Kotli", "of the reserve guard")."""
    words = scene.words
    for end in range(at + 1, min(at + LIST_GAP, len(words.lows))):
        if scene.held[end] is not None and scene.starting(end) is not None:
            held = scene.held[end]
            counted = held is not None and held.kind is not Kind.THING and held.stated
            if counted and held is not None and not counts_a_whole(words, held):
                return at
        if words.lows[end] in JOINERS or words.lows[end] in (",", "as", "along", "together"):
            return end
        if words.lows[end] in (".", ";", ":") or harm_at(words.lows, end):
            return at
        if _fares_otherwise(words, end):
            return at
    return at


def before_name(scene: Scene, at: int) -> Group | None:
    """Return "a nurse" where ", Mona Saleh," behind it ends at a word."""
    words = scene.words
    start = at
    while words.plain and start > at - 4 and start > 0 and is_name(words.tokens[start]):
        start -= 1
    group = scene.ending(start - 1) if start < at and words.at(start) == "," else None
    return group if group is not None and not group.stated else None


def before_part(scene: Scene, at: int) -> Group | None:
    """Return the group before ", two of them women,"."""
    for end in range(at, max(0, at - LIST_GAP), -1):
        part = scene.starting(end)
        if part is not None:
            return scene.ending(end - 2) if part.part else None
        if scene.words.lows[end] == ",":
            return None
    return None


def over_phrase(scene: Scene, at: int, *, listed: bool = False) -> Group | None:
    """Return the group whose short phrase ends at a word ("13 villagers from Kotli and ...").

    `listed`: "and" follows, so that the phrase may tell what they did ("standing at a kiosk").
    """
    words = scene.words
    verb = False
    for end in range(at, max(-1, at - LIST_GAP), -1):
        group = scene.ending(end)
        if group is not None and group.kind is not Kind.THING and not counts_a_whole(words, group):
            opener = words.at(end + 1)
            place = opener in _BESIDE and not verb
            doing = listed and opener.endswith("ing") and opener not in _NOT_DOING and at > end + 1
            return group if place or doing or opener in _RELATIVES else None
        low = words.lows[end]
        if low in (",", ".", ";", ":", "and", "that") or harm_at(words.lows, end):
            return None
        verb = verb or low in AUXILIARIES
        if _fares_otherwise(words, end):
            return None
    return None
