"""How severe an alert is, and what that does to its sound and its haste. Pure.

Words and order after CAP 1.2: an end or an offensive is extreme, a new halt or many killed severe,
a breach with victims or an extension moderate, an accusation or a meeting minor. A cooldown makes
an alert silent after one at least as severe; it never mutes a more severe one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import IntEnum

from bot.alerts.worth import MANY_KILLED
from bot.config import PolicySection
from bot.events.news import News
from bot.events.status import Role
from bot.types import Event, Measure


class Severity(IntEnum):
    """CAP's words for severity, the mildest first."""

    MINOR = 1
    MODERATE = 2
    SEVERE = 3
    EXTREME = 4


_OF_STEP = {
    "ended": Severity.EXTREME,
    "offensive_announced": Severity.EXTREME,
    "suspended": Severity.EXTREME,
    "agreed": Severity.SEVERE,
    "accepted": Severity.SEVERE,
    "announced": Severity.SEVERE,
    "effective": Severity.SEVERE,
    "expired": Severity.SEVERE,
    "extended": Severity.MODERATE,
    "extended_one": Severity.MODERATE,
    "proposed": Severity.MODERATE,
}


def severity_of(step: str | None, killed: int, hurt: bool, moved: bool) -> Severity:
    """Return the severity of a step or of an incident with so many killed."""
    found = _OF_STEP.get(step or "", Severity.MINOR)
    if killed >= MANY_KILLED:
        found = max(found, Severity.SEVERE)
    if hurt or moved:
        found = max(found, Severity.MODERATE)
    return found


def severity_of_event(event: Event) -> Severity:
    """Return the severity of a posted event, from what its claims state."""
    figures = [f for c in event.claims for f in c.figures]
    killed = max((f.low or 0 for f in figures if f.measure is Measure.KILLED), default=0)
    hurt = any(f.measure in (Measure.KILLED, Measure.WOUNDED) for f in figures)
    return severity_of(event.step, killed, hurt, event.status_before is not event.status_after)


def is_cooled_down(event: Event, known: Sequence[Event], cooldown: timedelta) -> bool:
    """Tell whether an alert at least as severe was heard within the cooldown before `event`."""
    ours = severity_of_event(event)
    return any(
        not e.silent
        and e.alert_id is not None
        and event.first_at - e.first_at < cooldown
        and severity_of_event(e) >= ours
        for e in known
    )


def held_until(news: News, event: Event, policy: PolicySection) -> datetime | None:
    """Return until when a lone word of a party on its enemy waits for a second origin."""
    lone = len(event.origins) == 1 and news.role is Role.PARTY
    about_enemy = event.kind in ("violation", "hostilities", "casualty")
    if policy.hold_minutes and lone and about_enemy and event.silent:
        return event.first_at + timedelta(minutes=policy.hold_minutes)
    return None
