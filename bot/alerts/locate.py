"""Finds the event that a piece of news belongs to. Pure.

Steps of a ceasefire and of talks match by step, takers and round; breaches and incidents by place,
time, sides and words; what only follows on a step (replies, hours, acts under an agreement) goes to
the event it answers. What follows on nothing known is an event of its own, or silent.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.alerts.follow import is_denial
from bot.config import PolicySection
from bot.events.match import apart, places_of, share_place
from bot.events.news import PROTECTED, News
from bot.events.odds import EventOdds, log_odds
from bot.events.status import DOWN, Role
from bot.events.steps import (
    BREACHES,
    CEASEFIRE,
    CONSENTS,
    FIGHTING,
    NO_EVENT,
    SEQUELS,
    TALKS,
    step_of,
)
from bot.types import (
    Claim,
    ConflictState,
    Event,
    Measure,
    Scope,
    Stance,
    Status,
    TimeMeaning,
)

INCIDENTS = ("casualty", "hostilities", "violation")

#: A denial belongs to what happened within this time.
REACTION = timedelta(hours=30)
LATE_REACTION = timedelta(hours=60)
#: Reports of one step come within this time; a later one is another round.
STEP_WINDOW = timedelta(hours=48)
TALKS_WINDOW = timedelta(hours=60)
#: All likeness is in log-odds (bot/events/odds.py), and so is what speaks for it besides words.
#: A place in common tells much where few events have it, little where it is the region's name.
RARE_PLACE, ANY_PLACE = 3.3, 1.0
SAME_FIGURE, NAMED_FIGURE = 1.3, 4.0
#: So does the day of the event, where the news names it long after.
NAMED_DAY = 2.0
#: How much less alike a changed toll may be to the first report than another report of it.
TOLL_HELP = 2.6
#: A large event has more words to be like: it must be likelier by this for each doubling.
RISE = 0.3
#: The first tolls of an offensive are told as its own for a day.
OPENING = ("ended", "offensive_announced")
OPENING_WINDOW = timedelta(hours=24)
#: An event of the night may be dated to either day.
DAY_SLACK = timedelta(hours=12)
#: From so many events on a place tells none of them from another.
COMMON_PLACE = 3
#: Two proposals are one from these log-odds on, or where they name one hour to begin.
SAME_TEXT = -2.0

#: Steps that tell of the same move in other words.
SAME_MOVE = {
    "announced": ("announced", "accepted", "agreed"),
    "accepted": ("accepted", "announced", "agreed", "extended_one"),
    "agreed": ("agreed", "announced"),
    "extended": ("extended",),
    "extended_one": ("extended_one", "extended", "accepted"),
    "ended": ("ended", "offensive_announced"),
    "offensive_announced": ("ended", "offensive_announced"),
}
#: Steps of one party: another party's is another event.
OF_ONE = ("announced", "accepted", "extended_one", "suspended", "ended", "offensive_announced")


def locate(news: News, state: ConflictState, policy: PolicySection, now: datetime) -> Event | None:
    """Return the event that the news belongs to, or None."""
    if news.step in CEASEFIRE:
        return _same_step(news, state, now)
    if news.step == "offensive_announced":
        return _same_step(news, state, now) or _same_incident(news, state, policy, now)
    if news.step in TALKS:
        return _same_talks(news, state, now)
    if is_denying(news):
        return _denied(news, state, now)
    if news.step == "breach_counted":
        return _same_count(news, state, now)
    if news.step in (*SEQUELS, *NO_EVENT):
        return None
    return _same_incident(news, state, policy, now)


def is_denying(news: News) -> bool:
    """Tell whether the news is that somebody calls something untrue."""
    return news.step in ("breach_denied", "deal_denied") or news.denies


def _same_step(news: News, state: ConflictState, now: datetime) -> Event | None:
    steps = SAME_MOVE.get(news.step or "", (news.step,))
    for event in reversed(state.events):
        if event.step not in steps or now - _last_told(event, steps) > STEP_WINDOW:
            continue
        if news.step in CONSENTS and _is_of_last_round(event, state):
            continue
        if news.step == "proposed" and not _same_proposal(news, event, state.events):
            continue
        if news.step in OF_ONE and not _same_takers(news, event):
            continue
        if news.step == "agreed" and event.step != "agreed" and len(event.takers) == 1:
            continue  # one side had said yes; now both have
        return event
    return None


def _last_told(event: Event, steps: Sequence[str | None]) -> datetime:
    """Return when the step itself was last told; replies and acts under it do not count."""
    told = [c.at for c in event.claims if step_of(c) in steps]
    return max(told, default=event.first_at)


def _is_of_last_round(event: Event, state: ConflictState) -> bool:
    """Tell whether the event belongs to a halt that has been suspended or is over since."""
    ceasefire = state.ceasefire
    over = ceasefire.status in (*DOWN, Status.SUSPENDED)
    return over and ceasefire.since is not None and event.first_at < ceasefire.since


def _same_proposal(news: News, event: Event, events: Sequence[Event]) -> bool:
    known = {c.origin for c in event.claims}
    if news.trigger.origin in known or news.trigger.attribution.speaker is None:
        return True
    if _starts(news.claims) & _starts(event.claims):
        return True
    return EventOdds(news.claims[:2], events).to(event) >= SAME_TEXT


def _starts(claims: Sequence[Claim]) -> set[datetime]:
    return {t.start for c in claims for t in c.times if t.meaning is TimeMeaning.EFFECTIVE}


def _same_takers(news: News, event: Event) -> bool:
    """One side's own step is told by anybody; another side's is another step."""
    if event.step in ("agreed", "extended"):
        return True
    return not news.takers or not event.takers or bool(set(news.takers) & set(event.takers))


def _same_talks(news: News, state: ConflictState, now: datetime) -> Event | None:
    days = _talk_days(news.claims)
    for event in reversed(state.events):
        if event.step != news.step or now - event.last_at > TALKS_WINDOW:
            continue
        known = _talk_days(event.claims)
        if not days or not known or days & known:
            return event
    return None


def _talk_days(claims: Sequence[Claim]) -> set[date]:
    return {
        t.start.date() if t.start.hour < 18 else t.end.date()
        for c in claims
        for t in c.times
        if t.meaning is TimeMeaning.TALKS
    }


def _denied(news: News, state: ConflictState, now: datetime) -> Event | None:
    """Return the event that the denial is about: same place and words first, then the newest."""
    recent = [e for e in state.events if now - e.last_at <= REACTION and is_denial(news, e)]
    if news.step == "breach_denied":
        # Where a breach was alleged days ago and nothing since, it is that one.
        alleged = [e for e in state.events if e.step in BREACHES and is_denial(news, e)]
        late = [e for e in alleged if now - e.last_at <= LATE_REACTION][-1:]
        recent = [e for e in recent if _is_incident(e)] or late or recent
    elif news.step == "deal_denied":
        # What stands is denied long after it was made.
        agreed = [e for e in state.events if e.id == state.ceasefire.agreement_id]
        deals = [e for e in recent if e.step in (*CEASEFIRE, *TALKS)] or agreed
        recent = [e for e in deals if is_denial(news, e)] or recent
    if not recent:
        return None
    places = places_of(news.claims)
    armed = news.step == "breach_denied" or (news.step != "deal_denied" and _is_armed(news))
    odds = EventOdds(news.claims[:3], state.events)

    def fits(event: Event) -> float:
        shared = share_place(places, event.places)
        kind = _is_incident(event) == armed
        deal = 4 - DENIED_DEALS.index(event.step) if event.step in DENIED_DEALS else 0
        apart_by_place = bool(places and event.places and not shared)
        breach = news.step == "breach_denied" and event.step in BREACHES
        told = odds.to(event) + 4 * shared + 3 * kind + 2 * breach + deal
        return told + 3 * _freshness(event, now) - 4 * apart_by_place

    return max(recent, key=fits)


#: Of several steps of one agreement, the one that a denial about it goes to.
DENIED_DEALS = ("agreed", "extended", "accepted", "announced")


def _is_armed(news: News) -> bool:
    return bool({"casualty", "hostilities", "violation"} & set(news.trigger.labels))


def _freshness(event: Event, now: datetime) -> float:
    """Return 0..1: the nearer in time, the likelier."""
    hours = (now - event.last_at).total_seconds() / 3600
    return math.exp(-hours / 24)


def _same_count(news: News, state: ConflictState, now: datetime) -> Event | None:
    """Counts of breaches over one period are rivals; another period is another count."""
    for event in reversed(state.events):
        if event.step == "breach_counted" and now - event.last_at <= TALKS_WINDOW:
            return event
    return None


def _same_incident(
    news: News, state: ConflictState, policy: PolicySection, now: datetime
) -> Event | None:
    best: tuple[float, Event] | None = None
    ours = places_of(news.claims)
    rare = _rare_places(state, ours)
    odds = EventOdds(news.claims, state.events)
    raises, cumulative = raises_toll(news), _is_cumulative(news)
    told = raises or cumulative
    for event in state.events:
        if not _is_incident(event) or _kept_apart(news, event, policy, now):
            continue
        if cumulative and event.step not in OPENING:
            continue  # a count since the operation began is of no single strike
        if news.step in BREACHES and _is_before(event, state):
            continue
        if _other_attacker(news, event) or _other_site(news, event):
            continue
        if not told and _lie_apart(ours, event.places, rare):
            continue
        score = odds.to(event) + _place_share(ours, event.places, rare)
        score += SAME_FIGURE * _same_figures(news, event) + NAMED_FIGURE * _says_update(news, event)
        score += NAMED_DAY * _names_its_day(news, event)
        needed = log_odds(policy.join_threshold) + RISE * math.log2(min(len(event.entry_ids), 32))
        if raises and _is_known_toll(news, event):
            needed -= TOLL_HELP
        if event.step in OPENING and now - event.first_at <= OPENING_WINDOW and told:
            needed -= TOLL_HELP
        if score >= needed and (best is None or score > best[0]):
            best = (score, event)
    return best[1] if best else None


def rival_account(news: News, state: ConflictState, now: datetime) -> Event | None:
    """Return the incident of which one of those concerned gives an account of its own.

    "Their men fired first", "six shells and not two": whoever is said to attack, it is one event
    where the place is one that few events have.
    """
    if news.role is not Role.PARTY or news.step not in (*BREACHES, *FIGHTING, "breach_denied"):
        return None
    ours = places_of(news.claims)
    rare = _rare_places(state, ours)
    own = bool(news.takers) and news.takers == (news.trigger.attribution.party,)

    def is_it(event: Event) -> bool:
        placed = share_place(ours & rare, [p for p in event.places if p in rare])
        return placed or (own and not ours & rare and event.takers == news.takers)

    known = [
        event
        for event in state.events
        if _is_incident(event)
        and now - event.last_at <= REACTION
        and any(c.origin != news.trigger.origin for c in event.claims)
        and is_it(event)
    ]
    if not known:
        return None
    odds = EventOdds(news.claims, state.events)
    return max(known, key=odds.to)


def answers_charge(news: News) -> bool:
    """Tell whether the news denies something beside what it tells of its own."""
    return news.step == "breach_denied" or any(
        c.attribution.stance is Stance.DENIES for c in news.claims
    )


def _other_attacker(news: News, event: Event) -> bool:
    """Tell whether another party is said to attack: roles swapped are another event."""
    ours, theirs = set(news.takers), set(event.takers)
    return bool(ours and theirs) and not ours & theirs


def _other_site(news: News, event: Event) -> bool:
    """Tell whether a hospital, a camp or a convoy is hit of which the event knows nothing."""
    return news.protected and not any(PROTECTED.search(c.quote) for c in event.claims)


def _rare_places(state: ConflictState, ours: set[str]) -> frozenset[str]:
    """Return the places that tell one event of this conflict from another.

    The region that every report names tells nothing; a village does.
    """
    counts = Counter(p for e in state.events for p in set(e.places))
    return frozenset(p for p in (*ours, *counts) if counts[p] < COMMON_PLACE)


def _place_share(ours: set[str], theirs: Sequence[str], rare: frozenset[str]) -> float:
    """Return what places in common add to the likeness: much for a rare one, little for a region."""
    if share_place(ours & rare, [p for p in theirs if p in rare]):
        return RARE_PLACE
    return ANY_PLACE * share_place(ours, theirs)


def _lie_apart(ours: set[str], theirs: Sequence[str], rare: frozenset[str]) -> bool:
    """Tell whether both name places of their own, and none in common."""
    own, known = ours & rare, [p for p in theirs if p in rare]
    return bool(own and known) and not share_place(own, known)


#: Words of a figure that is no longer the first one.
_RISE = re.compile(
    r"\b(?:tolls?|number of (?:\w+ ){0,3}(?:dead|deaths|killed|victims|people)|dead|deaths|wounded)\b"
    r"[^.;]{0,90}?\b(?:ris(?:es|en|ing)|rose|climb\w*|go(?:es|ne)? up|went up|doubl\w+|reach\w*|up from|"
    r"jump\w*|soar\w*|surg\w*|pass(?:es|ed)?|top(?:s|ped)|exceed\w*|grow\w*|grew|now stands?|increas\w+|to \d+)\b"
    r"|\b(?:up|down) from \w+|\bbring\w* (?:the )?(?:toll|number)",
    re.IGNORECASE,
)


def raises_toll(news: News) -> bool:
    """Tell whether the news is that a known toll has changed."""
    before = any(f.previous is not None for f, _ in news.figures)
    return before or news.step == "toll" or any(_RISE.search(c.quote) for c in news.beside[:2])


def _is_known_toll(news: News, event: Event) -> bool:
    """Tell whether the event has a first figure that the news can have changed."""
    measures = {f.measure for f, _ in news.figures}
    return any(f.measure in measures for c in event.claims for f in c.figures)


def _kept_apart(news: News, event: Event, policy: PolicySection, now: datetime) -> bool:
    """Tell whether place or time keep news and event apart, whatever their words."""
    gate = apart(news.claims, event, now)
    if gate == "other_day":
        # "Rose on Thursday" dates the count, not the strike.
        return not (raises_toll(news) and now - event.last_at <= policy.event_window)
    if gate == "too_long_after":
        rising = raises_toll(news) and now - event.last_at <= policy.event_window
        return not (rising or _names_its_day(news, event)) or _is_elsewhere(news, event)
    return gate is not None


def _is_cumulative(news: News) -> bool:
    scopes = {f.scope for f, _ in news.figures if f.measure is Measure.KILLED}
    return bool(scopes) and Scope.INCIDENT not in scopes


def _is_before(event: Event, state: ConflictState) -> bool:
    """Tell whether the event lies before the present ceasefire stood: it broke none."""
    began = [c.at for c in state.ceasefire.history if c.new is Status.IN_FORCE]
    return bool(began) and event.first_at < began[-1]


def _is_elsewhere(news: News, event: Event) -> bool:
    places = places_of(news.claims)
    return bool(places and event.places) and not share_place(places, event.places)


def _names_its_day(news: News, event: Event) -> bool:
    """Tell whether the news dates what it tells on the day of the event: "the strikes of 7 May"."""
    began = event.first_at
    return any(
        span.start - DAY_SLACK <= began <= span.end + DAY_SLACK
        for claim in news.claims[:2]
        for span in claim.times
        if span.start < claim.at - timedelta(days=1)
    )


def _is_incident(event: Event) -> bool:
    offensive = event.step in ("ended", "offensive_announced")
    return (event.kind in INCIDENTS and event.step != "breach_counted") or offensive


def _same_figures(news: News, event: Event) -> bool:
    known = {(f.measure, f.low, f.high) for c in event.claims for f in c.figures}
    return any((f.measure, f.low, f.high) in known for f, _ in news.figures)


def _says_update(news: News, event: Event) -> bool:
    """Tell whether "up from nine" names a figure of the event."""
    known = {(f.measure, f.low) for c in event.claims for f in c.figures}
    return any(f.previous and (f.measure, f.previous) in known for f, _ in news.figures)


#: Conditions put in talks, and demands of an offensive, where nothing else is on the table.
LAST_ANSWERED = ("talks_broken_off", "talks_announced", "talks_ended", "offensive_announced")
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
#: A reply to a proposal comes within this time.
REPLY_WINDOW = timedelta(days=7)


def answered_event(
    news: News, state: ConflictState, policy: PolicySection, now: datetime
) -> Event | None:
    """Return the event that a sequel, reply or reaction of those concerned belongs to."""
    # What is done under an agreement is done, whoever tells of it; those who do not want to be
    # named speak for their side, too.
    speaks = news.role not in (Role.OUTLET, Role.OTHER) or news.trigger.attribution.party
    if not speaks and news.step != "carried_out":
        return None
    step = news.step or _reply_step(news)
    if step in BY_WORDS and _replies(news, state):
        step = "conditional"
    steps = ANSWERED.get(step)
    if steps is None:
        return None
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
        return None
    odds = EventOdds(news.claims[:3], state.events)

    def fits(event: Event) -> float:
        fresh = (2 if step in late else 6) * _freshness(event, now)
        told = odds.to(event) + fresh + NAMES_SPEAKER * _names_speaker(news, event)
        return told - 2 * steps.index(event.step or "")

    best = max(known, key=fits)
    return best if step not in BY_WORDS or odds.to(best) >= ABOUT else None


def _replies(news: News, state: ConflictState) -> bool:
    """Tell whether a party names its price while an offer lies on the table."""
    return news.role is Role.PARTY and state.ceasefire.status is Status.PROPOSED


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
