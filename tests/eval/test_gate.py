"""The quality gate holds for the rules and for the shipped model."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import gate

from models.cues import CueClassifier
from models.label_set import load_label_set
from models.labels import SHIPPED_LABELS
from models.testing import TableClassifier


def test_corpus_is_the_pinned_one() -> None:
    assert gate.corpus_sha256() == gate.load_baseline()["corpus_sha256"]


def test_corpus_covers_every_label_and_enough_look_alikes() -> None:
    rows = gate.load_corpus()
    counts = Counter(label for row in rows for label in row["labels"])
    assert len(rows) >= 150
    assert len({row["text"] for row in rows}) == len(rows)
    assert set(counts) == set(SHIPPED_LABELS)
    assert min(counts.values()) >= 15
    assert sum(not row["labels"] for row in rows) >= 40


def test_no_gate_sentence_is_used_in_calibration() -> None:
    from models.calibrate import own_lines

    assert not {row["text"] for row in gate.load_corpus()} & {line.text for line in own_lines()}


def test_a_classifier_that_says_nothing_fails_every_floor() -> None:
    floors = gate.load_baseline()["floors"]["embedding"]
    assert len(gate.shortfalls(gate.score_corpus(TableClassifier({})), floors)) == 15


def test_rules_reach_their_floors() -> None:
    figures = gate.score_corpus(CueClassifier(load_label_set()))
    assert gate.shortfalls(figures, gate.load_baseline()["floors"]["cues"]) == []


@pytest.mark.model
@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_embedding_engine_reaches_its_floors(precision: str) -> None:
    from models.zero_shot import load_classifier

    figures = gate.score_corpus(load_classifier(precision=precision))  # type: ignore[arg-type]
    assert gate.shortfalls(figures, gate.load_baseline()["floors"]["embedding"]) == []
