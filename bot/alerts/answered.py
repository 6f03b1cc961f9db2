"""Finds the event that a denial, reply, hour or act under an agreement belongs to. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.alerts.follow import is_denial
from bot.alerts.incident import (
    INCIDENTS,
    REACTION,
    is_incident,
    rare_places,
    same_figures,
)
from bot.config import PolicySection
from bot.events.match import share_place
from bot.events.news import News, hits_protected
from bot.events.odds import EventOdds
from bot.events.status import Role
from bot.events.steps import BREACHES, CEASEFIRE, EXTENSION, TALKS
from bot.types import ConflictState, Event, SpeakerKind, Stance, Status

LATE_REACTION = timedelta(hours=60)


def denied_event(news: News, state: ConflictState, now: datetime) -> Event | None:
    """Return the event that the denial is about: same place and words first, then the newest."""
    places = set(news.places)
    recent = _deniable(news, state, places, now)
    if not recent:
        return None
    armed = news.step == "breach_denied" or (news.step != "deal_denied" and _is_armed(news))
    odds = EventOdds(news.claims[:3], state.events)

    def fits(event: Event) -> float:
        shared = share_place(places, event.places)
        kind = is_incident(event) == armed
        deal = 4 - DENIED_DEALS.index(event.step) if event.step in DENIED_DEALS else 0
        apart_by_place = bool(places and event.places and not shared)
        breach = news.step == "breach_denied" and event.step in BREACHES
        told = odds.to(event) + 4 * shared + 3 * kind + 2 * breach + deal
        return told + 3 * _freshness(event, now) - 4 * apart_by_place

    return max(recent, key=fits)


def _deniable(news: News, state: ConflictState, places: set[str], now: datetime) -> Sequence[Event]:
    """Return the events among which the one denied is: those of its sort where there are any."""
    asserted = [e for e in state.events if is_denial(news, e)]
    recent = [e for e in asserted if now - e.last_at <= REACTION]
    meant = [e for e in recent if _is_meant(news, e)]
    if meant:
        return meant
    rare = rare_places(state, places)
    there = [
        e
        for e in recent
        if is_incident(e) and share_place(places & rare, [p for p in e.places if p in rare])
    ]
    if there and any(set(INCIDENTS) & set(c.labels) for c in news.claims[:2]):
        # Shots at a place that few events have are denied there, whatever the words of the denial.
        return there
    if news.step == "breach_denied":
        # Where a breach was alleged days ago and nothing since, it is that one.
        late = [e for e in asserted if e.step in BREACHES and now - e.last_at <= LATE_REACTION]
        return [e for e in recent if is_incident(e)] or late[-1:] or recent
    if news.step != "deal_denied":
        return recent
    deals = [e for e in recent if e.step in (*CEASEFIRE, *TALKS)]
    if deals:
        return [*deals, *there]
    # What stands is denied long after it was made.
    return there or [e for e in asserted if e.id == state.ceasefire.agreement_id] or recent


def _is_meant(news: News, event: Event) -> bool:
    """Tell whether the denial says which: "not 14 breaches", "no shot fell on the hospital"."""
    counted = event.step == "breach_counted" and same_figures(news, event)
    hit = is_incident(event) and any(hits_protected(c) for c in event.claims)
    return counted or (news.protected and hit)


#: Of several steps of one agreement, the one that a denial about it goes to.
DENIED_DEALS = ("agreed", "extended", "accepted", "announced")


def _is_armed(news: News) -> bool:
    return bool({"casualty", "hostilities", "violation"} & set(news.trigger.labels))


def _freshness(event: Event, now: datetime) -> float:
    """Return 0..1: the nearer in time, the likelier."""
    hours = (now - event.last_at).total_seconds() / 3600
    return math.exp(-hours / 24)


#: Conditions put in talks, and demands of an offensive, where nothing else is on the table.
LAST_ANSWERED = (
    "talks_broken_off",
    "talks_announced",
    "talks_ended",
    "offensive_announced",
    "suspended",
)
#: To which steps a sequel answers, the likeliest first.
ANSWERED = {
    "conditional": ("proposed", "extended_one", "accepted", "announced", "agreed", *LAST_ANSWERED),
    "rejected": ("extended_one", "accepted", "proposed", "announced", "agreed", *LAST_ANSWERED),
    "deal_denied": ("agreed", "accepted", "announced", "talks_broken_off", "proposed", "extended"),
    "start_set": ("agreed", "accepted", "announced", "extended"),
    "carried_out": ("agreed", "extended", "accepted", "announced", "effective"),
    "holds": ("effective", "agreed", "extended"),
    "breach_alleged": ("agreed", "accepted", "announced"),
    "accepted": ("agreed", "proposed"),
    "agreed": ("agreed", "accepted"),
    "proposed": ("proposed", "agreed"),
    "effective": ("effective", "agreed"),
    "talks": ("proposed", "talks_announced", "talks_ended"),
    "talks_broken_off": ("talks_announced", "suspended", "ended"),
    "talks_announced": ("agreed", "talks_ended", "proposed"),
    "talks_ended": ("agreed", "talks_announced", "proposed"),
    # What those concerned intend or demand of each other, where it is about an agreement of theirs.
    "floated": ("agreed", "extended", "proposed", "accepted"),
    "called_for": ("agreed", "extended", "proposed"),
    "threat": ("agreed", "extended", "suspended", "proposed"),
}
#: Steps that are about an event only where their words are.
BY_WORDS = ("floated", "called_for", "threat")
#: Log-odds from which they are.
ABOUT = -3.0
NAMES_SPEAKER = 3.0
#: Log-odds from which words are about an event whose kind of reply they are not read as.
PLAINLY_ABOUT = -2.0
NOT_ABOUT = ("called_for", "history", "opinion")
#: What a halt that is suspended waits for is about the suspension.
WAITED_FOR = 12.0
#: What anybody can tell of.
ACTS = ("carried_out", "talks", *TALKS)
#: Those who hold an office, and those who would not be named.
OFFICES = (SpeakerKind.OFFICIAL, SpeakerKind.MILITARY, SpeakerKind.PARTY, SpeakerKind.ANONYMOUS)
#: A reply to a proposal comes within this time.
REPLY_WINDOW = timedelta(days=7)


def answered_event(
    news: News, state: ConflictState, policy: PolicySection, now: datetime
) -> Event | None:
    """Return the event that a sequel, reply or reaction of those concerned belongs to."""
    # What is done under an agreement or becomes of talks is so, whoever tells of it.
    named = news.role not in (Role.OUTLET, Role.OTHER) or news.trigger.attribution.party
    if not named and not _is_bare_office(news) and news.step not in ACTS:
        return None
    step = news.step or _reply_step(news)
    if step in BY_WORDS and _replies(news, state):
        step = "conditional"
    steps = ANSWERED.get(step)
    if steps and step == "conditional" and EXTENSION.search(news.trigger.quote):
        steps = ("extended", *steps)
    if steps is None:
        return _spoken_of(news, state, now)
    round_began = _round_began(state)
    late = ("start_set", "carried_out", *BY_WORDS)
    window = policy.ceasefire_window if step in late else REPLY_WINDOW
    known = [
        e
        for e in state.events
        if e.alert_id is not None
        and e.step in steps
        and (now - e.first_at <= window or e.id == state.ceasefire.agreement_id)
        and (round_began is None or e.first_at >= round_began)
    ]
    if not known:
        return _spoken_of(news, state, now)
    odds = EventOdds(news.claims[:3], state.events)

    def fits(event: Event) -> float:
        fresh = (2 if step in late else 6) * _freshness(event, now)
        told = odds.to(event) + fresh + NAMES_SPEAKER * _names_speaker(news, event)
        told += WAITED_FOR * (event.step == "suspended" and event.id == state.ceasefire.event_id)
        return told - 2 * steps.index(event.step or "")

    best = max(known, key=fits)
    return best if step not in BY_WORDS or odds.to(best) >= ABOUT else None


def _spoken_of(news: News, state: ConflictState, now: datetime) -> Event | None:
    """Return the event that words of those concerned are plainly about, however they are read."""
    if news.role not in (Role.PARTY, Role.BOTH, Role.MEDIATOR) or news.step in NOT_ABOUT:
        return None
    known = [
        e
        for e in state.events
        if e.alert_id is not None and now - e.last_at <= REPLY_WINDOW and _is_of_its_sort(news, e)
    ]
    odds = EventOdds(news.claims[:3], state.events)
    best = max(known, key=lambda e: odds.to(e) + 3 * _freshness(e, now), default=None)
    return best if best is not None and odds.to(best) >= PLAINLY_ABOUT else None


def _is_of_its_sort(news: News, event: Event) -> bool:
    """Tell whether more than the speaker is shared: the subject, or of an incident its place."""
    if is_incident(event):
        return share_place(news.places, event.places) or same_figures(news, event)
    return bool({"ceasefire", "negotiation"} & {label for c in news.claims for label in c.labels})


def _is_bare_office(news: News) -> bool:
    """Tell whether an office without its owner speaks: it does so for a side of the sentence."""
    a = news.trigger.attribution
    bare = a.speaker is not None and not any(c.isupper() for c in a.speaker)
    # What is asked of both may be asked by a council of churches.
    return bare and a.speaker_kind in OFFICES and news.step not in BY_WORDS


def _replies(news: News, state: ConflictState) -> bool:
    """Tell whether a party names its price while an offer or the other's yes is on the table."""
    if news.role is not Role.PARTY or news.trigger.attribution.party is None:
        return False
    said = {d.by for d in state.ceasefire.declarations if d.party}
    own = news.trigger.attribution.party in said
    status = state.ceasefire.status
    return status is Status.PROPOSED or (status is Status.ANNOUNCED and not own)


def _names_speaker(news: News, event: Event) -> bool:
    """Tell whether the news names whose step it answers: "the plan of President Orsova"."""
    speaker = event.claims[0].attribution.speaker or ""
    name = re.findall(r"[A-Z][\w’'-]{3,}", speaker)[-1:]
    said_by = news.trigger.attribution.speaker or ""
    return bool(name) and name[0] not in said_by and name[0] in news.trigger.quote


def _reply_step(news: News) -> str:
    """Return what words on talks or a halt are that state no step: a reply, unless a threat."""
    if news.denies:
        return "deal_denied"
    labels = {label for c in news.claims[:2] for label in c.labels}
    spoken = {"ceasefire", "negotiation"} & labels
    threat = news.trigger.attribution.stance is Stance.WARNS
    return "conditional" if spoken and not threat else "none"


def _round_began(state: ConflictState) -> datetime | None:
    """Return when the present round began: when the last ceasefire was down for the last time."""
    down = (Status.ENDED, Status.LAPSED, Status.NONE)
    moves: Iterable[datetime] = (
        change.at for change in reversed(state.ceasefire.history) if change.old in down
    )
    return next(iter(moves), None)
