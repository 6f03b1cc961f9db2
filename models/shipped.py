"""Engine "shipped": the weights in models/weights/, in a cascade that pays only where it counts.

1. Tokens of every text once; the gate (models/gate.py) turns away texts that carry no label.
2. One pass of the body over each remaining text gives all shipped labels (models/heads.py).
3. Labels of the operator's own: their hypotheses were encoded once at the start, and read the
   tokens of the same pass.

Scores are probabilities (models/calibration.py). Importing this module loads no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.calibration import Calibration, Scale, load_calibration
from models.gate import Gate, load_gate
from models.label_set import LabelSet, LabelText, load_label_set
from models.labels import SHIPPED_LABELS
from models.lanes import default_threads
from models.opening import Opening
from models.precision import PrecisionChoice, WantedPrecision
from models.scoring import Scores

if TYPE_CHECKING:
    from models.pass_over import PassOver

WEIGHTS = Path(__file__).with_name("weights")
MODEL_ID = "truceline-minilm"
_PROBE = ["The two sides exchanged fire along the line of contact until late in the evening."] * 8


class ShippedEngine:
    """Scores texts by the cascade."""

    def __init__(
        self, reader: PassOver, gate: Gate, calibration: Calibration, label_set: LabelSet
    ) -> None:
        self._reader, self._gate, self._calibration = reader, gate, calibration
        self._label_set = label_set
        shipped = {label.name: label.digest for label in load_label_set().labels}
        # A shipped label whose texts the operator changed is judged like one of his own.
        self._own = tuple(
            label for label in label_set.labels if shipped.get(label.name) != label.digest
        )
        texts = [text for label in self._own for text in (*label.hypotheses, *label.contrasts)]
        reader.statements(texts)
        words = reader.words() if self._own else None
        self._openings = [
            Opening.of(reader.tokens(label.hypotheses), words) for label in self._own if words
        ]

    @property
    def thresholds(self) -> dict[str, float]:
        """Probability from which each shipped label applies."""
        return {label: scale.threshold for label, scale in self._calibration.scales.items()}

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return the scores of each text, in order."""
        if not texts:
            return []
        ids = self._reader.tokens(texts)
        passed = self._gate.log_odds(ids) >= self._calibration.gate_cut
        # The gate knows the shipped labels only; words of an own hypothesis open it, too.
        kept = [
            i
            for i in range(len(texts))
            if passed[i] or any(opening.opens(ids[i]) for opening in self._openings)
        ]
        scores = [dict.fromkeys(self._label_set.names, self._calibration.gated_score) for _ in ids]
        for i, row in zip(kept, self._reader.read([ids[i] for i in kept]), strict=True):
            for label, odds in zip(SHIPPED_LABELS, row.labels, strict=True):
                scores[i][label] = self._calibration.scales[label].probability(odds)
            scores[i].update(own_scores(self._own, row.statements, self._calibration.reading))
        return scores


def own_scores(
    labels: Sequence[LabelText], odds: Sequence[float], scale: Scale
) -> Mapping[str, float]:
    """Return the score of each own label: its best hypothesis, less its look-alikes.

    Args:
        odds: log-odds of every hypothesis and contrast of the labels, in order.
    """
    chances = iter(scale.probability(value) for value in odds)
    found = {}
    for label in labels:
        holds = max(next(chances) for _ in label.hypotheses)
        alike = max((next(chances) for _ in label.contrasts), default=0.0)
        found[label.name] = holds * (1 - alike)
    return found


def load_shipped(
    label_set: LabelSet,
    *,
    folder: Path = WEIGHTS,
    precision: WantedPrecision = "auto",
    batch_size: int = 32,
    threads: int | None = None,
    on_progress: Callable[[str], None] = lambda stage: None,
) -> tuple[ShippedEngine, PrecisionChoice]:
    """Load the shipped weights; never touches the network.

    Raises:
        ModelError: a file is missing, or the calibration belongs to other weights.
    """
    on_progress("checking the shipped weights")
    calibration = load_calibration(folder)
    gate = load_gate(folder)
    on_progress("loading the model")
    from models.pass_over import load_pass

    reader = load_pass(folder, batch_size, threads or default_threads())
    on_progress("choosing the precision")
    choice = reader.choose_precision(precision, _PROBE)
    return ShippedEngine(reader, gate, calibration, label_set), choice
