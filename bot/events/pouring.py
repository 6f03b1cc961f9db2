"""Adds one reading of a sentence to another, whose name it only seems to bear. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def pour(steps: dict[str, float], sources: Sequence[str], into: str) -> None:
    """Add the readings of `sources` to another one, whose names they only seem to bear."""
    taken = [steps.pop(step) for step in sources if step in steps]
    if taken:
        steps[into] = min(1.0, steps.get(into, 0.0) + sum(taken))
