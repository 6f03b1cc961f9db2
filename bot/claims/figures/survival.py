"""Deaths told as survival: "none of the four lived", "no survivors among the six". Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.claims.figures.scene import Group, Kind, Scene, Told
from bot.claims.figures.set_phrases import PhraseReader, told_by
from bot.claims.figures.subjects import left_subject
from bot.claims.figures.taken_up import antecedent
from bot.claims.grammar.wordlists import word_set
from bot.types import Measure

_ALIVE = word_set("survived survives alive lived")
_NONE = word_set("neither none nobody")
_COUNTED = (Kind.PEOPLE, Kind.BARE)
_NEGATED = word_set("not n't never failed didn't to did have has had")
_SOLE = word_set("sole only lone single")
_AMONG = word_set("among of from")


def find_survival(scene: Scene) -> Iterator[Told]:
    """Yield the deaths that words of survival tell."""
    yield from told_by(scene, _READERS)


def _killed(group: Group | None, at: int) -> Told | None:
    fits = group is not None and group.kind in _COUNTED and not group.part
    return Told((group,), Measure.KILLED, at=at) if group is not None and fits else None


def _not_alive(scene: Scene, at: int) -> Told | None:
    """Read "two deminers went in, and neither came out alive"."""
    before = scene.words.lows[max(0, at - 12) : at]
    start = next((at - n for n, low in enumerate(reversed(before), 1) if low in _NONE), None)
    if start is None:
        return None
    people = [g for g in scene.groups if g.kind is Kind.PEOPLE and g.stated and g.last < at]
    those = scene.starting(start + 2) if scene.words.at(start + 1) == "of" else None
    inside = [those] if those is not None and those.stated and those.kind in _COUNTED else []
    earlier = [g for g in people if g.last < start and not g.part]
    if scene.words.lows[start] == "neither":
        earlier = [g for g in earlier if g.count.value == 2]
    found = inside or earlier
    return Told((found[0],), Measure.KILLED, at=at) if found else None


def _not_survived(scene: Scene, at: int) -> Told | None:
    """Read "three did not survive the hit"; "would not survive" tells of nothing yet."""
    words = scene.words
    start = at
    while words.before(start) in _NEGATED:
        start -= 1
    negated = {"not", "n't", "never", "failed", "didn't"} & set(words.lows[start:at])
    if not negated or not {"did", "didn't", "failed"} & set(words.lows[start:at]):
        return None
    return _killed(scene.ending(start - 1) or left_subject(scene, start)[0], at)


def _no_survivors(scene: Scene, at: int) -> Told | None:
    """Read "no survivors among the six people aboard"."""
    words = scene.words
    if words.before(at) != "no":
        return None
    behind = words.at(at + 1) in _AMONG
    group = scene.starting(at + 2) if behind else antecedent(scene, at)
    return _killed(group, at) if group is not None and group.stated else None


def _sole_survivor(scene: Scene, at: int) -> Told | None:
    """Read "the sole survivor of a family of nine": all the others died."""
    words = scene.words
    few = words.tokens[at - 1].number if at else None
    alive = 1 if words.before(at) in _SOLE else few.value if few is not None else None
    if alive is None or words.at(at + 1) not in _AMONG:
        return None
    group = scene.starting(at + 2)
    total = group.count.value if group is not None else None
    if group is None or total is None or total <= alive or not group.stated:
        return None
    dead = total - alive
    rest = replace(group.count, low=dead, high=dead, value=dead)
    return _killed(replace(group, count=rest), at)


def _few_survived(scene: Scene, at: int) -> Told | None:
    """Read "only one of the 14 villagers survived" and "only three of the 20 came out alive"."""
    words = scene.words
    start = next((n for n in range(max(0, at - 9), at) if words.lows[n] == "only"), None)
    if start is None or words.lows[start + 1 : start + 3] != ("n", "of"):
        return None
    few, rest = words.tokens[start + 1].number, words.tokens[start + 3 : start + 6]
    whole = next((t.number for t in rest if t.number is not None), None)
    group = scene.held[start + 1]
    if few is None or whole is None or few.value is None or whole.value is None or group is None:
        return None
    died = whole.value - few.value
    count = replace(whole, low=died, high=died, value=died)
    return _killed(replace(group, count=count, part=False), at) if died > 0 else None


_READERS: tuple[PhraseReader, ...] = (
    (word_set("survived alive"), _few_survived),
    (_ALIVE, _not_alive),
    (word_set("survive"), _not_survived),
    (word_set("survivors survivor"), _no_survivors),
    (word_set("survivor survivors"), _sole_survivor),
)
