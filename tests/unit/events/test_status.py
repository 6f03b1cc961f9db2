"""The life-cycle of a ceasefire: every move of the table, and that there are no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.events.status import (
    MOVES,
    RUNNING,
    Move,
    Role,
    clock_status,
    next_status,
    told_step,
    transition_rows,
)
from bot.types import Ceasefire, Declaration, Status

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)
OWN_ACCEPTED = Declaration(by="own", party=True, act="accepts", at=NOW, claim_id="z")
OTHER_ACCEPTED = (
    Declaration(by="other", party=True, act="accepts", at=NOW, claim_id="x"),
    Declaration(by="other", party=True, act="extends", at=NOW, claim_id="y"),
)


def record(status: Status, second: bool = False) -> Ceasefire:
    return Ceasefire(conflict="k", status=status, declarations=OTHER_ACCEPTED if second else ())


@pytest.mark.parametrize(
    ("move", "before", "role"),
    [(m, b, r) for m in MOVES for b in m.before for r in m.roles],
)
def test_every_row_of_the_table_moves(move: Move, before: Status, role: Role) -> None:
    # A mediator's word counts by whom it is about: one side's yes, or that of both.
    takers = () if move.step in ("agreed", "announced") and not move.second_party else ("own",)
    if move.second_party and role is Role.MEDIATOR and move.step != "accepted":
        takers = ("own",)
    known = record(before, bool(move.second_party))
    if move.step == "ended" and before is Status.ANNOUNCED:
        known = replace(known, declarations=(OWN_ACCEPTED,))  # who said no yes has none to end
    found = next_status(known, move.step, role, takers)
    assert found is not None
    assert found.after is move.after


def test_nothing_else_moves() -> None:
    steps = {m.step for m in MOVES} | {"breach_denied", "rejected", "talks_ended", "none"}
    for step, role, before in product(steps, Role, Status):
        allowed = {
            m.after
            for m in MOVES
            if m.step == told_step(step, role, ("own",)) and role in m.roles and before in m.before
        }
        found = next_status(record(before), step, role, ("own",))
        assert found is None or found.after in allowed


@pytest.mark.parametrize("before", list(Status))
@pytest.mark.parametrize("role", list(Role))
def test_an_accusation_never_ends_a_ceasefire(before: Status, role: Role) -> None:
    move = next_status(record(before), "breach_alleged", role, ("own",))
    assert move is None or move.after is Status.STRAINED


@pytest.mark.parametrize("role", [Role.OUTLET, Role.OTHER, Role.MONITOR])
@pytest.mark.parametrize("step", ["ended", "agreed", "suspended", "announced", "proposed"])
def test_outsiders_declare_nothing(role: Role, step: str) -> None:
    assert all(next_status(record(before), step, role) is None for before in Status)


@pytest.mark.parametrize(
    ("takers", "alone", "after"),
    [
        # of two parties the other one's yes makes it an agreement
        (("own",), None, Status.AGREED),
        # of three, an ally's yes makes it none
        (("own",), "third", None),
        (("third",), "third", Status.AGREED),
    ],
)
def test_a_yes_of_the_other_side_makes_an_agreement(
    takers: tuple[str, ...], alone: str | None, after: Status | None
) -> None:
    found = next_status(record(Status.ANNOUNCED, True), "accepted", Role.PARTY, takers, alone)
    assert (found and found.after) == after


def test_one_side_speaking_for_both_is_one_side() -> None:
    move = next_status(record(Status.PROPOSED), "agreed", Role.PARTY, "own")
    assert move is not None
    assert move.after is Status.ANNOUNCED


def test_the_clock_makes_due_and_lapsed_and_nothing_else() -> None:
    past = NOW - timedelta(hours=1)
    for status in Status:
        both = Ceasefire(conflict="k", status=status, effective_at=past, expires_at=past)
        moved = clock_status(both, NOW)
        if status in (Status.AGREED, Status.ANNOUNCED):
            assert moved is not None
            assert moved[0] is Status.DUE
        elif status in RUNNING:
            assert moved is not None
            assert moved[0] is Status.LAPSED
        else:
            assert moved is None


def test_the_clock_waits_for_the_stated_hour() -> None:
    ahead = Ceasefire(conflict="k", status=Status.AGREED, effective_at=NOW + timedelta(seconds=1))
    assert clock_status(ahead, NOW) is None


def test_the_table_can_be_printed() -> None:
    assert ("agreed, announced", "clock", "", "due", "stated_hour_has_come") in transition_rows()


def test_a_yes_of_nobody_moves_nothing() -> None:
    proposed = record(Status.PROPOSED)
    assert next_status(proposed, "accepted", Role.MEDIATOR) is None
    assert next_status(proposed, "accepted", Role.MEDIATOR, ("own",)) is not None


def test_allies_who_agree_are_one_side() -> None:
    fresh = Ceasefire(conflict="k")
    allies, rivals = ("east", "west"), ("east", "alone")
    for role in (Role.MEDIATOR, Role.BOTH):
        one = next_status(fresh, "accepted", role, allies, "alone")
        both = next_status(fresh, "accepted", role, rivals, "alone")
        assert one is not None
        assert one.after is Status.ANNOUNCED
        assert both is not None
        assert both.after is Status.AGREED
