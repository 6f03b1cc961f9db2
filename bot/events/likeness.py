"""How alike two reports are: named features, weighed into the log-odds of one event. Pure.

Gates come first: known places that are disjoint, or known days that do not meet, are different
events whatever the words say. A different number of killed is no gate: first tolls differ.

Coefficients: `python benchmarks/clustering.py --fit` (ECB+ development half), tuned as a set with
the thresholds of `bot.events.clusters`. On topics left out, eight random orders: B-cubed F1 0.909
+- 0.015, sibling pairs 0.109 +- 0.044.
Sentence vectors gave no steady gain (split half: F1 0.906, siblings 0.134), so none is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.events.rarity import Ids, Rarity, Weights
from bot.events.shelf import Ints, Row, Shelf

Floats = NDArray[np.float64]

TOP = 3
#: Log-odds outside these bounds add nothing to a mean: one copy must not carry three strangers.
LEAST, MOST = -8.0, 8.0
#: Weight of the mean over all reports of an event; the rest is the best `TOP`.
WHOLE = 1 / 3

FEATURES = (
    "words",  #: cosine of all telling words, lead boosted, rare ones heavy
    "names",  #: cosine of the words of names
    "focus",  #: share of the names that a report is about which the other has; the lesser way
    "numbers",  #: rarity of shared numbers, against what the shorter list has at most
    "no_number",  #: 1 where both give numbers and share none
    "same_date",  #: 1 where both write calendar dates at most `NEAR_DATES` days apart
    "weekday",  #: 1 where the leads name one day of the week, -1 where they name other days
    "other_count",  #: log(1 + nouns counted otherwise: "23 pirates", "26 pirates")
    "meaning",  #: cosine of the leads' sentence vectors; only where both have one
)
#: Of the features, then the constant; without and with sentence vectors.
PLAIN = (12.44, 4.87, 4.31, 1.43, -0.98, 3.39, 1.17, -1.65, -5.18)
WITH_MEANING = (6.03, 4.39, 3.12, 1.17, -0.81, 3.85, 1.16, -1.50, 5.42, -6.63)

#: Days between two written dates that still may be one event and its telling.
NEAR_DATES = 3
#: Weight of numbers from which a list is long; shared numbers are measured against at least this.
MANY_NUMBERS = 4.0


@dataclass(slots=True)
class Likeness:
    """Compares one report with rows of a shelf."""

    rarity: Rarity
    shelf: Shelf
    plain: tuple[float, ...] = PLAIN
    with_meaning: tuple[float, ...] = WITH_MEANING
    _marks: NDArray[np.float32] = field(default_factory=lambda: np.zeros(1024, dtype=np.float32))

    def log_odds(self, row: Row, rows: Ints) -> Floats:
        """Return the log-odds that the report tells of the event of each row; gates apart."""
        return self.weigh(self.features(row, rows))

    def weigh(self, features: Floats) -> Floats:
        """Return log-odds of (rows, features); a meaning of NaN is none."""
        plain, full = np.array(self.plain), np.array(self.with_meaning)
        without: Floats = features[:, :-1] @ plain[:-1] + plain[-1]
        meaning = features[:, -1]
        known = ~np.isnan(meaning)
        if not known.any():
            return without
        whole = np.where(known[:, None], features, 0.0) @ full[:-1] + full[-1]
        mixed: Floats = np.where(known, whole, without)
        return mixed

    def features(self, row: Row, rows: Ints) -> Floats:
        """Return (rows, features)."""
        found = np.zeros((len(rows), len(FEATURES)))
        found[:, :3] = self._words(row, rows)
        found[:, 3:5] = self._numbers(row, rows)
        near = np.unique(row.dates[:, None] + np.arange(-NEAR_DATES, NEAR_DATES + 1))
        found[:, 5] = _shares(*self.shelf.dates.gather(rows), near, len(rows))
        found[:, 6] = self._weekdays(row, rows)
        found[:, 7] = self._other_counts(row, rows)
        found[:, 8] = self._meaning(row, rows)
        return found

    def gates(self, row: Row, rows: Ints) -> NDArray[np.int8]:
        """Return (rows, 2), for place and day: -1 apart, 1 known to meet, 0 not known."""
        owners, columns = self.shelf.places.gather(rows)
        theirs = np.bincount(owners, minlength=len(rows)) > 0
        shared = _shares(owners, columns, row.places, len(rows))
        place = np.where(theirs & bool(len(row.places)), 2 * shared - 1, 0)
        days = self.shelf.days(rows)
        apart = (days[:, 0] > row.days[1]) | (days[:, 1] < row.days[0])
        day = np.where((days[:, 1] > 0) & (row.days[1] > 0), np.where(apart, -1, 1), 0)
        return np.stack([place, day], axis=1).astype(np.int8)

    def _words(self, row: Row, rows: Ints) -> Floats:
        """Return cosine of words, cosine of names, and focus."""
        owners, (ids, tf, named) = self.shelf.words.gather(rows)
        theirs, ours = self.rarity.weights(ids), self.rarity.weights(row.words)
        found = np.empty((len(rows), 3))
        for place, (a, b) in enumerate([(row.tf, tf), (row.named, named)]):
            found[:, place] = self._cosine(row.words, a * ours, owners, ids, b * theirs, len(rows))
        # How much a report is about a name: times it stands there, by rarity.
        about = _shared_out(row.tf**2 * ours * (row.named > 0))
        met = self._sums(row.words, about, owners, ids, 1.0, len(rows))
        their_about = tf**2 * theirs * (named > 0)
        total = np.bincount(owners, weights=their_about, minlength=len(rows))
        ones = np.ones(len(row.words), dtype=np.float32)
        met_back = self._sums(row.words, ones, owners, ids, their_about, len(rows))
        found[:, 2] = np.minimum(
            met if about.any() else 0.5,
            np.where(total > 0, met_back / np.maximum(total, 1e-9), 0.5),
        )
        return found

    def _cosine(
        self, our_ids: Ids, ours: Weights, owners: Ints, ids: Ids, theirs: Weights, size: int
    ) -> Floats:
        dots = self._sums(our_ids, ours, owners, ids, theirs, size)
        lengths = np.bincount(owners, weights=theirs * theirs, minlength=size) * (ours @ ours)
        return dots / np.sqrt(np.maximum(lengths, 1e-12))

    def _sums(
        self,
        our_ids: Ids,
        ours: Weights,
        owners: Ints,
        ids: Ids,
        theirs: Weights | float,
        size: int,
    ) -> Floats:
        """Return for each row the sum of ours times theirs over the terms that both have."""
        if len(self._marks) < len(self.rarity):
            self._marks = np.zeros(2 * len(self.rarity), dtype=np.float32)
        self._marks[our_ids] = ours
        sums: Floats = np.bincount(
            owners, weights=np.asarray(theirs * self._marks[ids], dtype=float), minlength=size
        ).astype(float)
        self._marks[our_ids] = 0
        return sums

    def _numbers(self, row: Row, rows: Ints) -> Floats:
        """Return what numbers are shared, and whether none are."""
        owners, (ids,) = self.shelf.numbers.gather(rows)
        weights = self.rarity.weights(ids)
        ones = np.ones(len(row.numbers), dtype=np.float32)
        shared = self._sums(row.numbers, ones, owners, ids, weights, len(rows))
        theirs = np.bincount(owners, weights=weights, minlength=len(rows))
        ours = float(self.rarity.weights(row.numbers).sum())
        none = (theirs > 0) & (ours > 0) & (shared == 0)
        found: Floats = np.zeros((len(rows), 2))
        found[:, 0] = shared / np.maximum(np.minimum(theirs, ours), MANY_NUMBERS)
        found[:, 1] = none
        return found

    def _weekdays(self, row: Row, rows: Ints) -> Floats:
        owners, columns = self.shelf.weekdays.gather(rows)
        theirs = np.bincount(owners, minlength=len(rows)) > 0
        same = _shares(owners, columns, row.weekdays, len(rows))
        found: Floats = np.where(theirs & bool(len(row.weekdays)), 2 * same - 1, 0.0)
        return found

    def _other_counts(self, row: Row, rows: Ints) -> Floats:
        """Compare what is counted: the nouns of either lead against all counts of the other."""
        other = np.zeros(len(rows))
        if not len(row.nouns):
            return other
        owners, (nouns, counts, leading) = self.shelf.counts.gather(rows)
        ours = _by_noun(row.nouns, row.counts, row.leading)
        for place in np.unique(owners[np.isin(nouns, row.nouns)]):
            mine = slice(*np.searchsorted(owners, [place, place + 1]))
            theirs = _by_noun(nouns[mine], counts[mine], leading[mine])
            for lead, whole in ((ours, theirs), (theirs, ours)):
                for noun, (_, leads) in lead.items():
                    other[place] += noun in whole and bool(leads) and not leads & whole[noun][0]
        return np.log1p(other)

    def _meaning(self, row: Row, rows: Ints) -> Floats:
        vectors = None if row.vector is None else self.shelf.vectors(rows)
        if row.vector is None or vectors is None:
            return np.full(len(rows), np.nan)
        ours = row.vector.astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(ours)
        cosines = (vectors @ ours) / np.maximum(lengths, 1e-6)
        return np.where(lengths > 0, cosines, np.nan)


def _shares(owners: Ints, columns: list[NDArray[Any]], wanted: Ids, size: int) -> Floats:
    """Return 1 for each row that holds one of the wanted values, else 0."""
    hits = np.bincount(owners, weights=np.isin(columns[0], wanted), minlength=size)
    return (hits > 0).astype(np.float64)


def _shared_out(weights: Weights) -> Weights:
    """Return weights that sum to one (or to nothing)."""
    return weights / np.float32(max(float(weights.sum()), 1e-9))


def _by_noun(
    nouns: Ids, counts: Ids, leading: NDArray[np.bool_]
) -> dict[int, tuple[set[int], set[int]]]:
    """Return noun -> (its counts, those of them in the lead)."""
    found: dict[int, tuple[set[int], set[int]]] = {}
    for noun, count, leads in zip(nouns.tolist(), counts.tolist(), leading.tolist(), strict=True):
        everywhere, lead = found.setdefault(noun, (set(), set()))
        everywhere.add(count)
        if leads:
            lead.add(count)
    return found


def of_whole(odds: Floats, whole: float = WHOLE) -> float:
    """Return the log-odds to an event from those to its reports: the best ones, and the mean."""
    bounded = np.clip(odds, LEAST, MOST)
    best = float(np.sort(bounded)[::-1][:TOP].mean())
    return (1 - whole) * best + whole * float(bounded.mean())
