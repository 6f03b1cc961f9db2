"""Everybody and every body that an entry names in full, so that short forms find their owner.

Built once per entry from all its sentences: people, with the office they are given anywhere, and
bodies with an owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from bot.claims.who.bodies import Body, find_bodies, may_name_body
from bot.claims.who.offices import ROLES, portfolios_in
from bot.claims.who.people import Named, find_people
from bot.claims.who.sides import Side, Sides
from bot.claims.who.speakers import Mention
from bot.claims.who.world_names import STATES

_SURNAME = re.compile(r"[A-Z](?<![\w’'\-][A-Z])[\w’\-]{2,20}(?!['’\w])")
_JOINED = re.compile(r"(?i)\A[ae]l-")


@dataclass(slots=True, kw_only=True)
class Person:
    """One person of an entry under the fullest name it gives."""

    personal: str
    display: str
    words: set[str] = field(default_factory=set)
    portfolios: set[str] = field(default_factory=set)
    side: Side | None = None
    gender: str | None = None
    sure: bool = False  #: more than two capitals shows a person
    spoke: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """A person whom one sentence names, with the place in it."""

    person: Person
    start: int


@dataclass(frozen=True, slots=True)
class _Scene:
    """One sentence and the people it names in full."""

    text: str
    people: tuple[Named, ...]


class Roster:
    """The people and bodies of one entry."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self.people: list[Person] = []
        self.bodies: list[Body] = []
        self.spoken: dict[str, Mention] = {}  #: bodies in source position, by name
        self._scenes: dict[int, _Scene] = {}

    def read(self, text: str, words: frozenset[str], sentence: int) -> None:
        """Note the people and owned bodies that `text`, made of `words`, names."""
        people = tuple(find_people(text, words))
        for named in people:
            self._note_named(named)
        self._scenes[sentence] = _Scene(text, people)
        if may_name_body(words):
            self.bodies.extend(find_bodies(text, sentence, self._sides))

    def _note_named(self, named: Named) -> None:
        known = self._sides.people.search(named.personal) is not None
        if not known and not named.sure and self._sides.is_thing(named.personal):
            return
        person = self._add(named.personal, named.display, named.gender, sure=named.sure or known)
        person.words |= named.words
        person.portfolios |= named.portfolios

    def opens_with(self, sentence: int, word: str) -> bool:
        """Tell whether a sentence opens with `word`, in whatever case."""
        scene = self._scenes.get(sentence)
        return scene is not None and scene.text[: len(word) + 1].lower() == f"{word} "

    def present(self, sentence: int) -> list[Present]:
        """Return the people whom a sentence names, none as a mere owner, left to right."""
        scene = self._scenes.get(sentence)
        if scene is None:
            return []
        here = [(n.start, self.person(n.personal)) for n in scene.people if not n.owning]
        for match in _SURNAME.finditer(scene.text):
            if not any(n.start <= match.start() < n.end for n in scene.people):
                here.append((match.start(), self.named(match[0])))
        found: dict[str, Present] = {}
        for start, person in sorted(here, key=lambda row: row[0]):
            if person is not None:
                found.setdefault(person.personal, Present(person, start))
        return list(found.values())

    def _add(self, personal: str, display: str, gender: str | None, *, sure: bool) -> Person:
        """Note a person and return the record under the fullest name."""
        person = self.person(personal, exact=True)
        if person is None:
            person = Person(personal=personal, display=display)
            self.people.append(person)
        more = len(personal.split()) - len(person.personal.split())
        longer = len(display) > len(person.display) and display.endswith(personal)
        if more > 0 or (more == 0 and longer and _grows(person, display)):
            person.personal, person.display = personal, display
        person.gender = person.gender or gender
        person.side = person.side or self._sides.of(display)
        person.sure = person.sure or sure
        return person

    def person(self, personal: str, *, exact: bool = False) -> Person | None:
        """Return the one person whom a full or short name fits, else None."""
        parts = _parts(personal)
        fits = [
            p
            for p in self.people
            if parts <= _parts(p.personal) or (exact and _parts(p.personal) <= parts)
        ]
        return fits[0] if len({p.personal for p in fits}) == 1 else None

    def named(self, token: str) -> Person | None:
        """Return the one person of whose name `token` is a part; never a country's name."""
        if token in STATES or self._sides.is_thing(token):
            return None
        part = _parts(token)
        fits = [p for p in self.people if part <= _parts(p.personal) and (p.sure or p.spoke)]
        return fits[0] if len(fits) == 1 else None

    def owned(self, key: str) -> list[Body]:
        """Return the bodies called `key`, one per owner, in order of mention."""
        seen: dict[str, Body] = {}
        for body in self.bodies:
            if body.key == key or (" " not in key and body.key.split()[-1] == key):
                seen.setdefault(body.belongs, body)
        return list(seen.values())

    def holders(
        self, words: Iterable[str], portfolios: frozenset[str] = frozenset()
    ) -> list[Person]:
        """Return the people who hold an office called by one of `words`.

        A portfolio that is asked for must be theirs; "the minister" is no prime minister.
        """
        wanted = set(words) & ROLES
        return [
            p
            for p in self.people
            if wanted & p.words
            and (portfolios <= p.portfolios or not p.portfolios)
            and (portfolios or p.portfolios != {"prime"})
        ]

    def note(self, mention: Mention) -> None:
        """Note the person whom a source phrase names."""
        if mention.personal:
            person = self._add(
                mention.personal, mention.name or mention.personal, mention.gender, sure=True
            )
            person.words |= mention.words
            person.portfolios |= portfolios_in({w.lower() for w in mention.text.split()})
            person.side = person.side or mention.side
            person.spoke = True
        elif mention.sort in {"body", "side"} and mention.name and not mention.anonymous:
            self.spoken.setdefault(mention.name, mention)

    def longer(self, name: str, side: Side | None) -> Mention | None:
        """Return the one body in source position whose name extends `name`, else None."""
        pattern = re.compile(rf"(?i)(?<!\w){re.escape(name)}(?!\w)")
        fits = {
            m.name: m
            for m in self.spoken.values()
            if m.name
            and len(m.name) > len(name)
            and pattern.search(m.name)
            and (side is None or m.side is None or side == m.side)
        }
        return next(iter(fits.values())) if len(fits) == 1 else None


@lru_cache(maxsize=4096)
def _parts(name: str) -> frozenset[str]:
    """Return the words of a name; "al-Burhan" and "Burhan" are one."""
    return frozenset(_JOINED.sub("", word) for word in name.split())


def _grows(person: Person, display: str) -> bool:
    """Tell whether a longer display only adds to the one known: office before name."""
    return person.display == person.personal or display.endswith(person.display)
