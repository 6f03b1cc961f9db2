"""What a report follows: fitted features choose among the open events and none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alerts.bearing import bearing_of
from bot.alerts.incident import is_incident
from bot.claims.extract import FAINT
from bot.events.reading import read_news
from bot.events.roles import role_of
from bot.events.status import Role
from bot.events.steps import steps_of
from bot.events.takers import takers_of
from bot.events.taking_up import TAKING_UP
from bot.packs import Party
from bot.types import Attribution, Change, Stance, Status, TimeMeaning
from tests.unit.alerts.test_alerts_decide import (
    ACCEPTED,
    AGREED,
    ARDOVIA,
    CHURCH,
    HOUR,
    IN_FORCE,
    MEDIATOR,
    NOBODY,
    NOW,
    OBSERVERS,
    PACK,
    PROPOSED,
    SELMARA,
    SHELLED,
    SOURCE,
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
    told,
    why,
)

DENIED = said(
    "Selmara's army did not shell Orvel, its General Staff said.",
    SELMARA,
    H,
    stance=Stance.DENIES,
    steps={"breach_denied": 0.9},
    places=("Orvel",),
)


def alerts_of(change: Change) -> set[tuple[str, str]]:
    return {(a.action.value, a.alert_id) for a in change.actions}


def test_a_denial_finds_the_shells_and_not_the_agreement() -> None:
    desk = Desk()
    desk.read(AGREED, SHELLED)
    assert ("edit", "TL-000002") in alerts_of(desk.read(Report("denial", DENIED)))


def test_a_price_finds_the_agreement_and_not_the_shells() -> None:
    desk = Desk()
    desk.read(SHELLED, AGREED)
    price = said(
        "Selmara will not sign before its prisoners are home, its General Staff said.",
        SELMARA,
        N,
        steps={"conditional": 0.9},
    )
    assert alerts_of(desk.read(Report("price", price))) == {("edit", "TL-000002")}


def test_an_outsiders_plea_follows_nothing() -> None:
    desk = Desk()
    desk.read(AGREED)
    plea = said(
        "Bishop Oskar Lind urged all sides to lay down their arms.",
        CHURCH,
        N,
        stance=Stance.CALLS_FOR,
        steps={"called_for": 0.9},
    )
    assert desk.read(Report("plea", plea)).actions == ()


@pytest.mark.parametrize("hours", [2, 20])
def test_the_likeliest_event_is_the_same_however_many_are_open(hours: int) -> None:
    desk = Desk()
    desk.read(SHELLED)
    desk.now += hours * HOUR
    desk.read(AGREED)
    _, claims = Report("denial", DENIED).read_at(desk.now)
    news = read_news(claims, PACK)[0]
    found = bearing_of(news, desk.state, desk.now)
    alone = bearing_of(news, desk.state, desk.now, lambda e: e.alert_id == "TL-000001")
    assert found is not None
    assert alone is not None
    assert found.event.id == alone.event.id


# Faint links


def test_a_faint_report_follows_what_is_known() -> None:
    desk = Desk()
    desk.read(SHELLED)
    change = desk.read(Report("faint", replace(DENIED, background=FAINT)))
    assert ("edit", "TL-000001") in alerts_of(change)


def test_a_faint_report_opens_nothing() -> None:
    shells = replace(SHELLED.claims[0], background=FAINT)
    change = Desk().read(Report("faint", shells))
    assert (change.actions, why(change)) == ((), ("background", FAINT))


def test_a_faint_report_that_calls_itself_unrelated_follows_nothing() -> None:
    desk = Desk()
    desk.read(SHELLED)
    robbery = said(
        "The shooting in Orvel has nothing to do with the war, police said.",
        NOBODY,
        H,
        K,
        stance=Stance.DENIES,
        figures=(figure(7),),
        places=("Orvel",),
        background=FAINT,
    )
    assert desk.read(Report("robbery", robbery)).actions == ()


# Shots and tolls told again


def test_a_toll_of_another_source_joins_the_shells_it_is_of() -> None:
    desk = Desk()
    desk.read(SHELLED)
    hospital = said(
        "Nine people and not seven were killed by the shells on Orvel, a surgeon there said.",
        replace(NOBODY, speaker="a surgeon"),
        K,
        steps={"toll": 0.9},
        figures=(figure(9),),
        places=("Orvel",),
    )
    change = desk.read(Report("hospital", hospital))
    assert ("edit", "TL-000001") in alerts_of(change)
    assert "post" not in {action for action, _ in alerts_of(change)}


# Ends that lie ahead, and ends that are told by the other side


def test_an_end_set_for_a_later_day_moves_nothing_until_then() -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    end = NOW + timedelta(days=9)
    notice = said(
        "Selmara will terminate its truce in nine days, its General Staff announced.",
        SELMARA,
        V,
        steps={"ended": 0.9},
        times=(at(end, TimeMeaning.EXPIRY),),
    )
    change = desk.read(Report("notice", notice))
    assert told(change) == [("post", V, "step_end_set", "in_force", False)]
    assert desk.state.ceasefire.expires_at == end
    desk.tick()
    assert (desk.now, desk.status) == (end, Status.LAPSED)


def test_an_end_that_hangs_on_something_is_no_notice() -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    threat = said(
        "Selmara will terminate its truce in nine days unless shelling stops, its staff said.",
        SELMARA,
        V,
        steps={"ended": 0.9},
        times=(at(NOW + timedelta(days=9), TimeMeaning.EXPIRY),),
    )
    before = desk.state.ceasefire
    assert all(action != "post" for action, _ in alerts_of(desk.read(Report("threat", threat))))
    assert desk.state.ceasefire == before


def test_an_extension_without_a_day_leaves_the_end_open() -> None:
    desk = Desk()
    old = NOW + timedelta(days=2)
    limited = replace(
        AGREED.claims[0], times=(*AGREED.claims[0].times, at(old, TimeMeaning.EXPIRY))
    )
    desk.read(Report("limited", limited), IN_FORCE[1])
    assert desk.state.ceasefire.expires_at == old
    longer = said(
        "Both sides have extended the ceasefire indefinitely, Halvia's foreign minister said.",
        MEDIATOR,
        C,
        steps={"extended": 0.9},
        sides="both",
    )
    desk.read(Report("longer", longer))
    assert (desk.status, desk.state.ceasefire.expires_at) == (Status.EXTENDED, None)


def test_what_ends_within_the_hour_of_its_start_is_no_term() -> None:
    start = NOW + timedelta(hours=30)
    spans = (at(start, TimeMeaning.EFFECTIVE), at(start + timedelta(minutes=1), TimeMeaning.EXPIRY))
    desk = Desk()
    desk.read(Report("minute", replace(AGREED.claims[0], times=spans)))
    assert desk.state.ceasefire.expires_at is None


def test_an_offensive_that_the_attacked_side_tells_of_ends_nothing() -> None:
    desk = Desk()
    desk.read(Report("yes", said("Selmara has declared a ceasefire, it said.", SELMARA, C)))
    assert desk.status is Status.ANNOUNCED
    storm = said(
        "Selmara's army stormed across the line in a great offensive, Ardovia's ministry said.",
        ARDOVIA,
        H,
        steps={"offensive_announced": 0.9},
    )
    desk.read(Report("storm", storm))
    assert desk.status is Status.ANNOUNCED


OVER = [
    # for itself, after the other
    (ARDOVIA, "Ardovia", [("post", V, "step_ended", "ended", False)]),
    # the same side again
    (SELMARA, "Selmara", [("edit", V, "update", "ended", False)]),
]


@pytest.mark.parametrize(("by", "name", "actions"), OVER)
def test_who_ends_for_itself_what_the_other_has_ended_gets_its_own_post(
    by: Attribution, name: str, actions: list[tuple[str, str, str, str, bool]]
) -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    desk.read(Report("over", said("Selmara declared the ceasefire over.", SELMARA, V)))
    assert desk.status is Status.ENDED
    again = Report("again", said(f"{name} declared the ceasefire over as well.", by, V))
    assert [a[:4] for a in told(desk.read(again))] == [a[:4] for a in actions]


def test_a_further_party_that_signs_what_stands_gets_its_own_post() -> None:
    front = Party(id="front", names=("Front",))
    desk = Desk(PACK.model_copy(update={"parties": (*PACK.parties, front)}))
    desk.read(*IN_FORCE)
    signed = said(
        "The Front has signed the ceasefire accord, Ingrid Solle said.",
        MEDIATOR,
        C,
        parties=("front",),
        steps={"accepted": 0.9},
        sides="one",
    )
    assert told(desk.read(Report("signed", signed))) == [
        ("post", C, "step_accepted", "in_force", False)
    ]


def test_a_dispute_of_a_toll_finds_its_incident_at_another_name_of_the_place() -> None:
    desk = Desk()
    desk.read(*IN_FORCE, SHELLED)
    rival = said(
        "Five people and not seven were killed on the market, the mayor of Esk said.",
        CHURCH,
        K,
        H,
        figures=(figure(5),),
        places=("Esk",),
        steps={"toll": 0.9},
    )
    change = desk.read(Report("rival", rival))
    assert {a.action.value for a in change.actions} <= {"edit", "reply"}
    assert change.actions


def test_what_one_accepts_may_be_what_the_other_declared() -> None:
    claim = said(
        "Selmara accepts the ceasefire that Ardovia declared at midday, its General Staff said.",
        SELMARA,
        C,
    )
    assert takers_of((claim,), "accepted", PACK) == ("selmara",)


def test_a_speaker_of_a_mediators_house_is_a_mediator() -> None:
    claim = said("The talks open on Friday.", Attribution(speaker="the ministry", body="Halvia"))
    assert role_of(claim, PACK) is Role.MEDIATOR


TAKING = [
    ("bears_out", "Monitors confirmed on Sunday that the post had been shelled.", True),
    ("bears_out", "A surgeon bore out the account of the villagers.", True),
    ("bears_out", "Observers say that the column was indeed shelled.", True),
    ("bears_out", "The report could not be independently confirmed.", False),
    ("bears_out", "An unconfirmed report spoke of ten dead.", False),
    ("owns_up", "The ministry admitted that its gunners had fired.", True),
    ("owns_up", "Twenty wounded were admitted to hospital.", False),
    ("disputes", "The army disputes the number given by the mayor.", True),
    ("disputes", "Five men died, and not seven, the general said.", True),
    ("disputes", "Shells fell on the disputed region.", False),
    ("disputes", "They fired on rebels, not civilians.", False),
    ("under_deal", "The first prisoners were freed under the ceasefire agreement.", True),
    ("under_deal", "Companies pull out of their posts as the Brazzaville text foresees.", True),
    ("owns_up", "The rebels have taken responsibility for the attack.", True),
    ("under_deal", "The post came under fire despite the ceasefire agreement.", False),
]


@pytest.mark.parametrize(("name", "text", "takes"), TAKING)
def test_how_a_report_takes_up_what_others_told(name: str, text: str, takes: bool) -> None:
    assert (TAKING_UP[name].search(text) is not None) is takes


def test_a_joint_statement_is_of_both_whoever_reads_it_out() -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    longer = said(
        "Ardovia and Selmara have extended the ceasefire to May, Ardovia's envoy said, "
        "reading from a joint statement.",
        ARDOVIA,
        C,
        steps={"extended": 0.9},
        sides="both",
    )
    desk.read(Report("longer", longer))
    assert desk.status is Status.EXTENDED


def test_of_two_who_have_accepted_the_second_is_no_lone_speaker() -> None:
    desk = Desk()
    desk.read(PROPOSED)
    by = replace(SELMARA, speaker_text="the movement of Selmara")
    claim = said(
        "Ardovia and the movement of Selmara have accepted a truce.",
        by,
        C,
        steps={"agreed": 0.9},
        sides="both",
    )
    desk.read(Report("both", claim))
    assert desk.status is Status.AGREED


def test_an_outsiders_congratulations_make_no_deal_that_the_mediator_denies() -> None:
    desk = Desk()
    desk.read(PROPOSED)
    cheered = said(
        "Norland congratulated Ardovia and Selmara on the ceasefire agreement.",
        CHURCH,
        C,
        steps={"agreed": 0.8},
        sides="both",
    )
    denied = said(
        "Halvia, which is mediating, said there was no agreement yet.",
        MEDIATOR,
        C,
        steps={"agreed": 0.4, "deal_denied": 0.4},
    )
    desk.read(Report("cheers", cheered, denied))
    assert desk.status is Status.PROPOSED


def test_an_hour_beside_an_agreement_is_a_detail_of_it() -> None:
    desk = Desk()
    hours = [
        said(text, MEDIATOR, C, steps={"start_set": 0.97})
        for text in ("The truce begins at 8 a.m.", "It ends at 8 p.m.", "That is 6 a.m. in Oslo.")
    ]
    both = said(
        "Ardovia and Selmara have both accepted a truce, Ingrid Solle said.",
        MEDIATOR,
        C,
        steps={"agreed": 0.96},
        sides="both",
    )
    desk.read(Report("hours", both, *hours))
    assert desk.status is Status.AGREED


def test_a_round_that_is_put_off_is_not_broken_off() -> None:
    claim = said(
        "The meeting of the two sides on Tuesday has been shelved, the ministry said.",
        MEDIATOR,
        N,
        steps={"talks_broken_off": 0.9},
    )
    assert steps_of(claim) == {"talks_announced": 0.9}


def test_an_end_that_is_the_start_is_none() -> None:
    start = NOW + timedelta(hours=30)
    yes = replace(ACCEPTED.claims[0], times=(at(start, TimeMeaning.EXPIRY),))
    both = replace(AGREED.claims[0], times=(at(start, TimeMeaning.EFFECTIVE),))
    desk = Desk()
    desk.read(PROPOSED, Report("yes", yes), Report("both", both))
    assert desk.state.ceasefire.effective_at == start
    assert desk.state.ceasefire.expires_at != start


def test_both_militias_are_both_parties() -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    longer = said(
        "The two militias agreed on Saturday to extend their ceasefire.",
        NOBODY,
        C,
        steps={"extended": 0.9},
        sides="both",
    )
    named = said("Ardovia and Selmara put their names to the paper.", NOBODY, C)
    quoted = said("“It is long enough,” Ardovia's Defence Ministry said.", ARDOVIA)
    desk.read(Report("longer", longer, named, quoted))
    assert desk.status is Status.EXTENDED


def test_an_attack_that_a_party_calls_a_breach_strains_the_ceasefire() -> None:
    shot = said("Gunmen attacked the hospital in Orvel, a doctor said.", CHURCH, H, K)
    colour = [said(f"Sentence {n} tells of the street.", NOBODY) for n in range(4)]
    charge = said(
        "Ardovia called the shooting a breach of the ceasefire by Selmara.",
        ARDOVIA,
        V,
        stance=Stance.ACCUSES,
        steps={"breach_alleged": 0.9},
    )
    for claims, status in (((), Status.IN_FORCE), ((charge,), Status.STRAINED)):
        desk = Desk()
        desk.read(*IN_FORCE)
        desk.read(Report("shot", replace(shot, steps={"attack": 0.9}), *colour, *claims))
        assert desk.status is status


def test_an_official_source_at_a_ministry_speaks_for_its_side() -> None:
    speaker = "an official source at the Foreign Ministry"
    formal = replace(SOURCE, speaker=speaker, speaker_text=speaker)
    assert role_of(said("The plan is accepted.", formal), PACK) is Role.PARTY
    assert role_of(said("The plan is accepted.", SOURCE), PACK) is Role.OTHER


def test_a_known_hour_in_other_words_moves_no_start() -> None:
    desk = Desk()
    start = NOW + timedelta(days=6)
    both = replace(AGREED.claims[0], times=(at(start, TimeMeaning.EFFECTIVE),))
    tonight = replace(at(NOW + timedelta(days=1), TimeMeaning.EFFECTIVE), text="2 a.m.")
    again = replace(AGREED.claims[0], times=(tonight,))
    desk.read(PROPOSED, Report("both", both), Report("again", again))
    assert desk.state.ceasefire.effective_at == start


def test_an_end_set_for_later_is_no_incident() -> None:
    desk = Desk()
    desk.read(*IN_FORCE, SHELLED)
    event = desk.state.events[-1]
    assert is_incident(event)
    assert not is_incident(replace(event, kind="violation", step="end_set"))
    assert not is_incident(replace(event, kind="violation", step="suspended"))


def test_orders_that_stand_are_no_new_halt() -> None:
    orders = said(
        "Ardovia holds its fire and the orders stand, its Defence Ministry said.",
        ARDOVIA,
        C,
        steps={"announced": 0.9},
        sides="one",
    )
    assert [n.step for n in read_news((orders,), PACK)] == ["holds"]


def test_letters_exchanged_by_all_extend_a_truce() -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    longer = said(
        "Ardovia and Selmara have extended the ceasefire, Ardovia's Defence Ministry said.",
        ARDOVIA,
        C,
        steps={"extended": 0.9},
        sides="both",
    )
    letters = said("Letters to that effect were exchanged between the two.", NOBODY, C)
    desk.read(Report("longer", longer, letters))
    assert desk.status is Status.EXTENDED


def test_a_denial_beside_it_makes_no_agreement_of_a_headline() -> None:
    desk = Desk()
    agreed = said("Ardovia and Selmara agree to a ceasefire.", NOBODY, C, steps={"agreed": 0.9})
    denied = said(
        "Selmara's General Staff said there was no agreement.",
        SELMARA,
        C,
        stance=Stance.DENIES,
        steps={"deal_denied": 0.9},
    )
    desk.read(Report("headline", replace(agreed, sides="both"), denied))
    assert desk.status is not Status.AGREED


def test_two_aid_groups_are_not_both_parties() -> None:
    by = Attribution(speaker="two aid groups", speaker_text="two aid groups")
    assert (
        role_of(said("A ceasefire has been agreed, two aid groups said.", by), PACK) is Role.OTHER
    )
    both = Attribution(speaker="the two governments", speaker_text="the two governments")
    assert role_of(said("A ceasefire has been agreed.", both), PACK) is Role.BOTH


def test_a_start_told_again_sets_no_other_end() -> None:
    desk = Desk()
    end = NOW + timedelta(days=4)
    both = replace(
        AGREED.claims[0],
        times=(at(NOW, TimeMeaning.EFFECTIVE), at(end, TimeMeaning.EXPIRY)),
    )
    began = said(
        "The ceasefire has begun, the observers stated before midnight.",
        OBSERVERS,
        C,
        steps={"effective": 0.9},
    )
    soon = at(NOW + timedelta(hours=2), TimeMeaning.EXPIRY)
    desk.read(PROPOSED, Report("both", both), Report("began", began))
    desk.read(Report("again", replace(began, times=(soon,))))
    assert desk.state.ceasefire.expires_at == end
