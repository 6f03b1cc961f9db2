"""Tolls and counts with a subject of their own: "the toll rose to 32, up from 27". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.claims.figures.harm import COUNTED, NOUNS, harm_at
from bot.claims.figures.nouns import are_people
from bot.claims.figures.scene import Group, Kind, Scene
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import word_set
from bot.claims.numbers import bounds
from bot.types import Measure, Qualifier

#: Words between the subject of a toll and its value.
REACH = 46

_COUNTS = word_set("number count tally total list toll estimates estimate figure figures tolls")
_RISING = word_set(
    "rose rises rise risen rising climbed climbs climb climbing grew grown grows growing jumped"
    " jumps soared soars soar surged surges fell falls fallen dropped drops doubled doubles gone"
    " goes went going increased increases revised lowered raised cut put brought bringing brings"
    " taking takes raising raises lifting pushing pushes pushed swelled swells mounted mounts"
    " amounted amounts reduced corrected updated has had tripled came comes edged"
)
_IS = word_set(
    "is was are were of reached reaches hit hits now totalled totaled numbered counted : —"
    " passed reaching hitting"
)
_PAST = word_set(
    "passes passed past tops topped exceeds exceeded exceeding surpassed surpasses above beyond"
    " crosses crossed over topping surpassing"
)
_FIRST = word_set("first initially previously earlier originally")
_BRINGING = word_set(
    "bringing brings brought taking takes raising raises raised lifting pushing pushes pushed took"
)


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


@dataclass(frozen=True, slots=True)
class _Subject:
    first: int
    last: int
    measure: Measure
    who: str | None


def find_tolls(scene: Scene) -> tuple[Toll, ...]:
    """Return the tolls of a sentence, in reading order."""
    subjects = list(_subjects(scene))
    found: list[Toll] = []
    taken: set[int] = set()
    for number, subject in enumerate(subjects):
        end = subjects[number + 1].first if number + 1 < len(subjects) else len(scene.words.lows)
        toll = (
            _ranging(scene, subject, end)
            or _toll(scene, subject, end)
            or _put_first(scene, subject)
        )
        if toll is not None and toll.group.first not in taken:
            taken.update(toll.taken)
            found.append(toll)
    return tuple(found)


def _subjects(scene: Scene) -> Iterator[_Subject]:
    words = scene.words
    at = 0
    while at < len(words.lows):
        subject = _subject_at(scene, at)
        if subject is None:
            at += 1
            continue
        yield subject
        at = subject.last + 1


def _subject_at(scene: Scene, at: int) -> _Subject | None:
    words = scene.words
    low = words.lows[at]
    if scene.held[at] is not None:
        return None
    if low in ("toll", "tolls"):
        return _Subject(at, at, _toll_measure(words, at), None)
    if low == "count" and words.before(at) == "body":
        return _Subject(at, at, Measure.KILLED, None)
    if low in _COUNTS:
        return _counted_subject(words, at)
    if low in ("deaths", "fatalities", "losses", "bodies"):
        return _Subject(at, at, Measure.KILLED, None)
    if low in ("dead", "wounded", "injured", "missing") and _nominal(words, at):
        return _Subject(at, at, COUNTED[low], None)
    return None


def _nominal(words: Words, at: int) -> bool:
    """Tell whether "dead" is a noun with its owner: "the dead", "the army's dead"."""
    before = words.before(at)
    return before in ("the", "its", "their") or before.endswith("'s")


def _toll_measure(words: Words, at: int) -> Measure:
    near = words.lows[max(0, at - 2) : at] + words.lows[at + 1 : at + 4]
    for low in near:
        if low in ("injury", "injured", "wounded", "injuries"):
            return Measure.WOUNDED
    return Measure.KILLED


def _counted_subject(words: Words, at: int) -> _Subject | None:
    """Read "number of Armenian dead", "count of soldiers killed", "number killed"."""
    who: str | None = None
    for end in range(at + 1, min(at + 9, len(words.lows))):
        low = words.lows[end]
        harm = harm_at(words.lows, end)
        measure = COUNTED.get(low) or (harm.measure if harm else None)
        if measure is None and low in NOUNS:
            measure = NOUNS[low].measure
        if measure is not None:
            return _Subject(at, end, measure, who)
        if are_people(low):
            who = low
        if low in (",", ".", ";", "n", "#", "to", "at", "in", "is", "was"):
            return None
    return None


def _toll(scene: Scene, subject: _Subject, end: int) -> Toll | None:
    """Read the value behind a subject: "rose from 12 to 20", "stood at 14", "tops 30"."""
    earlier: Group | None = None
    for group in scene.groups:
        if not subject.last < group.first <= min(end, subject.last + REACH):
            continue
        if group.part or not _may_be_value(group, subject.measure):
            continue
        link = _link(scene, subject, group)
        if link == "from":
            earlier = group
        elif link is not None:
            return _stated(scene, subject, group, link, earlier)
        if ";" in scene.words.lows[subject.last : group.first]:
            return None
    return None


def _may_be_value(group: Group, measure: Measure) -> bool:
    if group.kind is Kind.HARM:
        return group.measure is measure
    if group.kind is Kind.BARE:
        return group.stated
    return (
        group.kind in (Kind.PEOPLE, Kind.LIVES)
        and group.stated
        and group.measure in (None, measure)
    )


def _link(scene: Scene, subject: _Subject, group: Group) -> str | None:
    """Return how a number is tied to a toll: to, at, past, is, up; "from" for the old one."""
    words = scene.words
    at = group.first - 1
    while words.at(at) in ("now", "the", "about", "unchanged"):
        at -= 1
    low = words.at(at)
    between = words.lows[subject.last + 1 : at + 1]
    if group.count.qualifier is Qualifier.UP_TO and low in _RISING:
        return "up"  # "has gone up to 87" is no upper bound
    if low in ("at", "as") and _FIRST.intersection(between[-4:]):
        return "from"
    if low == "from":
        return "from" if _moves(words, subject, between) else None
    if low == "to":
        return "to" if _moves(words, subject, between) else None
    if low in _PAST:
        return "past"
    if low == "at":
        return "at"
    if low == "of" and words.lows[subject.last] in ("deaths", "fatalities", "losses", "bodies"):
        return None
    if low in _IS and (
        at == subject.last + 1 or low not in ("of", ":", "—", "was", "were", "is", "are")
    ):
        return "is"
    if low in ("is", "was", "—", ":") and not harm_at(
        words.lows, group.tail + 1 if group.tail + 1 < len(words.lows) else 0
    ):
        return "is" if _same_clause(between) else None
    return None


def _same_clause(between: tuple[str, ...]) -> bool:
    return not {",", "and", "that", "who"} & set(between)


def _moves(words: Words, subject: _Subject, between: tuple[str, ...]) -> bool:
    if _RISING.intersection(between) or "range" in between or "ranged" in between:
        return True
    before = words.lows[max(0, subject.first - 7) : subject.first]
    return bool(_RISING.intersection(before)) or len(between) == 1


def _ranging(scene: Scene, subject: _Subject, end: int) -> Toll | None:
    """Read "estimates of the dead range from 12 to 18"."""
    words = scene.words
    for at in range(subject.last, min(end, subject.last + REACH, len(words.lows))):
        if words.lows[at] in ("range", "ranged", "ranging", "ranges", "varied", "vary"):
            low = scene.starting(at + 2)
            high = scene.starting(low.tail + 2) if low else None
            if low is None or high is None:
                return None
            taken = (low.first, high.first)
            return Toll(
                low,
                subject.measure,
                Qualifier.EXACT,
                low.count.low,
                high.count.high,
                subject.who,
                None,
                subject.first,
                taken,
            )
    return None


def _put_first(scene: Scene, subject: _Subject) -> Toll | None:
    """Read "bringing to 21 the number of dead"."""
    words = scene.words
    at = subject.first - 1
    while words.at(at) in ("the", "death", "total", "overall"):
        at -= 1
    group = scene.ending(at)
    if group is None or words.before(group.first) != "to":
        return None
    if words.at(group.first - 2) not in _BRINGING:
        return None
    return _stated(scene, subject, group, "to", None)


def _stated(
    scene: Scene, subject: _Subject, group: Group, link: str, earlier: Group | None
) -> Toll:
    count = group.count
    qualifier, low, high = count.qualifier, count.low, count.high
    if link == "past" and qualifier is Qualifier.EXACT and count.value is not None:
        qualifier = Qualifier.MORE_THAN
        low, high = bounds(count.value, qualifier)
    if link == "up":
        qualifier, low, high = Qualifier.EXACT, count.value, count.value
    before = earlier or _earlier_behind(scene, group)
    taken = (group.first,) if before is None else (group.first, before.first)
    who = group.head if group.kind in (Kind.PEOPLE, Kind.OPEN) else subject.who
    previous = before.count.value if before else None
    return Toll(group, subject.measure, qualifier, low, high, who, previous, subject.first, taken)


def _earlier_behind(scene: Scene, group: Group) -> Group | None:
    """Return the old value of "13, up from 8" and "seven from an earlier figure of nine"."""
    words = scene.words
    for end in range(group.tail + 1, group.tail + 5):
        if words.at(end) in ("from", "compared", "against"):
            for start in range(end + 1, end + 7):
                other = scene.starting(start)
                if other is not None:
                    return other if other.stated else None
            return None
    return None


#: "(earlier: seven)", ", not eight as first reported", ", up from nine" behind a figure.
_EARLIER = re.compile(
    r"\(\s*(?:earlier|previously|before|initially|up from|down from)\W{0,3}|"
    r"^,? ?(?:and )?not |, (?:previously|earlier|initially|before that) (?=\d)|"
    r",? (?:up|down|revised) from (?:an? )?(?:earlier |previous |initial )?"
    r"(?:(?:preliminary |provisional |official )?(?:count|figure|toll|death toll|estimate|tally|"
    r"number|total|report) of )?",
    re.IGNORECASE,
)


def earlier_mark(text: str) -> re.Match[str] | None:
    """Return the words that announce an earlier value, at the start of what follows a figure."""
    return _EARLIER.search(text)
