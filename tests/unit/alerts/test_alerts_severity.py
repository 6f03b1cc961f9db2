"""What is heard: cooldowns never mute a more severe alert; a lone word on the enemy may wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.alerts.severity import Severity, held_until, is_cooled_down, severity_of
from bot.config import PolicySection
from bot.events.news import News
from bot.events.status import Role
from bot.types import Attribution, Claim, Event, Figure, Measure, Qualifier, Status

NOW = datetime(2026, 3, 10, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def claim(killed: int = 0, party: str = "ardovia") -> Claim:
    figures = (Figure(measure=Measure.KILLED, low=killed, high=killed, qualifier=Qualifier.EXACT),)
    return Claim(
        id=f"{party}:{killed}",
        entry_id=party,
        at=NOW,
        field="text",
        quote="Words.",
        start=0,
        end=6,
        labels=("hostilities",),
        scores={},
        attribution=Attribution(speaker=party, party=party),
        outlet="o",
        outlet_name="O",
        url="https://example.org",
        figures=figures if killed else (),
    )


def event(step: str | None, at: datetime, *, killed: int = 0, silent: bool = False) -> Event:
    return Event(
        id="k-1",
        conflict="k",
        kind="violation",
        step=step,
        first_at=at,
        last_at=at,
        claims=(claim(killed),),
        entry_ids=("e",),
        alert_id="TL-000001",
        silent=silent,
    )


@pytest.mark.parametrize(
    ("step", "killed", "hurt", "moved", "severity"),
    [
        ("ended", 0, False, True, Severity.EXTREME),
        ("offensive_announced", 0, False, False, Severity.EXTREME),
        ("agreed", 0, False, True, Severity.SEVERE),
        ("attack", 5, True, False, Severity.SEVERE),
        ("extended", 0, False, True, Severity.MODERATE),
        ("breach_alleged", 2, True, False, Severity.MODERATE),
        ("breach_alleged", 0, False, True, Severity.MODERATE),
        ("breach_alleged", 0, False, False, Severity.MINOR),
        ("talks_announced", 0, False, False, Severity.MINOR),
    ],
)
def test_severity_follows_what_is_told(
    step: str, killed: int, hurt: bool, moved: bool, severity: Severity
) -> None:
    assert severity_of(step, killed, hurt, moved) is severity


def test_a_cooldown_mutes_what_is_no_more_severe_and_nothing_else() -> None:
    heard = event("agreed", NOW)
    again, worse = event("agreed", NOW + HOUR), event("ended", NOW + HOUR)
    assert is_cooled_down(again, [heard], 2 * HOUR)
    assert not is_cooled_down(worse, [heard], 2 * HOUR)
    assert not is_cooled_down(again, [heard], timedelta(0))
    assert not is_cooled_down(event("agreed", NOW + 3 * HOUR), [heard], 2 * HOUR)
    assert not is_cooled_down(again, [replace(heard, silent=True)], 2 * HOUR)


def test_a_lone_word_on_the_enemy_waits_only_where_the_operator_says_so() -> None:
    lone = event("breach_alleged", NOW, silent=True)
    news = News(trigger=claim(), claims=(claim(),), step=None, role=Role.PARTY, figures=())
    hold = PolicySection(hold_minutes=20)
    assert held_until(news, lone, hold) == NOW + timedelta(minutes=20)
    assert held_until(news, lone, PolicySection()) is None
    assert held_until(replace(news, role=Role.MONITOR), lone, hold) is None
    assert held_until(news, replace(lone, silent=False), hold) is None
    two = replace(lone, claims=(claim(), claim(1, "selmara")))
    assert held_until(news, two, hold) is None
    assert (
        held_until(news, replace(lone, kind="ceasefire", status_after=Status.AGREED), hold) is None
    )
