"""Finds the event that a piece of news belongs to. Pure.

Steps of a ceasefire and of talks match by step and round; breaches and incidents match by place,
time, sides and words. What follows up on nothing known is either an event of its own or silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.alerts.follow import is_denial
from bot.config import PolicySection
from bot.events.match import apart, similarity
from bot.events.news import CEASEFIRE, TALKS, News
from bot.types import Claim, ConflictState, Event, Stance, TimeMeaning

BREACHES = ("violation",)
INCIDENTS = ("casualty", "hostilities", "violation")

#: A denial, condition or reaction belongs to what happened within this time.
REACTION = timedelta(hours=30)
#: Reports of one step come within this time; a later one is another round.
STEP_WINDOW = timedelta(hours=48)
TALKS_WINDOW = timedelta(hours=60)

#: Steps that tell of the same move in other words.
SAME_MOVE = {
    "announced": ("announced", "accepted", "agreed"),
    "accepted": ("accepted", "announced", "agreed"),
    "agreed": ("agreed", "announced"),
    "offensive_announced": ("ended", "offensive_announced"),
}


def locate(news: News, state: ConflictState, policy: PolicySection, now: datetime) -> Event | None:
    """Return the event that the news belongs to, or None."""
    if news.step in CEASEFIRE:
        return _same_step(news, state, now)
    if news.step in TALKS:
        return _same_talks(news, state, now)
    if news.step == "breach_denied" or news.trigger.attribution.stance is Stance.DENIES:
        return _denied(news, state, now)
    return _same_incident(news, state, policy, now)


def _same_step(news: News, state: ConflictState, now: datetime) -> Event | None:
    steps = SAME_MOVE.get(news.step or "", (news.step,))
    for event in reversed(state.events):
        if event.step in steps and now - event.last_at <= STEP_WINDOW:
            if news.step == "proposed" and not _same_proposer(news, event):
                continue
            if news.step in ("accepted", "announced") and not _same_side(news, event):
                continue
            return event
    return None


def _same_proposer(news: News, event: Event) -> bool:
    known = {c.origin for c in event.claims}
    return news.trigger.origin in known or news.trigger.attribution.speaker is None


def _same_side(news: News, event: Event) -> bool:
    """One side's own acceptance is told by its own people; another side's is another step."""
    party = news.trigger.attribution.party
    parties = {c.attribution.party for c in event.claims if c.attribution.party}
    return party is None or not parties or party in parties or event.step == "agreed"


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
    """Return the newest event that the denial can be about: same place first, same subject."""
    recent = [e for e in reversed(state.events) if now - e.last_at <= REACTION]
    contested = [e for e in recent if is_denial(news, e)]
    places = {p for c in news.claims for p in c.places}
    breach = news.step == "breach_denied" or "violation" in news.trigger.labels
    fitting = [e for e in contested if (e.kind in INCIDENTS) == (breach or _armed(news))]
    for event in (*fitting, *contested):
        if places and set(event.places) & places and event.kind in INCIDENTS:
            return event
    chosen: Event | None = next(iter((*fitting, *contested)), None)
    return chosen


def _armed(news: News) -> bool:
    return bool({"casualty", "hostilities"} & set(news.trigger.labels))


def _same_incident(
    news: News, state: ConflictState, policy: PolicySection, now: datetime
) -> Event | None:
    best: tuple[float, Event] | None = None
    for event in state.events:
        if event.kind not in INCIDENTS or apart(news.claims, event, now):
            continue
        score = similarity(news.claims, event, state.events)
        score += 0.15 * bool(set(event.places) & {p for c in news.claims for p in c.places})
        score += 0.1 * _same_figures(news, event) + 0.2 * _says_update(news, event)
        # A large event has more words to be like; it must be likelier, too.
        needed = policy.join_threshold + 0.02 * min(len(event.entry_ids), 10) - 0.2
        if score >= needed and (best is None or score > best[0]):
            best = (score, event)
    return best[1] if best else None


def _same_figures(news: News, event: Event) -> bool:
    known = {(f.measure, f.low, f.high) for c in event.claims for f in c.figures}
    return any((f.measure, f.low, f.high) in known for f, _ in news.figures)


def _says_update(news: News, event: Event) -> bool:
    """Tell whether "up from nine" names a figure of the event."""
    known = {(f.measure, f.low) for c in event.claims for f in c.figures}
    return any(f.previous and (f.measure, f.previous) in known for f, _ in news.figures)
