"""Two runs side by side: pairs, differences with their named reasons, and the sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.backtest.compare import (
    Alert,
    Difference,
    Run,
    RunNotes,
    Told,
    compare,
    per_day,
)
from bot.types import (
    Action,
    ActionKind,
    Attribution,
    Ceasefire,
    Change,
    Claim,
    ConflictState,
    Decision,
    Entry,
    Relation,
    Status,
    StatusChange,
)

NOW = datetime(2026, 3, 10, 6, tzinfo=UTC)


def alert(number: int, entry: str, **fields: Any) -> Alert:
    made = Alert(
        alert_id=f"TL-{number:06d}",
        conflict="k",
        at=NOW + timedelta(hours=number),
        kind="casualty",
        silent=True,
        status_before=Status.NONE,
        status_after=Status.NONE,
        reason="many_killed",
        entry_ids=(entry,),
        title=f"Title of {entry}",
        outlet="X",
    )
    return replace(made, **fields)


def run(*alerts: Alert, told: dict[tuple[str, str | None], Told] | None = None) -> Run:
    return Run(alerts=alerts, told=told or {})


def moved(conflict: str, old: Status, new: Status) -> StatusChange:
    return StatusChange(conflict=conflict, old=old, new=new, at=NOW, reason="step_agreed")


# --- pairs and differences


def test_two_equal_runs_have_no_difference() -> None:
    # Ids count up in each run of its own, so they say nothing.
    one = run(alert(1, "a"), alert(2, "b"))
    two = run(alert(5, "a", at=NOW), alert(6, "b", at=NOW, edits=3))
    found = compare(one, two)
    assert (found.differences, found.unchanged) == ((), 2)


def test_an_alert_that_only_the_trial_posts_appears_with_the_reason_of_its_silence_before() -> None:
    before = run(told={("a", "k"): Told(reason="routine")})
    (one,) = compare(before, run(alert(1, "a"))).differences
    assert (one.difference, one.why) == (Difference.APPEARS, "routine")
    assert (one.before, one.after) == (None, alert(1, "a"))
    assert one.shown is one.after


def test_an_alert_that_only_the_baseline_posts_vanishes_with_the_reason_in_the_trial() -> None:
    after = run(told={("a", None): Told(reason="no_relevant_claim")})
    (one,) = compare(run(alert(1, "a")), after).differences
    assert (one.difference, one.why) == (Difference.VANISHES, "no_relevant_claim")
    assert (one.before, one.after, one.instead) == (alert(1, "a"), None, None)


def test_a_reason_of_another_conflict_does_not_explain_the_silence() -> None:
    after = run(told={("a", "other"): Told(reason="step_agreed")})
    (one,) = compare(run(alert(1, "a")), after).differences
    assert one.why == "no_claim_of_this_conflict"


def test_an_entry_that_joins_another_alert_names_that_alert() -> None:
    first = alert(1, "a")
    after = run(first, told={("b", "k"): Told(reason="corroboration", alert_id=first.alert_id)})
    (one,) = compare(run(first, alert(2, "b")), after).differences
    assert (one.difference, one.why, one.instead) == (Difference.VANISHES, "corroboration", first)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"kind": "violation"}, ("kind",)),
        ({"silent": False, "sounds": 1}, ("silent",)),
        ({"status_after": Status.STRAINED}, ("status",)),
        ({"status_before": Status.AGREED}, ("status",)),
        ({"reason": "protected_site"}, ("reason",)),
        ({"replies": ("dispute",)}, ("replies",)),
        ({"kind": "violation", "silent": False, "reason": "x"}, ("kind", "silent", "reason")),
        # edits are silent, and ids and times of a run are its own
        ({"edits": 4, "joined": ("b",), "alert_id": "TL-000009", "at": NOW}, ()),
    ],
)
def test_an_alert_of_both_runs_changes_in_the_fields_that_readers_notice(
    fields: dict[str, Any], named: tuple[str, ...]
) -> None:
    new = alert(1, "a", **fields)
    found = compare(run(alert(1, "a")), run(new))
    assert [one.fields for one in found.differences] == ([named] if named else [])
    assert all(one.difference is Difference.CHANGES for one in found.differences)
    assert all(one.why == new.reason for one in found.differences)
    assert found.unchanged == (not named)


def test_two_alerts_of_one_entry_are_paired_by_kind() -> None:
    talks, strike = alert(1, "a", kind="negotiation"), alert(2, "a", kind="casualty")
    assert compare(run(talks, strike), run(strike, talks)).differences == ()
    # Where one of them is gone, the other one is not taken for it.
    (one,) = compare(run(talks, strike), run(strike)).differences
    assert (one.difference, one.before) == (Difference.VANISHES, talks)


def test_alerts_of_two_conflicts_are_never_the_same() -> None:
    here, there = alert(1, "a"), alert(1, "a", conflict="other")
    kinds = [one.difference for one in compare(run(here), run(there)).differences]
    assert kinds == [Difference.VANISHES, Difference.APPEARS]


@pytest.mark.parametrize("later", [True, False])
def test_a_story_that_opens_with_another_entry_changes_instead_of_vanishing(later: bool) -> None:
    whole, rest = alert(1, "a", joined=("b",)), alert(3, "b")
    silence = {("a", "k"): Told(reason="too_old")}
    before, after = run(whole), run(rest, told=silence)
    if not later:
        before, after = after, before
    (one,) = compare(before, after).differences
    assert (one.difference, one.fields) == (Difference.CHANGES, ("first_entry",))
    # Why the first entry does not open it in the run that has none of it.
    assert (one.why, one.instead) == ("too_old", None)


def test_differences_stand_in_order_of_time() -> None:
    before = run(alert(1, "a"), alert(3, "c"), alert(4, "d"))
    after = run(alert(2, "b"), alert(3, "c", silent=False))
    found = compare(before, after).differences
    assert [(one.difference.value, one.shown.entry_ids[0]) for one in found] == [
        ("vanishes", "a"),
        ("appears", "b"),
        ("changes", "c"),
        ("vanishes", "d"),
    ]


# --- sums


def test_the_tally_counts_alerts_sounds_edits_replies_and_status_changes() -> None:
    moves = (moved("k", Status.NONE, Status.AGREED), moved("j", Status.NONE, Status.PROPOSED))
    before = Run(
        alerts=(alert(1, "a", edits=2, replies=("status",), sounds=2), alert(2, "b")),
        status_changes=moves,
    )
    found = compare(before, Run())
    tally = found.before
    assert (tally.alerts, tally.audible, tally.edits, tally.replies) == (2, 2, 2, 1)
    assert tally.status_changes == {"j": moves[1:], "k": moves[:1]}
    assert found.after.alerts == 0
    assert found.count(Difference.VANISHES) == 2


def test_only_the_conflicts_asked_for_are_compared() -> None:
    before = Run(
        alerts=(alert(1, "a"), alert(2, "b", conflict="j")),
        status_changes=(moved("j", Status.NONE, Status.AGREED),),
    )
    found = compare(before, Run(), ["k"])
    assert [one.shown.conflict for one in found.differences] == ["k"]
    assert (found.before.alerts, found.before.status_changes) == (1, {})


def test_less_than_a_day_counts_as_one() -> None:
    assert per_day(6, timedelta(days=3)) == 2
    assert per_day(6, timedelta(hours=2)) == 6


# --- notes of a replay


def entry(name: str) -> Entry:
    return Entry(
        id=name,
        fetched_at=NOW,
        published_at=NOW,
        outlet="x",
        outlet_name="X",
        feed="",
        url="",
        guid="",
        title=f"Title of {name}",
    )


def action(kind: ActionKind, reason: str, entry_ids: tuple[str, ...], *, silent: bool) -> Action:
    return Action(
        at=NOW,
        action=kind,
        alert_id="TL-000001",
        event_id="k-1",
        conflict="k",
        kind="ceasefire",
        reason=reason,
        status_before=Status.NONE,
        status_after=Status.AGREED,
        entry_ids=entry_ids,
        claims=(),
        silent=silent,
    )


def change(name: str | None, reason: str, *actions: Action, alert_id: str | None = None) -> Change:
    return Change(
        entry=entry(name) if name else None,
        decision=Decision(
            entry_id=name or "clock:k",
            at=NOW,
            relation=Relation.NEW,
            reason=reason,
            alert_id=alert_id,
        ),
        state=ConflictState(conflict="k", ceasefire=Ceasefire(conflict="k")),
        actions=actions,
    )


def claim(name: str) -> Claim:
    return Claim(
        id=f"{name}:title:0",
        entry_id=name,
        at=NOW,
        field="title",
        quote="T",
        start=0,
        end=1,
        labels=(),
        scores={},
        attribution=Attribution(),
        outlet="x",
        outlet_name="X",
        url="",
        conflict="j",
    )


def test_notes_follow_an_alert_from_its_post_to_its_last_reply() -> None:
    notes, tl = RunNotes(), "TL-000001"
    post = action(ActionKind.POST, "step_agreed", ("a",), silent=False)
    edit = action(ActionKind.EDIT, "dispute", ("b",), silent=True)
    reply = action(ActionKind.REPLY, "dispute", ("b",), silent=True)
    clock = action(ActionKind.REPLY, "status", (), silent=False)
    move = moved("k", Status.AGREED, Status.DUE)
    notes.take(change("a", "step_agreed", post, alert_id=tl))
    notes.take(change("b", "dispute", edit, reply, alert_id=tl))
    notes.take(change("c", "wire_copy", alert_id=tl))
    notes.take(replace(change(None, "clock", clock, alert_id=tl), status_changes=(move,)))
    found = notes.run()
    assert found.alerts == (
        Alert(
            alert_id=tl,
            conflict="k",
            at=NOW,
            kind="ceasefire",
            silent=False,
            status_before=Status.NONE,
            status_after=Status.AGREED,
            reason="step_agreed",
            entry_ids=("a",),
            title="Title of a",
            outlet="X",
            joined=("b", "c"),
            edits=1,
            replies=("dispute", "status"),
            sounds=2,
        ),
    )
    assert found.told == {
        ("a", "k"): Told(reason="step_agreed", alert_id=tl),
        ("b", "k"): Told(reason="dispute", alert_id=tl),
        ("c", "k"): Told(reason="wire_copy", alert_id=tl),
    }
    assert found.status_changes == (move,)


def test_a_post_that_the_clock_makes_is_known_by_the_entries_of_its_claims() -> None:
    notes = RunNotes()
    notes.take(change("a", "held"))
    post = action(ActionKind.POST, "step_agreed", (), silent=True)
    notes.take(change(None, "held_long_enough", replace(post, claims=(claim("a"),))))
    (made,) = notes.run().alerts
    assert (made.entry_ids, made.title, made.outlet) == (("a",), "Title of a", "X")
    # Why the other run is silent about it is asked of the same entry.
    (one,) = compare(run(told={("a", "k"): Told(reason="held")}), notes.run()).differences
    assert one.why == "held"


def test_a_silent_decision_is_noted_with_the_conflict_of_its_claims_or_none() -> None:
    notes = RunNotes()
    notes.take(replace(change("a", "too_old"), state=None, claims=(claim("a"),)))
    notes.take(replace(change("b", "no_relevant_claim"), state=None))
    assert notes.run().told == {
        ("a", "j"): Told(reason="too_old"),
        ("b", None): Told(reason="no_relevant_claim"),
    }
