"""Applies a step to a ceasefire record: declaration, status, times, history. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.events.agreement import is_partial, new_round, with_details
from bot.events.meant_times import with_meant_times
from bot.events.news import News
from bot.events.roles import role_of
from bot.events.status import COMING, DOWN, Move, Role, is_stale, next_status
from bot.events.step_words import EXTENDING
from bot.events.steps import BREACHES, CEASEFIRE, step_of
from bot.events.takers import JOINT, is_of_both_sides
from bot.events.taking_up import disputes, says
from bot.events.terms import (
    A_DAY,
    first_time,
    names_day,
    start_after_signing,
    stated_expiry,
    stated_start,
    stated_term,
)
from bot.packs import Pack
from bot.types import (
    Ceasefire,
    Claim,
    Declaration,
    Status,
    StatusChange,
    TimeMeaning,
)

ACTS = {
    "proposed": "proposes",
    "accepted": "accepts",
    "announced": "announces",
    "agreed": "agrees",
    "effective": "reports_start",
    "extended": "extends",
    "extended_one": "extends",
    "suspended": "suspends",
    "ended": "ends",
    "rejected": "rejects",
    "offensive_announced": "ends",
}

#: Those whose hour is that of both.
AGREEING = (Role.MEDIATOR, Role.BOTH)
#: Steps that set a start, and a length that counts from it.
STARTING = ("agreed", "accepted", "announced", "effective", "start_set")
#: Steps with which a round may begin.
OPENING = ("proposed", "accepted", "announced", "agreed", "effective")
#: Steps whose reports say what was agreed.
DESCRIBING = ("proposed", "accepted", "announced", "agreed", "effective", "extended")
#: A sentence that states one of these speaks of terms that nobody has agreed to.
UNSETTLED = ("proposed", "floated", "called_for", "conditional", "rejected", "rumoured", "history")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A record after a step, and the status change if there was one."""

    ceasefire: Ceasefire
    change: StatusChange | None = None


def apply_step(
    news: News,
    ceasefire: Ceasefire,
    pack: Pack,
    claims: Sequence[Claim],
    now: datetime,
    *,
    told_again: bool = False,
) -> Moved:
    """Return the record after the news: every declaration is kept, only table moves move it.

    Args:
        told_again: the news tells more of a step that is known; hours and lengths in a report of
            something else are none of this ceasefire's.
    """
    step = news.step
    if step is None or (news.charged and step not in BREACHES):
        return Moved(ceasefire=ceasefire)
    judged = _judged(news, ceasefire, now)
    # Of three parties two are allies; a pack names the one first that stands against them.
    allied = len(pack.parties) > 2 and not (step in JOINT and is_of_both_sides(news.head))
    alone = pack.parties[0].id if allied else None
    move = next_status(judged, step, news.role, _speaking(news), alone)
    anew = judged.status is Status.SUSPENDED and move and move.after is Status.ANNOUNCED
    if move and (anew or judged.status in DOWN) and move.after is not Status.EXTENDED:
        # A new round knows nothing of the last one's times and declarations.
        ceasefire = new_round(ceasefire)
    record = _declared(news, ceasefire, now)
    # An extension told again extends nothing more.
    own = step == "start_set" or (step == "agreed" and ceasefire.status in COMING)
    heard = told_again or step == "end_set" or (own and news.role not in (Role.OUTLET, Role.OTHER))
    # What somebody of no weight tells again sets no other hour than the one agreed on.
    weighs = news.role is not Role.OTHER or ceasefire.effective_at is None
    rival = _states_rival_hour(news)
    heard = heard and weighs and not (rival and news.role not in AGREEING)
    restated = heard and judged.status not in DOWN and step not in EXTENDING
    if step in (*CEASEFIRE, "start_set") and (move or restated):
        # Headlines and summaries give an hour without its zone.
        order = sorted(claims, key=lambda c: c.field != "text")
        settled = [with_meant_times(c) for c in order if is_settled(c)]
        if rival:
            # A mediator answers one side's hour: only his own words set one.
            settled = [c for c in settled if role_of(c, pack) in AGREEING]
        record = _reconciled(record, _with_terms(record, step, settled, now), step, now)
    moved = Moved(ceasefire=record) if move is None else _moved(record, move, news, now)
    if step not in DESCRIBING or not (move or restated):
        return moved
    described = with_details(moved.ceasefire, news.claims, news.takers, pack, now)
    return replace(moved, ceasefire=described)


def _judged(news: News, ceasefire: Ceasefire, now: datetime) -> Ceasefire:
    """Return the record that a step is judged against: none of a round that has gone stale."""
    if news.step in OPENING and (
        is_stale(ceasefire, now) or _is_another_agreement(news, ceasefire, now)
    ):
        return replace(ceasefire, status=Status.NONE, declarations=())
    same = _is_same_halt(news, ceasefire)
    return ceasefire if same else replace(ceasefire, declarations=())


#: An agreement without an hour of which nobody has seen a start for so long has come to nothing.
UNSEEN = timedelta(days=7)


def _is_another_agreement(news: News, ceasefire: Ceasefire, now: datetime) -> bool:
    """Tell whether a halt of a length of its own is agreed on, after one that never began."""
    waiting = ceasefire.status is Status.AGREED and ceasefire.effective_at is None
    joint = news.step == "agreed" and news.role in AGREEING
    unseen = 2 * A_DAY if says(news, _FRESH) else UNSEEN
    if not (waiting and joint and ceasefire.since and now - ceasefire.since > unseen):
        return False
    told = max((d.at for d in ceasefire.declarations if d.act == "agrees"), default=ceasefire.since)
    length = stated_term(c.quote for c in news.claims if is_settled(c))
    return length is not None and now - told > 2 * A_DAY


def _speaking(news: News) -> tuple[str, ...]:
    """Return the takers whose yes it is: one side speaks for itself, also where it names both."""
    party = news.trigger.attribution.party
    alone = news.role is Role.PARTY and party and len(news.takers) > 1
    return (str(party),) if alone else news.takers


def _is_same_halt(news: News, ceasefire: Ceasefire) -> bool:
    """Tell whether one side's own halt can join the other's: both whole, or both in part."""
    partial, known = is_partial(news.claims), "partial" in ceasefire.forms
    if news.step == "accepted":
        return known or not partial  # who accepts "the truce of Tuesday" does not say again of what
    return news.step != "announced" or partial == known


def _states_rival_hour(news: News) -> bool:
    """Tell whether one side's hour stands beside the agreed one: "at six and not at midnight"."""
    return disputes(news) or says(news, _OTHER_HOUR)


#: A halt that is called another one.
_FRESH = re.compile(
    r"\b(?:fresh|new|another|second|further|renewed) (?:[\w-]+ ){0,2}?"
    r"(?:truce|cease-?\s?fire|pause|lull|halt|armistice)\b",
    re.IGNORECASE,
)
#: "Names a later hour", "one hour after the time given in Orvel".
_OTHER_HOUR = re.compile(
    r"\b(?:another|later|earlier|different|rival) (?:hour|(?:start(?:ing)? )?time)\b"
    r"|\b(?:hours?|minutes?) (?:after|before|later than|earlier than|behind|ahead of)"
    r" the (?:time|hour|one)\b"
    r"|\b(?:hours?|minutes?|half) (?:later|earlier) than\b"
    r"|\bnot (?:from|at) (?:\d|noon|midday|midnight|(?:one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve)\b(?! (?:posts?|points?|places|towns|villages)))",
    re.IGNORECASE,
)
#: A halt that was: its length and its end are none of this one's.
_FORMER = re.compile(
    r"\b(?:earlier|previous|prior|former)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:truces?|cease-?\s?fires?|pauses?|lulls?|halts?|armistice|agreements?)\b"
    r"|\b(?:an?|the) (?:first|last) (?:[\w-]+ ){0,2}?(?:truce|cease-?\s?fire|pause|lull|halt)\b"
    r"[^.;]{0,50}?\b(?:last (?:week|month|year)|(?:ran|has run) out|expired|lapsed|collapsed"
    r"|not (?:been )?(?:renewed|prolonged|extended))\b",
    re.IGNORECASE,
)


def is_settled(claim: Claim) -> bool:
    """Tell whether a sentence may state hours and lengths of this halt."""
    former = _FORMER.search(claim.quote) is not None
    step = step_of(claim)
    ahead = step == "history" and any(span.start > claim.at for span in claim.times)
    return claim.background is None and not former and (ahead or step not in UNSETTLED)


def _declared(news: News, ceasefire: Ceasefire, now: datetime) -> Ceasefire:
    """Keep what those concerned declared: each party's own step, or a mediator's word."""
    act = ACTS.get(news.step or "")
    speaker = news.trigger.attribution.speaker
    if act is None or news.role in (Role.OUTLET, Role.OTHER):
        return ceasefire
    party = news.trigger.attribution.party
    by = _speaking(news) or ((party,) if party else ())
    made = tuple(
        Declaration(by=side, party=True, act=act, at=now, claim_id=news.trigger.id) for side in by
    )
    if not made and speaker is not None:
        made = (Declaration(by=speaker, act=act, at=now, claim_id=news.trigger.id),)
    return replace(ceasefire, declarations=(*ceasefire.declarations, *made)[-20:])


#: A start agreed on cannot lie this far back; a day alone was read as the last one.
PAST = timedelta(hours=12)
WEEK = timedelta(days=7)
#: No halt is agreed on for less than this; what seems to be its end is something else.
SHORTEST = timedelta(hours=1)


def _ahead(
    claims: Sequence[Claim], known: datetime | None, step: str, now: datetime
) -> datetime | None:
    """Return the stated start, put ahead where it was read as gone by; None where none is.

    "On Friday" is the coming Friday, "at 15:00" the next such hour.
    """
    start = stated_start(claims, known)
    span = first_time(claims, TimeMeaning.EFFECTIVE)
    dayless = span is not None and not names_day(span)
    ahead = known is not None and known >= now
    if start and known and dayless and ahead and (start - known) % A_DAY == timedelta(0):
        return known  # "fall silent at 2 a.m. that day": the known hour in other words
    if start is None or step == "effective" or start >= now - PAST:
        return start
    again = start + (A_DAY if dayless else WEEK)
    return again if again >= now - PAST else None


def _with_terms(record: Ceasefire, step: str, claims: Sequence[Claim], now: datetime) -> Ceasefire:
    """Take over start and end as an agreement, a start or an extension states them."""
    if step == "end_set":
        return replace(record, expires_at=stated_expiry(claims, record.expires_at))
    if step not in (*STARTING, *EXTENDING):
        return record
    effective, extended = record.effective_at, step in EXTENDING
    stated = stated_term(c.quote for c in claims)
    # A length counts from the stated start, and is remembered until that is known.
    term = stated if stated or record.expires_at else record.term
    if step in STARTING:
        effective = _ahead(claims, effective, step, now) or effective
        effective = effective or start_after_signing(claims)
        begins = effective
    else:
        begins = record.expires_at
    if step == "start_set":
        return replace(record, effective_at=effective)
    counted = begins + term if term is not None and begins is not None else None
    known = record.expires_at
    if known and counted and not extended and abs(counted - known) < A_DAY:
        counted = known  # "a four-day truce", of one that ends on the fourth evening
    expiry = stated_expiry(claims, known, counted=counted, extended=extended) or counted
    if expiry is not None and expiry < max(now, (effective or now) + SHORTEST):
        # What has run out before it was agreed, or a minute later, is the end of something else.
        expiry = None
    if extended and counted and expiry == record.expires_at:
        expiry = counted  # "by 30 days; it was to run out on Saturday"
    if step == "extended":
        # Whoever prolongs a halt without naming another day leaves its end open.
        expires = expiry if expiry != record.expires_at else None
    else:
        expires = expiry or record.expires_at
    if expires is not None and effective is not None and expires < effective + SHORTEST:
        expires = None  # an end that was read before the start was known, and is that start
    return replace(
        record, effective_at=effective, expires_at=expires, term=None if expires else term
    )


def _reconciled(known: Ceasefire, told: Ceasefire, step: str, now: datetime) -> Ceasefire:
    """Return the record with what a report tells anew of terms that are known.

    A report of a start tells what was seen from when till when, and no other end than the one
    agreed on; a yes told in the afternoon does not move the start from next week to this noon.
    """
    agreed = known.status in (*COMING, Status.ANNOUNCED)
    if step == "effective" and agreed:
        term = known.term if known.expires_at is None else None
        if term is not None and told.effective_at is not None:
            return replace(told, expires_at=told.effective_at + term, term=None)
        return replace(told, expires_at=known.expires_at, term=known.term)
    if step == "effective" and known.expires_at is not None:
        return replace(told, expires_at=known.expires_at)  # a start told again sets no other end
    past = told.effective_at is not None and told.effective_at <= now
    ahead = known.effective_at is not None and known.effective_at > now
    if past and ahead and step != "start_set":
        return replace(told, effective_at=known.effective_at, expires_at=known.expires_at)
    return told


def _moved(record: Ceasefire, move: Move, news: News, now: datetime) -> Moved:
    speaker = news.trigger.attribution.speaker or news.trigger.outlet_name
    change = StatusChange(
        conflict=record.conflict,
        old=record.status,
        new=move.after,
        at=now,
        reason=move.reason,
        claim_ids=(news.trigger.id,),
        by=speaker,
    )
    return Moved(
        ceasefire=replace(
            record,
            status=move.after,
            since=now,
            by=speaker,
            history=(*record.history[-49:], change),
        ),
        change=change,
    )
