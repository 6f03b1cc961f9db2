"""Where news happened: the places that it names, and the ground of the whole war. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.claims.where.elsewhere import COUNTRIES
from bot.events.steps import CEASEFIRE, TALKS
from bot.packs import Pack
from bot.types import Claim, Stance


@lru_cache(maxsize=256)
def _is_theatre(place: str, war: str) -> bool:
    named = re.search(rf"\b{re.escape(place)}\b", war) is not None
    return named or COUNTRIES.fullmatch(place) is not None


def theatre_of(pack: Pack) -> frozenset[str]:
    """Return the places that are the ground of the whole war, and tell no event from another."""
    return frozenset(p.name for p in pack.places if _is_theatre(p.name, pack.name))


def places_of(claims: Sequence[Claim], head: Sequence[Claim], step: str | None) -> tuple[str, ...]:
    """Return the places that the claims name, else those beside them.

    "Ten soldiers were killed ... It happened in La Esperanza": where it was may stand in any
    sentence of the head that tells of nobody else, and that nobody else says. What a denial stands
    beside is another story.
    """
    told = [p for c in claims for p in c.places]
    denies = claims[0].attribution.stance is Stance.DENIES
    if not told and not denies and step not in (*CEASEFIRE, *TALKS):
        parties = {party for c in claims for party in c.parties}
        voices = {None, *(c.attribution.speaker for c in claims)}
        beside = (c for c in head if set(c.parties) <= parties and c.attribution.speaker in voices)
        told = [p for c in beside for p in c.places]
    return tuple(dict.fromkeys(told))
