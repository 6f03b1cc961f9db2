"""Sentences with verbatim offsets for any text, and display without hidden characters."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.display import MAX_MARKS, display_text
from bot.feeds.text import MAX_SENTENCE, MAX_SENTENCES, split_sentences
from bot.types import Entry


def entry(title: str = "", summary: str | None = None, text: str | None = None) -> Entry:
    return Entry(
        id="a",
        fetched_at=datetime(2026, 3, 10, 12, tzinfo=UTC),
        published_at=None,
        outlet="wire",
        outlet_name="Wire",
        feed="",
        url="",
        guid="",
        title=title,
        summary=summary,
        text=text,
    )


def split(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(entry(text=text))]


TEXTS: list[tuple[str, list[str]]] = [
    # two plain ones
    ("Guns fell silent. Lorries crossed.", ["Guns fell silent.", "Lorries crossed."]),
    # a clock time in the middle, and one at the end
    (
        "The truce begins at 5 p.m. local time. Guns fell silent.",
        ["The truce begins at 5 p.m. local time.", "Guns fell silent."],
    ),
    (
        "The truce begins at 5 p.m. The army agreed.",
        ["The truce begins at 5 p.m.", "The army agreed."],
    ),
    (
        "It begins at 5 p.m. Saturday and ends on Monday. Guns fell silent.",
        ["It begins at 5 p.m. Saturday and ends on Monday.", "Guns fell silent."],
    ),
    # ranks, titles, initials
    (
        "He met Gen. Orsk and Lt. Col. Arden. They talked.",
        ["He met Gen. Orsk and Lt. Col. Arden.", "They talked."],
    ),
    ("A. B. Arden and Dr. Weil left. So did I.", ["A. B. Arden and Dr. Weil left.", "So did I."]),
    # states and bodies in initials
    (
        "The U.S. envoy left. U.N. staff stayed.",
        ["The U.S. envoy left.", "U.N. staff stayed."],
    ),
    # months, decimals, numbers of things
    ("It fell on Jan. 5. It held.", ["It fell on Jan. 5.", "It held."]),
    ("It lies 3.5 km off. No. 4 bridge held.", ["It lies 3.5 km off.", "No. 4 bridge held."]),
    # the mark stays inside the quotation
    (
        "“We agree,” he said. “They do not.”",
        ["“We agree,” he said.", "“They do not.”"],
    ),
    ('"Stop!" he said. "Now."', ['"Stop!" he said.', '"Now."']),
    # an abbreviation or a month that ends a sentence as well
    ("It held since May. Separately, two fell.", ["It held since May.", "Separately, two fell."]),
    ("It ended in Sept. Selmara agreed.", ["It ended in Sept.", "Selmara agreed."]),
    ("He left the U.S. The envoy stayed.", ["He left the U.S.", "The envoy stayed."]),
    ("He is in the U.S. Army. It held.", ["He is in the U.S. Army.", "It held."]),
    ("He leads Orvel Inc. They agreed.", ["He leads Orvel Inc.", "They agreed."]),
    # within a quotation neither does
    ("“It fell in May. They left,” he said.", ["“It fell in May. They left,” he said."]),
    # a dateline is no sentence of its own
    ("KALDOR (AFP) - Guns fell silent. It held.", ["KALDOR (AFP) - Guns fell silent.", "It held."]),
    # paragraphs end sentences, blank ones are none
    ("Guns fell silent\n\n \r\nLorries crossed", ["Guns fell silent", "Lorries crossed"]),
    # other scripts
    ("الهدنة صامدة. الجسر مفتوح؟ نعم.", ["الهدنة صامدة.", "الجسر مفتوح؟", "نعم."]),
    ("Перемирие держится. Мост открыт!", ["Перемирие держится.", "Мост открыт!"]),
    ("停火生效。双方同意。", ["停火生效。", "双方同意。"]),
    # nothing
    ("", []),
    (" \n\t\u00a0", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_text_splits_into_these_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_sentences_know_their_place_in_the_text() -> None:
    found = split_sentences(entry(title=" Guns silent ", text="One fell. Two fell.\nThree fell."))
    assert [(s.field, s.text, s.index, s.paragraph) for s in found] == [
        ("title", "Guns silent", 0, 0),
        ("text", "One fell.", 0, 0),
        ("text", "Two fell.", 1, 0),
        ("text", "Three fell.", 2, 1),
    ]


SUMMARIES: list[tuple[str | None, list[str]]] = [
    # its own words
    ("Lorries crossed at noon.", ["Lorries crossed at noon."]),
    # the title again
    ("Guns  silent", []),
    # the opening of the text again, cut by the feed
    ("One fell. Two", []),
    ("One fell…", []),
    # none
    ("", []),
    (None, []),
]


@pytest.mark.parametrize(("summary", "expected"), SUMMARIES)
def test_a_summary_that_repeats_is_left_out(summary: str | None, expected: list[str]) -> None:
    found = split_sentences(entry(title="Guns silent", summary=summary, text="One fell. Two fell."))
    assert [s.text for s in found if s.field == "summary"] == expected


def test_a_title_is_one_sentence_whatever_it_holds() -> None:
    assert len(split_sentences(entry(title="Guns silent. Lorries cross. Bridge open?"))) == 1


HOSTILE = [
    # hangs other splitters for ten seconds
    "..[" + "111 " * 20_000 + "]",
    # nothing but ends, nothing but openings
    ". " * 40_000,
    "“" * 80_000,
    # one word without an end
    "x" * 100_000,
    # many paragraphs
    "Guns fell.\n" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["numbers", "stops", "quotes", "word", "lines"])
def test_hostile_text_is_split_quickly_and_within_bounds(text: str) -> None:
    began = time.process_time()
    found = split_sentences(entry(title=text, text=text))
    assert time.process_time() - began < 3
    assert 0 < len(found) <= MAX_SENTENCES
    assert max(len(s.text) for s in found) <= MAX_SENTENCE


PIECES = st.sampled_from(
    [
        *("Guns fell", "said Gen.", "5 p.m.", "U.S.", "Jan.", "No.", "A.", "“", "”", '"', "'", "("),
        *("...", "…", ". ", "! ", "? ", "。", "؟", "\n", "\r", "\u2028", "\x1c", "\x85", "\u00a0"),
        *("\U0001f600", "\u202e", "\ud800", "\u0301", "Мост открыт", "الهدنة", "שלום", "停火"),
        "می\u200cخواهم",
    ]
)
ANY_TEXT = st.one_of(
    st.text(alphabet=st.characters(codec=None), max_size=200),
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=40).map(" ".join),
)


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT, st.none() | ANY_TEXT, st.none() | ANY_TEXT)
def test_every_sentence_is_a_verbatim_stretch_in_reading_order(
    title: str, summary: str | None, text: str | None
) -> None:
    source = entry(title, summary, text)
    ends = {"title": 0, "summary": 0, "text": 0}
    for sentence in split_sentences(source):
        assert source.field_text(sentence.field)[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert sentence.start >= ends[sentence.field]
        ends[sentence.field] = sentence.end


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
def test_nothing_but_blank_lies_between_sentences(text: str) -> None:
    said = list(text)
    for sentence in split_sentences(entry(text=text)):
        said[sentence.start : sentence.end] = " " * len(sentence.text)
    assert "".join(said).strip() == ""


SHOWN: list[tuple[str, str]] = [
    # overrides, embeddings, isolates and marks of direction
    ("\u202eevil\u202c \u2066x\u2069", "evil x"),
    ("\u200eGuns\u200f \u061csilent", "Guns silent"),
    # invisible ones: soft hyphen, zero-width space, joiner of words, byte order mark
    ("G\u00adu\u200bn\u2060s\ufeff", "Guns"),
    # controls; line feed and tab stay
    ("Guns\x00\x1b[31m\x7f\x9b\n\tfell", "Guns[31m\n\tfell"),
    # old format controls, ruby marks, tag characters
    ("Guns\u206a\u206f \ufff9fell\ufffb \U000e0067\U000e007f", "Guns fell "),
    # half a surrogate pair, which Telegram's JSON cannot carry
    ("Guns\ud83d fell", "Guns fell"),
    # Arabic and Hebrew as they are, with their vowel signs
    ("الهُدْنَة صامِدَة", "الهُدْنَة صامِدَة"),
    ("הַפְסָקַת אֵשׁ", "הַפְסָקַת אֵשׁ"),
    # joiners that Persian, Devanagari and emoji need
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("क्\u200dष", "क्\u200dष"),
    ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
    # an accent or two, and Vietnamese and Thai with theirs
    ("Zu\u0308rich e\u0302\u0301", "Zu\u0308rich e\u0302\u0301"),
    ("ที่นี้", "ที่นี้"),
    # piles of marks, enclosing ones too
    ("Z" + "\u0301" * 300 + "a", "Z" + "\u0301" * MAX_MARKS + "a"),
    ("Z" + "\u0489" * 300 + "a", "Z" + "\u0489" * MAX_MARKS + "a"),
    # nothing to do
    ("Guns fell silent – “for now”.", "Guns fell silent – “for now”."),
    ("", ""),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_display_keeps_letters_and_drops_what_hides_or_turns_them(text: str, shown: str) -> None:
    assert display_text(text) == shown


@given(st.text(alphabet=st.characters(codec=None)))
def test_display_is_stable_and_can_be_sent(text: str) -> None:
    shown = display_text(text)
    assert display_text(shown) == shown
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b")
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(st.text(alphabet="אבגדהוزحطيكلمن \u200c\u200dабвг123.,"))
def test_display_never_touches_words_of_other_scripts(text: str) -> None:
    assert display_text(text) == text
