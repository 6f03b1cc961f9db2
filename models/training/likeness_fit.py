"""Fits how likeness and entailment make a probability, on statements that training never saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from models.pass_over import PassOver
from models.scoring import clean_text, logistic
from models.training.examples import Sentence
from models.training.fitting import best_threshold, fit_logistic, fit_scale
from models.training.judging import average_precision, f1
from models.training.statements import Statement, unseen_statements

#: Likeness from which a pair is read together; everyday news reaches it in some two of a hundred.
NEAR = 2.5
#: Of the least squares, in rows; the states have 2,304 columns and some 45,000 rows.
RIDGE = 100.0


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of sentence and statement whose answer is known."""

    pairs: list[tuple[str, str]]
    likeness: NDArray[np.float64]
    gold: NDArray[np.bool_]


def fit_map(states: NDArray[Any], wanted: NDArray[Any]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return weight and offset of the linear map from the body's states to the encoder's vectors.

    Least squares on standardised states with a ridge of RIDGE (Hoerl and Kennard 1970).
    """
    usual, spread = states.mean(axis=0), states.std(axis=0) + 1e-6
    scaled = ((states - usual) / spread).astype(np.float64)
    centre = wanted.mean(axis=0)
    square = scaled.T @ scaled + RIDGE * np.eye(scaled.shape[1])
    weights = np.linalg.solve(square, scaled.T @ (wanted - centre))
    weight = weights / spread[:, None]
    return (
        torch.from_numpy(np.ascontiguousarray(weight.T, dtype=np.float32)),
        torch.from_numpy((centre - usual @ weight).astype(np.float32)),
    )


def likeness_row(reader: PassOver, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """Return the scale and how good it is; the same statements serve both, none was trained."""
    known = [s for s in sentences if s.topics is not None]
    judged = {
        name: judge(reader, known, unseen_statements(new_topics=new))
        for name, new in (("new_topics", True), ("new_wordings", False))
    }
    likeness = np.concatenate([rows.likeness for rows in judged.values()])
    gold = np.concatenate([rows.gold for rows in judged.values()])
    pairs = [pair for rows in judged.values() for pair in rows.pairs]
    slope, offset = fit_scale(likeness, gold)
    near = np.flatnonzero(likeness >= NEAR)
    odds = np.array(reader.entailment([pairs[i] for i in near]))
    pair_slope, pair_weight, pair_offset = fit_logistic(
        np.stack([likeness[near], odds], axis=1), gold[near]
    )
    chances = np.array([logistic(slope * value + offset) for value in likeness])
    read = pair_slope * likeness[near] + pair_weight * odds + pair_offset
    chances[near] = [logistic(float(value)) for value in read]
    row: dict[str, Any] = {
        "cut": NEAR,
        "slope": round(slope, 4),
        "offset": round(offset, 4),
        "pair_slope": round(pair_slope, 4),
        "pair_weight": round(pair_weight, 4),
        "pair_offset": round(pair_offset, 4),
    }
    chosen = _as_labels(judged["new_topics"], chances)
    row["threshold"] = best_threshold(*chosen)
    start = 0
    dev: dict[str, Any] = {"labels": _label_figures(*chosen, row["threshold"])}
    row["dev"] = dev
    for name, rows in judged.items():
        stop = start + len(rows.pairs)
        dev[name] = _figures(rows, chances[start:stop])
        start = stop
    return row


def _as_labels(
    rows: Judged, chances: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return score and gold of labels made of the new topics: the best of their statements."""
    topic_of = {s.text: s.topic for s in unseen_statements(new_topics=True)}
    best: dict[tuple[str, str | None], tuple[float, bool]] = {}
    for (text, statement), chance, gold in zip(rows.pairs, chances, rows.gold, strict=False):
        key = text, topic_of[statement]
        best[key] = max(best.get(key, (0.0, bool(gold))), (float(chance), bool(gold)))
    scores, golds = zip(*best.values(), strict=True)
    return np.array(scores), np.array(golds)


def _label_figures(
    scores: NDArray[np.float64], gold: NDArray[np.bool_], threshold: float
) -> dict[str, Any]:
    ranked = list(zip(scores.tolist(), gold.tolist(), strict=True))
    return {
        "scored": len(ranked),
        "held": int(gold.sum()),
        "f1": f1(ranked, threshold),
        "average_precision": average_precision(ranked),
    }


def judge(
    reader: PassOver, sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> Judged:
    """Return every settled pair with its likeness."""
    texts = [clean_text(s.text) for s in sentences]
    meanings = reader.read(reader.tokens(texts)).meanings
    asked = reader.read(reader.tokens([s.text for s in statements])).meanings
    likeness = reader.likeness(meanings, asked)
    rows = [
        ((texts[i], statement.text), float(likeness[i, j]), holds)
        for i, sentence in enumerate(sentences)
        for j, statement in enumerate(statements)
        if (holds := statement.holds_for(sentence)) is not None
    ]
    return Judged(
        [pair for pair, _, _ in rows],
        np.array([value for _, value, _ in rows]),
        np.array([holds for _, _, holds in rows]),
    )


def _figures(rows: Judged, chances: NDArray[np.float64]) -> dict[str, Any]:
    ranked = list(zip(chances.tolist(), rows.gold.tolist(), strict=True))
    alone = list(zip(rows.likeness.tolist(), rows.gold.tolist(), strict=True))
    return {
        "pairs": len(rows.pairs),
        "held": int(rows.gold.sum()),
        "read_together": round(float((rows.likeness >= NEAR).mean()), 4),
        "average_precision": average_precision(ranked),
        "by_likeness_alone": average_precision(alone),
        "f1_at_half": f1(ranked, 0.5),
        "best_f1": max(f1(ranked, cut / 50) for cut in range(1, 50)),
    }
