"""Replies, rival accounts and starts told late find the event that they are about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.types import Stance, Status, TimeMeaning
from tests.unit.alerts.test_alerts_decide import (
    AGREED,
    ARDOVIA,
    ATTACK,
    BREACH,
    HOUR,
    IN_FORCE,
    NOBODY,
    NOW,
    PROPOSED,
    SELMARA,
    SHELLED,
    SUSPENDED,
    C,
    Desk,
    H,
    K,
    N,
    Report,
    at,
    figure,
    said,
    told,
    why,
)

HIT = {"attack": 0.9}
OWN_ACCOUNT = Report(
    "own-account",
    said(
        "Ardovia's men fired first at Orvel, Selmara's army said.",
        SELMARA,
        H,
        steps=HIT,
        places=("Orvel",),
    ),
)
ELSEWHERE = Report(
    "elsewhere",
    said(
        "Ardovia's men fired first at Esk, Selmara's army said.",
        SELMARA,
        H,
        steps=HIT,
        places=("Esk",),
    ),
)
HOSPITAL = Report(
    "hospital",
    said(
        "Shells hit the hospital of Orvel, its director said.",
        NOBODY,
        H,
        steps=HIT,
        places=("Orvel",),
    ),
)
PRICE = Report(
    "price",
    said(
        "Selmara wants the ridge first, its foreign ministry said.",
        SELMARA,
        N,
        steps={"called_for": 0.9},
    ),
)


def test_the_other_sides_account_of_an_incident_stands_beside_it() -> None:
    desk = Desk()
    desk.read(SHELLED)
    change = desk.read(OWN_ACCOUNT)
    assert [(a.action.value, a.alert_id) for a in change.actions] == [("edit", "TL-000001")]


def test_an_account_of_another_place_does_not() -> None:
    desk = Desk()
    desk.read(SHELLED)
    assert desk.read(ELSEWHERE).actions == ()


def test_a_hospital_hit_in_the_same_town_is_an_event_of_its_own() -> None:
    desk = Desk()
    desk.read(SHELLED)
    change = desk.read(HOSPITAL)
    assert [(a.action.value, a.reason) for a in change.actions] == [("post", "protected_site")]


def test_a_partys_price_is_a_reply_only_while_an_offer_lies_on_the_table() -> None:
    desk = Desk()
    desk.read(PROPOSED)
    assert told(desk.read(PRICE)) == [("edit", N, "update", "proposed", False)]
    assert Desk().read(PRICE).actions == ()


@pytest.mark.parametrize(
    ("hours", "words", "moves"),
    [
        # after the hour it tells the start, before it the same announcement again
        (3, "Ardovia has declared a ceasefire from 10 a.m.", True),
        (0, "Ardovia has declared a ceasefire from 10 a.m.", False),
    ],
)
def test_an_announcement_after_its_hour_tells_the_start(
    hours: int, words: str, moves: bool
) -> None:
    start = NOW + 2 * HOUR
    declared = said(words, ARDOVIA, C, times=(at(start, TimeMeaning.EFFECTIVE),))
    desk = Desk()
    desk.read(Report("first", declared))
    if hours:
        desk.tick()
        desk.now += hours * HOUR
    again = replace(declared, quote=f"In the valley, its ministry said, {words}")
    change = desk.read(Report("second", again, outlet="Other"))
    assert (desk.status is Status.IN_FORCE) == moves, why(change)


def test_what_is_agreed_after_a_suspension_is_another_agreement() -> None:
    desk = Desk()
    desk.read(*IN_FORCE, SUSPENDED)
    assert desk.status is Status.SUSPENDED
    words = AGREED.claims[0].quote + " It is the second one this week."
    change = desk.read(
        Report("again", said(words, AGREED.claims[0].attribution, C), outlet="Other")
    )
    assert told(change)[0][:4] == ("post", C, "step_agreed", "agreed")


def test_a_denial_at_a_rare_place_goes_to_the_incident_there() -> None:
    denial = Report(
        "denial",
        said(
            "Selmara denied that its drones had killed anybody near Esk.",
            SELMARA,
            H,
            stance=Stance.DENIES,
            places=("Esk",),
            steps={"deal_denied": 0.9},
        ),
    )
    desk = Desk()
    desk.read(*IN_FORCE, BREACH, ATTACK)
    change = desk.read(denial)
    event = next(e for e in desk.state.events if "denial" in e.entry_ids)
    assert "Esk" in event.places
    assert why(change) == ("denial", "denial")


def test_a_second_toll_of_other_numbers_is_the_same_incident() -> None:
    rival = Report(
        "rival",
        said(
            "The drone strike near Esk killed eleven soldiers, a doctor said.",
            NOBODY,
            K,
            H,
            figures=(figure(11),),
            places=("Esk",),
        ),
    )
    desk = Desk()
    desk.read(ATTACK)
    change = desk.read(rival)
    assert next(a.action.value for a in change.actions) == "edit"
