"""The heads on the shipped body: all shipped labels in one pass, and the reader of statements.

Both read the last layer of a text that was encoded alone. The reader judges whether the text
entails a statement (a hypothesis of an operator's own label): the statement, encoded once, looks
at the tokens of the text with a few small attention heads, so a further statement costs next to
nothing per text (a poly-encoder, Humeau et al., ICLR 2020, with the roles of context and
candidate exchanged). Imports torch: load it only where a model runs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from models.errors import ModelError
from models.labels import SHIPPED_LABELS

HEADS_FILE = "heads.safetensors"
#: Width of the vectors that reader and statement compare, and how many heads look at tokens.
WIDTH, GLANCES = 128, 4
HIDDEN = 96


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text left behind when it was read, enough for every head."""

    pooled: Tensor  #: (texts, 3 * width of the body)
    tokens: Tensor  #: (texts, tokens, width of the body)
    mask: Tensor  #: (texts, tokens), 1 where a token is


def reading(hidden: Tensor, mask: Tensor) -> Reading:
    """Return mean, maximum and first token of every text side by side, and its tokens.

    Args:
        hidden: (texts, tokens, width) of the body's last layer.
        mask: (texts, tokens), 1 where a token is.
    """
    seen = mask.unsqueeze(-1).to(hidden.dtype)
    mean = (hidden * seen).sum(1) / seen.sum(1).clamp(min=1)
    highest = hidden.masked_fill(seen == 0, -1e4).max(1).values
    return Reading(torch.cat([mean, highest, hidden[:, 0]], dim=1), hidden, mask)


class StatementReader(nn.Module):
    """Log-odds that texts entail statements."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.of_text = nn.Linear(3 * width, WIDTH)
        self.of_statement = nn.Linear(3 * width, WIDTH)
        self.questions = nn.Linear(3 * width, WIDTH)
        self.keys = nn.Linear(width, WIDTH)
        self.values = nn.Linear(width, WIDTH)
        self.hidden = nn.Linear(4 * WIDTH, HIDDEN)
        self.verdict = nn.Linear(HIDDEN, 1)

    def statements(self, pooled: Tensor) -> Tensor:
        """Return (statements, 2 * WIDTH) of statements that were pooled alone."""
        return torch.cat([self.of_statement(pooled), self.questions(pooled)], dim=1)

    def forward(self, texts: Reading, statements: Tensor) -> Tensor:
        """Return (texts, statements) log-odds."""
        count = len(texts.pooled)
        own = self.of_text(texts.pooled).unsqueeze(1)
        said, asked = statements[:, :WIDTH], statements[:, WIDTH:]
        seen = self._glances(texts, asked)
        said = said.unsqueeze(0).expand(count, -1, -1)
        own = own.expand(-1, len(statements), -1)
        joined = torch.cat([own * said, seen * said, (own - said).abs(), seen], dim=2)
        odds: Tensor = self.verdict(nn.functional.gelu(self.hidden(joined))).squeeze(2)
        return odds

    def _glances(self, texts: Reading, asked: Tensor) -> Tensor:
        """Return (texts, statements, WIDTH): what each statement found in each text."""
        count, length, _ = texts.tokens.shape
        each = WIDTH // GLANCES
        keys = self.keys(texts.tokens).view(count, length, GLANCES, each)
        values = self.values(texts.tokens).view(count, length, GLANCES, each)
        questions = asked.view(-1, GLANCES, each)
        match = torch.einsum("blgd,sgd->bsgl", keys, questions) / math.sqrt(each)
        match = match.masked_fill(texts.mask[:, None, None, :] == 0, -1e4)
        found = torch.einsum("bsgl,blgd->bsgd", match.softmax(-1), values)
        return found.reshape(count, -1, WIDTH)


class Heads(nn.Module):
    """The label head and the reader."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.labels = nn.Linear(3 * width, len(SHIPPED_LABELS))
        self.reader = StatementReader(width)


def load_heads(folder: Path) -> Heads:
    """Read the heads of the shipped model, in fp32.

    Raises:
        ModelError: the file is missing or does not fit.
    """
    path = folder / HEADS_FILE
    try:
        tensors = load_file(path)
        heads = Heads(tensors["labels.weight"].shape[1] // 3)
        heads.load_state_dict(tensors)
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise ModelError(f"{path}: cannot be read: {error}; restore models/weights/") from error
    return heads.float().eval()
