"""The branch that reads steps: its own layers over the body's, and data that fits the names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch
from safetensors.numpy import load_file, save_file

sys.path.insert(0, str(Path(__file__).parent))

from tiny_weights import make_tiny_weights

from models.body import load_body
from models.errors import ModelError
from models.pass_over import load_pass
from models.step_reader import (
    BESIDE_TOKENS,
    MAX_TOKENS,
    STEPS_FILE,
    StepReader,
    batch_of,
    load_step_reader,
    paired,
    upper_layers,
)
from models.steps import SHOWN, SIDES, STEPS
from models.training.step_data import (
    FILES,
    REPORTS,
    SAME,
    STEP_FOLDER,
    read_reports,
    read_steps,
    step_sentences,
)
from models.training.step_fit import EVAL, EVAL_REPORTS, Branch

TEXTS = ["A truce took effect at noon.", "Rain is expected.", "Troops shelled the port again."]


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return make_tiny_weights(tmp_path / "weights")


def test_every_text_gets_steps_and_sides_whatever_its_company(weights: Path) -> None:
    reader = load_pass(weights, 2, 1)
    steps = reader.step_reader(weights)
    beside = ["Guns fall silent", "", "Truce broken at sea, port says"]
    together = steps.read(reader.tokens(TEXTS * 20), reader.tokens(beside * 20))
    for n, text in enumerate(TEXTS):
        alone = steps.read(reader.tokens([text]), reader.tokens([beside[n]]))[0]
        assert alone.sides == together[n].sides
        assert alone.steps == pytest.approx(dict(together[n].steps), abs=2e-3)
        assert set(alone.steps) <= set(STEPS)
        assert all(SHOWN <= share <= 1 for share in alone.steps.values())
        assert alone.sides in SIDES
    assert steps.read([], []) == []


def test_what_is_read_beside_a_sentence_changes_how_it_is_read(weights: Path) -> None:
    reader = load_pass(weights, 2, 1)
    steps = reader.step_reader(weights)
    own = reader.tokens(TEXTS[:1] * 3)
    alone, empty, led = steps.read(own, [[], *reader.tokens(["", "Guns fall silent"])])
    assert alone == empty
    assert alone.steps != led.steps


def test_a_pair_is_bounded_and_only_its_own_tokens_are_pooled() -> None:
    pair = paired([101, *range(1000, 1200), 102], [101, *range(2000, 2100), 102])
    assert pair.own == MAX_TOKENS
    assert len(pair.ids) == MAX_TOKENS + BESIDE_TOKENS
    batch = batch_of([pair, paired([101, 7, 102], [101, 102])])
    assert batch.own.sum(1).tolist() == [MAX_TOKENS, 3]
    assert batch.kinds.sum(1).tolist() == [BESIDE_TOKENS, 0]


def test_what_is_trained_is_what_is_read(weights: Path) -> None:
    body, tokenizer = load_body(weights)
    torch.manual_seed(0)
    branch = Branch(body)
    for name, weight in branch.named_parameters():
        if weight.requires_grad and "head" not in name:
            weight.data += 0.05 * torch.randn_like(weight)
    tensors = {name: t.float().numpy() for name, t in branch.tensors().items()}
    save_file(tensors, weights / STEPS_FILE)
    ids = [e.ids for e in tokenizer.encode_batch(TEXTS)]
    reader: StepReader = load_step_reader(body, weights)
    read = reader._logits(batch_of([paired(own, ids[1]) for own in ids]))
    alone = batch_of([paired(ids[0], ids[1])])
    with torch.inference_mode():
        states = body.lower(alone.ids, alone.mask, 0, alone.kinds)
        trained = branch.eval()(states, alone.mask, alone.own)
    # Half precision and the lesser rank of what is shipped lie between them.
    assert torch.allclose(read[0], trained[0], atol=0.1)


def test_a_file_of_another_model_is_refused(weights: Path) -> None:
    tensors = load_file(weights / STEPS_FILE)
    save_file({**tensors, "9.norm1.weight": tensors["head.bias"]}, weights / STEPS_FILE)
    body, _ = load_body(weights)
    with pytest.raises(ModelError, match=r"steps\.safetensors.*unknown tensors"):
        load_step_reader(body, weights)


def test_the_body_keeps_its_own_layers(weights: Path) -> None:
    body, _ = load_body(weights)
    copied = upper_layers(body)
    next(iter(copied.parameters())).data += 1
    assert not torch.equal(next(iter(copied.parameters())), next(iter(body.layers.parameters())))


def test_the_authored_sentences_fit_the_names_and_the_unseen_ones_are_no_training() -> None:
    assert set(SAME.values()) <= set(STEPS)
    written = [s for name in FILES for s in read_steps(STEP_FOLDER / f"{name}.tsv")]
    unseen = list(read_steps(EVAL / "steps.tsv"))
    assert {s.step for s in written} == {s.step for s in unseen} == set(STEPS)
    assert not {s.text for s in written} & {s.text for s in unseen}
    assert len(step_sentences(Path("no/such/folder"))) > len(written)
    reported = [s for name in REPORTS for s in read_reports(STEP_FOLDER / f"{name}.tsv")]
    assert not {s.text for s in reported} & {s.text for s in unseen}


def test_the_reports_that_measure_the_reader_are_no_training() -> None:
    trained = {
        (s.beside, s.text) for name in REPORTS for s in read_reports(STEP_FOLDER / f"{name}.tsv")
    }
    for name in EVAL_REPORTS:
        kept_out = {(s.beside, s.text) for s in read_reports(EVAL / f"{name}.tsv")}
        assert len(kept_out) > 1000
        assert not kept_out & trained


def test_the_headline_stands_beside_its_report_and_the_first_sentence_beside_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "x.tsv"
    rows = [
        "# six truces",
        "agreed\tboth\theadline\tTruce agreed",
        "history\tneither\tagency\tThe war began in May.",
        "other\tneither\tagency\tIt rained.",
        "attack\tone\theadline\tPort shelled",
        "# another",
        "toll\tneither\tagency\tSix died.",
    ]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert [(s.text, s.beside) for s in read_reports(file)] == [
        ("Truce agreed", "The war began in May."),
        ("The war began in May.", "Truce agreed"),
        ("It rained.", "Truce agreed"),
        ("Port shelled", ""),
        ("Six died.", ""),
    ]


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.tsv"
    file.write_text(
        "# set\nagreed\tboth\tagency\tThey agreed to a truce.\nnope\tboth\tagency\tX.\n"
    )
    with pytest.raises(ValueError, match=r"x\.tsv:3"):
        list(read_steps(file))
