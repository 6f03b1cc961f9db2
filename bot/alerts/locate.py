"""Finds the event that a piece of news belongs to. Pure.

Steps of a ceasefire and of talks match by step, takers and round; breaches and incidents by place,
time, sides and words; what only follows on a step (replies, hours, acts under an agreement) goes to
the event it answers. What follows on nothing known is an event of its own, or silent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.alerts.bearing import denied_event, is_another
from bot.alerts.follow import is_denying
from bot.alerts.incident import counted_opening, same_incident
from bot.config import PolicySection
from bot.events.agreement import SEPARATE
from bot.events.news import News
from bot.events.odds import EventOdds
from bot.events.status import DOWN, Role
from bot.events.step_words import CONSENTS
from bot.events.steps import (
    CEASEFIRE,
    NO_EVENT,
    SEQUELS,
    TALKS,
    TALKS_OVER,
    step_of,
)
from bot.events.taking_up import TAKING_UP, disputes, says
from bot.events.terms import names_day
from bot.types import (
    Claim,
    ConflictState,
    Event,
    Precision,
    Status,
    TimeMeaning,
    TimeSpan,
)

#: Reports of one step come within this time; a later one is another round.
STEP_WINDOW = timedelta(hours=48)
TALKS_WINDOW = timedelta(hours=60)
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
#: An end and an offensive in its place are told together.
ENDS = ("ended", "offensive_announced")
SAME_HOUR = timedelta(hours=12)
#: Steps of one party: another party's is another event.
OF_ONE = ("announced", "accepted", "extended_one", "suspended", "ended", "offensive_announced")


def locate(news: News, state: ConflictState, policy: PolicySection, now: datetime) -> Event | None:
    """Return the event that the news belongs to, or None."""
    if news.step in CEASEFIRE:
        return _same_step(news, state, now)
    if news.step == "offensive_announced":
        return _same_step(news, state, now) or _opening(news, state, policy, now)
    if news.step in TALKS:
        return _same_talks(news, state, policy, now)
    if is_denying(news):
        return denied_event(news, state, now)
    if news.step == "breach_counted":
        return _same_count(news, state, now)
    if news.step in (*SEQUELS, *NO_EVENT):
        return None
    opening = counted_opening(news, state, policy, now)
    if opening is not None:
        return opening
    found = same_incident(news, state, policy, now)
    return None if found is not None and is_another(news, found, state, now) else found


def _opening(
    news: News, state: ConflictState, policy: PolicySection, now: datetime
) -> Event | None:
    """Return the first shots that an offensive is told of: they are at least as likely its own."""
    found = same_incident(news, state, policy, now)
    return None if found is None or is_another(news, found, state, now, below=0.0) else found


def _same_step(news: News, state: ConflictState, now: datetime) -> Event | None:
    steps = SAME_MOVE.get(news.step or "", (news.step,))
    for event in reversed(state.events):
        if event.step not in steps or now - _last_told(event, steps) > STEP_WINDOW:
            continue
        if news.step in CONSENTS and _is_of_last_round(event, state):
            continue
        if event.step != news.step and event.step in ENDS and now - event.first_at > SAME_HOUR:
            continue  # an offensive a day after the end is news of its own
        if news.step == "proposed" and not _same_proposal(news, event, state.events):
            continue
        if news.step in OF_ONE and not _same_takers(news, event):
            continue
        if news.step == "agreed" and event.step != "agreed" and len(event.takers) == 1:
            continue  # one side had said yes; now both have
        if news.step == event.step == "agreed" and _is_apart(news, event):
            continue
        return event
    return None


def _is_apart(news: News, event: Event) -> bool:
    """Tell whether news of an agreement sets it apart from that event: "under a separate deal"."""
    known = {c.entry_id for c in event.claims}
    return news.trigger.entry_id not in known and says(news, SEPARATE)


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
    if news.role is Role.MEDIATOR and says(news, TAKING_UP["bears_out"]):
        return True  # the mediator's house confirms what its envoy has handed over
    return EventOdds(news.claims[:2], events).to(event) >= SAME_TEXT


def _starts(claims: Sequence[Claim]) -> set[datetime]:
    return {t.start for c in claims for t in c.times if t.meaning is TimeMeaning.EFFECTIVE}


def _same_takers(news: News, event: Event) -> bool:
    """One side's own step is told by anybody; another side's is another step than its own."""
    # What all have prolonged each of them has.
    joint = event.step == "extended" or not news.takers or not event.takers
    return joint or bool(set(news.takers) & set(event.takers))


#: A round that was announced for another day or town.
_PUT_OFF = re.compile(
    r"\b(?:postpon\w+|reschedul\w+|adjourn\w+ (?:to|until)|(?:put|push|mov)\w* (?:off|back|forward)"
    r"|brought forward|delay(?:s|ed)? (?:by|until|to)"
    r"|(?:an? (?:day|week|hour)|days|weeks|hours|minutes) (?:later|earlier) than"
    r"|(?:is|are) now to (?:start|begin|open|meet|be held)"
    r"|(?:put|push|mov)\w* (?:[\w’'-]+ ){1,8}?(?:back|forward) to"
    r"|(?:instead of|rather than) (?:(?:on|at) )?(?:\w+day|the \d|\d+|noon|midnight))\b"
    r"|\b(?:talks|round|meeting|delegations)\b[^.;]{0,60}"
    r"\b(?:moved|shifted|transferred) (?:to|from)\b",
    re.IGNORECASE,
)


def _same_talks(
    news: News, state: ConflictState, policy: PolicySection, now: datetime
) -> Event | None:
    days = _talk_days(news.claims)
    texts = (news.headline, *(c.quote for c in news.beside))
    # "Clocks were put back in the night" moves no talks.
    moved = any(_PUT_OFF.search(text) and "clock" not in text.lower() for text in texts)
    # Who disputes the day of a round speaks of that round.
    moved = moved or disputes(news)
    for event in reversed(state.events):
        window = policy.ceasefire_window if moved else TALKS_WINDOW
        if moved and _is_to_come(event, now):
            window = policy.recall_window  # moved weeks after it was announced
        ended = {event.step, news.step} == set(TALKS_OVER) and now - event.first_at <= SAME_HOUR
        if not (ended or event.step == news.step) or now - event.last_at > window:
            continue
        if moved:
            return event  # a round on another day is the same round
        known = _talk_days(event.claims)
        over = news.step in TALKS_OVER  # the days beside it are those of the words
        if over or not days or not known or days & known:
            return event
    return None


def _is_to_come(event: Event, now: datetime) -> bool:
    """Tell whether a day of talks lies ahead."""
    return any(day >= now.date() for day in _talk_days(event.claims))


def _talk_days(claims: Sequence[Claim]) -> set[date]:
    spans = [t for c in claims for t in c.times if t.meaning is TimeMeaning.TALKS]
    # An hour without a day was put on the nearest one, and tells no round from another.
    dated = [t for t in spans if t.precision is Precision.DAY or names_day(t)]
    return {_middle(t).date() for t in dated}


def _middle(span: TimeSpan) -> datetime:
    """Return the middle of a span: the date of a day in any zone within half a day of UTC."""
    return span.start + (span.end - span.start) / 2


def _same_count(news: News, state: ConflictState, now: datetime) -> Event | None:
    """Counts of breaches over one period are rivals; another period is another count."""
    for event in reversed(state.events):
        if event.step == "breach_counted" and now - event.last_at <= TALKS_WINDOW:
            return event
    return None
