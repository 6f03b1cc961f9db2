"""Texts are cleaned, scored once each and returned in order; batches lose nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.label_set import LabelText
from models.labels import SHIPPED_LABELS
from models.precision import choose_precision
from models.scoring import (
    MAX_CHARS,
    batches_by_length,
    clean_text,
    labels_of,
    logistic,
    score_texts,
)
from models.self_test import run_self_test
from models.testing import TableClassifier


def test_labels_are_those_that_reach_their_threshold() -> None:
    scores = {"a": 0.5, "b": 0.49, "c": 0.9}
    assert labels_of(scores, {"a": 0.5, "b": 0.5, "c": 0.95}) == ("a",)


def test_equal_texts_are_scored_once_and_order_is_kept() -> None:
    asked: list[Sequence[str]] = []

    def score(texts: Sequence[str]) -> list[dict[str, float]]:
        asked.append(texts)
        return [{"x": len(t) / 100} for t in texts]

    found = score_texts(["aaa", "b", "aaa", " b "], ("x",), score)
    assert [s["x"] for s in found] == [0.03, 0.01, 0.03, 0.01]
    assert list(asked[0]) == ["aaa", "b"]


@pytest.mark.parametrize("text", ["", "   ", "***", "\u200b\u0000", "—…!?"])
def test_text_without_letters_or_digits_never_reaches_the_model(text: str) -> None:
    assert score_texts([text], ("x",), lambda texts: pytest.fail("asked")) == [{"x": 0.0}]


def test_no_texts_no_scores() -> None:
    assert score_texts([], ("x",), lambda texts: pytest.fail("asked")) == []


@given(st.text(alphabet=st.characters(), max_size=300))
def test_clean_text_is_one_printable_line(text: str) -> None:
    cleaned = clean_text(text)
    assert all(c.isprintable() for c in cleaned)
    assert clean_text(cleaned) == cleaned


def test_long_text_is_capped() -> None:
    assert len(clean_text("x" * 1_000_000)) == MAX_CHARS


@given(st.lists(st.integers(0, 500), max_size=80), st.integers(1, 16))
def test_batches_hold_every_position_once_longest_first(lengths: list[int], size: int) -> None:
    batches = batches_by_length(lengths, size)
    flat = [i for batch in batches for i in batch]
    assert sorted(flat) == list(range(len(lengths)))
    assert [lengths[i] for i in flat] == sorted(lengths, reverse=True)
    assert all(len(batch) <= size for batch in batches)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_logistic_stays_in_bounds(value: float) -> None:
    assert 0 <= logistic(value) <= 1
    assert math.isclose(logistic(value) + logistic(-value), 1)


@pytest.mark.parametrize(
    ("bf16_seconds", "precision", "reason"),
    [
        (0.4, "bf16", "bf16_faster"),
        (0.9, "fp32", "bf16_not_faster"),  # faster, but not clearly
        (1.8, "fp32", "bf16_not_faster"),
    ],
)
def test_bf16_must_be_clearly_faster(bf16_seconds: float, precision: str, reason: str) -> None:
    clock = [0.0]

    def run(p: str) -> None:
        clock[0] += bf16_seconds if p == "bf16" else 1.0

    choice = choose_precision("auto", run, lambda: clock[0])
    assert (choice.precision, choice.reason) == (precision, reason)
    assert choice.gain == pytest.approx(1.0 / bf16_seconds)


@pytest.mark.parametrize("wanted", ["fp32", "bf16"])
def test_configured_precision_is_taken_without_a_trial(wanted: str) -> None:
    choice = choose_precision(wanted, lambda p: pytest.fail("ran"), lambda: 0.0)  # type: ignore[arg-type]
    assert (choice.precision, choice.reason, choice.gain) == (wanted, "configured", None)


def test_self_test_names_labels_that_are_not_told_apart() -> None:
    findings = run_self_test(TableClassifier({}, default=0.4))
    assert [f.reason for f in findings] == ["not_separated"] * 5


OWN = LabelText(name="aid", hypotheses=("Aid lorries reach the town.",))


@pytest.mark.parametrize(
    ("default", "of_its_own", "reason"),
    [
        (0.4, 0.4, "same_for_everything"),
        # holds for weather, museums and battles alike
        (0.8, 0.9, "holds_for_everything"),
    ],
)
def test_self_test_names_a_degenerate_label_of_ones_own(
    default: float, of_its_own: float, reason: str
) -> None:
    table = {OWN.hypotheses[0]: {"aid": of_its_own}}
    scorer = TableClassifier(table, default=default, labels=(*SHIPPED_LABELS, "aid"))
    found = [f for f in run_self_test(scorer, (OWN,)) if f.label == "aid"]
    assert [f.reason for f in found] == [reason]
    assert "hypotheses" in found[0].message


def test_self_test_accepts_an_own_label_that_knows_its_own_statements() -> None:
    table = {OWN.hypotheses[0]: {"aid": 0.9}}
    scorer = TableClassifier(table, default=0.0, labels=(*SHIPPED_LABELS, "aid"))
    assert "aid" not in {f.label for f in run_self_test(scorer, (OWN,))}
