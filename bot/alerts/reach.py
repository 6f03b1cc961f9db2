"""Which known events a report may still be about: the open ones, and those that it names. Pure.

After its window an event is closed: what merely resembles it is of a later one. An inquiry, an
admission or an act under an agreement comes weeks later, and then says what it is about.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.alerts.incident import head_names_day, names_old_figure, rare_places
from bot.config import PolicySection
from bot.events.match import share_place
from bot.events.news import News
from bot.types import ConflictState, Event


def memory_of(policy: PolicySection) -> timedelta:
    """Return how long after its last report an event may still be found."""
    return max(_open_for(policy), policy.recall_window)


def kept_events(state: ConflictState, policy: PolicySection, now: datetime) -> ConflictState:
    """Leave out events that nobody can be expected to take up; those of the ceasefire stay."""
    return _younger(state, memory_of(policy), now)


def within_reach(
    news: News, state: ConflictState, policy: PolicySection, now: datetime
) -> ConflictState:
    """Return the state with the events that the news may be about."""
    opened = _younger(state, _open_for(policy), now)
    if len(opened.events) == len(state.events):
        return state
    known, rare = {e.id for e in opened.events}, rare_places(opened, news)
    found = (e for e in state.events if e.id in known or _is_named(news, e, rare))
    return replace(state, events=tuple(found))


def _open_for(policy: PolicySection) -> timedelta:
    return max(policy.event_window, policy.ceasefire_window)


def _younger(state: ConflictState, limit: timedelta, now: datetime) -> ConflictState:
    """Leave out events last told of longer ago, but for those that carry the ceasefire."""
    carrying = (state.ceasefire.event_id, state.ceasefire.agreement_id)
    kept = (e for e in state.events if now - e.last_at <= limit or e.id in carrying)
    return replace(state, events=tuple(kept))


def _is_named(news: News, event: Event, rare: frozenset[str]) -> bool:
    """Tell whether the news says what it is about: the day, the place or the former figure."""
    place = share_place(set(news.places) & rare, event.places) > 0
    return place or head_names_day(news, event) or names_old_figure(news, event)
