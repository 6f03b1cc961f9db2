"""Stated days and parts of days: sentences of one publication time with what they mean."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from time_rows import told

from bot.claims.when.times import find_times

#: A day goes by the verb of its own clause.
VERBS = [
    ("Talks on Friday collapsed within an hour.", "03-06"),
    ("Talks on Friday will be held in Doha.", "03-13"),
    ("The ministry said the talks on Friday would be held in Doha.", "03-13"),
    ("The ministry said on Monday that the truce would begin on Thursday.", "03-09; 03-12"),
    ("The truce will begin on Friday, the foreign minister said on Tuesday.", "03-13; 03-10"),
    ("In a statement on Monday, the army said it would pull out by Saturday.", "03-09; 03-14"),
    ("The army announced a ceasefire on Monday.", "03-09"),
    ("The army announced a ceasefire from Friday.", "03-13"),
    ("The sides agreed on Tuesday to exchange prisoners on Saturday.", "03-10; 03-14"),
    ("The sides agreed to a truce on Tuesday.", "03-10"),
    ("The cabinet votes Thursday on the deal.", "03-12"),
    ("The prisoners go home this Friday, an aide told reporters.", "03-13"),
    ("With Saturday’s deadline looming, the cabinet met in Doha.", "03-14"),
    ("Saturday’s deadline passed without a deal.", "03-07"),
    ("Truce talks to resume Thu in Doha: official", "03-12"),
    ("They have not fired a shot since the 9th of this month.", "03-09"),
    ("Fires near the border on March 8 and 9 were started by drones.", "03-08; 03-09"),
    ("Five died on March 8 and 9 were wounded.", "03-08"),
    ("Kremlin says Putin to meet envoy on Saturday", "03-14"),
    ("Israel, Hamas to swap prisoners Sunday", "03-15"),
    ("Israeli strike kills five in Beirut on Monday", "03-09"),
    ("The ceasefire agreed on Tuesday takes effect on Thursday.", "03-10; 03-12"),
    ("The truce was due to start on Tuesday but never did.", "03-10"),
    ("The meeting was due to take place on Thursday.", "03-12"),
    ("Envoys failed to reach a deal on Monday.", "03-09"),
    ("They met in Cairo to discuss the plan on Monday.", "03-09"),
    ("Residents could not be reached on Tuesday.", "03-10"),
    ("An attack may have taken place on Tuesday.", "03-10"),
    ("Guns fell silent on Tuesday and aid will arrive on Thursday.", "03-10; 03-12"),
    ("Although the army will withdraw on Friday, fighting went on on Tuesday.", "03-13; 03-10"),
    ("If the truce holds, crossings reopen on Monday.", "03-16"),
    ("On Friday, the minister said, the truce will begin.", "03-13"),
    ("On Tuesday, hours before the truce was to begin, shells hit the town.", "03-10"),
    ("Hostages to be freed on Friday were named on Tuesday.", "03-13; 03-10"),
    ("Rescuers will search the house hit on Tuesday.", "03-10"),
    ("The army had planned to leave on Monday.", "03-09"),
    (
        "Baku and Yerevan, which met on Sunday, will hold another round on Saturday, an EU envoy said on Tuesday.",
        "03-08; 03-14; 03-10",
    ),
    (
        "Asked on Tuesday whether the truce would hold until Saturday, he declined to answer.",
        "03-10; 03-14",
    ),
    ("The handover should have taken place on Monday.", "03-09"),
    ("The handover was postponed from Tuesday to Saturday.", "03-10; 03-14"),
    ("Egypt has invited both sides to talks in Cairo on Saturday.", "03-14"),
    ("Funerals will be held on Thursday for the nine people killed on Monday.", "03-12; 03-09"),
    ("The two killed on Tuesday will be buried on Thursday.", "03-10; 03-12"),
    ("The convoy set off on Monday.", "03-09"),
    ("The council will on Friday debate the strike.", "03-13"),
    ("Negotiators have set Friday as the date for the next round.", "03-13"),
    ("Thousands flee as truce ends Friday", "03-13"),
    ("A ministerial meeting slated for Saturday has been moved to Sunday.", "03-14; 03-15"),
    ("The general ordered the guns to fall silent at noon on Monday.", "03-16 12:00"),
    (
        "The mine went off on Tuesday as deminers, who start again on Thursday, took a break.",
        "03-10; 03-12",
    ),
    ("The road was closed due to fighting on Tuesday.", "03-10"),
]

#: A preposition or a noun beside it may settle the side.
BESIDE = [
    ("The truce has held since Sunday.", "03-08"),
    ("The truce held until Monday.", "03-09"),
    ("Schools are closed until Monday.", "03-16"),
    ("Flights were suspended until Saturday.", "03-14"),
    ("The rebels have until Friday to answer.", "03-13"),
    ("Residents were ordered to leave by Thursday.", "03-12"),
    ("By Tuesday the toll had risen to 40.", "03-10"),
    ("By Friday, all hostages will be home.", "03-13"),
    ("He did not learn of the order until Monday.", "03-09"),
    ("Ahead of Saturday's summit, shelling intensified.", "03-14"),
    ("After Monday's talks the envoy flew home.", "03-09"),
    ("The strike on Tuesday will be investigated, the army said.", "03-10"),
    ("Monday's attack will be raised at Thursday's meeting.", "03-09; 03-12"),
    ("Kyiv, Moscow trade blame for Sunday attack on plant", "03-08"),
    ("Friday's talks will be the first since the truce.", "03-13"),
    ("Friday's talks were the first since the truce.", "03-06"),
    ("He will attend Friday's funeral.", "03-13"),
    ("Rebels leave the bank, as Saturday's deal demands", "03-07"),
    ("The Friday attack on the convoy drew condemnation.", "03-06"),
    ("From Thursday, fuel will be let in.", "03-12"),
    ("From Monday, fuel was let in.", "03-09"),
    ("As of Tuesday, 40 bodies had been found.", "03-10"),
    ("Starting Thursday, permits will be needed.", "03-12"),
    ("They have given Hamas until Saturday evening.", "03-14 evening"),
    ("Israel delayed its reply on Monday.", "03-09"),
    ("The minister promised an inquiry by Friday.", "03-13"),
    ("Ceasefire talks in Doha on Friday", "03-13"),
    ("Saturday deadline looms for Gaza deal", "03-14"),
]

#: Which week.
WEEKS = [
    ("Last Wednesday the bridge was hit.", "03-04"),
    ("The bridge was hit last Sunday.", "03-08"),
    ("The talks will resume next Monday.", "03-16"),
    ("The talks will resume next Friday.", ""),
    ("The talks will resume this Friday.", "03-13"),
    ("They met this Monday.", "03-09"),
    ("The vote comes this coming Sunday.", "03-15"),
    ("The bridge was hit on Friday last week.", "03-06"),
    ("The envoy returns on Tuesday next week.", "03-17"),
    ("The crossing opens every Friday.", ""),
    ("The crossing opens on Fridays at 9 a.m.", ""),
    ("The Friday before the truce, nine died.", ""),
    ("It was a Friday in May.", ""),
    ("The Thursday before Easter is quiet.", ""),
]

#: Dates and counted days.
DATES = [
    ("Sunday, March 8, was quiet.", "03-08"),
    ("The talks open on Saturday (14 March).", "03-14"),
    ("On 2026-03-08 the post was fired on.", "03-08"),
    ("The statement of 08.03.2026 names nine dead.", "03-08"),
    ("The statement of 08/03/2026 names nine dead.", ""),
    ("On 2/25/2026 they fell silent.", "02-25"),
    ("The port was hit on 9 and 10 March.", "03-09; 03-10"),
    ("He will sign on March 12 or 13.", "03-12; 03-13"),
    ("Two days ago the post was fired on.", "03-09"),
    ("The day before yesterday the post was fired on.", "03-09"),
    ("The round opens the day after tomorrow.", "03-13"),
    ("The round opens in two days' time.", "03-13"),
    ("About three days ago the post was hit.", ""),
    ("The truce of 10 November 2020 ended the war.", "11-10"),
    ("On 12 January two men were shot.", "01-12"),
    ("The vote will be on the 14th of March.", "03-14"),
    ("The vote will be held on Monday, March 14.", ""),
    ("It will happen in three days.", ""),
    ("Three days earlier the guns had fallen silent.", ""),
    ("Yesterday, Tuesday, the guns fell silent.", "03-10"),
    ("The toll since 7 October 2023 is contested.", "10-07"),
]

#: Parts of a day.
PARTS = [
    ("Late on Tuesday, drones hit the port.", "03-10 evening"),
    ("Later on Wednesday the envoy will fly out.", "03-11"),
    ("Drones hit the port early on Wednesday.", "03-11 early"),
    ("Drones hit the port on Tuesday night.", "03-10 night"),
    ("Drones hit the port late Tuesday night.", "03-10 night"),
    ("Drones hit the port in the early hours of Wednesday morning.", "03-11 early"),
    ("Drones hit the port on Tuesday morning and Tuesday evening.", "03-10 morning; 03-10 evening"),
    ("Drones hit the port overnight.", "03-10 night"),
    ("Drones hit the port on Tuesday night into Wednesday.", "03-10 night"),
    ("Overnight from Monday to Tuesday the port was hit.", "03-09 night"),
    ("Drones hit the port last night.", "03-10 night"),
    ("Drones hit the port early this morning.", "03-11 early"),
    ("The envoy arrives tonight.", "03-11 night"),
    ("The truce takes effect overnight.", "03-11 night"),
    ("A dawn raid on Tuesday killed two.", "03-10 early"),
    ("A morning strike on the market on Monday killed two.", "03-09 morning"),
    ("An overnight curfew was announced on Tuesday.", "03-10"),
    ("The port was hit on the night of 8-9 March.", "03-08 night"),
    ("The port was hit before dawn on Tuesday.", "03-10 early"),
    ("On Tuesday, before dawn, the port was hit.", "03-10 early"),
    ("The call was made early in the morning of March 9.", "03-09 early"),
    ("The call was made on Tuesday, in the evening.", "03-10 evening"),
    ("Wednesday’s dawn strikes hit the port.", "03-11 early"),
    ("The port was hit overnight Monday.", "03-09 night"),
    ("Sirens rang out in the afternoon.", ""),
    ("Sirens rang out at night.", ""),
    ("The call was made at sunset on Tuesday.", "03-10"),
]


@pytest.mark.parametrize(("sentence", "expected"), [*VERBS, *BESIDE, *WEEKS, *DATES, *PARTS])
def test_a_day_is_the_one_that_its_sentence_means(sentence: str, expected: str) -> None:
    assert told(sentence) == expected


def test_today_is_the_day_at_the_place_of_the_event() -> None:
    late = datetime(2026, 3, 11, 22, tzinfo=UTC)
    (span,) = find_times("Today the envoys meet.", late, ZoneInfo("Asia/Kolkata"))
    assert span.start == datetime(2026, 3, 11, 18, 30, tzinfo=UTC)


def test_a_day_of_the_clock_change_has_its_own_length() -> None:
    after = datetime(2025, 10, 27, 9, tzinfo=UTC)
    (span,) = find_times("A drone fell on Sunday.", after, ZoneInfo("Europe/Kyiv"))
    assert (span.end - span.start).total_seconds() == 25 * 3600


def test_an_agency_text_counts_from_its_own_dateline() -> None:
    sentence = "ORVEL, March 2 (Reuters) - The envoys met on Sunday and will meet again tomorrow."
    assert told(sentence) == "03-01; 03-03"
