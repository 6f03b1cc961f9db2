"""Two runs over the same entries side by side: which alerts appear, vanish or change. Pure.

An alert of the trial is that of the baseline where the same entry caused both, in one conflict;
else where the entry that caused one of them joined the other later.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.types import Action, ActionKind, Change, Status, StatusChange


class Difference(StrEnum):
    """What becomes of an alert in the trial."""

    APPEARS = "appears"
    VANISHES = "vanishes"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert of one run: its post, and what followed it."""

    alert_id: str
    conflict: str
    at: datetime
    kind: str
    silent: bool
    status_before: Status
    status_after: Status
    reason: str
    entry_ids: tuple[str, ...]  #: entries that caused the post
    title: str  #: of the first of them
    outlet: str  #: its name
    joined: tuple[str, ...] = ()  #: entries that came to it later
    edits: int = 0
    replies: tuple[str, ...] = ()  #: their reasons, in order
    sounds: int = 0  #: messages with sound, the post among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The named reason of one decision, and the alert that it belongs to."""

    reason: str
    alert_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one replay did."""

    alerts: tuple[Alert, ...] = ()  #: in order of their posts
    told: Mapping[tuple[str, str | None], Told] = field(default_factory=dict)
    #: by (entry id, conflict); conflict None: the entry belonged to none
    status_changes: tuple[StatusChange, ...] = ()

    def of(self, conflicts: Collection[str]) -> Run:
        """Return what the run did in these conflicts; none named: in all."""
        if not conflicts:
            return self
        return replace(
            self,
            alerts=tuple(a for a in self.alerts if a.conflict in conflicts),
            status_changes=tuple(c for c in self.status_changes if c.conflict in conflicts),
        )

    def since(self, start: datetime) -> Run:
        """Return what the run did from a time on; what led up to it is known, and not told."""
        return replace(
            self,
            alerts=tuple(a for a in self.alerts if a.at >= start),
            status_changes=tuple(c for c in self.status_changes if c.at >= start),
        )

    def about(self, alert: Alert) -> Told | None:
        """Return what was decided about the first entry of another run's alert, in its conflict."""
        entry = next(iter(alert.entry_ids), "")
        return self.told.get((entry, alert.conflict)) or self.told.get((entry, None))

    def alert(self, alert_id: str | None) -> Alert | None:
        """Return the alert with this id."""
        return next((a for a in self.alerts if a.alert_id == alert_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One alert that is not the same in both runs."""

    difference: Difference
    before: Alert | None
    after: Alert | None
    fields: tuple[str, ...] = ()  #: what changes, of `FIELDS`
    why: str  #: named reason of the run without the post; where both post, that of the trial
    instead: Alert | None = None  #: alert of that run which the entry went to instead

    @property
    def shown(self) -> Alert:
        """The alert by which the difference is known: that of the baseline, if there is one."""
        alert = self.before or self.after
        assert alert is not None  # noqa: S101 - one of the two runs has it
        return alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One run in numbers."""

    alerts: int
    audible: int  #: messages with sound, replies too
    edits: int
    replies: int
    status_changes: Mapping[str, tuple[StatusChange, ...]]  #: by conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The outcome of a backtest."""

    differences: tuple[Compared, ...]  #: in order of time
    unchanged: int  #: alerts that are the same in both runs
    before: Tally
    after: Tally

    def count(self, difference: Difference) -> int:
        """Return how many alerts differ in this way."""
        return sum(one.difference is difference for one in self.differences)


#: What makes an alert another one for its readers. Edits are silent and only counted.
FIELDS: dict[str, Callable[[Alert], Any]] = {
    "kind": lambda alert: alert.kind,
    "silent": lambda alert: alert.silent,
    "status": lambda alert: (alert.status_before, alert.status_after),
    "reason": lambda alert: alert.reason,
    "replies": lambda alert: alert.replies,
    "first_entry": lambda alert: alert.entry_ids,
}


class RunNotes:
    """Takes the changes of a replay one by one and keeps what a comparison needs."""

    def __init__(self) -> None:
        self._alerts: dict[str, Alert] = {}
        self._heads: dict[str, tuple[str, str]] = {}  #: title and outlet's name, by entry id
        self._told: dict[tuple[str, str | None], Told] = {}
        self._status_changes: list[StatusChange] = []

    def take(self, change: Change) -> None:
        """Note one change."""
        self._status_changes += change.status_changes
        if change.entry is not None:
            self._heads[change.entry.id] = (change.entry.title, change.entry.outlet_name)
        for action in change.actions:
            if action.action is ActionKind.POST:
                self._alerts[action.alert_id] = self._posted(action)
            elif action.alert_id in self._alerts:
                self._alerts[action.alert_id] = _grown(self._alerts[action.alert_id], action)
        decision = change.decision
        if decision is None or change.entry is None:
            return
        told = Told(reason=decision.reason, alert_id=decision.alert_id)
        self._told[decision.entry_id, _conflict(change)] = told
        alert = self._alerts.get(decision.alert_id or "")
        if alert is not None and decision.entry_id not in (*alert.entry_ids, *alert.joined):
            joined = (*alert.joined, decision.entry_id)
            self._alerts[alert.alert_id] = replace(alert, joined=joined)

    def _posted(self, action: Action) -> Alert:
        # A post that the clock makes names its entries in its claims only.
        by_claims = dict.fromkeys(claim.entry_id for claim in action.claims)
        entry_ids = action.entry_ids or tuple(by_claims)
        heads = [self._heads[name] for name in entry_ids if name in self._heads]
        title, outlet = heads[0] if heads else ("", "")
        return Alert(
            alert_id=action.alert_id,
            conflict=action.conflict,
            at=action.at,
            kind=action.kind,
            silent=action.silent,
            status_before=action.status_before,
            status_after=action.status_after,
            reason=action.reason,
            entry_ids=entry_ids,
            title=title,
            outlet=outlet,
            sounds=int(not action.silent),
        )

    def run(self) -> Run:
        """Return what was noted."""
        return Run(
            alerts=tuple(self._alerts.values()),
            told=self._told,
            status_changes=tuple(self._status_changes),
        )


def _conflict(change: Change) -> str | None:
    if change.state is not None:
        return change.state.conflict
    return next((claim.conflict for claim in change.claims), None)


def _grown(alert: Alert, action: Action) -> Alert:
    if action.action is ActionKind.EDIT:
        return replace(alert, edits=alert.edits + 1)
    return replace(
        alert,
        replies=(*alert.replies, action.reason),
        sounds=alert.sounds + (not action.silent),
    )


def compare(before: Run, after: Run, conflicts: Collection[str] = ()) -> Comparison:
    """Return how the trial `after` differs from the baseline `before`.

    Args:
        conflicts: ids of the conflicts to compare; none: all.
    """
    before, after = before.of(conflicts), after.of(conflicts)
    pairs = _paired(before.alerts, after.alerts)
    known = {alert.alert_id for alert in pairs.values()}
    differences = [
        *(_lost(alert, after) for alert in before.alerts if alert.alert_id not in pairs),
        *(_gained(alert, before) for alert in after.alerts if alert.alert_id not in known),
        *_changed(before, after, pairs),
    ]
    differences.sort(key=lambda one: (one.shown.at, one.shown.conflict, one.shown.alert_id))
    changed = sum(one.difference is Difference.CHANGES for one in differences)
    return Comparison(
        differences=tuple(differences),
        unchanged=len(pairs) - changed,
        before=_tally(before),
        after=_tally(after),
    )


def per_day(count: int, span: timedelta) -> float:
    """Return `count` per day of the span; less than a day counts as one."""
    return count / max(span / timedelta(days=1), 1)


def _paired(before: tuple[Alert, ...], after: tuple[Alert, ...]) -> dict[str, Alert]:
    """Return the trial's alert for each baseline alert id, each at most once, nearest kin first."""
    pairs: dict[str, Alert] = {}
    for same in (_same_kind_and_entry, _same_entry, _same_story):
        free = {a.alert_id: a for a in after}
        for taken in pairs.values():
            del free[taken.alert_id]
        for old in before:
            if old.alert_id in pairs:
                continue
            new = next((a for a in free.values() if same(old, a)), None)
            if new is not None:
                pairs[old.alert_id] = free.pop(new.alert_id)
    return pairs


def _same_entry(a: Alert, b: Alert) -> bool:
    return a.conflict == b.conflict and bool(set(a.entry_ids) & set(b.entry_ids))


def _same_kind_and_entry(a: Alert, b: Alert) -> bool:
    # One entry may post two alerts of one conflict, of different kinds.
    return a.kind == b.kind and _same_entry(a, b)


def _same_story(a: Alert, b: Alert) -> bool:
    """Tell whether one run posts what the other posted earlier, upon a later entry."""
    later = bool(set(a.entry_ids) & set(b.joined) or set(b.entry_ids) & set(a.joined))
    return later and (a.conflict, a.kind) == (b.conflict, b.kind)


def _lost(alert: Alert, after: Run) -> Compared:
    why, instead = _silence(alert, after)
    return Compared(
        difference=Difference.VANISHES, before=alert, after=None, why=why, instead=instead
    )


def _gained(alert: Alert, before: Run) -> Compared:
    why, instead = _silence(alert, before)
    return Compared(
        difference=Difference.APPEARS, before=None, after=alert, why=why, instead=instead
    )


def _silence(alert: Alert, other: Run) -> tuple[str, Alert | None]:
    """Return why the other run did not post this, and where the entry went instead."""
    told = other.about(alert)
    if told is None:
        return "no_claim_of_this_conflict", None
    return told.reason, other.alert(told.alert_id)


def _changed(before: Run, after: Run, pairs: Mapping[str, Alert]) -> Iterator[Compared]:
    for old in before.alerts:
        new = pairs.get(old.alert_id)
        if new is None:
            continue
        fields = tuple(name for name, read in FIELDS.items() if read(old) != read(new))
        if not fields:
            continue
        why, instead = new.reason, None
        if "first_entry" in fields:
            why, instead = _moved(old, new, before, after)
        yield Compared(
            difference=Difference.CHANGES,
            before=old,
            after=new,
            fields=fields,
            why=why,
            instead=instead,
        )


def _moved(old: Alert, new: Alert, before: Run, after: Run) -> tuple[str, Alert | None]:
    """Return why another entry opens the alert: what the earlier one came to in the other run."""
    why, instead = _silence(old, after) if old.at <= new.at else _silence(new, before)
    return why, None if instead in (old, new) else instead


def _tally(run: Run) -> Tally:
    moves: dict[str, list[StatusChange]] = {}
    for change in run.status_changes:
        moves.setdefault(change.conflict, []).append(change)
    return Tally(
        alerts=len(run.alerts),
        audible=sum(alert.sounds for alert in run.alerts),
        edits=sum(alert.edits for alert in run.alerts),
        replies=sum(len(alert.replies) for alert in run.alerts),
        status_changes={conflict: tuple(made) for conflict, made in sorted(moves.items())},
    )
