"""Engine "shipped": the weights in models/weights/, in a cascade that pays only where it counts.

1. Tokens of every text once; the gate (models/gate.py) turns away texts that carry no label.
2. One pass of the body over each remaining text gives all shipped labels and its meaning.
   What step a sentence reports is read by a branch, for the few sentences that are asked about.
3. Labels of the operator's own are judged by meaning first, and by entailment for the few texts
   that come near (models/own_labels.py).

Scores are probabilities (models/calibration.py). Importing this module loads no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.calibration import Calibration, load_calibration
from models.gate import Gate, load_gate
from models.label_set import LabelSet, load_label_set
from models.labels import SHIPPED_LABELS
from models.lanes import default_threads
from models.own_labels import OwnLabels
from models.precision import PrecisionChoice, WantedPrecision
from models.scoring import Scores
from models.steps import StepReading, StepText

if TYPE_CHECKING:
    from models.pass_over import PassOver
    from models.step_reader import StepReader

WEIGHTS = Path(__file__).with_name("weights")
MODEL_ID = "truceline-minilm"
_PROBE = ["The two sides exchanged fire along the line of contact until late in the evening."] * 8


class ShippedEngine:
    """Scores texts by the cascade."""

    def __init__(
        self,
        reader: PassOver,
        gate: Gate,
        calibration: Calibration,
        label_set: LabelSet,
        steps: StepReader,
    ) -> None:
        self._reader, self._gate, self._calibration = reader, gate, calibration
        self._steps = steps
        self._label_set = label_set
        shipped = {label.name: label.digest for label in load_label_set().labels}
        # A shipped label whose texts the operator changed is judged like one of his own.
        own = [label for label in label_set.labels if shipped.get(label.name) != label.digest]
        self._own = OwnLabels(own, reader, calibration.likeness)

    @property
    def thresholds(self) -> dict[str, float]:
        """Probability from which each label applies, where the operator sets none."""
        known = {label: scale.threshold for label, scale in self._calibration.scales.items()}
        return {
            name: known.get(name, self._calibration.likeness.threshold)
            for name in self._label_set.names
        }

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return the scores of each text, in order."""
        if not texts:
            return []
        ids = self._reader.tokens(texts)
        passed = self._gate.log_odds(ids) >= self._calibration.gate_cut
        # The gate knows the shipped labels only; words of an own hypothesis open it, too.
        kept = [i for i in range(len(texts)) if passed[i] or self._own.concern(ids[i])]
        readings = self._reader.read([ids[i] for i in kept])
        own = self._own.scores([texts[i] for i in kept], readings.meanings)
        scores = [dict.fromkeys(self._label_set.names, self._calibration.gated_score) for _ in ids]
        for i, row, more in zip(kept, readings.labels, own, strict=True):
            for label, odds in zip(SHIPPED_LABELS, row, strict=True):
                scores[i][label] = self._calibration.scales[label].probability(float(odds))
            scores[i].update(more)
        return scores

    def read_steps(self, told: Sequence[StepText]) -> list[StepReading]:
        """Return the step that each sentence reports, in order."""
        if not told:
            return []
        own = self._reader.tokens([t.text for t in told])
        beside = self._reader.tokens([t.beside for t in told])
        return self._steps.read(own, beside)


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
    steps = reader.step_reader(folder)
    on_progress("choosing the precision")
    choice = reader.choose_precision(precision, _PROBE)
    return ShippedEngine(reader, gate, calibration, label_set, steps), choice
