"""Where news happened, and whether it hit what is protected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.events.scene import places_of, theatre_of
from bot.events.sites import hits_protected, sites_in
from bot.packs import Pack, Place
from bot.types import Attribution, Claim
from tests.unit.alerts.test_alerts_decide import NOBODY, PACK, H, said


def told(quote: str, by: Attribution = NOBODY, **rest: object) -> Claim:
    return replace(said(quote, by, H, steps={"attack": 0.9}), **rest)  # type: ignore[arg-type]


SCENES = [
    ("Shells hit the market in Orvel.", ("Orvel",)),
    # where the wounded lie, and where somebody has spoken
    ("The hospital in Orvel took in the bodies of five men.", ()),
    ("Orvel hospital received five bodies from the field.", ()),
    ("The aircraft was bombed, as stated in Orvel last night.", ()),
    # a hospital that is hit itself
    ("Shells hit the hospital in Orvel.", ("Orvel",)),
]


@pytest.mark.parametrize(("quote", "places"), SCENES)
def test_news_happened_where_the_blow_fell(quote: str, places: tuple[str, ...]) -> None:
    claim = told(quote)
    assert places_of([claim], [claim], "attack") == places


def test_a_man_may_bear_the_name_of_a_town() -> None:
    by = Attribution(speaker="Anna Orvel", speaker_text="a headman, Anna Orvel,")
    claim = told("Three bombs fell on the field, a headman, Anna Orvel, confirmed.", by)
    assert places_of([replace(claim, places=("Orvel",))], [claim], "attack") == ()


PROTECTED = [
    ("Shells hit the hospital in Orvel.", True),
    ("A truck carrying food was shot at near Esk.", True),
    ("Militiamen attacked the United Nations office in Esk.", True),
    ("A car bomb blew up beside the entrance of the hospital.", True),
    ("Tank shells slammed into a UN observation post near Esk.", True),
    ("Rockets landed inside the base, killing two peacekeepers.", True),
    ("Tank shell wounds two Halvian peacekeepers near Esk.", True),
    ("The man died of his wounds; peacekeepers found him.", False),
    ("The envoy landed in Orvel beside the hospital.", False),
    ("Fighters opened fire on a convoy of World Food Programme lorries.", True),
    ("Warplanes bombed homes in the Kolm refugee camp.", True),
    # where somebody was ambushed, and what only bears the name
    ("Gunmen ambushed the commander in the Kolm refugee camp.", False),
    ("Guns shelled Varn after Selmara rejected the UN position on the border.", False),
    ("Guns hit back at Varn while UN observers looked on.", False),
    # treated there, or spoken from there
    ("The hospital in Orvel received the bodies of nine killed men.", False),
    # an old blow that tells who somebody is
    ("The chief, who was accused of bombing the embassy, died.", False),
]


@pytest.mark.parametrize(("quote", "hit"), PROTECTED)
def test_what_is_protected_is_hit_or_not(quote: str, hit: bool) -> None:
    assert hits_protected(told(quote)) is hit


def test_sites_are_told_apart_by_sort() -> None:
    assert sites_in("a shell hit the clinic beside the UN post") == {"care", "mission"}
    assert sites_in("lorries with flour were burnt") == frozenset()


def test_the_red_cross_that_counts_the_dead_is_not_hit() -> None:
    by = Attribution(speaker="Red Cross", speaker_text="The Red Cross branch in Orvel")
    assert not hits_protected(told("The Red Cross branch in Orvel said two were killed.", by))


def test_the_ground_of_the_whole_war_tells_no_event_from_another() -> None:
    pack = Pack(
        id="korea",
        name="Korea (north and south)",
        timezone="UTC",
        parties=PACK.parties,
        places=(Place(name="Korea"), Place(name="Kumsong"), Place(name="Chile")),
    )
    assert theatre_of(pack) == {"Korea", "Chile"}
