"""Decides about one entry, or a move of the clock: what is stored, posted, edited, answered. Pure.

A decision is a function of (entry, claims, stored state, config, now) and returns a `Change` per
conflict with a named reason. First match wins: copy, old, background, known event, new event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.alerts.follow import corrected_figures, relate
from bot.alerts.locate import locate
from bot.alerts.moves import Moved, apply_step
from bot.alerts.render import render_clock, render_post, render_reply
from bot.alerts.worth import Worth, worth_of
from bot.config import PolicySection
from bot.events.copies import CopyVerdict, judge_copy, recent
from bot.events.freshness import stale_reason
from bot.events.news import News, read_news, stated_times
from bot.events.status import Role, clock_status, next_clock_time
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
    Figure,
    Relation,
    Stance,
    Status,
    StatusChange,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
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


def decide_entry(
    entry: Entry,
    claims: Sequence[Claim],
    *,
    previous: Entry | None,
    states: Mapping[str, ConflictState],
    copies: Sequence[CopyGroup],
    packs: Mapping[str, Pack],
    policy: PolicySection,
    first_poll: bool,
    now: datetime,
    next_alert: int,
) -> tuple[Change, ...]:
    """Return what the entry changes: one Change per conflict, at least one with a decision."""
    copy = judge_copy(entry, recent(copies, now - policy.copy_window))
    conflicts = list(dict.fromkeys(c.conflict for c in claims if c.conflict in states))
    if not any(c.labels for c in claims if c.conflict in conflicts):
        return (_nothing(entry, Relation.BACKGROUND, "no_relevant_claim", now, None),)
    changes = []
    for conflict in conflicts:
        pack = packs[str(conflict)]
        own = tuple(c for c in claims if c.conflict == conflict)
        case = _Case(
            entry=entry,
            claims=own,
            previous=previous,
            state=_open(states[str(conflict)], policy, now),
            pack=pack,
            policy=policy,
            copy=copy,
            now=now,
            next_alert=next_alert,
        )
        stale = stale_reason(
            entry, now, policy.max_age, first_poll=first_poll, timezone=pack.timezone
        )
        change = _decide(case, stale)
        changes.append(replace(change, entry=entry, claims=own))
        next_alert += sum(a.action is ActionKind.POST for a in change.actions)
    return tuple(changes)


def _decide(case: _Case, stale: str | None) -> Change:
    if case.previous is not None:
        # An edit of what was posted counts however old the page is.
        return _edited(case, stale)
    if stale is not None:
        return _still(case, Relation.BACKGROUND, stale)
    if case.copy.is_copy:
        return _copied(case)
    background = [c.background for c in case.claims if c.background]
    if background and len(background) == len(case.claims):
        return _still(case, Relation.BACKGROUND, background[0] or "background")
    found = read_news(case.claims, case.pack)
    if not found:
        return _still(case, Relation.BACKGROUND, "nothing_in_the_lead")
    change = _take(case, found[0])
    for further in found[1:]:
        change = _also(case, change, further)
    return change


def _take(case: _Case, news: News) -> Change:
    """Decide about one piece of news."""
    moved = apply_step(news, case.state.ceasefire, case.pack, case.claims, case.now)
    event = locate(news, case.state, case.policy, case.now)
    if event is not None and not _opens_anew(moved, event):
        return _follow(case, news, event, moved)
    worth = worth_of(news, case.state.ceasefire, case.policy, moved.change is not None)
    if worth.kind is not None:
        return _post(case, news, worth, moved)
    target = _reaction_target(case, news)
    if target is not None:
        return _follow(case, news, target, replace(moved, change=None))
    # A declaration is kept even where nothing is posted; a status never moves in silence.
    ceasefire = case.state.ceasefire if moved.change else moved.ceasefire
    return replace(
        _still(case, Relation.UNCERTAIN, worth.reason),
        state=replace(case.state, ceasefire=ceasefire),
    )


def _opens_anew(moved: Moved, event: Event) -> bool:
    """A status change needs a post of its own, unless it completes the event's own step."""
    return moved.change is not None and event.step not in (None, "breach_alleged")


def _reaction_target(case: _Case, news: News) -> Event | None:
    """Return the event that conditions, reactions and plans of those concerned belong to."""
    if news.role not in (Role.PARTY, Role.MEDIATOR) or not case.state.events:
        return None
    stance = news.trigger.attribution.stance
    kinds = ("ceasefire", "negotiation")
    labels = {label for c in news.claims[:2] for label in c.labels}
    talks = bool({"ceasefire", "negotiation"} & labels)
    if not talks or stance in (Stance.WARNS,):
        return None
    for event in reversed(case.state.events):
        near = (case.now - event.last_at).total_seconds() <= 36 * 3600
        if event.kind in kinds and event.alert_id is not None and near:
            return event
    return None


def _post(case: _Case, news: News, worth: Worth, moved: Moved) -> Change:
    before = case.state.ceasefire.status
    number = case.state.next_event
    event = Event(
        id=f"{case.pack.id}-{number}",
        conflict=case.pack.id,
        kind=str(worth.kind),
        step=news.step,
        first_at=case.now,
        last_at=case.now,
        claims=news.claims,
        entry_ids=(case.entry.id,),
        copy_groups=(case.copy.group.id,),
        places=tuple(dict.fromkeys(p for c in news.claims for p in c.places)),
        parties=tuple(dict.fromkeys(p for c in news.claims for p in c.parties)),
        status_before=before,
        status_after=moved.change.new if moved.change else before,
        alert_id=f"TL-{case.next_alert:06d}",
        silent=not worth.audible,
    )
    action = _action(case, event, news, ActionKind.POST, worth.reason)
    ceasefire = moved.ceasefire
    if moved.change:
        ceasefire = replace(ceasefire, event_id=event.id)
    return _changed(
        case,
        event,
        Relation.NEW,
        worth.reason,
        (action,),
        ceasefire=ceasefire,
        status=moved.change,
        next_event=number + 1,
        news=news,
    )


def _follow(case: _Case, news: News, event: Event, moved: Moved) -> Change:
    """Attach news to a known event: edit its post, and answer it where that matters."""
    following = relate(news, event, case.policy)
    known = {c.id for c in event.claims}
    grown = replace(
        event,
        last_at=case.now,
        claims=(*event.claims, *(c for c in news.claims if c.id not in known))[:60],
        entry_ids=(*event.entry_ids, case.entry.id),
        copy_groups=tuple(dict.fromkeys((*event.copy_groups, case.copy.group.id))),
        places=tuple(dict.fromkeys((*event.places, *(p for c in news.claims for p in c.places)))),
        revision=event.revision + (event.alert_id is not None),
        status_after=moved.change.new if moved.change else event.status_after,
    )
    actions: list[Action] = []
    if event.alert_id is not None:
        reason = "status" if moved.change and following.reason == "update" else following.reason
        actions.append(_action(case, grown, news, ActionKind.EDIT, reason))
        if following.relation in (Relation.DENIAL, Relation.DISPUTE) and following.material:
            text = render_reply(grown, case.pack, news.claims[:1], following.reason)
            reply = _action(case, grown, news, ActionKind.REPLY, following.reason)
            actions.append(replace(reply, text=text, silent=True))
    return _changed(
        case,
        grown,
        following.relation,
        following.relation.value,
        tuple(actions),
        ceasefire=moved.ceasefire,
        status=moved.change,
        news=news,
    )


def _also(case: _Case, change: Change, news: News) -> Change:
    """Add a second piece of news of the same entry to what the first one changed."""
    if change.state is None:
        return change
    posts = sum(a.action is ActionKind.POST for a in change.actions)
    case = replace(case, state=change.state, next_alert=case.next_alert + posts)
    if locate(news, case.state, case.policy, case.now) is not None:
        return change
    worth = worth_of(news, case.state.ceasefire, case.policy, moved=False)
    if worth.kind is None:
        return change
    more = _post(case, news, worth, Moved(ceasefire=case.state.ceasefire))
    return replace(
        change,
        state=more.state,
        touched=(*change.touched, *more.touched),
        actions=(*change.actions, *more.actions),
    )


def _copied(case: _Case) -> Change:
    """Count the outlet of a copy at its event, say nothing."""
    for event in reversed(case.state.events):
        if case.copy.group.id in event.copy_groups:
            grown = replace(event, entry_ids=(*event.entry_ids, case.entry.id))
            return _changed(case, grown, Relation.COPY, "wire_copy", ())
    return _still(case, Relation.COPY, case.copy.reason)


def _edited(case: _Case, stale: str | None) -> Change:
    """Take an edited page: changed figures correct the post, other changes are kept silently."""
    for event in reversed(case.state.events):
        old = [c for c in event.claims if c.entry_id == (case.previous or case.entry).id]
        if not old:
            continue
        found = read_news(case.claims, case.pack)
        changed = corrected_figures(old, found[0].figures) if found else None
        if changed is None or event.alert_id is None:
            return _still(case, Relation.EDITED, "edited_without_new_figures")
        return _corrected(case, event, found[0], changed[0])
    # The first version was no event; the new one is judged as if it were new.
    return _decide(replace(case, previous=None), stale)


def _corrected(case: _Case, event: Event, news: News, old: Figure) -> Change:
    gone = (case.previous or case.entry).id
    claims = tuple(c for c in event.claims if c.entry_id != gone)
    first = event.claims[0].entry_id == gone
    merged = (*news.claims, *claims) if first else (*claims, *news.claims)
    grown = replace(event, claims=merged, last_at=case.now, revision=event.revision + 1)
    edit = _action(case, grown, news, ActionKind.EDIT, "correction")
    text = render_reply(grown, case.pack, news.claims[:1], "correction", old)
    # An edit makes no sound; a correction of what was heard must be heard.
    reply = replace(
        _action(case, grown, news, ActionKind.REPLY, "correction"), text=text, silent=event.silent
    )
    return _changed(case, grown, Relation.CORRECTION, "corrected_figures", (edit, reply), news=news)


def decide_clock(
    state: ConflictState, pack: Pack, policy: PolicySection, now: datetime, next_alert: int
) -> Change | None:
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
        revision=1000 + len(change.reason) + int(change.at.timestamp()) % 100_000,
        text=render_clock(event, pack, change.old, change.new),
    )


def _action(case: _Case, event: Event, news: News, kind: ActionKind, reason: str) -> Action:
    times = stated_times(news)
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
        times=times,
        origins=len(event.origins),
        outlets=len(event.outlets),
        silent=event.silent if post else True,
        revision=event.revision,
        text=render_post(event, case.pack, times=times, now=case.now),
    )


def _shown_status(case: _Case, event: Event) -> Status:
    """An edit of an older post must not seem to move the status back."""
    before = next((e for e in case.state.events if e.id == event.id), None)
    moved = before is not None and before.status_after is not event.status_after
    return event.status_after if moved else case.state.ceasefire.status


def _changed(
    case: _Case,
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


def _still(case: _Case, relation: Relation, reason: str) -> Change:
    return _nothing(case.entry, relation, reason, case.now, case.copy.group)


def _nothing(
    entry: Entry, relation: Relation, reason: str, now: datetime, group: CopyGroup | None
) -> Change:
    return Change(
        entry=entry,
        decision=Decision(entry_id=entry.id, at=now, relation=relation, reason=reason),
        copy_group=group,
    )


def _open(state: ConflictState, policy: PolicySection, now: datetime) -> ConflictState:
    """Leave out events that are closed; the one that carries the ceasefire stays."""
    kept = tuple(
        e
        for e in state.events
        if now - e.last_at <= policy.event_window
        or e.id == state.ceasefire.event_id
        or (e.kind in ("ceasefire", "negotiation") and now - e.last_at <= policy.ceasefire_window)
    )
    return replace(state, events=kept)
