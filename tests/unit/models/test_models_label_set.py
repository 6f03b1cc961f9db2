"""Labels load as records, and an operator's labels join them."""

from __future__ import annotations

import pytest

from models.errors import ModelError
from models.label_set import LabelText, load_label_set
from models.labels import SHIPPED_LABELS


def test_shipped_labels_have_three_to_six_hypotheses_and_contrasts() -> None:
    for label in load_label_set().labels:
        assert 3 <= len(label.hypotheses) <= 6
        assert len(label.contrasts) >= 5
        assert not set(label.hypotheses) & set(label.contrasts)


@pytest.mark.parametrize("engine", ["embedding", "nli", "cues"])
def test_every_engine_has_a_threshold_for_every_shipped_label(engine: str) -> None:
    label_set = load_label_set()
    assert set(label_set.defaults[engine]) == set(SHIPPED_LABELS)
    assert set(label_set.thresholds(engine)) == set(SHIPPED_LABELS)


def test_own_label_comes_after_the_shipped_ones_with_its_threshold() -> None:
    own = LabelText(name="aid", hypotheses=("Aid reaches the city.",), threshold=0.7)
    label_set = load_label_set({"aid": own})
    assert label_set.names == (*SHIPPED_LABELS, "aid")
    assert label_set.thresholds("embedding")["aid"] == 0.7
    assert label_set.digest != load_label_set().digest


def test_threshold_override_keeps_the_shipped_texts() -> None:
    label_set = load_label_set({"casualty": LabelText(name="casualty", threshold=0.9)})
    shipped = load_label_set()
    assert label_set.labels[2].hypotheses == shipped.labels[2].hypotheses
    assert label_set.thresholds("embedding")["casualty"] == 0.9
    assert label_set.digest == shipped.digest


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (LabelText(name="aid"), "needs hypotheses"),
        (LabelText(name="aid", hypotheses=("  ",)), "needs hypotheses"),
        (LabelText(name="aid", hypotheses=("Aid comes.", "")), "empty"),
        (LabelText(name="aid", hypotheses=("Aid comes.",), threshold=1.5), "between 0 and 1"),
    ],
)
def test_unusable_own_label_is_refused_by_name(label: LabelText, words: str) -> None:
    with pytest.raises(ModelError, match=words) as caught:
        load_label_set({"aid": label})
    assert "aid" in str(caught.value)
