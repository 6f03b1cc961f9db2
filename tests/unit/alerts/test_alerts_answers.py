"""Replies, rival accounts and starts told late find the event that they are about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.packs import Party
from bot.types import Attribution, Change, Claim, Measure, SpeakerKind, Stance, Status, TimeMeaning
from tests.unit.alerts.test_alerts_decide import (
    ACCEPTED,
    AGREED,
    ARDOVIA,
    ATTACK,
    BREACH,
    EXTENDED,
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
    STARTED,
    SUSPENDED,
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


def test_who_suspended_a_halt_and_will_keep_it_again_declares_it_anew() -> None:
    desk = Desk()
    desk.read(*IN_FORCE, SUSPENDED)
    by = SUSPENDED.claims[0].attribution
    later = (at(desk.now + 48 * HOUR, TimeMeaning.EFFECTIVE),)
    quote = "Its forces will resume their truce on Sunday at eight, it said."
    again = said(quote, by, C, times=later, steps={"start_set": 0.6, "extended_one": 0.4})
    change = desk.read(Report("again", again, outlet="Other"))
    assert told(change)[0][:4] == ("post", C, "step_announced", "announced")
    assert desk.state.ceasefire.effective_at == later[0].start


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


COUNTED = Report(
    "counted",
    said(
        "The observer mission registered 14 violations of the ceasefire in the valley.",
        OBSERVERS,
        PACK,
        V,
        steps={"breach_counted": 0.9},
        figures=(figure(14, Measure.VIOLATIONS),),
    ),
)
NOT_SO_MANY = Report(
    "not-so-many",
    said(
        "Selmara denied that there had been 14 violations of the ceasefire.",
        SELMARA,
        V,
        stance=Stance.DENIES,
        steps={"breach_denied": 0.9},
        figures=(figure(14, Measure.VIOLATIONS),),
    ),
)
NO_RAID = Report(
    "no-raid",
    said(
        "Selmara denied that its guns had fired on a hospital.",
        SELMARA,
        H,
        stance=Stance.DENIES,
        steps=HIT,
    ),
)


@pytest.mark.parametrize(
    ("reports", "denial", "meant"),
    [
        # the number tells which, though an attack is newer
        ((*IN_FORCE, COUNTED, ATTACK), NOT_SO_MANY, "counted"),
        # and so does the hospital
        ((HOSPITAL, ELSEWHERE, SHELLED), NO_RAID, "hospital"),
    ],
)
def test_a_denial_goes_to_what_it_names(
    reports: tuple[Report, ...], denial: Report, meant: str
) -> None:
    desk = Desk()
    desk.read(*reports)
    desk.read(denial)
    event = next(e for e in desk.state.events if denial.name in e.entry_ids)
    assert meant in event.entry_ids


SEEN = [
    ("Its teams all reported that the firing had stopped at the hour, the mission said.", True),
    ("The truce is under way, the mission said.", True),
    ("The firing has not stopped, the mission said.", False),
    ("It would be calm if the shelling stopped, the mission said.", False),
    # what is hoped for is no start
    ("The truce must be kept, the mission said.", False),
]


@pytest.mark.parametrize(("words", "starts"), SEEN)
def test_what_observers_hear_after_the_hour_is_the_start(words: str, starts: bool) -> None:
    desk = Desk()
    desk.read(AGREED)
    desk.now += 30 * HOUR
    desk.tick()
    assert desk.status is Status.DUE
    desk.read(Report("seen", said(words, OBSERVERS, C, steps={"rumoured": 0.7})))
    assert (desk.status is Status.IN_FORCE) == starts


@pytest.mark.parametrize("office", ["a spokesman for the movement", "the defence minister"])
def test_an_office_without_its_owner_speaks_for_a_side(office: str) -> None:
    price = said(
        f"It would agree to a longer ceasefire if prisoners were freed, {office} said.",
        Attribution(speaker=office, speaker_kind=SpeakerKind.OFFICIAL),
        N,
        steps={"conditional": 0.9},
    )
    desk = Desk()
    desk.read(*IN_FORCE, EXTENDED)
    change = desk.read(Report("price", price))
    assert why(change)[0] == "update"
    event = next(e for e in desk.state.events if "price" in e.entry_ids)
    assert "extended" in event.entry_ids
    for speaker, kind in (("a professor of law", None), ("Ida Lorn", SpeakerKind.OFFICIAL)):
        other = replace(price, attribution=Attribution(speaker=speaker, speaker_kind=kind))
        assert desk.read(Report(speaker, other, outlet="Other")).actions == ()


NAMED = said("An agency's spokeswoman, Ida Lorn, gave the hour.", Attribution(speaker="Ida Lorn"))
SPOKEN = said(
    "A doctor counted the holes in the hospital's roof after the shells hit it.",
    Attribution(speaker="a doctor"),
    H,
    steps=HIT,
)


@pytest.mark.parametrize(
    ("beside", "speakers"),
    [
        # a lead that nobody says takes along the first sentence that somebody does
        ((NAMED,), [None, "Ida Lorn"]),
        ((NAMED, replace(NAMED, quote="She said it twice.")), [None, "Ida Lorn"]),
        # where a sentence of the news has a speaker, that is enough
        ((SPOKEN, NAMED), ["a doctor", "a doctor"]),
    ],
)
def test_a_post_names_somebody_who_says_it(
    beside: tuple[Claim, ...], speakers: list[str | None]
) -> None:
    change = Desk().read(Report("hospital", HOSPITAL.claims[0], *beside))
    claims = change.state.events[-1].claims
    assert [c.attribution.speaker for c in claims] == speakers


# The hours that a post shows


def hours(change: Change) -> str:
    """Return the line of hours of the last text, "" where it has none."""
    parts = change.actions[0].text.split("\n\n")
    return next((p for p in parts if p.startswith(("Start: ", "End: ", "Talks: "))), "")


PARLEY = Report(
    "parley",
    said(
        "The sides will meet on 12 March at 6 a.m., Ingrid Solle said.",
        MEDIATOR,
        N,
        steps={"talks_announced": 0.9},
        times=(at(NOW + 48 * HOUR, TimeMeaning.TALKS),),
    ),
)
#: `AGREED` states the start and a length of 72 hours.
THREE_DAYS = "Start: 11 Mar 12:00 UTC · End: 14 Mar 12:00 UTC"
DENIED = said(
    "There is no agreement, the General Staff of Selmara said.",
    SELMARA,
    C,
    stance=Stance.DENIES,
    steps={"deal_denied": 0.9},
)


@pytest.mark.parametrize(
    "words",
    [
        # the same news without an hour
        replace(AGREED.claims[0], quote="Both sides have agreed to a truce, she said.", times=()),
        # a denial, which has none of its own
        DENIED,
    ],
)
def test_a_report_without_hours_takes_none_away(words: Claim) -> None:
    desk = Desk()
    assert hours(desk.read(AGREED)) == THREE_DAYS
    change = desk.read(Report("again", words, outlet="Other"))
    assert change.actions[0].action.value == "edit"
    assert hours(change) == THREE_DAYS


def test_an_hour_that_another_speaker_states_stands_beside_the_first() -> None:
    desk = Desk()
    desk.read(PARLEY)
    other = NOW + 50 * HOUR
    again = replace(
        PARLEY.claims[0],
        quote="Its negotiators leave for talks that open at 8 a.m., Ardovia's ministry said.",
        times=(at(other, TimeMeaning.TALKS),),
        attribution=ARDOVIA,
    )
    change = desk.read(Report("again", again, outlet="Other"))
    assert hours(change) == "Talks: 12 Mar 06:00 UTC · Talks: 12 Mar 08:00 UTC"


def test_a_start_that_is_put_off_replaces_the_first() -> None:
    desk = Desk()
    desk.read(AGREED)
    later = at(NOW + 36 * HOUR, TimeMeaning.EFFECTIVE)
    words = "The truce will start six hours later, Ingrid Solle said."
    put_off = said(words, MEDIATOR, C, steps={"start_set": 0.9}, times=(later,))
    change = desk.read(Report("put-off", put_off, outlet="Other"))
    assert hours(change) == "Start: 11 Mar 18:00 UTC · End: 14 Mar 12:00 UTC"


# Charges, and what stands beside the news


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("Selmara has torn up the ceasefire, Ardovia's ministry said.", "ended"),
        (
            "Selmara has launched an offensive against Esk, Ardovia's ministry said.",
            "offensive_announced",
        ),
    ],
)
def test_an_accusation_strains_a_ceasefire_and_never_ends_it(words: str, step: str) -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    change = desk.read(Report("charge", said(words, ARDOVIA, V, H, steps={step: 0.9})))
    assert desk.status is Status.STRAINED
    assert [(a.kind, a.reason) for a in change.actions] == [(V, "breach_alleged")]


def test_one_s_own_offensive_still_ends_it() -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    words = "Ardovia has launched an offensive against Esk, its ministry said."
    desk.read(Report("own", said(words, ARDOVIA, H, steps={"offensive_announced": 0.9})))
    assert desk.status is Status.ENDED


def test_an_offensive_that_is_charged_before_a_truce_stands_is_news_and_moves_nothing() -> None:
    desk = Desk()
    desk.read(AGREED)
    words = "Selmara has launched an offensive against Esk, Ardovia's ministry said."
    change = desk.read(Report("early", said(words, ARDOVIA, H, steps={"offensive_announced": 0.9})))
    assert desk.status is Status.AGREED
    assert [a.kind for a in change.actions] == [H]


def test_the_place_of_an_attack_may_stand_in_another_sentence_of_the_lead() -> None:
    hit = said(
        "Ten soldiers were killed by Selmara's guns, Ardovia's ministry said.",
        ARDOVIA,
        K,
        H,
        steps=HIT,
        figures=(figure(10),),
    )
    where = said("It happened in Orvel at night.", NOBODY, places=("Orvel",))
    elsewhere = said("An analyst spoke of Esk.", Attribution(speaker="an analyst"), places=("Esk",))
    desk = Desk()
    change = desk.read(Report("hit", hit, where, elsewhere))
    assert change.state.events[-1].places == ("Orvel",)


def test_what_a_party_calls_untrue_is_relevant_without_a_label() -> None:
    desk = Desk()
    desk.read(SHELLED)
    words = "Not one of our guns fired on Orvel, Selmara's army said."
    change = desk.read(
        Report("untrue", said(words, SELMARA, stance=Stance.DENIES, places=("Orvel",)))
    )
    assert why(change) == ("denial", "denial")


def test_words_of_those_concerned_go_to_the_event_that_they_are_plainly_about() -> None:
    desk = Desk()
    desk.read(SHELLED)
    again = said(
        "The seven people whom artillery fire killed at a market in Orvel will be buried today, "
        "Ardovia's ministry said.",
        ARDOVIA,
        K,
        steps={"other": 0.9},
        places=("Orvel",),
    )
    assert why(desk.read(Report("burial", again, outlet="Other")))[0] in ("update", "restatement")
    stranger = said(
        "The harvest is good, Ardovia's ministry said.", ARDOVIA, N, steps={"other": 0.9}
    )
    assert desk.read(Report("harvest", stranger, outlet="Other")).actions == ()


def test_talks_that_are_put_off_are_told_where_they_were_announced() -> None:
    desk = Desk()
    desk.read(PARLEY)
    words = "The talks will not start before noon because of fog, an official said."
    change = desk.read(
        Report(
            "fog",
            said(words, Attribution(speaker="an official"), N, steps={"talks_broken_off": 0.9}),
        )
    )
    assert told(change) == [("edit", N, "update", "none", False)]


# Who may take a step


def test_one_side_cannot_say_the_others_yes() -> None:
    desk = Desk()
    desk.read(PROPOSED, ACCEPTED)
    words = "Ardovia has agreed to the ceasefire as well, the General Staff of Selmara said."
    desk.read(Report("hearsay", said(words, SELMARA, C, steps={"accepted": 0.9}), outlet="Other"))
    assert desk.status is Status.ANNOUNCED


def test_two_sides_that_say_yes_in_one_report_have_agreed() -> None:
    desk = Desk()
    desk.read(PROPOSED)
    yes = {"accepted": 0.9}
    ours = said("Ardovia accepts the ceasefire, its ministry said.", ARDOVIA, C, steps=yes)
    theirs = said("Selmara accepts it too, its staff said.", SELMARA, C, steps=yes)
    desk.read(Report("both", ours, theirs))
    assert desk.status is Status.AGREED


@pytest.mark.parametrize(
    ("words", "moves"),
    [
        # who signs says yes by it
        ("President Dana Kreel signed the ceasefire plan for Ardovia on Monday.", True),
        ("Dana Kreel, the president of Ardovia, has accepted the ceasefire plan.", True),
        # so does a country of which an outlet tells in its own words
        ("Ardovia accepted the ceasefire plan on Monday.", True),
        ("Dana Kreel of Ardovia spoke of the ceasefire plan.", False),
    ],
)
def test_who_signs_or_orders_takes_the_step(words: str, moves: bool) -> None:
    ardovia = Party(id="ardovia", names=("Ardovia", "Dana Kreel"))
    desk = Desk(PACK.model_copy(update={"parties": (ardovia, PACK.parties[1])}))
    desk.read(PROPOSED, Report("signed", said(words, NOBODY, C, steps={"accepted": 0.9})))
    assert (desk.status is Status.ANNOUNCED) == moves


def test_an_hour_that_a_side_sets_for_a_halt_of_its_own_announces_it() -> None:
    desk = Desk()
    words = "Ardovia declares that its guns are silent from noon, its ministry said."
    start = at(NOW + 6 * HOUR, TimeMeaning.EFFECTIVE)
    desk.read(Report("inaction", said(words, ARDOVIA, C, steps={"effective": 0.9}, times=(start,))))
    assert desk.status is Status.ANNOUNCED


def test_a_side_prolongs_the_truce_that_is_its_own_alone() -> None:
    desk = Desk()
    words = "Ardovia will hold its fire until noon tomorrow, its ministry said."
    desk.read(Report("own", said(words, ARDOVIA, C, steps={"announced": 0.9})), STARTED)
    longer = "Ardovia's truce is extended by a day, Ingrid Solle said."
    desk.read(Report("longer", said(longer, MEDIATOR, C, steps={"extended_one": 0.9})))
    assert desk.status is Status.EXTENDED


def test_a_charge_beside_its_denial_is_the_first_breach() -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    denial = said(
        "Selmara denied that it had shelled Esk.",
        SELMARA,
        V,
        stance=Stance.DENIES,
        steps={"breach_denied": 0.9},
    )
    charge = replace(BREACH.claims[0], steps={"breach_alleged": 0.9})
    change = desk.read(Report("both-words", denial, charge))
    assert desk.status is Status.STRAINED
    stances = {c.attribution.stance for c in change.state.events[-1].claims}
    assert stances == {Stance.DENIES, Stance.ACCUSES}


def test_shots_before_the_hour_broke_nothing() -> None:
    desk = Desk()
    desk.read(*IN_FORCE)
    night = at(NOW - 10 * HOUR, TimeMeaning.OTHER)
    early = replace(BREACH.claims[0], steps={"breach_alleged": 0.9}, times=(night,))
    desk.read(Report("early", early))
    assert desk.status is Status.IN_FORCE
