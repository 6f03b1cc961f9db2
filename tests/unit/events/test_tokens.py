"""Words, names, numbers and dates of sentences, as keys."""

from __future__ import annotations

import pytest

from bot.events.reports import read_report
from bot.events.tokens import counts_of, dates_of, is_date_line, stem, weekdays_of, without_times


@pytest.mark.parametrize(
    ("one", "other"),
    [("strikes", "strike"), ("bombing", "bombed"), ("cities", "city"), ("Orvel's", "Orvel")],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_different_words_stay_different() -> None:
    assert len({stem(w) for w in "market bridge shelling soldier mine miner".split()}) >= 5


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Posted: March 4, 2026 at 7:15 pm", True),
        ("Tuesday, 10 March 2026", True),
        ("Shells fell on Orvel on March 4, killing two.", False),
        ("", False),
        ("...", False),
    ],
)
def test_lines_that_only_date_a_page_are_told(line: str, expected: bool) -> None:
    assert is_date_line(line) is expected


def test_dates_are_read_either_way_round() -> None:
    assert dates_of("on March 4th") == dates_of("on 4 March 2026") == dates_of("4 of March")
    assert dates_of("on March 4") != dates_of("on April 3")


def test_days_of_the_week_are_read() -> None:
    assert weekdays_of("On Monday and late Sunday") == {1, 7}


def test_a_number_is_kept_with_what_it_counts_and_no_date_is_a_number() -> None:
    text = without_times("On March 4, 2026, at 7:15 pm, 23 pirates and 1,200 rounds were taken.")
    found = {(c.value, c.nouns[:1]) for c in counts_of(text)}
    assert found == {("23", (stem("pirates"),)), ("1200", (stem("rounds"),))}


def test_years_count_nothing() -> None:
    assert not list(counts_of("The 2021 war ended."))


def test_small_spelt_numbers_count_nouns_but_are_no_numbers_by_themselves() -> None:
    report = read_report("a", ["Two soldiers and three farmers died near Esk."])
    assert ("soldi", "2") in report.counts
    assert report.numbers == {"3"}


def test_names_are_capitals_that_open_no_sentence() -> None:
    report = read_report("a", ["Shells fell on Orvel.", "Farmers of Orvel fled, Mira Dost said."])
    assert set(report.names) == {stem("Orvel"), stem("Mira"), stem("Dost")}


def test_a_headline_alone_gives_its_capitals_as_names() -> None:
    assert stem("Orvel") in read_report("a", ["Shells Fall On Orvel Market"]).names


def test_a_word_that_stands_in_lower_case_is_no_name() -> None:
    report = read_report("a", ["They met on Market Street.", "The market burnt in Orvel."])
    assert stem("market") not in report.names


def test_what_stands_after_the_first_sentences_is_not_read() -> None:
    many = [f"Sentence number {word} of it." for word in "abcdefghijklmnop"]
    assert stem("zebra") not in read_report("a", [*many, "A zebra fled."]).words


def test_the_lead_counts_more_than_the_rest() -> None:
    report = read_report("a", ["Shells fell.", "They fell far.", "Men ran.", "Dogs barked."])
    assert report.words[stem("shells")] > report.words[stem("barked")]


def test_page_dates_are_no_lead_but_their_date_is_kept() -> None:
    report = read_report("a", ["Posted: March 4, 2026", "Shells fell on Orvel."])
    assert report.dates == dates_of("March 4")
    assert "post" not in report.words


def test_a_report_of_nothing_is_empty() -> None:
    report = read_report("a", [])
    assert not report.words
    assert not report.numbers
