"""The hours that a post shows: those stated, and start and end of the halt it tells of. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.alerts.case import Case
from bot.alerts.moves import Moved
from bot.events.news import News
from bot.events.stated_times import stated_times
from bot.events.steps import CEASEFIRE, TALKS
from bot.events.terms import with_terms
from bot.types import Event, TimeSpan

#: A post keeps this many hours; more would not be read.
MAX_TIMES = 8


def hours_of(case: Case, news: News, moved: Moved) -> tuple[TimeSpan, ...]:
    """Return the times of a post: those stated, and the start and end of the halt it tells of."""
    stated = stated_times(news)
    if news.step in TALKS:
        told = [c for c in case.claims if c.background is None and c not in news.claims]
        return stated_times(replace(news, claims=(*news.claims, *told)))
    if news.step not in CEASEFIRE or news.step == "proposed":
        return stated
    return with_terms(stated, moved.ceasefire, case.claims)


def hours_after(case: Case, news: News, event: Event, moved: Moved) -> tuple[TimeSpan, ...]:
    """Return the hours that a post shows after another report of its event."""
    before, record = case.state.ceasefire, moved.ceasefire
    left = {before.effective_at, before.expires_at} - {record.effective_at, record.expires_at}
    known = tuple(t for t in event.times if t.start not in left)
    if event.id in (record.agreement_id, record.event_id) and event.step in CEASEFIRE:
        known = with_terms(known, record, case.claims)
    if news.step != event.step:
        return known
    # An hour that somebody states otherwise stands beside the first, as rival figures do.
    spoken = tuple(c for c in news.claims if c.attribution.speaker)
    told = stated_times(replace(news, claims=spoken))
    shown = {(t.start, t.meaning) for t in known}
    return (*known, *(t for t in told if (t.start, t.meaning) not in shown))[:MAX_TIMES]
