"""Moves of a ceasefire that the clock alone makes: its hour has come, its term has passed. Pure.

A clock is no evidence: it says that an hour has come, never that anything began or ended.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.alerts.render import render_clock
from bot.events.status import clock_status, next_clock_time
from bot.packs import Pack
from bot.types import (
    Action,
    ActionKind,
    Change,
    ConflictState,
    Decision,
    Event,
    Relation,
    Status,
    StatusChange,
)


def decide_clock(state: ConflictState, pack: Pack, now: datetime) -> Change | None:
    """Return the move that the clock alone makes, shown at the post of the last step."""
    moved = clock_status(state.ceasefire, now)
    if moved is None:
        return None
    after, reason = moved
    change = StatusChange(
        conflict=state.conflict, old=state.ceasefire.status, new=after, at=now, reason=reason
    )
    ceasefire = replace(
        state.ceasefire,
        status=after,
        since=now,
        by=None,
        history=(*state.ceasefire.history[-49:], change),
    )
    event = next((e for e in state.events if e.id == state.ceasefire.event_id), None)
    actions: tuple[Action, ...] = ()
    if event is not None and event.alert_id is not None:
        actions = (_clock_action(event, pack, change),)
    return Change(
        entry=None,
        decision=Decision(
            entry_id=f"clock:{state.conflict}",
            at=now,
            relation=Relation.UPDATE,
            reason=reason,
            event_id=event.id if event else None,
            alert_id=event.alert_id if event else None,
        ),
        state=replace(state, ceasefire=ceasefire),
        status_changes=(change,),
        actions=actions,
    )


def next_clock_at(state: ConflictState) -> datetime | None:
    """Return when the clock will next move this conflict's ceasefire."""
    return next_clock_time(state.ceasefire)


def _clock_action(event: Event, pack: Pack, change: StatusChange) -> Action:
    return Action(
        at=change.at,
        action=ActionKind.REPLY,
        alert_id=event.alert_id or "",
        event_id=event.id,
        conflict=event.conflict,
        kind=event.kind,
        reason="status",
        status_before=change.old,
        status_after=change.new,
        entry_ids=(),
        claims=(),
        origins=len(event.origins),
        outlets=len(event.outlets),
        # A lapse is heard; that an hour has come is no news yet.
        silent=change.new is not Status.LAPSED,
        # Edits of the post count up from nought; a minute of the clock is beyond any of them.
        revision=int(change.at.timestamp()) // 60,
        text=render_clock(event, pack, change.old, change.new),
    )
