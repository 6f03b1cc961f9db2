"""How strongly a stretch of text speaks for one conflict. Pure.

Strong: two parties, or a party and a place of the conflict where fighting, its halt or talks are
told. Medium: a place, an armed group or a leader with such words. Weak: a name alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.alternation import any_of
from bot.claims.memo import once_per_object
from bot.claims.where.elsewhere import COUNTRIES, is_figurative
from bot.claims.where.homographs import is_namesake
from bot.claims.where.names import NameHit, PackNames, pack_names
from bot.claims.where.warfare import is_deadly, is_on_a_halt, is_on_talks, is_unrest, is_warlike
from bot.packs import Pack

STRONG, MEDIUM, WEAK = 4, 2, 1

_NO_NAMES = {"parties": (), "mediators": (), "monitors": (), "decoys": (), "past_ceasefires": ()}

#: Behind the name of a people: those who fight for it, and those who only live there.
_FORCES = re.compile(
    r"(?:['’]s)? (?:\w+ )?(?:gunm[ae]n|army|troops|soldiers?|forces|rebels?|militants?|militia\w*|"
    r"fighters?|"
    r"warplanes?|jets|border guards?|insurgents?|separatists?|government|military)\b"
)
_PEOPLE = re.compile(
    r" (?:\w+ )?(?:workers?|nationals?|citizens?|refugees?|famil(?:y|ies)|child(?:ren)?|wom[ae]n|"
    r"m[ae]n|girls?|boys?|"
    r"labou?rers?|peacekeepers?|journalists?|students?|migrants?|tourists?|nurses?|doctors?|"
    r"mercenar(?:y|ies)|"
    r"aid|flags?|passports?|born|origin|descent|volunteers?|contractors?)\b"
)


#: Behind a decoy at the head of a sentence: the war is theirs.
_ACTS = re.compile(
    r"(?:['’]s)? (?:\w+ )?(?:fire[ds]?|launch(?:e[sd])?|attack(?:s|ed)?|struck|strikes?|hits?|"
    r"shell(?:s|ed)|"
    r"bomb(?:s|ed)|kill(?:s|ed)|claim(?:s|ed) (?:responsibility|an attack))\b"
)


#: Before a capital where only a source sits: "the health ministry in Ramallah said".
_SEAT = re.compile(
    r"\b(?:ministry|minister|officials?|authorit(?:y|ies)|spokes\w+|correspondents?|reporters?|"
    r"embassy|diplomats?|analysts?|offices?|headquarters|sources?) in $"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one stretch of text says for one conflict."""

    hits: tuple[NameHit, ...]
    points: int
    decoyed: bool  #: the names of other conflicts outweigh its own
    grounded: bool = False  #: it names a town, site or line of the conflict, no mere capital


class Scale:
    """What one pack weighs with: its names, and which of them fight, lead or lie where."""

    def __init__(self, pack: Pack) -> None:
        self.names = pack_names(pack)
        self.places = PackNames(pack.model_copy(update=_NO_NAMES))
        self.armed_groups = {p.id for p in pack.parties if p.kind in ("armed_group", "de_facto")}
        self.people = {name for p in pack.parties for name in p.people}
        self.party_of = {name.replace("’", "'"): p.id for p in pack.parties for name in p.all_names}
        self.local = {place.name for place in pack.places if place.kind != "region"}
        self.negative_contexts = re.compile(any_of(pack.negative_contexts))

    def evidence(self, text: str, start: int = 0) -> Evidence:
        """Weigh `text` from offset `start` on."""
        named = tuple(h for h in self.names.find(text) if h.start >= start)
        hits = tuple(h for h in named if h.role != "place" or not is_namesake(text, h, named))
        if not hits:
            return Evidence(hits=(), points=0, decoyed=False)
        if self.negative_contexts.search(text) and not is_deadly(text):
            return Evidence(hits=hits, points=0, decoyed=True)
        return Evidence(
            hits=hits,
            points=self._points(text, hits),
            decoyed=_decoyed(text, hits),
            grounded=any(self._is_ground(text, h) for h in hits),
        )

    def joined(self, stretches: Sequence[tuple[str, Evidence]]) -> int:
        """Return the points of several stretches read as one."""
        hits: list[NameHit] = []
        texts: list[str] = []
        offset = 0
        for text, evidence in stretches:
            if evidence.decoyed and not evidence.points:
                continue
            hits += [_moved(h, offset) for h in evidence.hits]
            texts.append(text)
            offset += len(text) + 1
        whole = " ".join(texts)
        return 0 if not hits or _decoyed(whole, hits) else self._points(whole, hits)

    def _points(self, text: str, hits: Sequence[NameHit]) -> int:
        parties = {h.id for h in hits if h.role == "party"} | self._voices(text, hits)
        places = any(h.role == "place" for h in hits) or self._holds_place(text, hits)
        if not (parties or places) or is_figurative(text):
            return 0
        if len(parties) >= 2:
            return STRONG
        if is_unrest(text):
            return WEAK
        warlike = is_warlike(text)
        if parties and places:
            told = warlike or parties & self.armed_groups or is_on_talks(text)
            return STRONG if told else WEAK
        if places:
            return MEDIUM if warlike else WEAK
        return MEDIUM if self._stands_alone(text, hits, parties, warlike) else WEAK

    def _stands_alone(
        self, text: str, hits: Sequence[NameHit], parties: set[str], warlike: bool
    ) -> bool:
        """Tell whether one party is enough: a group at war, a leader or mediator on a truce."""
        if _has_strangers(text, hits):
            return False
        if parties & self.armed_groups:
            return warlike
        known = any(h.role in ("mediator", "monitor") for h in hits) or any(
            _written(text, h) in self.people for h in hits
        )
        return known and is_on_a_halt(text)

    def _voices(self, text: str, hits: Sequence[NameHit]) -> set[str]:
        """Return the parties whose capital stands among the places as well ("Kyiv said")."""
        found = (self.party_of.get(_written(text, h)) for h in hits if h.role == "place")
        return {party for party in found if party is not None}

    def _is_ground(self, text: str, hit: NameHit) -> bool:
        local = hit.role == "place" and hit.id in self.local
        return local and _written(text, hit) not in self.party_of

    def _holds_place(self, text: str, hits: Sequence[NameHit]) -> bool:
        """Tell whether the name of an armed body holds a place: "Sudanese army", "Artsakh army"."""
        return any(h.role == "party" and self.places.find(_written(text, h)) for h in hits)


@once_per_object
def scale_of(pack: Pack) -> Scale:
    """Return the scale of a pack."""
    return Scale(pack)


def _moved(hit: NameHit, by: int) -> NameHit:
    return NameHit(start=hit.start + by, end=hit.end + by, role=hit.role, id=hit.id)


def _written(text: str, hit: NameHit) -> str:
    return text[hit.start : hit.end].replace("’", "'")


def _has_strangers(text: str, hits: Sequence[NameHit]) -> bool:
    """Tell whether a country without a role in the pack takes part."""
    if any(h.role == "decoy" for h in hits):
        return True
    return any(
        not _PEOPLE.match(text, m.end())
        for m in COUNTRIES.finditer(text)
        if not any(h.start < m.end() and m.start() < h.end for h in hits)
    )


def _decoyed(text: str, hits: Sequence[NameHit]) -> bool:
    decoys = [h for h in hits if h.role == "decoy"]
    if not decoys:
        return False
    own = {
        h.id
        for h in hits
        if h.role in ("party", "place") and not _SEAT.search(text[max(0, h.start - 24) : h.start])
    }
    foes = [h for h in decoys if not _PEOPLE.match(text, h.end)]
    if len(foes) >= max(len(own), 1):
        return True
    # One of our parties against another conflict's force is that conflict, wherever they meet.
    parties = {h.id for h in hits if h.role == "party"}
    return len(parties) < 2 and any(_fights(text, h) for h in foes)


def _fights(text: str, decoy: NameHit) -> bool:
    if _FORCES.match(text, decoy.end):
        return True
    opens = text[: decoy.start].strip().lower() in ("", "the")
    return opens and bool(_ACTS.match(text, decoy.end))
