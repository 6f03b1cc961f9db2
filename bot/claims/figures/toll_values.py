"""Tolls, and the values that take one further: "it is now 14", ", the rebels at 12". Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.claims.figures.scene import Group, Kind, Scene
from bot.claims.grammar.wordlists import word_set
from bot.types import Measure, Qualifier

#: Words between the subject of a toll and its value.
REACH = 46
RISING = word_set(
    "rose rises rise risen rising climbed climbs climb climbing grew grown grows growing jumped"
    " bring raise push lift"
    " jumps soared soars soar surged surges fell falls fallen dropped drops doubled doubles gone"
    " goes went going increased increases revised lowered raised cut put brought bringing brings"
    " taking takes took raising raises lifting lifts lifted pushing pushes pushed"
    " swelled swells mounted mounts"
    " amounted amounts reduced corrected updated has had tripled came comes edged crept creeps"
    " ticked ticks inched inches leapt leaps leaped spiralled spiraled rocketed ballooned trebled"
    " quadrupled shot moved moves advanced stood"
)
_NOW = word_set("now since") | RISING
_OTHERS = word_set(", ; and while but against")
_SAID = word_set("said say says counted counts reported claimed claims gave gives")
_ENDS = word_set(", . ; and but") | {""}


@dataclass(frozen=True, slots=True)
class Toll:
    """A stated toll: its value, and the earlier one where it is given."""

    group: Group
    measure: Measure
    qualifier: Qualifier
    low: int | None
    high: int | None
    who: str | None
    previous: int | None
    at: int  #: where its subject begins
    taken: tuple[int, ...]  #: first tokens of the groups it uses up
    feared: bool = False


def brought_up_to_date(scene: Scene, toll: Toll) -> Toll:
    """Read "had put the toll at 11; it is now 14"."""
    end = toll.group.tail
    later = next((g for g in scene.groups if g.first > end and g.stated), None)
    if later is None or not may_be_value(later, toll.measure) or toll.previous is not None:
        return toll
    between = scene.words.lows[end + 1 : later.first]
    taken_up = "it" in between[:4] and len(between) < REACH // 4
    moved = between[-1:] in (("now",), ("at",), ("to",))
    if not (taken_up and moved and not _NOW.isdisjoint(between)):
        return toll
    taken = (*toll.taken, later.first)
    return replace(_at_value(toll, later), previous=toll.group.count.value, taken=taken)


def others_count(scene: Scene, toll: Toll) -> Iterator[Toll]:
    """Read ", the rebels at 12" behind "the army puts the dead at 38"."""
    lows = scene.words.lows
    end = toll.group.tail
    for group in scene.groups:
        if group.first <= end or group.kind is not Kind.BARE or not group.stated:
            continue
        between = lows[end + 1 : group.first]
        if not 2 < len(between) < 9 or between[0] not in _OTHERS:
            return
        told = between[-1] == "at" and lows[toll.group.first - 1] == "at"
        if not told and (between[-1] not in _SAID or scene.words.at(group.tail + 1) not in _ENDS):
            return
        end = group.tail
        told_anew = _at_value(toll, group)
        yield replace(told_anew, previous=None, at=group.first, taken=(group.first,))


def _at_value(toll: Toll, group: Group) -> Toll:
    count = group.count
    return replace(toll, group=group, qualifier=count.qualifier, low=count.low, high=count.high)


def may_be_value(group: Group, measure: Measure) -> bool:
    """Tell whether a group may state a toll of this measure."""
    if group.kind is Kind.HARM:
        return group.measure is measure
    if group.kind is Kind.BARE:
        return group.stated
    return (
        group.kind in (Kind.PEOPLE, Kind.LIVES)
        and group.stated
        and group.measure in (None, measure)
    )
