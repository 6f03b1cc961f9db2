"""How strongly a stretch of text speaks for one conflict. Pure.

Strong: two parties, or a party and a place of the conflict where fighting, its halt or talks are
told. Medium: a place, an armed group or a leader with such words. Weak: a name alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from bot.claims.alternation import any_of
from bot.claims.memo import once_per_object
from bot.claims.where.elsewhere import (
    homelands_in,
    is_figurative,
    is_pastime,
    strangers_in,
)
from bot.claims.where.homographs import is_namesake
from bot.claims.where.names import NameHit, PackNames, all_names, name_words
from bot.claims.where.warfare import (
    is_deadly,
    is_fought,
    is_military,
    is_of_a_group,
    is_on_a_border,
    is_on_a_halt,
    is_on_a_truce,
    is_on_arms_aid,
    is_on_passage,
    is_on_talks,
    is_unrest,
    is_warlike,
)
from bot.claims.where.zone_countries import country_of_zone
from bot.claims.who.sides import sides_of
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
    r"[Aa]irlines?|[Aa]irways|aid|flags?|passports?|born|origin|descent|volunteers?|contractors?)\b"
)


#: In front of the country in which something only takes place.
_HOST = re.compile(r"(?:\b(?:in|to|at|from) |, )$")
#: Behind the name of a party: where a weapon comes from, not who fires it.
_MADE = re.compile(
    r"-(?:designed|made|built|supplied|manufactured|produced|type|style|inspired|branded)\b"
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


class Evidence(NamedTuple):
    """What one stretch of text says for one conflict."""

    hits: tuple[NameHit, ...]
    points: int
    decoyed: bool  #: the names of other conflicts outweigh its own
    grounded: bool = False  #: it names a town, site or line of the conflict, no mere capital


NOTHING = Evidence(hits=(), points=0, decoyed=False)


class Scale:
    """What one pack weighs with: its names, and which of them fight, lead or lie where."""

    def __init__(self, pack: Pack) -> None:
        self.id = pack.id
        self._places = PackNames(pack.model_copy(update=_NO_NAMES))
        self._placed: dict[str, bool] = {}
        self.armed_groups = {p.id for p in pack.parties if p.kind in ("armed_group", "de_facto")}
        if not self.armed_groups:
            # Packs that give no kind tell by the names who governs.
            self.armed_groups = {p.id for p in pack.parties} - sides_of(pack).states
        self.people = {name for p in pack.parties for name in p.people}
        self.party_of = {name.replace("’", "'"): p.id for p in pack.parties for name in p.all_names}
        self.local = {place.name for place in pack.places if place.kind != "region"}
        self.rear = {place.name for place in pack.places if place.rear}
        self.party_names = re.compile(rf"\b(?:{any_of(self.party_of)})\b")
        # A river is a line only where somebody fights over it.
        self.lines = {
            place.name
            for place in pack.places
            if place.kind == "border" and not place.name.endswith("River")
        }
        self.negative_contexts = re.compile(any_of(pack.negative_contexts))
        self.own_words = name_words(pack)
        ground = country_of_zone(pack.timezone)
        self.homelands = homelands_in((pack.name, ground, *all_names(pack)))

    def evidence(self, text: str, names: Sequence[NameHit], start: int = 0) -> Evidence:
        """Weigh `text`, with its `names` of the pack, from offset `start` on."""
        named = [h for h in names if h.start >= start] if start else names
        hits = tuple(h for h in named if not self._is_other(text, h, named))
        if not hits:
            return NOTHING
        if self.negative_contexts.search(text) and not is_deadly(text):
            return Evidence(hits=hits, points=0, decoyed=True)
        if _of_another_pair(text, hits, self.homelands):
            return Evidence(hits=hits, points=0, decoyed=True)
        return Evidence(
            hits=hits,
            points=self._points((text,), text, hits),
            decoyed=_decoyed(text, hits),
            grounded=any(self._is_ground(h) for h in hits),
        )

    def _is_other(self, text: str, hit: NameHit, named: Sequence[NameHit]) -> bool:
        """Tell whether a name stands for another place, or only for the make of a thing."""
        if hit.role == "party":
            return _MADE.match(text, hit.end) is not None
        return hit.role == "place" and is_namesake(text, hit, named, self.homelands)

    def is_named(self, hits: Sequence[NameHit]) -> bool:
        """Tell whether a party, a place or a mission of the conflict is among the names."""
        return any(h.role in ("party", "place") or self._is_own_body(h) for h in hits)

    def is_mediated(self, stretches: Sequence[tuple[str, Evidence]]) -> bool:
        """Tell whether a halt is spoken of with a mediator, and with no other country."""
        texts = [text for text, _ in stretches]
        known = any(_name_a_body(e.hits) for _, e in stretches)
        apart = any(self._has_strangers(text, e.hits) for text, e in stretches)
        played = is_figurative(*texts, own=self.own_words) or is_pastime(*texts)
        return known and not apart and not played and is_on_a_halt(*texts)

    def names_both(self, evidence: Evidence) -> bool:
        """Tell whether a sentence names two of the parties."""
        return len(self._named(evidence.hits)[0]) > 1

    def joined(self, stretches: Sequence[tuple[str, Evidence]]) -> int:
        """Return the points of several stretches read as one."""
        hits: list[NameHit] = []
        texts: list[str] = []
        offset = 0
        for text, evidence in stretches:
            if evidence.decoyed and not evidence.points:
                continue
            hits += [
                NameHit(start + offset, end + offset, role, id_, name)
                for start, end, role, id_, name in evidence.hits
            ]
            texts.append(text)
            offset += len(text) + 1
        whole = " ".join(texts)
        return 0 if not hits or _decoyed(whole, hits) else self._points(texts, whole, hits)

    def _points(self, parts: Sequence[str], text: str, hits: Sequence[NameHit]) -> int:
        """Weigh the hits of `text`, which is made of `parts`."""
        parties, named = self._named(hits if is_military(*parts) else self._off_rear(hits))
        places = named or self._holds_place(hits)
        own_body = any(self._is_own_body(h) for h in hits)
        if not (parties or places or own_body) or is_figurative(*parts, own=self.own_words):
            return 0
        if is_pastime(*parts) and not is_fought(*parts):
            return 0
        if len(parties) >= 2:
            return STRONG
        if is_unrest(*parts):
            return WEAK
        warlike = is_warlike(*parts)
        known = _name_a_body(hits)
        if parties and places:
            told = warlike or parties & self.armed_groups or is_on_talks(*parts)
            return STRONG if told else WEAK
        if places:
            # The envoy of a place's war speaks of it in other words than those of war.
            spoken = known and is_on_talks(*parts)
            told = warlike or spoken or self._is_on_the_line(parts, text, hits)
            return MEDIUM if told else WEAK
        return MEDIUM if own_body else self._of_parties(parts, text, hits, parties)

    def _of_parties(
        self, parts: Sequence[str], text: str, hits: Sequence[NameHit], parties: set[str]
    ) -> int:
        """Weigh stretches that name one party, or its people, and no place of the conflict."""
        known = _name_a_body(hits)
        if parties and known and is_on_talks(*parts) and not self._has_strangers(text, hits, _HOST):
            return MEDIUM  # the land that hosts a round of theirs is no third party
        if self._has_strangers(text, hits):
            return WEAK
        if parties & self.armed_groups:
            return MEDIUM if is_warlike(*parts) or is_of_a_group(*parts) else WEAK
        if any(h.name in self.people for h in hits):
            return MEDIUM if is_on_a_halt(*parts) or is_on_arms_aid(*parts) else WEAK
        if known and is_on_a_halt(*parts):
            return MEDIUM
        return MEDIUM if parties and is_on_a_truce(*parts) else WEAK

    def _is_on_the_line(self, parts: Sequence[str], text: str, hits: Sequence[NameHit]) -> bool:
        """Tell whether the sides' line or crossing, or the border at a town of theirs, is meant."""
        if any(h.role == "place" and h.id in self.lines for h in hits):
            return is_on_passage(*parts)
        local = any(self._is_ground(h) for h in hits)
        return local and is_on_a_border(*parts) and not self._has_strangers(text, hits)

    def _has_strangers(
        self, text: str, hits: Sequence[NameHit], behind: re.Pattern[str] | None = None
    ) -> bool:
        """Tell whether a country without a role in the pack takes part.

        Args:
            behind: words in front of a country that takes no part.
        """
        if any(h.role == "decoy" for h in hits):
            return True
        return any(
            not (_PEOPLE.match(text, end) or (behind and behind.search(text[:start])))
            for start, end in strangers_in(text, self.homelands)
            if not any(h.start < end and start < h.end for h in hits)
        )

    def _named(self, hits: Sequence[NameHit]) -> tuple[set[str], bool]:
        """Return the parties, by their capitals too ("Kyiv said"), and whether a place is named."""
        parties: set[str] = set()
        places = False
        for hit in hits:
            if hit.role == "party":
                parties.add(hit.id)
            elif hit.role == "place":
                places = True
                voice = self.party_of.get(hit.name)
                if voice is not None:
                    parties.add(voice)
        return parties, places

    def _off_rear(self, hits: Sequence[NameHit]) -> list[NameHit]:
        """Leave out towns far behind the front: without armies a blow there is of no war."""
        return [h for h in hits if h.role != "place" or h.id not in self.rear]

    def _is_ground(self, hit: NameHit) -> bool:
        local = hit.role == "place" and hit.id in self.local
        return local and hit.name not in self.party_of

    def _holds_place(self, hits: Sequence[NameHit]) -> bool:
        """Tell whether the name of an armed body holds a place: "Sudanese army", "Artsakh army"."""
        return any(h.role == "party" and self._is_placed(h.name) for h in hits)

    def _is_own_body(self, hit: NameHit) -> bool:
        """Tell whether a mission is of this conflict alone: "Interim Force in Lebanon"."""
        if hit.role != "monitor":
            return False
        named = self.party_names.search(hit.name) is not None
        return named or self._is_placed(hit.name)

    def _is_placed(self, name: str) -> bool:
        if name not in self._placed:
            self._placed[name] = bool(self._places.find(name))
        return self._placed[name]


def _name_a_body(hits: Sequence[NameHit]) -> bool:
    """Tell whether a mediator or a monitor is among the names."""
    return any(h.role in ("mediator", "monitor") for h in hits)


@once_per_object
def scale_of(pack: Pack) -> Scale:
    """Return the scale of a pack."""
    return Scale(pack)


#: "The truce between Lebanon and Israel", "the Thailand-Cambodia deal".
_PAIR = re.compile(r"\s+(?:and|with|&)\s+(?:the\s+)?$|^[-–/]$")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:\w+\s+)?$")


def _of_another_pair(text: str, hits: Sequence[NameHit], own: Collection[str]) -> bool:
    """Tell whether one party's halt, talks or fighting with a stranger is told, and not its own."""
    parties = [h for h in hits if h.role == "party"]
    if len({h.id for h in parties}) != 1:
        return False
    for start, end in strangers_in(text, own):
        if any(h.start < end and start < h.end for h in hits):
            continue
        for hit in parties:
            first, second = sorted(((start, end), (hit.start, hit.end)))
            between = text[first[1] : second[0]]
            joined = between in ("-", "–", "/")
            paired = _PAIR.search(between) and _BETWEEN.search(text[: first[0]][-24:])
            if (joined or paired) and is_on_a_halt(text):
                return True
    return False


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
