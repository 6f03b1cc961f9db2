"""Stated times: sentences of one publication time with the instants and meanings of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from time_rows import PUBLISHED, ZONE, told

from bot.claims.when.times import find_times

PROBES: list[tuple[str, list[tuple[str, str, str, str]]]] = [
    # two clocks of one instant are one entry
    (
        "The truce takes effect at 6 p.m. local time (1500 GMT) on Wednesday.",
        [("03-11 15:00", "03-11 15:00", "minute", "effective")],
    ),
    # two clocks that disagree are none
    ("The truce takes effect at 6 p.m. local time (1700 GMT) on Wednesday.", []),
    # a weekday ahead by the tense of its verb
    (
        "The delegations will meet on Friday at 10 a.m. local time.",
        [("03-13 07:00", "03-13 07:00", "minute", "talks")],
    ),
    # a weekday behind by the tense of its verb
    (
        "Soldiers fired on the post at 7.30 a.m. on Monday.",
        [("03-09 04:30", "03-09 04:30", "minute", "other")],
    ),
    # a named zone
    (
        "The ceasefire came into force at 12:00 Moscow time.",
        [("03-11 09:00", "03-11 09:00", "minute", "effective")],
    ),
    # towns by their names of the time, and the clock of Greenwich
    (
        "The cease-fire began at 14:30 hours, Peking time, on Wednesday.",
        [("03-11 06:30", "03-11 06:30", "minute", "effective")],
    ),
    (
        "The conference opens on Friday at three in the afternoon (noon at Greenwich).",
        [("03-13 12:00", "03-13 12:00", "minute", "talks")],
    ),
    # a military clock
    (
        "A pause in fighting begins from 0200 GMT on Thursday.",
        [("03-12 02:00", "03-12 02:00", "minute", "effective")],
    ),
    # an end
    (
        "The ceasefire expires at 0600 GMT on March 14.",
        [("03-14 06:00", "03-14 06:00", "minute", "expiry")],
    ),
    # the small hours of tonight are tomorrow's
    (
        "The truce takes effect at 2 a.m. tonight.",
        [("03-11 23:00", "03-11 23:00", "minute", "effective")],
    ),
    # a midnight that is told twice is one of the verb's side
    (
        "The army announced a truce starting at midnight (2100 GMT).",
        [("03-11 21:00", "03-11 21:00", "minute", "effective")],
    ),
    # an end in the next season
    (
        "The truce has been extended until 6 p.m. on 24 June.",
        [("06-24 15:00", "06-24 15:00", "minute", "expiry")],
    ),
    # what stays in force until then ends then
    (
        "It will now stay in force until 0600 GMT on March 14.",
        [("03-14 06:00", "03-14 06:00", "minute", "expiry")],
    ),
    # a day that belongs to the end is not the day of the start
    (
        "It takes effect at 6 p.m. and runs until 6 p.m. on Friday.",
        [
            ("03-11 15:00", "03-11 15:00", "minute", "effective"),
            ("03-13 15:00", "03-13 15:00", "minute", "expiry"),
        ],
    ),
    # a part of a day
    (
        "The shelling began early on Tuesday.",
        [("03-09 21:00", "03-10 03:00", "part_of_day", "other")],
    ),
    # a night runs into the day named
    (
        "Troops fired on the post overnight into Wednesday.",
        [("03-10 17:00", "03-11 03:00", "part_of_day", "other")],
    ),
    # "around" is half an hour either way
    (
        "Two soldiers were wounded at around 7 a.m. on Wednesday.",
        [("03-11 03:30", "03-11 04:30", "hour", "other")],
    ),
    # the day of the event, and the day of speaking about it
    (
        "Six soldiers were killed on Tuesday afternoon, the ministry said on Wednesday.",
        [
            ("03-10 09:00", "03-10 15:00", "part_of_day", "other"),
            ("03-10 21:00", "03-11 21:00", "day", "other"),
        ],
    ),
    # the day of speaking is no start of the truce
    (
        "The mediators announced on Tuesday that a truce would begin on Thursday at noon.",
        [
            ("03-09 21:00", "03-10 21:00", "day", "other"),
            ("03-12 09:00", "03-12 09:00", "minute", "effective"),
        ],
    ),
    # history has no start that counts
    (
        "The truce took effect at 6 a.m. on 10 November 2020.",
        [("11-10 03:00", "11-10 03:00", "minute", "other")],
    ),
    # midnight of a day may be either end: no instant
    ("The truce begins at midnight on Thursday.", []),
    # ages, years and decimals are no times
    ("In the war of 2020 a 12-year-old boy walked 3.5 km.", []),
    # next Friday may be this week's or the one after
    ("The talks resume next Friday.", []),
]


#: Numbers and names that are no times.
NO_TIMES = [
    "He recalled Bloody Sunday.",
    "The Sunday Times reported the deal.",
    "The war began in November.",
    "The March 23 Movement, known as M23, took the town.",
    "The truce begins at six o'clock on Thursday.",
    "Some 1500 local residents fled.",
    "Resolution 1701 (2006) is cited.",
    "In 2014 in Kyiv protests began.",
    "Between 8 and 10 men were seen.",
    "A 12.30 percent rise was seen.",
    "The quake of magnitude 5.10 hit.",
    "They lost 3:2 in the final.",
    "He quoted Psalm 23:10 at the grave.",
    "He works nine to five.",
    "It is five minutes to midnight, he warned.",
    "A 47-year-old man, 47, died.",
    "Flight 1900 landed.",
    "The vote was 14:1 in favour.",
    "Radio 4's Today programme ran it.",
    "USA Today ran it.",
    "The 9/11 attacks and the 7 October attack were named.",
    "The 25th Brigade held the line for 72 hours.",
    "Since October 7 the border has been shut.",
    "Every day from 10 a.m. to 2 p.m. fire will cease.",
    "The vote will be on the 14th.",
    "In 48 hours the truce ends.",
    "Within 72 hours the hostages will go free.",
    "Article 2:14 of the pact was cited.",
    "Gunmen killed two in the morning.",
    "They fired at four in the group.",
    "The M4 and the 155 mm guns of the 3rd Brigade stayed.",
    "About 10 to 12 people fled.",
    "From 6 to 8 people were hurt.",
    "A 5-4 vote upheld it.",
    "At 9 on the dot the guns stopped.",
    "The World Food Day of 16 October and the Day of Action passed.",
    "He is 5.10 tall.",
    "The Article 10:15 rule is old.",
    "Channel 24 and France 24 said so.",
    "The F-16s took off from base 30.",
    "Call 0900 1234 for help.",
    "The 2030 local plan was shelved.",
    "Population: 1900 (local estimate).",
    "Some 2200 Moscow residents fled.",
    "Room 101 and house 24 burned.",
    "The 8 March coalition and the 14 March alliance argued.",
    "The Sunday League was cancelled.",
    "Ash Wednesday services were held.",
    "On Good Friday no shots were fired.",
    "An hour ago the guns fell silent.",
    "Three weeks ago the guns fell silent.",
    "The next day the guns fell silent.",
    "At the weekend the guns fell silent.",
    "Last week the guns fell silent.",
    "On the same day the guns fell silent.",
    "In early March the guns fell silent.",
    "On 10/3/2026 they fell silent.",
    "The Twelve-Day War of last summer emptied the town.",
    "It was an eleventh-hour deal, he said.",
    "He called it their zero hour.",
    "Rifles of 5.56 mm and 7.62x39mm calibre were handed in.",
    "Unit 8200 and Channel 12 were named.",
    "They may march 30 km.",
    "March 5 km south and you reach the line.",
    "The 1967 lines and Resolution 2334 were cited.",
    "Three T-72s, two S-300s and a BM-21 were hit.",
    "Section 3.15 of the deal speaks of Highway 4.",
    "Fuel costs 1.30 euros more at 2.15 a litre.",
    "At 10 Downing Street nobody spoke.",
    "At 7 Army HQ nobody spoke.",
    "He scored in the 87th minute of a 3-2 win.",
    "The crowd kept a minute's silence.",
    "It runs 24 hours a day, seven days a week.",
    "A 6.1-magnitude quake came.",
    "He has a 50-50 chance.",
    "Verse 8:31 was read out.",
    "The vote was 120-12 with 45 abstentions.",
    "It was the night watchman who called.",
    "The Day After is a film.",
    "A day earlier they had met.",
    "Every Sunday they cross.",
    "They cross on Sundays.",
    "They cross most Fridays.",
    "One Sunday the guns fell silent.",
    "Some 1200 hours of footage were seized.",
    "They logged 1700 local complaints.",
    "The 2100 Kyiv residents left.",
    "He was 19.45 metres away.",
    "The index fell 9.30 points.",
    "Odds of 11:10 were offered.",
    "A ratio of 10:30 was found.",
    "At noon prayers the imam spoke.",
    "He burned the midnight oil.",
    "Midnight Express is banned there.",
    "Talks in the afternoon were calm.",
    "The Night of the Long Knives was recalled.",
    "In May 2025 they fought.",
    "It opened in late April.",
    "The mid-May round failed.",
    "Between 2014 and 2022 it was quiet.",
    "From 1994 to 2020 it held.",
    "In the year 1915 and at 1400 metres it snowed.",
    "At 1900 metres the snow begins.",
    "By 2000 they had left.",
    "At least 1500 were hurt.",
    "In 0900 block of Main Street shots rang out.",
    "At the stroke of midnight on Saturday the truce will begin.",
    "The truce will begin on Saturday at midnight.",
    "The truce lapses at midnight tomorrow.",
    "The truce lapsed at midnight yesterday.",
    "The call was made one night last week.",
    "The call will be made tomorrow at 3.",
    "The port was hit in the early hours.",
]


@pytest.mark.parametrize(("sentence", "expected"), PROBES)
def test_a_sentence_states_these_times(
    sentence: str, expected: list[tuple[str, str, str, str]]
) -> None:
    found = [
        (f"{t.start:%m-%d %H:%M}", f"{t.end:%m-%d %H:%M}", t.precision.value, t.meaning.value)
        for t in find_times(sentence, PUBLISHED, ZONE)
    ]
    assert found == expected


def test_a_term_counts_from_its_stated_start() -> None:
    spans = find_times("A 72-hour truce begins at 6 p.m. local time on Wednesday.", PUBLISHED, ZONE)
    assert [(t.meaning.value, f"{t.start:%d %H:%M}") for t in spans] == [
        ("effective", "11 15:00"),
        ("expiry", "14 15:00"),
    ]


@pytest.mark.parametrize("sentence", NO_TIMES)
def test_other_numbers_and_names_are_no_times(sentence: str) -> None:
    assert told(sentence) == ""


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for span in find_times(text, PUBLISHED, ZONE):
        assert span.start <= span.end


WORDS = "on Friday|said|will|from|to|8 a.m.|10|GMT|(|)|and|midnight|3 May|night|early|, |until|at"


@given(st.lists(st.sampled_from(WORDS.split("|")), max_size=40))
def test_any_row_of_time_words_is_read_without_a_fault(words: list[str]) -> None:
    for span in find_times(" ".join(words), PUBLISHED, ZONE):
        assert span.start <= span.end
        assert span.text


@pytest.mark.parametrize(
    "piece", ["3-4 May ", "on Friday ", "from 8 a.m. to ", "midnight (", "1, "]
)
def test_a_text_of_nothing_but_times_takes_no_more_than_a_moment(piece: str) -> None:
    assert len(find_times(piece * 4000, PUBLISHED, ZONE)) <= 80
