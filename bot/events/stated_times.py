"""The times that a piece of news states: finest first, each once, a session's hour on its day."""

from __future__ import annotations

from collections.abc import Sequence

from bot.events.news import News
from bot.events.steps import TALKS
from bot.events.terms import names_day, put_on
from bot.types import Precision, TimeMeaning, TimeSpan


def stated_times(news: News) -> tuple[TimeSpan, ...]:
    """Return the times of the trigger and its companions, finest first, each once."""
    every = [t for c in news.claims for t in c.times]
    # Of two sentences with one hour, one may say what it is of.
    every.sort(key=lambda t: (t.precision is Precision.DAY, t.meaning is TimeMeaning.OTHER))
    kept: list[TimeSpan] = []
    for span in every:
        if not any((k.start, k.end) == (span.start, span.end) for k in kept):
            kept.append(span)
    days = _session_days(kept, news)
    return tuple(_on_the_day(span, days) for span in kept[:6])


#: What a day may be called that is a meeting's: "talks on a truce on Monday".
_UNSURE = (TimeMeaning.OTHER, TimeMeaning.EFFECTIVE)


def _session_days(spans: Sequence[TimeSpan], news: News) -> list[TimeSpan]:
    """Return the days named for a meeting; else the one day to come, whatever it is called."""
    days = [s for s in spans if s.precision is Precision.DAY]
    talks = [s for s in days if s.meaning is TimeMeaning.TALKS]
    unsure = _UNSURE if news.step in TALKS else _UNSURE[:1]
    ahead = [s for s in days if s.meaning in unsure and s.start > news.trigger.at]
    return talks or (ahead if len({s.start for s in ahead}) == 1 else [])


def _on_the_day(span: TimeSpan, days: Sequence[TimeSpan]) -> TimeSpan:
    """Put the hour of a meeting on the day that the report has named for it.

    "They will meet in Luanda on 18 March. The session opens at 10:00."
    """
    clock = span.precision is Precision.MINUTE and span.meaning is TimeMeaning.TALKS
    if not clock or not days or names_day(span):
        return span
    day = max(days, key=lambda s: s.start)
    if span.start >= day.start:
        return span
    return put_on(span, day)
