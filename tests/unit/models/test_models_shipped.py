"""The cascade: gate, one pass for the shipped labels, likeness then entailment for one's own."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML
from safetensors.numpy import load_file, save_file

sys.path.insert(0, str(Path(__file__).parent))

from tiny_weights import make_tiny_weights, write_calibration

from models.calibration import load_calibration
from models.errors import ModelError
from models.gate import load_gate
from models.heads import HEADS_FILE, load_heads
from models.label_set import LabelText, load_label_set
from models.labels import SHIPPED_LABELS
from models.shipped import WEIGHTS, ShippedEngine, load_shipped

TEXTS = ["A truce took effect at noon.", "Rain is expected.", "Troops shelled the port again."]
AID = LabelText(name="aid", hypotheses=("Lorries bring flour.",), contrasts=("Rain is expected.",))


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return make_tiny_weights(tmp_path / "weights")


def load(folder: Path, own: LabelText | None = None) -> ShippedEngine:
    labels = load_label_set({own.name: own} if own else None)
    return load_shipped(labels, folder=folder, precision="fp32", batch_size=2, threads=2)[0]


def test_every_shipped_label_gets_a_probability_in_one_pass(weights: Path) -> None:
    scores = load(weights).score(TEXTS)
    assert [tuple(s) for s in scores] == [SHIPPED_LABELS] * 3
    assert all(0 <= v <= 1 for s in scores for v in s.values())
    assert scores[0] != scores[1]


def test_company_and_batches_do_not_change_a_score(weights: Path) -> None:
    engine = load(weights)
    alone = [engine.score([text])[0] for text in TEXTS]
    for one, together in zip(alone, engine.score(TEXTS * 5)[:3], strict=True):
        assert one == pytest.approx(together, abs=1e-5)


def test_no_text_is_no_work(weights: Path) -> None:
    assert load(weights, AID).score([]) == []


def test_what_the_gate_turns_away_gets_the_gated_score(weights: Path) -> None:
    odds = load_gate(weights).log_odds(load(weights)._body.tokens(TEXTS))
    assert len(set(odds.tolist())) == 3
    write_calibration(weights, gate_cut=float(np.sort(odds)[1]))  # the lowest of three is out
    scores = load(weights).score(TEXTS)
    out = int(odds.argmin())
    assert scores[out] == dict.fromkeys(SHIPPED_LABELS, 0.001)
    assert all(set(s.values()) != {0.001} for i, s in enumerate(scores) if i != out)


def test_two_words_of_an_own_hypothesis_open_the_gate(weights: Path) -> None:
    write_calibration(weights, gate_cut=1e6)
    texts = ["Lorries with flour have come.", "Flour has come to the town.", "He was the best."]
    known, one_word, other = load(weights, AID).score(texts)
    assert known["aid"] != 0.001
    assert one_word["aid"] == other["aid"] == 0.001


def test_pairs_that_are_nothing_alike_never_reach_the_entailment_head(weights: Path) -> None:
    write_calibration(weights, likeness_cut=1e6)
    assert [s["aid"] for s in load(weights, AID).score(TEXTS)] == [0.001] * 3


def test_an_own_label_scores_its_best_hypothesis_less_its_look_alikes(weights: Path) -> None:
    plain = LabelText(name="aid", hypotheses=AID.hypotheses)
    for text in TEXTS:
        with_contrast = load(weights, AID).score([text])[0]["aid"]
        without = load(weights, plain).score([text])[0]["aid"]
        assert 0 <= with_contrast < without


def test_changed_texts_of_a_shipped_label_are_judged_like_ones_own(weights: Path) -> None:
    changed = LabelText(name="casualty", hypotheses=("Somebody was hurt.",))
    before, after = load(weights).score(TEXTS), load(weights, changed).score(TEXTS)
    assert [s["casualty"] for s in before] != [s["casualty"] for s in after]
    for a, b in zip(before, after, strict=True):
        assert a["ceasefire"] == pytest.approx(b["ceasefire"], abs=1e-6)


def test_other_weights_than_the_calibrated_ones_are_refused(weights: Path) -> None:
    tensors = load_file(weights / HEADS_FILE)
    save_file({**tensors, "labels.bias": tensors["labels.bias"] + 1}, weights / HEADS_FILE)
    with pytest.raises(ModelError, match=r"belongs to other weights.*models\.train calibrate"):
        load(weights)


@pytest.mark.parametrize("name", ["calibration.yaml", "heads.safetensors", "gate.safetensors"])
def test_a_missing_file_is_named_with_what_to_do(weights: Path, name: str) -> None:
    (weights / name).unlink()
    if name != "calibration.yaml":
        write_calibration(weights)
    with pytest.raises(ModelError, match=name) as caught:
        load(weights)
    assert "restore models/weights/" in str(caught.value)


def test_likeness_of_many_is_likeness_of_each(weights: Path) -> None:
    heads = load_heads(weights)
    rows = np.random.default_rng(1).normal(size=(4, 96)).astype(np.float32)
    texts, statements = heads.text_side(rows), heads.statement_side(rows)
    whole = heads.likeness(texts, statements)
    for i in range(4):
        for j in range(4):
            one = heads.likeness(texts[i : i + 1], statements[j : j + 1])[0, 0]
            assert one == pytest.approx(whole[i, j], abs=1e-5)


def test_the_shipped_weights_are_small_calibrated_and_gated_with_care() -> None:
    calibration = load_calibration(WEIGHTS)
    assert set(calibration.scales) == set(SHIPPED_LABELS)
    assert all(scale.slope > 0 for scale in calibration.scales.values())
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 50_000_000
    document = YAML(typ="safe").load((WEIGHTS / "calibration.yaml").read_text(encoding="utf-8"))
    assert min(document["gate"]["recall"].values()) >= 0.995
