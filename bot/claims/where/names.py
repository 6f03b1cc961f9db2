"""Finds the names of a pack in text: case-sensitive, whole words, longest match. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.claims.memo import once_per_object, once_per_row
from bot.claims.words import words_of
from bot.packs import Pack


class NameHit(NamedTuple):
    """A name of the pack in a text."""

    start: int
    end: int
    role: str  #: "party", "place", "mediator", "monitor", "decoy" or "past"
    id: str  #: party id, canonical place name, mediator's name, ...
    name: str  #: as written, with plain apostrophes


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
        self.openings = {word: _opening(word, names) for word, names in beginnings.items()}
        self._rows = _rows_of((self,))

    def owner(self, name: str) -> tuple[str, str] | None:
        """Return role and id of a name as matched."""
        return self._owners.get(name) or self._owners.get(_SPACE.sub(" ", name))

    def find(self, text: str) -> tuple[NameHit, ...]:
        """Return the names in `text`, left to right, none inside another."""
        return _hits(text, self._rows, 1)[0]


class Register:
    """The names of several packs, found in one walk over the words of a text."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._size = len(packs)
        self._rows = _rows_of([pack_names(pack) for pack in packs])

    def find(self, text: str) -> list[tuple[NameHit, ...]]:
        """Return for each pack its names in `text`, left to right, none inside another."""
        return _hits(text, self._rows, self._size)


class _Opening(NamedTuple):
    """The names of a pack that begin with one word."""

    pattern: re.Pattern[str] | None  #: None where the word itself is the one name
    alone: bool  #: the word itself is a name
    seconds: frozenset[str]  #: the second words of the longer names


class _Row(NamedTuple):
    """The names of all packs that begin with one word."""

    alone: bool
    seconds: frozenset[str]
    tries: tuple[tuple[int, re.Pattern[str] | None, PackNames], ...]  #: with the pack's index


_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"[\s-]")


def _rows_of(packs: Sequence[PackNames]) -> dict[str, _Row]:
    tries: dict[str, list[tuple[int, _Opening, PackNames]]] = {}
    for n, names in enumerate(packs):
        for word, opening in names.openings.items():
            tries.setdefault(word, []).append((n, opening, names))
    return {
        word: _Row(
            any(opening.alone for _, opening, _ in row),
            frozenset().union(*(opening.seconds for _, opening, _ in row)),
            tuple((n, opening.pattern, names) for n, opening, names in row),
        )
        for word, row in tries.items()
    }


def _hits(text: str, rows: dict[str, _Row], size: int) -> list[tuple[NameHit, ...]]:
    plain = _plain(text)
    hits: list[list[NameHit]] = [[] for _ in range(size)]
    stops = [0] * size
    spans = words_of(text).spans
    for at, (word, start) in enumerate(spans, 1):
        row = rows.get(word)
        if row is None:
            continue
        # "the" opens many names: the word behind it tells whether one can stand here.
        if not row.alone and (at == len(spans) or spans[at][0] not in row.seconds):
            continue
        for n, pattern, names in row.tries:
            if start < stops[n]:
                continue
            match = pattern.match(plain, start) if pattern is not None else None
            if match is None and pattern is not None:
                continue
            name = word if match is None else match[0]
            stops[n] = start + len(name)
            owner = names.owner(name)
            if owner is not None:
                hits[n].append(NameHit(start, stops[n], *owner, name))
    return [tuple(found) for found in hits]


def _opening(word: str, names: list[str]) -> _Opening:
    """Return what matches names that begin with a word; the longest stand first."""
    parts = [_WORD.findall(name) for name in names]
    seconds = frozenset(words[1] for words in parts if len(words) > 1)
    alone = any(len(words) == 1 for words in parts)
    return _Opening(None if names == [word] else _pattern(names), alone, seconds)


def _pattern(names: list[str]) -> re.Pattern[str]:
    """Return what matches any of the names, the longest first, at the place it is tried."""
    body = "|".join(re.escape(name).replace(r"\ ", r"[\s-]") for name in names)
    return re.compile(rf"(?:{body})(?!\w)")


def all_names(pack: Pack) -> Iterator[str]:
    """Yield the names of parties, mediators and monitors, places left out."""
    for party in pack.parties:
        yield from party.all_names
    for body in (*pack.mediators, *pack.monitors):
        yield from body.all_names


@once_per_object
def name_words(pack: Pack) -> frozenset[str]:
    """Return the words, in small letters, of which the names of parties and bodies are made."""
    return frozenset(word.lower() for name in all_names(pack) for word in name.split())


@once_per_object
def pack_names(pack: Pack) -> PackNames:
    """Return the compiled names of a pack."""
    return PackNames(pack)


@once_per_row
def register_of(packs: Sequence[Pack]) -> Register:
    """Return the compiled names of several packs."""
    return Register(packs)


def _plain(text: str) -> str:
    """Fold typographic apostrophes; every replacement keeps the length, so offsets hold."""
    return text.replace("’", "'").replace("‘", "'")


#: Armed groups that no truce includes; a pack that names one of them is about it.
OUTSIDERS = (
    "Islamic State",
    "ISIS",
    "ISIL",
    "Daesh",
    "ISWAP",
    "Boko Haram",
    "al-Shabaab",
    "al-Shabab",
    "Al-Shabaab",
    "Al-Shabab",
    "Abu Sayyaf",
    "Jemaah Islamiyah",
)


def _decoys(pack: Pack) -> tuple[str, ...]:
    """Return the names of other conflicts: the pack's own list, and groups it says nothing of."""
    parties = [name for party in pack.parties for name in party.all_names]
    bodies = [name for body in (*pack.mediators, *pack.monitors) for name in body.all_names]
    own = " ".join((pack.name, *parties, *bodies))
    if not parties:
        return pack.decoys
    return (*pack.decoys, *(name for name in OUTSIDERS if name not in own))


def _entries(pack: Pack) -> list[tuple[str, str, tuple[str, ...]]]:
    found: list[tuple[str, str, tuple[str, ...]]] = []
    # Places first: "Gaza" the place outranks a party's metonym of the same spelling.
    found += [("place", place.name, place.all_names) for place in pack.places]
    found += [("party", party.id, party.all_names) for party in pack.parties]
    found += [("mediator", m.name, m.all_names) for m in pack.mediators]
    found += [("monitor", m.name, m.all_names) for m in pack.monitors]
    found += [("decoy", name, (name,)) for name in _decoys(pack)]
    found += [("past", p.name, (p.name, *p.names)) for p in pack.past_ceasefires]
    return found
