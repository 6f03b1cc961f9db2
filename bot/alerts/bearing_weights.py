"""The fitted networks of bot/alerts/bearing.py: a weighted sum beside one hidden layer. Pure.

What a feature counts for depends on others (a toll on the sort of event, a place on its age), which
a sum alone cannot hold. Written by `python -m benchmarks.bearing --fit`; figures: docs/events.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from bot.errors import ConfigError

Features = Mapping[str, float]
Floats = NDArray[np.float64]

FILE = Path(__file__).with_name("bearing.safetensors")
#: Of the file; the fit writes both.
SHA256 = "f90f55f738300630b3792608a18c077a71a774039699b36e0c2b0fc1785a4a91"
FOLLOWS = "follows"  #: any event that is followed
SAME_INCIDENT = "same_incident"  #: shots or a toll told again
#: Arrays of a network, in the file as "name.part".
PARTS = ("plain", "hidden", "bias", "out", "some")
#: Sums differ in their last digits from machine to machine; decisions must not.
DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Scores events for one report; a feature that it does not know counts nothing."""

    of_event: tuple[str, ...]  #: names of the event's features, in the order of the rows
    of_report: tuple[str, ...]  #: names of the report's; they follow the event's
    plain: Floats  #: (features,) of the weighted sum
    hidden: Floats  #: (features, units)
    bias: Floats  #: (units,)
    out: Floats  #: (units,)
    some: Floats  #: (report's features,) that the report follows anything at all

    def scores(self, events: Sequence[Features], report: Features) -> list[float]:
        """Return for each event the log-odds that the report follows it rather than none."""
        own = _row(report, self.of_report)
        rows = np.stack([np.concatenate([_row(event, self.of_event), own]) for event in events])
        units = np.maximum(rows @ self.hidden + self.bias, 0.0)
        found = rows @ self.plain + units @ self.out + own @ self.some
        return [round(float(score), DIGITS) for score in found]

    def likeliest(self, events: Sequence[Features], report: Features) -> tuple[int, float]:
        """Return the place and the log-odds of the likeliest event; of equal ones the last."""
        scores = self.scores(events, report)
        best = max(range(len(scores)), key=lambda n: (scores[n], n))
        return best, scores[best]


def _row(features: Features, names: Sequence[str]) -> Floats:
    return np.array([float(features.get(name, 0.0)) for name in names])


@cache
def network(name: str) -> Network:
    """Return a network of the shipped file.

    Raises:
        ConfigError: the file is missing, or is not the one that belongs to this version.
    """
    try:
        if hashlib.sha256(FILE.read_bytes()).hexdigest() != SHA256:
            raise ConfigError(f"{FILE}: is not the file of this version; restore it")
        return read_network(FILE, name)
    except OSError as error:
        raise ConfigError(f"{FILE}: cannot be read ({error}); restore it") from error


def read_network(path: Path, name: str) -> Network:
    """Read a network from a file of any origin.

    Raises:
        ConfigError: it holds no such network.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            names = json.loads(file.metadata()[name])
            parts = {part: file.get_tensor(f"{name}.{part}").astype(np.float64) for part in PARTS}
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"{path}: holds no network {name!r} ({error}); restore it") from error
    return Network(of_event=tuple(names["event"]), of_report=tuple(names["report"]), **parts)
