"""Which known event a report bears on, if any: named features, a fitted network. Pure.

A denial, a price, an hour, an act under an agreement tells no event of its own, and each names what
it follows in its own way: by place, by figure, by speaker, or not at all. So all of that is weighed
together, every open event against every other and against none of them (conditional logit).
The networks that weigh it: bot/alerts/bearing_weights.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.bearing_features import event_features, report_features
from bot.alerts.bearing_weights import FOLLOWS, SAME_INCIDENT, network
from bot.alerts.follow import is_denial
from bot.alerts.incident import (
    is_cumulative,
    is_incident,
    is_its_offensive,
    is_strike_apart,
    lie_apart,
    names_its_day,
    raises_toll,
    rare_places,
)
from bot.events.match import apart
from bot.events.news import News
from bot.events.steps import BREACHES, FIGHTING
from bot.events.taking_up import contests
from bot.types import ConflictState, Event


def told_incident(news: News, state: ConflictState, now: datetime) -> Event | None:
    """Return the incident of which shots or a toll are told again, in whatever words.

    Another place or another day makes another event; who takes up an account may know a further
    place, and a changed toll is told days later.
    """
    taken_up = contests(news)
    raises = taken_up or raises_toll(news)
    rare, cumulative = rare_places(state, news), is_cumulative(news)

    def may_be(event: Event) -> bool:
        late = apart(news.claims, news.places, event, now) == "too_long_after"
        elsewhere = lie_apart(set(news.places), event.places, rare)
        told = raises or not (elsewhere or (late and not names_its_day(news, event)))
        toll = raises and is_its_offensive(news, event, cumulative, now)
        blow = not (taken_up or toll) and is_strike_apart(news, event, rare)
        return is_incident(event) and told and not blow

    found = bearing_of(news, state, now, may_be, SAME_INCIDENT)
    return found.event if found is not None and found.log_odds > TOLD_AGAIN else None


#: Log-odds from which shots or a toll are told again: a first report that is taken for an old one
#: is lost with all that follows it. On folders left out 0 finds five more of 765 tellings, and
#: takes two more of 946 first reports for one.
TOLD_AGAIN = 0.5
#: Log-odds below which shots are another incident's, however like they are by place and words.
ANOTHER = -1.5


def is_another(
    news: News, event: Event, state: ConflictState, now: datetime, below: float = ANOTHER
) -> bool:
    """Tell whether shots or a toll are plainly not of this incident: by log-odds `below` these."""
    found = bearing_of(news, state, now, lambda e: e.id == event.id, SAME_INCIDENT)
    return found is not None and found.log_odds < below


def followed_event(
    news: News,
    state: ConflictState,
    now: datetime,
    fits: Callable[[Event], bool] = lambda _: True,
) -> Event | None:
    """Return the event that the news follows, if it is likely enough that it follows one."""
    elsewhere = _elsewhere(news, state)
    found = bearing_of(news, state, now, lambda e: e.id not in elsewhere and fits(e))
    return found.event if found is not None and found.log_odds > 0 else None


def denied_event(news: News, state: ConflictState, now: datetime) -> Event | None:
    """Return the event that a denial is about: somebody else must have asserted something."""
    return followed_event(news, state, now, lambda event: is_denial(news, event))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """The event that a report most likely follows."""

    event: Event
    log_odds: float  #: that it follows this one rather than none


def bearing_of(
    news: News,
    state: ConflictState,
    now: datetime,
    fits: Callable[[Event], bool] = lambda _: True,
    by: str = FOLLOWS,
) -> Bearing | None:
    """Return the event that the news most likely follows among those posted; None without any.

    Args:
        news: what the report tells.
        state: of the conflict; its posted events are weighed.
        now: time of the decision.
        fits: tells of an event whether it is weighed at all.
        by: name of the network.
    """
    events = [e for e in state.events if e.alert_id is not None and fits(e)]
    if not events:
        return None
    features = list(event_features(news, events, state, now))
    best, log_odds = network(by).likeliest(features, report_features(news))
    return Bearing(event=events[best], log_odds=log_odds)


def _elsewhere(news: News, state: ConflictState) -> frozenset[str]:
    """Return the incidents that are none of the news, which tells of shots at another place."""
    if news.step not in (*BREACHES, *FIGHTING) or raises_toll(news) or contests(news):
        return frozenset()
    ours = set(news.places)
    rare = rare_places(state, news)
    return frozenset(
        e.id for e in state.events if is_incident(e) and lie_apart(ours, e.places, rare)
    )
