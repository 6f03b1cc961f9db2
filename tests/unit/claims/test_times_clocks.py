"""Stated clock times: sentences of one publication time with what they mean."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from time_rows import told

from bot.claims.when.times import find_times

#: Clocks, and the half of the day they are in.
CLOCKS = [
    ("The truce begins at 6pm on Thursday.", "03-12 18:00"),
    ("The truce begins at six on Thursday evening.", "03-12 18:00"),
    ("The truce begins on Thursday evening at six.", "03-12 18:00"),
    ("The truce begins at six o'clock on Thursday evening.", "03-12 18:00"),
    ("The truce begins at quarter to seven on Thursday evening.", "03-12 18:45"),
    ("The truce begins at ten past seven in the evening on Thursday.", "03-12 19:10"),
    ("The truce begins at six on Thursday.", ""),
    ("A shell fell at 2 at night.", "03-11 02:00"),
    ("A shell fell at 11:30 last night.", "03-10 23:30"),
    ("A shell fell this morning at 9:15.", "03-11 09:15"),
    ("The truce begins at eight tonight.", "03-11 20:00"),
    ("A shell fell at 23:40.", "03-10 23:40"),
    ("The truce begins at 08:00.", "03-12 08:00"),
    ("The truce was due to begin at 8 a.m.", "03-11 08:00"),
    ("A shell fell at three-thirty yesterday afternoon.", "03-10 15:30"),
    ("The convoy left at 7 p.m.", "03-10 19:00"),
    ("The envoy said on Tuesday that the truce would start at 6 p.m.", "03-10; 03-10 18:00"),
    ("Shells fell at 5 a.m., the governor said on Tuesday.", "03-10 05:00; 03-10"),
    (
        "Two rockets were fired at 6:15 p.m. and a third at 6:40 p.m. on Tuesday.",
        "03-10 18:15; 03-10 18:40",
    ),
    ("It takes effect at 5.30pm on Thursday.", "03-12 17:30"),
    ("It takes effect at 12-30 p.m. on Thursday.", "03-12 12:30"),
    ("It ends at 7 a.m. Makkah time on Friday.", "03-13 07:00"),
    ("They meet at 11 a.m. Moscow time (1.30 p.m. IST) on Thursday.", "03-12 11:00"),
    (
        "It holds from 6 pm (1500 GMT) on Thursday until 6 pm (1500 GMT) on Saturday.",
        "03-12 18:00..14 18:00",
    ),
    ("It takes effect at 17h30 on Thursday.", "03-12 17:30"),
    ("It takes effect at 1730h on Thursday.", "03-12 17:30"),
    ("It takes effect at 12 a.m. on Thursday.", "03-12 00:00"),
    ("The truce begins at 0330 on Thursday.", "03-12 03:30"),
    ("10.15pm: the convoy is through", "03-10 22:15"),
    ("The call will be made at 3 tomorrow.", ""),
    ("Sirens sounded before 4 a.m.", "03-11 04:00"),
    ("By noon it was over.", "03-11 12:00"),
    ("The truce begins at 2000 this evening.", "03-11 20:00"),
    ("The truce begins at twelve o'clock midday on Thursday.", "03-12 12:00"),
    (
        "It goes from half past five this afternoon to ten tomorrow morning.",
        "03-11 17:30..12 10:00",
    ),
    ("Firing must stop at 6 a.m. on the 13th, the minister said.", "03-13 06:00"),
    ("The truce ended at noon on the 9th.", "03-09 12:00"),
    ("It commences at 9 a.m. on Friday.", "03-13 09:00"),
    ("Both will keep still and hold fire from six in the evening on Sunday.", "03-15 18:00"),
    ("They will begin a full and lasting ceasefire at 0001 on Monday, he said.", "03-16 00:01"),
    ("It begins at midnight as Friday turns into Saturday.", "03-14 00:00"),
    ("It lapses at midnight closing 24 March.", "03-25 00:00"),
    ("It holds from 12:00 on March 13 of this year to 24:00 on March 14.", "03-13 12:00..15 00:00"),
    ("It will be over by noon.", "03-12 12:00"),
]

#: Zones, and one instant on two clocks.
ZONES = [
    ("The truce begins at noon (0900 GMT) on Thursday.", "03-12 12:00"),
    ("The truce begins at noon Thursday, 5 a.m. in Washington.", "03-12 12:00"),
    ("The truce begins on Thursday at 12:00 Moscow time.", "03-12 12:00"),
    ("The truce begins on Thursday at 12:00 GMT+4.", "03-12 11:00"),
    ("The truce begins at 2 p.m. G.M.T. on Thursday.", "03-12 17:00"),
    ("The truce begins at 1400 Zulu on Thursday.", "03-12 17:00"),
    ("The truce begins at 1400 Greenwich on Thursday.", "03-12 17:00"),
    ("The truce begins at 2 p.m. South African time on Thursday.", "03-12 15:00"),
    (
        "The truce begins on Friday in Orvel - 2200 GMT, or 2300 in Oslo, on Thursday.",
        "03-13; 03-13 01:00",
    ),
    (
        "It takes effect on Thursday at noon and expires on March 19 at noon.",
        "03-12 12:00; 03-19 12:00",
    ),
    ("It lasts until 6 p.m. on March 15, the Sunday after the feast.", "03-15 18:00"),
    ("It starts at 6 p.m. local time and remains valid through March 15.", "03-11 18:00; 03-15"),
    ("The truce begins at 2 p.m. Greenwich Mean Time on Thursday.", "03-12 17:00"),
    ("The truce begins on Thursday at 2359 Moscow time.", "03-12 23:59"),
    ("The truce begins at 5pm (1400 GMT; 10 a.m. ET) on Thursday.", "03-12 17:00"),
    ("The truce begins at 1400 GMT, or 5 p.m. local time, on Thursday.", "03-12 17:00"),
    ("The truce begins at 5 p.m. on Thursday (1400 GMT).", "03-12 17:00"),
    ("The truce begins at 5 p.m. on Thursday, Moscow time.", "03-12 17:00"),
    ("The truce begins at 9 p.m. ET on Thursday (4 a.m. Friday local time).", "03-13 04:00"),
    ("It takes effect at 6 p.m. Baku time (5 p.m. in Ankara) on Thursday.", "03-12 17:00"),
    ("It takes effect at 17:00 local time/14:00 GMT on Thursday.", "03-12 17:00"),
    ("It takes effect at 1730 hrs IST on Thursday.", ""),
    ("A shell fell at 0115Z.", "03-11 04:15"),
    ("A shell fell at 4:15 a.m. Kyiv time (0215 GMT).", "03-11 05:15"),
    ("A shell fell at 4.15 a.m. (2.15 a.m. in Paris).", "03-11 04:15"),
    ("He will speak at 8 p.m. Kyiv time, 2 p.m. Eastern.", "03-11 21:00"),
    ("Sirens sounded at 2300 GMT on Tuesday (2 a.m. local time on Wednesday).", "03-11 02:00"),
    ("Sirens sounded at 7 p.m. Tuesday Eastern time (2300 GMT).", "03-11 02:00"),
]

#: Midnight may open or close its day.
MIDNIGHTS = [
    ("The truce began at midnight.", "03-11 00:00"),
    ("The truce begins at midnight.", "03-12 00:00"),
    ("The truce begins at midnight on Friday.", ""),
    ("The truce runs until midnight tonight.", "03-12 00:00"),
    ("Shells fell just before midnight on Monday.", "03-09 23:00..10 00:00h"),
    ("Shells fell shortly after midnight.", "03-11 00:00..11 01:00h"),
    ("Shells fell ten minutes after midnight on Tuesday.", "03-10 00:10"),
    ("The truce begins at midnight on Thursday (2100 GMT Wednesday).", "03-12 00:00"),
    ("The truce begins at midnight on Thursday night.", "03-13 00:00"),
    ("The truce begins at 00:00 on Thursday.", "03-12 00:00"),
    ("The truce ends at 24:00 on Thursday.", "03-13 00:00"),
    ("It takes effect at midnight between Thursday and Friday.", "03-13 00:00"),
    ("It takes effect at midnight at the start of Friday.", "03-13 00:00"),
    ("The truce runs until midnight at the end of Friday.", "03-14 00:00"),
    (
        "They hold fire from midnight at the start of Friday until midnight at the end of Sunday.",
        "03-13 00:00..16 00:00",
    ),
    ("It took effect at midnight on Wednesday.", "03-11 00:00"),
    ("It took effect at midnight on Monday.", ""),
    ("Around midnight on Tuesday sirens rang out.", ""),
    ("The truce lapsed at midnight last night.", "03-11 00:00"),
]

#: Blurred hours.
BLURRED = [
    ("About 7 a.m. on Monday a drone fell.", "03-09 06:30..09 07:30h"),
    ("Shortly after 7 a.m. on Monday a drone fell.", "03-09 07:00..09 08:00h"),
    ("Minutes before 7 a.m. on Monday a drone fell.", "03-09 06:00..09 07:00h"),
    ("Soon after 9 on Tuesday evening sirens rang out.", "03-10 21:00..10 22:00h"),
    ("Sirens rang out at around nine on Tuesday evening.", "03-10 20:30..10 21:30h"),
    ("The barrage began at about ten to six in the morning.", "03-11 05:20..11 06:20h"),
    ("Sirens sounded shortly before 4 a.m. local (0100 GMT) on Tuesday.", "03-10 03:00..10 04:00h"),
]

#: Intervals.
INTERVALS = [
    ("The road is closed between 7 a.m. and 9 a.m. on Thursday.", "03-12 07:00..12 09:00"),
    ("The road is closed from 7 to 9 a.m. on Thursday.", "03-12 07:00..12 09:00"),
    ("The road is closed from 11 to 1 p.m. on Thursday.", "03-12 11:00..12 13:00"),
    ("The road is closed on Thursday from 10pm to 5am.", "03-12 22:00..13 05:00"),
    ("The road is closed from 10pm to 5am on Thursday.", ""),
    ("The road was closed from 0900 to 1100 GMT on Monday.", "03-09 12:00..09 14:00"),
    ("The pause ran from 9 a.m. (0600 GMT) to 11 a.m. (0800 GMT).", "03-11 09:00..11 11:00"),
    ("The pause runs from 9 a.m. Thursday to 9 a.m. Saturday.", "03-12 09:00..14 09:00"),
    ("Drones came between 20:00 and 23:30 MSK on Monday.", "03-09 20:00..09 23:30"),
    ("The handover was moved from 8 a.m. to noon on Thursday.", "03-12 08:00; 03-12 12:00"),
    ("Shells fell at 5, 6 and 7 a.m.", "03-11 05:00; 03-11 06:00; 03-11 07:00"),
    ("Between 6 p.m. on Monday and 6 a.m. on Tuesday, 14 shells fell.", "03-09 18:00..10 06:00"),
    ("Between 22:00 on Monday and 04:00, 14 shells fell.", "03-09 22:00..10 04:00"),
    ("The pause, 12:00-16:00 local time on Thursday, will let aid in.", "03-12 12:00..12 16:00"),
    ("Daily from 10 a.m. to 2 p.m. fire will cease.", ""),
    ("Curfew: 10pm-6am", "03-11 22:00..12 06:00"),
    ("Curfew from 10pm Thursday to 6am Friday", "03-12 22:00..13 06:00"),
    ("The pause lasts from 10:00 until 14:00 every day.", ""),
    ("A ceasefire from 6 p.m. to midnight on Saturday was agreed.", "03-14 18:00..15 00:00"),
    ("Between midnight and 6 a.m. on Tuesday sirens rang.", "03-10 00:00..10 06:00"),
    ("The truce runs from midnight on Friday to midnight on Sunday.", ""),
]

#: A length gives the end, where the start is a clock.
LENGTHS = [
    ("The 72-hour truce starts at 8 a.m. on Friday.", "03-13 08:00; 03-16 08:00"),
    ("The truce will last for 48 hours from 6 p.m. on Friday.", "03-13 18:00; 03-15 18:00"),
    ("The week-long truce starts at 8 a.m. on Friday.", "03-13 08:00; 03-20 08:00"),
    ("From 8 a.m. on Friday, and for 12 hours, no gun is to fire.", "03-13 08:00; 03-13 20:00"),
    ("The minister spoke at 8 a.m. on Monday and for two hours took questions.", "03-09 08:00"),
    ("The truce lapsed at midnight on the night of Sunday to Monday.", "03-09 00:00"),
    ("At midnight between 8 and 9 March all movement stopped.", "03-09 00:00"),
    ("The 72-hour truce ended at 8 a.m. on Monday.", "03-09 08:00"),
    ("Two hours after the truce began at 8 a.m., shells fell.", "03-11 08:00"),
    ("The truce, a week-long one, begins at 6 a.m. on Friday.", "03-13 06:00; 03-20 06:00"),
    ("A 48-hour truce from Friday noon was proposed.", "03-13 12:00; 03-15 12:00"),
    ("The three-hour window opens at 1 p.m. on Thursday.", "03-12 13:00; 03-12 16:00"),
    ("Fire will cease at 9 a.m. on Thursday for six hours.", "03-12 09:00; 03-12 15:00"),
    ("The 30-day truce starts on Thursday.", "03-12"),
    ("A 30-day truce starts at midnight.", "03-12 00:00; 04-11 00:00"),
    ("After a 12-hour battle that ended at 9 a.m. on Tuesday, the town fell.", "03-10 09:00"),
    ("The ultimatum runs out at 9 a.m. on Thursday, 48 hours after it was issued.", "03-12 09:00"),
]


#: Clocks whose day or zone stands elsewhere in the sentence.
AFIELD = [
    # the day in brackets is that of the second clock
    ("Fire will cease at 1 a.m. local time (6 p.m. EDT Thursday).", "03-13 01:00"),
    ("The truce starts at 6 a.m. on Thursday (0300 GMT).", "03-12 06:00"),
    # "the same hour" of another day is a time of its own
    (
        "The truce starts at 6 p.m. on Thursday and will be over at the same hour on Saturday.",
        "03-12 18:00; 03-14 18:00",
    ),
    (
        "The truce starts at midnight on Thursday (2100 GMT) and ends at the same hour on Sunday.",
        "03-13 00:00; 03-16 00:00",
    ),
    # a town beside the hour has its own clock
    ("Talks will open in Moscow on Thursday at 11:00.", "03-12 11:00"),
    ("Talks will open in Doha on Thursday at 10 a.m.", "03-12 10:00"),
    ("Talks will open in Geneva on Thursday at 10 a.m.", "03-12 12:00"),
    ("Talks will open at 10 a.m. on Thursday in Geneva.", "03-12 12:00"),
    ("The truce starts on Thursday at eight in the morning by the clock in Paris.", "03-12 10:00"),
    # an hour that is the same, and told in brackets, has the day in front of it
    ("It ends on Friday at the same hour (1700 GMT).", "03-13 20:00"),
    # the day in front of "until" is another hour's
    ("The truce, due to end at 6 a.m. on Thursday, was extended until 18:00 local time (15:00 GMT) on Saturday.", "03-12 06:00; 03-14 18:00"),
    # of two clocks that disagree the one without a zone need not be the event's
    ("Nothing has been launched since 7 a.m. (0500 GMT).", "03-11 08:00"),
    ("The pause runs from 6 a.m. on Thursday there (0300 GMT) until 6 p.m. on Friday.", "03-12 06:00..13 18:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [*CLOCKS, *ZONES, *MIDNIGHTS, *BLURRED, *INTERVALS, *LENGTHS, *AFIELD],
)
def test_a_clock_is_the_instant_that_its_sentence_means(sentence: str, expected: str) -> None:
    assert told(sentence) == expected


def test_letters_of_several_zones_go_by_the_place_of_the_event() -> None:
    at = datetime(2025, 5, 10, 9, tzinfo=UTC)
    sentence = "Firing stops at 5 p.m. IST on Saturday."
    (span,) = find_times(sentence, at, ZoneInfo("Asia/Kolkata"))
    assert span.start == datetime(2025, 5, 10, 11, 30, tzinfo=UTC)
    assert find_times(sentence, at, ZoneInfo("Asia/Beirut")) == ()


def test_a_weekday_is_the_one_of_its_clock() -> None:
    # Saturday in Kolkata, still Friday in Washington.
    at = datetime(2025, 5, 9, 20, tzinfo=UTC)
    sentence = "He will speak at 6 p.m. ET on Friday."
    (span,) = find_times(sentence, at, ZoneInfo("Asia/Kolkata"))
    assert span.start == datetime(2025, 5, 9, 22, tzinfo=UTC)


def test_one_instant_on_two_clocks_goes_by_summer_time_of_its_own_day() -> None:
    at = datetime(2006, 9, 30, 9, tzinfo=UTC)
    sentence = "The truce runs until midnight on Dec. 31 (2200 GMT)."
    (span,) = find_times(sentence, at, ZoneInfo("Europe/Istanbul"))
    assert span.start == datetime(2006, 12, 31, 22, tzinfo=UTC)
    assert find_times(sentence.replace("2200", "2100"), at, ZoneInfo("Europe/Istanbul")) == ()


def test_the_close_of_a_day_is_its_last_midnight() -> None:
    at = datetime(2018, 10, 14, 10, tzinfo=UTC)
    sentence = "It ends at midnight, Damascus time, at the close of November 30."
    (span,) = find_times(sentence, at, ZoneInfo("Asia/Damascus"))
    assert span.start == datetime(2018, 11, 30, 22, tzinfo=UTC)
