"""The full name behind a short one: surname, bare office, pronoun, ownerless body.

A bare form is replaced only where exactly one antecedent fits; otherwise it stays unresolved and
the claim names no speaker. A side is never guessed.
"""

from __future__ import annotations

from bot.claims.grammar.wordlists import BODY_NOUNS, ROLE_NOUNS
from bot.claims.who.bodies import body_key
from bot.claims.who.described import is_pair_member, resolve_group, resolve_pair_member
from bot.claims.who.discourse import Discourse, Said, as_body, as_person, is_compatible
from bot.claims.who.holders import GENERIC, resolve_office
from bot.claims.who.nominals import resolve_nominal
from bot.claims.who.offices import ROLES, portfolios_in
from bot.claims.who.pronouns import resolve_pronoun
from bot.claims.who.speakers import Mention


def resolve(d: Discourse, mention: Mention, sentence: int, before: str) -> Mention:
    """Return `mention` with its full name; `name` stays None where nothing fits.

    `before` is the text of the sentence left of the phrase.
    """
    found = _resolved(d, mention, sentence, before)
    if found.name or found.sort in {"nominal", "pronoun"}:
        d.said.append(Said(sentence=sentence, mention=found))
    return found


def _resolved(d: Discourse, mention: Mention, sentence: int, before: str) -> Mention:
    if is_pair_member(mention):
        return resolve_pair_member(d, mention, sentence)
    if mention.sort == "person":
        person = d.roster.person(mention.personal or "")
        return as_person(mention, person) if person else mention
    if mention.sort == "titled":
        return resolve_office(d, mention, sentence)
    if mention.sort == "pronoun":
        return resolve_pronoun(d, mention, sentence, before)
    if mention.sort == "nominal":
        return resolve_nominal(d, mention, sentence, before)
    if mention.anonymous:
        return _unmasked(d, mention)
    if mention.sort == "one":
        return _office_of_side(d, mention)
    if mention.sort in {"body", "side", "group"}:
        return resolve_group(d, _full_body(d, mention), sentence)
    return mention


def _office_of_side(d: Discourse, mention: Mention) -> Mention:
    """Name "Ardovia's foreign minister" where the entry says who that is."""
    wanted = (mention.words & ROLES) - GENERIC
    low = mention.text.lower()
    if mention.side is None or not wanted or low.startswith(("a ", "an ", "one ", "another ")):
        return mention
    portfolios = portfolios_in(set(low.split()))
    holders = [
        p
        for p in d.roster.holders(wanted, portfolios)
        if p.side == mention.side and portfolios == p.portfolios and wanted <= p.words
    ]
    return as_person(mention, holders[0]) if len(holders) == 1 else mention


def _full_body(d: Discourse, mention: Mention) -> Mention:
    if mention.name and " " not in mention.name:
        person = d.roster.named(mention.name)
        if person:
            return as_person(mention, person)
    if not mention.words & BODY_NOUNS or not mention.name:
        return mention
    if mention.side is None and mention.owner is None:
        owners = d.roster.owned(body_key(mention.text))
        if len(owners) == 1:
            return as_body(mention, owners[0])
    noun = body_key(mention.name.split()[-1])
    if mention.side and len(mention.name.split()) == 2 and noun in BODY_NOUNS:
        own = [b for b in d.roster.bodies if b.side == mention.side]
        fits = {b.key: b for b in own if b.key.split()[-1] == noun and b.key != noun}
        if len(fits) == 1:
            return as_body(mention, next(iter(fits.values())))
    longer = d.roster.longer(mention.name, mention.side)
    return longer._replace(text=mention.text) if longer else mention


def _unmasked(d: Discourse, mention: Mention) -> Mention:
    """Name "an adviser" whom the entry later calls "the adviser, David Babayan"."""
    role = next((w for w in mention.text.lower().split() if w in ROLE_NOUNS), None)
    if role is None or mention.hidden or role in {"official", "officer", "diplomat", "source"}:
        return mention
    holders = [p for p in d.roster.holders({role}) if p.spoke]
    if len(holders) != 1 or not is_compatible(mention.side, holders[0].side):
        return mention
    return as_person(mention, holders[0])
