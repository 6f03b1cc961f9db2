"""Trains the branch that reads steps, on top of weights that stay as they are.

The lower layers run once over every sentence; only the low-rank changes, the offsets and norms of
the upper layers and the head are trained (Hu et al., ICLR 2022). An hour on two cores.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from rich.progress import track
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn.utils import parametrize
from torch.nn.utils.rnn import pad_sequence

from models.body import Body, load_body
from models.heads import pool
from models.scoring import clean_text
from models.shipped import WEIGHTS
from models.step_reader import (
    CHANGED,
    STEPS_FILE,
    batch_of,
    paired,
    shared_layers,
    upper_layers,
)
from models.steps import SIDES, STEPS
from models.training.step_data import StepSentence, read_reports, read_steps, step_sentences

RANK = 32
#: Rank of the change that is shipped: its greatest singular values (a third of a megabyte less).
SHIPPED_RANK = 23
EPOCHS = 3.0
BATCH = 48
RATE = 1e-3
WARMUP = 0.06
SMOOTHING = 0.05
DROPOUT = 0.1
SIDES_WEIGHT = 0.5
SEED = 1
#: Batches are cut from pools of this many batches, sorted by length.
POOL = 40
EVAL = Path(__file__).parents[2] / "tests" / "eval"
#: Sentences of whole reports, read with their headlines: of recorded stretches, and of reports in
#: many words.
EVAL_REPORTS = ("step_reports", "step_words")


class LowRank(nn.Module):
    """A matrix with a change of low rank."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        rows, columns = weight.shape
        self.up = nn.Parameter(torch.zeros(rows, RANK))
        self.down = nn.Parameter(torch.randn(RANK, columns) / math.sqrt(columns))

    def forward(self, weight: Tensor) -> Tensor:
        """Return the changed matrix."""
        return weight + self.up @ self.down


class Branch(nn.Module):
    """The upper layers and the head in training."""

    def __init__(self, body: Body) -> None:
        super().__init__()
        self.upper = upper_layers(body)
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(3 * body.shape.width, len(STEPS) + len(SIDES))
        for layer in self.upper:
            for name, weight in layer.named_parameters():
                weight.requires_grad_("bias" in name or "norm" in name)
            for name in CHANGED:
                owner, _, part = name.rpartition(".")
                module = layer.get_submodule(owner)
                parametrize.register_parametrization(module, part, LowRank(getattr(module, part)))

    def forward(self, states: Tensor, mask: Tensor, own: Tensor) -> Tensor:
        """Return (texts, steps + sides) log-odds."""
        for layer in self.upper:
            states = layer(states, src_key_padding_mask=mask == 0)
        logits: Tensor = self.head(self.dropout(pool(states, own)))
        return logits

    def tensors(self) -> dict[str, Tensor]:
        """Return what is shipped, in half precision, by the names that the reader knows."""
        found = {f"head.{part}": getattr(self.head, part) for part in ("weight", "bias")}
        for name, weight in self.upper.named_parameters():
            if not weight.requires_grad:
                continue
            plain = name.replace("parametrizations.", "")
            found[plain.replace(".0.up", ".up").replace(".0.down", ".down")] = weight
        for name in [name for name in found if name.endswith(".up")]:
            down = name.removesuffix("up") + "down"
            found[name], found[down] = _shortened(found[name], found[down])
        return {name: weight.detach().half().contiguous() for name, weight in found.items()}


def _shortened(up: Tensor, down: Tensor) -> tuple[Tensor, Tensor]:
    """Return the nearest change of `SHIPPED_RANK` (Eckart-Young)."""
    with torch.no_grad():
        left, values, right = torch.linalg.svd(up @ down, full_matrices=False)
        kept = values[:SHIPPED_RANK].sqrt()
        return left[:, :SHIPPED_RANK] * kept, kept[:, None] * right[:SHIPPED_RANK]


@dataclass(frozen=True, slots=True)
class Lowered:
    """A sentence with its states after the shared layers."""

    told: StepSentence
    states: Tensor  #: (tokens, width), half precision
    own: int  #: how many of the tokens, from the first on, are the sentence's


def fit_steps(data: Path, epochs: float = EPOCHS, folder: Path = WEIGHTS) -> int:
    """Train the branch and write it to `folder`; the calibration must be written anew after it."""
    torch.manual_seed(SEED)
    body, tokenizer = load_body(folder)
    rows = _lowered(body, tokenizer, step_sentences(data))
    unseen = {"steps": list(read_steps(EVAL / "steps.tsv"))}
    unseen |= {name: list(read_reports(EVAL / f"{name}.tsv")) for name in EVAL_REPORTS}
    branch = Branch(body)
    dev = [row for row in rows if row.told.dev]
    _train(branch, [row for row in rows if not row.told.dev], epochs)
    figures = {"dev": _figures(branch, dev)}
    for name, told in unseen.items():
        figures[name] = _figures(branch, _lowered(body, tokenizer, told))
    (folder / "metrics-steps.jsonl").write_text(json.dumps(figures) + "\n", encoding="utf-8")
    save_file(branch.tensors(), folder / STEPS_FILE)
    sys.stderr.write(f"{json.dumps(figures)}\n")
    return 0


def _lowered(body: Body, tokenizer: Any, told: Sequence[StepSentence]) -> list[Lowered]:
    own = tokenizer.encode_batch([clean_text(s.text) for s in told])
    beside = tokenizer.encode_batch([clean_text(s.beside) for s in told])
    pairs = [paired(a.ids, b.ids) for a, b in zip(own, beside, strict=True)]
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].ids))
    found: dict[int, Lowered] = {}
    for start in track(range(0, len(order), BATCH), description="shared layers"):
        places = order[start : start + BATCH]
        batch = batch_of([pairs[i] for i in places])
        with torch.inference_mode():
            states = body.lower(batch.ids, batch.mask, shared_layers(body), batch.kinds)
        for i, row in zip(places, states, strict=True):
            kept = row[: len(pairs[i].ids)].half().clone()
            found[i] = Lowered(told[i], kept, pairs[i].own)
    return [found[i] for i in range(len(told))]


def _train(branch: Branch, rows: list[Lowered], epochs: float) -> None:
    dice = random.Random(SEED)  # noqa: S311 - shuffling
    weights = [w for w in branch.parameters() if w.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.01)
    total = int(epochs * len(rows) / BATCH)
    batches = _batches(rows, dice)
    for step in track(range(total), description="training"):
        warm = WARMUP * total
        share = min(1.0, (step + 1) / warm, (total - step) / (total - warm))
        for group in optimiser.param_groups:
            group["lr"] = RATE * max(share, 1e-3)
        branch.train()
        loss = _loss(branch, next(batches))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()


def _batches(rows: list[Lowered], dice: random.Random) -> Any:
    while True:
        dice.shuffle(rows)
        for start in range(0, len(rows), POOL * BATCH):
            pool_rows = sorted(rows[start : start + POOL * BATCH], key=lambda r: len(r.states))
            cut = [pool_rows[i : i + BATCH] for i in range(0, len(pool_rows), BATCH)]
            dice.shuffle(cut)
            yield from cut


def _loss(branch: Branch, batch: Sequence[Lowered]) -> Tensor:
    logits = _logits(branch, batch)
    steps, sides = logits[:, : len(STEPS)], logits[:, len(STEPS) :]
    gold = torch.tensor([STEPS.index(row.told.step) for row in batch])
    weight = torch.tensor([row.told.weight for row in batch])
    cross: Callable[..., Tensor] = nn.functional.cross_entropy
    loss = (cross(steps, gold, reduction="none", label_smoothing=SMOOTHING) * weight).mean()
    known = [n for n, row in enumerate(batch) if row.told.sides is not None]
    if known:
        whose = torch.tensor([SIDES.index(str(batch[n].told.sides)) for n in known])
        loss = loss + SIDES_WEIGHT * cross(sides[known], whose)
    return loss


def _logits(branch: Branch, batch: Sequence[Lowered]) -> Tensor:
    states = pad_sequence([row.states.float() for row in batch], batch_first=True)
    place = torch.arange(states.shape[1])[None]
    mask = (place < torch.tensor([[len(row.states)] for row in batch])).long()
    own = (place < torch.tensor([[row.own] for row in batch])).long()
    logits: Tensor = branch(states, mask, own)
    return logits


def _figures(branch: Branch, rows: Sequence[Lowered]) -> dict[str, Any]:
    """Return counts, accuracy of step and sides, and F1 per step."""
    branch.eval()
    order = sorted(rows, key=lambda row: len(row.states))
    chosen: list[tuple[str, str]] = []
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            for row in _logits(branch, order[start : start + BATCH]):
                step, sides = row[: len(STEPS)].argmax(), row[len(STEPS) :].argmax()
                chosen.append((STEPS[int(step)], SIDES[int(sides)]))
    gold = [row.told.step for row in order]
    told = [step for step, _ in chosen]
    sided = [(s, r.told.sides) for (_, s), r in zip(chosen, order, strict=True) if r.told.sides]
    return {
        "sentences": len(order),
        "steps": round(sum(a == b for a, b in zip(gold, told, strict=True)) / len(order), 3),
        "sides": round(sum(a == b for a, b in sided) / max(1, len(sided)), 3),
        "f1": {step: _f1(step, gold, told) for step in STEPS if step in gold},
    }


def _f1(step: str, gold: Sequence[str], told: Sequence[str]) -> float:
    hits = sum(a == b == step for a, b in zip(gold, told, strict=True))
    return round(2 * hits / max(1, gold.count(step) + told.count(step)), 2)
