"""One body, three heads: entailment of a pair, the shipped labels in one pass, a likeness.

The body and the entailment head are an ordinary BertForSequenceClassification, so that any
tool of transformers can load them. The label head reads the same body over the sentence alone:
mean, maximum and first token, then one linear layer for the labels and one for the finer steps.
The likeness compares a sentence and a statement that were encoded apart, so that it costs next to
nothing per statement; it picks the pairs that are worth the entailment head.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from models.heads import pool
from models.labels import SHIPPED_LABELS
from models.training.examples import CLASS_NAMES, NOT_ENTAILED

DROPOUT = 0.1
LIKENESS_WIDTH = 128


class Network(nn.Module):
    """The network in training."""

    def __init__(self, entailer: Any, steps: tuple[str, ...]) -> None:
        super().__init__()
        self.entailer = entailer
        width = 3 * entailer.config.hidden_size
        self.step_names = steps
        self.dropout = nn.Dropout(DROPOUT)
        self.labels = nn.Linear(width, len(SHIPPED_LABELS))
        self.steps = nn.Linear(width, max(1, len(steps)))
        self.of_text = nn.Linear(width, LIKENESS_WIDTH)
        self.of_statement = nn.Linear(width, LIKENESS_WIDTH)
        self.likeness_scale = nn.Parameter(torch.tensor(math.log(8.0)))
        self.likeness_offset = nn.Parameter(torch.tensor(-4.0))

    def pair_logits(self, encoded: dict[str, Tensor]) -> Tensor:
        """Return (pairs, 3): contradiction, neutral, entailment."""
        logits: Tensor = self.entailer(**encoded).logits
        return logits.float()

    def pooled(self, encoded: dict[str, Tensor]) -> Tensor:
        """Return (texts, 3 * width) of texts encoded alone."""
        hidden = self.entailer.bert(**encoded).last_hidden_state
        pooled: Tensor = self.dropout(pool(hidden, encoded["attention_mask"]))
        return pooled

    def likeness(self, texts: Tensor, statements: Tensor) -> Tensor:
        """Return (texts, statements): log-odds that each text entails each statement."""
        left = nn.functional.normalize(self.of_text(texts).float(), dim=1)
        right = nn.functional.normalize(self.of_statement(statements).float(), dim=1)
        return left @ right.T * self.likeness_scale.exp() + self.likeness_offset


def entailment_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the mean log loss; a NOT_ENTAILED target counts both other classes as right."""
    logs = torch.log_softmax(logits, dim=1)
    exact = logs.gather(1, targets.clamp(min=0).unsqueeze(1)).squeeze(1)
    either = torch.logsumexp(logs[:, :2], dim=1)
    return -torch.where(targets == NOT_ENTAILED, either, exact).mean()


def known_loss(logits: Tensor, targets: Tensor, counted: Tensor) -> Tensor:
    """Return the mean binary log loss where `counted` says how much each target counts."""
    losses = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    return (losses * counted).sum() / counted.sum().clamp(min=1)


def new_network(source: str | Path, steps: tuple[str, ...]) -> tuple[Network, Any]:
    """Return the network over the body in `source`, and its tokenizer."""
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(source, local_files_only=True)
    entailer = AutoModelForSequenceClassification.from_pretrained(
        source,
        local_files_only=True,
        use_safetensors=True,
        num_labels=3,
        id2label=CLASS_NAMES,
        label2id={name: number for number, name in CLASS_NAMES.items()},
    )
    return Network(entailer, steps), tokenizer
