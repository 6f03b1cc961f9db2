"""The start-up self-test: does the loaded model tell known sentences apart?

A finding is a warning, never an error: the operator decides whether a weak model is good enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from models.label_set import read_yaml
from models.labels import SHIPPED_LABELS

SELF_TEST_FILE = Path(__file__).with_name("self_test.yaml")

#: A label whose scores over very different sentences differ by less than this says nothing.
MIN_SPREAD = 0.05


class Scorer(Protocol):
    """What the self-test needs of a classifier."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels scored."""
        ...

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return one {label: score} per text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something the operator should know about a label under the loaded model."""

    label: str
    reason: str  #: "not_separated" or "same_for_everything"
    message: str


def run_self_test(scorer: Scorer) -> tuple[Finding, ...]:
    """Return one finding per label that the model does not handle."""
    document = read_yaml(SELF_TEST_FILE)
    pairs, plain = document["pairs"], document["plain"]
    asked = [*plain, *(t for row in pairs.values() for t in (*row["holds"], *row["fails"]))]
    texts = list(dict.fromkeys(asked))
    scores = dict(zip(texts, scorer.classify(texts), strict=True))
    findings = []
    for label in scorer.labels:
        if label in SHIPPED_LABELS:
            found = _separates(label, pairs[label], scores)
        else:
            found = _says_something(label, [scores[text][label] for text in plain])
        findings += [found] if found else []
    return tuple(findings)


def _separates(
    label: str, row: Mapping[str, Sequence[str]], scores: Mapping[str, Mapping[str, float]]
) -> Finding | None:
    worst_hit = min(scores[text][label] for text in row["holds"])
    best_miss = max(scores[text][label] for text in row["fails"])
    if worst_hit > best_miss:
        return None
    return Finding(
        label=label,
        reason="not_separated",
        message=(
            f"the model scores a sentence that is no {label} at {best_miss:.2f} and one that is "
            f"at {worst_hit:.2f}; alerts of this label will be unreliable"
        ),
    )


def _says_something(label: str, values: Sequence[float]) -> Finding | None:
    spread = max(values) - min(values)
    if spread >= MIN_SPREAD:
        return None
    return Finding(
        label=label,
        reason="same_for_everything",
        message=(
            f"label {label} scores {min(values):.2f} to {max(values):.2f} on very different "
            "sentences; make its hypotheses more concrete or add contrasts"
        ),
    )
