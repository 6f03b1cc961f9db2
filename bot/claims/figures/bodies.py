"""Bodies that came to light: found, washed up, dug out; not those sent home. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.claims.figures.harm import BODIES, Harm
from bot.claims.figures.lists import list_right
from bot.claims.figures.scene import Group, Kind, Scene
from bot.claims.grammar.wordlists import AUXILIARIES, BE_FORMS, PREPOSITIONS, word_set
from bot.types import Measure

#: "the bodies of a nurse and her patient were found": the verb is that of the bodies.
_OWNERS = Harm(Measure.KILLED, "noun", True)
_FOUND = word_set(
    "found recovered retrieved pulled discovered unearthed dug brought received counted seen saw"
    " collected discovery recovery identified exhumed find recover recovering pulling finding"
    " hauled removed lay lying arrived piled unearth retrieve retrieves recovers discover"
    " discovers finds pulls unearths collect count"
)
_DUG = word_set("found recovered retrieved discovered unearthed exhumed dug pulled")
_CAME_UPON = frozenset(
    (verb, way)
    for verb in ("came", "stumbled", "happened", "come", "coming")
    for way in ("upon", "across", "on")
)
_REMOVING = word_set("take takes took taken taking bring brings brought carry carried lifted got")
_OUT = word_set("out from")
_MORGUES = word_set("hospital hospitals morgue morgues mortuary mortuaries clinic")
_GRAVES = word_set("grave graves pit pits trench trenches")
_COUNTING = word_set("count counted counting listed registered recorded")
_DUMPED = word_set("dumped strewn scattered littered")
_HOLDING = word_set(
    "holding held holds hold store stored storing keeping kept had has have"
    " containing contained contains contain"
)
_SENT = word_set(
    "returned handed exchanged repatriated transferred hand return returning go sent swapped"
    " exchange swap handover repatriation repatriate"
)
_GOING_HOME = frozenset(
    (verb, "home") for verb in ("brought", "flown", "sent", "taken", "came", "arrived", "carried")
)
_WASHED = word_set("washed wash washing cast")


def owners_of(scene: Scene, group: Group) -> tuple[Group, ...]:
    """Return all whose bodies these are: "the bodies of a nurse and two drivers"."""
    return list_right(scene, group, _OWNERS) if group.head not in BODIES else (group,)


def is_found(scene: Scene, group: Group) -> bool:
    """Tell whether bodies were found; "his body" is that of a victim told of before."""
    if group.kind is not Kind.BODY or group.part or _is_known(group):
        return False
    lows = scene.words.lows
    listed = lows[max(0, group.first - 1) : group.first] in (("and",), (",",))
    before = lows[max(0, group.first - (11 if listed else 5)) : group.first]
    end = owners_of(scene, group)[-1].tail
    after = lows[end + 1 : end + 32]
    for end, low in enumerate(after):
        if low in (";", "."):
            after = after[:end]
            break
    if _are_no_more(before, after):
        return False
    holders = _MORGUES | _GRAVES
    held = bool(_HOLDING.intersection(before[-1:])) and group.count.value != 1
    if held and not holders.isdisjoint(lows[: group.first]):
        return True
    if before[-1:] == ("with",) and group.stated and not _GRAVES.isdisjoint(before):
        return True
    return _were_found(group, before, after)


def _are_no_more(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Tell whether bodies were only counted twice, or brought home."""
    twice = "twice" in after[:8] and bool(_COUNTING.intersection((*before, *after[:6])))
    return twice or any(pair in _GOING_HOME for pair in pairwise(after[:6]))


def _were_found(group: Group, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Tell whether the words around bodies say where they came to light."""
    if _WASHED.intersection(after[:4]) and {"up", "ashore"} & set(after[:5]):
        return True
    if _REMOVING.intersection(before) and _OUT.intersection(after[:3]):
        return True
    if any(pair in _CAME_UPON for pair in pairwise(before)) or _DUMPED.intersection(after[:6]):
        return True
    nearest = next((low for low in reversed(before) if low in _FOUND | _SENT), "")
    if nearest in _FOUND or (group.stated and before[-1:] in (("buried",), ("bury",))):
        return not _SENT.intersection(after[:6])
    if nearest in _SENT or _SENT.intersection(after[:6]):
        return False
    if after[:1] and after[0] in _DUG and (not after[1:] or after[1] in PREPOSITIONS):
        return True  # "60 bodies found in a mass grave"
    passive = any(w in _FOUND and BE_FORMS.intersection(after[:n]) for n, w in enumerate(after))
    if _REMOVING.intersection(after[:3]) and _MORGUES.intersection(after[:8]):
        return True
    taken = (
        after[:1] in (("lay",), ("lie",))
        or after[:2] == ("taken", "from")
        or (bool(_FOUND.intersection(after[:1])) and "from" in after[1:3])
    )
    return passive or taken


def verb_of_bodies(lows: Sequence[str], end: int) -> int:
    """Return where "were found" behind bodies ends; where they end themselves without it."""
    at = end + 1
    while lows[at : at + 1] and lows[at] in AUXILIARIES:
        at += 1
    found = at > end + 1 and bool(lows[at : at + 1]) and lows[at] in _FOUND
    return at if found else end


def _is_known(group: Group) -> bool:
    """Tell whether "his body" is that of a victim told of before."""
    return group.definite and not group.stated and group.head in BODIES
