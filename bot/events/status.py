"""The life-cycle of a ceasefire: one table of moves, and the two moves of the clock. Pure.

Only declarations by parties or mediators, or a stated term that has passed, take a ceasefire
down; accusations strain it. Sources: the status rules in docs/ceasefire.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.types import Ceasefire, Status


class Role(StrEnum):
    """In which role a speaker speaks about the ceasefire."""

    PARTY = "party"
    BOTH = "both parties"  #: a joint statement
    MEDIATOR = "mediator"
    MONITOR = "monitor"
    OUTLET = "outlet"  #: the outlet's own staff, or no speaker named
    OTHER = "other"


P, B, M, W = Role.PARTY, Role.BOTH, Role.MEDIATOR, Role.MONITOR
O, X = Role.OUTLET, Role.OTHER  # noqa: E741
ANYBODY = (P, B, M, W, O, X)
S = Status

STANDING = (S.IN_FORCE, S.STRAINED, S.EXTENDED)
COMING = (S.AGREED, S.DUE)
DOWN = (S.NONE, S.ENDED, S.LAPSED)
#: Statuses whose stated term can run out.
RUNNING = (*STANDING, S.DUE, S.SUSPENDED)
#: Nobody but one side, or no side at all, has said yes.
OPEN = (S.PROPOSED, S.ANNOUNCED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One row of the table: from any of these, by this step of these speakers, to there."""

    reason: str
    step: str
    roles: tuple[Role, ...]
    before: tuple[Status, ...]
    after: Status
    second_party: bool | None = None  #: True: another party has accepted before; False: none has


#: First match wins.
MOVES: tuple[Move, ...] = (
    Move(reason="proposal", step="proposed", roles=(P, M), before=DOWN, after=S.PROPOSED),
    *(
        Move(
            reason="both_accept",
            step=step,
            roles=(P, M),
            before=(S.ANNOUNCED,),
            after=S.AGREED,
            second_party=True,
        )
        for step in ("accepted", "agreed", "announced")
    ),
    Move(
        reason="mediator_says_agreed",
        step="agreed",
        roles=(M,),
        before=(*DOWN, *OPEN, S.SUSPENDED),
        after=S.AGREED,
    ),
    Move(
        reason="joint_statement",
        step="agreed",
        roles=(B,),
        before=(*DOWN, *OPEN, S.SUSPENDED),
        after=S.AGREED,
    ),
    Move(
        reason="mediator_announces",
        step="announced",
        roles=(M,),
        before=(*DOWN, *OPEN, S.SUSPENDED),
        after=S.AGREED,
    ),
    Move(
        reason="one_side_accepts",
        step="accepted",
        roles=(P, M),
        before=(*DOWN, S.PROPOSED, S.SUSPENDED),
        after=S.ANNOUNCED,
    ),
    *(
        Move(
            reason=reason,
            step=step,
            roles=(P,),
            before=(*DOWN, S.PROPOSED, S.SUSPENDED),
            after=S.ANNOUNCED,
        )
        for step, reason in (("agreed", "one_side_agrees"), ("announced", "one_side_declares"))
    ),
    Move(
        reason="start_reported",
        step="effective",
        roles=ANYBODY,
        before=(S.ANNOUNCED, *COMING),
        after=S.IN_FORCE,
    ),
    Move(
        reason="start_reported_unseen",
        step="effective",
        roles=(P, B, M, W),
        before=(*DOWN, S.PROPOSED, S.SUSPENDED),
        after=S.IN_FORCE,
    ),
    Move(
        reason="extension",
        step="extended",
        roles=(M, B),
        before=(*STANDING, *COMING, S.LAPSED, S.SUSPENDED),
        after=S.EXTENDED,
    ),
    *(
        Move(
            reason="both_extend",
            step=step,
            roles=(P, M),
            before=(*STANDING, *COMING, S.LAPSED),
            after=S.EXTENDED,
            second_party=True,
        )
        for step in ("extended", "extended_one")
    ),
    Move(
        reason="party_suspends",
        step="suspended",
        roles=(P, B),
        before=(*STANDING, *COMING, S.ANNOUNCED, S.LAPSED),
        after=S.SUSPENDED,
    ),
    Move(
        reason="declared_over",
        step="ended",
        roles=(P, B, M),
        # Who suspends or ends what seemed to have run out knows of an extension that we do not.
        before=(*STANDING, *COMING, *OPEN, S.SUSPENDED, S.LAPSED),
        after=S.ENDED,
    ),
    Move(
        reason="offensive_instead",
        step="offensive_announced",
        roles=(P, B),
        before=(*STANDING, *COMING, *OPEN, S.SUSPENDED),
        after=S.ENDED,
    ),
    Move(
        reason="term_reported_over",
        step="expired",
        roles=ANYBODY,
        before=(*STANDING, S.DUE),
        after=S.LAPSED,
    ),
    Move(
        reason="first_breach_alleged",
        step="breach_alleged",
        roles=ANYBODY,
        before=(S.IN_FORCE, S.EXTENDED),
        after=S.STRAINED,
    ),
)


#: A round in which nothing came of an offer or a yes is over after this; one that held, later.
STALE_OPEN = timedelta(days=14)
STALE_STANDING = timedelta(days=90)


def is_stale(ceasefire: Ceasefire, now: datetime) -> bool:
    """Tell whether a round is so old that the next step opens another one.

    Nothing moves by this alone: silence is no evidence.
    """
    if ceasefire.since is None or ceasefire.status in DOWN:
        return False
    ahead = ceasefire.effective_at is not None and ceasefire.effective_at > now
    runs = ceasefire.expires_at is not None and ceasefire.expires_at > now
    heard = max([ceasefire.since, *(d.at for d in ceasefire.declarations)])
    limit = STALE_STANDING if ceasefire.status in STANDING else STALE_OPEN
    return not ahead and not runs and now - heard > limit


def next_status(
    ceasefire: Ceasefire,
    step: str,
    role: Role,
    takers: Sequence[str] = (),
    alone: str | None = None,
) -> Move | None:
    """Return the move that a step by a speaker in this role makes, or None.

    Args:
        takers: ids of the parties that take the step, whoever tells of it.
        alone: the party that stands alone on its side, where there are more than two.
    """
    if role is Role.MEDIATOR and step == "accepted" and not takers:
        return None  # a yes of nobody
    if role is Role.BOTH and is_one_side(takers, alone):
        role = Role.PARTY  # allies who speak together are one side of it
    told = told_step(step, role, takers, alone)
    if told == "extended_one" and role in (P, M) and _is_its_own(ceasefire, takers):
        # One side's truce has one side that can prolong it.
        told, role = "extended", M
    if told == "ended" and role is P and _never_joined(ceasefire, takers):
        return None  # who never said yes to the other's halt refuses it
    second = _another_has(ceasefire, told, takers, alone)
    for move in MOVES:
        if (
            move.step == told
            and role in move.roles
            and ceasefire.status in move.before
            and (move.second_party is None or move.second_party == second)
        ):
            return move
    return None


#: Acts of the record that are a yes.
YES_ACTS = ("accepts", "announces", "agrees")


def _parties_that(ceasefire: Ceasefire, acts: Sequence[str]) -> set[str]:
    """Return the ids of the parties with one of these acts in the record."""
    return {d.by for d in ceasefire.declarations if d.party and d.act in acts}


def _is_its_own(ceasefire: Ceasefire, takers: Sequence[str]) -> bool:
    """Tell whether a ceasefire is that of one party alone, and the takers are that party."""
    declared = _parties_that(ceasefire, YES_ACTS)
    return len(declared) == 1 and declared == set(takers)


def _never_joined(ceasefire: Ceasefire, takers: Sequence[str]) -> bool:
    """Tell whether one side has declared a halt, and those who end it have no part in it."""
    part = _parties_that(ceasefire, (*YES_ACTS, "proposes"))
    return ceasefire.status is S.ANNOUNCED and bool(takers) and not part & set(takers)


def is_one_side(takers: Sequence[str], alone: str | None) -> bool:
    """Tell whether several takers are allies, with the one that stands alone not among them."""
    return alone is not None and len(takers) > 1 and alone not in takers


def told_step(step: str, role: Role, takers: Sequence[str], alone: str | None = None) -> str:
    """Return the step as the table names it: a mediator's word counts by whom it is about."""
    if step == "breach_counted":
        return "breach_alleged"
    if role is Role.MEDIATOR and step in ("accepted", "announced", "agreed") and takers:
        return "accepted" if len(takers) == 1 or is_one_side(takers, alone) else "agreed"
    if role is Role.BOTH and step in ("accepted", "announced"):
        return "agreed"
    return step


def _another_has(ceasefire: Ceasefire, step: str, takers: Sequence[str], alone: str | None) -> bool:
    """Tell whether a party of the other side has said the same before."""
    said = _parties_that(ceasefire, ("extends",) if step.startswith("extended") else YES_ACTS)
    if alone is None:
        return bool(takers) and any(by not in takers for by in said)
    # Allies say yes one after another; it needs the one that stands against them.
    sides = {by == alone for by in (*said, *takers)}
    return bool(takers) and len(sides) > 1


def clock_status(ceasefire: Ceasefire, now: datetime) -> tuple[Status, str] | None:
    """Return what the clock alone makes of a ceasefire: due, or lapsed."""
    at = next_clock_time(ceasefire)
    if at is None or at > now:
        return None
    if ceasefire.status in (S.AGREED, S.ANNOUNCED):
        return S.DUE, "stated_hour_has_come"
    return S.LAPSED, "stated_term_has_passed"


def next_clock_time(ceasefire: Ceasefire) -> datetime | None:
    """Return when the clock will next move a ceasefire."""
    if ceasefire.status in (S.AGREED, S.ANNOUNCED):
        return ceasefire.effective_at
    if ceasefire.status in RUNNING:
        return ceasefire.expires_at
    return None


def transition_rows() -> Sequence[tuple[str, str, str, str, str]]:
    """Return the table for docs: from, step, by, to, reason."""
    return [
        (
            ", ".join(s.value for s in m.before),
            m.step,
            ", ".join(r.value for r in m.roles) + (" (second party)" if m.second_party else ""),
            m.after.value,
            m.reason,
        )
        for m in MOVES
    ] + [
        ("agreed, announced", "clock", "", "due", "stated_hour_has_come"),
        (
            ", ".join(s.value for s in RUNNING),
            "clock",
            "",
            "lapsed",
            "stated_term_has_passed",
        ),
    ]
