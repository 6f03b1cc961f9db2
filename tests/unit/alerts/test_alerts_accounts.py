"""Second accounts, whole heads and two pieces of news: what opens an event and what follows one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.types import Attribution, Claim, Status, TimeMeaning
from tests.unit.alerts.test_alerts_decide import (
    AGREED,
    ARDOVIA,
    HOUR,
    IN_FORCE,
    MEDIATOR,
    NOBODY,
    SELMARA,
    START,
    C,
    Desk,
    H,
    K,
    N,
    Report,
    V,
    at,
    figure,
    said,
    why,
)

STRUCK = Report(
    "struck",
    said(
        "Shells hit a clinic in Orvel, breaking the ceasefire, Ardovia's Defence Ministry said.",
        ARDOVIA,
        V,
        H,
        steps={"breach_alleged": 0.9},
        places=("Orvel",),
    ),
)
ADMITTED = said(
    "Selmara's General Staff admits that its guns broke the ceasefire by mistake at Orvel.",
    SELMARA,
    V,
    H,
    steps={"breach_alleged": 0.9},
    places=("Orvel",),
)


def test_who_owns_up_to_a_known_blow_follows_it() -> None:
    desk = Desk()
    desk.read(*IN_FORCE, STRUCK)
    change = desk.read(Report("admitted", ADMITTED))
    assert {(a.action.value, a.alert_id) for a in change.actions} == {("edit", "TL-000003")}


def test_who_admits_a_loss_owns_up_to_no_blow() -> None:
    desk = Desk()
    desk.read(*IN_FORCE, STRUCK)
    quote = "The loss of Varn hill to Ardovia leaves the town open, Selmara's army admitted."
    lost = replace(ADMITTED, quote=quote, places=("Varn",))
    change = desk.read(Report("lost", lost))
    assert {a.action.value for a in change.actions} == {"post"}


def test_what_is_owned_up_to_months_later_strains_no_truce_of_today() -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    late = "Selmara's army admits that its guns broke the ceasefire at Esk last month."
    change = desk.read(Report("late", replace(ADMITTED, quote=late, places=("Esk",))))
    assert all(a.action.value == "edit" for a in change.actions)
    assert desk.status is Status.IN_FORCE


def test_a_weekday_alone_opens_nothing_and_may_follow() -> None:
    # The story's day, 10 March 2026, is a Tuesday.
    shells = said(
        "Shells killed six people in Orvel on Tuesday, Ardovia's Defence Ministry said.",
        ARDOVIA,
        K,
        H,
        figures=(figure(6),),
        places=("Orvel",),
    )
    undated = Report("undated", shells, age=None)
    assert why(Desk().read(undated)) == ("background", "undated_but_for_a_weekday")
    desk = Desk()
    desk.read(Report("dated", replace(shells, quote="Shells killed six people in Orvel, he said.")))
    assert all(a.action.value == "edit" for a in desk.read(undated).actions)


def sentences(*rows: tuple[str, dict[str, float]]) -> tuple[Claim, ...]:
    return tuple(said(quote, ARDOVIA, H, steps=steps, places=("Orvel",)) for quote, steps in rows)


STORM = {"attack": 0.6, "offensive_announced": 0.3}
BEGAN = {"offensive_announced": 0.7, "attack": 0.2}


def test_an_attack_opens_an_offensive_where_the_whole_head_tells_one() -> None:
    head = sentences(
        ("Ardovia's troops stormed the post office of Orvel at dawn, its ministry said.", STORM),
        ("The operation of Ardovia's army began at four, the ministry said.", BEGAN),
    )
    assert why(Desk().read(Report("storm", *head))) == ("new", "offensive")


def test_while_a_ceasefire_stands_the_same_words_end_nothing() -> None:
    head = sentences(
        ("Ardovia's troops stormed the post office of Orvel at dawn, its ministry said.", STORM),
        ("The operation of Ardovia's army began at four, the ministry said.", BEGAN),
    )
    desk = Desk()
    desk.read(*IN_FORCE, Report("storm", *head))
    assert desk.status in (Status.IN_FORCE, Status.STRAINED)


OFFENSIVE = Report(
    "offensive",
    said(
        "Ardovia launched an offensive towards Orvel, its Defence Ministry said.",
        ARDOVIA,
        H,
        steps={"offensive_announced": 0.95},
        places=("Orvel",),
    ),
)


def killed(name: str, quote: str, place: str) -> Report:
    told_by = said(
        quote, ARDOVIA, K, H, steps={"attack": 0.9}, figures=(figure(40),), places=(place,)
    )
    return Report(name, told_by)


def test_the_dead_of_an_operation_s_first_days_go_to_it() -> None:
    desk = Desk()
    desk.read(OFFENSIVE)
    desk.now += timedelta(hours=40)
    quote = "Forty fighters were killed in the first two days of the operation, Ardovia said."
    assert why(desk.read(killed("days", quote, "Esk")))[0] != "new"


def test_the_deadliest_strike_since_it_began_is_one_of_its_own() -> None:
    desk = Desk()
    desk.read(OFFENSIVE)
    desk.now += timedelta(hours=40)
    quote = (
        "A strike of Selmara killed forty people at the market of Esk, the deadliest since the"
        " offensive began, Ardovia said."
    )
    assert why(desk.read(killed("deadliest", quote, "Esk"))) == ("new", "many_killed")


RIVAL_HOURS = [
    ("The ceasefire starts at six and not at midnight, Selmara's General Staff said.", SELMARA),
    # an order read out by nobody known
    ("Units were told midnight, six hours later than the mediator had said.", NOBODY),
]


@pytest.mark.parametrize(("quote", "by"), RIVAL_HOURS)
def test_a_rival_hour_leaves_the_agreed_one(quote: str, by: Attribution) -> None:
    desk = Desk()
    desk.read(AGREED)
    rival = said(
        quote,
        by,
        C,
        steps={"start_set": 0.9},
        times=(at(START + 6 * HOUR, TimeMeaning.EFFECTIVE),),
    )
    desk.read(Report("rival", rival))
    assert desk.state.ceasefire.effective_at == START


def test_an_extension_takes_a_suspended_ceasefire_up_again() -> None:
    desk = Desk()
    suspended = said(
        "Selmara suspends its observance of the ceasefire, its General Staff said.",
        SELMARA,
        V,
        steps={"suspended": 0.95},
    )
    desk.read(*IN_FORCE, Report("suspended", suspended))
    assert desk.status is Status.SUSPENDED
    both = said(
        "Ardovia and Selmara have agreed to extend the ceasefire by two weeks, Ingrid Solle said.",
        MEDIATOR,
        C,
        steps={"extended": 0.95},
        sides="both",
    )
    desk.read(Report("extended", both))
    assert desk.status is Status.EXTENDED


def test_talks_that_end_and_a_truce_that_is_prolonged_are_two_posts() -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    lead = (
        "Talks between Ardovia and Selmara ended without an accord, but the ceasefire has been"
        " extended by a day, Ingrid Solle said."
    )
    more = "Both sides agreed that the ceasefire is extended until Friday, Ingrid Solle said."
    change = desk.read(
        Report(
            "both",
            said(lead, MEDIATOR, N, steps={"talks_ended": 0.88}, sides="both"),
            said(more, MEDIATOR, C, steps={"extended": 0.95}, sides="both"),
        )
    )
    assert {(a.kind, a.reason) for a in change.actions} == {
        (C, "step_extended"),
        (N, "step_talks_ended"),
    }
    assert desk.status is Status.EXTENDED


def signed(title: str, lead: str, by: Attribution = NOBODY) -> Report:
    head = replace(said(title, NOBODY, C, steps={"agreed": 0.95}, sides="both"), field="title")
    text = said(lead, by, C, steps={"agreed": 0.9}, sides="both")
    return Report("signed", head, text)


def test_what_both_have_signed_counts_whoever_of_them_reads_it_out() -> None:
    desk = Desk()
    lead = "Ardovia and Selmara signed a ceasefire on Tuesday, Ardovia's Defence Ministry said."
    desk.read(signed("Ardovia and Selmara sign ceasefire", lead, ARDOVIA))
    assert desk.status is Status.AGREED


def test_to_sign_up_and_to_agree_initially_is_no_signature() -> None:
    for title in (
        "Ardovia and Selmara sign up to ceasefire talks",
        "Ardovia and Selmara initially agreed ceasefire, then balked",
    ):
        desk = Desk()
        desk.read(signed(title, "Both balked at the ceasefire, Ardovia's ministry said.", ARDOVIA))
        assert desk.status is not Status.AGREED, title


def test_an_offensive_stays_one_with_the_dead_of_its_first_day() -> None:
    desk = Desk()
    opened = said(
        "Ardovia launched an offensive towards Orvel and forty people were killed, its Defence"
        " Ministry said.",
        ARDOVIA,
        K,
        H,
        steps={"offensive_announced": 0.95},
        figures=(figure(40),),
        places=("Orvel",),
    )
    change = desk.read(Report("opened", opened))
    assert [(a.kind, a.reason, a.silent) for a in change.actions] == [(H, "offensive", False)]


def test_a_paper_that_lacks_a_signature_binds_those_who_signed() -> None:
    desk = Desk()
    lead = "Ardovia and Selmara were to sign, and the place kept for Selmara remained empty."
    desk.read(signed("Ardovia and Selmara at table for truce; Ardovia signs", lead))
    assert desk.status is Status.ANNOUNCED
