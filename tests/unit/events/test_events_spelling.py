"""One place in two spellings, and two places."""

from __future__ import annotations

import pytest

from bot.events.match import share_place


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ljuboten", "Luboten", True),
        ("Ma'arat al-Nu'man", "Maarat al Numan", True),
        ("Lešok", "Lesok", True),
        ("Khan Younis", "Han Younis", True),
        ("Orvel", "Esk", False),
        ("Tarn Point", "Tarn Bridge", False),
    ],
)
def test_a_place_is_the_same_in_two_spellings(one: str, other: str, same: bool) -> None:
    assert share_place([one], [other]) is same
