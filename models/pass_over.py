"""One pass of the body over texts: label log-odds and meanings; and pairs read together.

Imports torch: load it only where a model runs.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from models.body import Body, load_body
from models.heads import EntailmentHead, Heads, load_heads, pool
from models.lanes import Lanes
from models.opening import COMMON_WORDS, Words
from models.precision import Precision, PrecisionChoice, WantedPrecision, choose_precision
from models.step_reader import StepReader, load_step_reader

#: Tokens per text. News sentences have 20 to 60; what lies beyond is cut off.
MAX_TOKENS = 128
#: Pairs are few and of unlike length; large batches of them would mostly be padding.
PAIR_BATCH = 8

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Readings:
    """What texts gave, before calibration; one row per text."""

    labels: Floats  #: (texts, labels) log-odds of the shipped labels
    meanings: Floats  #: (texts, width), of length one


class PassOver:
    """Body, heads and tokenizer, in batches side by side."""

    def __init__(
        self,
        body: Body,
        heads: tuple[Heads, EntailmentHead],
        tokenizer: Tokenizer,
        batch_size: int,
        threads: int,
    ) -> None:
        tokenizer.enable_truncation(MAX_TOKENS)
        self._body, self._tokenizer = body, tokenizer
        self.heads, self._entailment = heads
        self._batch_size = batch_size
        self._lanes = Lanes(threads)

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text."""
        return [encoded.ids for encoded in self._tokenizer.encode_batch(list(texts))]

    def read(self, token_ids: Sequence[Sequence[int]]) -> Readings:
        """Return what each text gives, in order."""
        rows = self._lanes.batched(
            [len(ids) for ids in token_ids],
            self._batch_size,
            lambda batch: self._rows([token_ids[i] for i in batch]),
        )
        labels, meanings = self.heads.labels.out_features, self.heads.meaning.out_features
        return Readings(
            np.array([row[0] for row in rows], dtype=np.float32).reshape(-1, labels),
            np.array([row[1] for row in rows], dtype=np.float32).reshape(-1, meanings),
        )

    def layer_means(self, token_ids: Sequence[Sequence[int]]) -> Floats:
        """Return (texts, layers * width) of each text, for fitting the meaning head."""
        rows = self._lanes.batched(
            [len(ids) for ids in token_ids],
            self._batch_size,
            lambda batch: list(
                states(self._body, [token_ids[i] for i in batch]).layer_means.numpy()
            ),
        )
        return np.stack(rows)

    def likeness(self, meanings: Floats, statements: Floats) -> Floats:
        """Return (texts, statements) likeness, in standard deviations (models/heads.py)."""
        with torch.inference_mode():
            found: Floats = self.heads.likeness(
                torch.from_numpy(meanings), torch.from_numpy(statements)
            ).numpy()
        return found

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return the log-odds that the first of each pair entails the second."""
        encoded = self._tokenizer.encode_batch(list(pairs))
        return self._lanes.batched(
            [len(row.ids) for row in encoded],
            PAIR_BATCH,
            lambda batch: self._pair_odds([encoded[i] for i in batch]),
        )

    def step_reader(self, folder: Path) -> StepReader:
        """Load the branch that reads steps; before `choose_precision`, so that it stays in fp32."""
        return load_step_reader(self._body, folder)

    def words(self) -> Words:
        """Return the body's word vectors."""
        vectors = torch.nn.functional.normalize(self._body.words.weight.detach().float(), dim=1)
        common = self.tokens(COMMON_WORDS.split())
        return Words(vectors.numpy(), frozenset(t for ids in common for t in ids))

    def choose_precision(self, wanted: WantedPrecision, probe: Sequence[str]) -> PrecisionChoice:
        """Put the body in the precision to use; "auto" times `probe` in both."""
        bodies: dict[Precision, Body] = {"fp32": self._body}
        if wanted != "fp32":
            bodies["bf16"] = copy.deepcopy(self._body).to(torch.bfloat16)
        ids = self.tokens(probe)
        threads = torch.get_num_threads()
        torch.set_num_threads(1)  # as in the lanes that will run it
        try:
            choice = choose_precision(wanted, lambda p: states(bodies[p], ids), time.perf_counter)
        finally:
            torch.set_num_threads(threads)
        self._body = bodies[choice.precision]
        return choice

    def _rows(self, token_ids: Sequence[Sequence[int]]) -> list[tuple[Any, Any]]:
        with torch.inference_mode():
            read = states(self._body, token_ids)
            labels = self.heads.labels(pool(read.last, read.mask)).numpy()
            meanings = self.heads.meanings(read.layer_means).numpy()
            return list(zip(labels, meanings, strict=True))

    def _pair_odds(self, encoded: Sequence[Any]) -> list[float]:
        kinds = pad_sequence([torch.tensor(row.type_ids) for row in encoded], batch_first=True)
        with torch.inference_mode():
            read = states(self._body, [row.ids for row in encoded], kinds)
            odds: list[float] = self._entailment(read.last).tolist()
        return odds


@dataclass(frozen=True, slots=True)
class States:
    """What the body made of one batch, in fp32."""

    last: Tensor  #: (texts, tokens, width) of the last layer
    layer_means: Tensor  #: (texts, layers * width)
    mask: Tensor  #: (texts, tokens), 1 where a token is


def states(body: Body, token_ids: Sequence[Sequence[int]], kinds: Tensor | None = None) -> States:
    """Run the body over one batch."""
    rows = [torch.tensor(ids) for ids in token_ids]
    ids = pad_sequence(rows, batch_first=True)
    mask = pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)
    with torch.inference_mode():
        last, means = body(ids, mask, kinds)
        return States(last.float(), means.float(), mask)


def load_pass(folder: Path, batch_size: int, threads: int) -> PassOver:
    """Load body, heads and tokenizer of the weights in `folder`, in fp32.

    Raises:
        ModelError: a file is missing or does not fit.
    """
    body, tokenizer = load_body(folder)
    return PassOver(body, load_heads(folder), tokenizer, batch_size, threads)
