"""Where news happened: the places that it names, and the ground of the whole war. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.claims.memo import once_per_object
from bot.claims.where.elsewhere import COUNTRIES
from bot.events.sites import hits_protected
from bot.events.steps import CEASEFIRE, TALKS
from bot.packs import Pack
from bot.types import Claim, Stance


@once_per_object
def theatre_of(pack: Pack) -> frozenset[str]:
    """Return the places that are the ground of the whole war, and tell no event from another."""
    return frozenset(
        place.name
        for place in pack.places
        if re.search(rf"\b{re.escape(place.name)}\b", pack.name) or COUNTRIES.fullmatch(place.name)
    )


#: In front of a town and behind it: where the wounded lie, and where somebody has spoken.
_TREATED_IN = re.compile(
    r"\b(?:hospitals?|clinics?|morgues?|mortuar(?:y|ies))(?: [\w’'-]+){0,2} (?:in|at|of) $"
    r"|\bas (?:was )?(?:stated|said|claimed|announced|reported|told) in $"
    r"|\b(?:said|told (?:reporters|journalists)|declared|stated|announced)(?: (?:on )?\w+day)? (?:in|at) $",
    re.IGNORECASE,
)
_ITS_HOSPITAL = re.compile(
    r"(?:['’]s)? (?:[\w’'-]+ ){0,2}?(?:hospital|clinic|morgue|mortuary)\b", re.IGNORECASE
)


def _scenes(claim: Claim) -> list[str]:
    """Return the places of a sentence where something happened, if it does not hit a hospital."""
    if hits_protected(claim):
        return list(claim.places)
    speaker = claim.attribution.speaker_text or ""
    # A man may bear the name of a town.
    own = [p for p in claim.places if not re.search(rf"[A-Z][\w’'-]* {re.escape(p)}\b", speaker)]
    return [p for p in own if not _is_beside(p, claim.quote)]


def _is_beside(place: str, quote: str) -> bool:
    """Tell whether a place is only where somebody was treated, or spoke."""
    spots = list(re.finditer(rf"\b{re.escape(place)}\b", quote))
    return bool(spots) and all(
        _TREATED_IN.search(quote[: m.start()]) or _ITS_HOSPITAL.match(quote, m.end()) for m in spots
    )


def places_of(claims: Sequence[Claim], head: Sequence[Claim], step: str | None) -> tuple[str, ...]:
    """Return the places that the claims name, else those beside them.

    "Ten soldiers were killed ... It happened in La Esperanza": where it was may stand in any
    sentence of the head that tells of nobody else, and that nobody else says. What a denial stands
    beside is another story.
    """
    told = [p for c in claims for p in _scenes(c)]
    denies = claims[0].attribution.stance is Stance.DENIES
    if not told and not denies and step not in (*CEASEFIRE, *TALKS):
        parties = {party for c in claims for party in c.parties}
        voices = {None, *(c.attribution.speaker for c in claims)}
        beside = (c for c in head if set(c.parties) <= parties and c.attribution.speaker in voices)
        told = [p for c in beside for p in _scenes(c)]
    return tuple(dict.fromkeys(told))
