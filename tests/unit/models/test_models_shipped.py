"""The cascade: gate, one pass for the shipped labels, the reader for one's own."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from ruamel.yaml import YAML
from safetensors.numpy import load_file, save_file
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoTokenizer, BertForSequenceClassification, BertModel

sys.path.insert(0, str(Path(__file__).parent))

from tiny_weights import make_tiny_weights, write_calibration

from models.body import load_body
from models.calibration import load_calibration
from models.errors import ModelError
from models.gate import load_gate
from models.heads import HEADS_FILE, Heads
from models.label_set import LabelText, load_label_set
from models.labels import SHIPPED_LABELS
from models.opening import Opening, Words
from models.pass_over import load_pass, states
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
    odds = load_gate(weights).log_odds(load_pass(weights, 2, 1).tokens(TEXTS))
    assert len(set(odds.tolist())) == 3
    write_calibration(weights, gate_cut=float(np.sort(odds)[1]))  # the lowest of three is out
    scores = load(weights).score(TEXTS)
    out = int(odds.argmin())
    assert scores[out] == dict.fromkeys(SHIPPED_LABELS, 0.001)
    assert all(set(s.values()) != {0.001} for i, s in enumerate(scores) if i != out)


def test_two_words_of_an_own_hypothesis_open_the_gate(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.opening.CLOSE", 0.99)  # the tiny word vectors are random
    write_calibration(weights, gate_cut=1e6)
    texts = ["Lorries with flour have come.", "Flour has come to the town.", "He was the best."]
    known, one_word, other = load(weights, AID).score(texts)
    assert known["aid"] != 0.001
    assert one_word["aid"] == other["aid"] == 0.001


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


@pytest.mark.parametrize(
    "name",
    ["calibration.yaml", "heads.safetensors", "gate.safetensors", "steps.safetensors"],
)
def test_a_missing_file_is_named_with_what_to_do(weights: Path, name: str) -> None:
    (weights / name).unlink()
    if name != "calibration.yaml":
        write_calibration(weights)
    with pytest.raises(ModelError, match=name) as caught:
        load(weights)
    assert "restore models/weights/" in str(caught.value)


def test_torch_layers_give_the_states_of_the_bert_they_were_read_from(weights: Path) -> None:
    body, tokenizer = load_body(weights)
    ids = [encoded.ids for encoded in tokenizer.encode_batch(TEXTS)]
    read = states(body, ids)
    theirs = BertModel.from_pretrained(weights).eval()
    with torch.inference_mode():
        padded = pad_sequence([torch.tensor(row) for row in ids], batch_first=True)
        expected = theirs(input_ids=padded, attention_mask=read.mask).last_hidden_state
    assert len({len(row) for row in ids}) > 1  # so that padding is part of the comparison
    kept = read.mask.bool()
    assert torch.allclose(read.last[kept], expected[kept], atol=1e-5)


def test_pairs_that_are_nothing_alike_are_not_read_together(weights: Path) -> None:
    together = [s["aid"] for s in load(weights, AID).score(TEXTS)]
    write_calibration(weights, likeness_cut=1e6)
    apart = [s["aid"] for s in load(weights, AID).score(TEXTS)]
    assert together != apart
    assert all(0 <= value <= 1 for value in (*together, *apart))


def test_entailment_is_that_of_the_classifier_the_weights_were_saved_from(weights: Path) -> None:
    pairs = [("Lorries came with flour.", "Aid came."), ("It rained.", "The war went on there.")]
    odds = load_pass(weights, 2, 1).entailment(pairs)
    model = BertForSequenceClassification.from_pretrained(weights).eval()
    tokenizer = AutoTokenizer.from_pretrained(weights)
    encoded = tokenizer(
        [a for a, _ in pairs], [b for _, b in pairs], padding=True, return_tensors="pt"
    )
    with torch.inference_mode():
        chances = torch.softmax(model(**encoded).logits, dim=1)[:, 2]
    assert torch.sigmoid(torch.tensor(odds)).tolist() == pytest.approx(chances.tolist(), abs=1e-5)


def test_a_statement_about_anything_gains_nothing_by_it() -> None:
    heads = Heads(width=4, layers=1)
    everyday = torch.nn.functional.normalize(
        torch.randn(200, 384, generator=torch.Generator().manual_seed(1)) + 1, dim=1
    )
    heads.usual.copy_(everyday.mean(0))
    heads.spread.copy_(torch.cov(everyday.T))
    vague = torch.nn.functional.normalize(torch.ones(1, 384), dim=1)
    measured = heads.likeness(everyday, vague)
    assert abs(float(measured.mean())) < 0.01
    assert float(measured.std()) == pytest.approx(1.0, abs=0.01)


def test_words_close_to_those_of_a_hypothesis_open_the_gate_too() -> None:
    vectors = np.eye(6, dtype=np.float32)
    vectors[4] = vectors[0] * 0.8 + vectors[5] * 0.6  # close to 0, of length one
    words = Words(vectors, common=frozenset({3}))
    opening = Opening.of([[0, 1, 3]], words)
    assert opening.opens([4, 1])
    assert not opening.opens([4, 0, 2])  # two ways to say one word of the hypothesis
    assert not opening.opens([1, 3])


def test_a_hypothesis_of_common_words_alone_opens_nothing() -> None:
    words = Words(np.eye(3, dtype=np.float32), common=frozenset({0, 1}))
    assert not Opening.of([[0, 1]], words).opens([0, 1, 2])


def test_the_shipped_weights_are_small_calibrated_and_gated_with_care() -> None:
    calibration = load_calibration(WEIGHTS)
    assert set(calibration.scales) == set(SHIPPED_LABELS)
    assert all(scale.slope > 0 for scale in calibration.scales.values())
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 50_000_000
    document = YAML(typ="safe").load((WEIGHTS / "calibration.yaml").read_text(encoding="utf-8"))
    assert min(document["gate"]["recall"].values()) >= 0.995
