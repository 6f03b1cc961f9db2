"""Whom an office stands for: "the minister", "the UN chief", "the Ukrainian leader"."""

from __future__ import annotations

from bot.claims.grammar.wordlists import word_set
from bot.claims.who.discourse import (
    SCENE_REACH,
    Discourse,
    adopt,
    as_person,
    fits_gender,
    is_compatible,
)
from bot.claims.who.offices import ROLES, portfolios_in
from bot.claims.who.roster import Person
from bot.claims.who.speakers import Mention

_TOP = word_set(
    "president premier minister secretary-general chairman chairwoman chancellor king director"
    " commander leader chief head"
)
_SPOKES = {"spokesman", "spokeswoman", "spokesperson"}
#: Offices of the many: "the official" is nobody whom the entry names.
GENERIC = word_set(
    "official officer diplomat source aide adviser advisor soldier doctor resident witness villager"
    " fighter reporter correspondent journalist analyst expert activist lawmaker militant man woman"
    " boy girl driver farmer survivor shopkeeper surgeon nurse politician representative"
)
#: Ranks go with every office.
_RANKS = word_set("general colonel major captain lieutenant commander brigadier admiral")
_LEADERS = word_set("president premier minister leader chancellor king emir chief head commander")
_HOLDERS = {"person", "one", "group"}


def resolve_office(d: Discourse, mention: Mention, sentence: int) -> Mention:
    """Resolve "the minister": who spoke last in that office, or the one who holds it."""
    wanted = set(mention.words & ROLES)
    wanted |= _SPOKES if wanted & _SPOKES else set()
    portfolios = portfolios_in({w.lower() for w in mention.text.split()})
    if wanted & GENERIC and _is_contested(d, mention, sentence, wanted):
        return mention
    for said in reversed(d.named()):
        m = said.mention
        if wanted & m.words and m.sort in _HOLDERS and _same_office(d, mention, m, portfolios):
            return adopt(mention, m)
        if _leads(d, mention, m, wanted):
            return adopt(mention, m)
    if d.lead and not d.named() and wanted & d.lead.words and d.lead.sort in _HOLDERS:
        return adopt(mention, d.lead)
    holders = {p.personal: p for p in d.roster.holders(wanted, portfolios)}
    if mention.side:
        fitting = {k: p for k, p in holders.items() if p.side in {None, mention.side}}
        holders = fitting or holders
    if len(holders) == 1:
        return as_person(mention, next(iter(holders.values())))
    if holders or wanted & GENERIC:
        return _acting_office(d, mention, sentence, wanted) or mention
    return _only_one(d, mention, sentence, wanted) or mention


def _is_contested(d: Discourse, mention: Mention, sentence: int, wanted: set[str]) -> bool:
    """Tell whether two such officials of different sides spoke in the sentences right before."""
    near = {
        m.name: m.side
        for m in (s.mention for s in d.named() if sentence - s.sentence <= SCENE_REACH)
        if m.sort == "one" and wanted & m.words and is_compatible(mention.side, m.side)
    }
    return len(near) > 1 and mention.side is None


def _leads(d: Discourse, mention: Mention, other: Mention, wanted: set[str]) -> bool:
    """Tell whether "the UN chief" is "UN Secretary-General Antonio Guterres"."""
    if not (wanted & {"chief", "head", "leader"} and other.sort == "person" and other.personal):
        return False
    person = d.roster.person(other.personal)
    owner = {w for w in mention.text.lower().split()[1:] if w not in ROLES}
    named = set((person.display if person else other.name or "").lower().split())
    top = person is not None and person.words & _TOP and person.portfolios <= {"prime"}
    return bool(top and owner and owner <= named)


def _same_office(d: Discourse, mention: Mention, other: Mention, wanted: frozenset[str]) -> bool:
    if not (is_compatible(mention.side, other.side) and fits_gender(mention.gender, other.gender)):
        return False
    person = d.roster.person(other.personal) if other.personal else None
    has = person.portfolios if person else portfolios_in({w.lower() for w in other.text.split()})
    return wanted <= has or not has


def _acting_office(
    d: Discourse, mention: Mention, sentence: int, wanted: set[str]
) -> Mention | None:
    """Return a nameless holder who opens a sentence shortly before: "a senior official"."""
    for at in d.before(sentence, SCENE_REACH):
        opener = d.opener(at, {"one"})
        if opener is not None and opener.words & wanted:
            return adopt(mention, opener)
    return None


def _only_one(d: Discourse, mention: Mention, sentence: int, wanted: set[str]) -> Mention | None:
    """Return the one person who may hold an office that the entry gives to nobody."""
    if mention.side is not None and wanted & _LEADERS:
        named: dict[str, Person] = {}
        for at in (sentence, *d.before(sentence, sentence - d.first + 1)):
            for present in d.roster.present(at):
                if present.person.side == mention.side:
                    named.setdefault(present.person.personal, present.person)
        if len(named) == 1:
            return as_person(mention, next(iter(named.values())))
    speakers = {s.mention.name: s.mention for s in d.named() if s.mention.sort == "person"}
    fits = [
        m
        for m in speakers.values()
        if is_compatible(mention.side, m.side)
        and fits_gender(mention.gender, m.gender)
        and not (m.words & ROLES) - _RANKS
    ]
    return adopt(mention, fits[0]) if len(fits) == 1 else None
