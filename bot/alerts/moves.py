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


#: Steps that set a start, and a length that counts from it.
STARTING = ("agreed", "accepted", "announced", "effective")


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
    if move and ceasefire.status in DOWN and move.after is not Status.EXTENDED:
        # A new round knows nothing of the last one's times and declarations.
        ceasefire = replace(
            ceasefire, effective_at=None, expires_at=None, term=None, declarations=()
        )
    record = _declared(news, ceasefire, party, now)
    # An extension told again extends nothing more.
    restated = ceasefire.status not in DOWN and step != "extended"
    if step in CEASEFIRE and (move or restated):
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
    """Take over start and end as an agreement, a start or an extension states them."""
    if step not in (*STARTING, "extended"):
        return record
    effective, expiry = record.effective_at, stated_expiry(claims)
    stated = stated_term(c.quote for c in claims)
    # A length counts from the stated start, and is remembered until that is known.
    term = stated if stated or record.expires_at else record.term
    if step in STARTING:
        effective = stated_start(claims) or effective
        begins = effective
    else:
        begins = record.expires_at
    if expiry is None and term is not None and begins is not None:
        expiry = begins + term
    if expiry is not None and effective is not None and expiry <= effective:
        expiry = None
    expires = expiry or record.expires_at
    return replace(
        record, effective_at=effective, expires_at=expires, term=None if expires else term
    )


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
    return Moved(
        ceasefire=replace(
            record,
            status=move.after,
            since=now,
            by=speaker,
            history=(*record.history[-49:], change),
        ),
        change=change,
    )
