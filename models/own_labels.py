"""Labels of the operator's own, judged in two steps that cost little.

1. The meaning of every text against that of every hypothesis: a product of two short vectors.
2. Only where a hypothesis is far nearer than news usually is, the entailment head reads text and
   best hypothesis (and best look-alike) together.

How likeness and entailment make a probability was fitted on statements that training never saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.label_set import LabelText
from models.opening import Opening
from models.scoring import logistic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.pass_over import PassOver

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessScale:
    """From likeness, and entailment where it was asked, to a probability."""

    cut: float  #: likeness below which the pair is not read together
    slope: float  #: of likeness alone
    offset: float
    pair_slope: float  #: of likeness, where the pair was read
    pair_weight: float  #: of the log-odds of entailment
    pair_offset: float
    threshold: float  #: from which a label of one's own applies, where it sets none itself

    def alone(self, likeness: float) -> float:
        """Return the probability of a statement by likeness alone."""
        return logistic(self.slope * likeness + self.offset)

    def with_pair(self, likeness: float, odds: float) -> float:
        """Return the probability of a statement that was read together with the text."""
        return logistic(self.pair_slope * likeness + self.pair_weight * odds + self.pair_offset)


@dataclass(frozen=True, slots=True)
class _Best:
    """The statement of one kind that is nearest to a text."""

    text: int
    statement: str
    likeness: float


class OwnLabels:
    """Scores the labels that are not shipped."""

    def __init__(self, labels: Sequence[LabelText], reader: PassOver, scale: LikenessScale) -> None:
        self._labels, self._reader, self._scale = tuple(labels), reader, scale
        self._meanings = [
            (self._of(label.hypotheses), self._of(label.contrasts)) for label in self._labels
        ]
        words = reader.words() if self._labels else None
        self._openings = [
            Opening.of(reader.tokens(label.hypotheses), words) for label in self._labels if words
        ]

    def concern(self, token_ids: Sequence[int]) -> bool:
        """Tell whether a text with these tokens may carry one of the labels, by its words."""
        return any(opening.opens(token_ids) for opening in self._openings)

    def scores(self, texts: Sequence[str], meanings: Floats) -> list[Mapping[str, float]]:
        """Return {label: probability} for each text."""
        found: list[dict[str, float]] = [{} for _ in texts]
        for label, (hypotheses, contrasts) in zip(self._labels, self._meanings, strict=True):
            holds = self._chances(texts, label.hypotheses, meanings, hypotheses)
            alike = self._chances(texts, label.contrasts, meanings, contrasts)
            for i, row in enumerate(found):
                row[label.name] = holds[i] * (1 - alike[i])
        return list(found)

    def _of(self, statements: Sequence[str]) -> Floats:
        return self._reader.read(self._reader.tokens(statements)).meanings

    def _chances(
        self, texts: Sequence[str], statements: Sequence[str], meanings: Floats, asked: Floats
    ) -> list[float]:
        """Return for each text the probability of the nearest statement; 0 without any."""
        if not statements:
            return [0.0] * len(texts)
        likeness = self._reader.likeness(meanings, asked)
        best = [
            _Best(i, statements[int(row.argmax())], float(row.max()))
            for i, row in enumerate(likeness)
        ]
        close = [b for b in best if b.likeness >= self._scale.cut]
        odds = self._reader.entailment([(texts[b.text], b.statement) for b in close])
        chances = [self._scale.alone(b.likeness) for b in best]
        for b, value in zip(close, odds, strict=True):
            chances[b.text] = self._scale.with_pair(b.likeness, value)
        return chances
