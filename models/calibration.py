"""From log-odds to probabilities: weights/calibration.yaml, which names the weights it fits.

Per label: probability = logistic(slope * log-odds + offset), fitted on development data. The
thresholds beside them were chosen on the same data. A calibration of other weights is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from ruamel.yaml import YAML

from models.errors import ModelError
from models.own_labels import LikenessScale
from models.scoring import logistic
from models.weights import weights_digest

CALIBRATION_FILE = "calibration.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How the log-odds of one label become a probability."""

    slope: float
    offset: float
    threshold: float  #: probability from which the label applies

    def probability(self, log_odds: float) -> float:
        """Return the probability that belongs to `log_odds`."""
        return logistic(self.slope * log_odds + self.offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The content of calibration.yaml."""

    scales: Mapping[str, Scale]
    gate_cut: float  #: log-odds of the gate below which no label is looked for
    gated_score: float  #: share of labels among the texts that the gate turns away
    likeness: LikenessScale  #: of any statement that is no shipped label


def load_calibration(folder: Path) -> Calibration:
    """Read the calibration of the weights in `folder`.

    Raises:
        ModelError: there is none, or it belongs to other weights.
    """
    path = folder / CALIBRATION_FILE
    if not path.is_file():
        raise ModelError(f"{path}: is missing; restore models/weights/")
    document = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    found = weights_digest(folder)
    if document["weights_sha256"] != found:
        raise ModelError(
            f"{path}: belongs to other weights (it names {document['weights_sha256'][:12]}…, the "
            f"files have {found[:12]}…), so its thresholds would mean nothing; restore "
            "models/weights/, or calibrate anew with `python -m models.train calibrate`"
        )
    return Calibration(
        scales={
            label: Scale(slope=row["slope"], offset=row["offset"], threshold=row["threshold"])
            for label, row in document["labels"].items()
        },
        gate_cut=float(document["gate"]["cut"]),
        gated_score=float(document["gate"]["gated_score"]),
        likeness=LikenessScale(
            **{
                field.name: float(document["likeness"][field.name])
                for field in fields(LikenessScale)
            }
        ),
    )
