"""Wounds told by the care they need: hospital, surgery, a critical condition. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.claims.figures.harm import Harm, harm_at
from bot.claims.figures.heads import OWNERS
from bot.claims.figures.lists import list_left
from bot.claims.figures.scene import Group, Kind, Scene, Told
from bot.claims.figures.set_phrases import PhraseReader, told_by
from bot.claims.figures.subjects import left_subject
from bot.claims.grammar.wordlists import BE_FORMS, word_set
from bot.types import Measure

_HURT = Harm(Measure.WOUNDED, "died")
_NEEDING = word_set("needing requiring needed required need require")
_CARE = word_set("surgery treatment amputation amputations operations hospital care blood stitches")
_LEAVING = word_set("left leaving leaves")
_TAKEN = word_set("taken rushed brought admitted flown airlifted hurried ferried")
_MEDICS = word_set(
    "medics doctors paramedics hospital hospitals clinic clinics surgeons ambulance ambulances"
    " nurses"
)
_STAYING = BE_FORMS | word_set("left listed remain remained remains reported still")
_GRAVE = word_set("critical serious grave life-threatening stable")
_LINE_ENDS = word_set(", ; . : after in as following —") | {""}
#: Words that tell of the wounded already, or of people who were not hurt.
_TOLD = word_set(
    "wounded injured wounding injuring wounds injures hurt hurting injuries wound injure freed"
    " released exchanged patients newborns hospitalised hospitalized"
)


def find_care(scene: Scene) -> Iterator[Told]:
    """Yield the wounded whom words of care tell."""
    yield from told_by(scene, _READERS)


def _of(scene: Scene, subject: Group | None, start: int, at: int) -> Told | None:
    """Return the wounded, unless they were told of before or are dead."""
    if subject is None or subject.part or subject.kind not in (Kind.PEOPLE, Kind.BARE):
        return None
    lows = scene.words.lows
    if not _TOLD.isdisjoint(lows[:at]) or subject.measure is not None:
        return None
    if any(harm_at(lows, end) for end in range(subject.tail + 1, start)):
        return None
    return Told(list_left(scene, subject, _HURT), Measure.WOUNDED, at=at)


def _needing(scene: Scene, at: int) -> Told | None:
    """Read "left 60 in need of surgery" and "40 people requiring treatment"."""
    words = scene.words
    end = at + 1
    finite = words.lows[at] in ("needed", "required")
    if words.lows[at] == "need":
        if words.before(at) != "in" or words.at(end) != "of":
            return None
        at, end = at - 1, end + 1
    end += words.at(end) in ("hospital", "urgent", "immediate", "medical", "emergency")
    subject = scene.ending(at - 1)
    if subject is None or words.at(end) not in _CARE:
        return None
    if finite:
        return _of(scene, subject, at, at) if subject.stated else None
    if words.before(subject.first) not in _LEAVING:
        return None
    fits = subject.kind in (Kind.PEOPLE, Kind.BARE) and subject.stated and not subject.part
    return Told((subject,), Measure.WOUNDED, at=at) if fits else None


def _to_hospital(scene: Scene, at: int) -> Told | None:
    """Read "nine people were rushed to hospital"."""
    words = scene.words
    start = at - 1
    while start > at - 5 and words.at(start) not in _TAKEN:
        start -= 1
    ways = {"to", "into"} & set(words.lows[start + 1 : at])
    if words.at(start) not in _TAKEN or not ways or words.before(start) not in BE_FORMS - {"being"}:
        return None
    return _of(scene, left_subject(scene, start)[0], start, at)


def _condition(scene: Scene, at: int) -> Told | None:
    """Read "leaving four more in critical condition"."""
    words = scene.words
    start = at - 1
    if words.at(start) not in _GRAVE:
        return None
    start -= 1 + (words.before(start) in ("a", "an"))
    if words.at(start) != "in":
        return None
    end = start - 1
    while words.at(end) in _STAYING:
        end -= 1
    end -= words.at(end) == "more"
    group = scene.ending(end)
    if group is not None and group.kind is Kind.BARE and words.before(group.first) == ",":
        return None  # "thirty people, many in critical condition"
    return _of(scene, scene.ending(end), start, at)


def _fighting_for_life(scene: Scene, at: int) -> Told | None:
    """Read "his cousin is fighting for his life"."""
    words = scene.words
    if words.at(at + 1) != "for" or words.at(at + 3) not in ("life", "lives"):
        return None
    end = at - 1
    while words.at(end) in _STAYING:
        end -= 1
    return _of(scene, scene.ending(end), at, at) if words.at(at + 2) in OWNERS else None


def _critical(scene: Scene, at: int) -> Told | None:
    """Read "two killed, one critical", as headlines write."""
    group = scene.ending(at - 1)
    bare = group is not None and group.kind is Kind.BARE and group.stated
    closed = scene.words.at(at + 1) in _LINE_ENDS
    return _of(scene, group, at, at) if bare and closed else None


def _treated(scene: Scene, at: int) -> Told | None:
    """Read "its medics treated 14 people"."""
    words = scene.words
    group = scene.starting(at + 1)
    stated = group is not None and group.stated and group.kind is Kind.PEOPLE
    if not stated or _MEDICS.isdisjoint(words.lows[max(0, at - 12) : at]):
        return None
    return _of(scene, group, at + 1, at)


_READERS: tuple[PhraseReader, ...] = (
    (_NEEDING, _needing),
    (word_set("hospital hospitals clinic"), _to_hospital),
    (word_set("condition"), _condition),
    (word_set("critical"), _critical),
    (word_set("fighting"), _fighting_for_life),
    (word_set("treated treating treat"), _treated),
)
