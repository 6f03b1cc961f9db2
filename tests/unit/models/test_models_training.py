"""Training reads the corpus right, splits whole sets, fits what it says, and resumes exactly."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent))

from tiny_weights import make_tiny_model

from models.labels import SHIPPED_LABELS
from models.training.corpus import is_dev, labels_of_letters, read_corpus, read_sentences
from models.training.examples import ENTAILMENT, NOT_ENTAILED, Pair, Sentence
from models.training.fitting import best_threshold, fit_scale, recall_cut
from models.training.judging import average_precision, f1
from models.training.loop import Plan, Trainer, batches
from models.training.network import entailment_loss, known_loss, new_network
from models.training.statements import domain_pairs, known_steps, statement_table, step_families


def test_the_corpus_covers_every_label_register_and_step() -> None:
    rows = read_corpus()
    assert len(rows) >= 4_000
    assert len({row.text.casefold() for row in rows}) == len(rows)
    for label in SHIPPED_LABELS:
        assert sum(row.labels[label] == 1 for row in rows) >= 500
    assert {row.source for row in rows} >= {"agency", "headline", "broadcast", "statement"}
    assert len({row.group for row in rows}) >= 300
    assert {row.step for row in rows} - set(known_steps()) <= {"other"}


def test_a_step_of_a_family_carries_the_family_as_a_label() -> None:
    families = step_families()
    odd = [
        row
        for row in read_corpus()
        if (family := families.get(row.step or "")) in ("ceasefire", "violation", "negotiation")
        and row.labels[family] != 1
    ]
    assert len(odd) <= 0.005 * len(read_corpus()), odd[:5]


@pytest.mark.parametrize(
    "line",
    [
        "agreed\tc\tagency",  # no text
        "agreed\tc\tradio\tA truce holds.",  # unknown register
        "agreed\tcx\tagency\tA truce holds.",  # unknown label
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "agency.tsv"
    path.write_text(f"# Set one\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"agency\.tsv:2"):
        list(read_sentences(path))


def test_a_contrast_set_is_never_split() -> None:
    groups: dict[str, set[bool]] = {}
    for row in read_corpus():
        groups.setdefault(row.group, set()).add(is_dev(row.group))
    assert all(len(sides) == 1 for sides in groups.values())
    kept = sum(is_dev(row.group) for row in read_corpus()) / len(read_corpus())
    assert 0.05 < kept < 0.2


def sentence(step: str, letters: str, text: str = "A truce holds.") -> Sentence:
    return Sentence(text=text, labels=labels_of_letters(letters), step=step)


@pytest.mark.parametrize(
    ("step", "letters", "statement", "holds"),
    [
        ("agreed", "c", "A ceasefire agreement was reached.", True),
        # of the same family: often both hold, so neither is taught
        ("agreed", "c", "A truce is holding.", None),
        ("called_for", "n", "A truce is holding.", False),
        ("called_for", "n", "A truce in an armed conflict has been reached, declared, begun or "
         "prolonged.", False),
        # reached in talks: the second label's steps are not denied
        ("agreed", "cn", "Warring sides hold talks.", None),
        ("other", "-", "A truce is holding.", None),
    ],
)  # fmt: skip
def test_statements_hold_or_not_or_are_left_open(
    step: str, letters: str, statement: str, holds: bool | None
) -> None:
    known = {s.text: s for s in statement_table()}
    assert known[statement].holds_for(sentence(step, letters)) is holds


def test_domain_pairs_hold_both_kinds() -> None:
    pairs = domain_pairs([sentence("agreed", "c"), sentence("crime", "-")], each=4, seed=1)
    assert [p.target for p in pairs].count(ENTAILMENT) == 3  # a crime entails one statement only
    assert len(pairs) == 8
    assert {p.target for p in pairs} == {ENTAILMENT, NOT_ENTAILED}
    assert pairs == domain_pairs([sentence("agreed", "c"), sentence("crime", "-")], each=4, seed=1)


def test_two_way_targets_count_both_other_classes_as_right() -> None:
    sure_neutral = torch.tensor([[-9.0, 9.0, -9.0]])
    assert entailment_loss(sure_neutral, torch.tensor([NOT_ENTAILED])) < 0.01
    assert entailment_loss(sure_neutral, torch.tensor([ENTAILMENT])) > 5


def test_unsettled_labels_teach_nothing() -> None:
    logits = torch.tensor([[5.0, -5.0]])
    right_but_unknown = known_loss(logits, torch.zeros(1, 2), torch.tensor([[0.0, 1.0]]))
    assert right_but_unknown < 0.01


def test_scale_recovers_the_odds_it_was_made_with() -> None:
    dice = np.random.default_rng(3)
    odds = dice.normal(size=4_000) * 3
    gold = dice.random(4_000) < 1 / (1 + np.exp(-(0.5 * odds - 1)))
    slope, offset = fit_scale(odds, gold)
    assert slope == pytest.approx(0.5, abs=0.05)
    assert offset == pytest.approx(-1, abs=0.15)


def test_scale_of_nearly_separated_scores_is_finite_and_rising() -> None:
    odds = np.concatenate([np.full(1500, -8.0), np.full(150, 7.0), [6.0, -7.0]])
    gold = np.concatenate([np.zeros(1500), np.ones(150), [0, 1]]).astype(bool)
    slope, offset = fit_scale(odds, gold)
    assert 0.05 < slope < 5
    assert abs(offset) < 10


def test_threshold_is_the_middle_of_the_best_ones() -> None:
    chances = np.array([0.1, 0.2, 0.7, 0.8])
    gold = np.array([False, False, True, True])
    assert best_threshold(chances, gold) == pytest.approx(0.46, abs=0.03)


def test_recall_cut_loses_no_more_than_it_may() -> None:
    odds = np.arange(1000, dtype=np.float64)
    assert int((odds < recall_cut(odds, 0.998)).sum()) == 2
    assert int((odds < recall_cut(odds[:100], 0.998)).sum()) == 0


def test_average_precision_and_f1_by_hand() -> None:
    rows = [(0.9, True), (0.8, False), (0.7, True), (0.1, False)]
    assert average_precision(rows) == pytest.approx((1 + 2 / 3) / 2, abs=1e-4)
    assert f1(rows, 0.75) == 0.5
    # a tie counts against us
    assert average_precision([(0.5, True), (0.5, False)]) == 0.5


def test_batches_cover_everything_once_an_epoch_and_follow_the_seed() -> None:
    rows = [f"{'x' * n}" for n in range(100)]
    stream, again = batches(rows, 8, len, 5), batches(rows, 8, len, 5)
    first = [next(stream) for _ in range(13)]
    assert sorted(len(row) for batch in first for row in batch) == list(range(100))
    assert first == [next(again) for _ in range(13)]


PLAN = Plan(epochs=2, batch=4, pair_batch=4, rate=1e-3, save_every=3)
PAIRS = [
    Pair(premise=f"Town {n} was shelled.", hypothesis="There was fighting.", target=n % 3)
    for n in range(10)
]
SENTENCES = [sentence("agreed", "c", f"Side {n} agreed to a truce.") for n in range(10)]


def trainer(model: Path, out: Path, plan: Plan = PLAN) -> Trainer:
    torch.manual_seed(7)
    network, tokenizer = new_network(model, known_steps())
    return Trainer(network, tokenizer, plan, out)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Sums of two threads differ in the last bit by how the work was shared out."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def run(one: Trainer) -> Any:
    one._bf16_wins = lambda pairs, sentences: False  # type: ignore[method-assign]
    one.run(PAIRS, SENTENCES, lambda: {"seen": 1})
    return {name: value.clone() for name, value in one.network.state_dict().items()}


def test_a_stopped_run_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    model = make_tiny_model(tmp_path / "model")
    whole = run(trainer(model, tmp_path / "whole"))
    stopped = trainer(model, tmp_path / "stopped")
    stopped._step = stop_after(stopped._step, 4)  # type: ignore[method-assign,assignment]
    with pytest.raises(KeyboardInterrupt):
        run(stopped)
    resumed = trainer(model, tmp_path / "stopped")
    resumed.resume()
    assert resumed.done == 3  # the last checkpoint
    for name, value in run(resumed).items():
        assert torch.equal(value, whole[name]), name
    assert '"seen": 1' in (tmp_path / "stopped" / "metrics.jsonl").read_text(encoding="utf-8")


def stop_after(step: Any, count: int) -> Any:
    def counted(pairs: Any, sentences: Any, number: int, total: int) -> float:
        if number >= count:
            raise KeyboardInterrupt
        return float(step(pairs, sentences, number, total))

    return counted


def test_frozen_words_stay_as_they_were(tmp_path: Path) -> None:
    model = make_tiny_model(tmp_path / "model")
    one = trainer(model, tmp_path / "out", replace(PLAN, epochs=1))
    words = one.network.entailer.bert.embeddings.word_embeddings.weight.clone()
    layer = one.network.entailer.bert.encoder.layer[0].output.dense.weight.clone()
    run(one)
    assert torch.equal(words, one.network.entailer.bert.embeddings.word_embeddings.weight)
    assert not torch.equal(layer, one.network.entailer.bert.encoder.layer[0].output.dense.weight)
