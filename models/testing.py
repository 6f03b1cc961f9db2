"""`TableClassifier`: a classifier without a model, for the tests of other rooms.

    TableClassifier({"A truce took effect.": {"ceasefire": 0.9}})

scores that sentence 0.9 for `ceasefire` and 0.0 for every other label; sentences that are not
in the table get `default` for every label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.labels import SHIPPED_LABELS
from models.steps import StepText


class TableClassifier:
    """Scores sentences from a table; satisfies the same port as the real classifier."""

    def __init__(
        self,
        table: Mapping[str, Mapping[str, float]],
        default: float = 0.0,
        labels: Sequence[str] = SHIPPED_LABELS,
        threshold: float = 0.5,
    ) -> None:
        self._table = {text: dict(scores) for text, scores in table.items()}
        self._default = default
        self._labels = tuple(labels)
        self._threshold = threshold
        self.calls: list[tuple[str, ...]] = []  #: the texts of each call, for assertions

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels scored, in a fixed order."""
        return self._labels

    @property
    def thresholds(self) -> Mapping[str, float]:
        """The same threshold for every label."""
        return dict.fromkeys(self._labels, self._threshold)

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return one {label: score} per text, in order."""
        self.calls.append(tuple(texts))
        return [self._scores(text) for text in texts]

    def read_steps(self, told: Sequence[StepText]) -> None:
        """Read none."""

    def _scores(self, text: str) -> dict[str, float]:
        row = self._table.get(text)
        if row is None:
            return dict.fromkeys(self._labels, self._default)
        return {label: row.get(label, 0.0) for label in self._labels}
