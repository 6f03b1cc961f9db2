"""A tree of letters finds what a plain alternation of the names finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.claims.alternation import any_of

NAMES = st.lists(st.text(alphabet="ab c.('", min_size=1, max_size=6), max_size=8)


@given(names=NAMES, text=st.text(alphabet="ab c.('", max_size=30))
def test_it_finds_the_longest_name_at_the_same_places(names: list[str], text: str) -> None:
    longest_first = sorted(set(names), key=len, reverse=True)
    plain = "|".join(re.escape(name) for name in longest_first) or "(?!)"
    assert [m.span() for m in re.finditer(any_of(names), text)] == [
        m.span() for m in re.finditer(plain, text)
    ]


def test_a_longer_name_gives_way_where_its_end_does_not_fit() -> None:
    pattern = re.compile(rf"(?:{any_of(['Tarn', 'Tarn Valley'])})(?!\w)")
    assert [m.group() for m in pattern.finditer("Tarn Valley, Tarn Valleys")] == [
        "Tarn Valley",
        "Tarn",
    ]
