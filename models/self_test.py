"""The start-up self-test: does the loaded model tell known sentences apart?

A finding is a warning, never an error: the operator decides whether a weak model is good enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from models.label_set import read_yaml

SELF_TEST_FILE = Path(__file__).with_name("self_test.yaml")

#: A label whose scores over very different sentences differ by less than this says nothing.
MIN_SPREAD = 0.05
#: A label that holds for this share of everyday sentences says as little.
MAX_SHARE = 0.7


class Scorer(Protocol):
    """What the self-test needs of a classifier."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels scored."""
        ...

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Score from which each label applies."""
        ...

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return one {label: score} per text."""
        ...


class OwnTexts(Protocol):
    """A label of the operator's own."""

    @property
    def name(self) -> str:
        """The name of the label."""
        ...

    @property
    def hypotheses(self) -> tuple[str, ...]:
        """Statements that hold when the label applies."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something the operator should know about a label under the loaded model."""

    label: str
    reason: str  #: "not_separated", "same_for_everything" or "holds_for_everything"
    message: str


def run_self_test(scorer: Scorer, own: Sequence[OwnTexts] = ()) -> tuple[Finding, ...]:
    """Return one finding per label that the model does not handle.

    Args:
        own: labels that are not shipped; each must at least tell its own hypotheses from
            everyday sentences.
    """
    document = read_yaml(SELF_TEST_FILE)
    pairs, plain = document["pairs"], document["plain"]
    asked = [*plain, *(t for row in pairs.values() for t in (*row["holds"], *row["fails"]))]
    asked += [t for label in own for t in label.hypotheses]
    texts = list(dict.fromkeys(asked))
    scores = dict(zip(texts, scorer.classify(texts), strict=True))
    findings = [_separates(label, row, scores) for label, row in pairs.items()]
    findings += [
        _says_something(
            label.name,
            [scores[text][label.name] for text in label.hypotheses],
            [scores[text][label.name] for text in plain],
            scorer.thresholds[label.name],
        )
        for label in own
    ]
    return tuple(finding for finding in findings if finding is not None)


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


def _says_something(
    label: str, own: Sequence[float], plain: Sequence[float], threshold: float
) -> Finding | None:
    low, high = min(*own, *plain), max(*own, *plain)
    advice = "make its hypotheses more concrete or add contrasts"
    if high - low < MIN_SPREAD:
        return Finding(
            label=label,
            reason="same_for_everything",
            message=(
                f"label {label} scores {low:.2f} to {high:.2f} on very different sentences, its "
                f"own hypotheses among them; {advice}"
            ),
        )
    held = sum(value >= threshold for value in plain)
    if held >= MAX_SHARE * len(plain):
        return Finding(
            label=label,
            reason="holds_for_everything",
            message=(
                f"label {label} holds for {held} of {len(plain)} everyday sentences that have "
                f"nothing in common; {advice}"
            ),
        )
    return None
