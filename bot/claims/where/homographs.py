"""Tells places of a conflict from namesakes: "Odessa, Texas", "Gaza Street", "Bara in Pakistan"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.claims.where.elsewhere import countries_in, strangers_in
from bot.claims.where.names import NameHit

#: A street, a dish or a club that borrows the name.
_BORROWED = re.compile(
    r"[ -](?:Street|Road|Avenue|Boulevard|Lane|Drive|Square Garden|Hotel|Inn|Restaurant|Caf[eé]|"
    r"Bar and Grill|"
    r"University Press|FC|SC|United|City FC|Stakes|Cup|Rovers|County|Township|sweaters?|shawls?|"
    r"scarf|scarves|"
    r"wool|rugs?|carpets?|cuisine|salad"
    # Regiments keep the name of where they were raised, and serve elsewhere.
    r"|Rifles|Regiment|Light Infantry|Scouts|Fusiliers|Lancers|Highlanders)\b"
)
#: ", Khyber district" and ", Yakutia," after a place; the second only behind "in" and its like.
_DISTRICT = re.compile(
    r", (?:in )?((?:[A-Z][\w’'-]+ ?){1,3}(?:[Dd]istrict|[Pp]rovince|[Cc]ounty|[Ss]tate|[Rr]egion|"
    r"[Rr]epublic|[Oo]blast))\b"
)
_WIDER = re.compile(
    r", ((?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+){0,2})(?=,(?! (?:an?|the|who|whose|\d+)\b)|\.?[\"”’]?$)"
)
_IN = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Oo]utside|of) (?:the )?(?:\w+ (?:of|in) )?$")
_SETTLEMENT = re.compile(
    r"(?:['’]s)? (?:\w+ ){0,2}?(?:city|town|village|province|state|district|port|capital|region|"
    r"resort|suburb)"
    r"(?: of)? $|['’]s (?:\w+ )?$"
)
_BEHIND = re.compile(r",? (?:in|on|near|across|along) (?:the )?(?:\w+ ){0,2}?$")
#: A people that bears the name of a region: "ethnic Amhara" lived wherever they were attacked.
_PEOPLE_NAMED = re.compile(r"\b[Ee]thnic[- ](?:\w+ (?:and|or) )?$")
_NO_PLACE = re.compile(
    r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|"
    r"May|June|July|"
    r"August|September|October|November|December|Reuters|AFP|AP|TASS|Anadolu|Hezbollah|Hamas)\b"
)


def is_namesake(
    text: str, hit: NameHit, hits: Sequence[NameHit], own: Collection[str] = ()
) -> bool:
    """Tell whether the words around the name of a place put it elsewhere.

    `hits` are all names of the pack in `text`, `own` its countries (`homelands_in`): neither is a
    stranger.
    """
    if _BORROWED.match(text, hit.end) or _PEOPLE_NAMED.search(text[: hit.start]):
        return True
    return is_abroad(text, hit, hits, own)


def is_abroad(text: str, hit: NameHit, hits: Sequence[NameHit], own: Collection[str] = ()) -> bool:
    """Tell whether a region or country beside the name says that its place lies there."""
    if any(_is_stranger(m, hits) for m in _qualifiers(text, hit, hits, own)):
        return True
    return any(
        _ties(text, hit, country)
        for country in strangers_in(text, own)
        if _is_stranger(country, hits)
    )


def _qualifiers(
    text: str, hit: NameHit, hits: Sequence[NameHit], own: Collection[str]
) -> list[tuple[int, int]]:
    found = []
    district = _DISTRICT.match(text, hit.end)
    if district and not any(h.role == "party" for h in hits):
        found.append(district.span(1))
    wider = _WIDER.match(text, hit.end)
    named = any(h.role == "party" for h in hits)
    if wider and not named and _IN.search(text[: hit.start]) and not _NO_PLACE.search(wider[1]):
        found.append(wider.span(1))
    at_home = set(countries_in(text)) - set(strangers_in(text, own))
    return [span for span in found if span not in at_home]


def _ties(text: str, hit: NameHit, country: tuple[int, int]) -> bool:
    """Tell whether the words between place and country make it a place of that country."""
    start, end = country
    if end <= hit.start:
        return bool(_SETTLEMENT.fullmatch(text[end : hit.start]))
    between = text[hit.end : start]
    return between == ", " or (len(between) < 30 and bool(_BEHIND.fullmatch(between)))


def _is_stranger(span: tuple[int, int], hits: Sequence[NameHit]) -> bool:
    return not any(h.role != "decoy" and h.start < span[1] and span[0] < h.end for h in hits)
