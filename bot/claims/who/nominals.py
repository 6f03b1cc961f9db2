"""Whom "the ministry", "the minister", "its spokesman" and "the statement" stand for."""

from __future__ import annotations

import re

from bot.claims.datelines import dateline_end
from bot.claims.grammar.nouns import is_agent
from bot.claims.grammar.wordlists import BODY_NOUNS, MESSAGES, PLURAL_GROUPS, word_set
from bot.claims.who.bodies import Body, body_key
from bot.claims.who.discourse import (
    SCENE_REACH,
    Discourse,
    adopt,
    as_body,
    as_person,
)
from bot.claims.who.holders import resolve_office
from bot.claims.who.offices import ROLES, portfolios_in
from bot.claims.who.pronouns import people_in, person_before
from bot.claims.who.sides import Side
from bot.claims.who.speakers import Mention
from bot.claims.who.world_names import STATES

_GROUPISH = word_set(
    "group movement organisation organization militia faction force forces party front bloc column"
)


_ARMY = re.compile(
    r"\b(?:Army|Armed Forces|Defen[cs]e Forces?|IDF|AFU|ENDF|FARDC|FAMa|SAF|SLA|TNI)\b"
)


def resolve_nominal(d: Discourse, mention: Mention, sentence: int, before: str) -> Mention:
    """Return `mention` with the name of its antecedent; `before` is the text left of it."""
    words, low = mention.words, mention.text.lower()
    if low.startswith(("its ", "his ", "her ", "their ", "our ", "my ")):
        return _possessed(d, mention, sentence, before)
    owned = re.match(r"the (\w+)['’]s (\w+)\Z", low)
    if owned and owned[1] in BODY_NOUNS:
        return _of_body(d, mention, owned[1], owned[2], sentence)
    if words & MESSAGES and not words & (BODY_NOUNS - MESSAGES):
        return _last(d, mention, {"body", "side", "person", "one", "group"})
    if words & ROLES:
        return resolve_office(d, mention, sentence)
    if words & _GROUPISH and not words & (BODY_NOUNS - _GROUPISH):
        return _armed_group(d, mention, sentence)
    if words & PLURAL_GROUPS and not words & (BODY_NOUNS - PLURAL_GROUPS):
        return _same_group(d, mention, sentence)
    return _body(d, mention, sentence)


def _armed_group(d: Discourse, mention: Mention, sentence: int) -> Mention:
    """Resolve "the group" by the one armed group that spoke or acted in the sentences before."""
    found: dict[str, Mention] = {}
    for at in d.before(sentence):
        opener = d.opener(at, {"side", "body"}) if sentence - at <= SCENE_REACH else None
        for m in (*d.spoke_in(at), *((opener,) if opener else ())):
            plain = m.sort in {"side", "body"} and not m.words & (BODY_NOUNS - _GROUPISH)
            if m.name and plain and m.name not in STATES:
                found.setdefault(m.name, m)
    return adopt(mention, next(iter(found.values()))) if len(found) == 1 else mention


def _last(d: Discourse, mention: Mention, sorts: set[str]) -> Mention:
    fits = [s.mention for s in d.said if s.mention.sort in sorts or not s.mention.name]
    if fits:
        return adopt(mention, fits[-1]) if fits[-1].name else mention
    if d.lead and d.lead.sort in sorts:
        return adopt(mention, d.lead)
    return mention


def _same_group(d: Discourse, mention: Mention, sentence: int) -> Mention:
    """Resolve "the residents" by the last who were called so."""
    wanted = mention.words & PLURAL_GROUPS
    for at in d.before(sentence):
        fits = [m for m in d.spoke_in(at) if m.name and wanted & m.words]
        if fits:
            return adopt(mention, fits[-1])
        opener = d.opener(at, {"group"}) if sentence - at <= SCENE_REACH else None
        if opener is not None and opener.words & wanted:
            return adopt(mention, opener)
    return mention


def _of_body(d: Discourse, mention: Mention, body: str, noun: str, sentence: int) -> Mention:
    """Resolve "the army's spokesman" by the army."""
    bare = mention._replace(text=f"the {body}", words=frozenset({body}), sort="nominal")
    found = _body(d, bare, sentence)
    if not found.name:
        holders = [p for p in d.roster.holders({noun}) if body in p.words]
        return as_person(mention, holders[0]) if len(holders) == 1 else mention
    sort = "one" if noun in ROLES else "body"
    return mention._replace(name=f"{found.name}'s {noun}", sort=sort, side=found.side)


def _body(d: Discourse, mention: Mention, sentence: int) -> Mention:
    nouns = {body_key(word) for word in mention.words & BODY_NOUNS}
    own = d.opener(sentence, {"body", "side"})
    if own is not None and "army" in nouns and _ARMY.search(own.name or ""):
        return adopt(mention, own)  # "The IDF launched an offensive, the army said"
    portfolios = portfolios_in({w.lower() for w in mention.text.split()})
    last = next(
        (
            s
            for s in reversed(d.named())
            if nouns & {body_key(w) for w in s.mention.words} and s.mention.sort in {"body", "side"}
        ),
        None,
    )
    if last is not None:
        if _is_contested(d, sentence, nouns, portfolios):
            return mention
        return mention if _has_rival(d, last.sentence, nouns, last.mention) else (
            adopt(mention, last.mention)
        )  # fmt: skip
    if d.lead and nouns & {body_key(w) for w in d.lead.words} and not d.named():
        return adopt(mention, d.lead)
    near = _acting_body(d, sentence, nouns)
    if near is not None:
        return adopt(mention, near)
    bodies = [b for noun in sorted(nouns) for b in d.roster.bodies if _is_called(b, noun)]
    bodies = [b for b in bodies if portfolios <= portfolios_in(set(b.key.split()))]
    if len({(b.belongs, b.key) for b in bodies}) == 1:
        return as_body(mention, bodies[0])
    return mention if bodies else _by_spokesman(d, mention, nouns)


def _is_contested(d: Discourse, sentence: int, nouns: set[str], portfolios: frozenset[str]) -> bool:
    """Tell whether bodies of two sides that fit spoke or acted in the two sentences before."""
    near = [
        said.mention
        for said in d.named()
        if sentence - said.sentence <= SCENE_REACH
        and said.mention.sort == "body"
        and nouns & {body_key(w) for w in said.mention.words}
        and portfolios <= portfolios_in(set((said.mention.name or "").lower().split()))
    ]
    acting = [
        m
        for at in d.before(sentence, SCENE_REACH)
        if (m := d.opener(at, {"body"})) is not None
        and nouns & {body_key(w) for w in m.words}
        and portfolios <= portfolios_in(set((m.name or "").lower().split()))
    ]
    return len({m.side.id if m.side else m.owner for m in (*near, *acting)}) > 1


def _is_called(body: Body, noun: str) -> bool:
    return body.key == noun or body.key.split()[-1] == noun


def _has_rival(d: Discourse, sentence: int, nouns: set[str], mention: Mention) -> bool:
    """Tell whether the speaker's sentence names such a body of another owner as well."""
    name = (mention.name or "").lower()
    if " and " in name and sum(name.count(noun) for noun in nouns) > 1:
        return True
    near = [
        body
        for body in d.roster.bodies
        if body.sentence == sentence and body.key.split()[-1] in nouns
    ]
    others = (b for b in near if b.side is None or b.side != mention.side)
    return len({body.belongs for body in near}) > 1 or any(
        body.owner.lower()[:4] not in name for body in others
    )


def _acting_body(d: Discourse, sentence: int, nouns: set[str]) -> Mention | None:
    """Return the body of that noun which opens a sentence shortly before."""
    for at in d.before(sentence, SCENE_REACH):
        opener = d.opener(at, {"body", "side"})
        if opener is not None and nouns & {body_key(w) for w in opener.words}:
            return None if _has_rival(d, at, nouns, opener) else opener
    return None


def _by_spokesman(d: Discourse, mention: Mention, nouns: set[str]) -> Mention:
    """Give "the army" the side of the one army spokesman whom the entry names."""
    if nouns == {"agency"}:
        return mention  # a news agency, as likely as not
    people = [p for p in d.roster.people if nouns & {body_key(w) for w in p.words}]
    found = {p.side for p in people if p.side}
    if len(found) != 1:
        return mention
    name = mention.text.split(" ", 1)[-1] if " " in mention.text else mention.text
    return mention._replace(name=name[:1].upper() + name[1:], sort="body", side=found.pop())


def _possessed(d: Discourse, mention: Mention, sentence: int, before: str) -> Mention:
    """Resolve "its foreign ministry" and "his spokesman" by the owner."""
    possessive, noun = mention.text.split(" ", 1)
    if possessive.lower() in {"his", "her"}:
        owner, side = _owning_person(d, mention, possessive.lower(), sentence, before)
    else:
        owner, side = _owning_body(d, sentence, before)
    if not owner:
        return mention
    opens = d.opener_of(sentence)
    many = possessive.lower() == "their" and opens is not None and opens.sort == "group"
    governs = side is not None and (side.role != "party" or side.id in d.sides.states)
    if many and (owner in STATES or governs):
        return mention  # of the separatists that the sentence opens with, and of no country in it
    if not mention.words and not is_agent(noun.lower().split()[-1]):
        # "its own website" speaks for an owner whom this very sentence names.
        near = owner in before
        return mention._replace(name=owner, sort="body", side=side) if near else mention
    full = [b for b in d.roster.owned(body_key(noun)) if b.side and b.side == side]
    mark = "'" if owner.endswith("s") else "'s"
    name = full[0].display if full else f"{owner}{mark} {noun}"
    sort = "one" if mention.words & ROLES else "body"
    return mention._replace(name=name, sort=sort, side=side)


def _owning_person(
    d: Discourse, mention: Mention, possessive: str, sentence: int, before: str
) -> tuple[str | None, Side | None]:
    gender = "m" if possessive == "his" else "f"
    people = people_in(d, before, gender)
    if len(people) == 1:
        return people[0].person.personal, people[0].person.side
    if people:
        return None, None
    last = person_before(d, mention._replace(gender=gender, sort="pronoun"), sentence)
    return last.personal or last.name, last.side


def _owning_body(d: Discourse, sentence: int, before: str) -> tuple[str | None, Side | None]:
    owner = d.sides.named(before[dateline_end(before) :][:80])
    if owner is not None:
        return owner
    for at in d.before(sentence):
        fits = [m for m in d.spoke_in(at) if m.sort in {"side", "body"} and m.name]
        opener = d.opener(at, {"side", "body"}) if sentence - at <= SCENE_REACH else None
        found = fits[-1] if fits else opener
        if found is not None:
            return found.name, found.side
    return None, None
