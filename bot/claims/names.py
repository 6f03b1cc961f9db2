"""Finds the names of a pack in text: case-sensitive, whole words, longest match. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.packs import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """A name of the pack in a text."""

    start: int
    end: int
    role: str  #: "party", "place", "mediator", "monitor", "decoy" or "past"
    id: str  #: party id, canonical place name, mediator's name, ...


class PackNames:
    """One compiled alternation over every name of a pack."""

    def __init__(self, pack: Pack) -> None:
        self._owners: dict[str, tuple[str, str]] = {}
        for role, id_, names in _entries(pack):
            for name in names:
                self._owners.setdefault(_plain(name), (role, id_))
        longest_first = sorted(self._owners, key=lambda n: (-len(n), n))
        body = "|".join(re.escape(name).replace(r"\ ", r"[\s-]") for name in longest_first)
        self._pattern = re.compile(rf"(?<![\w])(?:{body})(?![\w])") if longest_first else None

    def find(self, text: str) -> tuple[NameHit, ...]:
        """Return the names in `text`, left to right, none inside another."""
        if self._pattern is None:
            return ()
        plain = _plain(text)
        hits = []
        for match in self._pattern.finditer(plain):
            owner = self._owners.get(match[0]) or self._owners.get(re.sub(r"[\s-]", " ", match[0]))
            if owner is not None:
                hits.append(
                    NameHit(start=match.start(), end=match.end(), role=owner[0], id=owner[1])
                )
        return tuple(hits)


@lru_cache(maxsize=64)
def pack_names(pack: Pack) -> PackNames:
    """Return the compiled names of a pack."""
    return PackNames(pack)


def _plain(text: str) -> str:
    """Fold typographic apostrophes; every replacement keeps the length, so offsets hold."""
    return text.replace("’", "'").replace("‘", "'")


def _entries(pack: Pack) -> list[tuple[str, str, tuple[str, ...]]]:
    found: list[tuple[str, str, tuple[str, ...]]] = []
    # Places first: "Gaza" the place outranks a party's metonym of the same spelling.
    found += [("place", place.name, place.all_names) for place in pack.places]
    found += [("party", party.id, party.all_names) for party in pack.parties]
    found += [("mediator", m.name, m.all_names) for m in pack.mediators]
    found += [("monitor", m.name, m.all_names) for m in pack.monitors]
    found += [("decoy", name, (name,)) for name in pack.decoys]
    found += [("past", p.name, (p.name, *p.names)) for p in pack.past_ceasefires]
    return found
