"""Teaches the gate: a mean and a maximum of token vectors must tell what the network will label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.gate import slim_table

WIDTH = 24  #: of a token's vector
HIDDEN = 48
EPOCHS = 6
BATCH = 256
#: A missed label costs more than a text read in vain.
MISSED_WEIGHT = 4.0


class _GateNet(nn.Module):
    def __init__(self, words: Tensor) -> None:
        super().__init__()
        scaled = (words - words.mean(0)) / words.std(0).clamp(min=1e-4)
        self.words: Tensor
        self.register_buffer("words", scaled)
        self.project = nn.Linear(words.shape[1], WIDTH)
        self.inner = nn.Linear(2 * WIDTH, HIDDEN)
        self.outer = nn.Linear(HIDDEN, 1)

    def table(self) -> Tensor:
        return torch.relu(self.project(self.words))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        vectors = torch.relu(self.project(self.words[ids]))
        seen = mask.unsqueeze(-1)
        mean = (vectors * seen).sum(1) / seen.sum(1)
        highest = vectors.masked_fill(seen == 0, -1e4).max(1).values
        hidden = torch.relu(self.inner(torch.cat([mean, highest], dim=1)))
        odds: Tensor = self.outer(hidden).squeeze(1)
        return odds


def fit_gate(
    words: Tensor, token_ids: Sequence[Sequence[int]], teacher: NDArray[Any], seed: int
) -> dict[str, NDArray[np.float16]]:
    """Return the tensors of the gate file.

    Args:
        words: (vocabulary, width) word embeddings of the body.
        teacher: for each text the highest probability of any label.
    """
    torch.manual_seed(seed)
    net = _GateNet(words)
    optimiser = torch.optim.Adam(net.parameters(), lr=3e-3)
    order = np.arange(len(token_ids))
    dice = np.random.default_rng(seed)
    for epoch in range(EPOCHS):
        dice.shuffle(order)
        for group in optimiser.param_groups:
            group["lr"] = 3e-3 * (1 - epoch / EPOCHS)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            ids, mask = _padded([token_ids[i] for i in batch])
            target = torch.tensor(teacher[batch], dtype=torch.float32)
            losses = nn.functional.binary_cross_entropy_with_logits(
                net(ids, mask), target, reduction="none"
            )
            loss = (losses * (1 + (MISSED_WEIGHT - 1) * target)).mean()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            optimiser.zero_grad()
    with torch.no_grad():
        tensors = {
            "inner": net.inner.weight.T,
            "inner_offset": net.inner.bias,
            "outer": net.outer.weight[0],
            "outer_offset": net.outer.bias,
        }
        halved = {n: t.contiguous().numpy().astype(np.float16) for n, t in tensors.items()}
        return {**slim_table(net.table().numpy()), **halved}


def _padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    longest = max(len(row) for row in rows)
    ids = torch.zeros((len(rows), longest), dtype=torch.long)
    mask = torch.zeros((len(rows), longest))
    for n, row in enumerate(rows):
        ids[n, : len(row)] = torch.tensor(row)
        mask[n, : len(row)] = 1
    return ids, mask
