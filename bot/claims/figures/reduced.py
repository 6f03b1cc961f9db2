"""Wounds that only say who died: "two people injured on Friday have died". Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.claims.figures.harm import harm_at
from bot.claims.figures.scene import Scene, Told
from bot.claims.grammar.wordlists import word_set
from bot.types import Measure

#: What may have gone before a death.
_FATES = (Measure.WOUNDED, Measure.MISSING, Measure.CAPTURED)
_RELATIVE = word_set("who that was were had been")
_NEXT_CLAUSE = word_set(", ; and but while")


def without_reduced(scene: Scene, told: Sequence[Told]) -> Iterator[Told]:
    """Leave out wounds of a bare participle behind people who die in the same clause."""
    for one in told:
        if one.measure not in _FATES or not any(_dies(scene, one, o) for o in told):
            yield one


def without_the_dead(wounded: Sequence[Told], told: Sequence[Told]) -> Iterator[Told]:
    """Leave out wounds by set phrases of people who are told of as dead: "hit by shrapnel"."""
    dead = [one for one in told if one.measure is Measure.KILLED]
    for one in wounded:
        if not any(d.at > one.at and _places(d) & _places(one) for d in dead):
            yield one


def _places(told: Told) -> set[int]:
    """Return where the groups begin that something is told of."""
    return {group.first for group in told.groups}


def _dies(scene: Scene, hurt: Told, dead: Told) -> bool:
    lows = scene.words.lows
    group = hurt.groups[-1]
    lost = hurt.measure is Measure.CAPTURED and dead.measure is Measure.MISSING
    if (
        not (lost or dead.measure is Measure.KILLED)
        or group not in dead.groups
        or dead.at <= hurt.at
    ):
        return False
    between = lows[group.tail + 1 : hurt.at]
    bare = all(low.endswith("ly") or low in _RELATIVE for low in between)
    harm = harm_at(lows, hurt.at)
    reduced = bare and harm is not None and harm.form in ("ed", "adj")
    return reduced and _NEXT_CLAUSE.isdisjoint(lows[hurt.at : dead.at])
