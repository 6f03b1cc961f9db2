"""Who attacks, who signs, and whose soldiers fell."""

from __future__ import annotations

import pytest

from bot.events.takers import attackers_of, missing_from, parties_in, takers_of
from bot.packs import Pack, Party
from tests.unit.alerts.test_alerts_decide import ARDOVIA, NOBODY, PACK, SELMARA, C, H, said

ATTACKERS = [
    ("Selmaran rockets fell on the market of Varn.", ("selmara",)),
    ("Selmaran air strikes claimed 12 lives.", ("selmara",)),
    ("Ardovia on Saturday began a large operation to disarm the Selmara militia.", ("ardovia",)),
    # what a party says that it has begun itself
    ("Selmara announced on Friday that it had begun an offensive on the ford.", ("selmara",)),
    # whose rebels they are
    ("Ardovia's Selmaran fighters attacked the ford.", ("selmara",)),
    # whose men they are, and who is held to have done it
    ("Gunmen of the Selmara militia, the largest there, shot six policemen.", ("selmara",)),
    ("Six policemen die in an ambush blamed on Selmara", ("selmara",)),
    ("Gunmen shot six members of the Selmara militia.", ()),
    # those who are hit, who count their dead, or who are dealt with
    ("Two Selmaran soldiers fell at the ford.", ()),
    ("The raid in which Selmara's army says it lost two men took place at seven.", ()),
    ("An operation to disarm the Selmara militia began.", ()),
]
NAMED = Pack(
    id="tarn-valley",
    name="Tarn Valley",
    timezone="UTC",
    parties=(
        Party(id="ardovia", names=("Ardovia", "Ardovian")),
        Party(id="selmara", names=("Selmara", "Selmaran", "River Defence Forces")),
    ),
)


@pytest.mark.parametrize(("quote", "who"), ATTACKERS)
def test_who_attacks(quote: str, who: tuple[str, ...]) -> None:
    assert attackers_of((said(quote, NOBODY, H),), NAMED) == who


STATE = NAMED.model_copy(
    update={
        "parties": (
            Party(id="ardovia", names=("Ardovia", "Ardovian army", "Ardovian government")),
            Party(id="front", names=("River Front",)),
            Party(id="league", names=("Hill League",)),
        )
    }
)


@pytest.mark.parametrize(
    ("quote", "named"),
    [
        ("Ardovia rebels are to stop fighting", []),
        ("Ardovia and rebels agree to a truce", ["ardovia"]),
        ("Ardovia says rebels fired on the ford", ["ardovia"]),
        ("Ardovia accuses rebels of shelling", ["ardovia"]),
    ],
)
def test_a_state_is_named_beside_rebels_and_not_by_its_own(quote: str, named: list[str]) -> None:
    assert [party for *_, party in parties_in(quote, STATE)] == named


def test_a_force_that_is_bombed_is_no_attacker_by_its_name() -> None:
    hit = said("The air force bombed River Defence Forces columns, killing 12.", NOBODY, H)
    acts = said("River Defence Forces and police began a large operation.", NOBODY, H)
    assert attackers_of((hit,), NAMED) == ()
    assert attackers_of((acts,), NAMED) == ("selmara",)


def test_all_parties_agree_only_where_they_are_said_to() -> None:
    both = said("All parties to the truce in the valley have agreed to prolong it.", NOBODY, C)
    one = said("Ardovia prolonged its truce and urged all parties to do the same.", ARDOVIA, C)
    assert takers_of((both,), "extended", PACK) == ("ardovia", "selmara")
    assert takers_of((one,), "extended", PACK) == ("ardovia",)


@pytest.mark.parametrize(
    ("quotes", "step", "who"),
    [
        # with whom a halt is kept takes no step of it; who does is named below
        (
            ("Norland suspends ceasefire with Selmara", "Ardovia suspended it."),
            "suspended",
            "ardovia",
        ),
        (("Selmara ends its ceasefire with Ardovia",), "ended", "selmara"),
    ],
)
def test_with_whom_a_halt_is_kept_takes_no_step(
    quotes: tuple[str, ...], step: str, who: str
) -> None:
    assert takers_of([said(quote, NOBODY, C) for quote in quotes], step, PACK) == (who,)


def test_what_the_other_side_declared_may_stand_far_behind_the_halt() -> None:
    joins = said(
        "Selmara will join the truce along the river that Ardovia has declared, it said.",
        SELMARA,
        C,
    )
    assert takers_of((joins,), "accepted", PACK) == ("selmara",)
    tells = said("Selmara said that Ardovia has accepted the truce.", SELMARA, C)
    assert takers_of((tells,), "accepted", PACK) == ("ardovia",)


UNSIGNED = [
    ("Envoys sign the truce at Orvel; Selmaran line left blank", {"selmara"}),
    ("The place kept for Selmara remained empty, he said.", {"selmara"}),
    ("Selmara has not yet signed the paper.", {"selmara"}),
    ("Selmara's delegation refused to sign.", {"selmara"}),
    ("Ardovia accepts in Orvel, Selmara withholds signature", {"selmara"}),
    ("The Selmaran delegation under its speaker left the sheet unsigned.", {"selmara"}),
    ("Ardovia and Selmara signed the truce in an empty hall.", set()),
    ("Selmara says it has signed; the hall was empty.", set()),
]


@pytest.mark.parametrize(("quote", "who"), UNSIGNED)
def test_whose_signature_is_missing(quote: str, who: set[str]) -> None:
    assert missing_from((said(quote, NOBODY, C),), NAMED) == who


def test_what_was_accepted_earlier_is_no_yes_of_today() -> None:
    told = said("Rulers confirm a truce an hour after Selmara accepted the plan.", NOBODY, C)
    before = said("Selmara's cabinet had earlier voted for the plan.", NOBODY, C)
    assert takers_of((told,), "accepted", PACK) == ()
    assert takers_of((before,), "accepted", PACK) == ()
