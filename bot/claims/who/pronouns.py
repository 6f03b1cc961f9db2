"""Whom "he", "she", "it" and "they" stand for.

The nearest sentence with somebody who fits decides: its speaker first, then whoever acts in it.
Two who fit alike leave the pronoun open.
"""

from __future__ import annotations

import re

from bot.claims.grammar.wordlists import BODY_NOUNS, PLURAL_GROUPS, ROLE_NOUNS
from bot.claims.who.discourse import SCENE_REACH, Discourse, adopt, as_person, fits_gender
from bot.claims.who.roster import Present
from bot.claims.who.speakers import Mention
from bot.claims.who.world_names import ARMED_GROUPS, STATES

_PEOPLE = {"person", "one", "titled"}
_THINGS = {"body", "side"}
_COUNTED = re.compile(r"(?i)(?:the )?(?:two|three|four|five|six|several|both)\b")
_FRONTED = re.compile(
    r"(?i)\A\W*(?:when|after|as|before|while|since|until|although|though|because|asked|speaking"
    r"|addressing|visiting|arriving|in|at|during)\b.*,\s*\Z"
)


def resolve_pronoun(d: Discourse, mention: Mention, sentence: int, before: str) -> Mention:
    """Return `mention` with the name of its antecedent; `before` is the text left of it."""
    low = mention.text.lower()
    if low in {"he", "she"}:
        return _person(d, mention, sentence, before)
    if low == "it":
        return _thing(d, mention, sentence)
    if low == "they":
        return _group(d, mention, sentence)
    return mention


def person_before(d: Discourse, mention: Mention, sentence: int) -> Mention:
    """Return the person of the sentences before who fits the gender of `mention`."""
    return _person(d, mention, sentence, "")


def people_in(d: Discourse, text: str, gender: str | None) -> list[Present]:
    """Return the known people named in a stretch of text whose gender fits."""
    return [
        Present(p, text.find(p.personal.rsplit(" ", 1)[-1]))
        for p in d.roster.people
        if (p.sure or p.spoke)
        and fits_gender(gender, p.gender)
        and _stands_in(p.personal.rsplit(" ", 1)[-1], text)
    ]


def _stands_in(surname: str, text: str) -> bool:
    """Tell whether a surname stands in a text, not as an owner."""
    if surname not in text:
        return False
    return re.search(rf"(?<!\w){re.escape(surname)}(?!['’\w])", text) is not None


def _person(d: Discourse, mention: Mention, sentence: int, before: str) -> Mention:
    inside = people_in(d, before, mention.gender) if before else []
    if len(inside) == 1 and _FRONTED.match(before):
        return as_person(mention, inside[0].person)
    near = SCENE_REACH
    for at in d.before(sentence):
        # A sentence about the same "he" takes nothing from the reach.
        near += d.roster.opens_with(at, mention.text.lower())
        spoke = [
            m
            for m in d.spoke_in(at)
            if (m.sort in _PEOPLE or _is_open(m, ROLE_NOUNS) or _is_surname(m))
            and fits_gender(mention.gender, m.gender)
        ]
        if spoke:
            names = {m.name for m in spoke}
            return adopt(mention, spoke[0]) if len(names) == 1 and spoke[0].name else mention
        if sentence - at <= near and not d.spoke_in(at):
            present = [
                p for p in d.roster.present(at) if fits_gender(mention.gender, p.person.gender)
            ]
            if len(present) > 1:
                return mention
            if present and _acts(d, present[0], at, sentence):
                return as_person(mention, present[0].person)
    return as_person(mention, inside[0].person) if len(inside) == 1 else mention


def _is_surname(mention: Mention) -> bool:
    """Tell whether a speaker is one unknown word that may well be a surname."""
    name = mention.name or ""
    known = mention.words or mention.side or name in STATES or name in ARMED_GROUPS
    return mention.sort == "body" and name.istitle() and name.isalpha() and not known


def _is_open(mention: Mention, nouns: frozenset[str]) -> bool:
    """Tell whether a speaker of the sort called by `nouns` stayed without a name."""
    if mention.name:
        return False
    pronouns = {"it"} if nouns is BODY_NOUNS else {"he", "she"}
    return bool(mention.words & nouns) or mention.text.lower() in pronouns


def _acts(d: Discourse, present: Present, at: int, sentence: int) -> bool:
    """Tell whether a person named without speaking may be meant.

    As the subject of the sentence always; elsewhere in it only if nobody spoke before.
    """
    opener = d.opener_of(at)
    if opener is not None and opener.personal:
        return opener.personal.split()[-1] in present.person.personal.split()
    spoke = any(m.sort in _PEOPLE for back in d.before(sentence) for m in d.spoke_in(back))
    # An unknown capital that opens the sentence may be a surname.
    unknown = opener is not None and not (opener.words or opener.side)
    other = unknown or (opener is not None and opener.sort in {"one", "titled", "nominal"})
    return present.person.sure and not spoke and not other


def _thing(d: Discourse, mention: Mention, sentence: int) -> Mention:
    for at in d.before(sentence):
        spoke = [m for m in d.spoke_in(at) if m.sort in _THINGS or _is_open(m, BODY_NOUNS)]
        if spoke:
            return adopt(mention, spoke[-1]) if spoke[-1].name else mention
        opener = d.opener(at, _THINGS) if sentence - at <= SCENE_REACH else None
        if opener is not None and not d.spoke_in(at):
            return adopt(mention, opener)
    if d.lead and d.lead.sort in _THINGS and not d.named():
        return adopt(mention, d.lead)
    # "The ministry summoned the envoy, it said": only where nobody spoke before.
    own = d.opener(sentence, _THINGS)
    return adopt(mention, own) if own is not None else mention


def _group(d: Discourse, mention: Mention, sentence: int) -> Mention:
    for at in d.before(sentence):
        fits = [m for m in d.spoke_in(at) if m.name and _is_many(m)]
        if fits:
            return adopt(mention, fits[-1])
        opener = d.opener_of(at) if sentence - at <= SCENE_REACH else None
        if opener is not None and opener.name and _is_many(opener) and not d.spoke_in(at):
            return adopt(mention, opener)
    # "The three co-chairs have proposed a truce, they said": only where nobody spoke before.
    own = d.opener_of(sentence)
    plural = own is not None and own.name and (_is_many(own) or _COUNTED.match(own.name))
    return adopt(mention, own) if own is not None and plural else mention


def _is_many(mention: Mention) -> bool:
    joined = " and " in (mention.name or "")
    return joined or mention.sort in {"group", "staff"} or bool(mention.words & PLURAL_GROUPS)
