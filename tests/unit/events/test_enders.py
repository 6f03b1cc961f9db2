"""An accusation never ends a ceasefire: who is said to end it is not always who says so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.events.enders import accused_of
from bot.events.status import Role
from bot.packs import Named, Pack, Party, Place
from bot.types import Attribution, Claim, Stance

PACK = Pack(
    id="tarn-valley",
    name="Tarn Valley",
    timezone="Etc/GMT-3",
    parties=(
        Party(id="ardovia", names=("Ardovia", "Ardovian", "Paul Renner")),
        Party(id="selmara", names=("Selmara", "Selmaran", "Lena Marosh")),
    ),
    places=(Place(name="Esk"), Place(name="Orvel")),
    mediators=(Named(name="Halvia", names=("Ingrid Solle",)),),
)


def said(quote: str, party: str | None, stance: Stance = Stance.ASSERTS) -> Claim:
    return Claim(
        id="e:text:0",
        entry_id="e",
        at=datetime(2026, 3, 11, 8, tzinfo=UTC),
        field="text",
        quote=quote,
        start=0,
        end=len(quote),
        labels=("ceasefire",),
        scores={},
        attribution=Attribution(speaker="somebody", party=party, stance=stance),
        outlet="wire",
        outlet_name="Wire",
        url="https://example.org/e",
        conflict="tarn-valley",
    )


CHARGES = [
    # fronted, with the speaker behind
    "Selmara has torn up the ceasefire with the shelling of Orvel, Paul Renner said.",
    # reported
    "Ardovia's army said Selmara had abandoned the ceasefire by moving guns to Esk.",
    # an adverb takes nothing back
    "Ardovia said that Selmara had effectively ended the truce.",
    # to accuse of
    "Paul Renner accused Selmara of scrapping the ceasefire.",
    "Ardovia blamed Selmara for ending the truce.",
    # by the other's hand
    "The ceasefire has been killed by Selmara's guns, Ardovia's army said.",
    # its troops are it
    "Selmaran troops at Esk have broken off the truce, Ardovia's army said.",
    # marks around the words
    "Selmara is “no longer observing” the *ceasefire*, Ardovia complained.",
    "Selmara walked away from the agreement, according to Ardovia.",
    "In deeds Selmara has withdrawn from the ceasefire agreement, Paul Renner said.",
]
OWN = [
    "Ardovia is ending the ceasefire with immediate effect, Paul Renner said.",
    "Ardovia tore up the ceasefire, saying that Selmara had never kept it.",
    # the other's breach is the reason
    "Because Selmara broke it the ceasefire no longer exists for Ardovia, the government said.",
    "Ardovia accused Selmara of a hundred breaches and said it was ending the truce.",
    # both are named as ending it
    "Ardovia ended the truce, saying that Selmara had torn up the ceasefire before.",
    "“The ceasefire is over,” Paul Renner said.",
    # what the other is asked or wants to do is not done
    "The truce is over since Selmara refused to end the siege, Ardovia said.",
    "Ardovia declared its ceasefire with Selmara at an end and left the agreement.",
    # what the other one did a day before is no part of it
    "Ardovia has declared the ceasefire at an end, a day after Selmara stopped observing it.",
]


@pytest.mark.parametrize("quote", CHARGES)
def test_who_charges_the_other_side_with_the_end_ends_nothing(quote: str) -> None:
    assert accused_of("ended", said(quote, "ardovia"), Role.PARTY, PACK) == ("selmara",)


@pytest.mark.parametrize("quote", OWN)
def test_one_s_own_declaration_is_no_charge(quote: str) -> None:
    assert accused_of("ended", said(quote, "ardovia"), Role.PARTY, PACK) is None


def test_a_foe_without_a_name_is_charged_all_the_same() -> None:
    quote = "The enemy has buried the ceasefire, Paul Renner told soldiers."
    assert accused_of("ended", said(quote, "ardovia"), Role.PARTY, PACK) == ()


@pytest.mark.parametrize(
    ("quote", "accused"),
    [
        ("Selmara has launched a large offensive against Esk, Ardovia's army said.", ("selmara",)),
        ("Ardovia accused Selmara of starting a ground assault.", ("selmara",)),
        ("Ardovia has launched an offensive towards Esk, its army said.", None),
    ],
)
def test_an_offensive_is_announced_by_who_begins_it(
    quote: str, accused: tuple[str, ...] | None
) -> None:
    claim = said(quote, "ardovia")
    assert accused_of("offensive_announced", claim, Role.PARTY, PACK) == accused


@pytest.mark.parametrize(
    ("stance", "accused"), [(Stance.ASSERTS, None), (Stance.ACCUSES, ("selmara",))]
)
def test_a_mediator_may_tell_what_a_side_told_him_and_not_charge_it(
    stance: Stance, accused: tuple[str, ...] | None
) -> None:
    claim = said("Selmara has withdrawn from the ceasefire, Ingrid Solle said.", None, stance)
    assert accused_of("ended", claim, Role.MEDIATOR, PACK) == accused


def test_other_steps_are_not_looked_at() -> None:
    claim = said(CHARGES[0], "ardovia")
    assert accused_of("breach_alleged", claim, Role.PARTY, PACK) is None
