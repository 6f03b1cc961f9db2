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
from models.step_reader import STEPS_FILE, load_step_reader, upper_layers
from models.steps import SHOWN, SIDES, STEPS
from models.training.step_data import FILES, SAME, STEP_FOLDER, read_steps, step_sentences
from models.training.step_fit import EVAL_FILE, Branch

TEXTS = ["A truce took effect at noon.", "Rain is expected.", "Troops shelled the port again."]


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return make_tiny_weights(tmp_path / "weights")


def test_every_text_gets_steps_and_sides_whatever_its_company(weights: Path) -> None:
    reader = load_pass(weights, 2, 1)
    steps = reader.step_reader(weights)
    together = steps.read(reader.tokens(TEXTS * 20))
    for n, text in enumerate(TEXTS):
        alone = steps.read(reader.tokens([text]))[0]
        assert alone.sides == together[n].sides
        assert alone.steps == pytest.approx(dict(together[n].steps), abs=2e-3)
        assert set(alone.steps) <= set(STEPS)
        assert all(SHOWN <= share <= 1 for share in alone.steps.values())
        assert alone.sides in SIDES
    assert steps.read([]) == []


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
    read = load_step_reader(body, weights)._logits(ids)
    mask = torch.ones((1, len(ids[0])), dtype=torch.long)
    with torch.inference_mode():
        trained = branch.eval()(body.lower(torch.tensor([ids[0]]), mask, 0), mask)
    assert torch.allclose(read[0], trained[0], atol=0.05)  # half precision lies between them


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
    unseen = list(read_steps(EVAL_FILE))
    assert {s.step for s in written} == {s.step for s in unseen} == set(STEPS)
    assert not {s.text for s in written} & {s.text for s in unseen}
    assert len(step_sentences(Path("no/such/folder"))) > len(written)


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.tsv"
    file.write_text(
        "# set\nagreed\tboth\tagency\tThey agreed to a truce.\nnope\tboth\tagency\tX.\n"
    )
    with pytest.raises(ValueError, match=r"x\.tsv:3"):
        list(read_steps(file))
