"""Conflict packs: what a pack may hold, and what `check` finds in one that is well formed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.check import pack_faults
from bot.errors import ConfigError
from bot.packs import Pack, load_pack

CONFLICTS = Path(__file__).parents[2] / "conflicts"

#: The smallest pack, as docs and the contract of replay have it.
SMALL: dict[str, Any] = {
    "id": "tarn-valley",
    "name": "Tarn Valley",
    "timezone": "Asia/Baku",
    "parties": [{"id": "ardovia", "names": ["Ardovia", "Ardovian"]}],
    "places": ["Orvel"],
    "mediators": ["Halvia"],
}


def pack(**keys: Any) -> Pack:
    return Pack.model_validate({**SMALL, **keys})


@pytest.mark.parametrize("file", sorted(CONFLICTS.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_shipped_pack_is_sound_and_named_like_its_file(file: Path) -> None:
    loaded = load_pack(file)
    assert loaded.id == file.stem
    assert pack_faults(loaded) == []
    assert len(loaded.parties) >= 2
    assert loaded.places
    assert loaded.feeds


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_the_smallest_pack_may_be_json_however_it_is_written(
    tmp_path: Path, indent: int | str | None
) -> None:
    file = tmp_path / "pack.json"
    file.write_text(json.dumps(SMALL, indent=indent), encoding="utf-8")
    loaded = load_pack(file)
    assert loaded.parties[0].title == "Ardovia"
    assert loaded.places[0].all_names == ("Orvel",)
    assert loaded.mediators[0].all_names == ("Halvia",)
    assert (loaded.feeds, loaded.past_ceasefires) == ((), ())


def test_the_name_shown_and_all_names_of_a_part_are_its_own() -> None:
    loaded = pack(
        parties=[
            {
                "id": "ardovia",
                "name": "Republic of Ardovia",
                "names": ["Ardovia"],
                "people": ["Lena Marosh"],
                "military": ["Ardovian army"],
                "agencies": ["Arpress"],
            }
        ],
        places=[{"name": "Orvel", "names": ["Urwil"]}],
    )
    assert loaded.parties[0].title == "Republic of Ardovia"
    # An agency passes words on; it is no name of the party.
    assert loaded.parties[0].all_names == ("Ardovia", "Lena Marosh", "Ardovian army")
    assert loaded.places[0].all_names == ("Orvel", "Urwil")


GOOD = """id: tarn-valley
name: Tarn Valley
timezone: Asia/Baku
parties:
  - id: ardovia
    names: [Ardovia]
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # an id that could not stand in an address or a command
        (
            GOOD.replace("tarn-valley", "Tarn Valley"),
            ["1: id: must match pattern '^[a-z0-9][a-z0-9-]*$' (got 'Tarn Valley')"],
        ),
        # zones: of the pack, of a place, and one that would leave the zone folder
        (
            GOOD.replace("Asia/Baku", "Mars/Base"),
            ["3: timezone: not a time zone name; use one like Asia/Baku (got 'Mars/Base')"],
        ),
        (
            GOOD + "places:\n  - {name: Orvel, timezone: ../../etc/passwd}\n",
            [
                "8: places.0.timezone: not a time zone name; use one like Asia/Baku "
                "(got '../../etc/passwd')"
            ],
        ),
        # a list counts only what is sound in it, but that is told once
        (
            GOOD.replace("    names: [Ardovia]\n", ""),
            ["5: parties.0.names: is missing and has no default"],
        ),
        (GOOD.replace("[Ardovia]", "[]"), ["6: parties.0.names: must name at least 1"]),
        # a number where a name belongs, as YAML reads a bare year
        (
            GOOD.replace("[Ardovia]", "[2020]"),
            ["6: parties.0.names.0: must be a valid string (got 2020)"],
        ),
        # a kind of party that there is not
        (
            GOOD + "    kind: empire\n",
            [
                "7: parties.0.kind: must be 'state', 'de_facto', 'armed_group' or 'organisation' "
                "(got 'empire')"
            ],
        ),
        # a feed nobody could fetch, and a fallback too
        (
            GOOD + "feeds:\n  - {url: rss.xml, outlet: x, outlet_name: X, fallback: [ftp://x]}\n",
            [
                "8: feeds.0.url: must be an http:// or https:// address (got 'rss.xml')",
                "8: feeds.0.fallback.0: must be an http:// or https:// address (got 'ftp://x')",
            ],
        ),
        # a date that is none
        (
            GOOD + "past_ceasefires: [{name: Old, began: 2020-02-31}]\n",
            [
                "7: past_ceasefires.0.began: must be a valid date or datetime, day value is "
                "outside expected range (got '2020-02-31')"
            ],
        ),
    ],
)
def test_a_fault_is_named_with_file_line_and_key(
    tmp_path: Path, text: str, found: list[str]
) -> None:
    file = tmp_path / "pack.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_pack(file)
    lines = str(error.value).splitlines()
    assert len(lines) == len(found)
    for line, expected in zip(lines, found, strict=True):
        assert line.startswith(f"{file}:{expected}")


def party(name: str, id: str = "selmara") -> dict[str, Any]:
    return {"id": id, "names": [name]}


def place(name: str, **keys: Any) -> dict[str, Any]:
    return {"name": name, **keys}


FEED = {"url": "https://x.example.org/rss", "outlet": "x", "outlet_name": "X"}


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        # one name for two parties, or for two places
        (
            {"parties": [*SMALL["parties"], party("Ardovian")]},
            (("parties", 1), "'Ardovian' stands for ardovia and selmara; keep one"),
        ),
        (
            {"places": [place("Orvel", names=["Esk"]), "Esk"]},
            (("places", 1), "'Esk' stands for Esk and Orvel; keep one"),
        ),
        # one id for two parties
        (
            {"parties": [*SMALL["parties"], party("Selmara", id="ardovia")]},
            (("parties", 1, "id"), "two parties have the id 'ardovia'; keep one"),
        ),
        # a region that is not there
        (
            {"places": ["Orvel", place("Esk", parent="Nowhere")]},
            (("places", 1, "parent"), "'Esk': parent 'Nowhere' is no place of this pack"),
        ),
        # a feed listed twice, and one of a side that is no party
        ({"feeds": [FEED, FEED]}, (("feeds", 1, "url"), f"{FEED['url']} stands twice; keep one")),
        (
            {"feeds": [{**FEED, "side": "selmara"}]},
            (("feeds", 0, "side"), "'selmara' is no party of this pack (allowed: ardovia)"),
        ),
        # a name that every other word holds
        (
            {"parties": [*SMALL["parties"], party("Se")]},
            (
                ("parties", 1),
                "'Se' of party selmara is too short to be told from other words",
            ),
        ),
    ],
)
def test_check_finds_what_is_well_formed_but_wrong(
    keys: dict[str, Any], fault: tuple[tuple[str | int, ...], str]
) -> None:
    assert pack_faults(pack(**keys)) == [fault]


@pytest.mark.parametrize(
    "keys",
    [
        # a capital speaks for its party and is a place as well
        {"parties": [party("Orvel")]},
        # two letters that news does use
        {"parties": [party("UN")]},
        # a place inside another
        {"places": [place("Tarn Valley"), place("Orvel", parent="Tarn Valley")]},
        # one outlet with two feeds
        {"feeds": [FEED, {**FEED, "url": "https://x.example.org/world"}]},
    ],
)
def test_check_leaves_alone_what_only_looks_wrong(keys: dict[str, Any]) -> None:
    assert pack_faults(pack(**keys)) == []


def test_spellings_in_a_plain_list_are_one_place() -> None:
    places = pack(places=["Hasakah", "Heseke", "Orvel", "Hassakeh"]).places
    assert [place.all_names for place in places] == [
        ("Hasakah", "Heseke", "Hassakeh"),
        ("Orvel",),
    ]


def test_places_with_names_of_their_own_stay_apart() -> None:
    places = pack(places=[place("Varn"), place("Varna")]).places
    assert [p.name for p in places] == ["Varn", "Varna"]


def test_a_name_in_small_letters_may_open_a_sentence() -> None:
    mediator = pack(mediators=["bishop of Norland"]).mediators[0]
    assert mediator.all_names == ("bishop of Norland", "Bishop of Norland")
