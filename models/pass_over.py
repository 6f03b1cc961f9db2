"""One pass of the body over texts: label log-odds, and those of statements that were read before.

Imports torch: load it only where a model runs.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from models.body import Body, load_body
from models.heads import Heads, Reading, load_heads, reading
from models.lanes import Lanes
from models.opening import COMMON_WORDS, Words
from models.precision import Precision, PrecisionChoice, WantedPrecision, choose_precision

#: Tokens per text. News sentences have 20 to 60; what lies beyond is cut off.
MAX_TOKENS = 128


@dataclass(frozen=True, slots=True)
class Row:
    """What one text gave, before calibration."""

    labels: tuple[float, ...]  #: log-odds of each shipped label
    statements: tuple[float, ...]  #: log-odds of each statement read before


class PassOver:
    """Body, heads and tokenizer, in batches side by side."""

    def __init__(
        self, body: Body, heads: Heads, tokenizer: Tokenizer, batch_size: int, threads: int
    ) -> None:
        tokenizer.enable_truncation(MAX_TOKENS)
        self._body, self._heads, self._tokenizer = body, heads, tokenizer
        self._batch_size = batch_size
        self._lanes = Lanes(threads)
        self._statements: Tensor | None = None

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text."""
        return [encoded.ids for encoded in self._tokenizer.encode_batch(list(texts))]

    def statements(self, texts: Sequence[str]) -> None:
        """Read statements that every later text is to be judged by; replaces those before."""
        self._statements = None
        if texts:
            pooled = [self._read(batch).pooled for batch in ([ids] for ids in self.tokens(texts))]
            with torch.inference_mode():
                self._statements = self._heads.reader.statements(torch.cat(pooled))

    def read(self, token_ids: Sequence[Sequence[int]]) -> list[Row]:
        """Return one row per text, in order."""
        return self._lanes.batched(
            [len(ids) for ids in token_ids],
            self._batch_size,
            lambda batch: self._rows([token_ids[i] for i in batch]),
        )

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

    def words(self) -> Words:
        """Return the body's word vectors."""
        vectors = torch.nn.functional.normalize(self._body.words.weight.detach().float(), dim=1)
        common = self.tokens(COMMON_WORDS.split())
        return Words(vectors.numpy(), frozenset(t for ids in common for t in ids))

    def _rows(self, token_ids: Sequence[Sequence[int]]) -> list[Row]:
        read = self._read(token_ids)
        with torch.inference_mode():
            labels = self._heads.labels(read.pooled).tolist()
            if self._statements is None:
                return [Row(tuple(row), ()) for row in labels]
            odds = self._heads.reader(read, self._statements).tolist()
        return [Row(tuple(a), tuple(b)) for a, b in zip(labels, odds, strict=True)]

    def _read(self, token_ids: Sequence[Sequence[int]]) -> Reading:
        return reading(*states(self._body, token_ids))


def states(body: Body, token_ids: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Return the last layer of one batch in fp32, and its mask."""
    rows = [torch.tensor(ids) for ids in token_ids]
    ids = pad_sequence(rows, batch_first=True)
    mask = pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)
    with torch.inference_mode():
        return body(ids, mask).float(), mask


def load_pass(folder: Path, batch_size: int, threads: int) -> PassOver:
    """Load body, heads and tokenizer of the weights in `folder`, in fp32.

    Raises:
        ModelError: a file is missing or does not fit.
    """
    body, tokenizer = load_body(folder)
    return PassOver(body, load_heads(folder), tokenizer, batch_size, threads)
