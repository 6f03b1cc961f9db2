"""Labels as records: hypotheses, contrasts and thresholds, read from models/labels.yaml.

The shipped texts are reviewed data; operators add labels of their own, or change a threshold,
through `extra`. Nothing here scores anything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from ruamel.yaml import YAML

from models.errors import ModelError
from models.labels import SHIPPED_LABELS

LABELS_FILE = Path(__file__).with_name("labels.yaml")
OWN_LABEL_THRESHOLD = 0.5


class OwnLabel(Protocol):
    """What an operator writes about a label: a `LabelText` or a section of a configuration."""

    @property
    def hypotheses(self) -> tuple[str, ...]:
        """Statements that hold when the label applies."""
        ...

    @property
    def contrasts(self) -> tuple[str, ...]:
        """Statements that look alike but do not count."""
        ...

    @property
    def threshold(self) -> float | None:
        """Score from which the label applies, in 0..1."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelText:
    """What a label means, in words; an operator's label has the same shape as a shipped one."""

    name: str
    hypotheses: tuple[str, ...] = ()  #: statements that hold when the label applies
    contrasts: tuple[str, ...] = ()  #: look-alikes that do not count
    threshold: float | None = None  #: None = the default of the engine

    @property
    def digest(self) -> str:
        """SHA-256 of the texts; a calibration holds only for the texts it was fitted with."""
        texts = json.dumps([self.name, self.hypotheses, self.contrasts], ensure_ascii=False)
        return hashlib.sha256(texts.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSet:
    """Every label a classifier scores, in a fixed order: shipped labels first."""

    labels: tuple[LabelText, ...]
    version: str
    defaults: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  #: by engine

    @property
    def names(self) -> tuple[str, ...]:
        """Return the label names in order."""
        return tuple(label.name for label in self.labels)

    @property
    def digest(self) -> str:
        """Return one hash over all labels and their texts."""
        joined = "\n".join(label.digest for label in self.labels)
        return hashlib.sha256(joined.encode()).hexdigest()

    def own(self) -> tuple[LabelText, ...]:
        """Return the labels that are not shipped."""
        return tuple(label for label in self.labels if label.name not in SHIPPED_LABELS)

    def thresholds(
        self, engine: str, defaults: Mapping[str, float] | None = None
    ) -> dict[str, float]:
        """Return the threshold of every label: the operator's, else the default.

        Args:
            defaults: those that came with the weights; None = those of `engine` in labels.yaml.
        """
        defaults = self.defaults.get(engine, {}) if defaults is None else defaults
        return {
            label.name: defaults.get(label.name, OWN_LABEL_THRESHOLD)
            if label.threshold is None
            else label.threshold
            for label in self.labels
        }


@cache
def read_yaml(path: Path) -> Any:
    """Return the plain content of one of our own YAML data files."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def load_label_set(extra: Mapping[str, OwnLabel] | None = None) -> LabelSet:
    """Return the shipped labels, with the operator's labels and thresholds from `extra`.

    An entry for a shipped label may bring only a threshold; texts it leaves empty stay as
    shipped.

    Raises:
        ModelError: a label of the operator's own has no hypothesis, or a threshold is not in 0..1.
    """
    document = read_yaml(LABELS_FILE)
    extra = extra or {}
    shipped = [_merged(_shipped(document, name), extra.get(name)) for name in SHIPPED_LABELS]
    own = [_own(name, label) for name, label in extra.items() if name not in SHIPPED_LABELS]
    for label in (*shipped, *own):
        _check(label)
    defaults = {engine: dict(row["values"]) for engine, row in document["thresholds"].items()}
    return LabelSet(labels=(*shipped, *own), version=str(document["version"]), defaults=defaults)


def _shipped(document: Any, name: str) -> LabelText:
    row = document["labels"][name]
    return LabelText(
        name=name, hypotheses=tuple(row["hypotheses"]), contrasts=tuple(row["contrasts"])
    )


def _merged(shipped: LabelText, own: OwnLabel | None) -> LabelText:
    if own is None:
        return shipped
    return LabelText(
        name=shipped.name,
        hypotheses=own.hypotheses or shipped.hypotheses,
        contrasts=own.contrasts or shipped.contrasts,
        threshold=own.threshold,
    )


def _own(name: str, label: OwnLabel) -> LabelText:
    if not any(text.strip() for text in label.hypotheses):
        raise ModelError(
            f"labels.{name}: needs hypotheses: two or three statements that hold when it applies"
        )
    return LabelText(
        name=name,
        hypotheses=tuple(label.hypotheses),
        contrasts=tuple(label.contrasts),
        threshold=label.threshold,
    )


def _check(label: LabelText) -> None:
    if label.threshold is not None and not 0 <= label.threshold <= 1:
        raise ModelError(f"labels.{label.name}.threshold: must be between 0 and 1")
    for text in (*label.hypotheses, *label.contrasts):
        if not text.strip():
            raise ModelError(f"labels.{label.name}: a hypothesis or contrast is empty")
