"""The life-cycle of a ceasefire: one table of moves, and the two moves of the clock. Pure.

Only declarations by parties or mediators, or a stated term that has passed, take a ceasefire
down; accusations strain it. Sources: the status rules in docs/glossary.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.types import Ceasefire, Status


class Role(StrEnum):
    """In which role a speaker speaks about the ceasefire."""

    PARTY = "party"
    MEDIATOR = "mediator"
    MONITOR = "monitor"
    OUTLET = "outlet"  #: the outlet's own staff, or no speaker named
    OTHER = "other"


P, M, W, O, X = Role.PARTY, Role.MEDIATOR, Role.MONITOR, Role.OUTLET, Role.OTHER  # noqa: E741
S = Status

STANDING = (S.IN_FORCE, S.STRAINED, S.EXTENDED)
COMING = (S.AGREED, S.DUE)
DOWN = (S.NONE, S.ENDED, S.LAPSED)


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
    Move(
        reason="both_accept",
        step="accepted",
        roles=(P,),
        before=(S.ANNOUNCED,),
        after=S.AGREED,
        second_party=True,
    ),
    Move(
        reason="both_accept",
        step="agreed",
        roles=(P,),
        before=(S.ANNOUNCED,),
        after=S.AGREED,
        second_party=True,
    ),
    Move(
        reason="both_accept",
        step="announced",
        roles=(P,),
        before=(S.ANNOUNCED,),
        after=S.AGREED,
        second_party=True,
    ),
    Move(
        reason="one_side_accepts",
        step="accepted",
        roles=(P,),
        before=(*DOWN, S.PROPOSED),
        after=S.ANNOUNCED,
    ),
    Move(
        reason="one_side_agrees",
        step="agreed",
        roles=(P,),
        before=(*DOWN, S.PROPOSED),
        after=S.ANNOUNCED,
    ),
    Move(
        reason="one_side_declares",
        step="announced",
        roles=(P,),
        before=(*DOWN, S.PROPOSED),
        after=S.ANNOUNCED,
    ),
    Move(
        reason="mediator_says_agreed",
        step="agreed",
        roles=(M,),
        before=(*DOWN, S.PROPOSED, S.ANNOUNCED),
        after=S.AGREED,
    ),
    Move(
        reason="mediator_announces",
        step="announced",
        roles=(M,),
        before=(*DOWN, S.PROPOSED, S.ANNOUNCED),
        after=S.AGREED,
    ),
    Move(
        reason="start_reported",
        step="effective",
        roles=(P, M, W, O, X),
        before=(S.ANNOUNCED, *COMING),
        after=S.IN_FORCE,
    ),
    Move(
        reason="start_reported_unseen",
        step="effective",
        roles=(P, M, W),
        before=(*DOWN, S.PROPOSED, S.SUSPENDED),
        after=S.IN_FORCE,
    ),
    Move(
        reason="extension",
        step="extended",
        roles=(M,),
        before=(*STANDING, *COMING, S.LAPSED),
        after=S.EXTENDED,
    ),
    Move(
        reason="both_extend",
        step="extended",
        roles=(P,),
        before=(*STANDING, *COMING, S.LAPSED),
        after=S.EXTENDED,
        second_party=True,
    ),
    Move(
        reason="party_suspends",
        step="suspended",
        roles=(P,),
        before=(*STANDING, *COMING, S.ANNOUNCED),
        after=S.SUSPENDED,
    ),
    Move(
        reason="declared_over",
        step="ended",
        roles=(P, M),
        before=(*STANDING, *COMING, S.ANNOUNCED, S.SUSPENDED),
        after=S.ENDED,
    ),
    Move(
        reason="offensive_instead",
        step="offensive_announced",
        roles=(P,),
        before=(*STANDING, *COMING, S.SUSPENDED),
        after=S.ENDED,
    ),
    Move(
        reason="term_reported_over",
        step="expired",
        roles=(P, M, W, O, X),
        before=STANDING,
        after=S.LAPSED,
    ),
    Move(
        reason="first_breach_alleged",
        step="breach_alleged",
        roles=(P, M, W, O, X),
        before=(S.IN_FORCE, S.EXTENDED),
        after=S.STRAINED,
    ),
)


def next_status(
    ceasefire: Ceasefire, step: str, role: Role, party: str | None = None
) -> Move | None:
    """Return the move that a step by a speaker in this role makes, or None."""
    others = _other_party_has(ceasefire, step, party)
    for move in MOVES:
        if (
            move.step == step
            and role in move.roles
            and ceasefire.status in move.before
            and (move.second_party is None or move.second_party == others)
        ):
            return move
    return None


def _other_party_has(ceasefire: Ceasefire, step: str, party: str | None) -> bool:
    acts = ("extends",) if step == "extended" else ("accepts", "announces", "agrees")
    return party is not None and any(
        d.act in acts and d.party and d.by != party for d in ceasefire.declarations
    )


def clock_status(ceasefire: Ceasefire, now: datetime) -> tuple[Status, str] | None:
    """Return what the clock alone makes of a ceasefire: due, or lapsed."""
    at = next_clock_time(ceasefire)
    if at is None or at > now:
        return None
    if ceasefire.status is S.AGREED:
        return S.DUE, "stated_hour_has_come"
    return S.LAPSED, "stated_term_has_passed"


def next_clock_time(ceasefire: Ceasefire) -> datetime | None:
    """Return when the clock will next move a ceasefire."""
    if ceasefire.status is S.AGREED:
        return ceasefire.effective_at
    if ceasefire.status in STANDING:
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
        ("agreed", "clock", "", "due", "stated_hour_has_come"),
        (", ".join(s.value for s in STANDING), "clock", "", "lapsed", "stated_term_has_passed"),
    ]
