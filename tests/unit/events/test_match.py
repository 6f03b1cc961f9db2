"""Which event a claim tells of: place and day decide before words do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.events.match import apart
from bot.types import Attribution, Claim, Event, Precision, TimeSpan

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
MARKET = "Shells hit the market in Orvel and killed seven people."


def claim(
    quote: str = MARKET,
    *,
    places: tuple[str, ...] = (),
    times: tuple[TimeSpan, ...] = (),
    at: datetime = AT,
    entry: str = "e",
) -> Claim:
    return Claim(
        id=f"{entry}:{quote}",
        entry_id=entry,
        at=at,
        field="text",
        quote=quote,
        start=0,
        end=len(quote),
        labels=("hostilities",),
        scores={},
        attribution=Attribution(),
        outlet="x",
        outlet_name="X",
        url="",
        places=places,
        times=times,
    )


def event(*claims: Claim, places: tuple[str, ...] = (), number: int = 1) -> Event:
    return Event(
        id=f"k-{number}",
        conflict="k",
        kind="hostilities",
        first_at=AT,
        last_at=AT,
        claims=claims,
        entry_ids=("e",),
        places=places,
    )


def span(start: datetime, hours: float, precision: Precision, text: str = "then") -> TimeSpan:
    return TimeSpan(text=text, start=start, end=start + timedelta(hours=hours), precision=precision)


def clock(hour: int, day: int = 10) -> TimeSpan:
    return span(datetime(2026, 3, day, hour, tzinfo=UTC), 0, Precision.MINUTE)


def day(number: int, text: str = "then") -> TimeSpan:
    return span(datetime(2026, 3, number, tzinfo=UTC), 24, Precision.DAY, text)


GATES = [
    # nothing is known against it
    ("the same words", claim(), event(claim()), AT, None),
    ("one place in common", claim(places=("Orvel", "Esk")), event(places=("Esk",)), AT, None),
    ("the event names no place", claim(places=("Orvel",)), event(), AT, None),
    # the same words of another place are another event
    ("other place", claim(places=("Orvel",)), event(claim(), places=("Esk",)), AT, "other_place"),
    # an event is told for a day and a half after its last word
    ("at the end of the time", claim(), event(), AT + timedelta(hours=36), None),
    ("after it", claim(), event(), AT + timedelta(hours=36, minutes=1), "too_long_after"),
    # clock times within three hours of each other may be one
    ("near hours", claim(times=(clock(10),)), event(claim(times=(clock(5),))), AT, None),
    ("far hours", claim(times=(clock(10),)), event(claim(times=(clock(4),))), AT, "other_day"),
    # days that only touch may be one night
    ("days that touch", claim(times=(day(10),)), event(claim(times=(day(9),))), AT, None),
    ("days apart", claim(times=(day(10),)), event(claim(times=(day(8),))), AT, "other_day"),
    # a clock time says more than the day beside it
    (
        "the finer time counts",
        claim(times=(day(8), clock(10))),
        event(claim(times=(day(8), clock(4)))),
        AT,
        "other_day",
    ),
    # what lies ahead of a report is no time of its event
    (
        "a time ahead",
        claim(times=(clock(10), clock(18, 12))),
        event(claim(times=(clock(11), clock(6, 14)))),
        AT,
        None,
    ),
    # the day of the words is none of the event
    (
        "said on a day",
        claim("They admitted on Tuesday that shells had hit it.", times=(day(10, "Tuesday"),)),
        event(claim(times=(clock(6, 8),))),
        AT,
        None,
    ),
    (
        "hit on a day",
        claim("Shells hit it on Tuesday.", times=(day(10, "Tuesday"),)),
        event(claim(times=(clock(6, 8),))),
        AT,
        "other_day",
    ),
    ("only one side is timed", claim(times=(clock(10),)), event(claim()), AT, None),
]


@pytest.mark.parametrize(("case", "new", "known", "now", "gate"), GATES)
def test_place_and_day_keep_apart_what_words_cannot(
    case: str, new: Claim, known: Event, now: datetime, gate: str | None
) -> None:
    assert apart([new], new.places, known, now) == gate
