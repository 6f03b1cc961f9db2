"""The scorer of recorded scenarios, on invented actions; and the shape of the recorded files."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scenario_score import (
    Expected,
    ExpectedEvent,
    ExpectedFigure,
    ExpectedSilence,
    ExpectedStatus,
    ExpectedTime,
    ExpectedUpdate,
    Mark,
    Score,
    Tally,
    score_actions,
    total_tallies,
)
from benchmarks.scenarios import Replayed, Scenario, miss_lines, read_scenario, scenario_folders
from bot.packs import Pack
from bot.types import (
    Action,
    ActionKind,
    Attribution,
    Claim,
    Decision,
    Entry,
    Figure,
    Measure,
    Precision,
    Qualifier,
    Relation,
    Status,
    TimeMeaning,
    TimeSpan,
)

START = datetime(2026, 3, 10, 6, tzinfo=UTC)

AGREED = ExpectedEvent(
    id="E1",
    kind="ceasefire",
    summary="Both sides agree",
    first_entry="e1",
    supporting_entries=("e2",),
    audible=True,
    attribution_any=("Lena Ortiz", "Ortiz"),
    outlet_any=("Harbour Wire", "Fjord Post"),
    times=(ExpectedTime(meaning=TimeMeaning.EFFECTIVE, utc=START + timedelta(hours=6)),),
)
SHELLED = ExpectedEvent(
    id="E2",
    kind="violation",
    summary="A village is shelled",
    first_entry="e4",
    audible=False,
    figures=(
        ExpectedFigure(measure=Measure.KILLED, low=2, high=2),
        ExpectedFigure(measure=Measure.WOUNDED, low=5, high=None),
    ),
)
EXPECTED = Expected(
    events=(AGREED, SHELLED),
    updates=(ExpectedUpdate(of="E2", entry="e5", what="toll 2 -> 3", reason="update"),),
    silent=(ExpectedSilence(entry="e3", why="noise"), ExpectedSilence(entry="e6", why="copy")),
    status_timeline=(
        ExpectedStatus(at=START, status=Status.AGREED),
        ExpectedStatus(at=START + timedelta(hours=6), status=Status.IN_FORCE),
    ),
)


def claim(entry: str, *, speaker: str | None, relay: str | None = None, outlet: str) -> Claim:
    return Claim(
        id=f"{entry}:title:0",
        entry_id=entry,
        at=START,
        field="title",
        quote="...",
        start=0,
        end=3,
        labels=(),
        scores={},
        attribution=Attribution(speaker=speaker, relay=relay),
        outlet="x",
        outlet_name=outlet,
        url="",
    )


def action(
    minutes: float, *entries: str, kind: str = "ceasefire", alert: str = "a1", **other: Any
) -> Action:
    values = {
        "action": ActionKind.POST,
        "reason": "new",
        "status_before": Status.NONE,
        "status_after": Status.AGREED,
        "claims": (),
        **other,
    }
    return Action(
        at=START + timedelta(minutes=minutes),
        alert_id=alert,
        event_id=alert,
        conflict="c",
        kind=kind,
        entry_ids=entries,
        **values,
    )


def span(start: datetime) -> TimeSpan:
    return TimeSpan(text="at noon", start=start, end=start, precision=Precision.MINUTE)


def toll(measure: Measure, low: int | None, high: int | None) -> tuple[Figure, str | None]:
    return Figure(measure=measure, low=low, high=high, qualifier=Qualifier.EXACT), None


AGREED_POST = action(
    0,
    "e1",
    silent=False,
    claims=(claim("e1", speaker="Lena Ortiz", outlet="Harbour Wire"),),
    times=(span(START + timedelta(hours=6)),),
)
BEGUN = action(360, action=ActionKind.EDIT, status_after=Status.IN_FORCE)
SHELLED_POST = action(
    400,
    "e4",
    kind="violation",
    alert="a2",
    status_after=Status.IN_FORCE,
    figures=(toll(Measure.KILLED, 2, 2), toll(Measure.WOUNDED, 5, None)),
)
TOLL_REPLY = action(
    430, "e5", kind="violation", alert="a2", action=ActionKind.REPLY, status_after=Status.IN_FORCE
)
RIGHT = (AGREED_POST, BEGUN, SHELLED_POST, TOLL_REPLY)


def score(*actions: Action, expected: Expected = EXPECTED) -> Score:
    return score_actions(expected, actions)


def tally(scored: Score, mark: Mark) -> tuple[int, int]:
    return scored.tallies[mark].right, scored.tallies[mark].of


def with_event(event: ExpectedEvent) -> Expected:
    """Return expectations of this event alone."""
    return Expected(events=(event,))


def test_right_run_has_everything_and_no_faults() -> None:
    found = score(*RIGHT)
    assert {mark.value: str(tally) for mark, tally in found.tallies.items()} == {
        "events": "2/2",
        "attributed": "2/2",
        "updates": "1/1",
        "status": "2/2",
        "figures": "2/2",
        "times": "1/1",
        "audible": "2/2",
    }
    assert (found.wrong, found.duplicates, found.missed) == ((), (), ())
    assert (found.lost, found.steps, found.faults) == ((), (), ())


def test_silence_scores_nothing_and_asks_nothing_of_posts() -> None:
    found = score()
    assert tally(found, Mark.EVENTS) == (0, 2)
    assert tally(found, Mark.UPDATES) == (0, 1)
    assert tally(found, Mark.STATUS) == (0, 2)
    asked_of_posts = (Mark.ATTRIBUTED, Mark.FIGURES, Mark.TIMES, Mark.AUDIBLE)
    assert {tally(found, mark) for mark in asked_of_posts} == {(0, 0)}


def test_missed_event_counts_once_and_loses_its_updates() -> None:
    found = score(AGREED_POST, BEGUN, TOLL_REPLY)
    assert found.missed == (SHELLED,)
    assert tally(found, Mark.EVENTS) == (1, 2)
    assert tally(found, Mark.FIGURES) == (0, 0)
    assert found.lost == EXPECTED.updates
    assert not found.faults


def test_event_that_needs_no_alert_is_neither_missed_nor_wrong() -> None:
    expected = with_event(replace(AGREED, alert="optional"))
    assert score(expected=expected).missed == ()
    found = score(AGREED_POST, expected=expected)
    assert tally(found, Mark.EVENTS) == (0, 0)
    assert found.wrong == ()


@pytest.mark.parametrize(
    "entries",
    [("e3",), ("e5",), ("e99",), ()],
    ids=["noise", "follow-up", "unknown entry", "the clock"],
)
def test_post_without_an_event_is_wrong(entries: tuple[str, ...]) -> None:
    stray = action(500, *entries, alert="a9")
    found = score(*RIGHT, stray)
    assert found.wrong == (stray,)
    assert found.duplicates == ()


def test_post_of_another_kind_than_its_event_is_wrong_and_the_event_is_missed() -> None:
    stray = replace(SHELLED_POST, kind="negotiation")
    found = score(AGREED_POST, stray)
    assert found.wrong == (stray,)
    assert found.missed == (SHELLED,)


@pytest.mark.parametrize(
    ("wanted", "told"), [("violation", "hostilities"), ("hostilities", "violation")]
)
def test_violation_and_hostilities_are_one_family(wanted: str, told: str) -> None:
    expected = with_event(replace(SHELLED, kind=wanted))
    found = score(replace(SHELLED_POST, kind=told), expected=expected)
    assert tally(found, Mark.EVENTS) == (1, 1)
    assert found.wrong == ()


def test_casualty_is_no_violation() -> None:
    assert score(replace(SHELLED_POST, kind="casualty")).missed == (AGREED, SHELLED)


def test_supporting_entry_may_bring_the_post() -> None:
    assert tally(score(replace(AGREED_POST, entry_ids=("e2",))), Mark.EVENTS) == (1, 2)


def test_second_post_of_an_event_is_a_duplicate() -> None:
    second = action(30, "e2", alert="a3")
    found = score(*RIGHT, second)
    assert found.duplicates == (second,)
    assert found.wrong == ()
    assert tally(found, Mark.EVENTS) == (2, 2)


def test_entry_with_two_pieces_of_news_may_bring_two_posts() -> None:
    extended = replace(AGREED, id="E3")
    expected = Expected(events=(AGREED, extended))
    found = score(AGREED_POST, replace(AGREED_POST, alert_id="a7"), expected=expected)
    assert tally(found, Mark.EVENTS) == (2, 2)
    assert found.duplicates == ()


@pytest.mark.parametrize(
    ("kind", "entries", "is_wrong"),
    [
        (ActionKind.REPLY, ("e3",), True),
        (ActionKind.RETRACT, ("e3", "e6"), True),
        (ActionKind.EDIT, ("e6",), False),  # an edit makes no new message
        (ActionKind.REPLY, ("e3", "e5"), False),  # another entry has news
        (ActionKind.REPLY, (), False),  # the clock
        (ActionKind.DIGEST, ("e3",), False),
    ],
)
def test_reply_to_noise_or_copies_alone_is_wrong(
    kind: ActionKind, entries: tuple[str, ...], is_wrong: bool
) -> None:
    follow_up = action(440, *entries, action=kind, status_after=Status.IN_FORCE)
    assert score(*RIGHT, follow_up).wrong == ((follow_up,) if is_wrong else ())


@pytest.mark.parametrize("kind", [ActionKind.EDIT, ActionKind.REPLY, ActionKind.RETRACT])
def test_every_follow_up_of_the_right_alert_carries_an_update(kind: ActionKind) -> None:
    assert score(AGREED_POST, SHELLED_POST, replace(TOLL_REPLY, action=kind)).lost == ()


@pytest.mark.parametrize(
    "change",
    [
        {"alert_id": "a1"},  # the alert of another event
        {"entry_ids": ("e4",)},  # another entry
        {"action": ActionKind.POST},  # a post of its own
    ],
)
def test_update_elsewhere_is_lost(change: dict[str, Any]) -> None:
    found = score(AGREED_POST, BEGUN, SHELLED_POST, replace(TOLL_REPLY, **change))
    assert found.lost == EXPECTED.updates
    assert tally(found, Mark.UPDATES) == (0, 1)


@pytest.mark.parametrize(
    ("minutes", "reached"),
    [
        (0, True),
        (20, True),  # still within 20 minutes
        (20.1, False),
    ],
)
def test_status_step_is_reached_within_20_minutes(minutes: float, reached: bool) -> None:
    expected = Expected(events=(), status_timeline=EXPECTED.status_timeline[:1])
    found = score(action(minutes, "e1"), expected=expected)
    assert tally(found, Mark.STATUS) == (int(reached), 1)
    assert [(step.expected, step.shown) for step in found.steps] == (
        [] if reached else [(Status.AGREED, Status.NONE)]
    )


def test_status_step_is_reached_before_the_next_one() -> None:
    timeline = (
        ExpectedStatus(at=START, status=Status.AGREED),
        ExpectedStatus(at=START + timedelta(minutes=5), status=Status.IN_FORCE),
    )
    expected = Expected(events=(), status_timeline=timeline)
    late = action(5, "e1")
    begun = action(6, status_after=Status.IN_FORCE)
    found = score(late, begun, expected=expected)
    assert [step.at for step in found.steps] == [START]
    assert score(replace(late, at=START), begun, expected=expected).steps == ()


def test_last_status_of_the_grace_counts_whatever_kind_of_action_shows_it() -> None:
    back = action(10, action=ActionKind.REPLY, status_after=Status.NONE)
    found = score(AGREED_POST, back, BEGUN)
    assert [(step.at, step.shown) for step in found.steps] == [(START, Status.NONE)]


@pytest.mark.parametrize(
    ("wanted", "stated", "right"),
    [
        ((2, 2), (2, 2), True),
        ((5, None), (5, None), True),
        ((None, 9), (None, 9), True),
        ((None, None), (None, None), True),
        ((5, None), (5, 5), False),
        ((None, 9), (0, 9), False),
        ((2, 2), (2, 3), False),
    ],
)
def test_figures_need_both_bounds(
    wanted: tuple[int | None, int | None], stated: tuple[int | None, int | None], right: bool
) -> None:
    figure = ExpectedFigure(measure=Measure.KILLED, low=wanted[0], high=wanted[1])
    post = replace(SHELLED_POST, figures=(toll(Measure.KILLED, *stated),))
    found = score(post, expected=with_event(replace(SHELLED, figures=(figure,))))
    assert tally(found, Mark.FIGURES) == (int(right), 1)


def test_figure_of_another_measure_does_not_count() -> None:
    post = replace(SHELLED_POST, figures=(toll(Measure.WOUNDED, 2, 2),))
    assert tally(score(post), Mark.FIGURES) == (0, 2)


@pytest.mark.parametrize(
    ("seconds", "right"), [(0, True), (60, True), (-60, True), (61, False), (-61, False)]
)
def test_times_lie_within_60_seconds(seconds: int, right: bool) -> None:
    stated = START + timedelta(hours=6, seconds=seconds)
    found = score(replace(AGREED_POST, times=(span(START), span(stated))))
    assert tally(found, Mark.TIMES) == (int(right), 1)


@pytest.mark.parametrize(
    ("text", "claims", "right"),
    [
        ("", (("Lena Ortiz", None, "Harbour Wire"),), True),
        ("Ortiz, via Fjord Post", (), True),  # the text alone
        ("", (("LENA ORTIZ", "Harbour Wire", "Other"),), True),  # relayed; case does not matter
        ("", ((None, None, "Harbour Wire"),), False),  # no speaker
        ("", (("Lena Ortiz", None, "Other"),), False),  # no outlet
        ("", (), False),
    ],
)
def test_post_names_speaker_and_outlet(
    text: str, claims: tuple[tuple[str | None, str | None, str], ...], right: bool
) -> None:
    told = tuple(claim("e1", speaker=s, relay=r, outlet=o) for s, r, o in claims)
    found = score(replace(AGREED_POST, text=text, claims=told))
    assert tally(found, Mark.ATTRIBUTED) == (int(right), 1)
    assert [fault.expected for fault in found.faults] == (
        [] if right else ["Lena Ortiz or Ortiz, Harbour Wire or Fjord Post"]
    )


def test_curly_and_straight_apostrophes_are_one() -> None:
    event = replace(AGREED, attribution_any=("Sana’a",), outlet_any=())
    found = score(replace(AGREED_POST, text="Officials in Sana'a"), expected=with_event(event))
    assert tally(found, Mark.ATTRIBUTED) == (1, 1)


@pytest.mark.parametrize("silent", [True, False])
def test_sound_is_as_expected(silent: bool) -> None:
    found = score(replace(AGREED_POST, silent=silent), replace(SHELLED_POST, silent=silent))
    assert tally(found, Mark.AUDIBLE) == (1, 2)


def test_totals_add_up_over_scenarios() -> None:
    totals = total_tallies([score(*RIGHT), score()])
    assert totals[Mark.EVENTS] == Tally(right=2, of=4)
    assert totals[Mark.FIGURES] == Tally(right=2, of=2)
    assert total_tallies([])[Mark.EVENTS] == Tally()


def test_naive_instants_are_refused() -> None:
    with pytest.raises(ValueError, match="aware UTC"):
        ExpectedStatus(at=datetime(2026, 3, 10), status=Status.NONE)  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware UTC"):
        ExpectedTime(meaning=TimeMeaning.TALKS, utc=datetime(2026, 3, 10))  # noqa: DTZ001


def test_misses_name_the_decision_about_the_entry() -> None:
    entry = Entry(
        id="e1",
        fetched_at=START,
        published_at=START,
        outlet="x",
        outlet_name="X",
        feed="",
        url="",
        guid="",
        title="Both sides agree",
    )
    pack = Pack.model_validate(
        {"id": "c", "name": "C", "timezone": "UTC", "parties": [{"id": "p", "names": ["P"]}]}
    )
    scenario = Scenario(name="made", pack=pack, entries=(entry,), expected=EXPECTED)
    decided = Decision(entry_id="e1", at=START, relation=Relation.UNCERTAIN, reason="old_event")
    replayed = Replayed(
        actions=(
            replace(SHELLED_POST, figures=(toll(Measure.KILLED, 2, 2),)),
            action(500, "e3", text="<b>C</b>\nA <truce> of football"),
        ),
        decisions={"e1": decided, "e3": replace(decided, entry_id="e3", event_id="c-2")},
    )
    found = score_actions(EXPECTED, replayed.actions)
    assert list(miss_lines(scenario, replayed, found)) == [
        "missed event E1 ceasefire, Both sides agree [e1: uncertain, old_event]",
        "lost update of E2, toll 2 -> 3 [e5: no decision]",
        "wrong post ceasefire, C A of football [e3: uncertain of c-2, old_event]",
        "status 2026-03-10 06:00Z: expected agreed, shown none [e1: uncertain, old_event]",
        "status 2026-03-10 12:00Z: expected in_force, shown none [clock]",
        "figures of E2 (e4): expected wounded 5 to None",
    ]


@pytest.mark.parametrize("folder", scenario_folders(), ids=lambda folder: folder.name)
def test_recorded_scenario_places_every_entry_once(folder: Path) -> None:
    scenario = read_scenario(folder)
    expected = scenario.expected
    places = Counter(u.entry for u in expected.updates) + Counter(s.entry for s in expected.silent)
    # An entry with two pieces of news may tell of two events, but has no second place.
    places += Counter({entry for event in expected.events for entry in event.entries})
    assert places == Counter(entry.id for entry in scenario.entries)
    assert {update.of for update in expected.updates} <= {event.id for event in expected.events}
    times = [step.at for step in expected.status_timeline]
    assert times == sorted(set(times))
