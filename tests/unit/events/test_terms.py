"""The end of a ceasefire that a report states, where it names more than one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.events.terms import stated_expiry
from bot.types import Precision, TimeMeaning, TimeSpan
from tests.unit.events.test_match import claim

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
KNOWN = NOW + timedelta(hours=18)
LATER = NOW + timedelta(days=4)
PAST = NOW - timedelta(hours=3)


def ends(*instants: datetime) -> tuple[TimeSpan, ...]:
    return tuple(
        TimeSpan(
            text="then",
            start=at,
            end=at,
            precision=Precision.MINUTE,
            meaning=TimeMeaning.EXPIRY,
        )
        for at in instants
    )


@pytest.mark.parametrize(
    ("stated", "known", "end"),
    [
        # "which was to expire on Wednesday, until Saturday"
        ((KNOWN, LATER), KNOWN, LATER),
        ((LATER, KNOWN), KNOWN, LATER),
        # the end that is known, alone or not known at all
        ((KNOWN,), KNOWN, KNOWN),
        ((KNOWN, LATER), None, KNOWN),
        # "would otherwise have expired" names no end to come
        ((PAST, LATER), KNOWN, LATER),
        ((PAST,), KNOWN, None),
    ],
)
def test_a_stated_end_is_not_the_known_one(
    stated: tuple[datetime, ...], known: datetime | None, end: datetime | None
) -> None:
    report = replace(claim("It holds until then.", at=NOW), times=ends(*stated))
    assert stated_expiry([report], known) == end


def test_an_extension_ends_at_the_latest_hour_that_it_names() -> None:
    # "it was to run out at 00:01 on Friday", an hour off the known end by another clock
    other_clock = KNOWN + timedelta(hours=1)
    report = replace(claim("It holds until then.", at=NOW), times=ends(other_clock, LATER))
    assert stated_expiry([report], KNOWN, extended=True) == LATER


def test_the_hour_of_an_end_may_be_told_apart_from_its_day() -> None:
    day = NOW.replace(hour=0) + timedelta(days=90)
    until = TimeSpan(
        text="June 8",
        start=day,
        end=day + timedelta(days=1),
        precision=Precision.DAY,
        meaning=TimeMeaning.EXPIRY,
    )
    hour = replace(ends(PAST)[0], text="9 a.m.")
    first = replace(claim("Extended until June 8.", at=NOW), times=(until,))
    second = replace(claim("It runs until 9 a.m. on that day.", at=NOW), times=(hour,))
    assert stated_expiry([first, second], None, extended=True) == day + timedelta(hours=9)
