"""Whom "he", "it" and "the ministry" stand for, and the full name behind a short one.

A bare form is replaced only where exactly one antecedent fits; otherwise it stays unresolved and
the claim names no speaker. A side is never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bot.claims.roster import Body, Person, Roster, body_key
from bot.claims.sides import Side, Sides
from bot.claims.speakers import Mention
from bot.claims.wordlists import BODY_NOUNS, MESSAGES, PLURAL_GROUPS, ROLE_NOUNS

#: A pronoun reaches back this many sentences to its last speaker.
REACH = 4

_SPOKES = {"spokesman", "spokeswoman", "spokesperson"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One resolved speaker of the running text."""

    sentence: int
    mention: Mention


@dataclass(slots=True, kw_only=True)
class Discourse:
    """Who spoke so far in one field of an entry."""

    roster: Roster
    sides: Sides
    said: list[Said] = field(default_factory=list)
    lead: Mention | None = None  #: first speaker of the body, for title and summary

    def resolve(self, mention: Mention, sentence: int, before: str) -> Mention:
        """Return `mention` with its full name; `name` stays None where nothing fits.

        `before` is the text of the sentence left of the phrase.
        """
        if mention.sort == "person":
            found = self._full_person(mention)
        elif mention.sort == "titled":
            found = self._office(mention)
        elif mention.sort == "pronoun":
            found = self._pronoun(mention, sentence, before)
        elif mention.sort == "nominal":
            found = self._nominal(mention, sentence, before)
        elif mention.sort in {"body", "side", "group"} and not mention.anonymous:
            found = self._full_body(mention)
        elif mention.anonymous:
            found = self._unmasked(mention)
        else:
            found = mention
        if found.name:
            self.said.append(Said(sentence=sentence, mention=found))
        return found

    def _full_person(self, mention: Mention) -> Mention:
        person = self.roster.person(mention.personal or "")
        return _as_person(mention, person) if person else mention

    def _full_body(self, mention: Mention) -> Mention:
        if mention.name and " " not in mention.name:
            person = self.roster.named(mention.name)
            if person:
                return _as_person(mention, person)
        if not mention.words & BODY_NOUNS or not mention.name:
            return mention
        if mention.side is None and mention.owner is None:
            owners = self.roster.owned(body_key(mention.text))
            if len(owners) == 1:
                return _as_body(mention, owners[0])
        noun = body_key(mention.name.split()[-1])
        if mention.side and len(mention.name.split()) == 2 and noun in BODY_NOUNS:
            own = [b for b in self.roster.bodies if b.side == mention.side]
            fits = {b.key: b for b in own if b.key.split()[-1] == noun and b.key != noun}
            if len(fits) == 1:
                return _as_body(mention, next(iter(fits.values())))
        longer = self.roster.longer(mention.name, mention.side)
        return replace(longer, text=mention.text) if longer else mention

    def _unmasked(self, mention: Mention) -> Mention:
        """Name "an adviser" whom the entry later calls "the adviser, David Babayan"."""
        role = next((w for w in mention.text.lower().split() if w in ROLE_NOUNS), None)
        if role is None or role in {"official", "officer", "diplomat", "source"}:
            return mention
        holders = [p for p in self.roster.holders({role}) if p.spoke]
        if len(holders) != 1 or not _compatible(mention.side, holders[0].side):
            return mention
        return replace(_as_person(mention, holders[0]), anonymous=False)

    def _pronoun(self, mention: Mention, sentence: int, before: str) -> Mention:
        low = mention.text.lower()
        if low in {"he", "she"}:
            return self._person_before(mention, sentence, before)
        recent = [s.mention for s in self.said if sentence - s.sentence <= REACH]
        if low == "it":
            fits = [m for m in recent if m.sort in {"body", "side"}]
            return _adopt(mention, fits[-1]) if fits else self._lead_for(mention, {"body", "side"})
        if low == "they":
            fits = [m for m in recent if m.sort in {"group", "staff"} or m.words & PLURAL_GROUPS]
            return _adopt(mention, fits[-1]) if fits else mention
        return mention

    def _lead_for(self, mention: Mention, sorts: set[str]) -> Mention:
        if self.lead and self.lead.sort in sorts and not self.said:
            return _adopt(mention, self.lead)
        return mention

    def _person_before(self, mention: Mention, sentence: int, before: str) -> Mention:
        gender = mention.gender
        inside = self._people_in(before, gender)
        recent = [
            s
            for s in self.said
            if sentence - s.sentence <= REACH
            and s.mention.sort in {"person", "one"}
            and s.mention.gender in {None, gender}
        ]
        last = recent[-1] if recent else None
        if last is None:
            return _as_person(mention, inside[0]) if len(inside) == 1 else mention
        rivals = {
            s.mention.name for s in recent if s.sentence == last.sentence and s is not last
        } - {last.mention.name}
        return mention if rivals else _adopt(mention, last.mention)

    def _people_in(self, text: str, gender: str | None) -> list[Person]:
        return [
            p
            for p in self.roster.people
            if p.gender in {None, gender} and any(part in text for part in p.personal.split()[-1:])
        ]

    def _nominal(self, mention: Mention, sentence: int, before: str) -> Mention:
        words = mention.words
        low = mention.text.lower()
        if low.startswith(("its ", "his ", "her ", "their ", "our ", "my ")):
            return self._possessed(mention, sentence, before)
        owned = re.match(r"the (\w+)['’]s (\w+)\Z", low)
        if owned and owned[1] in BODY_NOUNS:
            return self._owned_nominal(mention, owned[1], owned[2])
        if words & MESSAGES and not words & (BODY_NOUNS - MESSAGES):
            return self._last(mention, {"body", "side", "person", "one", "group"})
        if words & ROLE_NOUNS:
            return self._office(mention)
        return self._body_nominal(mention)

    def _owned_nominal(self, mention: Mention, body: str, noun: str) -> Mention:
        """Resolve "the army's spokesman" by the army."""
        found = self._body_nominal(
            replace(mention, text=f"the {body}", words=frozenset({body}), sort="nominal")
        )
        if not found.name:
            return self._office(mention) if noun in ROLE_NOUNS else mention
        sort = "one" if noun in ROLE_NOUNS else "body"
        return replace(mention, name=f"{found.name}'s {noun}", sort=sort, side=found.side)

    def _last(self, mention: Mention, sorts: set[str]) -> Mention:
        fits = [s.mention for s in self.said if s.mention.sort in sorts]
        if fits:
            return _adopt(mention, fits[-1])
        return self._lead_for(mention, sorts)

    def _office(self, mention: Mention) -> Mention:
        """Resolve "the minister": who spoke last in that office, or the one who holds it."""
        wanted = set(mention.words & ROLE_NOUNS)
        wanted |= _SPOKES if wanted & _SPOKES else set()
        for said in reversed(self.said):
            if wanted & said.mention.words and said.mention.sort in {"person", "one", "group"}:
                return _adopt(mention, said.mention)
        holders = {p.personal: p for p in self.roster.holders(wanted)}
        if mention.side:
            fitting = {k: p for k, p in holders.items() if p.side in {None, mention.side}}
            holders = fitting or holders
        if len(holders) == 1:
            return _as_person(mention, next(iter(holders.values())))
        speakers = {s.mention.name: s.mention for s in self.said if s.mention.sort == "person"}
        fits = [m for m in speakers.values() if _compatible(mention.side, m.side)]
        if not holders and len(fits) == 1 and _gender_fits(mention, fits[0]):
            return _adopt(mention, fits[0])
        return mention

    def _body_nominal(self, mention: Mention) -> Mention:
        nouns = {body_key(word) for word in mention.words & BODY_NOUNS}
        last = next(
            (s for s in reversed(self.said) if nouns & {body_key(w) for w in s.mention.words}
             and s.mention.sort in {"body", "side"}),
            None,
        )  # fmt: skip
        if last is not None:
            rival = any(
                body.sentence == last.sentence
                and body.key.split()[-1] in nouns
                and not _compatible(body.side, last.mention.side)
                for body in self.roster.bodies
            )
            return mention if rival else _adopt(mention, last.mention)
        if self.lead and nouns & {body_key(w) for w in self.lead.words} and not self.said:
            return _adopt(mention, self.lead)
        owners = [b for noun in sorted(nouns) for b in self.roster.owned(noun)]
        if len({b.side.id if b.side else b.owner for b in owners}) == 1:
            return _as_body(mention, owners[0])
        return self._by_spokesman(mention, nouns)

    def _by_spokesman(self, mention: Mention, nouns: set[str]) -> Mention:
        """Give "the army" the side of the one army spokesman whom the entry names."""
        people = [p for p in self.roster.people if nouns & {body_key(w) for w in p.words}]
        found = {p.side for p in people if p.side}
        if len(found) != 1:
            return mention
        name = mention.text.split(" ", 1)[-1] if " " in mention.text else mention.text
        return replace(mention, name=name[:1].upper() + name[1:], sort="body", side=found.pop())

    def _possessed(self, mention: Mention, sentence: int, before: str) -> Mention:
        """Resolve "its foreign ministry" and "his spokesman" by the owner."""
        possessive, noun = mention.text.split(" ", 1)
        owner: str | None = None
        side: Side | None = None
        if possessive.lower() in {"his", "her"}:
            gender = "m" if possessive.lower() == "his" else "f"
            people = self._people_in(before, gender)
            if len(people) == 1:
                owner, side = people[0].personal, people[0].side
            elif not people:
                last = self._person_before(
                    replace(mention, gender=gender, sort="pronoun"), sentence, ""
                )
                owner, side = last.personal or last.name, last.side
        else:
            owner, side = self._first_side(before)
            if owner is None:
                fits = [s.mention for s in self.said if s.mention.sort in {"side", "body"}]
                owner, side = (fits[-1].name, fits[-1].side) if fits else (None, None)
        if not owner:
            return mention
        full = [b for b in self.roster.owned(body_key(noun)) if b.side and b.side == side]
        name = full[0].display if full else f"{owner}'s {noun}"
        sort = "one" if mention.words & ROLE_NOUNS else "body"
        return replace(mention, name=name, sort=sort, side=side)

    def _first_side(self, text: str) -> tuple[str | None, Side | None]:
        match = self.sides.names.search(text[:80])
        return (match.group(), self.sides.of(match.group())) if match else (None, None)


def _compatible(left: Side | None, right: Side | None) -> bool:
    if left is None or right is None or left == right:
        return True
    return left.role != "party" and right.role != "party"


def _gender_fits(left: Mention, right: Mention) -> bool:
    return left.gender is None or right.gender is None or left.gender == right.gender


def _as_person(mention: Mention, person: Person) -> Mention:
    return replace(
        mention,
        name=person.display,
        sort="person",
        personal=person.personal,
        words=mention.words | frozenset(person.words),
        side=person.side or mention.side,
        gender=person.gender or mention.gender,
    )


def _as_body(mention: Mention, body: Body) -> Mention:
    name = body.display
    return replace(mention, name=name, sort="body", side=body.side, owner=body.owner)


def _adopt(mention: Mention, other: Mention) -> Mention:
    return replace(other, text=mention.text, words=other.words | mention.words)
