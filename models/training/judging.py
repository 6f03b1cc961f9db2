"""How good the network is on development sets: counts and figures, no thresholds chosen here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from models.labels import SHIPPED_LABELS
from models.training.examples import ENTAILMENT, NOT_ENTAILED, Pair, Sentence
from models.training.loop import Trainer

BATCH = 64


def pair_accuracy(trainer: Trainer, pairs: Sequence[Pair]) -> float:
    """Return the share of pairs judged right."""
    right = 0
    trainer.network.eval()
    with torch.inference_mode():
        for start in range(0, len(pairs), BATCH):
            batch = pairs[start : start + BATCH]
            encoded = trainer.losses.encode(
                [p.premise for p in batch], [p.hypothesis for p in batch]
            )
            chosen = trainer.network.pair_logits(encoded).argmax(1).tolist()
            right += sum(
                c != ENTAILMENT if p.target == NOT_ENTAILED else c == p.target
                for c, p in zip(chosen, batch, strict=True)
            )
    return round(right / max(1, len(pairs)), 4)


def label_scores(trainer: Trainer, texts: Sequence[str]) -> list[dict[str, float]]:
    """Return uncalibrated probabilities of every label from the label head."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    scores: list[dict[str, float]] = [{} for _ in texts]
    trainer.network.eval()
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            encoded = trainer.losses.encode([texts[i] for i in batch])
            logits = trainer.network.labels(trainer.network.pooled(encoded))
            for i, row in zip(batch, torch.sigmoid(logits).tolist(), strict=True):
                scores[i] = dict(zip(SHIPPED_LABELS, row, strict=True))
    return scores


def figures_of(
    sentences: Sequence[Sentence], scores: Sequence[dict[str, float]], cut: float = 0.5
) -> dict[str, Any]:
    """Return per label the positives, F1 at `cut`, the best F1 of any cut, average precision."""
    found: dict[str, Any] = {}
    for label in SHIPPED_LABELS:
        rows = [
            (row[label], gold == 1)
            for sentence, row in zip(sentences, scores, strict=True)
            if (gold := sentence.labels.get(label)) is not None
        ]
        if any(gold for _, gold in rows):
            found[label] = {
                "positives": sum(gold for _, gold in rows),
                "of": len(rows),
                "f1": f1(rows, cut),
                "best": max(f1(rows, c / 50) for c in range(1, 50)),
                "ap": average_precision(rows),
            }
    return found


def f1(rows: Sequence[tuple[float, bool]], cut: float) -> float:
    """Return F1 of `score >= cut` against the gold."""
    hits = sum(gold for score, gold in rows if score >= cut)
    named = sum(score >= cut for score, _ in rows)
    wanted = sum(gold for _, gold in rows)
    return round(2 * hits / max(1, named + wanted), 4)


def average_precision(rows: Sequence[tuple[float, bool]]) -> float:
    """Return the mean precision at each positive, scores falling; ties count against us."""
    hits, total = 0, 0.0
    for n, (_, gold) in enumerate(sorted(rows, key=lambda r: (-r[0], r[1])), start=1):
        if gold:
            hits += 1
            total += hits / n
    return round(total / max(1, hits), 4)
