"""Stated times: sentences of one publication time with the instants they mean."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.times import find_times

#: Wednesday noon UTC; 15:00 in the events' zone.
PUBLISHED = datetime(2026, 3, 11, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Istanbul")

PROBES: list[tuple[str, list[tuple[str, str, str, str]]]] = [
    # two clocks of one instant are one entry
    (
        "The truce takes effect at 6 p.m. local time (1500 GMT) on Wednesday.",
        [("03-11 15:00", "03-11 15:00", "minute", "effective")],
    ),
    # two clocks that disagree are none
    ("The truce takes effect at 6 p.m. local time (1700 GMT) on Wednesday.", []),
    # a weekday ahead by the tense of its verb
    (
        "The delegations will meet on Friday at 10 a.m. local time.",
        [("03-13 07:00", "03-13 07:00", "minute", "talks")],
    ),
    # a weekday behind by the tense of its verb
    (
        "Soldiers fired on the post at 7.30 a.m. on Monday.",
        [("03-09 04:30", "03-09 04:30", "minute", "other")],
    ),
    # a named zone
    (
        "The ceasefire came into force at 12:00 Moscow time.",
        [("03-11 09:00", "03-11 09:00", "minute", "effective")],
    ),
    # a military clock
    (
        "A pause in fighting begins from 0200 GMT on Thursday.",
        [("03-12 02:00", "03-12 02:00", "minute", "effective")],
    ),
    # an end
    (
        "The ceasefire expires at 0600 GMT on March 14.",
        [("03-14 06:00", "03-14 06:00", "minute", "expiry")],
    ),
    # a part of a day
    (
        "The shelling began early on Tuesday.",
        [("03-09 21:00", "03-10 03:00", "part_of_day", "other")],
    ),
    # a night runs into the day named
    (
        "Troops fired on the post overnight into Wednesday.",
        [("03-10 17:00", "03-11 03:00", "part_of_day", "other")],
    ),
    # "around" is half an hour either way
    (
        "Two soldiers were wounded at around 7 a.m. on Wednesday.",
        [("03-11 03:30", "03-11 04:30", "hour", "other")],
    ),
    # the day of speaking is not the day of the event
    (
        "Six soldiers were killed on Tuesday afternoon, the ministry said on Wednesday.",
        [("03-10 09:00", "03-10 15:00", "part_of_day", "other")],
    ),
    # midnight of a day may be either end: no instant
    ("The truce begins at midnight on Thursday.", []),
    # ages, years and decimals are no times
    ("In the war of 2020 a 12-year-old boy walked 3.5 km.", []),
    # next Friday may be this week's or the one after
    ("The talks resume next Friday.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), PROBES)
def test_a_sentence_states_these_times(
    sentence: str, expected: list[tuple[str, str, str, str]]
) -> None:
    found = [
        (f"{t.start:%m-%d %H:%M}", f"{t.end:%m-%d %H:%M}", t.precision.value, t.meaning.value)
        for t in find_times(sentence, PUBLISHED, ZONE)
    ]
    assert found == expected


def test_a_term_counts_from_its_stated_start() -> None:
    spans = find_times("A 72-hour truce begins at 6 p.m. local time on Wednesday.", PUBLISHED, ZONE)
    assert [(t.meaning.value, f"{t.start:%d %H:%M}") for t in spans] == [
        ("effective", "11 15:00"),
        ("expiry", "14 15:00"),
    ]


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for span in find_times(text, PUBLISHED, ZONE):
        assert span.start <= span.end
