"""Pronouns that take up people counted before: "two men were hit; both of them died". Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.claims.figures.harm import harm_at
from bot.claims.figures.scene import Group, Kind, Scene, Told
from bot.claims.figures.set_phrases import PhraseReader, told_by
from bot.claims.figures.subjects import SKIPPED
from bot.claims.grammar.wordlists import AUXILIARIES, word_set

_PASSED = AUXILIARIES | SKIPPED
_FORMS = ("died", "ed", "en")


def find_taken_up(scene: Scene) -> Iterator[Told]:
    """Yield what is told of people by a pronoun."""
    yield from told_by(scene, _READERS)


def _all_of_them(scene: Scene, at: int) -> Told | None:
    words = scene.words
    end = at + 1
    if words.at(end) == "of" and words.at(end + 1) in ("them", "whom"):
        end += 2
    elif words.lows[at] == "all" or words.before(at) not in (";", ",", "and", "—"):
        return None
    start = end
    while words.at(end) in _PASSED:
        end += 1
    harm = harm_at(words.lows, end)
    passive = not AUXILIARIES.isdisjoint(words.lows[start:end])
    closed = start > at + 1 and words.at(end + 1) in (".", ",", ";", "")
    if harm is None or harm.form not in _FORMS:
        return None
    if harm.form != "died" and not (passive or closed):
        return None
    group = antecedent(scene, at)
    fits = group is not None and (words.lows[at] == "all" or group.count.value == 2)
    return Told((group,), harm.measure, at=end) if group is not None and fits else None


def antecedent(scene: Scene, at: int) -> Group | None:
    """Return the last people counted before a word."""
    before = (g for g in reversed(scene.groups) if g.tail < at and g.kind is Kind.PEOPLE)
    group = next(before, None)
    return group if group is not None and group.stated and not group.part else None


_READERS: tuple[PhraseReader, ...] = ((word_set("both all"), _all_of_them),)
