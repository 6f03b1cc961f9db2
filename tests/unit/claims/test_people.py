"""Personal names, offices and bodies in text, and what is kept per pack: one row per form."""

from __future__ import annotations

import pytest

from bot.claims.memo import once_per_object
from bot.claims.who.bodies import find_bodies
from bot.claims.who.people import find_people, personal_name
from bot.claims.who.sides import EMPTY, sides_of
from bot.packs import Pack

PACK = Pack.model_validate(
    {
        "id": "tarn-valley",
        "name": "Tarn Valley",
        "timezone": "Europe/Istanbul",
        "parties": [
            {"id": "ardovia", "names": ["Ardovia", "Ardovian"], "people": ["Pavel Orsk"]},
            {"id": "selmara", "names": ["Selmara"], "military": ["General Staff", "Dana Kreel", "Kreel"]},
        ],
        "places": ["Orvel"],
        "mediators": [{"name": "Halvia", "names": ["White House", "Ingrid Solle", "Solle"]}],
    }
)  # fmt: skip

#: text -> (personal name, as shown, whether it is sure)
NAMED = [
    # an office in capitals, in small letters, with an owner, a rank behind it
    ("Foreign Minister Ruth Keller flew in.", ("Ruth Keller", "Foreign Minister Ruth Keller", True)),
    ("North Tarn governor Ruth Keller flew in.", ("Ruth Keller", "North Tarn governor Ruth Keller", True)),
    ("He met the Ardovian army's chief spokesman Colonel Lev Arden.", ("Lev Arden", "Ardovian army's chief spokesman Colonel Lev Arden", True)),
    ("Its campaign communications director Ruth Keller flew in.", ("Ruth Keller", "campaign communications director Ruth Keller", True)),
    # an office lends a single surname
    ("He met Foreign Secretary Quist.", ("Quist", "Foreign Secretary Quist", True)),
    # an appositive behind it or in front of it, a given name
    ("Quarl Zant, a nurse, fled.", ("Quarl Zant", "Quarl Zant", True)),
    ("The army chief, Quarl Zant, flew in.", ("Quarl Zant", "Quarl Zant", True)),
    ("Maria Quist flew in.", ("Maria Quist", "Maria Quist", True)),
    # two capitals alone
    ("Quarl Zant flew in.", ("Quarl Zant", "Quarl Zant", False)),
    # particles
    ("General Omar al-Rashad flew in.", ("Omar al-Rashad", "General Omar al-Rashad", True)),
    # a day is no part of a name
    ("On Tuesday Maria Quist flew in.", ("Maria Quist", "Maria Quist", True)),
]  # fmt: skip

NOBODY = [
    # bodies and states
    "The General Assembly met.",
    "The Ardovian General Staff met.",
    "He flew to Saudi Arabia.",
    # an article or a preposition of place
    "They crossed the Green Line near Khan Zorif.",
    # capitals of a headline
    "Ardovia Strikes Orvel Market, Kills Selmaran Officers",
]


@pytest.mark.parametrize(("text", "wanted"), NAMED)
def test_a_sentence_names_this_person(text: str, wanted: tuple[str, str, bool]) -> None:
    assert [(n.personal, n.display, n.sure) for n in find_people(text)] == [wanted]


@pytest.mark.parametrize("text", NOBODY)
def test_a_sentence_names_nobody(text: str) -> None:
    assert list(find_people(text)) == []


def test_an_owner_is_told_from_somebody_who_is_there() -> None:
    found = list(find_people("Maria Quist's adviser met Peter Hale."))
    assert [(n.personal, n.owning) for n in found] == [("Maria Quist", True), ("Peter Hale", False)]


def test_words_of_office_tell_portfolio_and_gender() -> None:
    (found,) = find_people("Defense Minister Quarl Zant, a mother of two, flew in.")
    assert (found.portfolios, found.gender) == (frozenset({"defence"}), "f")


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Ardovian Foreign Minister Ruth Keller", "Ruth Keller"),
        ("Abdel Wahid al-Nur", "Abdel Wahid al-Nur"),
        # somebody else's
        ("an aide to President Pavel Orsk", None),
        ("the UN General Assembly", None),
        ("New Delhi", None),
        ("Hezbollah MP", None),
    ],
)
def test_a_phrase_ends_in_this_name(phrase: str, name: str | None) -> None:
    assert personal_name(phrase) == name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ardovia's Defence Ministry met.", [("defence ministry", "Ardovia")]),
        ("The Ardovian army and the Selmaran army met.", [("army", "Ardovian"), ("army", "Selmaran")]),
        ("The Ministry of Defence of Ardovia met.", [("defence ministry", "Ardovia")]),
        # no owner
        ("The Defence Ministry met.", []),
    ],
)  # fmt: skip
def test_a_body_has_this_owner(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(b.key, b.owner) for b in find_bodies(text, 0, EMPTY)] == wanted


def test_people_of_a_pack_are_told_from_its_bodies() -> None:
    sides = sides_of(PACK)
    people = ["Pavel Orsk", "Dana Kreel", "Kreel", "Ingrid Solle", "Solle"]
    assert [bool(sides.people.fullmatch(name)) for name in people] == [True] * 5
    assert not sides.people.search("White House")
    assert not sides.people.search("General Staff")
    assert sides.is_thing("Orvel")
    assert sides.is_thing("Ardovia")
    assert not sides.is_thing("Kreel")
    assert sides.of("the Selmara-based club") is None
    assert sides.is_armed("General Staff")
    assert not sides.is_armed("Selmara")


def test_what_a_pack_gives_is_made_once_for_each_pack() -> None:
    made: list[str] = []

    @once_per_object
    def name(pack: Pack) -> str:
        made.append(pack.id)
        return pack.name

    other = PACK.model_copy(update={"name": "Other"})
    assert [name(PACK), name(other), name(PACK), name(other)] == ["Tarn Valley", "Other"] * 2
    assert made == ["tarn-valley"] * 2


REBELLION = Pack.model_validate(
    {
        "id": "north-coast",
        "name": "North Coast",
        "timezone": "UTC",
        "parties": [
            {"id": "state", "names": ["Ardovia", "Ardovian", "government", "army"]},
            {"id": "front", "names": ["Coast Front"]},
        ],
        "places": ["Orvel"],
    }
)


@pytest.mark.parametrize(
    ("speaker", "party"),
    [
        # a country's rebels are not its government
        ("Ardovia's largest coastal rebel group", "front"),
        ("Ardovian separatists", "front"),
        ("Coast Front rebels", "front"),
        ("Ardovia's Coast Front has accepted the text", "front"),
        ("Ardovia's Coast Front policy", "state"),
        ("Ardovia's army", "state"),
        ("the Ardovian government and the rebels", "state"),
        # a body with a country in its name is none of its state
        ("the Workers' Party of Ardovia", None),
        ("the armed forces of Ardovia", "state"),
        # an army with a name of its own is none of the state's
        ("the northern army", "state"),
        ("the National Liberation army", None),
    ],
)
def test_the_rebels_of_a_country_are_the_other_side(speaker: str, party: str | None) -> None:
    assert sides_of(REBELLION).party_of(speaker) == party
