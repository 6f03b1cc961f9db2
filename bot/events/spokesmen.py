"""In which role the head of a report tells a step: by its speaker, or by those beside him. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.events.deeds import (
    COUNTED_BY,
    COUNTS,
    HOSTS,
    PUTS,
    acts_himself,
    is_bare_body,
    mediator_does,
    signers_in,
)
from bot.events.dissent import dissents
from bot.events.head import in_order, title_and_lead, titles_of
from bot.events.joint import does_with_another, is_joint, sign_together
from bot.events.roles import SPOKESMEN, in_own_words, names_mediator, role_of
from bot.events.status import Role
from bot.events.step_takers import PERFORMED, consenting, family_of
from bot.events.step_words import CONSENTS, ENDING
from bot.events.steps import BREACHES, CEASEFIRE, FIGHTING, SEQUELS, TALKS, step_of
from bot.events.takers import told_one_by_one
from bot.packs import Pack
from bot.types import Claim

#: Those whose counts of breaches count.
COUNTERS = (Role.MONITOR, Role.MEDIATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A step as the head of a report tells it."""

    spoken: Claim  #: the trigger, with its speaker
    step: str | None
    takers: tuple[str, ...]  #: ids of the parties that take the step
    head: Sequence[Claim]
    pack: Pack

    @property
    def role(self) -> Role:
        """Return the role of the trigger's own speaker."""
        return role_of(self.spoken, self.pack)


def role_in_head(told: Told) -> Role:
    """Return the role of the trigger's speaker, whom the pack may know by his name alone.

    "The head of its council said ... Mahdi al-Mashat announced the step": where one of the party's
    own people speaks in the head, the step that is told of it alone is told by itself.
    """
    role, step = told.role, told.step
    if role is Role.BOTH and step == "announced" and _is_unilateral(told):
        return Role.PARTY  # allies who stop together are one side of it
    if role is Role.PARTY and step in (*PERFORMED, "accepted") and len(consenting(told.head)) > 1:
        return Role.BOTH
    if role is Role.PARTY and step in PERFORMED and len(told.takers) > 1 and _both_say(told):
        return Role.BOTH  # "the front and Ardovia's army say that it starts at nine"
    if role is Role.MONITOR and step in (*PERFORMED, "proposed") and _mediator_says(told):
        return Role.MEDIATOR  # "the force announced": the pack knows its spokesman as a mediator
    both = step in PERFORMED and len(told.takers) > 1
    joint = is_joint(told.head) or does_with_another(told.spoken)
    if both and joint and role in (Role.PARTY, Role.OUTLET, Role.OTHER):
        return Role.BOTH
    # Who reads out what both have signed may be of one side; a newspaper's word is none of both.
    if (
        both
        and role in (Role.PARTY, Role.OUTLET, Role.OTHER)
        and sign_together(told.head, told.pack)
    ):
        return Role.BOTH
    if role is Role.PARTY and step in CONSENTS and _is_hearsay(told):
        return Role.OTHER
    if role not in (Role.OUTLET, Role.OTHER) or told.spoken.attribution.anonymous:
        return role
    if step in ENDING and role is Role.OTHER and not is_bare_body(told.spoken):
        return role  # an opposition leader calls it dead; the president's spokesman is quoted, too
    return _role_beside(told)


def _mediator_says(told: Told) -> bool:
    """Tell whether a mediator tells the same step in the head."""
    return any(
        step_of(c) == told.step and role_of(c, told.pack) is Role.MEDIATOR for c in told.head
    )


def _both_say(told: Told) -> bool:
    """Tell whether both speak with one voice of the step or its hour in the head."""
    kin = (*family_of(told.step), "start_set")
    return any(step_of(c) in kin and role_of(c, told.pack) is Role.BOTH for c in told.head)


def _is_unilateral(told: Told) -> bool:
    return any("unilateral" in c.quote.lower() for c in (told.spoken, *titles_of(told.head)))


def _role_beside(told: Told) -> Role:
    """Return the role of those beside a trigger that nobody of weight speaks."""
    step, head, pack = told.step, told.head, told.pack
    # Who is said to attack speaks of something else.
    of_halt = step not in (*FIGHTING, *BREACHES)
    speaking = [(c.attribution.party,) for c in head if c.attribution.speaker]
    if of_halt and told.takers in speaking:
        return Role.PARTY
    # "Ardovia and Selmara agree to a truce": to agree together is to say so.
    if step in SEQUELS and len(_speaking_parties(head)) == 1:
        return Role.PARTY  # "a rebel spokesman said ... the spokesman, Jakup Orsk, said"
    if step in TALKS and any(role_of(c, pack) in SPOKESMEN for c in head):
        return next(r for c in in_order(head) if (r := role_of(c, pack)) in SPOKESMEN)
    counting = [r for c in in_order(head) if (r := role_of(c, pack)) in COUNTERS]
    if step == "breach_counted" and counting:
        return counting[0]  # "monitors have counted five, according to a report"
    if step == "breach_counted" and any(mediator_does(COUNTS, c, pack, COUNTED_BY) for c in head):
        return Role.MEDIATOR
    if step in TALKS and any(mediator_does(HOSTS, c, pack) for c in head):
        return Role.MEDIATOR
    putting = [c for c in head if c is told.spoken or step_of(c) == "proposed"]
    if step == "proposed" and any(mediator_does(PUTS, c, pack) for c in putting):
        return Role.MEDIATOR
    if step == "proposed" and any(acts_himself(c, told.takers, pack, PUTS) for c in putting):
        return Role.PARTY
    if (
        step == "proposed"
        and in_own_words(told.spoken)
        and any(names_mediator(c.quote, pack) for c in head)
    ):
        return Role.MEDIATOR  # "a draft was handed to both; it bears the envoy's name"
    return _role_by_acts(told) if step in CEASEFIRE else told.role


def _role_by_acts(told: Told) -> Role:
    """Return the role of those who take a step without being quoted: they sign, order, agree."""
    step, takers, head, pack = told.step, told.takers, told.head, told.pack
    if len(takers) == 1 and any(is_bare_body(c) for c in head):
        return Role.PARTY  # "Ardovia suspended the truce ... the Defence Ministry said"
    written = step in ENDING and bool(takers) and in_own_words(told.spoken)
    if written and signers_in(head, pack) == tuple(takers):
        return Role.PARTY
    telling = [c for c in head if c is told.spoken or step_of(c) == step]
    if any(acts_himself(c, takers, pack) for c in telling):
        return Role.PARTY
    others = (role_of(c, pack) for c in telling if c is not told.spoken)
    narrated = step in PERFORMED and (told.role is Role.OUTLET or _tells_of_both(told))
    narrated = narrated and all(r in (Role.OUTLET, Role.PARTY, Role.BOTH) for r in others)
    narrated = narrated and not any(dissents(c) for c in head)
    named = {party for c in head for party in c.parties}
    if narrated and len(takers) > 1 and named >= set(takers):
        return Role.BOTH
    return _role_of_narrated(told)


def _tells_of_both(told: Told) -> bool:
    """Tell whether title or lead says in the outlet's words that both have done it.

    "Prolonged by agreement of both sides" stands, whoever of them is quoted below.
    """
    own = [c for c in title_and_lead(told.head) if in_own_words(c) and step_of(c) == told.step]
    return told.role is Role.PARTY and any(is_joint([c]) for c in own)


#: What an outlet may see for itself: its word is enough, and no more than its own.
SEEN = ("effective", "expired")


#: Whoever ends or suspends a halt does so by saying it; to shoot at it is to break it.
_SAYS_SO = re.compile(
    r"\b(?:declar|announc|decre|order|notif|proclaim|instruct|annul|abolish|cancel|terminat|denounc|revok"
    r"|suspen|lift)\w*|\b(?:statement|communiqu[eé]|letter|note|message|broadcast|decision|call(?:s|ed) off)\b",
    re.IGNORECASE,
)


def _role_of_narrated(told: Told) -> Role:
    """Return the role of those of whom the outlet tells in its own words that they took a step.

    Nobody else may be named as doing it, hide behind it or call it untrue.
    """
    takers, plain = set(told.takers), in_own_words(told.spoken) and told.step not in SEEN
    if not plain or not takers or any(map(dissents, told.head)):
        return told.role
    kin = family_of(told.step)
    telling = [c for c in told.head if c is told.spoken or step_of(c) in kin]
    heard = any(role_of(c, told.pack) is Role.OTHER for c in telling)
    named = {party for c in telling for party in c.parties}
    acting = {party for c in telling for party in told_one_by_one(c, told.pack)}
    if heard or not (acting or named) <= takers:
        return told.role
    said = any(_SAYS_SO.search(c.quote) for c in told.head)
    if len(takers) == 1:
        return Role.PARTY if said or (acting and told.step not in ENDING) else told.role
    # "Rivals agree to a truce" names nobody.
    return Role.BOTH if takers <= {party for c in told.head for party in c.parties} else told.role


def _is_hearsay(told: Told) -> bool:
    """Tell whether one side tells of the other's yes, which that side has to say itself."""
    own = told.spoken.attribution.party
    first = told.pack.parties[0].id if told.pack.parties else None
    # Of three parties two are allies; a pack names the one first that stands against them.
    return bool(told.takers) and all((t == first) != (own == first) for t in told.takers)


def _speaking_parties(head: Sequence[Claim]) -> set[str]:
    """Return the parties whose people speak in the head."""
    return {c.attribution.party for c in head if c.attribution.speaker and c.attribution.party}
