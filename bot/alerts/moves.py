"""Applies a step to a ceasefire record: declaration, status, times, history. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.events.news import CEASEFIRE, News
from bot.events.status import DOWN, Move, Role, next_status
from bot.events.terms import stated_expiry, stated_start, stated_term
from bot.packs import Pack
from bot.types import Ceasefire, Claim, Declaration, Status, StatusChange

ACTS = {
    "proposed": "proposes",
    "accepted": "accepts",
    "announced": "announces",
    "agreed": "agrees",
    "effective": "reports_start",
    "extended": "extends",
    "suspended": "suspends",
    "ended": "ends",
    "rejected": "rejects",
    "offensive_announced": "ends",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A record after a step, and the status change if there was one."""

    ceasefire: Ceasefire
    change: StatusChange | None = None


def apply_step(
    news: News, ceasefire: Ceasefire, pack: Pack, claims: Sequence[Claim], now: datetime
) -> Moved:
    """Return the record after the news: every declaration is kept, only table moves move it."""
    step = news.step
    if step is None:
        return Moved(ceasefire=ceasefire)
    party = news.trigger.attribution.party if news.role is Role.PARTY else None
    move = next_status(ceasefire, step, news.role, party)
    record = _declared(news, ceasefire, party, now)
    if step in CEASEFIRE and (move or ceasefire.status not in DOWN):
        record = _with_terms(record, step, claims)
    if move is None:
        return Moved(ceasefire=record)
    return _moved(record, move, news, now)


def _declared(news: News, ceasefire: Ceasefire, party: str | None, now: datetime) -> Ceasefire:
    act = ACTS.get(news.step or "")
    by = party or news.trigger.attribution.speaker
    if act is None or by is None or news.role in (Role.OUTLET, Role.OTHER):
        return ceasefire
    made = Declaration(by=by, party=party is not None, act=act, at=now, claim_id=news.trigger.id)
    return replace(ceasefire, declarations=(*ceasefire.declarations[-19:], made))


def _with_terms(record: Ceasefire, step: str, claims: Sequence[Claim]) -> Ceasefire:
    """Take over stated start and end; a term counts from the stated start."""
    start = (
        stated_start(claims) if step in ("agreed", "accepted", "announced", "effective") else None
    )
    effective = start or record.effective_at
    expiry = stated_expiry(claims)
    term = stated_term(c.quote for c in claims)
    if expiry is None and term is not None and step == "extended" and record.expires_at:
        expiry = record.expires_at + term
    elif expiry is None and term is not None and effective is not None:
        expiry = effective + term
    if expiry is not None and effective is not None and expiry <= effective:
        expiry = None
    return replace(record, effective_at=effective, expires_at=expiry or record.expires_at)


def _moved(record: Ceasefire, move: Move, news: News, now: datetime) -> Moved:
    speaker = news.trigger.attribution.speaker or news.trigger.outlet_name
    change = StatusChange(
        conflict=record.conflict,
        old=record.status,
        new=move.after,
        at=now,
        reason=move.reason,
        claim_ids=(news.trigger.id,),
        by=speaker,
    )
    fresh = move.after in (Status.PROPOSED, Status.ANNOUNCED) and record.status in DOWN
    return Moved(
        ceasefire=replace(
            record,
            status=move.after,
            since=now,
            by=speaker,
            history=(*record.history[-49:], change),
            # A new round knows nothing of the last one's declarations.
            declarations=record.declarations[-1:] if fresh else record.declarations,
        ),
        change=change,
    )
