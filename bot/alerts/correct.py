"""What an outlet corrects or takes back: its old words are struck through, never deleted. Pure.

The post is edited and answered. Where nobody else carries a report that its outlet withdraws, the
post is taken back, and so is the status that stood on that report alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.alerts.case import Case, action_of, change_of
from bot.alerts.follow import corrected_figures
from bot.alerts.render import render_reply, render_retraction
from bot.events.agreement import without_details
from bot.events.news import News
from bot.events.odds import EventOdds
from bot.events.status import Role
from bot.types import (
    Action,
    ActionKind,
    Ceasefire,
    Change,
    Claim,
    Event,
    Figure,
    Relation,
    StatusChange,
)

#: Old words shown struck through under a post; older ones stay in the store.
MAX_STRUCK = 4
#: From these log-odds on a notice is about an event, where its outlet has reported it.
ABOUT = -3.5


def noticed_event(case: Case, news: News | None) -> tuple[Event, tuple[Claim, ...]] | None:
    """Return the event that a notice in a new entry is about, and its outlet's own claims on it."""
    claims = news.claims if news else case.claims
    odds = EventOdds(claims, case.state.events)
    best: tuple[float, Event, tuple[Claim, ...]] | None = None
    for event in case.state.events:
        own = tuple(c for c in event.claims if c.outlet == case.entry.outlet)
        likely = odds.to(event) if own else ABOUT
        if own and likely >= ABOUT and (best is None or likely > best[0]):
            best = likely, event, own
    return (best[1], best[2]) if best else None


def corrected(case: Case, event: Event, news: News, gone: Sequence[Claim], old: Figure) -> Change:
    """Put the new words in place of `gone`, which stated the figure `old`."""
    ids = {c.id for c in gone}
    kept = tuple(c for c in event.claims if c.id not in ids)
    first = event.claims[0].id in ids
    merged = (*news.claims, *kept) if first else (*kept, *news.claims)
    grown = replace(
        event,
        claims=merged,
        struck=_struck(event, [c for c in gone if old in c.figures][:1]),
        entry_ids=tuple(dict.fromkeys((*event.entry_ids, case.entry.id))),
        last_at=case.now,
        revision=event.revision + 1,
    )
    edit = action_of(case, grown, news, ActionKind.EDIT, "correction")
    text = render_reply(grown, case.pack, news.claims[:1], "correction", old)
    # An edit makes no sound; a correction of what was heard must be heard.
    reply = replace(
        action_of(case, grown, news, ActionKind.REPLY, "correction"), text=text, silent=event.silent
    )
    return change_of(
        case, grown, Relation.CORRECTION, "corrected_figures", (edit, reply), news=news
    )


def first_correction(gone: Sequence[Claim], news: News | None) -> tuple[Figure, Figure] | None:
    """Return (old, new) for the first figure that the new words state differently."""
    return corrected_figures(gone, news.figures) if news else None


def withdrawn(case: Case, event: Event, gone: Sequence[Claim]) -> Change:
    """Strike out `gone`, which its outlet has taken back."""
    ids = {c.id for c in gone}
    kept = tuple(c for c in event.claims if c.id not in ids)
    # A post is made of claims; where none is left, the struck one still says what it was about.
    grown = replace(
        event,
        claims=kept or event.claims[:1],
        struck=_struck(event, list(gone)[:2]),
        withdrawn=not kept,
        last_at=case.now,
        revision=event.revision + (event.alert_id is not None),
    )
    back = _reverted(case, ids) if not kept else None
    ceasefire, change = back or (case.state.ceasefire, None)
    if change is not None:
        grown = replace(grown, status_after=change.new)
    actions: tuple[Action, ...] = ()
    if event.alert_id is not None:
        words = tuple(gone[:1])
        told = News(trigger=gone[0], claims=words, step=None, role=Role.OUTLET, figures=())
        edit = action_of(case, grown, told, ActionKind.EDIT, "correction")
        kind = ActionKind.REPLY if kept else ActionKind.RETRACT
        answer = action_of(case, grown, told, kind, "correction")
        text = render_retraction(grown, case.pack, gone[0], case.entry, change)
        quiet = event.silent and change is None
        actions = (edit, replace(answer, text=text, silent=quiet))
    return change_of(
        case,
        grown,
        Relation.CORRECTION,
        "withdrawn_by_its_outlet",
        actions,
        ceasefire=ceasefire,
        status=change,
    )


def _struck(event: Event, gone: Sequence[Claim]) -> tuple[Claim, ...]:
    return (*event.struck, *gone)[-MAX_STRUCK:]


def _reverted(case: Case, gone: set[str]) -> tuple[Ceasefire, StatusChange] | None:
    """Return record and change where the present status stands on withdrawn claims alone."""
    record = case.state.ceasefire
    last = record.history[-1] if record.history else None
    if last is None or not last.claim_ids or not set(last.claim_ids) <= gone:
        return None
    change = StatusChange(
        conflict=record.conflict,
        old=record.status,
        new=last.old,
        at=case.now,
        reason="source_withdrawn",
        by=case.entry.outlet_name,
    )
    kept = tuple(d for d in record.declarations if d.claim_id not in gone)
    return (
        replace(
            without_details(record),
            status=last.old,
            since=case.now,
            by=case.entry.outlet_name,
            declarations=kept,
            history=(*record.history[-49:], change),
        ),
        change,
    )
