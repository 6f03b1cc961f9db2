"""Gives a reading of a sentence the name that its words give it. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def pour(steps: dict[str, float], sources: Sequence[str], into: str) -> None:
    """Add the readings of `sources` to another one, whose names they only seem to bear."""
    taken = [steps.pop(step) for step in sources if step in steps]
    if taken:
        steps[into] = min(1.0, steps.get(into, 0.0) + sum(taken))


def rename(steps: dict[str, float], step: str, into: str) -> None:
    """Let a reading, if there is one, count as another one: the surer of the two."""
    if step in steps:
        steps[into] = max(steps.pop(step), steps.get(into, 0.0))
