"""The quality gate: precision, recall and F1 per label on tests/eval/sentences.jsonl.

The sentences were written for this project after the label definitions; none of them is used in
calibration. Floors are pinned in baseline.json with the hash of the corpus, so neither the
sentences nor the floors can change unnoticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

CORPUS = Path(__file__).with_name("sentences.jsonl")
BASELINE = Path(__file__).with_name("baseline.json")


class Scorer(Protocol):
    """A classifier under test."""

    @property
    def labels(self) -> tuple[str, ...]: ...

    @property
    def thresholds(self) -> Mapping[str, float]: ...

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How one label did."""

    hits: int
    false_alarms: int
    misses: int

    @property
    def precision(self) -> float:
        """Return the share of reported labels that are right."""
        return self.hits / max(1, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        """Return the share of right labels that are reported."""
        return self.hits / max(1, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def load_corpus() -> list[dict[str, Any]]:
    """Return the rows {id, kind, text, labels}."""
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def corpus_sha256() -> str:
    """Return the hash of the corpus file."""
    return hashlib.sha256(CORPUS.read_bytes()).hexdigest()


def load_baseline() -> dict[str, Any]:
    """Return the pinned floors."""
    result: dict[str, Any] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return result


def score_corpus(scorer: Scorer) -> dict[str, Figures]:
    """Return the figures of every label that the corpus knows."""
    rows = load_corpus()
    scores = scorer.classify([row["text"] for row in rows])
    return {
        label: count_label(
            [label in row["labels"] for row in rows],
            [s[label] >= scorer.thresholds[label] for s in scores],
        )
        for label in scorer.labels
    }


def count_label(gold: Sequence[bool], chosen: Sequence[bool]) -> Figures:
    """Count hits, false alarms and misses."""
    pairs = list(zip(gold, chosen, strict=True))
    return Figures(
        hits=pairs.count((True, True)),
        false_alarms=pairs.count((False, True)),
        misses=pairs.count((True, False)),
    )


def shortfalls(figures: Mapping[str, Figures], floors: Mapping[str, Any]) -> list[str]:
    """Return one line per figure that is under its floor."""
    return [
        f"{label} {name}: {getattr(figures[label], name):.3f} is under the floor {floor}"
        for label, row in floors.items()
        for name, floor in row.items()
        if getattr(figures[label], name) < floor
    ]
