"""Fits a network of bot/alerts/bearing_weights.py to choices; deterministic.

A conditional logit over the events and none: a weighted sum of the features, and one hidden layer
beside it. What the layer reads is brought to one scale first, and folded back afterwards.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn

from bot.alerts import bearing_weights
from bot.alerts.bearing_weights import PARTS, Network

UNITS = 32
DROPOUT = 0.2
EPOCHS = 20
BATCH = 256
RATE = 8e-3
DECAY = 0.1
#: Least spread of a feature that is taken for its own: rare ones would count too much.
LEAST_SPREAD = 0.1
#: A second report of a step in other words is found by its step first.
SUPPORTING_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One report with the events it may follow, and which of them an editor says it does."""

    folder: str
    entry: str
    sort: str  #: "update", "supporting", "silent" or "first"
    armed: bool  #: shots or a toll, which may be a second report of an incident
    events: tuple[Mapping[str, float], ...]  #: features, event by event
    report: Mapping[str, float]  #: features of the report itself
    right: tuple[int, ...]  #: places in `events`; () = none of them


class _Layers(nn.Module):
    def __init__(self, features: int, own: int) -> None:
        super().__init__()
        self.plain = nn.Linear(features, 1)
        self.hidden = nn.Linear(features, UNITS)
        self.drop = nn.Dropout(DROPOUT)
        self.out = nn.Linear(UNITS, 1, bias=False)
        self.some = nn.Linear(own, 1, bias=False)

    def forward(self, rows: Tensor, own: Tensor) -> tuple[Tensor, Tensor]:
        """Return the scores of events (rows,) and of none (choices,)."""
        units = self.drop(torch.relu(self.hidden(rows)))
        return (self.plain(rows) + self.out(units)).squeeze(-1), -self.some(own).squeeze(-1)


def fit(choices: Sequence[Choice]) -> Network:
    """Fit a network on all choices."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # sums in one order
    of_event = tuple(sorted({name for c in choices for event in c.events for name in event}))
    of_report = tuple(sorted({name for c in choices for name in c.report}))
    own = torch.tensor([_vector(c.report, of_report) for c in choices])
    rows = torch.tensor(
        [
            [*_vector(event, of_event), *_vector(c.report, of_report)]
            for c in choices
            for event in c.events
        ]
    )
    right = torch.tensor([place in c.right for c in choices for place in range(len(c.events))])
    middle, spread = rows.mean(0), rows.std(0).clamp(min=LEAST_SPREAD)
    torch.manual_seed(1)
    layers = _Layers(rows.shape[1], own.shape[1])
    _train(layers, (rows - middle) / spread, own, right, choices)
    torch.set_num_threads(threads)
    return _folded(layers, middle, spread, of_event, of_report)


def _vector(features: Mapping[str, float], names: Sequence[str]) -> list[float]:
    return [float(features.get(name, 0.0)) for name in names]


def _train(
    layers: _Layers, rows: Tensor, own: Tensor, right: Tensor, choices: Sequence[Choice]
) -> None:
    counts = torch.tensor([len(c.events) for c in choices])
    starts = torch.cat([torch.zeros(1, dtype=torch.long), counts.cumsum(0)])
    heavy = torch.tensor([SUPPORTING_WEIGHT if c.sort == "supporting" else 1.0 for c in choices])
    nowhere = torch.tensor([not c.right for c in choices])
    search = torch.optim.AdamW(layers.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(choices) // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(search, RATE, total_steps=steps)
    layers.train()
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(choices)).split(BATCH):
            places = torch.cat([torch.arange(starts[n], starts[n + 1]) for n in batch.tolist()])
            of = torch.repeat_interleave(torch.arange(len(batch)), counts[batch])
            events, none = layers(rows[places], own[batch])
            most = none.detach().scatter_reduce(0, of, events.detach(), "amax")
            told, total = (events - most[of]).exp(), (none - most).exp()
            hit = torch.zeros(len(batch)).index_add(0, of, told * right[places])
            hit = hit + total * nowhere[batch]
            total = total.index_add(0, of, told)
            loss = -((hit / total).clamp(min=1e-9).log() * heavy[batch]).mean()
            search.zero_grad()
            loss.backward()
            search.step()
            pace.step()


def _folded(
    layers: _Layers,
    middle: Tensor,
    spread: Tensor,
    of_event: tuple[str, ...],
    of_report: tuple[str, ...],
) -> Network:
    """Return the network over features as they are; the report's "constant" takes what is left."""

    def numbers(tensor: Tensor) -> np.ndarray:
        return tensor.detach().double().numpy()

    shift, scale = numbers(middle), numbers(spread)
    plain = numbers(layers.plain.weight)[0] / scale
    hidden = numbers(layers.hidden.weight).T / scale[:, None]
    some = numbers(layers.some.weight)[0].copy()
    some[of_report.index("constant")] += numbers(layers.plain.bias)[0] - shift @ plain
    return Network(
        of_event=of_event,
        of_report=of_report,
        plain=plain,
        hidden=hidden,
        bias=numbers(layers.hidden.bias) - shift @ hidden,
        out=numbers(layers.out.weight)[0],
        some=some,
    )


def write_networks(networks: Mapping[str, Network], path: Path = bearing_weights.FILE) -> str:
    """Write networks by name and return the file's SHA-256."""
    parts = {
        f"{name}.{part}": np.ascontiguousarray(getattr(network, part), dtype=np.float32)
        for name, network in networks.items()
        for part in PARTS
    }
    names = {
        name: json.dumps({"event": network.of_event, "report": network.of_report})
        for name, network in networks.items()
    }
    save_file(parts, path, metadata=names)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pin(digest: str) -> None:
    """Write the digest of the shipped file into the module that checks it."""
    source = Path(bearing_weights.__file__)
    text = source.read_text(encoding="utf-8")
    pinned = re.sub(r"^SHA256 = .*$", f'SHA256 = "{digest}"', text, flags=re.MULTILINE)
    source.write_text(pinned, encoding="utf-8")
