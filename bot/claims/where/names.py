"""Finds the names of a pack in text: case-sensitive, whole words, longest match. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.claims.memo import once_per_object
from bot.packs import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """A name of the pack in a text."""

    start: int
    end: int
    role: str  #: "party", "place", "mediator", "monitor", "decoy" or "past"
    id: str  #: party id, canonical place name, mediator's name, ...


class PackNames:
    """Every name of a pack, looked up by its first word."""

    def __init__(self, pack: Pack) -> None:
        self._owners: dict[str, tuple[str, str]] = {}
        for role, id_, names in _entries(pack):
            for name in names:
                self._owners.setdefault(_plain(name), (role, id_))
        beginnings: dict[str, list[str]] = {}
        for name in sorted(self._owners, key=lambda n: (-len(n), n)):
            if (word := _WORD.match(name)) is not None:
                beginnings.setdefault(word[0], []).append(name)
        # One alternation over a thousand names would be tried at every word of every text.
        self._patterns = {word: _pattern(names) for word, names in beginnings.items()}

    def find(self, text: str) -> tuple[NameHit, ...]:
        """Return the names in `text`, left to right, none inside another."""
        plain, words = _words(text)
        hits: list[NameHit] = []
        stop = 0
        for word, start in words:
            pattern = self._patterns.get(word)
            if pattern is None or start < stop:
                continue
            match = pattern.match(plain, start)
            if match is None:
                continue
            owner = self._owners.get(match[0]) or self._owners.get(_SPACE.sub(" ", match[0]))
            stop = match.end()
            if owner is not None:
                hits.append(NameHit(start=start, end=stop, role=owner[0], id=owner[1]))
        return tuple(hits)


_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"[\s-]")


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Return the plain text and its words with offsets; every pack reads the same sentences."""
    plain = _plain(text)
    return plain, tuple((match[0], match.start()) for match in _WORD.finditer(plain))


def _pattern(names: list[str]) -> re.Pattern[str]:
    """Return what matches any of the names, the longest first, at the place it is tried."""
    body = "|".join(re.escape(name).replace(r"\ ", r"[\s-]") for name in names)
    return re.compile(rf"(?:{body})(?!\w)")


@once_per_object
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
