"""When an hour, a yes or a paper makes a round, and which hours a known one keeps."""

from __future__ import annotations

from datetime import timedelta

from bot.types import Attribution, Status, TimeMeaning, TimeSpan
from tests.unit.alerts.test_alerts_decide import (
    ARDOVIA,
    CHURCH,
    HOUR,
    MEDIATOR,
    NOBODY,
    NOW,
    SELMARA,
    C,
    Desk,
    H,
    N,
    Report,
    V,
    at,
    said,
    told,
)

START = NOW + 12 * HOUR
END = START + timedelta(days=4) - 12 * HOUR


def agreed(
    name: str, what: str, by: Attribution = MEDIATOR, times: tuple[TimeSpan, ...] = ()
) -> Report:
    quote = f"Ardovia and Selmara have both agreed to {what}, he said."
    return Report(name, said(quote, by, C, steps={"agreed": 0.9}, sides="both", times=times))


AGREED = agreed(
    "agreed",
    "a truce",
    times=(at(START, TimeMeaning.EFFECTIVE), at(END, TimeMeaning.EXPIRY)),
)


def test_an_hour_that_a_mediator_sets_where_none_was_agreed_is_the_agreement() -> None:
    desk = Desk()
    desk.read(
        Report(
            "hour",
            said(
                "Ardovia and Selmara will both stop firing then, Halvia's minister said.",
                MEDIATOR,
                C,
                steps={"start_set": 0.9},
                sides="both",
                times=(at(START, TimeMeaning.EFFECTIVE),),
            ),
        )
    )
    assert desk.status is Status.AGREED
    assert desk.state.ceasefire.effective_at == START


def test_a_round_length_told_again_does_not_move_the_known_end() -> None:
    desk = Desk()
    desk.read(AGREED)
    desk.read(agreed("again", "a four-day truce"))
    assert desk.state.ceasefire.expires_at == END


def test_what_somebody_of_no_weight_tells_sets_no_other_hour() -> None:
    desk = Desk()
    desk.read(AGREED)
    later = (at(START + 2 * HOUR, TimeMeaning.EFFECTIVE),)
    desk.read(agreed("later", "a truce that begins later", CHURCH, later))
    assert desk.state.ceasefire.effective_at == START


def _signed(quote: str, beside: str) -> Report:
    signed = said(quote, MEDIATOR, N, steps={"agreed": 0.9}, sides="both")
    return Report("signed", signed, said(beside, NOBODY, N, steps={"other": 0.9}))


def test_a_paper_that_only_opens_the_way_is_no_halt() -> None:
    desk = Desk()
    desk.read(
        _signed(
            "Ardovia and Selmara signed principles that closed a round of talks, Halvia said.",
            "They have two weeks to negotiate a comprehensive ceasefire.",
        )
    )
    assert desk.status is Status.NONE


def test_a_halt_of_another_length_opens_a_round_after_one_that_never_began() -> None:
    desk = Desk()
    desk.read(agreed("first", "a five-hour truce"))
    number = desk.state.ceasefire.number
    desk.now += timedelta(days=3)
    desk.read(agreed("soon", "a 72-hour truce"))
    assert desk.state.ceasefire.number == number
    desk.now += timedelta(days=9)
    change = desk.read(agreed("second", "a 72-hour truce"))
    assert [a.action.value for a in change.actions] == ["post"]
    assert desk.state.ceasefire.number == number + 1


def _standing() -> Desk:
    desk = Desk()
    held = said("The truce has taken effect.", NOBODY, C, steps={"effective": 0.95})
    desk.read(AGREED)
    desk.now = START
    desk.read(Report("held", held))
    assert desk.status is Status.IN_FORCE
    return desk


def test_a_blow_that_a_party_claims_itself_is_told_while_a_halt_stands() -> None:
    own = said(
        "Selmara's army fired rockets at Orvel, it said.",
        SELMARA,
        H,
        steps={"attack": 0.95},
    )
    assert told(_standing().read(Report("own", own)))[0][:2] == ("post", "violation")


def test_a_breach_is_told_beside_a_demand() -> None:
    breach = said(
        "Selmara's gunners broke the truce at Orvel.",
        NOBODY,
        V,
        H,
        steps={"breach_alleged": 0.95},
    )
    demand = said(
        "Selmara has broken its word at Orvel, and Halvia must step in, the ministry said.",
        ARDOVIA,
        V,
        steps={"breach_alleged": 0.6},
    )
    change = _standing().read(Report("breach", breach, demand))
    assert change.actions
    assert change.actions[0].status_after is Status.STRAINED
