"""The shipped encoder, really loaded."""

from __future__ import annotations

import math

import pytest

from models.label_set import LabelText, load_label_set
from models.weights import ENCODER_SHA256, check_sha256, encoder_folder
from models.zero_shot import ZeroShotClassifier, load_classifier

pytestmark = pytest.mark.model

HOSTILE = ["", "   ", "!!!", "\u202e\u0000", "ceasefire " * 5000, "x" * 100_000, "停火", "\ud800"]


@pytest.fixture(scope="module")
def classifier() -> ZeroShotClassifier:
    own = LabelText(
        name="aid",
        hypotheses=("Aid lorries bring food to people in need.", "A relief convoy arrives."),
        contrasts=("Soldiers attack a town.", "Leaders discuss trade."),
    )
    return load_classifier(precision="fp32", label_set=load_label_set({"aid": own}))


def test_shipped_weights_are_the_pinned_ones() -> None:
    check_sha256(encoder_folder() / "model.safetensors", ENCODER_SHA256)


def test_self_test_finds_nothing_to_report(classifier: ZeroShotClassifier) -> None:
    assert classifier.findings == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The two governments signed a truce that begins on Monday.", "ceasefire"),
        ("The militia accused the army of breaking the ceasefire.", "violation"),
        ("Rocket fire killed six people in the border village.", "casualty"),
        ("The envoy opened peace talks between the two armies.", "negotiation"),
        ("Rebels shelled an army camp during the night.", "hostilities"),
    ],
)
def test_plain_sentences_get_their_label(
    classifier: ZeroShotClassifier, text: str, label: str
) -> None:
    assert label in classifier.labels_of(classifier.classify([text])[0])


def test_own_label_ranks_its_own_kind_of_sentence_first(classifier: ZeroShotClassifier) -> None:
    # Ranks, not the cut of 0.5: see "Known failures" in models/README.md.
    convoy, attack, match = classifier.classify(
        [
            "A convoy with food and medicine reached the besieged town.",
            "Shells hit an aid convoy near the town, killing two drivers.",
            "The match ended in a draw.",
        ]
    )
    assert convoy["aid"] > 0.3
    assert max(attack["aid"], match["aid"]) < 0.1


def test_hostile_texts_score_finitely_in_order(classifier: ZeroShotClassifier) -> None:
    scores = classifier.classify(HOSTILE)
    assert len(scores) == len(HOSTILE)
    assert all(math.isfinite(v) and 0 <= v <= 1 for s in scores for v in s.values())
    assert set(scores[0].values()) == {0.0}


def test_company_in_a_batch_does_not_change_a_score(classifier: ZeroShotClassifier) -> None:
    texts = ["A truce holds in the north.", "Rain.", "The army took two villages " * 20]
    alone = [classifier.classify([text])[0] for text in texts]
    for one, together in zip(alone, classifier.classify(texts * 9)[:3], strict=True):
        assert one == pytest.approx(together, abs=1e-4)


def test_bf16_gives_nearly_the_same_scores() -> None:
    texts = ["The two governments signed a truce.", "Shelling killed six people.", "Rain is near."]
    full = load_classifier(precision="fp32").classify(texts)
    half = load_classifier(precision="bf16").classify(texts)
    for a, b in zip(full, half, strict=True):
        assert a == pytest.approx(b, abs=0.05)
