"""Reports as rows of flat numbers, so that one report meets a thousand others at once. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.events.rarity import Ids, Rarity, Weights
from bot.events.reports import Report

Ints = NDArray[np.int64]


class Ragged:
    """Rows of unlike length in one flat array per column; rows are only ever appended."""

    def __init__(self, *kinds: type[np.generic]) -> None:
        self._columns: list[NDArray[Any]] = [np.zeros(256, dtype=kind) for kind in kinds]
        self._starts = np.zeros(256, dtype=np.int64)
        self.rows = 0

    def append(self, *columns: NDArray[Any]) -> None:
        """Append one row: its values, one array per column."""
        begin = int(self._starts[self.rows])
        end = begin + len(columns[0])
        for place, values in enumerate(columns):
            self._columns[place] = _fitting(self._columns[place], end)
            self._columns[place][begin:end] = values
        self.rows += 1
        self._starts = _fitting(self._starts, self.rows + 1)
        self._starts[self.rows] = end

    def gather(self, rows: Ints) -> tuple[Ints, list[NDArray[Any]]]:
        """Return, for all values of the rows, their row's place in `rows`, and the columns."""
        starts = self._starts[rows]
        lengths = self._starts[rows + 1] - starts
        owners = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        where = np.arange(len(owners)) + np.repeat(starts - before, lengths)
        return owners, [column[where] for column in self._columns]


def _fitting(array: NDArray[Any], size: int) -> NDArray[Any]:
    if size <= len(array):
        return array
    grown = np.zeros((max(size, 2 * len(array)), *array.shape[1:]), dtype=array.dtype)
    grown[: len(array)] = array
    return grown


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One report in numbers."""

    words: Ids
    tf: Weights  #: root of the times a word stands there, lead boosted
    named: Weights  #: 1 + log of the times, for words of names; else 0
    numbers: Ids
    nouns: Ids  #: of (noun, number), lead first
    counts: Ids  #: the pairs (noun, number) themselves
    leading: NDArray[np.bool_]  #: which of them stand in the lead
    dates: Ids
    weekdays: Ids
    places: Ids
    days: tuple[int, int]  #: (0, 0) = unknown
    vector: NDArray[np.int8] | None

    @property
    def terms(self) -> Ids:
        """Return everything that rarity is counted of."""
        return np.concatenate([self.words, self.numbers, self.counts])


def row_of(report: Report, rarity: Rarity) -> Row:
    """Return the numbers of a report."""
    words = sorted(report.words)
    times = np.array([report.words[w] for w in words], dtype=np.float32)
    names = np.array([report.names.get(w, 0) for w in words], dtype=np.float32)
    named = np.where(names > 0, 1 + np.log(np.maximum(names, 1)), 0).astype(np.float32)
    pairs = sorted(report.counts, key=lambda pair: (pair not in report.lead_counts, pair))
    vector = report.vector
    return Row(
        words=rarity.number(words),
        tf=np.sqrt(times),
        named=named,
        numbers=rarity.number(f"#{n}" for n in sorted(report.numbers)),
        nouns=rarity.number(f"~{noun}" for noun, _ in pairs),
        counts=rarity.number(f"{number} {noun}" for noun, number in pairs),
        leading=np.array([pair in report.lead_counts for pair in pairs], dtype=np.bool_),
        dates=np.array(sorted(report.dates), dtype=np.int32),
        weekdays=np.array(sorted(report.weekdays), dtype=np.int32),
        places=rarity.number(f"@{place}" for place in sorted(report.places)),
        days=report.days or (0, 0),
        vector=None if vector is None else np.frombuffer(vector, dtype=np.int8),
    )


class Shelf:
    """All rows of one collection."""

    def __init__(self) -> None:
        self.words = Ragged(np.int32, np.float32, np.float32)
        self.numbers = Ragged(np.int32)
        self.counts = Ragged(np.int32, np.int32, np.bool_)
        self.dates = Ragged(np.int32)
        self.weekdays = Ragged(np.int32)
        self.places = Ragged(np.int32)
        self._days = np.zeros((256, 2), dtype=np.int32)
        self._vectors: NDArray[np.int8] | None = None

    def __len__(self) -> int:
        return self.words.rows

    def append(self, row: Row) -> int:
        """Append a row and return its number."""
        place = len(self)
        self.words.append(row.words, row.tf, row.named)
        self.numbers.append(row.numbers)
        self.counts.append(row.nouns, row.counts, row.leading)
        self.dates.append(row.dates)
        self.weekdays.append(row.weekdays)
        self.places.append(row.places)
        self._days = _fitting(self._days, place + 1)
        self._days[place] = row.days
        if row.vector is not None:
            vectors = self._vectors
            if vectors is None:
                vectors = np.zeros((place + 1, len(row.vector)), dtype=np.int8)
            vectors = _fitting(vectors, place + 1)
            vectors[place] = row.vector
            self._vectors = vectors
        return place

    def row(self, number: int) -> Row:
        """Return a stored report as it can be compared; what only the index reads is empty."""
        one = np.array([number])
        words, tf, named = self.words.gather(one)[1]
        nouns, counts, leading = self.counts.gather(one)[1]
        vectors = self.vectors(one)
        known = vectors is not None and bool(vectors.any())
        return Row(
            words=words,
            tf=tf,
            named=named,
            numbers=self.numbers.gather(one)[1][0],
            nouns=nouns,
            counts=counts,
            leading=leading,
            dates=self.dates.gather(one)[1][0],
            weekdays=self.weekdays.gather(one)[1][0],
            places=self.places.gather(one)[1][0],
            days=(int(self._days[number, 0]), int(self._days[number, 1])),
            vector=vectors[0].astype(np.int8) if vectors is not None and known else None,
        )

    def days(self, rows: Ints) -> NDArray[np.int32]:
        """Return first and last day of the rows; 0 where unknown."""
        return self._days[rows]

    def vectors(self, rows: Ints) -> NDArray[np.float32] | None:
        """Return the sentence vectors of the rows, zeros where there is none; None without any."""
        if self._vectors is None:
            return None
        known = rows < len(self._vectors)
        found = self._vectors[np.where(known, rows, 0)].astype(np.float32)
        found[~known] = 0
        return found
