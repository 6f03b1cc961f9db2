"""How likely claims tell of a known event: rare words of the conflict, never one report alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events.likeness import LEAST, MOST
from bot.events.odds import EventOdds, log_odds
from tests.unit.events.test_match import claim, event

MARKET = "Shells hit the market in Orvel and killed seven people."
RIVAL = "Twenty-five people died when shells hit the Orvel market, a doctor said."
BRIDGE = "A drone struck a lorry on the bridge near Esk, wounding its driver."
CONVOY = "Gunmen ambushed an aid convoy on the northern road."


def odds(text: str, *known: str, to: int = 0) -> float:
    """Return the log-odds that `text` tells of one of the events told by `known`."""
    events = [event(claim(quote), number=n) for n, quote in enumerate(known, 1)]
    return EventOdds([claim(text)], events).to(events[to])


def test_the_same_happening_is_likely_and_another_is_not() -> None:
    assert odds(MARKET, MARKET, BRIDGE) > 4
    assert odds(MARKET, MARKET, BRIDGE, to=1) < -4
    # Who counts otherwise tells of the same shells.
    assert odds(RIVAL, MARKET, BRIDGE) > 0


def test_an_event_without_words_is_nobodys() -> None:
    empty = event()
    assert EventOdds([claim(MARKET)], [empty]).to(empty) == LEAST
    assert EventOdds([claim(MARKET)], []).to(empty) == LEAST


def test_words_of_every_report_of_a_conflict_tell_nothing() -> None:
    common = "Troops of Ardovia and Selmara fought in the valley."
    told = [f"{common} {more}" for more in (MARKET, BRIDGE, CONVOY, *["It rained."] * 20)]
    assert odds(common, *told) < odds(common, *told[:2])


def test_one_report_alike_does_not_carry_an_event_of_strangers() -> None:
    mixed = event(
        claim(MARKET), *(claim(quote, entry=f"e{n}") for n, quote in enumerate([BRIDGE, CONVOY]))
    )
    single = event(claim(MARKET), number=2)
    told = EventOdds([claim(MARKET)], [mixed, single])
    assert told.to(mixed) < told.to(single)


def test_a_share_has_its_log_odds() -> None:
    assert log_odds(0.5) == 0
    assert log_odds(0.9) == pytest.approx(-log_odds(0.1))
    assert (log_odds(0.0), log_odds(1.0)) == (LEAST, MOST)


QUOTES = st.lists(
    st.sampled_from([MARKET, BRIDGE, CONVOY, "", "said", "Обстрел рынка"]), max_size=4
)


@settings(max_examples=60, deadline=None)
@given(ours=QUOTES, theirs=st.lists(QUOTES, min_size=1, max_size=6))
def test_odds_are_bounded_and_do_not_depend_on_the_order_of_events(
    ours: list[str], theirs: list[list[str]]
) -> None:
    events = [event(*map(claim, quotes), number=n) for n, quotes in enumerate(theirs, 1)]
    told = EventOdds([claim(q) for q in ours], events).to(events[0])
    assert LEAST <= told <= MOST
    backwards = EventOdds([claim(q) for q in ours], events[::-1]).to(events[0])
    assert backwards == pytest.approx(told, abs=1e-3)
