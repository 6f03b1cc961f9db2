"""Steps and rounds that an outlet tells in its own words, and what no such words are."""

from __future__ import annotations

import pytest

from bot.types import Attribution, Status, TimeMeaning
from tests.unit.alerts.test_alerts_decide import (
    ARDOVIA,
    CHURCH,
    HOUR,
    MEDIATOR,
    NOBODY,
    NOW,
    OBSERVERS,
    SELMARA,
    SOURCE,
    C,
    Desk,
    N,
    Report,
    V,
    at,
    said,
    why,
)

MINUTE = HOUR / 60
JOINT = Attribution(speaker="joint communiqué")
START = NOW + 90 * MINUTE


def yes(
    by: Attribution, name: str = "yes", quote: str = "Ardovia has accepted the truce"
) -> Report:
    return Report(name, said(f"{quote}.", by, C, steps={"accepted": 0.9}, sides="one"))


def agreed(name: str = "agreed") -> Report:
    quote = "Ardovia and Selmara have both agreed to a truce, he said."
    starts = (at(START, TimeMeaning.EFFECTIVE),)
    return Report(name, said(quote, MEDIATOR, C, steps={"agreed": 0.9}, sides="both", times=starts))


def standing() -> Desk:
    desk = Desk()
    desk.read(agreed())
    quote = "The truce has taken effect, Halvia's minister said."
    desk.read(Report("start", said(quote, MEDIATOR, C, steps={"effective": 0.9})))
    assert desk.status is Status.IN_FORCE
    return desk


def test_a_yes_in_the_outlet_s_own_words_is_its_taker_s() -> None:
    desk = Desk()
    desk.read(yes(NOBODY))
    assert desk.status is Status.ANNOUNCED
    assert [d.by for d in desk.state.ceasefire.declarations] == ["ardovia"]


@pytest.mark.parametrize("by", [SOURCE, CHURCH], ids=["source", "outsider"])
def test_a_yes_that_others_tell_is_none(by: Attribution) -> None:
    desk = Desk()
    desk.read(yes(by))
    assert desk.status is Status.NONE


def test_a_yes_beside_the_other_one_s_denial_is_none() -> None:
    desk = Desk()
    denial = said("Selmara said there was no such truce.", SELMARA, N, steps={"deal_denied": 0.9})
    desk.read(Report("both", *yes(NOBODY).claims, denial))
    assert desk.status is Status.NONE


@pytest.mark.parametrize(
    ("quote", "after"),
    [
        ("Ardovia ended the truce with strikes on two towns", Status.IN_FORCE),
        ("Ardovia announced the end of the truce by decree", Status.ENDED),
    ],
    ids=["by blows", "by decree"],
)
def test_a_narrated_end_has_to_be_declared(quote: str, after: Status) -> None:
    desk = standing()
    desk.read(Report("end", said(f"{quote}.", NOBODY, V, steps={"ended": 0.9})))
    assert desk.status is after


def test_a_start_in_the_outlet_s_words_needs_a_halt_that_was_declared() -> None:
    desk = Desk()
    quote = "The truce of Ardovia has taken effect."
    desk.read(Report("start", said(quote, NOBODY, C, steps={"effective": 0.9})))
    assert desk.status is Status.NONE


def test_a_joint_paper_is_of_both() -> None:
    desk = standing()
    quote = "The truce has been prolonged by a month, a joint communiqué said."
    desk.read(Report("more", said(quote, JOINT, C, steps={"extended": 0.9})))
    assert desk.status is Status.EXTENDED


def test_who_is_ready_to_say_yes_has_not_said_it() -> None:
    desk = Desk()
    desk.read(yes(ARDOVIA, quote="Ardovia is ready to accept a truce once one is negotiated"))
    assert desk.status is Status.NONE


def test_who_never_said_yes_ends_nothing() -> None:
    desk = Desk()
    desk.read(yes(ARDOVIA))
    quote = "Selmara declared the truce of the others over."
    desk.read(Report("no", said(quote, SELMARA, V, steps={"ended": 0.9})))
    assert desk.status is Status.ANNOUNCED


@pytest.mark.parametrize(
    ("quote", "after"),
    [
        ("Not a shot has been heard since then, the mission said", Status.IN_FORCE),
        ("The truce, which was to have begun at seven, has not begun", Status.DUE),
    ],
)
def test_what_is_kept_after_the_hour_has_begun(quote: str, after: Status) -> None:
    desk = Desk()
    desk.read(agreed())
    desk.tick()
    step = "holds" if after is Status.IN_FORCE else "effective"
    desk.read(Report("quiet", said(f"{quote}.", OBSERVERS, C, steps={step: 0.9})))
    assert desk.status is after


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("The talks of Ardovia and Selmara ended in Orvel", "step_talks_ended"),
        ("The trade talks of Ardovia and Selmara ended in Orvel", "talks_on_another_matter"),
        ("The talks ended in Orvel", "talks_not_by_those_concerned"),
    ],
)
def test_a_round_that_an_outlet_tells_itself_is_one_of_both_sides(quote: str, reason: str) -> None:
    desk = Desk()
    steps = {"talks_ended": 0.9}
    assert why(desk.read(Report("round", said(f"{quote}.", NOBODY, N, steps=steps))))[1] == reason


def test_a_text_that_the_outlet_says_was_handed_over_is_the_mediator_s() -> None:
    desk = Desk()
    quote = "A draft truce of Halvia's was handed to Ardovia and, an hour later, to Selmara."
    desk.read(Report("draft", said(quote, NOBODY, N, steps={"proposed": 0.9}, sides="neither")))
    assert desk.status is Status.PROPOSED


@pytest.mark.parametrize(
    ("lead", "after"),
    [
        ("The truce has been prolonged by agreement of both sides.", Status.EXTENDED),
        ("Both commands announce that the truce has been prolonged.", Status.EXTENDED),
        ("The truce has been prolonged, it is hoped in Orvel.", Status.IN_FORCE),
    ],
)
def test_what_the_outlet_says_both_have_prolonged_stands_whoever_is_quoted(
    lead: str, after: Status
) -> None:
    desk = standing()
    quoted = "Ardovia and Selmara have prolonged it by two days, its ministry said."
    source = "The generals need quiet behind them, an officer said."
    desk.read(
        Report(
            "more",
            said(lead, NOBODY, C, steps={"extended": 0.9}, sides="both"),
            said(quoted, ARDOVIA, C, steps={"extended": 0.95}, sides="both"),
            said(source, SOURCE, N, steps={"called_for": 0.5}),
        )
    )
    assert desk.status is after
