"""Whose halt, whose hour and whose blow it is, where a report tells of several."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.packs import Party
from bot.types import Attribution, SpeakerKind, Status, TimeMeaning
from tests.unit.alerts.test_alerts_decide import (
    ARDOVIA,
    CHURCH,
    HOUR,
    MEDIATOR,
    NOBODY,
    NOW,
    OBSERVERS,
    PACK,
    SELMARA,
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
from tests.unit.alerts.test_alerts_narrated import START, agreed, standing

COUNCIL = Attribution(speaker="Halvia", body="Halvia")
DOCTOR = Attribution(speaker="Dr Anna Weil", speaker_kind=SpeakerKind.MEDIC)
THREE = PACK.model_copy(
    update={
        "parties": (
            Party(id="ardovia", names=("Ardovia",)),
            Party(id="selmara", names=("Selmara",)),
            Party(id="tarn", names=("Tarn",)),
        )
    }
)


def both(quote: str, speaker: Attribution) -> Report:
    parties = tuple(p.id for p in THREE.parties if p.names[0] in quote)
    claim = said(quote, speaker, C, steps={"agreed": 0.9}, sides="both", parties=parties)
    return Report("both", claim)


@pytest.mark.parametrize(
    ("quote", "after"),
    [
        ("Selmara and Tarn have accepted the truce, he said.", Status.ANNOUNCED),
        ("Both sides, Selmara and Tarn, have accepted the truce, he said.", Status.AGREED),
    ],
    ids=["allies", "both sides"],
)
def test_two_of_three_parties_are_allies_unless_they_are_called_sides(
    quote: str, after: Status
) -> None:
    desk = Desk(THREE)
    desk.read(both(quote, MEDIATOR))
    assert desk.status is after


def test_a_halt_with_somebody_is_not_his() -> None:
    joint = Attribution(speaker="Selmara and Tarn", party="selmara")
    quote = "Selmara and Tarn declared a truce with Ardovia."
    claim = said(quote, joint, C, steps={"announced": 0.9}, sides="both")
    desk = Desk(THREE)
    desk.read(Report("halt", claim))
    assert desk.status is Status.ANNOUNCED
    assert {d.by for d in desk.state.ceasefire.declarations} == {"selmara", "tarn"}


def test_one_side_s_halt_stays_its_own_whoever_tells_it() -> None:
    desk = Desk()
    lead = said(
        "The guerrillas will hold their fire, he said.",
        MEDIATOR,
        C,
        steps={"announced": 0.9},
        sides="one",
    )
    signed = said("Selmara's leader had signed the letter.", MEDIATOR, N, steps={"other": 0.9})
    desk.read(Report("letter", lead, signed))
    assert desk.status is Status.ANNOUNCED


def test_a_start_that_the_lead_puts_ahead_has_not_come() -> None:
    desk = Desk()
    desk.read(agreed())
    desk.tick()
    later = (at(desk.now + 5 * HOUR, TimeMeaning.EFFECTIVE),)
    lead = said(
        "The truce will begin at noon.",
        NOBODY,
        C,
        steps={"start_set": 0.5, "effective": 0.5},
        times=later,
    )
    title = said("Truce reached in Orvel.", NOBODY, C, steps={"effective": 0.9}, field="title")
    desk.read(Report("reached", lead, title))
    assert desk.status is Status.DUE


def test_an_order_s_hour_beside_the_mediator_s_moves_nothing() -> None:
    desk = Desk()
    desk.read(agreed())
    rival = (at(START + 3 * HOUR, TimeMeaning.EFFECTIVE),)
    order = said(
        "The order names midnight, three hours later than the mediator said.",
        NOBODY,
        C,
        steps={"start_set": 0.9},
        times=rival,
    )
    answer = said("The hour has not been moved, he said.", MEDIATOR, C, steps={"start_set": 0.9})
    desk.read(Report("order", order, answer))
    assert desk.state.ceasefire.effective_at == START


def test_a_council_that_names_the_hour_puts_a_halt_to_both() -> None:
    desk = Desk()
    quote = "The Council demanded that Ardovia and Selmara cease fire at noon on Wednesday."
    times = (at(NOW + 40 * HOUR, TimeMeaning.EFFECTIVE),)
    desk.read(Report("demand", said(quote, COUNCIL, N, steps={"called_for": 0.9}, times=times)))
    assert desk.status is Status.PROPOSED


@pytest.mark.parametrize(
    ("quote", "after"),
    [
        ("Shells from Selmara hit a bakery in Orvel before the truce started", Status.IN_FORCE),
        ("Shells from Selmara hit a bakery in Orvel", Status.STRAINED),
    ],
)
def test_what_was_done_before_the_halt_breaks_nothing(quote: str, after: Status) -> None:
    desk = standing()
    read = {"breach_alleged": 0.9}
    desk.read(Report("shells", said(f"{quote}, it said.", ARDOVIA, V, H, steps=read)))
    assert desk.status is after


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("Crowds marched over the truce and torched offices in Orvel", "unrest"),
        ("Gunmen fired on a post in Orvel despite the truce", "breach_alleged"),
    ],
)
def test_a_riot_over_a_truce_is_no_breach_of_it(quote: str, reason: str) -> None:
    desk = standing()
    claim = said(f"{quote}.", NOBODY, V, H, steps={"breach_alleged": 0.9})
    assert why(desk.read(Report("riot", claim, title=quote)))[1] == reason


def test_a_doctor_s_dead_of_a_strike_are_told_while_a_halt_stands() -> None:
    desk = standing()
    quote = "An air strike on Orvel killed four, the hospital's director said."
    claim = said(quote, DOCTOR, K, H, steps={"attack": 0.9}, figures=(figure(4),))
    assert why(desk.read(Report("strike", claim)))[1] == "attack_while_it_stands"


def test_a_toll_of_long_ago_opens_nothing() -> None:
    desk = standing()
    quote = "A girl died then, and the toll of the shelling of Orvel a month ago rose to seven."
    died = (at(desk.now, TimeMeaning.OTHER),)
    claim = said(quote, DOCTOR, K, H, steps={"toll": 0.9}, figures=(figure(7),), times=died)
    assert why(desk.read(Report("toll", claim)))[1] == "toll_of_an_old_event"


def test_talks_that_name_nobody_of_the_conflict_are_none_of_its() -> None:
    desk = Desk()
    envoy = Attribution(speaker="the envoy", speaker_kind=SpeakerKind.MEDIATOR)
    times = (at(NOW + timedelta(days=2), TimeMeaning.TALKS),)
    claim = said(
        "The second round opens on Thursday.", envoy, N, steps={"talks_announced": 0.9}, times=times
    )
    assert why(desk.read(Report("round", claim)))[1] == "names_nobody_of_the_conflict"


def test_a_byline_is_no_lead() -> None:
    desk = standing()
    byline = said("From our special correspondent in Orvel.", NOBODY, steps={"other": 0.98})
    quote = "Ardovia and Selmara exchanged the bodies of 31 men as the agreement provides."
    told = said(quote, NOBODY, N, steps={"carried_out": 0.9})
    change = desk.read(Report("dead", byline, told))
    assert why(change)[1] != "reads_as_other"


@pytest.mark.parametrize("by", [OBSERVERS, CHURCH, SELMARA], ids=["monitor", "church", "party"])
def test_who_says_a_half_of_an_extension_extends_nothing_alone(by: Attribution) -> None:
    desk = standing()
    quote = "The truce is prolonged by a week, he said."
    desk.read(Report("more", said(quote, by, C, steps={"extended_one": 0.9}, sides="one")))
    assert desk.status is Status.IN_FORCE


def test_after_a_suspension_one_side_s_halt_opens_a_round_of_its_own() -> None:
    desk = standing()
    quote = "Ardovia suspends the truce until further notice, it said."
    desk.read(Report("pause", said(quote, ARDOVIA, V, steps={"suspended": 0.9})))
    assert desk.status is Status.SUSPENDED
    quote = "Selmara declares a truce from midnight, it said."
    desk.read(Report("own", said(quote, SELMARA, C, steps={"announced": 0.9}, sides="one")))
    assert desk.status is Status.ANNOUNCED
    assert {d.by for d in desk.state.ceasefire.declarations} == {"selmara"}
    quote = "Ardovia joins the truce, it said."
    desk.read(Report("join", said(quote, ARDOVIA, C, steps={"accepted": 0.9}, sides="one")))
    assert desk.status is Status.AGREED
