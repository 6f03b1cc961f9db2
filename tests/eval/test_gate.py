"""The quality gate holds for the rules, the shipped model and the embedding engine."""

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
from models.training.corpus import read_corpus


@pytest.mark.parametrize("name", gate.SETS)
def test_a_set_is_the_pinned_one(name: str) -> None:
    assert gate.set_sha256(name) == gate.load_baseline()["sha256"][name]


@pytest.mark.parametrize(("name", "size"), [("sentences", 150), ("contrast", 300)])
def test_sets_cover_every_label_and_enough_look_alikes(name: str, size: int) -> None:
    rows = gate.load_set(name)
    counts = Counter(label for row in rows for label in row.labels)
    assert len(rows) >= size
    assert len({row.text for row in rows}) == len(rows)
    assert set(counts) == set(SHIPPED_LABELS)
    assert min(counts.values()) >= 15
    assert sum(not row.labels for row in rows) >= 40


def test_few_headlines_announce_a_ceasefire() -> None:
    rows = gate.load_set("headlines")
    announced = sum("ceasefire" in row.labels for row in rows)
    assert len(rows) >= 250
    assert 0.04 <= announced / len(rows) <= 0.08
    assert not any(row.labels for row in gate.load_set("general"))


def test_no_gate_sentence_is_used_in_training_or_calibration() -> None:
    from models.calibrate import own_lines

    gated = {row.text for name in gate.SETS for row in gate.load_set(name)}
    assert not gated & {line.text for line in own_lines()}
    assert not gated & {sentence.text for sentence in read_corpus()}


def test_a_classifier_that_says_nothing_fails_every_floor() -> None:
    floors = gate.load_baseline()["floors"]["shipped"]
    silent = TableClassifier({})
    short = gate.shortfalls(gate.score_set(silent, "contrast"), floors["contrast"])
    assert len(short) == 15


def test_a_classifier_that_says_everything_is_found_out_by_the_general_set() -> None:
    floors = gate.load_baseline()["floors"]["shipped"]
    loud = TableClassifier({}, default=1.0)
    assert gate.shortfalls(gate.score_set(loud, "general"), floors["general"])


@pytest.mark.parametrize("name", gate.SETS)
def test_rules_reach_their_floors(name: str) -> None:
    figures = gate.score_set(CueClassifier(load_label_set()), name)
    assert gate.shortfalls(figures, gate.load_baseline()["floors"]["cues"][name]) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("engine", "precision"), [("shipped", "fp32"), ("shipped", "bf16"), ("embedding", "fp32")]
)
def test_engines_reach_their_floors(engine: str, precision: str) -> None:
    from models.zero_shot import load_classifier

    scorer = load_classifier(engine, precision=precision)  # type: ignore[arg-type]
    floors = gate.load_baseline()["floors"][engine]
    short = [
        f"{name}: {line}"
        for name in gate.SETS
        for line in gate.shortfalls(gate.score_set(scorer, name), floors[name])
    ]
    assert short == []


def test_a_pin_never_lowers_a_floor_in_silence() -> None:
    old = {"ceasefire": {"f1": 0.8}}
    assert gate.lowered(old, {"ceasefire": {"f1": 0.79}})
    assert gate.lowered(old, {})
    assert not gate.lowered(old, {"ceasefire": {"f1": 0.8}})
