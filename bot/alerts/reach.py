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
    memory = memory_of(policy)
    kept = (e for e in state.events if now - e.last_at <= memory or _carries(e, state))
    return replace(state, events=tuple(kept))


def within_reach(
    news: News, state: ConflictState, policy: PolicySection, now: datetime
) -> ConflictState:
    """Return the state with the events that the news may be about."""
    limit = _open_for(policy)
    closed = [e for e in state.events if now - e.last_at > limit and not _carries(e, state)]
    if not closed:
        return state
    opened = replace(state, events=tuple(e for e in state.events if e not in closed))
    rare = rare_places(opened, news)
    found = {e.id for e in closed if _is_named(news, e, rare)}
    kept = (e for e in state.events if e.id in found or e not in closed)
    return replace(state, events=tuple(kept))


def _open_for(policy: PolicySection) -> timedelta:
    return max(policy.event_window, policy.ceasefire_window)


def _carries(event: Event, state: ConflictState) -> bool:
    return event.id in (state.ceasefire.event_id, state.ceasefire.agreement_id)


def _is_named(news: News, event: Event, rare: frozenset[str]) -> bool:
    """Tell whether the news says what it is about: the day, the place or the former figure."""
    place = share_place(set(news.places) & rare, event.places) > 0
    return place or head_names_day(news, event) or names_old_figure(news, event)
