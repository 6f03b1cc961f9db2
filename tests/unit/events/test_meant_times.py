"""What the hours in a report of a halt are the hours of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.claims.when.times import find_times
from bot.events.meant_times import with_meant_times
from bot.types import Precision
from tests.unit.events.test_match import claim

#: Wednesday.
NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Istanbul")

ROWS = [
    # a halt begins, in whatever words
    ("It opens at midnight tonight.", "effective"),
    ("The order comes into operation at 0001 on Thursday.", "effective"),
    ("All firing stops at 6 p.m. on Thursday.", "effective"),
    ("The shooting is to end at noon on Thursday.", "effective"),
    ("Both will call off hostilities at 5 a.m. on Thursday.", "effective"),
    ("The truce signed in Orvel begins at 9:45 p.m. on Thursday.", "effective"),
    ("The secretariat said the cease-fire stands as from 8 p.m.", "effective"),
    # it runs out
    ("The new term ends at midnight on Thursday night.", "expiry"),
    ("The pause concludes at 23:59 on Thursday.", "expiry"),
    ("It now goes to 6 p.m. on Friday.", "expiry"),
    # what men do besides has an hour of its own
    ("They initialled a provisional cease-fire at 4:30 p.m.", "other"),
    ("The president went on the air at 8 p.m. and proclaimed a truce.", "other"),
    ("Polls open at 6 a.m. on Thursday.", "other"),
    ("The last patrol came in at 10 p.m.", "other"),
    ("No reply had come by noon.", "other"),
    ("Halvia had asked that the truce begin at ten this morning.", "effective"),
]


@pytest.mark.parametrize(("sentence", "meaning"), ROWS)
def test_the_nearest_word_says_what_an_hour_is_of(sentence: str, meaning: str) -> None:
    spans = find_times(sentence, NOW, ZONE)
    meant = with_meant_times(replace(claim(sentence, at=NOW), times=spans))
    hours = [t.meaning.value for t in meant.times if t.precision is not Precision.DAY]
    assert hours[:1] == [meaning]


def test_the_length_of_a_halt_keeps_its_end() -> None:
    sentence = "The army will stop firing for a week from 6 p.m. on Thursday."
    spans = find_times(sentence, NOW, ZONE)
    meant = with_meant_times(replace(claim(sentence, at=NOW), times=spans))
    assert [t.meaning for t in meant.times if t.text == "for a week"] == [
        t.meaning for t in spans if t.text == "for a week"
    ]
