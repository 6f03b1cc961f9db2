"""Reads the step of a sentence: a branch of the body's upper layers with a head of its own.

The headline is read beside it, as the second of two texts (Devlin et al. 2019), and tells what its
words refer to; only the sentence's own tokens are pooled.
The lower layers are the body's; the upper ones are the body's with a low-rank change (LoRA, Hu et
al., ICLR 2022), so that the labels stay as they were and the file stays small. Imports torch.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

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
#: Tokens of the text beside a sentence.
BESIDE_TOKENS = 47
#: Tokens of a text without words: the marks of its ends.
EMPTY = 2
BATCH = 32


class Pair(NamedTuple):
    """Token ids of a sentence and of the text beside it, in one row."""

    ids: list[int]
    own: int  #: how many of them, from the first on, are the sentence's


def paired(own: Sequence[int], beside: Sequence[int]) -> Pair:
    """Join the token ids of two texts; an empty second one is none."""
    ids = list(own[:MAX_TOKENS])
    more = beside[1 : BESIDE_TOKENS + 1] if len(beside) > EMPTY else ()
    return Pair([*ids, *more], len(ids))


class PairBatch(NamedTuple):
    """Padded rows of pairs, all (texts, tokens)."""

    ids: Tensor
    mask: Tensor  #: 1 where a token is
    own: Tensor  #: 1 where a token is the sentence's
    kinds: Tensor  #: 1 in the text beside it


def batch_of(pairs: Sequence[Pair]) -> PairBatch:
    """Pad pairs to one length."""
    ids = pad_sequence([torch.tensor(pair.ids) for pair in pairs], batch_first=True)
    place = torch.arange(ids.shape[1])[None]
    mask = (place < torch.tensor([[len(pair.ids)] for pair in pairs])).long()
    own = (place < torch.tensor([[pair.own] for pair in pairs])).long()
    return PairBatch(ids, mask, own, mask - own)


class StepReader:
    """The branch over a loaded body; it stays in fp32, for it reads few sentences."""

    def __init__(self, body: Body, upper: nn.ModuleList, head: nn.Linear) -> None:
        self._body, self._upper, self._head = body, upper, head

    def read(
        self, own: Sequence[Sequence[int]], beside: Sequence[Sequence[int]]
    ) -> list[StepReading]:
        """Return what each sentence reports, in order.

        Args:
            own: token ids of each sentence.
            beside: those of the text beside it; of an empty text only the marks of its ends.
        """
        pairs = [paired(*ids) for ids in zip(own, beside, strict=True)]
        order = sorted(range(len(pairs)), key=lambda i: -len(pairs[i].ids))
        found: dict[int, StepReading] = {}
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            rows = self._logits(batch_of([pairs[i] for i in places]))
            found.update(zip(places, map(_reading, rows), strict=True))
        return [found[i] for i in range(len(pairs))]

    def _logits(self, batch: PairBatch) -> Tensor:
        with torch.inference_mode():
            shared = shared_layers(self._body)
            states = self._body.lower(batch.ids, batch.mask, shared, batch.kinds)
            for layer in self._upper:
                states = layer(states, src_key_padding_mask=batch.mask == 0)
            logits: Tensor = self._head(pool(states.float(), batch.own))
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
