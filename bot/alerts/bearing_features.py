"""What of a report points to an event that is known, by name: features, each a number. Pure.

They are weighed in bot/alerts/bearing.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.alerts.follow import is_denial, is_denying
from bot.alerts.incident import (
    head_names_day,
    is_cumulative,
    is_incident,
    names_its_day,
    names_old_figure,
    names_operation,
    other_attacker,
    other_site,
    raises_toll,
    rare_places,
    same_figures,
)
from bot.events.head import readings_of
from bot.events.match import apart, share_place
from bot.events.news import News
from bot.events.odds import EventOdds
from bot.events.steps import BREACHES
from bot.events.taking_up import TAKING_UP, says
from bot.types import Claim, ConflictState, Event

Features = Mapping[str, float]

#: What events are, by their step; any other is an incident.
SORTS = {
    "proposed": "offer",
    "accepted": "yes",
    "announced": "yes",
    "agreed": "agreement",
    "effective": "start",
    "extended": "extension",
    "extended_one": "extension",
    "suspended": "end",
    "ended": "end",
    "end_set": "end",
    "expired": "end",
    "talks_announced": "talks",
    "talks_ended": "talks",
    "talks_broken_off": "talks",
    "breach_counted": "count",
    "offensive_announced": "offensive",
}
#: What a report does that may answer one sort of event more than another.
REPLIES = {
    "talks": "talks",
    "talks_announced": "talks",
    "talks_ended": "talks",
    "talks_broken_off": "talks",
    "conditional": "price",
    "rejected": "refusal",
    "deal_denied": "refusal",
    "carried_out": "act",
    "start_set": "hour",
    "holds": "quiet",
    "effective": "quiet",
    "toll": "toll",
    "breach_denied": "denial",
    "threat": "threat",
}
#: Labels of what a report is about.
SUBJECTS = ("ceasefire", "violation", "casualty", "negotiation", "hostilities")
DAY = timedelta(days=1)


def event_features(
    news: News, events: Sequence[Event], state: ConflictState, now: datetime
) -> Iterator[Features]:
    """Yield for each event what of the news points to it and what away from it, by name."""
    odds = EventOdds(news.head, events)
    rare = rare_places(state, news)
    parties = {p for c in news.head for p in c.parties}
    subjects = _subjects(news.head)
    reply = REPLIES.get(news.step or "")
    under_deal = says(news, TAKING_UP["under_deal"])
    total, operation = is_cumulative(news), names_operation(news)
    denying, raises, numbers = is_denying(news), raises_toll(news), _values(news.head)
    for event in events:
        gate = apart(news.claims, news.places, event, now)
        armed = "armed" if is_incident(event) or event.step in BREACHES else "spoken"
        yield {
            f"sort:{(sort := SORTS.get(event.step or '', 'incident'))}": 1.0,
            f"{reply}>{sort}": reply is not None,
            f"under_deal>{sort}": under_deal,
            f"total>{sort}": total,
            f"operation>{sort}": operation,
            "words": odds.to(event) / 4,
            "own_words": math.log2(1 + odds.own_words(event)),
            "parties": len(parties & set(event.parties)) / max(1, len(parties | {*event.parties})),
            f"gate:{gate}": gate is not None,
            "reports": math.log2(min(max(1, len(event.copy_groups)), 32)),
            "names_speaker": _names_speaker(news, event),
            "agreement": event.id == state.ceasefire.agreement_id,
            "last_step": event.id == state.ceasefire.event_id,
            f"denied:{armed}": denying,
            "denies_another": is_denial(news, event),
            **{f"{label}:{armed}": sure for label, sure in subjects.items()},
            **_place_features(news, event, rare),
            "names_figure": bool(numbers & _values(event.claims)),
            **_toll_features(news, event, raises),
            "names_its_day": names_its_day(news, event),
            "head_names_day": head_names_day(news, event),
            **_time_features(event, now),
            **_speaker_features(news, event),
        }


def _place_features(news: News, event: Event, rare: frozenset[str]) -> Features:
    ours, known = set(news.places) & rare, [p for p in event.places if p in rare]
    met = share_place(ours, known)
    return {
        "place": share_place(news.places, event.places),
        "rare_place": met,
        "other_place": bool(ours and known) and not met,
    }


def _toll_features(news: News, event: Event, raises: bool) -> Features:
    measures = {f.measure for f, _ in news.figures}
    counted = any(f.measure in measures for c in event.claims for f in c.figures)
    return {
        "same_figure": same_figures(news, event),
        "same_measure": counted,
        "names_old_figure": names_old_figure(news, event),
        "raises_toll": raises,
        "raises_its_toll": raises and counted,
        "other_site": other_site(news, event),
    }


def _time_features(event: Event, now: datetime) -> Features:
    quiet, age = (now - event.last_at) / DAY, (now - event.first_at) / DAY
    return {
        "fresh": math.exp(-quiet),
        "young": math.exp(-age),
        "recent": math.exp(-age / 4),
        "quiet_days": max(0.0, quiet - 3),
    }


def _speaker_features(news: News, event: Event) -> Features:
    party = news.trigger.attribution.party
    origins = {c.origin for c in event.claims}
    return {
        "same_voice": any(c.origin in origins for c in news.head if c.attribution.speaker),
        "own_step": party is not None and party in event.takers,
        "same_takers": bool(set(news.takers) & set(event.takers)),
        "other_attacker": other_attacker(news, event),
        "step_of_other": party is not None and bool(event.takers) and party not in event.takers,
        "spoke_before": party is not None and f"party:{party}" in origins,
    }


def _values(claims: Sequence[Claim]) -> set[tuple[str, int | None]]:
    """Return every number of each measure that the claims state, old ones too."""
    figures = [f for c in claims for f in c.figures]
    stated = {(f.measure.value, n) for f in figures for n in (f.low, f.high, f.previous)}
    return {(measure, n) for measure, n in stated if n is not None}


def _names_speaker(news: News, event: Event) -> bool:
    """Tell whether the news names whose words it answers: "the plan of President Orsova"."""
    said_by = news.trigger.attribution.speaker or ""
    speakers = {c.attribution.speaker for c in event.claims[:3] if c.attribution.speaker}
    names = {n for s in speakers for n in re.findall(r"[A-Z][\w’'-]{3,}", s)[-1:]}
    return any(name not in said_by and name in news.trigger.quote for name in names)


def _subjects(head: Sequence[Claim]) -> dict[str, float]:
    """Return how sure the model is anywhere in the head that it is about each subject."""
    return {label: max((c.scores.get(label, 0.0) for c in head), default=0.0) for label in SUBJECTS}


#: Groups of steps; a report may be read as several.
GROUPS = {
    "effective": "holds",
    "talks_ended": "talks",
    "offensive_announced": "attack",
    "breach_counted": "breach_alleged",
    "floated": "proposed",
    "agreed": "accepted",
    "announced": "accepted",
    "extended_one": "extended",
    "suspended": "ended",
    "expired": "ended",
}


def report_features(news: News) -> Features:
    """Return what of the news itself says that it follows anything at all, by name."""
    a = news.trigger.attribution
    reply = REPLIES.get(news.step or "")
    readings = readings_of(news.head)
    total = sum(readings.values()) or 1.0
    shares: dict[str, float] = {}
    for step, sure in readings.items():
        group = f"step:{GROUPS.get(step, step)}"
        shares[group] = shares.get(group, 0.0) + sure / total
    return {
        "constant": 1.0,
        f"role:{news.role.value}": 1.0,
        **({f"{reply}:{news.role.value}": 1.0} if reply else {}),
        f"stance:{a.stance.value}": 1.0,
        "of_party": a.party is not None,
        "spoken": a.speaker is not None,
        "no_step": news.step is None,
        "faint": news.faint,
        **{name: says(news, words) for name, words in TAKING_UP.items()},
        **{f"about:{label}": 1.0 for c in news.head for label in c.labels},
        **shares,
    }
