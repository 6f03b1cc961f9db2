"""What a decision about one conflict starts from, and the records it is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.alerts.render import render_post
from bot.config import PolicySection
from bot.events.copies import CopyVerdict
from bot.events.news import News
from bot.events.stated_times import stated_times
from bot.packs import Pack
from bot.types import (
    Action,
    ActionKind,
    Ceasefire,
    Change,
    Claim,
    ConflictState,
    CopyGroup,
    Decision,
    Entry,
    Event,
    Relation,
    Status,
    StatusChange,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a decision about one conflict starts from."""

    entry: Entry
    claims: tuple[Claim, ...]
    previous: Entry | None
    state: ConflictState
    pack: Pack
    policy: PolicySection
    copy: CopyVerdict
    now: datetime
    next_alert: int


def action_of(case: Case, event: Event, news: News, kind: ActionKind, reason: str) -> Action:
    """Return an action; a post carries the hours it shows, what follows those that it states."""
    post = kind is ActionKind.POST
    status = case.state.ceasefire.status
    return Action(
        at=case.now,
        action=kind,
        alert_id=event.alert_id or "",
        event_id=event.id,
        conflict=event.conflict,
        kind=event.kind,
        reason=reason,
        status_before=status,
        status_after=event.status_after if post else _shown_status(case, event),
        entry_ids=(case.entry.id,),
        claims=news.claims,
        figures=news.figures,
        times=event.times if post else stated_times(news),
        origins=len(event.origins),
        outlets=len(event.outlets),
        silent=event.silent if post else True,
        revision=event.revision,
        text=render_post(event, case.pack, now=case.now),
    )


def _shown_status(case: Case, event: Event) -> Status:
    """An edit of an older post must not seem to move the status back."""
    before = next((e for e in case.state.events if e.id == event.id), None)
    moved = before is not None and before.status_after is not event.status_after
    return event.status_after if moved else case.state.ceasefire.status


def change_of(
    case: Case,
    event: Event,
    relation: Relation,
    reason: str,
    actions: tuple[Action, ...],
    *,
    ceasefire: Ceasefire | None = None,
    status: StatusChange | None = None,
    next_event: int | None = None,
    news: News | None = None,
) -> Change:
    events = tuple(e for e in case.state.events if e.id != event.id)
    order = sorted((*events, event), key=lambda e: int(e.id.rsplit("-", 1)[-1]))
    state = replace(
        case.state,
        events=tuple(order),
        ceasefire=ceasefire or case.state.ceasefire,
        next_event=next_event or case.state.next_event,
    )
    return Change(
        entry=case.entry,
        decision=Decision(
            entry_id=case.entry.id,
            at=case.now,
            relation=relation,
            reason=reason,
            event_id=event.id,
            alert_id=event.alert_id,
            details=_details(news),
        ),
        state=state,
        touched=(event.id,),
        copy_group=case.copy.group,
        status_changes=(status,) if status else (),
        actions=actions,
    )


def _details(news: News | None) -> dict[str, str]:
    if news is None:
        return {}
    scores = ", ".join(
        f"{label} {news.trigger.scores.get(label, 0):.2f}" for label in news.trigger.labels
    )
    return {"step": news.step or "none", "role": news.role.value, "scores": scores or "none"}


def still(case: Case, relation: Relation, reason: str) -> Change:
    return nothing(case.entry, relation, reason, case.now, case.copy.group)


def nothing(
    entry: Entry, relation: Relation, reason: str, now: datetime, group: CopyGroup | None
) -> Change:
    return Change(
        entry=entry,
        decision=Decision(entry_id=entry.id, at=now, relation=relation, reason=reason),
        copy_group=group,
    )
