"""How rare a term is in one collection (a conflict's reports), counted as the reports come. Pure.

A word in every report of a conflict tells nothing about one of them: weighing by rarity within
the conflict more than doubled the share of right joins on Gaza headlines (notes, events.md 0.2).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
Weights = NDArray[np.float32]

#: Share of a large collection's reports from which a term counts nothing (events.md 1.4), and how
#: the share of a small one falls towards it: there, one event alone fills a larger part.
BACKGROUND = 0.015
BACKGROUND_SMALL = 2.5


class Rarity:
    """Numbers terms and counts in how many reports each of them stands."""

    def __init__(self, unseen: int = 0) -> None:
        """Count from nothing; `unseen` stands for so many other reports that share no term.

        Of two reports alone every word that both have would be common.
        """
        self.reports = 0
        self.unseen = unseen
        self._numbers: dict[str, int] = {}
        self._counts = np.zeros(1024, dtype=np.int32)

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, terms: Iterable[str]) -> Ids:
        """Return the number of each term; new ones are numbered as they come."""
        known = self._numbers
        found = np.array([known.setdefault(t, len(known)) for t in terms], dtype=np.int32)
        if len(known) > len(self._counts):
            grown = np.zeros(2 * len(known), dtype=np.int32)
            grown[: len(self._counts)] = self._counts
            self._counts = grown
        return found

    def known(self, terms: Iterable[str]) -> list[int]:
        """Return the numbers of the terms that have one."""
        return [self._numbers[t] for t in terms if t in self._numbers]

    def count(self, ids: Ids) -> None:
        """Count one report with these terms, each given once."""
        self.reports += 1
        self._counts[ids] += 1

    def counts(self, ids: Ids) -> Ids:
        """Return in how many reports each term stands."""
        return self._counts[ids]

    def weights(self, ids: Ids) -> Weights:
        """Return the weight of each term: log of its rarity; 0 for background terms."""
        counts = self._counts[ids]
        total = self.reports + self.unseen + 1
        weights = np.log(total / (counts + 0.5)).astype(np.float32)
        return np.where(counts > self.background(), np.float32(0), np.maximum(weights, 0))

    def background(self) -> float:
        """Return the count above which a term is background."""
        share = max(BACKGROUND, BACKGROUND_SMALL / math.sqrt(self.reports + 1))
        return share * self.reports
