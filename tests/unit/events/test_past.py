"""Whether a sentence dates what it tells days back; what only sets the scene does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.claims.when.times import find_times
from bot.events.past import dates_far_back, is_long_ago, is_old
from bot.types import Claim
from tests.unit.alerts.test_alerts_decide import NOBODY, H, said

WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)


def told(quote: str) -> Claim:
    times = find_times(quote, WEDNESDAY, ZoneInfo("UTC"))
    return replace(said(quote, NOBODY, H), at=WEDNESDAY, times=times)


BACK = [
    "Shells killed eight people in Varn in the first days of October.",
    "The rounds that fell on Varn during the first night of the October truce were ours.",
    "The general acknowledged on Wednesday that his soldiers crossed the river last month.",
    "Twelve men were shot in Esk on 3 November.",
]


@pytest.mark.parametrize("quote", BACK)
def test_a_deed_of_weeks_ago_is_old(quote: str) -> None:
    assert is_old(told(quote))


OF_TODAY = [
    "Shells killed eight people in Varn on Wednesday.",
    # what is known from then sets the scene
    "Ardovia attacked on Wednesday, weeks after the truce signed in October.",
    "Selmara launched an offensive on Wednesday against Varn, where 40 people died in October.",
    "Rockets hit a base in Varn set up last year.",
    # a comparison, a month to come, and no month at all
    "The assault began at dawn on Wednesday, weeks earlier than expected.",
    "Shells fell on Varn before talks that will resume in October.",
    "Gunmen opened fire in March Street.",
    # a range counts by its last day
    "Soldiers killed 40 people in Varn between 20 and 24 November.",
]


@pytest.mark.parametrize("quote", OF_TODAY)
def test_a_deed_of_these_days_is_not(quote: str) -> None:
    assert not is_old(told(quote))


def test_the_day_on_which_somebody_spoke_makes_nothing_recent() -> None:
    assert is_long_ago(
        told("The mission said on Wednesday that 40 people died in Varn last month.")
    )


@pytest.mark.parametrize(
    ("quote", "back"),
    [
        ("A girl who was hit a month ago died on Wednesday, and the toll is seven.", True),
        ("Her death brings the toll of the shelling of 3 November to seven.", True),
        ("A girl who was hit on Monday died on Wednesday, and the toll is seven.", False),
    ],
)
def test_a_blow_of_weeks_ago_is_known_by_its_day(quote: str, back: bool) -> None:
    assert dates_far_back(told(quote)) is back
