"""The heads on the shipped body: all shipped labels in one pass, the meaning, and entailment.

Labels and meaning read a text that was encoded alone. The meaning is a vector like that of the
sentence encoder that the body came from (a linear map of all layers, fitted when the weights were
exported), so that a statement can be compared with a text without reading the two together;
"usual" and "spread" say how any statement fares against everyday news. The entailment head reads
a text and a statement together. Imports torch: load it only where a model runs.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from models.errors import ModelError
from models.labels import SHIPPED_LABELS

HEADS_FILE = "heads.safetensors"
MEANING_WIDTH = 384
#: Place of "entailment" among the classes of the entailment head.
ENTAILMENT = 2


def pool(hidden: Tensor, mask: Tensor) -> Tensor:
    """Return mean, maximum and first token of every text, side by side: (texts, 3 * width).

    Args:
        hidden: (texts, tokens, width) of the body's last layer.
        mask: (texts, tokens), 1 where a token is.
    """
    seen = mask.unsqueeze(-1).to(hidden.dtype)
    mean = (hidden * seen).sum(1) / seen.sum(1).clamp(min=1)
    highest = hidden.masked_fill(seen == 0, -1e4).max(1).values
    return torch.cat([mean, highest, hidden[:, 0]], dim=1)


class Heads(nn.Module):
    """The label head and the meaning head."""

    usual: Tensor
    spread: Tensor

    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.labels = nn.Linear(3 * width, len(SHIPPED_LABELS))
        self.meaning = nn.Linear(layers * width, MEANING_WIDTH)
        #: Mean and covariance of the meanings of everyday news.
        self.register_buffer("usual", torch.zeros(MEANING_WIDTH))
        self.register_buffer("spread", torch.eye(MEANING_WIDTH))

    def meanings(self, layer_means: Tensor) -> Tensor:
        """Return one vector of length one per text."""
        return nn.functional.normalize(self.meaning(layer_means), dim=1)

    def likeness(self, texts: Tensor, statements: Tensor) -> Tensor:
        """Return (texts, statements): how far a text is nearer to a statement than news usually is.

        In standard deviations of the cosine between the statement and everyday news, so that
        a statement about anything at all gains nothing by it.
        """
        cosines = texts @ statements.T
        usual = statements @ self.usual
        spread = ((statements @ self.spread) * statements).sum(1).clamp(min=1e-6).sqrt()
        measured: Tensor = (cosines - usual) / spread
        return measured


class EntailmentHead(nn.Module):
    """Whether the first of two texts entails the second: pooler and classifier as BERT has them."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.pooler = nn.Linear(width, width)
        self.classifier = nn.Linear(width, 3)

    def forward(self, hidden: Tensor) -> Tensor:
        """Return log-odds of entailment per pair, against the two other classes.

        Args:
            hidden: (pairs, tokens, width) of the body's last layer.
        """
        logits = self.classifier(torch.tanh(self.pooler(hidden[:, 0])))
        odds: Tensor = logits[:, ENTAILMENT] - torch.logsumexp(logits[:, :ENTAILMENT], dim=1)
        return odds


def load_heads(folder: Path) -> tuple[Heads, EntailmentHead]:
    """Read the heads of the shipped model, in fp32.

    Raises:
        ModelError: a file is missing or does not fit.
    """
    path = folder / HEADS_FILE
    try:
        tensors = load_file(path)
        width = tensors["labels.weight"].shape[1] // 3
        heads = Heads(width, tensors["meaning.weight"].shape[1] // width)
        heads.load_state_dict(tensors)
        body = load_file(folder / "model.safetensors")
        entailment = EntailmentHead(body["bert.pooler.dense.bias"].shape[0])
        for part in ("weight", "bias"):
            getattr(entailment.pooler, part).data = body[f"bert.pooler.dense.{part}"].float()
            getattr(entailment.classifier, part).data = body[f"classifier.{part}"].float()
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise ModelError(f"{path}: cannot be read: {error}; restore models/weights/") from error
    return heads.float().eval(), entailment.eval()
