"""Engine "embedding": sentence vectors and rule cues, joined by a small calibrated logistic.

A cosine alone cannot tell an agreed ceasefire from a violated or a demanded one, so each shipped
label has a few dozen coefficients (models/embedding_calibration.yaml, fitted by
models/calibrate.py) over three groups of features:

- the cosine of the text with every shipped hypothesis and contrast,
- which word families of models/cues.yaml it holds,
- the score of every label's rules, as log-odds.

A label of the operator's own has no coefficients: its score compares the closest hypothesis with
the closest contrast.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from models.cues import CUES_FILE, Cues, find_cues, load_cues
from models.errors import ModelError
from models.label_set import LabelSet, LabelText, load_label_set, read_yaml
from models.labels import SHIPPED_LABELS
from models.scoring import Scores, logistic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A text whose subject speaks against a label (sport, trade, fiction ...) scores at most this.
VETO_CAP = 0.3

CALIBRATION_FILE = Path(__file__).with_name("embedding_calibration.yaml")


class SentenceEncoder(Protocol):
    """Turns texts into vectors of length one."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row per text, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Generic:
    """How a label without coefficients is scored: logistic(slope * margin)."""

    slope: float
    midpoint: float  #: similarity at which a label without contrasts scores 0.5
    contrast_weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The content of embedding_calibration.yaml."""

    inputs_sha256: str  #: of the shipped texts and cues it was fitted with
    weights: Mapping[str, tuple[float, ...]]  #: label -> one coefficient per feature
    intercepts: Mapping[str, float]
    generic: Generic


def inputs_digest() -> str:
    """Return the SHA-256 of what the coefficients depend on: shipped texts and cues."""
    parts = [load_label_set().digest, hashlib.sha256(CUES_FILE.read_bytes()).hexdigest()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def feature_names() -> list[str]:
    """Return the name of every feature, in the order of the coefficients."""
    statements = [
        f"similarity:{label.name}:{kind}:{n}"
        for label in load_label_set().labels
        for kind, texts in (("hypothesis", label.hypotheses), ("contrast", label.contrasts))
        for n in range(len(texts))
    ]
    families = [f"family:{name}" for name in sorted(load_cues().patterns)]
    return statements + families + [f"rules:{label}" for label in SHIPPED_LABELS]


def statements_of(label: LabelText) -> list[str]:
    """Return the texts a sentence is compared with for a label: hypotheses, then contrasts."""
    return [*label.hypotheses, *label.contrasts]


def feature_row(similarities: Sequence[float], cues: Cues) -> list[float]:
    """Return the features of one text; `similarities` are those with all shipped statements."""
    families = [float(name in cues.families) for name in sorted(load_cues().patterns)]
    return [*similarities, *families, *(log_odds(cues.scores[label]) for label in SHIPPED_LABELS)]


def log_odds(rule_score: float) -> float:
    """Return a rule's score as log-odds; never beyond 0.05 or 0.95, a rule is not that sure."""
    chance = 0.05 + 0.9 * rule_score
    return math.log(chance / (1 - chance))


@cache
def load_calibration() -> Calibration:
    """Return the coefficients.

    Raises:
        ModelError: the shipped texts or cues changed since they were fitted.
    """
    document = read_yaml(CALIBRATION_FILE)
    if document["inputs_sha256"] != inputs_digest():
        raise ModelError(
            f"{CALIBRATION_FILE.name}: was fitted with other texts than labels.yaml and cues.yaml "
            "hold now; fit it again (models/README.md, Calibration) or restore the files"
        )
    names = feature_names()
    rows = document["labels"]
    return Calibration(
        inputs_sha256=document["inputs_sha256"],
        weights={label: tuple(row["weights"][n] for n in names) for label, row in rows.items()},
        intercepts={label: float(row["intercept"]) for label, row in rows.items()},
        generic=Generic(**document["generic"]),
    )


class EmbeddingEngine:
    """Scores texts by vectors and cues."""

    def __init__(self, encoder: SentenceEncoder, label_set: LabelSet) -> None:
        self._encoder = encoder
        self._label_set = label_set
        self._calibration = load_calibration()
        shipped = load_label_set().labels
        # A label whose texts the operator changed is scored like one of his own.
        self._calibrated = {
            label.name for label in label_set.labels if label.digest in {s.digest for s in shipped}
        }
        self._shipped = encoder.encode([t for label in shipped for t in statements_of(label)])
        self._own = {
            label.name: (
                encoder.encode(label.hypotheses),
                encoder.encode(label.contrasts) if label.contrasts else None,
            )
            for label in label_set.labels
            if label.name not in self._calibrated
        }

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return the scores of each text, in order."""
        vectors = self._encoder.encode(texts)
        shipped = self._shipped_scores(vectors, texts)
        own = {
            name: self._own_scores(vectors, *statements) for name, statements in self._own.items()
        }
        return [
            {
                name: float(shipped[name][i] if name in self._calibrated else own[name][i])
                for name in self._label_set.names
            }
            for i in range(len(texts))
        ]

    def _shipped_scores(
        self, vectors: NDArray[np.float32], texts: Sequence[str]
    ) -> dict[str, list[float]]:
        import numpy as np

        similarities = vectors @ self._shipped.T
        cues = [find_cues(text) for text in texts]
        rows = np.array([feature_row(*pair) for pair in zip(similarities, cues, strict=True)])
        scores = {}
        for name in self._calibrated:
            values = rows @ np.array(self._calibration.weights[name])
            offset = self._calibration.intercepts[name]
            scores[name] = [
                min(logistic(float(value) + offset), VETO_CAP if name in found.vetoed else 1.0)
                for value, found in zip(values, cues, strict=True)
            ]
        return scores

    def _own_scores(
        self,
        vectors: NDArray[np.float32],
        hypotheses: NDArray[np.float32],
        contrasts: NDArray[np.float32] | None,
    ) -> list[float]:
        generic = self._calibration.generic
        near = (vectors @ hypotheses.T).max(1)
        margin = near - generic.midpoint
        if contrasts is not None:
            margin = margin - generic.contrast_weight * ((vectors @ contrasts.T).max(1) - near)
        return [logistic(generic.slope * float(value)) for value in margin]
