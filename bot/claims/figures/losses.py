"""Set phrases of loss: "cost 12 lives", "lost 3 men", "the bodies of four were found". Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.claims.figures.bodies import is_found, owners_of
from bot.claims.figures.harm import Harm
from bot.claims.figures.heads import OWN
from bot.claims.figures.lists import list_right, next_in_list
from bot.claims.figures.nouns import is_person
from bot.claims.figures.scene import Group, Kind, Scene, Told
from bot.claims.figures.set_phrases import PhraseReader, told_by
from bot.claims.figures.singles import people
from bot.claims.figures.subjects import left_subject
from bot.claims.figures.wounds import LIMB_OWNERS, LIMBS
from bot.claims.grammar.wordlists import AUXILIARIES, word_set
from bot.types import Measure

_LOST = Harm(Measure.KILLED, "ed", True)
_TAKEN = Harm(Measure.CAPTURED, "ed", True)

_LOSE = word_set("lost lose loses losing")
_COST = word_set(
    "cost costs costing claimed claims claim claiming took takes take taking taken lost"
)
_TAKE = word_set("took takes take taking taken holding")
_HELD_HEADS = word_set("prisoners prisoner hostages hostage captives captive")
_LED = word_set(
    "dragged taken took led carried brought driven drove abducted moved transported hauled seized"
    " spirited marched herded bundled"
)
_BEATING = word_set(
    "hacked hack hacks hacking beat beats beating beaten clubbed clubbing bludgeoned stoned stoning"
    " crushed crushing crushes trampled burned burnt burning burns whipped choked starved shot"
    " tortured torturing strangled knifed hanged"
)
_DECEASED = word_set("dead deceased fallen slain")
_NAMING = word_set("named identified names listed")
_KIDNAPPERS = word_set("kidnappers abductors hostage-takers captors")
_SENDING = word_set("sent send sends sending dispatched dispatching")
_CRUSHING = word_set(
    "landslide avalanche mudslide collapse wall roof building house blast explosion strike bomb"
    " missile shell attack bombing rubble debris earthquake quake snow"
)
#: Those whose losses are people, though no noun says so.
_ARMED = word_set(
    "army armies rebels troops forces force police militia militias militants insurgents guerrillas"
    " navy gendarmerie rangers marines brigade battalion regiment platoon patrol garrison"
    " paramilitaries soldiers fighters guards gunmen separatists jihadists"
)
_FIGHTS = word_set(
    "ambush ambushes battle battles clash clashes raid raids attack attacks assault assaults strike"
    " strikes fighting firefight gunfight gunbattle shelling bombing blast blasts explosion combat"
    " offensive skirmish skirmishes shootout airstrike airstrikes"
)
_LEAVING = word_set("desertion desertions defection defections deserters defectors")
_UNKNOWN = word_set("unknown unclear")
_NEGATED = word_set("not never yet haven't hasn't couldn't hadn't")
_OF_THEIR_OWN = tuple(("of", owner, "own") for owner in ("their", "its", "his", "her", "our"))
_AMOUNTING = word_set("another at least some up to")


def find_losses(scene: Scene) -> Iterator[Told]:
    """Yield what set phrases tell of the groups."""
    yield from told_by(scene, _READERS)
    for group in scene.groups:
        if is_found(scene, group):
            yield Told(owners_of(scene, group), Measure.KILLED, at=group.first)
        elif group.kind is Kind.LIVES and _are_lost(scene, group):
            yield Told(list_right(scene, group, _LOST), Measure.KILLED, at=group.first)


def _buried(scene: Scene, at: int) -> Told | None:
    """Read "had buried two of its own fighters"; a wall that buried two may not have killed."""
    words = scene.words
    subject = at - 1
    while words.at(subject) in AUXILIARIES:
        subject -= 1
    told = None if words.at(subject) in _CRUSHING else _object(scene, at + 1, _LOST)
    behind = words.lows[told.groups[-1].tail + 1 :][:5] if told else ()
    return None if {"under", "beneath", "alive"} & set(behind) else told


def _object(scene: Scene, at: int, harm: Harm) -> Told | None:
    first = scene.starting(at)
    if first is not None and first.kind is Kind.THING:
        first = next_in_list(scene, first)[0]  # "lost 11 vehicles and 30 men"
    if first is None or first.part or first.kind not in (Kind.PEOPLE, Kind.HARM):
        return None
    groups = list_right(scene, first, harm)
    if first.definite and not any(g.stated for g in groups):
        return None  # "lost its leader" may be an election
    return Told(groups, harm.measure, at=at)


def _cost(scene: Scene, at: int) -> Told | None:
    """Read "cost the attackers 22 men" and "cost India 21 dead"."""
    for end in range(at + 1, at + 6):
        group = scene.starting(end)
        if group is not None and group.stated:
            fits = group.kind in (Kind.PEOPLE, Kind.HARM) and group.measure in (
                None,
                Measure.KILLED,
            )
            listed = list_right(scene, group, _LOST) if group.kind is Kind.PEOPLE else (group,)
            return Told(listed, Measure.KILLED, at=at) if fits else None
    return None


def _lost(scene: Scene, at: int) -> Told | None:
    words = scene.words
    limb = at + 2 + (words.at(at + 2) in ("left", "right", "his", "her", "their"))
    if words.at(at + 1) in LIMBS:
        subject = scene.ending(at - 1) or _headline_person(scene, at - 1)
        return Told((subject,), Measure.WOUNDED, at=at) if subject else None
    if words.at(at + 1) in LIMB_OWNERS and words.at(limb) in LIMBS:
        subject = scene.ending(at - 1) or left_subject(scene, at)[0]
        return Told((subject,), Measure.WOUNDED, at=at) if subject else None
    start = at + 1
    while words.at(start) in _AMOUNTING:
        if scene.starting(start):
            break
        start += 1
    first = scene.starting(start)
    if words.before(at) in ("who", "that") and first is not None and not first.stated:
        return None  # "each of the families who lost a relative"
    own = first is not None and words.lows[first.tail + 1 : first.tail + 4]
    if first is not None and first.kind is Kind.BARE and own in _OF_THEIR_OWN:
        return Told((replace(first, side=OWN),), Measure.KILLED, at=at)
    if first is not None and first.kind is Kind.BARE and _is_beaten(scene, at):
        return Told((first,), Measure.KILLED, at=at) if first.stated else None
    return _object(scene, start, _LOST)


def _is_beaten(scene: Scene, at: int) -> bool:
    """Tell whether an armed side loses a number in a fight: "army loses 5 in ambush"."""
    words = scene.words
    at -= words.before(at) in AUXILIARIES
    if not _LEAVING.isdisjoint(words.vocabulary):
        return False  # "lost two to desertion after the raid"
    return words.before(at) in _ARMED and not _FIGHTS.isdisjoint(words.vocabulary)


def _headline_person(scene: Scene, at: int) -> Group | None:
    """Return the comrade of "sapper killed, comrade loses leg"."""
    words = scene.words
    opens = words.before(at) in ("", ",", ";", ":", "and")
    person = at >= 0 and is_person(words.lows[at]) and opens
    return people(words, at, at, head=words.lows[at]) if person else None


def _taken(scene: Scene, at: int) -> Told | None:
    """Read "taken three soldiers prisoner" and "took 20 hostages"."""
    hostage = scene.words.at(at + 1) in _HELD_HEADS
    first = scene.starting(at + 1 + hostage)
    if first is None or first.part or first.kind not in (Kind.PEOPLE, Kind.BARE):
        return None
    behind = scene.words.lows[first.tail + 1 : first.tail + 2]
    if behind == ("alive",):
        return Told(list_right(scene, first, _TAKEN), Measure.CAPTURED, at=at)
    held = hostage or first.head in _HELD_HEADS or bool(_HELD_HEADS.intersection(behind))
    held = held or (scene.words.before(at) in _KIDNAPPERS and first.stated)
    return Told(list_right(scene, first, _TAKEN), Measure.CAPTURED, at=at) if held else None


def _as_hostages(scene: Scene, at: int) -> Told | None:
    """Read "251 were dragged to Gaza as hostages" and "took 30 women to the bush as captives"."""
    words = scene.words
    if words.before(at) != "as":
        return None
    verb = next((n for n in range(at - 2, max(-1, at - 16), -1) if words.lows[n] in _LED), None)
    if verb is None:
        return None
    first = scene.starting(verb + 1)
    if first is None and AUXILIARIES.isdisjoint(words.lows[max(0, verb - 3) : verb]):
        return None
    first = first or left_subject(scene, verb)[0]
    fits = first is not None and not first.part and first.kind in (Kind.PEOPLE, Kind.BARE)
    return Told((first,), Measure.CAPTURED, at=at) if first is not None and fits else None


def _whereabouts(scene: Scene, at: int) -> Told | None:
    """Read "the whereabouts of 21 fishermen are unknown"."""
    words = scene.words
    first = scene.starting(at + 2) if words.at(at + 1) == "of" else None
    if first is None or first.kind is not Kind.PEOPLE or first.part:
        return None
    start = first.tail + 1
    behind = words.lows[start : start + 12]
    unknown = next((n for n, low in enumerate(behind) if low in _UNKNOWN), None)
    if unknown is None and "not" in behind and "known" in behind:
        unknown = behind.index("known")
    return Told((first,), Measure.MISSING, at=start + unknown) if unknown is not None else None


def _not_accounted_for(scene: Scene, at: int) -> Told | None:
    """Read "30 miners could not be accounted for"."""
    words = scene.words
    start = at
    while words.before(start) in AUXILIARIES | _NEGATED:
        start -= 1
    if words.at(at + 1) != "for" or _NEGATED.isdisjoint(words.lows[start:at]):
        return None
    first = scene.ending(start - 1) or left_subject(scene, start)[0]
    fits = first is not None and not first.part and first.kind in (Kind.PEOPLE, Kind.BARE)
    return Told((first,), Measure.MISSING, at=at) if first is not None and fits else None


def _to_hell(scene: Scene, at: int) -> Told | None:
    """Read "sent six terrorists to hell", as state agencies write."""
    group = scene.ending(at - 2)
    fits = scene.words.before(at) == "to" and group is not None and group.kind is Kind.PEOPLE
    sent = group is not None and scene.words.before(group.first) in _SENDING
    return Told((group,), Measure.KILLED, at=at) if group is not None and fits and sent else None


def _to_death(scene: Scene, at: int) -> Told | None:
    """Read "hacked four farmers to death"."""
    group = scene.ending(at - 2)
    if scene.words.before(at) != "to" or group is None or group.kind is not Kind.PEOPLE:
        return None
    verb = scene.words.before(group.first)
    return Told((group,), Measure.KILLED, at=at) if verb in _BEATING else None


def _are_lost(scene: Scene, group: Group) -> bool:
    lows = scene.words.lows
    before = lows[max(0, group.first - 5) : group.first]
    after = lows[group.tail + 1 : group.tail + 4]
    return bool(_COST.intersection(before)) or "lost" in after


def _named_as(scene: Scene, at: int) -> Told | None:
    """Read "named the dead as Ravi Das, 22, and Sunil Das, 19"."""
    words = scene.words
    dead = words.before(at) in _DECEASED and words.before(at - 1) == "the"
    named = dead and words.at(at - 3) in _NAMING
    if words.before(at) in _NAMING:  # "deceased have been identified as"
        named = not _DECEASED.isdisjoint(words.lows[max(0, at - 6) : at - 1])
    first = scene.starting(at + 1) if named else None
    if first is None or first.kind is not Kind.PEOPLE:
        return None
    return Told(list_right(scene, first, _LOST), Measure.KILLED, at=at)


_READERS: tuple[PhraseReader, ...] = (
    (word_set("cost costs costing"), _cost),
    (_LOSE, _lost),
    (_TAKE, _taken),
    (word_set("as"), _named_as),
    (_HELD_HEADS, _as_hostages),
    (word_set("whereabouts"), _whereabouts),
    (word_set("accounted"), _not_accounted_for),
    (word_set("hell"), _to_hell),
    (word_set("death"), _to_death),
    (word_set("buried bury buries burying"), _buried),
)
