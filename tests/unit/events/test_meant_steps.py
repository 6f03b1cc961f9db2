"""Which step the whole head of a report means, where its plainest sentence says another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.events.meant_steps import is_of_strangers, meant_step
from bot.types import Attribution, Claim
from tests.unit.alerts.test_alerts_decide import ARDOVIA, MEDIATOR, NOBODY, PACK, C, N, said

Row = tuple[str, str, Attribution]


def head(*rows: Row) -> list[Claim]:
    """Return a title and the sentences below it, each with its reading and its speaker."""
    made = []
    for n, (quote, step, by) in enumerate(rows):
        sides = "both" if step == "agreed" else "one"
        field = "title" if n == 0 else "text"
        claim = said(quote, by, C, N, steps={step: 0.9}, sides=sides, field=field)
        made.append(replace(claim, id=str(n)))
    return made


def step(*rows: Row) -> str | None:
    return meant_step(head(*rows), PACK)[1]


ACCEPTED = ("Selmara has accepted the truce, Ardovia's premier said.", "accepted", ARDOVIA)


def test_what_is_signed_for_both_is_agreed() -> None:
    signed = "Instrument of truce signed on behalf of both commands"
    assert step((signed, "agreed", ARDOVIA), ACCEPTED) == "agreed"
    later = "The truce begins when both have signed the paper"
    assert step((later, "agreed", NOBODY), ACCEPTED) == "accepted"


@pytest.mark.parametrize(
    "without",
    [
        "Ardovia and Selmara sign an accord; a ceasefire is still to be negotiated",
        "Ardovia and Selmara sign an accord that does not contain a ceasefire",
        "Ardovia and Selmara sign an accord on two districts",
    ],
)
def test_a_paper_that_leaves_the_fighting_out_is_no_halt(without: str) -> None:
    agreed = ("They signed an accord on how the valley is run, he said.", "agreed", MEDIATOR)
    closing = ("The round of talks ended on Tuesday, he said.", "talks_ended", MEDIATOR)
    assert step((without, "agreed", NOBODY), agreed) == "rumoured"
    assert step((without, "agreed", NOBODY), agreed, closing) == "talks_ended"


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Ardovia's premier puts truce with the militia on hold", "suspended"),
        ("Ardovia has put on ice the river ceasefire", "suspended"),
        ("Ardovia puts talks about the truce with the militia on the agenda", "proposed"),
        ("Ardovia puts on hold its offer of land", "proposed"),
    ],
)
def test_a_truce_put_on_hold_is_suspended(title: str, meant: str) -> None:
    told = ("He told the army to take up operations again.", "proposed", ARDOVIA)
    assert step((title, "other", NOBODY), told) == meant


@pytest.mark.parametrize(
    ("lead", "meant"),
    [
        ("The offensive that he announced in June has reached its goal, he said.", "attack"),
        ("The offensive will go on until its goal is reached, he said.", "offensive_announced"),
    ],
)
def test_an_offensive_at_its_goal_opens_no_other(lead: str, meant: str) -> None:
    title = ("Flag hoisted in the rebels' camp after a 12-day push", "offensive_announced", ARDOVIA)
    assert step(title, (lead, "offensive_announced", ARDOVIA)) == meant


def test_a_lead_that_paints_a_scene_hides_no_halt() -> None:
    scene = ("Both have said yes, the envoy says on the steps", "agreed", MEDIATOR)
    lead = ("It was past eight when the envoy came out.", "other", NOBODY)
    told = ("They have agreed that the shooting stops at noon, he said.", "agreed", MEDIATOR)
    assert step(scene, lead, told) == "agreed"
    doubt = ("He warned that the guns had not stopped.", "opinion", MEDIATOR)
    assert step(scene, lead, doubt) == "rumoured"


def test_a_yes_to_something_else_is_no_yes_to_a_halt() -> None:
    verdict = ("Ardovia's premier accepts the deal of his bureau", "accepted", ARDOVIA)
    assert (
        step(verdict, ("He accepted the deal and left, he said.", "accepted", ARDOVIA)) == "other"
    )


def test_a_title_that_paints_a_scene_hides_no_act_under_an_agreement() -> None:
    lead = "The soldiers gave up their rifles in execution of the accord, as agreed."
    scene = "On a golf course, a column lays down what it carried"
    assert step((scene, "other", NOBODY), (lead, "carried_out", NOBODY)) == "carried_out"
    undone = "The soldiers would not give up their rifles, as agreed in the accord."
    assert step((scene, "other", NOBODY), (undone, "other", NOBODY)) == "other"


def test_lands_that_have_no_part_in_the_conflict_agree_among_themselves() -> None:
    foreign = head(("North Korea and Kenya sign a truce, the envoy says", "agreed", MEDIATOR))
    own = head(("Ardovia and Selmara sign a truce, Kenya says", "agreed", MEDIATOR))
    assert is_of_strangers(foreign, PACK)
    assert not is_of_strangers(own, PACK)
