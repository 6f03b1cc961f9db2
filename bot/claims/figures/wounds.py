"""Wounds told without "wounded": limbs, burns, treatment. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.claims.figures.harm import Harm
from bot.claims.figures.lists import list_left
from bot.claims.figures.scene import Group, Kind, Scene, Told
from bot.claims.figures.set_phrases import PhraseReader, told_by
from bot.claims.figures.subjects import left_subject
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import AUXILIARIES, word_set
from bot.types import Measure

_WOUNDS = word_set(
    "inhalation poisoning wounds wound injuries injury burns concussion concussions bruises"
    " cuts fractures lacerations"
)
_HURT = Harm(Measure.WOUNDED, "died")
_HAVING = word_set("sustained suffered received suffering sustaining with for have had has")
LIMBS = word_set("arm arms leg legs foot feet hand hands eye eyes limb limbs finger fingers")
_HIT = LIMBS | word_set(
    "chest stomach back neck shoulder shoulders thigh thighs knee knees hip elbow ankle wrist"
)
_TREATED = word_set("treatment receiving treated being hospitalised were are was for")
LIMB_OWNERS = word_set("a an his her their one both the its two")
_TEARING = word_set("tearing tore severed severing ripping blew blowing ripped")
#: Someone brought somewhere "with burns" was hurt; one who fled "with burns" is left alone.
_BROUGHT = word_set(
    "taken flown rushed admitted brought evacuated hospitalised hospitalized carried transferred"
    " airlifted treated ended lay lies escaped survived got came pulled rescued dug"
)
_TORN = word_set("blown torn severed shattered crushed broken")
_HAD = word_set("had has have having")
_SHOTS = word_set("bullet bullets shrapnel splinter splinters")
_FRAGMENTS = _SHOTS | word_set("fragments glass debris pellet pellets")
_STRIKING = word_set("hit struck grazed caught hurt cut")
_DEAD = word_set("found dead body bodies died")


def find_wounds(scene: Scene) -> Iterator[Told]:
    """Yield what set phrases tell of wounds."""
    yield from told_by(scene, _READERS)


def _wounds(scene: Scene, at: int) -> Told | None:
    """Read "eleven sustained shrapnel injuries", "23 receiving treatment for gunshot wounds"."""
    words = scene.words
    for end in range(at - 1, max(-1, at - 5), -1):
        if words.lows[end] in _HAVING:
            break
        if words.lows[end] in ("of", "to", "from", "without", "no", ",", "."):
            return None
    else:
        return None
    while words.before(end) in _TREATED:
        end -= 1
    if words.lows[end] == "with" and words.lows[end - 2 : end] == ("in", "hospital"):
        end -= 2
    subject = scene.ending(end - 1) or scene.ending(end - 1 - (words.before(end) == "more"))
    brought = bool(_BROUGHT.intersection(words.lows[max(0, end - 8) : end]))
    if subject is None and (words.lows[end] != "with" or brought):
        subject = left_subject(scene, _verb_before(words, end) if brought else end)[0]
    fits = (
        subject is not None
        and not subject.part
        and subject.kind in (Kind.PEOPLE, Kind.BARE, Kind.OPEN)
    )
    if subject is None or not fits:
        return None
    return Told(list_left(scene, subject, _HURT), Measure.WOUNDED, at=at)


def _verb_before(words: Words, end: int) -> int:
    """Return where "taken" stands in "two more were taken to hospital with burns"."""
    return next(n for n in range(end - 1, -1, -1) if words.lows[n] in _BROUGHT)


def _shot_limb(scene: Scene, at: int) -> Told | None:
    """Read "a driver shot through both legs" and "tearing the arm off a sergeant"."""
    words = scene.words
    if words.before(at) in ("them", "whom"):
        return None  # "71 people were killed, most of them shot in the back"
    if words.lows[at] == "shot":
        hit = words.at(at + 1) in ("in", "through") and words.at(at + 2) in LIMB_OWNERS
        subject = scene.ending(at - 1) or left_subject(scene, at)[0]
        limb = words.at(at + 3) in _HIT
        return Told((subject,), Measure.WOUNDED, at=at) if hit and limb and subject else None
    if words.at(at + 1) == "off" and words.at(at + 3) in LIMBS and words.at(at + 4) == "of":
        victim = scene.starting(at + 5)  # "tore off the leg of a shepherd"
        fits = victim is not None and victim.kind is Kind.PEOPLE
        return Told((victim,), Measure.WOUNDED, at=at) if victim and fits else None
    if words.at(at + 2) in LIMBS and words.at(at + 3) in ("off", "from"):
        victim = scene.starting(at + 4)
        if victim is not None and victim.kind is Kind.PEOPLE:
            return Told((victim,), Measure.WOUNDED, at=at)
    return None


def _limb_torn(scene: Scene, at: int) -> Told | None:
    """Read "two deminers had their legs blown off"."""
    words = scene.words
    verb = next((n for n in range(at - 2, max(-1, at - 6), -1) if words.lows[n] in _HAD), None)
    owned = verb is not None and words.at(verb + 1) in LIMB_OWNERS
    if verb is None or not owned or words.before(at) not in LIMBS:
        return None
    subject = scene.ending(verb - 1) or left_subject(scene, verb)[0]
    fits = subject is not None and subject.kind in (Kind.PEOPLE, Kind.BARE) and not subject.part
    return (
        Told(list_left(scene, subject, _HURT), Measure.WOUNDED, at=at) if subject and fits else None
    )


def _bullet(scene: Scene, at: int) -> Told | None:
    """Read "lay with two bullets in his back" and "a bullet through the shoulder of the guard"."""
    words = scene.words
    hit = words.at(at + 1) in ("in", "through", "into") and words.at(at + 2) in LIMB_OWNERS
    end = at + 3 + (words.at(at + 3) in ("left", "right", "upper", "lower"))
    if not hit or words.at(end) not in _HIT:
        return None
    if words.at(end + 1) == "of":
        subject = scene.starting(end + 2)
    elif words.at(at + 2) in ("his", "her", "their"):
        subject = _before_bullet(scene, at)
    else:
        return None
    fits = subject is not None and subject.kind is Kind.PEOPLE and not subject.part
    return Told((subject,), Measure.WOUNDED, at=at) if subject and fits else None


def _struck(scene: Scene, at: int) -> Told | None:
    """Read "a child was hit by shrapnel"; `without_reduced` leaves out those who died of it."""
    words = scene.words
    start = next((n for n in range(at - 1, max(-1, at - 5), -1) if words.lows[n] == "by"), None)
    if start is None or words.before(start) not in _STRIKING:
        return None
    if words.before(start - 1) not in AUXILIARIES and not scene.ending(start - 2):
        return None
    subject = scene.ending(start - 2) or left_subject(scene, start - 1)[0]
    fits = subject is not None and subject.kind in (Kind.PEOPLE, Kind.BARE) and not subject.part
    return (
        Told(list_left(scene, subject, _HURT), Measure.WOUNDED, at=at) if subject and fits else None
    )


def _amputated(scene: Scene, at: int) -> Told | None:
    """Read "two children had limbs amputated"."""
    words = scene.words
    start = next((n for n in range(at - 1, max(-1, at - 5), -1) if words.lows[n] in LIMBS), None)
    had = start is not None and {"had", "have"} & set(words.lows[max(0, start - 3) : start])
    if start is None or not had:
        return None
    verb = max(n for n in range(max(0, start - 3), start) if words.lows[n] in ("had", "have"))
    subject = scene.ending(verb - 1)
    fits = subject is not None and subject.kind is Kind.PEOPLE and not subject.part
    return Told((subject,), Measure.WOUNDED, at=at) if subject and fits else None


def _before_bullet(scene: Scene, at: int) -> Group | None:
    """Return who "with a bullet in his leg" is said of; the dead are found so too."""
    words = scene.words
    start = next((n for n in range(at - 1, max(-1, at - 4), -1) if words.lows[n] == "with"), None)
    if start is None or _DEAD.intersection(words.lows[max(0, start - 4) : start]):
        return None
    verb = start - 1 if words.before(start) in ("lay", "was", "were") else start
    return scene.ending(verb - 1) or left_subject(scene, verb)[0]


_READERS: tuple[PhraseReader, ...] = (
    (_WOUNDS, _wounds),
    (word_set("shot") | _TEARING, _shot_limb),
    (_TORN, _limb_torn),
    (_SHOTS, _bullet),
    (_FRAGMENTS, _struck),
    (word_set("amputated"), _amputated),
)
