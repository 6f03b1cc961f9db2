"""Runs batches side by side, one processor core each.

Splitting every matrix product over the cores makes each step wait for the slowest core; on a
machine that also does other work that costs more than it brings. Whole batches side by side
never wait for each other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from models.scoring import batches_by_length

J = TypeVar("J")
R = TypeVar("R")

#: More lanes than this no longer pay for sentences; memory traffic becomes the limit.
MAX_LANES = 8


def default_threads() -> int:
    """Return how many cores this process may use, at most MAX_LANES."""
    return max(1, min(MAX_LANES, len(os.sched_getaffinity(0))))


class Lanes:
    """A fixed number of worker threads, each computing on one core."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ThreadPoolExecutor | None = None

    def map(self, work: Callable[[J], R], jobs: Sequence[J]) -> Iterator[R]:
        """Yield work(job) for every job, in order."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(
                self._count, thread_name_prefix="inference", initializer=_one_core
            )
        return self._pool.map(work, jobs)

    def batched(
        self, lengths: Sequence[int], size: int, work: Callable[[list[int]], Sequence[R]]
    ) -> list[R]:
        """Run `work` on batches of positions of like length; return its results in order.

        Args:
            lengths: of each item, in tokens.
            work: takes positions, returns one result for each of them.
        """
        results: dict[int, R] = {}
        batches = batches_by_length(lengths, size)
        for batch, values in zip(batches, self.map(work, batches), strict=True):
            results.update(zip(batch, values, strict=True))
        return [results[position] for position in range(len(lengths))]


def _one_core() -> None:
    import torch

    # The setting is per thread, so every lane makes it for itself.
    torch.set_num_threads(1)
