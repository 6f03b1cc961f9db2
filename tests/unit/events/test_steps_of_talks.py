"""Talks that are put off, open, or that somebody denies having left."""

from __future__ import annotations

import pytest

from bot.events.steps import step_of
from tests.unit.alerts.test_alerts_decide import NOBODY, N, said

BROKEN_OFF = {"talks_broken_off": 0.9}
ROWS = [
    ("The Selmaran delegation walked out of the talks in Orvel.", "talks_broken_off"),
    ("I walked out on nobody, the Selmaran minister says.", "other"),
    ("We never walked out, the Selmaran minister says.", "other"),
    ("Monday's meeting in Orvel is off for now.", "talks_announced"),
    (
        "The talks on the valley which were to begin at the old town hall of Orvel on Monday"
        " morning have been put off at Ardovia's request.",
        "talks_announced",
    ),
]


@pytest.mark.parametrize(("quote", "step"), ROWS)
def test_what_becomes_of_talks(quote: str, step: str) -> None:
    assert step_of(said(quote, NOBODY, N, steps=BROKEN_OFF)) == step
