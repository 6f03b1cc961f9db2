"""Members of a list that only explain the one before them: "Olha Marko, 34, a nurse". Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.claims.figures.nouns import KIN, is_nation
from bot.claims.figures.pairs import are_two, is_one_person
from bot.claims.figures.scene import Group
from bot.claims.grammar.wordlists import AUXILIARIES, PREPOSITIONS, word_set

#: Nouns that say nothing of who it was.
_ANYBODY = word_set(
    "people persons civilians others victims occupants passengers members relatives villagers"
    " residents individuals adults friends colleagues crew personnel staff lives casualties"
    " hostages captives prisoners foreigners deaths fatalities bodies"
) | {None}
_ARTICLES = word_set("a an the his her their its another both all")
#: Nouns that are a number themselves.
_NUMBERS = word_set("pair couple trio duo")
#: Nouns of several kinds: "two officers, a captain and a sergeant".
_OF_KINDS = word_set(
    "officers soldiers troops men women children boys girls siblings brothers sisters cousins"
    " journalists reporters workers medics employees officials teenagers drivers"
)

#: Words of "the driver of an ambulance," up to its comma.
_PHRASE = 9
_NO_PHRASE = AUXILIARIES | word_set("and who which that ; . :")


def without_apposition(lows: Sequence[str], groups: list[Group]) -> tuple[Group, ...]:
    """Leave out members that only explain the one before them.

    "a nurse" behind "Olha Marchenko, 34," is the same person, and so are "two men and two women"
    behind "four people".
    """
    first = groups[0].count.value
    rest = [g.count.value or 0 for g in groups[1:]]
    apart = len(rest) > 1 and lows[groups[0].tail + 1] != "and" and _may_be_told_apart(groups)
    numbered = groups[0].stated or groups[0].head in _NUMBERS
    if apart and first is not None and numbered and sum(rest) == first:
        return (groups[0],)
    kept: list[Group] = []
    previous: Group | None = None
    office = False  #: whether the one before only explains a name
    for group in groups:
        close = previous is not None and group.first - previous.tail == 2
        explains = close and previous is not None and _explains(previous, group)
        explains = explains or (previous is not None and _is_office(lows, previous, group))
        explains = explains and lows[group.first - 1] != "and"
        explains = explains or (office and _goes_on(lows, previous, group))
        if not explains and not (kept and _is_second_office(lows, kept[-1], group)):
            kept.append(group)
        office = explains
        previous = group
    return tuple(kept)


def _goes_on(lows: Sequence[str], before: Group | None, group: Group) -> bool:
    """Tell whether "and father of two" goes on behind "Oleh Marchenko, a tram driver"."""
    joined = before is not None and lows[before.tail + 1 : group.first] == ("and",)
    return joined and not group.stated and not group.named and group.first == group.last


def _is_second_office(lows: Sequence[str], before: Group, group: Group) -> bool:
    """Tell whether "an official and leader of the party" is one person."""
    alone = not (group.stated or group.named or before.stated or before.named)
    if alone and lows[group.first] not in _ARTICLES and is_one_person(lows, before, group):
        return True
    if are_two(lows, group.last):
        return False
    if before.definite or (before.head in KIN and group.head in KIN):
        return False  # "a mother and daughter"
    without = not group.stated and not group.named and group.first == group.last
    return without and not before.stated and before.first < before.last


def _may_be_told_apart(groups: list[Group]) -> bool:
    """Tell whether the others may say who the first are: no policeman is one of three soldiers."""
    from_where = all(group.head is not None and is_nation(group.head) for group in groups[1:])
    if groups[0].head in _ANYBODY or groups[0].head in _NUMBERS or from_where:
        return True
    if all(group.named and group.head is None for group in groups[1:]):
        return True  # "two nurses, Mona Saleh, 34, and Huda Adam, 29,"
    return groups[0].head in _OF_KINDS and not any(group.stated for group in groups[1:])


def _is_office(lows: Sequence[str], before: Group, group: Group) -> bool:
    """Tell whether ", the town's mayor," stands behind a name."""
    behind = lows[group.tail + 1 : group.tail + 1 + _PHRASE]
    phrase = behind[: behind.index(",")] if "," in behind else None
    closed = phrase is not None and (not phrase or phrase[0] in PREPOSITIONS)
    closed = closed and phrase is not None and _NO_PHRASE.isdisjoint(phrase)
    return before.named and not group.named and closed and lows[group.first] == "the"


def _explains(before: Group, group: Group) -> bool:
    if before.stated or group.stated:
        return False
    if before.named:
        return not group.named and not group.definite
    return group.named and group.head is None
