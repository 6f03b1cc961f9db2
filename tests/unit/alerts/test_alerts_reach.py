"""Older events: closed to what resembles them, open to what names them."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from bot.alerts.reach import kept_events, memory_of, within_reach
from bot.config import PolicySection
from bot.events.reading import read_news
from bot.pipeline import Pipeline
from bot.types import (
    Attribution,
    Ceasefire,
    ConflictState,
    CopyGroup,
    Precision,
    TimeMeaning,
    TimeSpan,
)
from tests.unit.alerts.test_alerts_decide import (
    NOW,
    PACK,
    SELMARA,
    SHELLED,
    Desk,
    H,
    K,
    Report,
    figure,
    said,
    why,
)

DAY = timedelta(days=1)
POLICY = PolicySection()


def after(days: int) -> Desk:
    """Return a desk that read of seven dead at Orvel so many days ago."""
    desk = Desk()
    desk.read(SHELLED)
    desk.now += days * DAY
    return desk


def admission(quote: str, *spans: TimeSpan, **rest: object) -> Report:
    claim = said(quote, SELMARA, K, H, steps={"attack": 0.7}, times=spans, **rest)
    return Report("admission", claim)


def that_day(desk: Desk) -> TimeSpan:
    began = desk.state.events[0].first_at.replace(hour=0, minute=0)
    other = TimeMeaning.OTHER
    return TimeSpan(
        text="that day", start=began, end=began + DAY, precision=Precision.DAY, meaning=other
    )


def reached(desk: Desk, report: Report) -> int:
    _, claims = report.read_at(desk.now)
    news = read_news(claims, PACK)[0]
    return len(within_reach(news, desk.state, POLICY, desk.now).events)


def test_an_open_event_is_within_reach_of_anything() -> None:
    assert reached(after(2), admission("Selmara's gunners fired on a farm, it admitted.")) == 1


def test_a_closed_event_is_reached_by_what_names_its_place_or_its_day() -> None:
    desk = after(30)
    plain = "Selmara's gunners fired on the market, it admitted."
    assert reached(desk, admission(plain)) == 0
    assert reached(desk, admission(plain, places=("Orvel",))) == 1
    assert reached(desk, admission(plain, that_day(desk))) == 1


def test_a_figure_that_is_revised_reaches_the_event_it_was_told_of() -> None:
    desk = after(30)
    revised = figure(9)
    report = admission("Nine people and not seven died, it found.", figures=(revised,))
    assert reached(desk, report) == 0
    raised = type(revised)(
        measure=revised.measure,
        low=9,
        high=9,
        qualifier=revised.qualifier,
        text="9, up from 7",
        previous=7,
    )
    assert reached(desk, admission("Nine died, up from seven.", figures=(raised,))) == 1


@pytest.mark.parametrize(("days", "kept"), [(30, 1), (61, 0)], ids=["a month", "two months"])
def test_an_event_is_kept_for_the_recall_window(days: int, kept: int) -> None:
    desk = after(days)
    assert len(kept_events(desk.state, POLICY, desk.now).events) == kept


def test_an_admission_a_month_later_follows_the_blow_that_it_names() -> None:
    desk = after(30)
    spokesman = Attribution(speaker="Selmara's General Staff", party="selmara")
    quote = "Selmara's gunners killed the seven people at the market in Orvel, it admitted."
    claim = said(
        quote,
        spokesman,
        K,
        H,
        steps={"attack": 0.8},
        figures=(figure(7),),
        places=("Orvel",),
        times=(that_day(desk),),
    )
    change = desk.read(Report("admission", claim))
    assert why(change)[0] in ("corroboration", "update", "restatement")
    assert change.decision is not None
    assert change.decision.event_id == desk.state.events[0].id
    assert desk.now > NOW


class Remembering:
    """A store that notes from when on it is asked for events."""

    since: datetime | None = None

    async def load_state(self, conflict: str, since: datetime) -> ConflictState:
        self.since = since
        return ConflictState(conflict=conflict, ceasefire=Ceasefire(conflict=conflict))

    async def load_copy_groups(self, since: datetime) -> list[CopyGroup]:
        return []

    async def next_alert_number(self) -> int:
        return 1


def test_a_restart_remembers_as_much_as_a_bot_that_ran_on() -> None:
    store = Remembering()
    pipeline = Pipeline(
        store=cast(Any, store), packs=(PACK,), outlets=cast(Any, None), thresholds={}, policy=POLICY
    )
    asyncio.run(pipeline.load(NOW))
    assert store.since == NOW - memory_of(POLICY)
    assert memory_of(POLICY) == POLICY.recall_window
