"""The training loop: mixed batches, bf16 where it is faster, checkpoints, resumption, metrics.

Every step takes one batch of each kind that the stage has. A checkpoint holds the network, the
optimiser, the state of chance and the number of steps done; the order of batches follows from the
seed, so a run that was stopped goes on as if it had not been.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from models.training.examples import Pair, Sentence
from models.training.losses import Losses
from models.training.meanings import Meanings
from models.training.network import Network

#: Batches are cut from pools of this many batches, sorted by length: little padding, still mixed.
POOL = 40
#: Losses shown and logged are the mean of this many steps.
SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one stage is trained."""

    epochs: float  #: over the longer of the two lists
    batch: int  #: sentences a step; pairs where a stage has only pairs
    pair_batch: int
    rate: float  #: peak learning rate, with linear warm-up and decay
    warmup: float = 0.06  #: share of the steps
    decay: float = 0.01  #: weight decay
    frozen_words: bool = True  #: word vectors stay as they are: half the optimiser's work
    seed: int = 20261125
    save_every: int = 100  #: steps
    pairs_every: int = 1  #: pairs come with each n-th step only


def batches(
    rows: Sequence[Any], size: int, length: Callable[[Any], int], seed: int
) -> Iterator[list[Any]]:
    """Yield batches for ever, epoch after epoch, in an order that follows from the seed."""
    dice = random.Random(seed)  # noqa: S311 - shuffling
    while rows:
        order = list(range(len(rows)))
        dice.shuffle(order)
        for start in range(0, len(order), POOL * size):
            pool = sorted(order[start : start + POOL * size], key=lambda i: length(rows[i]))
            cut = [pool[i : i + size] for i in range(0, len(pool), size)]
            dice.shuffle(cut)
            for batch in cut:
                yield [rows[i] for i in batch]
    while True:
        yield []


class Trainer:
    """Runs one stage."""

    def __init__(self, network: Network, tokenizer: Any, plan: Plan, folder: Path) -> None:
        self.network, self.tokenizer, self.plan, self.folder = network, tokenizer, plan, folder
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        network.to(self.device)
        if plan.frozen_words:
            network.entailer.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        self.losses = Losses(network, tokenizer, self.device, Meanings())
        self.optimiser = torch.optim.AdamW(_groups(network, plan.decay), lr=plan.rate)
        self.done = 0
        self.low_precision = False

    def resume(self) -> None:
        """Go on from the last checkpoint, if there is one."""
        path = self.folder / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=True, map_location=self.device)
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            torch.set_rng_state(state["random"].cpu())
            self.done = state["done"]

    def save(self) -> None:
        """Write a checkpoint; the old one is replaced only by a whole new one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "random": torch.get_rng_state(),
            "done": self.done,
        }
        torch.save(state, self.folder / "checkpoint.tmp")
        (self.folder / "checkpoint.tmp").replace(self.folder / "checkpoint.pt")

    def save_model(self) -> None:
        """Write body, entailment head and tokenizer as transformers reads them."""
        self.network.entailer.save_pretrained(self.folder / "model")
        self.tokenizer.save_pretrained(self.folder / "model")

    def run(
        self,
        pairs: Sequence[Pair],
        sentences: Sequence[Sentence],
        evaluate: Callable[[], dict[str, Any]],
        evaluations: int = 1,
    ) -> None:
        """Train to the end of the plan; evaluate `evaluations` times, the last time at the end."""
        plan = self.plan
        pair_batch = plan.pair_batch if sentences else plan.batch
        longest = len(sentences) or len(pairs)
        total = math.ceil(plan.epochs * longest / plan.batch)
        of_pairs = batches(pairs, pair_batch, _pair_length, plan.seed)
        of_sentences = batches(sentences, plan.batch, _sentence_length, plan.seed + 1)
        self.low_precision = self._bf16_wins(
            next(batches(pairs, pair_batch, _pair_length, 0)),
            next(batches(sentences, plan.batch, _sentence_length, 0)),
        )
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeRemainingColumn()) as bar:
            task = bar.add_task("training", total=total)
            began, losses = time.monotonic(), []
            for step in range(total):
                paired = not sentences or step % plan.pairs_every == 0
                batch = next(of_pairs) if paired else [], next(of_sentences)
                bar.advance(task)
                if step < self.done:  # drawn all the same, so that the order stays the same
                    continue
                losses.append(self._step(*batch, step, total))
                self.done = step + 1
                bar.update(task, description=f"loss {_mean(losses):.3f}")
                if self.done % plan.save_every == 0:
                    self.save()
                    self._note(
                        step=self.done,
                        loss=round(_mean(losses), 4),
                        seconds=round(time.monotonic() - began),
                        bf16=self.low_precision,
                    )
                if self.done % max(1, total // evaluations) == 0 or self.done == total:
                    self._note(step=self.done, of=total, **evaluate())
        self.save()

    def _step(self, pairs: list[Pair], sentences: list[Sentence], step: int, total: int) -> float:
        self.network.train()
        warm = max(1, int(self.plan.warmup * total))
        falling = max(0.0, (total - step) / max(1, total - warm))
        for group in self.optimiser.param_groups:
            group["lr"] = self.plan.rate * min((step + 1) / warm, falling)
        loss = self.losses.of(pairs, sentences, step, low_precision=self.low_precision)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        return float(loss.detach())

    def _bf16_wins(self, pairs: list[Pair], sentences: list[Sentence]) -> bool:
        """Time one batch in each precision; processors' flags do not settle it."""
        chance = torch.get_rng_state()
        times = {}
        for low in (False, True, False, True):
            start = time.perf_counter()
            loss = self.losses.of(pairs, sentences, 0, low_precision=low)
            loss.backward()  # type: ignore[no-untyped-call]
            times[low] = time.perf_counter() - start
            self.optimiser.zero_grad(set_to_none=True)
        torch.set_rng_state(chance)
        return times[True] < times[False]

    def _note(self, **row: Any) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "metrics.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(row) + "\n")


def _groups(network: Network, decay: float) -> list[dict[str, Any]]:
    """Return the parameters that decay, and those that do not: offsets and norms."""
    trained = [weight for weight in network.parameters() if weight.requires_grad]
    return [
        {"params": [w for w in trained if w.ndim > 1], "weight_decay": decay},
        {"params": [w for w in trained if w.ndim <= 1], "weight_decay": 0.0},
    ]


def _mean(losses: list[float]) -> float:
    shown = losses[-SHOWN:]
    return sum(shown) / max(1, len(shown))


def _pair_length(pair: Pair) -> int:
    return len(pair.premise) + len(pair.hypothesis)


def _sentence_length(sentence: Sentence) -> int:
    return len(sentence.text)
