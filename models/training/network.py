"""One body, its entailment head and the label head, in training.

The body and the entailment head are an ordinary BertForSequenceClassification, so that any
tool of transformers can load them. The label head reads the same body over the sentence alone.
Two more layers only help the body to learn: one for the finer steps, and one that imitates the
sentence encoder that the body came from, so that it forgets less of what sentences mean
(Reimers and Gurevych, EMNLP 2020).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from models.heads import MEANING_WIDTH, pool
from models.labels import SHIPPED_LABELS
from models.training.examples import CLASS_NAMES, NOT_ENTAILED

DROPOUT = 0.1


class Network(nn.Module):
    """The network in training."""

    def __init__(self, entailer: Any, steps: tuple[str, ...]) -> None:
        super().__init__()
        width = 3 * entailer.config.hidden_size
        self.entailer = entailer
        self.step_names = steps
        self.dropout = nn.Dropout(DROPOUT)
        self.labels = nn.Linear(width, len(SHIPPED_LABELS))
        self.steps = nn.Linear(width, max(1, len(steps)))
        self.imitation = nn.Linear(width, MEANING_WIDTH)

    def pair_logits(self, encoded: dict[str, Tensor]) -> Tensor:
        """Return (pairs, 3): contradiction, neutral, entailment."""
        logits: Tensor = self.entailer(**encoded).logits
        return logits.float()

    def pooled(self, encoded: dict[str, Tensor]) -> Tensor:
        """Return (texts, 3 * width) of texts encoded alone."""
        hidden = self.entailer.bert(**encoded).last_hidden_state
        pooled: Tensor = self.dropout(pool(hidden, encoded["attention_mask"]))
        return pooled


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
