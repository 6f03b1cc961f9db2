"""What is apart: sessions from talks, a separate halt from the known one, clocks from rounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.types import Precision, Status, TimeMeaning
from tests.unit.alerts.test_alerts_decide import (
    ARDOVIA,
    CHURCH,
    MEDIATOR,
    NOW,
    SELMARA,
    C,
    Desk,
    N,
    Report,
    V,
    at,
    said,
    why,
)
from tests.unit.alerts.test_alerts_narrated import agreed

TALKS = TimeMeaning.TALKS
DAY = timedelta(days=1)


def talks(name: str, quote: str, hours: int = 48) -> Report:
    times = (at(NOW + timedelta(hours=hours), TALKS),)
    return Report(
        name, said(quote, MEDIATOR, N, steps={"talks_announced": 0.9}, sides="both", times=times)
    )


def test_a_body_that_meets_about_a_war_holds_no_talks_of_its_sides() -> None:
    session = "The Halvian Council will hold an emergency session on Friday, he said."
    assert why(Desk().read(talks("session", session)))[1] == "session_of_a_body"
    round_of = "Ardovia and Selmara will meet for a round of talks at Orvel on Friday, he said."
    assert why(Desk().read(talks("round", round_of)))[1] == "step_talks_announced"


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("The round at Orvel begins four hours later than planned, he said.", True),
        ("They push the opening of the round at Orvel back to the afternoon, he said.", True),
        ("The round at Orvel will begin at 2 pm rather than 9 am, he said.", True),
        ("A round at Orvel is to open; clocks were put back in the night, he said.", False),
    ],
    ids=["an hour later", "pushed back", "rather than", "clocks"],
)
def test_a_round_on_another_hour_is_the_same_round(words: str, same: bool) -> None:
    desk = Desk()
    first = desk.read(talks("first", "Ardovia and Selmara will meet at Orvel, he said.", 48))
    desk.now += 4 * DAY
    later = desk.read(talks("later", words, 24 * 6))
    assert first.decision is not None
    assert later.decision is not None
    assert (later.decision.event_id == first.decision.event_id) is same


def test_a_separate_halt_beside_the_one_agreed_on_has_its_own_post() -> None:
    desk = Desk()
    first = desk.read(agreed())
    quote = "Ardovia and Selmara agreed on a truce at sea under a separate deal, he said."
    claim = said(quote, MEDIATOR, C, steps={"agreed": 0.9}, sides="both")
    change = desk.read(Report("sea", claim))
    assert why(change)[1] == "step_agreed"
    assert desk.status is Status.AGREED
    again = desk.read(agreed("again"))
    assert first.decision is not None
    assert change.decision is not None
    assert again.decision is not None
    assert change.decision.event_id != first.decision.event_id == again.decision.event_id


def test_one_sides_yes_to_a_halt_of_some_targets_joins_no_whole_halt() -> None:
    desk = Desk()
    quote = "Ardovia declares a ceasefire, its ministry said."
    desk.read(Report("whole", said(quote, ARDOVIA, C, steps={"announced": 0.9}, sides="one")))
    assert desk.status is Status.ANNOUNCED
    quote = "Selmara agrees to a halt of strikes on power stations, its staff said."
    desk.read(Report("part", said(quote, SELMARA, C, steps={"accepted": 0.9}, sides="one")))
    assert desk.status is Status.ANNOUNCED
    quote = "Selmara accepts the ceasefire, its staff said."
    desk.read(Report("yes", said(quote, SELMARA, C, steps={"accepted": 0.9}, sides="one")))
    assert desk.status is Status.AGREED


def test_breaches_counted_by_a_mediators_house_count() -> None:
    desk = Desk()
    desk.read(agreed())
    start = "The truce has taken effect, Halvia's minister said."
    desk.read(Report("start", said(start, MEDIATOR, C, steps={"effective": 0.9})))
    title = "Nineteen breaches of the truce recorded by Halvia"
    nobody = said(title, CHURCH, V, steps={"breach_counted": 0.9})
    assert why(desk.read(Report("count", nobody)))[1] == "breach_alleged"
    other = said("Nineteen breaches of the truce recorded, it says.", CHURCH, V)
    assert why(Desk().read(Report("other", other)))[1] != "breach_alleged"


@pytest.mark.parametrize("meaning", [TimeMeaning.OTHER, TimeMeaning.EFFECTIVE, TALKS])
def test_the_hour_of_talks_on_a_truce_is_put_on_their_day(meaning: TimeMeaning) -> None:
    day = (NOW + 6 * DAY).replace(hour=0, minute=0)
    span = replace(at(day, meaning), end=day + DAY, precision=Precision.DAY)
    clock = at(NOW.replace(hour=9, minute=0) + DAY, TALKS)
    steps = {"talks_announced": 0.9}
    lead = "Talks of Ardovia and Selmara on a truce will be held at Orvel on Friday, he said."
    hour = "The round will open at nine, he said."
    round_of = Report(
        "round",
        said(lead, MEDIATOR, N, steps=steps, sides="both", times=(span,)),
        said(hour, MEDIATOR, N, steps=steps, sides="both", times=(clock,)),
    )
    desk = Desk()
    desk.read(round_of)
    assert day.replace(hour=9) in {t.start for t in desk.state.events[0].times}


@pytest.mark.parametrize(
    ("ahead", "same"),
    [(30, True), (20, False)],
    ids=["its day lies ahead", "its day has passed"],
)
def test_a_round_moved_weeks_after_it_was_announced_is_that_round(ahead: int, same: bool) -> None:
    def round_on(day: datetime, quote: str) -> Report:
        span = replace(at(day, TALKS), end=day + DAY, precision=Precision.DAY)
        steps = {"talks_announced": 0.9}
        told = said(quote, MEDIATOR, N, steps=steps, times=(span,), places=("Orvel",))
        return Report(quote[:9], told)

    desk = Desk()
    plain = "Ardovia and Selmara will meet for talks at Orvel, he said."
    first = desk.read(round_on(NOW + ahead * DAY, plain))
    desk.now += 25 * DAY
    moved = "The round of Ardovia and Selmara at Orvel opens four days later than planned, he said."
    later = desk.read(round_on(NOW + 34 * DAY, moved))
    assert first.decision is not None
    assert later.decision is not None
    assert (later.decision.event_id == first.decision.event_id) is same
