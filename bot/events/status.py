"""The life-cycle of a ceasefire: one table of transitions, and the functions that walk it.

An accusation strains a ceasefire, it never ends one; only a declaration by a party or a
mediator does. The clock makes two moves: the stated hour has come (`due`), the stated term has
passed (`lapsed`). Sources: the rule book of the scenarios and docs/glossary.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.events.steps import CONSENT, Who, actor, who_speaks
from bot.events.terms import stated_expiry, stated_start, stated_term
from bot.packs import Pack
from bot.types import Ceasefire, Claim, Declaration, Status, StatusChange

S = Status

_NOTHING = frozenset({S.NONE, S.LAPSED, S.ENDED})
_OPEN = frozenset({S.NONE, S.PROPOSED, S.ANNOUNCED, S.LAPSED, S.ENDED, S.SUSPENDED})
_PENDING = frozenset({S.AGREED, S.DUE})
#: A ceasefire stands: what breaks it now is a violation.
STANDING = frozenset({S.IN_FORCE, S.STRAINED, S.EXTENDED})
_BOUND = STANDING | _PENDING | {S.SUSPENDED}

_DECLARER = frozenset({Who.PARTY, Who.MEDIATOR})
_OBSERVER = frozenset({Who.PARTY, Who.MEDIATOR, Who.MONITOR, Who.OUTLET, Who.WITNESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table; `needs` names a condition on what was declared before."""

    old: frozenset[Status]
    step: str
    who: frozenset[Who]
    new: Status
    reason: str
    needs: str = ""


def _row(
    old: frozenset[Status],
    step: str,
    who: frozenset[Who],
    new: Status,
    reason: str,
    needs: str = "",
) -> Transition:
    return Transition(old=old, step=step, who=who, new=new, reason=reason, needs=needs)


_PARTY, _MEDIATOR, _OUTLET = (
    frozenset({Who.PARTY}),
    frozenset({Who.MEDIATOR}),
    frozenset({Who.OUTLET}),
)
_HALF = frozenset({S.PROPOSED, S.ANNOUNCED, S.SUSPENDED, S.NONE, S.LAPSED, S.ENDED})

#: The first row that fits decides. Steps: see `bot.events.steps`.
TRANSITIONS: tuple[Transition, ...] = (
    _row(_NOTHING, "proposed", _DECLARER, S.PROPOSED, "proposal_put"),
    # Consent: the second party makes it an agreement, the first one an announcement.
    _row(_HALF, "accepted", _PARTY, S.AGREED, "second_party_accepts", "other_consents"),
    _row(_HALF, "announced", _PARTY, S.AGREED, "second_party_announces", "other_consents"),
    _row(_HALF, "agreed", _PARTY, S.AGREED, "second_party_agrees", "other_consents"),
    _row(_OPEN - {S.ANNOUNCED}, "accepted", _PARTY, S.ANNOUNCED, "one_side_accepts"),
    _row(_OPEN - {S.ANNOUNCED}, "announced", _PARTY, S.ANNOUNCED, "one_side_announces"),
    _row(_OPEN - {S.ANNOUNCED}, "agreed", _PARTY, S.ANNOUNCED, "one_side_says_agreed"),
    _row(_OPEN, "agreed", _MEDIATOR, S.AGREED, "mediator_says_agreed"),
    _row(_OPEN, "announced", _MEDIATOR, S.AGREED, "mediator_announces"),
    _row(_OPEN, "accepted", _MEDIATOR, S.AGREED, "mediator_says_both_accept", "two_parties"),
    _row(_OPEN, "agreed", _OUTLET, S.AGREED, "both_parties_reported", "two_parties"),
    _row(_HALF, "accepted", _OUTLET, S.AGREED, "second_party_accepts", "other_consents"),
    _row(_HALF, "announced", _OUTLET, S.AGREED, "second_party_announces", "other_consents"),
    _row(_OPEN - {S.ANNOUNCED}, "accepted", _OUTLET, S.ANNOUNCED, "one_side_accepts", "one_actor"),
    _row(
        _OPEN - {S.ANNOUNCED}, "announced", _OUTLET, S.ANNOUNCED, "one_side_announces", "one_actor"
    ),
    # A ceasefire with a start still to come replaces one that stands.
    _row(STANDING, "agreed", _MEDIATOR, S.AGREED, "new_ceasefire_agreed", "new_start"),
    _row(_OPEN | _PENDING, "effective", _OBSERVER, S.IN_FORCE, "start_reported"),
    _row(
        _PENDING | {S.IN_FORCE, S.EXTENDED},
        "breach_alleged",
        frozenset(Who) - {Who.OUTSIDER},
        S.STRAINED,
        "breach_alleged",
        "started",
    ),
    _row(_BOUND | {S.LAPSED}, "extended", _MEDIATOR, S.EXTENDED, "mediator_extends"),
    _row(_BOUND | {S.LAPSED}, "extended", _PARTY, S.EXTENDED, "both_extend", "other_extends"),
    _row(_BOUND | {S.LAPSED}, "extended", _PARTY, S.EXTENDED, "declarer_extends", "unilateral"),
    _row(_BOUND | {S.LAPSED}, "extended", _OUTLET, S.EXTENDED, "both_extend", "two_parties"),
    _row(STANDING | _PENDING, "suspended", _PARTY, S.SUSPENDED, "party_suspends"),
    _row(_BOUND | {S.ANNOUNCED, S.LAPSED}, "ended", _DECLARER, S.ENDED, "declared_over"),
    _row(_BOUND | {S.LAPSED}, "offensive_announced", _PARTY, S.ENDED, "offensive_announced"),
    _row(
        STANDING | _PENDING | {S.SUSPENDED},
        "expired",
        frozenset({Who.PARTY, Who.MEDIATOR, Who.MONITOR, Who.OUTLET}),
        S.LAPSED,
        "term_reported_passed",
        "term_may_be_over",
    ),
)

#: What the clock alone moves: old status -> (time that decides, new status, reason).
CLOCK: tuple[tuple[frozenset[Status], str, Status, str], ...] = (
    (frozenset({S.ANNOUNCED, S.AGREED}), "effective_at", S.DUE, "stated_hour_has_come"),
    (_BOUND - {S.AGREED}, "expires_at", S.LAPSED, "stated_term_has_passed"),
)

_ACTS = {
    "proposed": "proposes",
    "accepted": "accepts",
    "announced": "announces",
    "agreed": "accepts",
    "rejected": "rejects",
    "suspended": "suspends",
    "extended": "extends",
    "ended": "ends",
    "offensive_announced": "ends",
    "effective": "reports_start",
}
_CONSENTS = frozenset({"accepts", "announces"})


def transition_rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the table for the docs: from, step, by whom, to, reason (with its condition)."""
    for row in TRANSITIONS:
        reason = f"{row.reason} ({row.needs})" if row.needs else row.reason
        yield _names(row.old), row.step, _names(row.who), row.new.value, reason
    for old, at, new, reason in CLOCK:
        yield _names(old), f"clock passes {at}", "clock", new.value, reason


def next_status(
    ceasefire: Ceasefire, step: str, claim: Claim, pack: Pack, now: datetime
) -> StatusChange | None:
    """Return the move that a claim's step makes, None when it moves nothing."""
    who = who_speaks(claim, pack)
    for row in TRANSITIONS:
        if ceasefire.status in row.old and step == row.step and who in row.who:
            if row.needs and not _holds(row.needs, ceasefire, step, claim, pack, now):
                continue
            return StatusChange(
                conflict=ceasefire.conflict,
                old=ceasefire.status,
                new=row.new,
                at=now,
                reason=row.reason,
                claim_ids=(claim.id,),
                by=claim.attribution.speaker or claim.outlet_name,
            )
    return None


def clock_status(ceasefire: Ceasefire, now: datetime) -> StatusChange | None:
    """Return the move that the clock makes at `now`, None when it makes none."""
    for old, field, new, reason in CLOCK:
        at: datetime | None = getattr(ceasefire, field)
        if ceasefire.status in old and at is not None and at <= now:
            return StatusChange(
                conflict=ceasefire.conflict, old=ceasefire.status, new=new, at=now, reason=reason
            )
    return None


def next_clock(ceasefire: Ceasefire) -> datetime | None:
    """Return when the clock will move this ceasefire; never before its last move."""
    for old, field, _, _ in CLOCK:
        at: datetime | None = getattr(ceasefire, field)
        if ceasefire.status in old and at is not None:
            return max(at, ceasefire.since or at)
    return None


def advance(
    ceasefire: Ceasefire,
    step: str,
    claim: Claim,
    claims: tuple[Claim, ...],
    pack: Pack,
    now: datetime,
) -> tuple[Ceasefire, StatusChange | None]:
    """Return the record after a step: the declaration, its stated times, and the move if any.

    `claims` are the leading claims of the entry, where the times and the term stand.
    """
    change = next_status(ceasefire, step, claim, pack, now)
    if change and ceasefire.status in _NOTHING and change.new not in {S.EXTENDED, S.ENDED}:
        ceasefire = replace(
            ceasefire, declarations=(), effective_at=None, expires_at=None, term=None
        )
    if change and change.reason == "new_ceasefire_agreed":
        ceasefire = replace(ceasefire, effective_at=None, expires_at=None, term=None)
    declared = _declared(ceasefire, step, claim, pack, now)
    timed = _timed(declared, step, claims, change, now)
    return (moved(timed, change) if change else timed), change


def moved(ceasefire: Ceasefire, change: StatusChange) -> Ceasefire:
    """Return the record with a move written into it."""
    return replace(
        ceasefire,
        status=change.new,
        since=change.at,
        by=change.by,
        history=(*ceasefire.history, change)[-50:],
    )


def _declared(
    ceasefire: Ceasefire, step: str, claim: Claim, pack: Pack, now: datetime
) -> Ceasefire:
    act = _ACTS.get(step)
    who = who_speaks(claim, pack)
    if act is None or who not in {Who.PARTY, Who.MEDIATOR, Who.OUTLET}:
        return ceasefire
    by = actor(claim, pack) if who is not Who.MEDIATOR else claim.attribution.speaker
    if by is None or any((d.by, d.act) == (by, act) for d in ceasefire.declarations):
        return ceasefire
    made = Declaration(by=by, act=act, at=now, claim_id=claim.id)
    return replace(ceasefire, declarations=(*ceasefire.declarations, made)[-30:])


def _timed(
    ceasefire: Ceasefire,
    step: str,
    claims: tuple[Claim, ...],
    change: StatusChange | None,
    now: datetime,
) -> Ceasefire:
    """Take over the stated start, term and expiry where the step gives them."""
    if step in CONSENT and (change or ceasefire.status in {S.ANNOUNCED, S.AGREED}):
        start = stated_start(claims) or ceasefire.effective_at
        term = stated_term(c.quote for c in claims) or ceasefire.term
        return _with_end(replace(ceasefire, effective_at=start, term=term), claims)
    if step == "proposed" and change:
        return replace(ceasefire, term=stated_term(c.quote for c in claims))
    if step == "effective" and change:
        start = ceasefire.effective_at or stated_start(claims) or now
        term = ceasefire.term or stated_term(c.quote for c in claims)
        return _with_end(replace(ceasefire, effective_at=min(start, now), term=term), claims)
    if step == "extended":
        return _extended(ceasefire, claims, change, now)
    return ceasefire


def _with_end(ceasefire: Ceasefire, claims: tuple[Claim, ...]) -> Ceasefire:
    expiry = stated_expiry(claims)
    if expiry is None and ceasefire.term and ceasefire.effective_at:
        expiry = ceasefire.effective_at + ceasefire.term
    start = ceasefire.effective_at
    if expiry is None or (start is not None and expiry <= start):
        return ceasefire
    return replace(ceasefire, expires_at=expiry)


def _extended(
    ceasefire: Ceasefire, claims: tuple[Claim, ...], change: StatusChange | None, now: datetime
) -> Ceasefire:
    if change is None and ceasefire.status is not S.EXTENDED:
        return ceasefire
    expiry = stated_expiry(claims)
    more = stated_term(c.quote for c in claims)
    if expiry is None and more:
        expiry = (ceasefire.expires_at or now) + more
    if expiry is None:
        # A later end of unknown date: the old one must not make it lapse.
        return replace(ceasefire, expires_at=None) if change else ceasefire
    if ceasefire.expires_at and expiry <= ceasefire.expires_at:
        return ceasefire
    return replace(ceasefire, expires_at=expiry)


def _holds(
    needs: str, ceasefire: Ceasefire, step: str, claim: Claim, pack: Pack, now: datetime
) -> bool:
    by = actor(claim, pack)
    said = ceasefire.declarations if ceasefire.status not in _NOTHING else ()
    if needs == "other_consents":
        consents = _CONSENTS | ({"proposes"} if step == "accepted" else set())
        parties = {p.id for p in pack.parties}
        return any(d.act in consents and d.by in parties - {by} for d in said) and by is not None
    if needs == "other_extends":
        return any(d.act == "extends" and d.by != by for d in said)
    if needs == "unilateral":
        return {d.by for d in said if d.act in _CONSENTS} == {by}
    if needs == "two_parties":
        return len(set(claim.parties)) >= 2
    if needs == "one_actor":
        return by is not None
    if needs == "started":
        return ceasefire.effective_at is None or ceasefire.effective_at <= now
    if needs == "new_start":
        start = stated_start((claim,))
        return start is not None and start > now
    if needs == "term_may_be_over":
        at = ceasefire.expires_at
        return at is None or at <= now + timedelta(minutes=30)
    raise KeyError(needs)


def _names(values: frozenset[Status] | frozenset[Who]) -> str:
    return ", ".join(sorted(v.value for v in values))
