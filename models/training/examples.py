"""What training reads: pairs for entailment, sentences for the labels. Records only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CONTRADICTION, NEUTRAL, ENTAILMENT = 0, 1, 2
NOT_ENTAILED = -1  #: of two-way data: contradiction or neutral, not told which

CLASS_NAMES = {CONTRADICTION: "contradiction", NEUTRAL: "neutral", ENTAILMENT: "entailment"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A premise, a hypothesis, and what the first says of the second."""

    premise: str
    hypothesis: str
    target: int  #: one of the constants above


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence and what a reader found in it."""

    text: str
    labels: Mapping[str, float | None]  #: label -> 1, 0, a share between, or None: not settled
    step: str | None = None  #: finer class, named in models/corpus/README.md
    topics: frozenset[str] | None = None  #: of models/corpus/topics.yaml; None: nobody looked
    weight: float = 1.0  #: how much it counts
    source: str = ""
    group: str = ""  #: sentences of one group stay on one side of a split
