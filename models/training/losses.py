"""What each kind of example teaches which head."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from models.labels import SHIPPED_LABELS
from models.training.examples import Pair, Sentence
from models.training.meanings import Meanings
from models.training.network import Network, entailment_loss, known_loss
from models.training.statements import statement_table, topic_table

MAX_TOKENS = 112
STEP_WEIGHT = 0.3
PAIR_WEIGHT = 0.5
MEANING_WEIGHT = 4.0
#: Statements that each step adds, for their meaning only.
STATEMENTS = 12


class Losses:
    """Encodes batches and adds up the losses of all heads."""

    def __init__(
        self, network: Network, tokenizer: Any, device: torch.device, meanings: Meanings
    ) -> None:
        self._network, self._tokenizer, self._device = network, tokenizer, device
        self._meanings = meanings

    def of(
        self,
        pairs: Sequence[Pair],
        sentences: Sequence[Sentence],
        step: int,
        *,
        low_precision: bool,
    ) -> Tensor:
        """Return the loss of one step; `step` decides which statements are drawn."""
        with torch.autocast(self._device.type, dtype=torch.bfloat16, enabled=low_precision):
            if not sentences:
                return self._entailment(pairs)
            loss = self._labels(sentences, step)
            if pairs:
                loss = loss + PAIR_WEIGHT * self._entailment(pairs)
            return loss

    def encode(self, *texts: Sequence[str]) -> dict[str, Tensor]:
        """Return padded tensors of texts, or of pairs of texts."""
        encoded = self._tokenizer(
            *(list(t) for t in texts),
            padding=True,
            truncation="longest_first",
            max_length=MAX_TOKENS,
            return_tensors="pt",
        )
        return {name: tensor.to(self._device) for name, tensor in encoded.items()}

    def _entailment(self, pairs: Sequence[Pair]) -> Tensor:
        encoded = self.encode([p.premise for p in pairs], [p.hypothesis for p in pairs])
        targets = torch.tensor([p.target for p in pairs], device=self._device)
        return entailment_loss(self._network.pair_logits(encoded), targets)

    def _labels(self, sentences: Sequence[Sentence], step: int) -> Tensor:
        texts = [s.text for s in sentences]
        dice = random.Random(step)  # noqa: S311 - sampling
        said = [s.text for s in dice.sample((*statement_table(), *topic_table()), STATEMENTS)]
        everything = self._network.pooled(self.encode([*texts, *said]))
        pooled = everything[: len(texts)]
        weights = self._numbers([[s.weight] for s in sentences])
        values = [[s.labels.get(name) for name in SHIPPED_LABELS] for s in sentences]
        loss = known_loss(
            self._network.labels(pooled).float(),
            self._numbers([[v or 0.0 for v in row] for row in values]),
            weights * self._numbers([[float(v is not None) for v in row] for row in values]),
        )
        loss = loss + MEANING_WEIGHT * self._imitation(everything, [*texts, *said])
        names = self._network.step_names
        named = [i for i, s in enumerate(sentences) if s.step in names]
        if not named:
            return loss
        wanted = torch.tensor([names.index(sentences[i].step or "") for i in named])
        logits = self._network.steps(pooled[named]).float()
        extra = torch.nn.functional.cross_entropy(logits, wanted.to(self._device))
        return loss + STEP_WEIGHT * extra

    def _imitation(self, pooled: Tensor, texts: Sequence[str]) -> Tensor:
        """Return how far the network is from the vectors of the sentence encoder."""
        wanted = self._meanings.of(texts).to(self._device)
        found = torch.nn.functional.normalize(self._network.imitation(pooled).float(), dim=1)
        return (1 - (found * wanted).sum(1)).mean()

    def _numbers(self, values: list[Any]) -> Tensor:
        return torch.tensor(values, dtype=torch.float32, device=self._device)
