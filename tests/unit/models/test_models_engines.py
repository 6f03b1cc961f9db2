"""Both engines, with an encoder and an NLI model made for the test instead of real weights."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))

from tiny_weights import make_tiny_model

from models import embedding
from models.cues import find_cues
from models.embedding import EmbeddingEngine, feature_names, feature_row, load_calibration
from models.errors import ModelError
from models.label_set import LabelText, load_label_set
from models.labels import SHIPPED_LABELS
from models.nli import NliEngine, PairScorer, entailment_classes, is_hub_name, load_nli
from models.precision import PrecisionChoice
from models.weights import check_sha256, require_safetensors
from models.zero_shot import load_classifier


class LetterEncoder:
    """Counts letters: enough for texts to differ, and fast."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([[t.lower().count(c) + 0.01 for c in "abcdefgh"] for t in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_embedding_engine_scores_every_label_within_bounds() -> None:
    own = LabelText(name="aid", hypotheses=("Aid reaches a city.",), contrasts=("Rain.",))
    label_set = load_label_set({"aid": own})
    scores = EmbeddingEngine(LetterEncoder(), label_set).score(["Aid reaches a city.", "Rain."])
    assert [tuple(s) for s in scores] == [(*SHIPPED_LABELS, "aid")] * 2
    assert all(0 <= v <= 1 for s in scores for v in s.values())
    assert scores[0]["aid"] > 0.5 > scores[1]["aid"]


def test_own_label_without_contrasts_is_scored_by_similarity() -> None:
    own = LabelText(name="aid", hypotheses=("Aid reaches a city.",))
    engine = EmbeddingEngine(LetterEncoder(), load_label_set({"aid": own}))
    same, other = engine.score(["Aid reaches a city.", "ffff"])
    assert same["aid"] > 0.9
    assert other["aid"] < 0.1


def test_changed_texts_of_a_shipped_label_fall_back_to_similarity() -> None:
    changed = LabelText(name="casualty", hypotheses=("A bad face faded.",))
    engine = EmbeddingEngine(LetterEncoder(), load_label_set({"casualty": changed}))
    assert engine.score(["A bad face faded."])[0]["casualty"] > 0.9


def test_subject_veto_caps_the_score_of_the_engine() -> None:
    engine = EmbeddingEngine(LetterEncoder(), load_label_set())
    score = engine.score(["The goalkeeper and his coach agreed a truce."])[0]["ceasefire"]
    assert score <= embedding.VETO_CAP


def test_calibration_has_one_coefficient_per_feature() -> None:
    row = feature_row([0.0] * _statements(), find_cues("A truce."))
    assert len(row) == len(feature_names())
    assert {len(w) for w in load_calibration().weights.values()} == {len(row)}


def test_calibration_of_other_texts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    load_calibration.cache_clear()
    monkeypatch.setattr(embedding, "inputs_digest", lambda: "0" * 64)
    with pytest.raises(ModelError, match="fit it again"):
        load_calibration()
    load_calibration.cache_clear()


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ({0: "contradiction", 1: "neutral", 2: "entailment"}, (2, (0,))),
        ({0: "ENTAILMENT", 1: "NEUTRAL", 2: "CONTRADICTION"}, (0, (2,))),
        ({0: "entailment", 1: "not_entailment"}, (0, (1,))),
    ],
)
def test_entailment_class_is_found_by_name(
    classes: dict[int, str], expected: tuple[int, tuple[int, ...]]
) -> None:
    assert entailment_classes(classes) == expected


def test_model_without_entailment_names_its_classes() -> None:
    with pytest.raises(ModelError, match="POSITIVE, NEGATIVE"):
        entailment_classes({0: "POSITIVE", 1: "NEGATIVE"})


@pytest.mark.parametrize(
    ("source", "hub"),
    [("owner/model", True), ("./folder/model", False), ("/a/b", False), ("folder", False)],
)
def test_hub_names_are_told_from_folders(source: str, hub: bool) -> None:
    assert is_hub_name(source) is hub


def test_missing_folder_pickled_weights_and_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such folder"):
        require_safetensors(tmp_path / "absent")
    with pytest.raises(ModelError, match=r"config\.json"):
        require_safetensors(tmp_path)
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match=r"no model\.safetensors"):
        require_safetensors(tmp_path)
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(ModelError, match="pickled"):
        load_nli(str(tmp_path))


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"other")
    with pytest.raises(ModelError, match="expected 0000"):
        check_sha256(file, "0" * 64)


def test_engine_nli_without_a_path_is_refused() -> None:
    with pytest.raises(ModelError, match=r"model\.path"):
        load_classifier(engine="nli")


@pytest.fixture(scope="module")
def tiny_nli(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-layer NLI model with random weights, in the layout of a real one."""
    return make_tiny_model(tmp_path_factory.mktemp("nli"))


def test_nli_scores_equal_those_of_the_transformers_pipeline(tiny_nli: Path) -> None:
    from transformers import pipeline

    label_set = load_label_set()
    ours = load_classifier(path=str(tiny_nli), precision="fp32", threads=2, label_set=label_set)
    texts = ["A truce took effect at noon.", "Rain is expected.", "Troops shelled the port again."]
    reference = pipeline("zero-shot-classification", model=str(tiny_nli), device="cpu")
    for text, scores in zip(texts, ours.classify(texts), strict=True):
        for label in label_set.labels:
            asked = reference(
                text, list(label.hypotheses), hypothesis_template="{}", multi_label=True
            )
            assert scores[label.name] == pytest.approx(max(asked["scores"]), abs=1e-5)


def test_batch_size_does_not_change_nli_scores(tiny_nli: Path) -> None:
    texts = ["A truce took effect at noon." * n for n in (1, 3, 60)]
    one = load_classifier(path=str(tiny_nli), precision="fp32", batch_size=1).classify(texts)
    many = load_classifier(path=str(tiny_nli), precision="fp32", batch_size=64).classify(texts)
    for a, b in zip(one, many, strict=True):
        assert a == pytest.approx(b, abs=1e-5)


def test_random_nli_weights_are_found_out_by_the_self_test(tiny_nli: Path) -> None:
    classifier = load_classifier(path=str(tiny_nli), precision="fp32")
    assert "not_separated" in {finding.reason for finding in classifier.findings}
    assert classifier.engine_name == "nli"


def test_nli_score_is_that_of_the_best_hypothesis() -> None:
    class Table:
        def entailment(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
            return [0.9 if h.startswith("b") else 0.2 for _, h in pairs]

    label_set = load_label_set({"own": LabelText(name="own", hypotheses=("a", "b"))})
    scores = NliEngine(Table(), label_set).score(["x"])  # type: ignore[arg-type]
    assert scores[0]["own"] == 0.9
    assert scores[0]["ceasefire"] == 0.2


def test_importing_the_models_room_loads_no_torch() -> None:
    code = (
        "import sys, models.zero_shot, models.testing, models.cues\n"
        "print('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def _statements() -> int:
    return sum(len(label.hypotheses) + len(label.contrasts) for label in load_label_set().labels)


def test_pair_scorer_takes_no_pairs() -> None:
    class Config:
        id2label = {0: "entailment", 1: "not_entailment"}

    class Model:
        config = Config()

    choice = PrecisionChoice(precision="fp32", reason="configured")
    assert PairScorer(Model(), None, choice, 8, 1).entailment([]) == []
