"""Reads the step of a sentence: a branch of the body's upper layers with a head of its own.

The lower layers are the body's; the upper ones are the body's with a low-rank change (LoRA, Hu et
al., ICLR 2022), so that the labels stay as they were and the file stays small. Imports torch.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from models.body import Body
from models.errors import ModelError
from models.heads import pool
from models.steps import SHOWN, SIDES, STEPS, StepReading

STEPS_FILE = "steps.safetensors"
#: Layers that the branch has of its own; it shares those below with the body.
UPPER_LAYERS = 3
#: Matrices of a layer that the branch changes.
CHANGED = (
    "self_attn.in_proj_weight",
    "self_attn.out_proj.weight",
    "linear1.weight",
    "linear2.weight",
)
MAX_TOKENS = 96
BATCH = 32


class StepReader:
    """The branch over a loaded body; it stays in fp32, for it reads few sentences."""

    def __init__(self, body: Body, upper: nn.ModuleList, head: nn.Linear) -> None:
        self._body, self._upper, self._head = body, upper, head

    def read(self, token_ids: Sequence[Sequence[int]]) -> list[StepReading]:
        """Return what each text reports, in order."""
        order = sorted(range(len(token_ids)), key=lambda i: -len(token_ids[i]))
        found: dict[int, StepReading] = {}
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rows = self._logits([token_ids[i][:MAX_TOKENS] for i in batch])
            found.update(zip(batch, map(_reading, rows), strict=True))
        return [found[i] for i in range(len(token_ids))]

    def _logits(self, token_ids: Sequence[Sequence[int]]) -> Tensor:
        rows = [torch.tensor(ids) for ids in token_ids]
        ids = pad_sequence(rows, batch_first=True)
        mask = pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)
        with torch.inference_mode():
            states = self._body.lower(ids, mask, shared_layers(self._body))
            for layer in self._upper:
                states = layer(states, src_key_padding_mask=mask == 0)
            logits: Tensor = self._head(pool(states.float(), mask))
        return logits


def _reading(row: Tensor) -> StepReading:
    steps = torch.softmax(row[: len(STEPS)], dim=0).tolist()
    sides = int(row[len(STEPS) :].argmax())
    return StepReading(
        steps={s: round(p, 3) for s, p in zip(STEPS, steps, strict=True) if p >= SHOWN},
        sides=SIDES[sides],
    )


def load_step_reader(body: Body, folder: Path) -> StepReader:
    """Read the branch that belongs to `body`; call it before the body changes its precision.

    Raises:
        ModelError: the file is missing or does not fit.
    """
    path = folder / STEPS_FILE
    try:
        tensors = {name: tensor.float() for name, tensor in load_file(path).items()}
        upper = upper_layers(body)
        for name, weight in upper.named_parameters():
            if f"{name}.down" in tensors:
                change = tensors.pop(f"{name}.up") @ tensors.pop(f"{name}.down")
                weight.data = weight.data + change
            elif name in tensors:
                weight.data = tensors.pop(name).reshape(weight.shape)
        head = nn.Linear(3 * body.shape.width, len(STEPS) + len(SIDES))
        head.load_state_dict({part: tensors.pop(f"head.{part}") for part in ("weight", "bias")})
        if tensors:
            raise ValueError(f"unknown tensors {sorted(tensors)[:3]}")
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise ModelError(f"{path}: cannot be read: {error}; restore models/weights/") from error
    return StepReader(body, upper.eval(), head.eval())


def upper_layers(body: Body) -> nn.ModuleList:
    """Return a copy of the layers that the branch changes."""
    return copy.deepcopy(nn.ModuleList(list(body.layers)[shared_layers(body) :]))


def shared_layers(body: Body) -> int:
    """Return how many layers the branch shares with the body."""
    return max(0, len(body.layers) - UPPER_LAYERS)
