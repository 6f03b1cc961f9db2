"""Compares what a replay posted with what an editor expects of a scenario. Pure.

The rules are those of tests/scenarios: a post is right when one of its entries belongs to an
event that has no post yet and is of its kind; a second one is a duplicate, any other is wrong.
Everything else is asked of the right posts only, so a missed event counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.types import (
    Action,
    ActionKind,
    Figure,
    Measure,
    Status,
    TimeMeaning,
    TimeSpan,
    require_utc,
)

#: A status step reached later than this is late news for readers, hence wrong.
STEP_GRACE = timedelta(minutes=20)
#: How far a stated instant may lie from the expected one.
TIME_GRACE = timedelta(seconds=60)
#: Follow-ups of an alert that may carry an update.
FOLLOW_UPS = frozenset({ActionKind.EDIT, ActionKind.REPLY, ActionKind.RETRACT})
#: Kinds that differ only by whether a ceasefire stands; each counts for the other.
FAMILY = {"hostilities": "violation"}


class Mark(StrEnum):
    """What is counted of a scenario."""

    EVENTS = "events"
    ATTRIBUTED = "attributed"
    UPDATES = "updates"
    STATUS = "status"
    FIGURES = "figures"
    TIMES = "times"
    AUDIBLE = "audible"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedFigure:
    """A figure that the post of an event has to carry."""

    measure: Measure
    low: int | None = None  #: None = no lower bound is stated
    high: int | None = None

    def is_in(self, figures: Iterable[Figure]) -> bool:
        """Tell whether one of `figures` states the same."""
        wanted = (self.measure, self.low, self.high)
        return any(wanted == (f.measure, f.low, f.high) for f in figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedTime:
    """An instant that the post of an event has to carry."""

    meaning: TimeMeaning  #: for the reader of a scenario; not compared
    utc: datetime

    def __post_init__(self) -> None:
        require_utc(self.utc, "utc")

    def is_in(self, spans: Iterable[TimeSpan]) -> bool:
        """Tell whether one of `spans` begins then."""
        return any(abs(span.start - self.utc) <= TIME_GRACE for span in spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedEvent:
    """An event that gets a post of its own."""

    id: str
    kind: str  #: one label
    summary: str
    first_entry: str
    supporting_entries: tuple[str, ...] = ()
    alert: str = "required"
    audible: bool
    attribution_any: tuple[str, ...] = ()  #: names of the speaker; one suffices, () = not asked
    outlet_any: tuple[str, ...] = ()
    figures: tuple[ExpectedFigure, ...] = ()
    times: tuple[ExpectedTime, ...] = ()

    @property
    def entries(self) -> tuple[str, ...]:
        """Return the entries that tell of it."""
        return (self.first_entry, *self.supporting_entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedUpdate:
    """An entry that belongs to the post of an event as a follow-up."""

    of: str  #: id of the event
    entry: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedSilence:
    """An entry of which readers hear nothing."""

    entry: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedStatus:
    """The status of the ceasefire from an instant on."""

    at: datetime
    status: Status

    def __post_init__(self) -> None:
        require_utc(self.at, "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an editor expects of one scenario."""

    events: tuple[ExpectedEvent, ...]
    updates: tuple[ExpectedUpdate, ...] = ()
    silent: tuple[ExpectedSilence, ...] = ()
    status_timeline: tuple[ExpectedStatus, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """So many right of so many."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(right=self.right + other.right, of=self.of + other.of)

    def __str__(self) -> str:
        return f"{self.right}/{self.of}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that the right post of an event lacks."""

    event: ExpectedEvent
    mark: Mark
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongStep:
    """A status that was not the one shown when its time was up."""

    at: datetime
    expected: Status
    shown: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The counts of one scenario and everything that is not right in it."""

    tallies: Mapping[Mark, Tally]
    wrong: tuple[Action, ...]  #: posts without an event, and replies to copies or noise
    duplicates: tuple[Action, ...]
    missed: tuple[ExpectedEvent, ...]
    lost: tuple[ExpectedUpdate, ...]
    steps: tuple[WrongStep, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    of: Mapping[str, Action]  #: by the id of the event
    wrong: tuple[Action, ...]
    duplicates: tuple[Action, ...]


def score_actions(expected: Expected, actions: Sequence[Action]) -> Score:
    """Return the score of `actions`, which are in order of time."""
    posts = match_posts(expected, actions)
    required = [event for event in expected.events if event.alert == "required"]
    hit = [event for event in required if event.id in posts.of]
    checks = [check for event in hit for check in _checks(event, posts.of[event.id])]
    lost = tuple(u for u in expected.updates if not _followed(u, posts.of.get(u.of), actions))
    steps = _wrong_steps(expected.status_timeline, actions)
    tallies = {
        Mark.EVENTS: Tally(right=len(hit), of=len(required)),
        Mark.UPDATES: _all_but(len(lost), expected.updates),
        Mark.STATUS: _all_but(len(steps), expected.status_timeline),
    }
    for mark in Mark:
        asked = [right for fault, right in checks if fault.mark is mark]
        tallies.setdefault(mark, Tally(right=sum(asked), of=len(asked)))
    return Score(
        tallies={mark: tallies[mark] for mark in Mark},
        wrong=posts.wrong,
        duplicates=posts.duplicates,
        missed=tuple(event for event in required if event.id not in posts.of),
        lost=lost,
        steps=steps,
        faults=tuple(fault for fault, right in checks if not right),
    )


def total_tallies(scores: Iterable[Score]) -> dict[Mark, Tally]:
    """Return the tallies of all scenarios together."""
    totals = dict.fromkeys(Mark, Tally())
    for score in scores:
        for mark, tally in score.tallies.items():
            totals[mark] += tally
    return totals


def _all_but(faults: int, asked: Sequence[object]) -> Tally:
    return Tally(right=len(asked) - faults, of=len(asked))


def match_posts(expected: Expected, actions: Iterable[Action]) -> Posts:
    """Give each post the first event without one that it may be of."""
    silent = {silence.entry for silence in expected.silent}
    told: dict[str, list[ExpectedEvent]] = {}
    for event in expected.events:
        for entry in event.entries:
            told.setdefault(entry, []).append(event)
    of: dict[str, Action] = {}
    wrong: list[Action] = []
    duplicates: list[Action] = []
    for action in actions:
        if action.action is not ActionKind.POST:
            if _answers_only(action, silent):
                wrong.append(action)
            continue
        may_be = [
            event
            for entry in action.entry_ids
            for event in told.get(entry, ())
            if _family(event.kind) == _family(action.kind)
        ]
        free = next((event for event in may_be if event.id not in of), None)
        if free is not None:
            of[free.id] = action
        else:
            (duplicates if may_be else wrong).append(action)
    return Posts(of=of, wrong=tuple(wrong), duplicates=tuple(duplicates))


def _family(kind: str) -> str:
    return FAMILY.get(kind, kind)


def _answers_only(action: Action, silent: set[str]) -> bool:
    """Tell whether a new message (an edit makes none) comes from entries to be silent about."""
    loud = action.action in (ActionKind.REPLY, ActionKind.RETRACT)
    return loud and bool(action.entry_ids) and silent.issuperset(action.entry_ids)


def _checks(event: ExpectedEvent, post: Action) -> list[tuple[Fault, bool]]:
    """Return everything that is asked of the post of an event, with whether it is there."""
    asked = [(Mark.ATTRIBUTED, _names(event), _attributed(event, post))]
    for figure in event.figures:
        bounds = f"{figure.measure} {figure.low} to {figure.high}"
        asked.append((Mark.FIGURES, bounds, figure.is_in(f for f, _ in post.figures)))
    for time in event.times:
        asked.append(
            (Mark.TIMES, f"{time.meaning} {time.utc:%Y-%m-%d %H:%MZ}", time.is_in(post.times))
        )
    sound = "with sound" if event.audible else "without sound"
    asked.append((Mark.AUDIBLE, sound, event.audible is not post.silent))
    return [
        (Fault(event=event, mark=mark, expected=wanted), right) for mark, wanted, right in asked
    ]


def _names(event: ExpectedEvent) -> str:
    groups = (event.attribution_any, event.outlet_any)
    return ", ".join(" or ".join(names) for names in groups if names)


def _attributed(event: ExpectedEvent, post: Action) -> bool:
    """Tell whether the post names speaker and outlet, in its text or in its claims."""
    parts = [post.text]
    for claim in post.claims:
        parts += [claim.attribution.speaker or "", claim.attribution.relay or "", claim.outlet_name]
    shown = _plain(" ".join(parts))
    groups = (event.attribution_any, event.outlet_any)
    return all(any(_plain(name) in shown for name in names) for names in groups if names)


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _followed(update: ExpectedUpdate, post: Action | None, actions: Iterable[Action]) -> bool:
    """Tell whether the update came to the very alert of its event."""
    return post is not None and any(
        action.action in FOLLOW_UPS
        and update.entry in action.entry_ids
        and action.alert_id == post.alert_id
        for action in actions
    )


def _wrong_steps(
    timeline: Sequence[ExpectedStatus], actions: Sequence[Action]
) -> tuple[WrongStep, ...]:
    """Compare each step with the last status sent in its grace, and before the next step."""
    nexts = [step.at for step in timeline[1:]]
    wrong = []
    for number, step in enumerate(timeline):
        shown = Status.NONE
        for action in actions:
            if action.at <= step.at + STEP_GRACE and (
                number >= len(nexts) or action.at < nexts[number]
            ):
                shown = action.status_after
        if shown is not step.status:
            wrong.append(WrongStep(at=step.at, expected=step.status, shown=shown))
    return tuple(wrong)
