"""Which stored reports can be alike at all: the few that share rare terms or a telling pair. Pure.

Two bounded structures, so that neither memory nor time grows with what is common. Every term keeps
the newest `KEPT` reports that it stands in. Pairs of a report's strongest terms, and these with
its days and places, fall into a table of buckets with `SLOTS` reports each, the newest winning: a
pair stays telling where each of its words alone has become common. What is found is only ranked
here by shared rarity; the likeness itself is computed on it as on any report.
"""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from bot.events.rarity import Ids, Rarity
from bot.events.shelf import Ints, Row

#: Reports kept per term; a list is cut back to these when it is twice as long.
KEPT = 128
#: Terms of a report that are listed and looked up, the telling ones first.
LISTED, LOOKED_UP = 64, 32
#: Strongest terms of a report, taken in pairs.
STRONG = 7
SLOTS = 8
#: Buckets per report expected: the table is then less than half full and loses next to nothing.
ROOM = 8
#: Reports that a collection is expected to hold at a time, unless it says otherwise.
EXPECTED = 20_000
#: Days of one event that are looked up; longer spans are vague.
DAYS = 4

Keys = NDArray[np.uint64]
#: Both sides of all pairs of so many terms.
_FIRST, _SECOND = zip(*(np.triu_indices(size, 1) for size in range(STRONG + 1)), strict=True)


class Candidates:
    """The inverted lists and the table of pairs.

    Args:
        expected: reports up to which nothing telling is lost (256 bytes of table for each);
            beyond it the oldest ones are found by their rare terms alone.
    """

    def __init__(self, expected: int = EXPECTED) -> None:
        self._lists: dict[int, array[int]] = {}
        self._bits = max(8, (ROOM * expected - 1).bit_length())
        #: Row number + 1; 0 = empty.
        self._table = np.zeros((2**self._bits, SLOTS), dtype=np.int32)
        self._filled = np.zeros(2**self._bits, dtype=np.uint8)

    def add(self, row: Row, number: int, rarity: Rarity) -> None:
        """List the report stored as row `number`."""
        terms, strengths = _telling(row, rarity)
        for term in terms.tolist():
            listed = self._lists.setdefault(term, array("i"))
            listed.append(number)
            if len(listed) >= 2 * KEPT:
                del listed[:-KEPT]
        keys = np.unique(self._buckets(_pairs(row, terms[:STRONG], strengths[:STRONG])[0]))
        self._table[keys, self._filled[keys]] = number + 1
        self._filled[keys] = (self._filled[keys] + 1) % SLOTS

    def find(self, row: Row, rarity: Rarity, limit: int) -> Ints:
        """Return the rows that share most with a report, at most `limit`, best first."""
        found: list[NDArray[np.int32]] = []
        weights: list[NDArray[np.float32]] = []
        terms, strengths = _telling(row, rarity)
        looked_up = 0
        for term, strength in zip(terms.tolist(), strengths.tolist(), strict=True):
            listed = self._lists.get(term)
            if listed is None:
                continue
            found.append(np.array(listed, dtype=np.int32))
            weights.append(np.full(len(listed), strength, dtype=np.float32))
            looked_up += 1
            if looked_up == LOOKED_UP:
                break
        keys, values = _pairs(row, terms[:STRONG], strengths[:STRONG])
        hits = self._table[self._buckets(keys)].ravel()
        found.append(hits[hits > 0] - 1)
        weights.append(np.repeat(values, SLOTS)[hits > 0])
        rows, places = np.unique(np.concatenate(found), return_inverse=True)
        shared = np.bincount(places, weights=np.concatenate(weights), minlength=len(rows))
        best = np.lexsort((-rows, -shared))[:limit]
        return rows[best].astype(np.int64)

    def _buckets(self, keys: Keys) -> Keys:
        return keys >> np.uint64(64 - self._bits)


def _telling(row: Row, rarity: Rarity) -> tuple[Ids, NDArray[np.float32]]:
    """Return the terms of a report by what sharing them tells, and that weight."""
    terms = np.concatenate([row.words, row.counts, row.places])
    rare = rarity.weights(terms)
    times = np.ones(len(terms), dtype=np.float32)
    times[: len(row.words)] = row.tf
    weights = times * rare * rare
    order = np.lexsort((terms, -weights))[:LISTED]
    order = order[weights[order] > 0]
    return terms[order], weights[order]


def _pairs(row: Row, terms: Ids, weights: NDArray[np.float32]) -> tuple[Keys, NDArray[np.float32]]:
    """Return keys of a report's telling pairs, and what sharing each tells."""
    first, second = _FIRST[len(terms)], _SECOND[len(terms)]
    low = np.minimum(terms[first], terms[second])
    high = np.maximum(terms[first], terms[second])
    keys, values = [_key(low, high)], [weights[first] + weights[second]]
    days = np.arange(row.days[0], min(row.days[1], row.days[0] + DAYS - 1) + 1)
    if row.days[1] > 0:
        ours = np.concatenate([terms, row.places])
        strong = np.concatenate([weights, np.full(len(row.places), weights[:1].sum())])
        for day in days:
            keys.append(_key(ours, np.full(len(ours), -int(day))))
            values.append(strong.astype(np.float32))
    return np.concatenate(keys), np.concatenate(values).astype(np.float32)


def _key(first: NDArray[np.integer], second: NDArray[np.integer]) -> Keys:
    mixed = first.astype(np.int64).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= second.astype(np.int64).astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> np.uint64(29)
    return mixed * np.uint64(0xBF58476D1CE4E5B9)
