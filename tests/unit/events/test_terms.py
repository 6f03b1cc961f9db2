"""The end of a ceasefire that a report states, where it names more than one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.events.terms import start_after_signing, stated_expiry, stated_term
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


def whole_day(text: str, day: datetime) -> TimeSpan:
    return TimeSpan(
        text=text,
        start=day,
        end=day + timedelta(days=1),
        precision=Precision.DAY,
        meaning=TimeMeaning.EXPIRY,
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
    until = whole_day("June 8", day)
    hour = replace(ends(PAST)[0], text="9 a.m.")
    first = replace(claim("Extended until June 8.", at=NOW), times=(until,))
    second = replace(claim("It runs until 9 a.m. on that day.", at=NOW), times=(hour,))
    assert stated_expiry([first, second], None, extended=True) == day + timedelta(hours=9)


def test_an_extension_puts_its_hour_on_its_day_where_the_old_end_has_one_too() -> None:
    day = (NOW + timedelta(days=6)).replace(hour=0)
    whole = whole_day("Monday", day)
    title = replace(claim("Truce prolonged until Monday", at=NOW), times=(whole,))
    old = replace(claim("It was to run out then on Friday.", at=NOW), times=ends(KNOWN))
    evening = (NOW + timedelta(days=1)).replace(hour=17)
    hour = replace(ends(evening)[0], text="five o'clock")
    lead = replace(claim("It now ends at five o'clock.", at=NOW), times=(hour,))
    told = [title, old, lead]
    assert stated_expiry(told, KNOWN, extended=True) == day + timedelta(hours=17)
    assert stated_expiry(told, KNOWN) == evening


@pytest.mark.parametrize(
    ("sentence", "hours"),
    [
        ("A 72-hour truce was agreed.", 72),
        ("The stand-down lasts forty-eight hours.", 48),
        ("It is good for 45 days.", 45 * 24),
        ("The 48 hours are counted from noon on Tuesday.", 48),
        ("Operations are suspended for ten days.", 240),
        ("They hold their fire for a period of ninety days.", 90 * 24),
        # lengths of something else
        ("Captives go home once the ceasefire has been kept for 72 hours.", None),
        ("A truce of two days earlier had broken down.", None),
        ("The talks, which lasted two hours, led to a truce.", None),
    ],
)
def test_a_length_is_that_of_the_halt(sentence: str, hours: int | None) -> None:
    assert stated_term([sentence]) == (None if hours is None else timedelta(hours=hours))


def test_a_length_tells_the_hour_of_a_day_named_as_the_end() -> None:
    day = TimeSpan(
        text="Saturday",
        start=datetime(2026, 3, 14, tzinfo=UTC),
        end=datetime(2026, 3, 15, tzinfo=UTC),
        precision=Precision.DAY,
        meaning=TimeMeaning.EXPIRY,
    )
    report = replace(claim("Four days, until Saturday.", at=NOW), times=(day,))
    assert stated_expiry([report], counted=LATER) == LATER
    assert stated_expiry([report]) == day.end


SIGNED = "Both signed the accord at noon."


@pytest.mark.parametrize(
    ("told", "after"),
    [
        ("It comes into force 24 hours after the signing.", 24),
        ("It comes into force on signature.", 0),
        ("It comes into force soon.", None),
    ],
)
def test_a_start_may_hang_on_the_hour_of_the_signing(told: str, after: int | None) -> None:
    noon = TimeSpan(text="noon", start=NOW, end=NOW, precision=Precision.MINUTE)
    report = [replace(claim(SIGNED, at=NOW), times=(noon,)), claim(told, at=NOW)]
    wanted = None if after is None else NOW + timedelta(hours=after)
    assert start_after_signing(report) == wanted
