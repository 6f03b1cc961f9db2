"""Text fit for display: what changes how other text is shown goes, what words need stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.display import HIDDEN, MAX_MARKS, display_text

CASES = [
    ("plain text", "The guns fell silent.", "The guns fell silent."),
    # whoever overrides the direction shows another word than the one that stands there
    ("override", "a\u202ecod.exe", "acod.exe"),
    ("embeddings and their end", "a\u202ab\u202bc\u202cd\u202d", "abcd"),
    ("isolates", "\u2066a\u2067b\u2068c\u2069", "abc"),
    ("direction marks", "\u200ea\u200fb\u061c", "ab"),
    # what cannot be seen cannot hide a sign from us
    ("zero-width space", "cease\u200bfire", "ceasefire"),
    ("word joiner and invisible signs", "@\u2060min\u2061is\u2064try", "@ministry"),
    ("soft hyphen", "cease\u00adfire", "ceasefire"),
    ("byte order mark", "\ufeffBrenn", "Brenn"),
    ("old format controls", "a\u206ab\u206fc", "abc"),
    ("ruby marks", "a\ufff9b\ufffac\ufffb", "abc"),
    ("tag characters", "flag\U000e0067\U000e007f", "flag"),
    ("controls", "a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
    ("halves of surrogate pairs", "a\ud800b\udfff", "ab"),
    # lines and columns are laid out elsewhere
    ("line feed and tab stay", "one\n\ttwo", "one\n\ttwo"),
    # scripts that need joiners keep them
    ("Persian with a non-joiner", "می\u200cخواهم", "می\u200cخواهم"),
    ("Arabic and Hebrew", "وقف إطلاق النار / הפסקת אש", "وقف إطلاق النار / הפסקת אש"),
    ("family of joined signs", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ("Hindi", "युद्धविराम", "युद्धविराम"),
    # letters with their own marks stay, towers of marks are cut
    ("Vietnamese in parts", "e\u0302\u0301", "e\u0302\u0301"),
    ("four marks", "a" + "\u0301" * 4, "a" + "\u0301" * 4),
    ("five hundred marks", "a" + "\u0301" * 500 + "b", "a" + "\u0301" * 4 + "b"),
    ("enclosing marks", "a" + "\u20dd" * 9, "a" + "\u20dd" * 4),
    ("marks at the start", "\u0301" * 9 + "a", "\u0301" * 4 + "a"),
    # a hidden sign between marks does not start a new count
    ("marks around a hidden sign", "a" + "\u0301\u200b" * 9, "a" + "\u0301" * 4),
    ("nothing", "", ""),
]


@pytest.mark.parametrize(("case", "text", "shown"), CASES, ids=[case for case, *_ in CASES])
def test_text_is_shown_without_what_changes_how_other_text_is_shown(
    case: str, text: str, shown: str
) -> None:
    assert display_text(text) == shown


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) > 0 or unicodedata.category(character) == "Me"


TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\u0301\u0302\u20dd\u202e\u200b\u2060\u200d\ufeff\n\t\x00\ud800a "),
    ),
    max_size=60,
)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_nothing_hidden_is_left_and_nothing_is_added(text: str) -> None:
    shown = display_text(text)
    assert not HIDDEN.search(shown)
    assert display_text(shown) == shown
    shown.encode("utf-8")
    marks = 0
    for character in shown:
        marks = marks + 1 if _is_mark(character) else 0
        assert marks <= MAX_MARKS
    # What is left stands in the order it had.
    rest = iter(text)
    assert all(character in rest for character in shown)


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=80))
def test_letters_numbers_and_stops_of_any_script_stay(text: str) -> None:
    assert display_text(text) == text
