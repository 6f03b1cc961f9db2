"""The hour of a halt on the day that its report names apart from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.events.named_days import with_named_day
from bot.types import Claim, Precision, TimeMeaning, TimeSpan
from tests.unit.alerts.test_alerts_decide import MEDIATOR, NOW, C, said

DAY = timedelta(days=1)
MIDNIGHT = NOW.replace(hour=0, minute=0, second=0, microsecond=0) + DAY


def day(name: str, start: datetime, meaning: TimeMeaning = TimeMeaning.OTHER) -> TimeSpan:
    return TimeSpan(
        text=name, start=start, end=start + DAY, precision=Precision.DAY, meaning=meaning
    )


def clock(name: str, start: datetime) -> TimeSpan:
    meaning = TimeMeaning.EFFECTIVE
    return TimeSpan(text=name, start=start, end=start, precision=Precision.MINUTE, meaning=meaning)


def report(title: str, days: tuple[TimeSpan, ...], hour: TimeSpan) -> tuple[Claim, Claim]:
    head = said(title, MEDIATOR, C, steps={"agreed": 0.9}, field="title", times=days)
    text = f"The halt is to start at {hour.text}, he said."
    told = said(text, MEDIATOR, C, steps={"start_set": 0.9}, times=(hour,))
    return head, replace(told, start=0)


def start_of(claims: tuple[Claim, ...]) -> datetime:
    return claims[1].times[0].start


def test_an_hour_told_the_day_before_is_put_on_the_named_day() -> None:
    friday = day("Friday", MIDNIGHT + DAY)
    claims = with_named_day(
        report("Both accept a truce on Friday", (friday,), clock("2 p.m.", NOW + DAY / 24))
    )
    assert friday.start <= start_of(claims) < friday.end
    assert (start_of(claims) - NOW - DAY / 24) % DAY == timedelta(0)


def test_midnight_that_opens_the_named_day_is_not_put_a_day_later() -> None:
    friday = day("Friday", MIDNIGHT + 3 * DAY)
    hour = clock("midnight", MIDNIGHT)
    assert start_of(with_named_day(report("A truce on Friday", (friday,), hour))) == friday.start


def test_an_hour_stays_where_its_own_words_or_two_days_leave_it() -> None:
    friday, sunday = day("Friday", MIDNIGHT + DAY), day("Sunday", MIDNIGHT + 3 * DAY)
    plain, dated = clock("2 p.m.", NOW + DAY / 24), clock("2 p.m. on Thursday", NOW + DAY / 24)
    end = day("Friday", MIDNIGHT + DAY, TimeMeaning.EXPIRY)
    for title, days, hour in (
        ("A truce on Friday and a pause on Sunday", (friday, sunday), plain),
        ("A truce until Friday", (end,), plain),
        ("A truce on Friday", (friday,), dated),
        ("Truce agreed; the cabinet is to vote in the capital on Friday", (friday,), plain),
    ):
        assert start_of(with_named_day(report(title, days, hour))) == hour.start
