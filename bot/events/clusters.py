"""Groups reports into events as they come: join the likeliest event, or open one. Pure.

A report joins on the mean of the best `TOP` members mixed with the mean of all, never on one
member alone, so that no bridge chains two events; the event's first report must fit, too. What is
needed rises with the number of members and with how alike they are among themselves: an event
told in one set of words does not take a report in others, one told in many does. Two events whose
reports fit on average over all pairs, as only the reports of both can show, become one.

Thresholds are log-odds and were tuned as a set (benchmarks/clustering.py, leave-topics-out).
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from bot.events.candidates import Candidates
from bot.events.likeness import LEAST, MOST, WHOLE, Floats, Likeness, of_whole
from bot.events.rarity import Rarity
from bot.events.reports import Report
from bot.events.shelf import Row, Shelf, row_of

GATES = ("other_place", "other_day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What joining needs, in log-odds."""

    join: float = 0.5  #: of a report and an event of one report
    merge: float = 1.0  #: of two events, on average over all pairs of their reports
    rise: float = 0.05  #: more for each doubling of the members, up to `FULL`
    closeness: float = 0.2  #: share of the members' own mean likeness above `USUAL` that is asked
    seed_slack: float = 4.0  #: how far below what is needed the first report may be
    whole: float = WHOLE  #: weight of the mean over all members; the rest is the best `TOP`
    sure: float = 0.5  #: within this of the threshold a decision is "uncertain"


FULL = 32
#: Mean likeness within an event of which nothing is known, counted as this many pairs.
USUAL, USUAL_PAIRS = 3.0, 3.0
#: Reports that the index gives, and the events among them that are compared.
FOUND, EVENTS = 64, 24
#: Members compared: the first and the last ones.
COMPARED = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a report went, and why."""

    cluster: int  #: number of the event; of the older one after a merge
    new: bool
    #: "joined", "no_candidate", "too_unlike", "unlike_first", "other_place" or "other_day"
    reason: str
    odds: float | None = None  #: likeness to the event joined, or to the likeliest one
    needed: float | None = None
    uncertain: bool = False  #: near the threshold, on either side
    merged: tuple[int, ...] = ()  #: events that turned out to be this one


@dataclass(slots=True)
class _Cluster:
    """One event: rows of its reports, and how alike they are."""

    rows: list[int]
    pairs: int = 0  #: pairs of members that were compared
    odds: float = 0.0  #: sum of their log-odds

    def compared(self) -> list[int]:
        """Return the rows that a report is compared with, the first report first."""
        return (
            self.rows if len(self.rows) <= COMPARED else [self.rows[0], *self.rows[1 - COMPARED :]]
        )


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a report fits an event."""

    cluster: int
    odds: float
    needed: float
    reason: str
    sum: float
    pairs: int

    @property
    def margin(self) -> float:
        return self.odds - self.needed


@dataclass(slots=True)
class Clusters:
    """The events of one collection; `exhaustive` compares with every report, for measuring."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    exhaustive: bool = False
    rarity: Rarity = field(default_factory=Rarity)
    shelf: Shelf = field(default_factory=Shelf)
    candidates: Candidates = field(default_factory=Candidates)
    likeness: Likeness = field(init=False)
    _clusters: dict[int, _Cluster] = field(default_factory=dict)
    _owner: array[int] = field(default_factory=lambda: array("i"))

    def __post_init__(self) -> None:
        self.likeness = Likeness(self.rarity, self.shelf)

    def cluster_of(self, number: int) -> int:
        """Return the event that the report added as `number` (0, 1, ...) belongs to now."""
        return self._owner[number]

    def match(self, report: Report) -> Placement:
        """Return where a report would go; stores nothing."""
        return self._placement(self._fits(row_of(report, self.rarity)))

    def add(self, report: Report) -> Placement:
        """Store a report and return its event."""
        row = row_of(report, self.rarity)
        self.rarity.count(row.terms)
        fits = self._fits(row)
        placed = self._placement(fits)
        number = self._store(row, placed.cluster)
        if placed.new:
            self._clusters[placed.cluster] = _Cluster([number])
            return placed
        joined = next(fit for fit in fits if fit.cluster == placed.cluster)
        cluster = self._clusters[placed.cluster]
        cluster.rows.append(number)
        cluster.pairs += joined.pairs
        cluster.odds += joined.sum
        others = [fit.cluster for fit in fits if fit is not joined and self._may_merge(fit)]
        kept, merged = self._merge(placed.cluster, others)
        return replace(placed, cluster=kept, merged=merged)

    def put(self, report: Report) -> int:
        """Store a report as an event of its own without looking, and return the event."""
        row = row_of(report, self.rarity)
        self.rarity.count(row.terms)
        cluster = len(self.shelf)
        self._clusters[cluster] = _Cluster([self._store(row, cluster)])
        return cluster

    def _store(self, row: Row, cluster: int) -> int:
        number = self.shelf.append(row)
        self.candidates.add(row, number, self.rarity)
        self._owner.append(cluster)
        return number

    def _fits(self, row: Row) -> list[_Fit]:
        """Return how a report fits the events that it can belong to, best first."""
        if self.exhaustive:
            rows = np.arange(len(self.shelf))
        else:
            rows = self.candidates.find(row, self.rarity, FOUND)
        events = list(dict.fromkeys(self._owner[number] for number in rows.tolist()))
        if not self.exhaustive:
            events = events[:EVENTS]
        if not events:
            return []
        members = [self._clusters[event].compared() for event in events]
        flat = np.array([number for rows_ in members for number in rows_], dtype=np.int64)
        odds = np.clip(self.likeness.log_odds(row, flat), LEAST, MOST)
        gates = self.likeness.gates(row, flat)
        ends = np.cumsum([len(rows_) for rows_ in members])
        fits = [
            self._fit(event, odds[end - len(rows_) : end], gates[end - len(rows_) : end])
            for event, rows_, end in zip(events, members, ends.tolist(), strict=True)
        ]
        return sorted(fits, key=lambda fit: (fit.reason != "", -fit.margin, fit.cluster))

    def _fit(self, event: int, odds: Floats, gates: NDArray[np.int8]) -> _Fit:
        mixed = of_whole(odds, self.thresholds.whole)
        needed = self._needed(event)
        apart = (gates == -1).any(axis=0) & ~(gates == 1).any(axis=0)
        reason = ""
        if apart.any():
            reason = GATES[int(np.argmax(apart))]
        elif mixed < needed:
            reason = "too_unlike"
        elif odds[0] < needed - self.thresholds.seed_slack:
            reason = "unlike_first"
        return _Fit(event, mixed, needed, reason, float(odds.sum()), len(odds))

    def _needed(self, event: int) -> float:
        t, cluster = self.thresholds, self._clusters[event]
        mean = (cluster.odds + USUAL_PAIRS * USUAL) / (cluster.pairs + USUAL_PAIRS)
        rise = t.rise * math.log2(min(len(cluster.rows), FULL))
        return t.join + rise + t.closeness * (mean - USUAL)

    def _placement(self, fits: Sequence[_Fit]) -> Placement:
        fresh = len(self.shelf)
        if not fits:
            return Placement(cluster=fresh, new=True, reason="no_candidate")
        best = fits[0]
        return Placement(
            cluster=fresh if best.reason else best.cluster,
            new=bool(best.reason),
            reason=best.reason or "joined",
            odds=best.odds,
            needed=best.needed,
            uncertain=best.reason not in GATES and abs(best.margin) < self.thresholds.sure,
        )

    def _may_merge(self, fit: _Fit) -> bool:
        return fit.reason not in GATES and fit.odds >= self.thresholds.merge - 1

    def _merge(self, event: int, others: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """Join events whose reports fit on average over all pairs; the older one stays."""
        gone: list[int] = []
        for other in others:
            pairs, total, apart = self._between(event, other)
            needed = max(self._needed(event), self._needed(other)) - self.thresholds.join
            if apart or total / pairs < self.thresholds.merge + needed:
                continue
            kept, lost = min(event, other), max(event, other)
            into, out = self._clusters[kept], self._clusters.pop(lost)
            into.rows = sorted((*into.rows, *out.rows))
            into.pairs += out.pairs + pairs
            into.odds += out.odds + total
            for number in out.rows:
                self._owner[number] = kept
            gone.append(lost)
            event = kept
        return event, tuple(gone)

    def _between(self, one: int, other: int) -> tuple[int, float, bool]:
        """Return the pairs between two events, their summed log-odds, and whether a gate parts."""
        rows = np.array(self._clusters[other].compared(), dtype=np.int64)
        total, pairs = 0.0, 0
        gates = []
        for number in self._clusters[one].compared():
            row = self.shelf.row(number)
            total += float(np.clip(self.likeness.log_odds(row, rows), LEAST, MOST).sum())
            gates.append(self.likeness.gates(row, rows))
            pairs += len(rows)
        all_gates = np.concatenate(gates)
        apart = (all_gates == -1).any(axis=0) & ~(all_gates == 1).any(axis=0)
        return pairs, total, bool(apart.any())
