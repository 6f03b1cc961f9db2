"""What a sentence tells, where its own words settle what a model reads in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.events.steps import step_of
from bot.types import TimeMeaning
from tests.unit.alerts.test_alerts_decide import ARDOVIA, NOBODY, NOW, C, H, N, at, said

ROWS = [
    # whoever has a paper has not said yes to it
    ("The government has received the plan, its spokesman said", "accepted", None),
    ("The cabinet has accepted the plan that it received on Monday", "accepted", "accepted"),
    # what is ordered, and what orders forbid
    ("Ardovia orders large-scale strikes on Selmara", "attack", "offensive_announced"),
    ("Ardovia ordered its army to refrain from any operation", "announced", "announced"),
    # what is offered: a round of talks, or a halt
    ("Ardovia proposed direct talks with Selmara", "proposed", "called_for"),
    ("Ardovia proposed a truce and talks", "proposed", "proposed"),
    # what is stopped: an act under the halt, or the halt
    ("The rebels have halted the withdrawal of their men", "suspended", "carried_out"),
    ("The rebels have suspended the truce", "suspended", "suspended"),
    # a halt that was broken off and is back
    ("Ardovia restores its truce from Thursday", "ended", "announced"),
    ("He ordered his men back to the one-sided ceasefire they broke off", "ended", "announced"),
    ("Ardovia ended the restored truce", "ended", "ended"),
    ("They broke off their truce and now return to it", "ended", "announced"),
    # a halt on more ground, and a longer one
    ("Ardovia extends its ceasefire to Orvel province", "extended_one", "accepted"),
    ("Ardovia extends its ceasefire to the whole frontier", "extended_one", "accepted"),
    ("Ardovia extends its ceasefire to Sunday", "extended_one", "extended_one"),
    ("All three sides have now accepted, he said", "agreed", "agreed"),
    # a pledge told of a day is no condition
    (
        "Ardovia declared on Wednesday that its forces would observe a truce",
        "announced",
        "announced",
    ),
]


@pytest.mark.parametrize(("quote", "read", "told"), ROWS)
def test_what_a_sentence_tells(quote: str, read: str, told: str | None) -> None:
    assert step_of(said(f"{quote}.", ARDOVIA, C, N, H, steps={read: 0.9})) == told


def test_a_round_with_a_day_that_is_proposed_is_announced() -> None:
    times = (at(NOW + timedelta(days=2), TimeMeaning.TALKS),)
    quote = "Ardovia proposed talks in Orvel on Thursday."
    assert (
        step_of(said(quote, ARDOVIA, N, steps={"proposed": 0.9}, times=times)) == "talks_announced"
    )


@pytest.mark.parametrize(("hours", "told"), [(2, "expired"), (50, "history")])
def test_a_term_that_has_just_run_out_is_no_history(hours: int, told: str) -> None:
    times = (at(NOW - timedelta(hours=hours), TimeMeaning.EXPIRY),)
    quote = "The truce that Ardovia had decreed ran out at midnight."
    assert step_of(said(quote, NOBODY, C, steps={"history": 0.9}, times=times)) == told
