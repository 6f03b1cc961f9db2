"""Small fits on development scores: slope and offset, thresholds, cuts by recall."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Truths = NDArray[np.bool_]

#: Thresholds are looked for on this grid; the middle of all that are this close to the best.
GRID = np.round(np.arange(0.05, 0.96, 0.01), 2)
FLAT = 0.008


def fit_scale(odds: Numbers, gold: Truths) -> tuple[float, float]:
    """Return (slope, offset) of the logistic that fits best."""
    slope, offset = fit_logistic(odds[:, None], gold)
    return slope, offset


def fit_logistic(features: Numbers, gold: Truths, rounds: int = 100) -> list[float]:
    """Return one weight per feature and the offset, by Platt's method (1999) with soft targets.

    Args:
        features: (rows, features).
    """
    positives, negatives = int(gold.sum()), int((~gold).sum())
    target = np.where(gold, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    design = np.concatenate([features, np.ones((len(features), 1))], axis=1)
    beta = np.zeros(design.shape[1])
    beta[0] = 1.0
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        slope = design.T @ (target - chance)
        curve = (design.T * (chance * (1 - chance))) @ design + 1e-6 * np.eye(len(beta))
        step = np.linalg.solve(curve, slope)
        # A whole Newton step may overshoot where most chances are near 0 or 1.
        before = _soft_loss(design @ beta, target)
        size = 1.0
        while _soft_loss(design @ (beta + size * step), target) > before and size > 1e-6:
            size /= 2
        beta = beta + size * step
        if np.abs(size * step).max() < 1e-8:
            break
    return [float(weight) for weight in beta]


def _soft_loss(odds: Numbers, target: Numbers) -> float:
    return float((np.logaddexp(0, odds) - target * odds).sum())


def best_threshold(chances: Numbers, gold: Truths) -> float:
    """Return the threshold with the best F1; the middle of a flat top."""
    scores = np.array([_f1(chances >= cut, gold) for cut in GRID])
    top = np.flatnonzero(scores >= scores.max() - FLAT)
    return float(GRID[top[len(top) // 2]])


def recall_cut(odds: NDArray[Any], recall: float) -> float:
    """Return the highest cut that keeps at least `recall` of the values at or above it."""
    ordered = np.sort(odds)
    lost = int(np.floor((1 - recall) * len(ordered)))
    return float(ordered[lost]) - 1e-4


def log_loss(chances: Numbers, gold: Truths) -> float:
    """Return the mean log loss."""
    safe = np.clip(chances, 1e-6, 1 - 1e-6)
    return float(-np.where(gold, np.log(safe), np.log(1 - safe)).mean())


def _f1(chosen: Truths, gold: Truths) -> float:
    hits = int((chosen & gold).sum())
    return 2 * hits / max(1, int(chosen.sum()) + int(gold.sum()))
