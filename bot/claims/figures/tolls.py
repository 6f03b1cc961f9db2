"""Tolls and counts with a subject of their own: "the toll rose to 32, up from 27". Pure."""

from __future__ import annotations

from bot.claims.figures.counted import Subject, subjects_of
from bot.claims.figures.harm import harm_at
from bot.claims.figures.heads import name_of
from bot.claims.figures.lists import next_in_list
from bot.claims.figures.scene import Group, Kind, Scene
from bot.claims.figures.tokens import Words
from bot.claims.figures.toll_values import (
    REACH,
    RISING,
    Toll,
    brought_up_to_date,
    may_be_value,
    others_count,
)
from bot.claims.grammar.wordlists import AUXILIARIES, word_set
from bot.claims.numbers import bounds
from bot.types import Qualifier

_IS = word_set(
    "is was are were of reached reaches hit hits now totalled totaled totalling totaling"
    " numbered number numbers numbering counted : —"
    " passed reaching hitting"
)
_PAST = word_set(
    "pass passes passed past top tops topped exceed surpass cross exceeds exceeded exceeding"
    " surpassed surpasses above beyond crosses crossed over topping surpassing"
)
#: Words of "the overall death" before the "toll" whose value was put first.
_PUT_FIRST = 4
_NEAR = word_set("nears neared nearing approaches approached approaching nudges nudging")
_LINKS = {**dict.fromkeys(_PAST, "past"), **dict.fromkeys(_NEAR, "near"), "at": "at"}
_CAN = word_set("could may might")
_PLACING = word_set("from in of after at for on now")
_VERBAL = AUXILIARIES | word_set("at as estimated put puts reach reaching hit range , ; : that")
_FIRST = word_set("first initially previously earlier originally")
_BRINGING = word_set(
    "bringing brings brought bring taking takes take took raising raises raised raise lifting lifts"
    " lifted lift pushing pushes pushed push put puts putting"
)


def find_tolls(scene: Scene) -> tuple[Toll, ...]:
    """Return the tolls of a sentence, in reading order."""
    subjects = list(subjects_of(scene))
    found: list[Toll] = []
    taken: set[int] = set()
    for number, subject in enumerate(subjects):
        end = subjects[number + 1].first if number + 1 < len(subjects) else len(scene.words.lows)
        toll = (
            _ranging(scene, subject, end)
            or _toll(scene, subject, end)
            or _put_first(scene, subject)
            or (_beside_another(scene, subject) if found else None)
        )
        toll = brought_up_to_date(scene, toll) if toll is not None else None
        if toll is not None and toll.group.first not in taken:
            for one in (toll, *others_count(scene, toll)):
                taken.update(one.taken)
                found.append(one)
    return tuple(found)


def _toll(scene: Scene, subject: Subject, end: int) -> Toll | None:
    """Read the value behind a subject: "rose from 12 to 20", "stood at 14", "tops 30"."""
    words = scene.words
    earlier: Group | None = None
    alone = False  #: whether the earlier value stands in a relative clause, perhaps the only one
    for group in scene.groups:
        if not subject.last < group.first <= min(end, subject.last + REACH):
            continue
        if group.part or not may_be_value(group, subject.measure):
            continue
        listed = group.kind is Kind.PEOPLE and scene.words.before(group.first) == ":"
        if listed and next_in_list(scene, group)[0] is not None:
            return None  # "the dead: five men, three women and a child"
        if earlier is not None and alone and "," not in words.lows[earlier.tail : group.first]:
            break  # "which the army put at 15 and the rebels at 30"
        if _is_put_first(scene.words, group, end):
            break
        link = "is" if _stands_beside(scene.words, subject, group) else _link(scene, subject, group)
        if link == "from":
            earlier = group
            alone = "which" in words.lows[subject.last : group.first]
            alone = alone and words.before(group.first) != "from"
        elif link is not None:
            return _stated(scene, subject, group, link, earlier)
        if ";" in scene.words.lows[subject.last : group.first]:
            break
    return _stated(scene, subject, earlier, "at", None) if earlier and alone else None


def _link(scene: Scene, subject: Subject, group: Group) -> str | None:
    """Return how a number is tied to a toll: to, at, past, is, up; "from" for the old one."""
    words = scene.words
    at = group.first - 1
    while words.at(at) in ("now", "the", "about", "unchanged", "still", "already", "only"):
        at -= 1
    low = words.at(at)
    between = words.lows[subject.last + 1 : at + 1]
    rising = low in RISING or at == subject.last or _is_bare_phrase(between)
    if group.count.qualifier is Qualifier.UP_TO and rising:
        return "up"  # "has gone up to 87" is no upper bound
    before = _FIRST.intersection(between[-4:]) or _is_relative(between)
    if low in ("at", "as") and before:
        return "from"
    if low == "from":
        return "from" if _moves(words, subject, between) else None
    if low == "to":
        return "to" if _moves(words, subject, between) else None
    if low in _LINKS:
        may = _LINKS[low] == "past" and not _CAN.isdisjoint(between[-3:])
        return "may pass" if may else _LINKS[low]
    if low == "of" and words.lows[subject.last] in ("deaths", "fatalities", "losses", "bodies"):
        return None
    if low in _IS and (
        at == subject.last + 1 or low not in ("of", ":", "—", "was", "were", "is", "are")
    ):
        return "is"
    if low == "be" and _CAN.intersection(between[-3:]):
        return "may be"
    if low in ("is", "was", "—", ":") and not harm_at(
        words.lows, group.tail + 1 if group.tail + 1 < len(words.lows) else 0
    ):
        return "is" if _same_clause(between) else None
    return None


def _is_relative(between: tuple[str, ...]) -> bool:
    """Tell whether a value stands in ", which had been put at 12," behind a toll."""
    return "which" in between and "," not in between[between.index("which") :]


def _is_bare_phrase(between: tuple[str, ...]) -> bool:
    """Tell whether no verb stands behind a toll: "toll from Friday's raid up to 28"."""
    placed = bool(between) and between[0] in _PLACING and _VERBAL.isdisjoint(between)
    return placed and not between[-1].endswith("ed")


def _stands_beside(words: Words, subject: Subject, group: Group) -> bool:
    """Tell whether a value needs no verb: "the toll, now 14, could rise", "toll now 16"."""
    between = words.lows[subject.last + 1 : group.first - 1]
    if words.before(group.first) == "now" and (not between or _is_bare_phrase(between)):
        return True
    before = words.lows[max(0, group.first - 2) : group.first]
    return before == (",", "now") and words.at(group.tail + 1) == ","


def _same_clause(between: tuple[str, ...]) -> bool:
    if between[-2:-1] == ("and",):
        between = between[:-2]  # "is still rising and is now 55"
    return not {",", "and", "that", "who"} & set(between)


def _moves(words: Words, subject: Subject, between: tuple[str, ...]) -> bool:
    if RISING.intersection(between) or "range" in between or "ranged" in between:
        return True
    before = words.lows[max(0, subject.first - 7) : subject.first]
    bare = (
        len(between) > 1
        and between[-2] in ("up", "down")
        and _is_bare_phrase(("now", *between[:-2]))
    )
    return bool(RISING.intersection(before)) or len(between) == 1 or bare


def _ranging(scene: Scene, subject: Subject, end: int) -> Toll | None:
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


def _put_first(scene: Scene, subject: Subject) -> Toll | None:
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


def _beside_another(scene: Scene, subject: Subject) -> Toll | None:
    """Read "and the missing seven" behind "the dead number 25"."""
    words = scene.words
    group = scene.starting(subject.last + 1)
    beside = words.lows[subject.first - 1] == "the" and words.at(subject.first - 2) in ("and", ",")
    if not beside or group is None or group.kind is not Kind.BARE or not group.stated:
        return None
    following = group.tail + 1
    told = words.at(following) in AUXILIARIES or harm_at(words.lows, following) is not None
    return None if told else _stated(scene, subject, group, "is", None)


def _is_put_first(words: Words, group: Group, end: int) -> bool:
    """Tell whether 21 in "Sunday's dead bring to 21 the number of ..." is the next subject's."""
    brought = words.before(group.first) == "to" and words.at(group.first - 2) in _BRINGING
    between = words.lows[group.tail + 1 : end]
    return brought and between[:1] == ("the",) and len(between) < _PUT_FIRST


def _stated(scene: Scene, subject: Subject, group: Group, link: str, earlier: Group | None) -> Toll:
    count = group.count
    qualifier, low, high = count.qualifier, count.low, count.high
    if link in ("past", "may pass") and qualifier is Qualifier.EXACT and count.value is not None:
        qualifier = Qualifier.MORE_THAN
        low, high = bounds(count.value, qualifier)
    if link == "near" and qualifier is Qualifier.EXACT:
        qualifier = Qualifier.ABOUT
    if link == "up":
        qualifier, low, high = Qualifier.EXACT, count.value, count.value
    before = earlier or _earlier_behind(scene, group) or _earlier_before(scene, subject)
    taken = (group.first,) if before is None else (group.first, before.first)
    who = subject.who
    if group.kind in (Kind.PEOPLE, Kind.OPEN):
        who = name_of(scene.words, group.head, group.last)
    previous = before.count.value if before else None
    return Toll(
        group=group,
        measure=subject.measure,
        qualifier=qualifier,
        low=low,
        high=high,
        who=who,
        previous=previous,
        at=subject.first,
        taken=taken,
        feared=link in ("may be", "may pass"),
    )


def _earlier_before(scene: Scene, subject: Subject) -> Group | None:
    """Return the old value of "Initially put at 20, the number of dead was lowered to 13"."""
    words = scene.words
    at = subject.first - 1
    while words.at(at) in ("the", "death", "its"):
        at -= 1
    other = scene.ending(at - 1) if words.at(at) == "," else None
    first = other is not None and _FIRST.intersection(words.lows[max(0, other.first - 5) : at])
    return other if other is not None and first and other.stated else None


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
