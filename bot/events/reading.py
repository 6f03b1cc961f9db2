"""Reads what an entry brings: its trigger claims, from title and lead. Pure.

News writes the new thing first; what stands further down is told again, or is background.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.claims.extract import FAINT
from bot.claims.where.evidence import scale_of
from bot.events.enders import accused_of
from bot.events.head import in_order, is_head, title_and_lead, titles_of
from bot.events.meant_steps import is_of_strangers, meant_step
from bot.events.meant_times import with_meant_times
from bot.events.news import News
from bot.events.roles import names_mediator, role_of
from bot.events.rounds import (
    IMPLEMENTING,
    NAMED,
    ROUND,
    is_between,
)
from bot.events.scene import places_of, theatre_of
from bot.events.sites import hits_protected
from bot.events.spokesmen import Told, role_in_head
from bot.events.status import Role
from bot.events.step_takers import step_by_takers, takers_in_head
from bot.events.step_words import CONSENTS
from bot.events.steps import (
    CEASEFIRE,
    FIGHTING,
    TALKS,
    TALKS_OVER,
    step_of,
)
from bot.events.takers import JOINT, missing_from, names_pair
from bot.events.talk_readings import starts_talks_later
from bot.events.voice import with_speaker
from bot.packs import Pack
from bot.types import Claim, Figure, Measure, Scope, Stance, TimeMeaning


def read_news(claims: Sequence[Claim], pack: Pack) -> tuple[News, ...]:
    """Return what the claims of one conflict bring, the main piece first."""
    head = _head_of(claims)
    if not head:
        return ()
    main, step = meant_step(head, pack)
    first = _news(main, step, head, pack, _later(claims, head, step))
    if first.step in JOINT and not first.takers and is_of_strangers(head, pack):
        first = replace(first, step="other")
    charges = (c.attribution.party for c in claims if _alleges(c, pack))
    named = any(_names_one_concerned(c, pack) for c in head)
    found = [replace(first, named=named, accusers=tuple(dict.fromkeys(p for p in charges if p)))]
    if found[0].step not in TALKS:
        found += _further_talks(claims, head, main, pack)
    return tuple(found)


def _names_one_concerned(claim: Claim, pack: Pack) -> bool:
    """Tell whether a party or a mediator of the pack is named in a sentence, or speaks it."""
    said = claim.attribution
    speaks = said.party is not None or said.body is not None
    return bool(claim.parties) or speaks or names_mediator(claim.quote, pack)


def _alleges(claim: Claim, pack: Pack) -> bool:
    """Tell whether a party charges the other with a breach."""
    charges = claim.attribution.stance is Stance.ACCUSES and claim.background is None
    return charges and step_of(claim) == "breach_alleged" and role_of(claim, pack) is Role.PARTY


def _head_of(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of the head that are no background, as they stand."""
    return [c for c in claims if c.background in (None, FAINT) and is_head(c, claims)]


def read_charge(claims: Sequence[Claim], pack: Pack) -> News | None:
    """Return the charge beside a denial: "Ardovia denied it. Selmara had accused its gunners"."""
    head = _head_of(claims)
    charges = (
        c
        for c in in_order(head)
        if step_of(c) == "breach_alleged" and c.attribution.speaker is not None
    )
    charge = next(charges, None)
    return None if charge is None else _news(charge, "breach_alleged", head, pack)


def _further_talks(
    claims: Sequence[Claim], head: Sequence[Claim], main: Claim, pack: Pack
) -> list[News]:
    """Return talks that are told beside the main news: over, or announced with a day."""
    first = title_and_lead(head)
    for claim in (*head, *(c for c in claims if c not in head and c.background is None)):
        step = step_of(claim)
        if step in TALKS_OVER and claim in first:
            # One man tells of both, and one sentence may.
            told = replace(claim, attribution=main.attribution) if _is_silent(claim) else claim
            return [_news(told, step, [claim], pack)]
        dated = starts_talks_later(claim)
        if claim in head:
            formal = bool(NAMED.search(claim.quote)) or names_pair(claim.quote, pack)
        else:
            formal = bool(ROUND.search(claim.quote))
        announced = claim is not main and step == "talks_announced"
        if announced and dated and formal and not IMPLEMENTING.search(claim.quote):
            return [_news(_as_spoken(claim, claims), "talks_announced", [claim], pack)]
    return []


def _as_spoken(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """Give a claim of the body without a speaker the last one before it: "In a second paragraph"."""
    before = [
        c.attribution
        for c in claims
        if c.field == claim.field and c.start < claim.start and c.attribution.speaker
    ]
    return replace(claim, attribution=before[-1]) if before and _is_silent(claim) else claim


def _is_silent(claim: Claim) -> bool:
    return claim.attribution.speaker is None and claim.attribution.relay is None


def _news(
    main: Claim,
    step: str | None,
    head: Sequence[Claim],
    pack: Pack,
    later: Sequence[Claim] = (),
) -> News:
    spoken = with_speaker(main, step, head, pack)
    claims = (spoken, *(c for c in head if c.id != main.id and _adds(c, head, step)), *later)
    claims += _voice(claims, head)
    next_to = [
        c
        for c in head
        if c.id != main.id and (_adds(c, head, step) or (c.field == "text" and not c.labels))
    ]
    if step in (*CEASEFIRE, "start_set"):
        claims = tuple(with_meant_times(c) for c in claims)
    takers = takers_in_head(spoken, step, head, pack)
    told = Told(spoken=spoken, step=step, takers=tuple(takers), head=head, pack=pack)
    role, party = role_in_head(told), spoken.attribution.party
    missing = missing_from(head, pack) if step in CONSENTS else frozenset()
    if missing:
        takers = tuple(t for t in takers if t not in missing)
        role = Role.PARTY if role is Role.BOTH else role
    accused = accused_of(step, spoken, role, pack) or _attacked_by(step, spoken, role, takers)
    if accused is not None:
        takers = accused
        # An offensive that is charged is news of its own where there is nothing to break.
        step = step if step in FIGHTING else "breach_alleged"
    return News(
        trigger=claims[0],
        claims=claims,
        step=step_by_takers(step, takers, missing),
        role=role,
        charged=accused is not None,
        owned=role is Role.PARTY and takers == (party,) and party in scale_of(pack).armed_groups,
        takers=takers,
        figures=() if step in (*CEASEFIRE, *TALKS) else _figures(head),
        head=tuple(head),
        beside=(spoken, *next_to)[:3],
        between=step in TALKS and is_between(spoken, head, pack),
        protected=any(map(hits_protected, (*claims[:3], *titles_of(head)))),
        headline=next((c.quote for c in head if c.field == "title"), ""),
        places=places_of(claims, head, step),
        theatre=theatre_of(pack),
    )


def _attacked_by(
    step: str | None, spoken: Claim, role: Role, takers: Sequence[str]
) -> tuple[str, ...] | None:
    """Return who attacks in an offensive that only the other side tells of, else None."""
    told = step == "offensive_announced" and role is Role.PARTY and bool(takers)
    return tuple(takers) if told and spoken.attribution.party not in takers else None


def _adds(claim: Claim, head: Sequence[Claim], step: str | None) -> bool:
    """Title and summary only repeat the lead, where there is one; other subjects stay out."""
    if claim.field != "text" and any(c.field == "text" for c in head):
        return False
    if not claim.labels:
        return _speaks_for_itself(claim)
    told = {"ceasefire", "negotiation"} if step in (*CEASEFIRE, *TALKS) else set(claim.labels)
    return bool(told & set(claim.labels)) or step_of(claim) == step


def _speaks_for_itself(claim: Claim) -> bool:
    """An hour, a figure or a denial belongs to the news, whatever the model makes of its words."""
    meant = any(t.meaning is not TimeMeaning.OTHER for t in claim.times)
    return meant or bool(claim.figures) or claim.attribution.stance is Stance.DENIES


def _later(claims: Sequence[Claim], head: Sequence[Claim], step: str | None) -> list[Claim]:
    """Return what the body adds below its lead to a step: hours, talks, another speaker's word."""
    if step not in (*CEASEFIRE, *TALKS):
        return []
    known = {c.id for c in head}
    below = [c for c in claims if c.field == "text" and c.id not in known and not c.background]
    return [c for c in below if _adds(c, head, step) and c.attribution.speaker is not None]


def _voice(claims: Sequence[Claim], head: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the first sentence of the lead that has a speaker, where none of the claims has one.

    A post of which every line is the outlet's own tells its readers nothing of who says it.
    """
    if any(c.attribution.speaker is not None for c in claims):
        return ()
    spoken = (c for c in head if c.field == "text" and c.attribution.speaker is not None)
    return tuple(c for c in spoken if c.attribution.stance is Stance.ASSERTS)[:1]


def _figures(head: Sequence[Claim]) -> tuple[tuple[Figure, str | None], ...]:
    """Return the head's figures with their speakers, the first statement of each measure."""
    order = sorted(head, key=lambda c: (c.field != "text", c.start))
    found: dict[Measure, list[tuple[Figure, str | None]]] = {}
    source: dict[Measure, str] = {}
    for claim in order:
        for figure in claim.figures:
            if figure.scope is Scope.TOTAL and len(claim.figures) == 1:
                continue
            if source.setdefault(figure.measure, claim.id) == claim.id:
                found.setdefault(figure.measure, []).append((figure, claim.attribution.speaker))
    return tuple(pair for pairs in found.values() for pair in pairs)
