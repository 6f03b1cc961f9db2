"""What a toll counts: "the toll", "the number of Armenian dead", "the army's wounded". Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.claims.figures.harm import COUNTED, LIVES, NOUNS, harm_at
from bot.claims.figures.heads import name_of
from bot.claims.figures.nouns import are_people, is_nation
from bot.claims.figures.scene import Scene
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import word_set
from bot.types import Measure

_COUNTS = word_set("number count tally total list toll estimates estimate figure figures tolls")


_BRINGING = word_set("bringing brings brought taking takes took raising raises raised")
#: "the figure is now 12", "the number had risen to 12".
_STANDING = word_set("is was has had now stands stood rose climbed")
_DEAD = word_set("dead killed died bodies body deaths death succumbed")
_HURT = word_set("wounded injured hurt")
#: "the body count", "an injury tally".
_COUNTED_SO = {
    **dict.fromkeys(("body", "death", "fatality"), Measure.KILLED),
    **dict.fromkeys(("injury", "injured", "wounded"), Measure.WOUNDED),
}
_OWNERS = ("the", "its", "their")
_OPENERS = _COUNTS | word_set(
    "toll tolls count deaths fatalities losses bodies dead wounded injured missing martyrs"
)
_REACHING = word_set(
    "reached reaches rose risen climbed increased exceeded passed totalled totaled"
)
#: Words between "martyrs" and the verb that gives their number.
_VERB_WITHIN = 14


@dataclass(frozen=True, slots=True)
class Subject:
    """What a toll counts."""

    first: int
    last: int
    measure: Measure
    who: str | None


def subjects_of(scene: Scene) -> Iterator[Subject]:
    """Yield what is counted, left to right."""
    words = scene.words
    at = 0
    while at < len(words.lows):
        subject = _subject_at(scene, at) if words.lows[at] in _OPENERS else None
        if subject is None:
            at += 1
            continue
        yield subject
        at = subject.last + 1


def _subject_at(scene: Scene, at: int) -> Subject | None:
    words = scene.words
    low = words.lows[at]
    if scene.held[at] is not None:
        return None
    if low in ("toll", "tolls"):
        return Subject(at, at, _toll_measure(words, at), None)
    if low in ("count", "tally") and words.before(at) in _COUNTED_SO:
        return Subject(at, at, _COUNTED_SO[words.before(at)], None)
    if low in _COUNTS:
        return _counted_subject(words, at)
    if low in ("deaths", "fatalities", "losses", "bodies"):
        return Subject(at, at, Measure.KILLED, None)
    if low == "martyrs" and not _REACHING.isdisjoint(words.lows[at + 1 : at + 1 + _VERB_WITHIN]):
        return Subject(at, at, Measure.KILLED, None)
    if low in ("dead", "wounded", "injured", "missing") and _nominal(words, at):
        return Subject(at, at, COUNTED[low], None)
    return None


def _nominal(words: Words, at: int) -> bool:
    """Tell whether "dead" is a noun with its owner: "the dead", "the army's dead"."""
    before = words.before(at)
    owner = words.before(at - 1)
    if words.at(at + 1) == "at" and (is_nation(before) or owner in _OWNERS):
        return True  # "put the Armenian dead at 11"
    if is_nation(before) or before in ("civilian", "military", "enemy", "rebel"):
        before = owner
    return before in _OWNERS or before.endswith("'s")


def _toll_measure(words: Words, at: int) -> Measure:
    near = words.lows[max(0, at - 2) : at] + words.lows[at + 1 : at + 4]
    for low in near:
        if low in ("injury", "injured", "wounded", "injuries"):
            return Measure.WOUNDED
    return Measure.KILLED


def _counted_subject(words: Words, at: int) -> Subject | None:
    """Read "number of Armenian dead", "count of soldiers killed", "number killed"."""
    who: str | None = None
    for end in range(at + 1, min(at + 9, len(words.lows))):
        low = words.lows[end]
        harm = harm_at(words.lows, end)
        measure = COUNTED.get(low) or (harm.measure if harm else None)
        if measure is None and low in NOUNS:
            measure = NOUNS[low].measure
        if low == "lost" and who is not None:
            return Subject(at, end, Measure.KILLED, None if who in LIVES else who)
        if measure is not None:
            return Subject(at, end, measure, who)
        if are_people(low):
            who = name_of(words, low, end)
        if low in (",", ".", ";", "n", "#", "to", "at", "in", "is", "was"):
            break
    return _bare_total(words, at)


def _bare_total(words: Words, at: int) -> Subject | None:
    """Read ", bringing the total to 12" and "the figure was now 12" behind words of harm."""
    brought = words.at(at - 2) in _BRINGING and words.at(at + 1) == "to"
    told = words.at(at + 1) in _STANDING
    dead = not _DEAD.isdisjoint(words.lows[:at])
    hurt = not _HURT.isdisjoint(words.lows[:at])
    if dead is hurt or words.before(at) not in _OWNERS or not (brought or told):
        return None
    return Subject(at, at, Measure.KILLED if dead else Measure.WOUNDED, None)
