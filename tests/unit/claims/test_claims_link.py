"""Which conflict a sentence belongs to, among two neighbouring ones that share a party."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.where.link import Link, link_entry
from bot.feeds.text import split_sentences
from bot.packs import Named, Pack, Party, Place
from tests.unit.claims.entries import entry

ARDOVIA = {"id": "ardovia", "names": ["Ardovia", "Ardovian", "Kaldor"]}
VALLEY = Pack.model_validate(
    {
        "id": "tarn-valley",
        "name": "Tarn Valley",
        "timezone": "Europe/Istanbul",
        "parties": [ARDOVIA, {"id": "selmara", "names": ["Selmara", "Selmaran"]}],
        "places": ["Orvel", {"name": "Tarn Valley", "names": ["the valley of the Tarn"]}],
        "mediators": ["Halvia"],
        "monitors": ["Valley Observer Mission"],
        "decoys": ["Morland", "Lake Isk"],
        "negative_contexts": ["football federation"],
    }
)
LAKE = Pack.model_validate(
    {
        "id": "lake-isk",
        "name": "Lake Isk",
        "timezone": "Europe/Istanbul",
        "parties": [ARDOVIA, {"id": "morland", "names": ["Morland", "Morlander"]}],
        "places": ["Lake Isk", "Port Senn"],
        "mediators": ["Halvia"],
        "decoys": ["Selmara", "Orvel"],
    }
)


FRONT = {"id": "front", "names": ["Tarn Front"], "kind": "armed_group"}
LED = {"id": "selmara", "names": ["Selmara", "Selmaran"], "people": ["Ida Brook"]}
GATED = VALLEY.model_copy(
    update={
        "parties": tuple(Party.model_validate(party) for party in (ARDOVIA, LED, FRONT)),
        "places": (
            *VALLEY.places,
            Place(name="Tarn Point", kind="border"),
            Place(name="Kaldun", rear=True),
        ),
        "monitors": (Named(name="Tarn Valley Observer Mission"),),
    }
)


def links(title: str, text: str, *packs: Pack) -> list[Link]:
    source = entry(title, text)
    return list(link_entry(source, split_sentences(source), packs or (VALLEY, LAKE)))


def shown(link: Link) -> str | None:
    """Return the conflict whose events the link may open: a faint one opens none."""
    return None if link.faint else link.conflict


def conflicts(title: str, text: str) -> list[str | None]:

    return [shown(link) for link in links(title, text)]


V, L = "tarn-valley", "lake-isk"
SINGLES: list[tuple[str, str | None]] = [
    # a people that bears a place's name, attacked wherever they lived
    ("Gunmen killed 20 villagers, most of them ethnic Orvel, two residents said.", None),
    ("Gunmen killed 20 villagers, all ethnic Dunn or Orvel, two residents said.", None),
    ("Gunmen killed 20 ethnic Dunn villagers near Orvel, two residents said.", V),
    # a regiment that keeps the name of where it was raised
    ("Five men of the Orvel Rifles were killed in an ambush.", None),
    # a rear town: armies make it a place of this war, bombs of others do not
    ("Gunmen killed 13 people at the airport of Kaldun.", None),
    ("Gunmen killed 13 people at the airport of Kaldun, Ardovia.", None),
    ("Missiles hit the airport of Kaldun, Ardovia's army said.", V),
    # a gas cylinder that was filled to be thrown
    ("A gas cylinder packed with explosives hit the clinic in Orvel, wounding four.", V),
    # a price war
    ("Butchers in Orvel offered customers a truce in a price war.", None),
    # a town that war has reached
    ("The last hospital in Orvel has run out of fuel.", V),
    ("Families were told to leave Orvel within a day.", V),
    ("Sappers cleared the road into Orvel.", V),
    ("Cholera has killed nine displaced people in Orvel.", V),
    # a town in peace
    ("The opera house in Orvel has opened.", None),
    ("Cholera has killed nine people in Orvel.", None),
    ("A choir of refugees from Orvel sang in a cathedral.", None),
    # a line or crossing of the sides, and what passes there
    ("Lorries crossed at Tarn Point at noon.", V),
    ("The night passed without firing along Tarn Point.", V),
    ("Tarn Point has a fine old tower.", None),
    # a town at the border, and its market
    ("The commission put a border post in the ground near Orvel.", V),
    ("The border market in Orvel is cheap.", None),
    # a group, not as a party in parliament
    ("The Tarn Front said it would hand over four bodies.", V),
    ("The Tarn Front's bloc in parliament turned down the deal.", None),
    # a leader who is given weapons
    ("Ida Brook thanked Halvia for its air defences.", V),
    ("Ida Brook opened a school.", None),
    # a mission of this conflict alone
    ("The Tarn Valley Observer Mission has a new commander.", V),
    # two parties at play
    ("Ardovia beat Selmara in the hockey final.", None),
    ("The film tells of an Ardovian nurse and a Selmaran farmer.", None),
    ("The hockey hall was hit when Ardovia shelled Selmara.", V),
]


@pytest.mark.parametrize(("text", "conflict"), SINGLES)
def test_one_sentence_alone_tells_its_conflict(text: str, conflict: str | None) -> None:
    assert [shown(link) for link in links("", text, GATED)] == [conflict]


def test_a_turn_to_another_country_is_not_inherited() -> None:
    title = "Shells fall on Orvel"
    assert conflicts(title, "Elsewhere, a quake shook the north of Chile.") == [V, None]
    assert conflicts(title, "Elsewhere, two farmers were hurt.") == [V, V]


ARTICLES: list[tuple[str, str, list[str | None]]] = [
    # a namesake that the head puts in another country is so throughout
    (
        "Families in Orvel agree to truce",
        "ORVEL, Lebanon: Two families in the town of Orvel agreed to a truce after gunfire.",
        [None, None],
    ),
    # title and lead tell of another war, which a later sentence compares with this one
    (
        "Drones kill seven in Odesa",
        "Russia attacked Odesa with drones, killing seven. A ceasefire was doable, the envoy said, "
        "like with Ardovia and Selmara.",
        [None, None, None],
    ),
    # a side that could match a truce plays no match
    (
        "Ardovia may match truce of Selmara",
        "Ardovia could match the truce that Selmara declared in the Tarn Valley.",
        [V, V],
    ),
    # two parties in the title; sentences without names inherit
    ("Ardovia and Selmara agree truce", "It began at noon. Guns fell silent.", [V, V, V]),
    # a party and a place
    ("Ardovian guns shell Orvel", "Nine people were hurt.", [V, V]),
    # a place alone in the title
    ("Shells fall on Orvel", "Nine people were hurt.", [V, V]),
    # the names only in the lead
    ("Truce begins at noon", "Ardovia’s army and Selmara’s army left Orvel.", [V, V]),
    # a party alone is in the news for much else
    ("Ardovia holds elections", "Ardovians went to the polls in Kaldor.", [None, None]),
    # so is a mediator, also with a party
    ("Halvia hosts trade talks", "Ministers met.", [None, None]),
    ("Ardovia and Halvia sign pact", "Butter will be sold in Halvia.", [None, None]),
    # a name inside another word, or in lower case, is none
    ("Ardoviana and selmara in Orvelshire", "Nothing else happened.", [None, None]),
    # a sentence about the neighbours belongs to them
    (
        "Ardovia and Selmara agree truce in Orvel",
        "It began at noon. Ardovia also fought Morland at Port Senn. Guns fell silent.",
        [V, V, L, V],
    ),
    (
        "Ardovia and Morland exchange fire",
        "Two boats sank. In Orvel, Selmaran guns were silent.",
        [L, L, V],
    ),
    # names of the neighbours alone belong to nobody
    (
        "Ardovia and Selmara agree truce",
        "It began at noon. Morland welcomed it. Guns fell silent.",
        [V, V, None, V],
    ),
    # the title decides where the lead tells of both
    (
        "Selmaran guns silent in Orvel",
        "Ardovia said nothing. Ardovia and Morland fought at Lake Isk.",
        [V, V, L],
    ),
    # the first sentence decides where the title tells of neither
    (
        "One mediator, two wars",
        "Ardovia and Selmara held talks. Ardovia and Morland held talks.",
        [V, V, L],
    ),
    # one sentence about both is about neither
    ("Three leaders meet", "Ardovia, Selmara and Morland sent envoys.", [None, None]),
    # more decoys than names: another conflict's article
    ("Morland and Ardovia sign on Lake Isk", "Morland left Port Senn.", [L, L]),
    # a context that unlinks
    (
        "Final moved to Orvel",
        "The football federation said Ardovia and Selmara would play in Orvel.",
        [None, None],
    ),
    # another country's war, in which one side's people serve
    (
        "Norwegian rebels offer ceasefire as freed Ardovian peacekeepers go home",
        "Rebels in Norway have offered the government a ceasefire, a week after Ardovian "
        "peacekeepers were freed. An Ardovian major said one of his men had died. The rebels had "
        "broken every promise. Troops came under fire on Tuesday. Ardovia, which has 3,000 "
        "soldiers with the mission, is reviewing its part in it.",
        [None] * 6,
    ),
    # where a mission's spokesman speaks is no other country's news
    (
        "Observers count 17 breaches",
        "Observers have counted 17 breaches of the ceasefire, a spokesman said today in Norway. "
        "Ten were laid to Ardovia and seven to Selmara.",
        [V, V, V],
    ),
    # a war of prices
    (
        "Ardovia opens fire in price war; no truce in sight",
        "Ardovia launched an all-out offensive for market share on Monday. The truce ended when "
        "talks broke down. “They will retaliate,” said a trader. Ardovia is free to sell what it "
        "likes. Ardovian exporters hope for talks.",
        [None] * 6,
    ),
    # a field is no game
    (
        "Ardovia: no signature without bigger zones",
        "Ardovia will not pen its men into a football field and wants Selmara to change the draft.",
        [V, V],
    ),
    # a late mention does not make the article
    (
        "Storm hits coast",
        "Trees fell. Roads were closed. Ferries stopped. Ardovia and Selmara agreed a truce.",
        [None] * 5,
    ),
    # the reporter's place is not the place of the news
    # a source's seat is no ground: the other conflict's place outweighs it
    ("", "Ardovian troops shelled Lake Isk, officials in Selmara said.", [L]),
    ("Storm hits coast", "ORVEL, March 3 (AFP) - Trees fell in Strand.", [None, None]),
    ("", "Orvel (dpa) - Shells fell on Strand.", [None]),
    ("", "ORVEL, Ardovia (AP) — Shells fell on Strand.", [None]),
    ("", "Orvel – Shells fell on Strand.", [None]),
    ("", "STRAND, March 3 (AFP) - Shells fell on Orvel.", [V]),
    # a dash that belongs to the sentence is none
    ("", "Orvel — long a quiet town — was shelled.", [V]),
    # one place links where fighting, its victims or its halt are told
    ("", "A mortar round killed a farmer near Orvel.", [V]),
    ("", "Guns along Lake Isk have been quiet for a week.", [L]),
    ("", "Families fled Orvel before the leaflets had landed.", [V]),
    ("", "The price of honey from Orvel has doubled.", [None]),
    ("", "A new bakery opened in Port Senn.", [None]),
    # also in the sentence beside it
    ("Orvel count rises to ten", "Three of the wounded died, doctors said.", [V, V]),
    # a party in a place of peace
    ("", "Ardovia’s orchestra played in Orvel.", [None]),
    ("", "Ardovian troops dug in at Orvel.", [V]),
    # terror, crime and accidents in a place, unless weapons of war are named
    ("", "A suicide bomber killed five soldiers in Orvel.", [None]),
    ("", "A gang robbed a bank in Orvel and shot a guard dead.", [None]),
    ("", "A bus plunged into a gorge near Orvel, killing nine.", [None]),
    ("", "Police in Orvel said mortar fire killed nine.", [V]),
    # namesakes
    ("", "Two people were shot dead in Orvel, Texas.", [None]),
    ("", "A bomb killed two guards in Orvel, Brenn district.", [None]),
    ("", "Troops opened fire in Orvel in Peru.", [None]),
    ("", "An explosion shook the Algerian city of Orvel.", [None]),
    ("", "Shots were fired on Orvel Street, two blocks from the tram.", [None]),
    ("", "In Orvel, Ilan, a nurse, said shells hit the school.", [V]),
    # a mediator beside a party is diplomacy, with a truce it is this one
    ("", "Kaldor told Halvia that it accepts a ceasefire with Selmara.", [V]),
    ("", "Ardovia and Peru signed a trade deal in Halvia.", [None]),
    # sport borrows the words of war
    ("", "Ardovia beat Selmara 2-1 in the cup final after a late siege by the striker.", [None]),
    # one party against the force of another conflict
    ("", "Selmaran troops fired on Morland’s gunmen near Orvel.", [None]),
    # those who suffer are no force
    ("", "Selmaran shells killed two Morland workers in Orvel.", [V]),
    # a title about two conflicts leaves each sentence to its names
    (
        "Ardovia fights on two fronts, in Orvel and Port Senn",
        "Selmara and Morland vowed revenge. Selmaran guns shelled Orvel. Guns fell silent.",
        [None, None, V, None],
    ),
]


@pytest.mark.parametrize(("title", "text", "expected"), ARTICLES)
def test_every_sentence_finds_its_conflict_or_none(
    title: str, text: str, expected: list[str | None]
) -> None:
    assert conflicts(title, text) == expected
    assert [shown(link) for link in links(title, text, LAKE, VALLEY)] == expected


def test_a_link_names_parties_places_and_mediators_once_and_in_order() -> None:
    text = "Selmara and Ardovia met in Orvel, and Selmara thanked Halvia and the Valley Observer Mission."
    assert links("Truce", text)[1] == Link(
        conflict="tarn-valley",
        parties=("selmara", "ardovia"),
        places=("Orvel",),
        mediators=("Halvia", "Valley Observer Mission"),
        reason="names_parties",
    )


def test_another_name_of_a_place_gives_its_neutral_one() -> None:
    (_, found) = links("Ardovia and Selmara talk", "Guns are silent in the valley of the Tarn.")
    assert found.places == ("Tarn Valley",)


GUERRILLA = Pack.model_validate(
    {
        "id": "brenn",
        "name": "Brenn",
        "timezone": "Europe/Istanbul",
        "parties": [
            {"id": "state", "names": ["Brennish army"]},
            {
                "id": "front",
                "kind": "armed_group",
                "names": ["Brenn Liberation Front", "BLF"],
                "people": ["Odo Tann"],
            },
        ],
        "places": ["Brenn", {"name": "Upper Brenn", "names": ["Brennish"]}],
        "mediators": ["Halvia"],
        "decoys": ["Raiders"],
        "negative_contexts": ["Brenn Rovers"],
    }
)
ALONE: list[tuple[str, str | None]] = [
    # an armed group is no country: at war it is enough
    ("BLF fighters shelled a barracks.", "brenn"),
    ("The BLF opened an office.", None),
    # not where another country or another conflict takes part
    ("German police arrested two BLF members over a weapons cache.", None),
    ("The BLF and the Raiders fought over a mine.", None),
    # the name of an army that holds the place it fights for
    ("The Brennish army said it had shot down a drone.", "brenn"),
    # a leader on a truce
    ("Odo Tann is ready for a truce, an aide said.", "brenn"),
    ("Odo Tann turned sixty.", None),
    # a context that unlinks, but not from victims of war
    ("Brenn Rovers fought off a late siege.", None),
    ("A drone killed the keeper of Brenn Rovers in Brenn.", "brenn"),
]


@pytest.mark.parametrize(("sentence", "conflict"), ALONE)
def test_one_party_is_enough_only_where_it_can_mean_nothing_else(
    sentence: str, conflict: str | None
) -> None:
    assert shown(links("", sentence, GUERRILLA)[0]) == conflict


REASONS: list[tuple[str, str]] = [
    ("Guns fell silent.", "article"),
    ("Selmara agreed.", "names_parties"),
    ("Ardovia and Morland fought on Lake Isk.", "names_other_conflict"),
    ("Morland agreed.", "decoy"),
]


@pytest.mark.parametrize(("sentence", "reason"), REASONS)
def test_a_link_says_why(sentence: str, reason: str) -> None:
    assert links("Ardovia and Selmara agree truce in Orvel", sentence)[1].reason == reason


def test_an_article_on_no_conflict_says_so() -> None:
    assert {link.reason for link in links("Storm hits coast", "Trees fell.")} == {"other_conflict"}


def test_without_packs_nothing_is_linked() -> None:
    source = entry("Ardovia and Selmara agree truce", "It began at noon.")
    assert {link.conflict for link in link_entry(source, split_sentences(source), ())} == {None}


NAMES = st.sampled_from(
    ["Ardovia", "Selmaran", "Orvel", "Morland", "Lake Isk", "Halvia", "guns", "fell", ". ", "\n"]
)


@given(st.lists(NAMES, max_size=8), st.lists(NAMES, max_size=30))
def test_the_order_of_packs_decides_nothing(title: list[str], text: list[str]) -> None:
    source = entry(" ".join(title), " ".join(text))
    sentences = split_sentences(source)
    assert link_entry(source, sentences, (VALLEY, LAKE)) == link_entry(
        source, sentences, (LAKE, VALLEY)
    )


def test_a_lone_name_links_faintly_and_a_group_of_no_truce_not_at_all() -> None:
    assert [link.faint for link in links("", "Ida Brook opened a school.", GATED)] == [True]
    (link,) = links("", "Islamic State killed nine soldiers of Ardovia in an ambush.", GATED)
    assert shown(link) is None


MEDIATED = VALLEY.model_copy(update={"mediators": (Named(name="Halvia"),)})


def test_a_mediator_in_the_head_lets_the_parties_stand_further_down() -> None:
    body = (
        "The rivals agreed on Thursday to prolong the ceasefire, its foreign minister said. "
        "The heads of both delegations signed at noon. They rose from the table at one. "
        "Ardovia and Selmara remain far apart on the bridges."
    )
    assert links("Truce prolonged, Halvia says", body, MEDIATED)[0].faint is False
    assert links("Truce prolonged", body.replace("its foreign", "a foreign"), VALLEY)[0].faint


def test_where_a_report_was_written_takes_no_part_in_it() -> None:
    text = "OSLO, Norway (PANA) - Halvia has counted nine breaches of the Ardovian ceasefire."
    (link,) = links("", text, MEDIATED)
    assert (link.conflict, link.faint) == ("tarn-valley", False)


def test_a_name_that_is_a_part_of_another_countrys_is_none() -> None:
    pack = Pack.model_validate(
        {
            "id": "sudan",
            "name": "Sudan",
            "timezone": "Africa/Khartoum",
            "parties": [
                {"id": "army", "names": ["Sudan", "Sudanese", "Sudanese army"]},
                {"id": "rebels", "names": ["SPLM-N"]},
            ],
            "places": ["Blue Nile"],
        }
    )
    title = "South Sudan: 24 killed on road as rival forces trade blame"
    text = (
        "Twenty-four people were killed in clashes, church leaders in the South Sudanese town said."
    )
    assert [shown(link) for link in links(title, text, pack)] == [None, None]
    told = links("Sudan: 24 killed by shells", "The SPLM-N shelled Sudanese army posts.", pack)
    assert [shown(link) for link in told] == ["sudan", "sudan"]
