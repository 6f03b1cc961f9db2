"""Everybody and every body that an entry names in full, so that short forms find their owner.

Built once per entry from all its sentences: people with titles or in source position, and
bodies with an owner ("Thailand's Public Health Ministry", "the Russian Defense Ministry").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.claims.sides import Side, Sides
from bot.claims.speakers import Mention, personal_name
from bot.claims.wordlists import PERSON_TITLES, ROLE_NOUNS

_CAPITAL_RUN = re.compile(
    r"(?:\b(?:spokes(?:man|woman|person)|president|adviser|aide|minister|commander|premier|leader"
    r"|general|ambassador|envoy|chief|ombudsman|governor|head|secretary),? )?"
    r"\b[A-Z][\w.’'\-]{0,20}(?: (?:al|bin|el|van|de|[A-Z][\w.’'\-]{0,20})){1,7}"
)
_HEADS = (
    "ministry|army|military|armed forces|government|presidency|police|forces|office|navy|air force"
    "|administration|command|parliament|embassy|council|authorities|leadership|spokesman"
    "|spokeswoman|spokesperson"
)
_BODY = re.compile(
    r"\b((?:[A-Z][\w\-]{1,20} ){0,2}[A-Z][\w\-]{1,20}['’]s?|[A-Z][\w\-]{2,20}) "
    rf"((?:[A-Za-z]{{3,14}} ){{0,3}}?)((?i:{_HEADS}))\b"
    r"|\b((?:[A-Z][a-z]{2,14} )?(?i:ministry)) of ((?:[A-Za-z]{3,12} ){0,3}?[A-Z][a-z]{3,12})"
    r" (?:of|in) ([A-Z][\w\-]{2,20})"
)
_FUNCTIONS = re.compile(
    r"(?i)\b(?:the|a|an|its|his|their|public|health|foreign|defen[cs]e|interior|national|internal"
    r"|security|prime|presidential|economic|finance|justice|energy|agriculture|state|local|senior"
    r"|this|that|but|and|in|on|at|second|first|third|ministry|general|regional|provincial|central"
    r"|supreme|chief|military|army)\b"
)
_SYNONYMS = {"military": "army", "armed forces": "army", "leadership": "leadership"}


@dataclass(slots=True, kw_only=True)
class Person:
    """One person of an entry under the fullest name it gives."""

    personal: str
    display: str
    words: set[str] = field(default_factory=set)
    side: Side | None = None
    gender: str | None = None
    spoke: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One mention of a body with its owner."""

    display: str
    key: str  #: "public health ministry"
    owner: str
    side: Side | None
    sentence: int  #: position among the sentences of the entry


def body_key(text: str) -> str:
    """Return the comparable name of a body without article, owner and spelling."""
    low = re.sub(r"\A(?:the|its|his|her|their|this|that|a|an)\s+", "", text.lower().strip())
    low = low.replace("defense", "defence").replace("’", "'")
    match = re.match(r"ministry of (?:national )?([a-z ]{3,30}?)(?: of .*| in .*)?\Z", low)
    if match:
        low = f"{match[1]} ministry"
    low = low.replace("internal affairs ministry", "interior ministry")
    low = low.replace("foreign affairs ministry", "foreign ministry")
    return _SYNONYMS.get(low, low)


class Roster:
    """The people and bodies of one entry."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self.people: list[Person] = []
        self.bodies: list[Body] = []
        self.spoken: dict[str, Mention] = {}  #: bodies in source position, by name

    def read(self, text: str, sentence: int) -> None:
        """Note the titled people and owned bodies that `text` names."""
        for match in _CAPITAL_RUN.finditer(text):
            self._read_run(match.group())
        for match in _BODY.finditer(text):
            self._read_body(match, sentence)

    def _read_run(self, run: str) -> None:
        words = run.split()
        titled = any(w.lower().rstrip(",") in PERSON_TITLES for w in words[:-1])
        personal = personal_name(run)
        if personal is None or (
            not titled and "," not in run and not self._sides.people.search(run)
        ):
            return
        roles = {w.lower().rstrip(",.") for w in words} & ROLE_NOUNS
        shown = run.split(", ")[-1]
        titled = titled and (shown == run or shown.split()[0].lower() in PERSON_TITLES)
        shown = re.sub(r"\A(?:The|A|An|In|On|But|And|As|When|After) ", "", shown)
        self.add_person(personal, shown if titled else personal, roles, None)

    def _read_body(self, match: re.Match[str], sentence: int) -> None:
        if match[4]:
            owner, key = match[6], f"{match[4]} of {match[5]}"
        else:
            owner, key = re.sub(r"['’]s?\Z", "", match[1]), f"{match[2]}{match[3]}"
        side = self._sides.of(owner)
        named = match[1] is None or match[1] != owner or side is not None
        if not named or _FUNCTIONS.fullmatch(owner.split()[-1]):
            return
        self.bodies.append(
            Body(
                display=match.group(),
                key=body_key(key),
                owner=owner,
                side=side or self._sides.of(match.group()),
                sentence=sentence,
            )
        )

    def add_person(
        self, personal: str, display: str, words: Iterable[str], gender: str | None
    ) -> Person:
        """Note a person and return the record under the fullest name."""
        person = self.person(personal, exact=True)
        if person is None:
            person = Person(personal=personal, display=display)
            self.people.append(person)
        better = len(personal.split()) > len(person.personal.split())
        titled = personal == person.personal and len(display) > len(person.display)
        if better or (titled and person.display == person.personal):
            person.personal, person.display = personal, display
        person.words |= set(words)
        person.gender = person.gender or gender
        person.side = person.side or self._sides.of(display)
        return person

    def person(self, personal: str, *, exact: bool = False) -> Person | None:
        """Return the one person whom a full or short name fits, else None."""
        parts = set(personal.split())
        fits = [
            p
            for p in self.people
            if parts <= set(p.personal.split()) or (exact and set(p.personal.split()) <= parts)
        ]
        return fits[0] if len({p.personal for p in fits}) == 1 else None

    def named(self, token: str) -> Person | None:
        """Return the one person of whose name `token` is a part."""
        fits = [p for p in self.people if token in p.personal.split()]
        return fits[0] if len(fits) == 1 else None

    def owned(self, key: str) -> list[Body]:
        """Return the bodies called `key`, one per owner, in order of mention."""
        seen: dict[str, Body] = {}
        for body in self.bodies:
            if body.key == key or (" " not in key and body.key.split()[-1] == key):
                seen.setdefault(body.side.id if body.side else body.owner, body)
        return list(seen.values())

    def holders(self, words: Iterable[str]) -> list[Person]:
        """Return the people who hold an office called by one of `words`."""
        wanted = set(words) & ROLE_NOUNS
        return [p for p in self.people if wanted & p.words]

    def note(self, mention: Mention) -> None:
        """Note the person whom a source phrase names."""
        if mention.personal:
            person = self.add_person(
                mention.personal, mention.name or mention.personal, mention.words, mention.gender
            )
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
