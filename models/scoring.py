"""What every engine shares: the engine port, clean texts, batches by length, labels from scores.

Pure; no torch here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

#: Characters of a text that reach a tokenizer; its token limit cuts far earlier for real prose.
MAX_CHARS = 4_000

Scores = dict[str, float]


class Engine(Protocol):
    """Scores distinct, cleaned, non-empty texts; one {label: score} per text."""

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return the scores of each text, in order."""
        ...


def labels_of(scores: Mapping[str, float], thresholds: Mapping[str, float]) -> tuple[str, ...]:
    """Return the labels whose score reaches their threshold, in the order of `scores`."""
    return tuple(label for label, score in scores.items() if score >= thresholds[label])


def clean_text(text: str) -> str:
    """Return `text` as one line of printable characters, capped at MAX_CHARS."""
    capped = text[: 2 * MAX_CHARS]
    # Lone surrogates and control characters can stop a tokenizer; spaces keep words apart.
    printable = "".join(c if c.isprintable() else " " for c in capped)
    return " ".join(printable.split())[:MAX_CHARS]


def score_texts(
    texts: Sequence[str], labels: Sequence[str], score: Callable[[Sequence[str]], list[Scores]]
) -> list[Scores]:
    """Score every distinct text once and return the scores in the order of `texts`.

    A text without a letter or digit says nothing: it scores 0 for every label.
    """
    cleaned = [clean_text(text) for text in texts]
    speaking = [t for t in dict.fromkeys(cleaned) if any(c.isalnum() for c in t)]
    known = dict(zip(speaking, score(speaking), strict=True)) if speaking else {}
    nothing = dict.fromkeys(labels, 0.0)
    return [dict(known.get(text, nothing)) for text in cleaned]


def batches_by_length(lengths: Sequence[int], size: int) -> list[list[int]]:
    """Return positions in batches of `size`, longest first, so that little padding is computed.

    The longest batch comes first: a batch too large for the memory fails at once, not at the end.
    """
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    return [order[i : i + size] for i in range(0, len(order), size)]


def logistic(value: float) -> float:
    """Return the logistic function of `value`, safe for any finite input."""
    if value >= 0:
        return 1 / (1 + math.exp(-min(value, 700.0)))
    power = math.exp(max(value, -700.0))
    return power / (1 + power)
