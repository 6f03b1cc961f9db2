"""Fits models/embedding_calibration.yaml: `python -m models.calibrate SENTENCES.jsonl`.

Each line of the input is `{"text", "labels": {label: 1, 0 or null}, "weight", "shift"}`: null
means not settled and is left out; `weight` (default 1) says how much a line counts; `shift`
(default true) says whether it takes part in placing the threshold. The project's own
models/calibration_sentences.jsonl are always added. Coefficients come from a ridge logistic
regression plus a fixed prior on the label's own rules; the intercept is then moved so that 0.5
is the best cut on out-of-fold scores. The texts themselves leave no trace in the result.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from ruamel.yaml import YAML

from models.cues import find_cues
from models.embedding import (
    CALIBRATION_FILE,
    SentenceEncoder,
    feature_names,
    feature_row,
    inputs_digest,
    statements_of,
)
from models.encoder import load_encoder
from models.label_set import load_label_set
from models.labels import SHIPPED_LABELS
from models.scoring import clean_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RIDGE = 30.0  #: penalty on standardised coefficients; chosen by cross-validation
RULE_PRIOR = 0.5  #: added to the coefficient of a label's own rules, for texts unlike the data
FOLDS = 5
OWN_SENTENCES = Path(__file__).with_name("calibration_sentences.jsonl")
OWN_WEIGHT = 3.0  #: written for the definitions, so worth more than a mapped or silver label
GENERIC = {"slope": 14.0, "midpoint": 0.42, "contrast_weight": 1.0}  #: see models/README.md


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One labelled text."""

    text: str
    labels: dict[str, int | None]
    weight: float = 1.0
    shift: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The coefficients of one label, on raw features, and how well they did out of fold."""

    weights: Floats
    intercept: float
    figures: dict[str, Any]


def ridge_logistic(rows: Floats, gold: Floats, weight: Floats, ridge: float) -> Floats:
    """Return coefficients (intercept last) that minimise penalised log loss, by Newton steps."""
    design = np.hstack([rows, np.ones((len(rows), 1))])
    penalty = np.diag([*np.full(rows.shape[1], ridge), 1e-6])
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        slope = design.T @ (weight * (gold - chance)) - penalty @ beta
        curve = (design.T * (weight * chance * (1 - chance))) @ design + penalty
        step = np.linalg.solve(curve, slope)
        beta = beta + step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def fit_label(
    rows: Floats, gold: Floats, weight: Floats, shift: NDArray[np.bool_], rule_column: int
) -> Fit:
    """Fit one label and place its threshold at 0.5."""
    mean, spread = rows.mean(0), rows.std(0)
    spread = np.where(spread < 1e-9, 1.0, spread)
    scaled = (rows - mean) / spread
    outside = _out_of_fold(scaled, gold, weight) + RULE_PRIOR * rows[:, rule_column]
    cut, figures = best_cut(outside[shift], gold[shift])
    beta = ridge_logistic(scaled, gold, weight, RIDGE)
    weights = beta[:-1] / spread
    intercept = float(beta[-1] - weights @ mean - cut)
    weights[rule_column] += RULE_PRIOR
    return Fit(weights=weights, intercept=intercept, figures=figures)


def best_cut(logits: Floats, gold: Floats) -> tuple[float, dict[str, Any]]:
    """Return the logit with the best F1 and the figures there; the middle of a flat top."""
    cuts = np.linspace(-3, 3, 121)
    scores = np.array([_figures(logits >= cut, gold)["f1"] for cut in cuts])
    top = np.flatnonzero(scores >= scores.max() - 0.004)
    cut = float(cuts[top[len(top) // 2]])
    return cut, _figures(logits >= cut, gold)


def _figures(chosen: NDArray[np.bool_], gold: Floats) -> dict[str, Any]:
    hits = int((chosen & (gold == 1)).sum())
    precision = hits / max(1, int(chosen.sum()))
    recall = hits / max(1, int(gold.sum()))
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {
        "positives": int(gold.sum()),
        "texts": len(gold),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
    }


def _out_of_fold(rows: Floats, gold: Floats, weight: Floats) -> Floats:
    fold = np.zeros(len(gold), dtype=int)
    for value in (0, 1):  # every fold gets its share of the rare positives
        positions = np.flatnonzero(gold == value)
        fold[positions] = np.arange(len(positions)) % FOLDS
    logits = np.zeros(len(gold))
    for n in range(FOLDS):
        inside, outside = fold != n, fold == n
        beta = ridge_logistic(rows[inside], gold[inside], weight[inside], RIDGE)
        logits[outside] = rows[outside] @ beta[:-1] + beta[-1]
    return logits


def own_lines() -> list[Line]:
    """Return the project's own sentences."""
    with OWN_SENTENCES.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [
        Line(
            text=row["text"],
            labels={label: int(label in row["labels"]) for label in SHIPPED_LABELS},
            weight=OWN_WEIGHT,
        )
        for row in rows
    ]


def feature_matrix(encoder: SentenceEncoder, texts: Sequence[str]) -> Floats:
    """Return one feature row per text."""
    cleaned = [clean_text(text) for text in texts]
    statements = [t for label in load_label_set().labels for t in statements_of(label)]
    similarities = encoder.encode(cleaned) @ encoder.encode(statements).T
    return np.array(
        [feature_row(row, find_cues(t)) for row, t in zip(similarities, cleaned, strict=True)],
        dtype=np.float64,
    )


def fit_calibration(lines: Sequence[Line], rows: Floats) -> dict[str, Fit]:
    """Fit every shipped label on the lines that settle it."""
    fits = {}
    for label in SHIPPED_LABELS:
        known = [i for i, line in enumerate(lines) if line.labels.get(label) is not None]
        fits[label] = fit_label(
            rows[known],
            np.array([float(lines[i].labels[label] or 0) for i in known]),
            np.array([lines[i].weight for i in known]),
            np.array([lines[i].shift for i in known]),
            feature_names().index(f"rules:{label}"),
        )
    return fits


def write_calibration(fits: dict[str, Fit], provenance: str, path: Path) -> None:
    """Write the coefficients with where they come from."""
    names = feature_names()
    document = {
        "provenance": provenance,
        "inputs_sha256": inputs_digest(),
        "ridge": RIDGE,
        "rule_prior": RULE_PRIOR,
        "folds": FOLDS,
        "generic": GENERIC,
        "labels": {
            label: {
                "out_of_fold": fit.figures,
                "intercept": round(fit.intercept, 4),
                "weights": {
                    name: round(float(w), 4) for name, w in zip(names, fit.weights, strict=True)
                },
            }
            for label, fit in fits.items()
        },
    }
    yaml = YAML()
    yaml.width = 100
    with path.open("w", encoding="utf-8") as stream:
        stream.write("# Written by `python -m models.calibrate`; figures only, no text.\n")
        yaml.dump(document, stream)


def main(arguments: Sequence[str]) -> int:
    """Fit from the file named first and write the calibration; the second names the sources."""
    source, provenance = Path(arguments[0]), arguments[1]
    with source.open(encoding="utf-8") as stream:
        lines = [Line(**json.loads(line)) for line in stream] + own_lines()
    encoder = load_encoder(precision="fp32")
    rows = feature_matrix(encoder, [line.text for line in lines])
    fits = fit_calibration(lines, rows)
    write_calibration(fits, provenance, CALIBRATION_FILE)
    for label, fit in fits.items():
        sys.stderr.write(f"{label}: {fit.figures}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
