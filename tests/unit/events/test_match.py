"""Which event a claim tells of: place and day decide before words do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events.match import apart, similarity, words_of
from bot.types import Attribution, Claim, Event, Precision, TimeSpan

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
MARKET = "Shells hit the market in Orvel and killed seven people."
BRIDGE = "A drone struck a lorry on the bridge near Esk, wounding its driver."
CONVOY = "Gunmen ambushed an aid convoy on the northern road."


def claim(
    quote: str = MARKET,
    *,
    places: tuple[str, ...] = (),
    times: tuple[TimeSpan, ...] = (),
    at: datetime = AT,
) -> Claim:
    return Claim(
        id=f"e:{quote}",
        entry_id="e",
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


def span(start: datetime, hours: float, precision: Precision) -> TimeSpan:
    return TimeSpan(
        text="then", start=start, end=start + timedelta(hours=hours), precision=precision
    )


def clock(hour: int, day: int = 10) -> TimeSpan:
    return span(datetime(2026, 3, day, hour, tzinfo=UTC), 0, Precision.MINUTE)


def day(number: int) -> TimeSpan:
    return span(datetime(2026, 3, number, tzinfo=UTC), 24, Precision.DAY)


WORDS = [
    # stems meet, small words and words of every report go
    ("The ministry said shells hit the markets", ["shell", "hit", "market"]),
    ("Shelling killed two", ["shell", "kill", "two"]),
    # both apostrophes are one
    ("Orvel's market", ["orvel", "market"]),
    ("Orvel’s market", ["orvel", "market"]),
    # other scripts have words, too
    ("Обстрел рынка", ["обстрел", "рынка"]),
    ("said the of", []),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_telling_words_are_kept_and_stemmed(text: str, words: list[str]) -> None:
    assert words_of(text) == words


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
    ("only one side is timed", claim(times=(clock(10),)), event(claim()), AT, None),
]


@pytest.mark.parametrize(("case", "new", "known", "now", "gate"), GATES)
def test_place_and_day_keep_apart_what_words_cannot(
    case: str, new: Claim, known: Event, now: datetime, gate: str | None
) -> None:
    assert apart([new], known, now) == gate


def test_the_same_words_are_alike_and_others_are_not() -> None:
    events = [event(claim(MARKET)), event(claim(BRIDGE), number=2)]
    assert similarity([claim(MARKET)], events[0], events) == pytest.approx(1.0)
    assert similarity([claim(MARKET)], events[1], events) < 0.1
    assert similarity([claim("said the of")], events[0], events) == 0.0
    assert similarity([claim(MARKET)], event(), events) == 0.0


def test_words_of_every_event_of_a_conflict_tell_nothing() -> None:
    common = "Ardovia Selmara valley troops"
    known = [event(claim(f"{common} {words}")) for words in (MARKET, BRIDGE, CONVOY, "A storm.")]
    assert similarity([claim(common)], known[0], known) == 0.0
    # Two events alone have nothing in common that every event has.
    assert similarity([claim(common)], known[0], known[:2]) > 0.4


def test_one_claim_that_is_alike_counts_among_many() -> None:
    several = event(*(claim(text) for text in (MARKET, BRIDGE, CONVOY)))
    single = event(claim(BRIDGE), number=2)
    events = [several, single]
    assert similarity([claim(MARKET)], several, events) > similarity(
        [claim(MARKET)], single, events
    )


QUOTES = st.lists(
    st.sampled_from([MARKET, BRIDGE, CONVOY, "", "said", "Обстрел рынка"]), max_size=4
)


@settings(max_examples=100, deadline=None)
@given(ours=QUOTES, theirs=st.lists(QUOTES, min_size=1, max_size=6))
def test_likeness_lies_between_none_and_whole_whatever_the_order(
    ours: list[str], theirs: list[list[str]]
) -> None:
    events = [event(*map(claim, quotes)) for quotes in theirs]
    likeness = similarity([claim(q) for q in ours], events[0], events)
    assert 0.0 <= likeness <= 1.0 + 1e-9
    backwards = similarity([claim(q) for q in reversed(ours)], events[0], events[::-1])
    assert backwards == pytest.approx(likeness)
