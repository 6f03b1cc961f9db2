"""The small heads on the shipped body: labels in one pass, and likeness to a statement.

Both read the pooled body: mean, maximum and first token of a text encoded alone. The likeness
compares texts and statements that were encoded apart, so a further statement costs next to
nothing; it only picks the pairs that the entailment head then judges.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

HEADS_FILE = "heads.safetensors"
TENSORS = (
    "labels.weight",
    "labels.bias",
    "of_text.weight",
    "of_text.bias",
    "of_statement.weight",
    "of_statement.bias",
    "likeness_scale",
    "likeness_offset",
)


def pool(hidden: Any, mask: Any) -> Any:
    """Return mean, maximum and first token of every text, side by side: (texts, 3 * width).

    Args:
        hidden: (texts, tokens, width) of the body's last layer.
        mask: (texts, tokens), 1 where a token is.
    """
    import torch

    seen = mask.unsqueeze(-1).to(hidden.dtype)
    mean = (hidden * seen).sum(1) / seen.sum(1).clamp(min=1)
    highest = hidden.masked_fill(seen == 0, -1e4).max(1).values
    return torch.cat([mean, highest, hidden[:, 0]], dim=1)


@dataclass(frozen=True, slots=True)
class Heads:
    """The weights of the heads, as numpy arrays in fp32."""

    tensors: dict[str, Floats]

    def label_logits(self, pooled: Floats) -> Floats:
        """Return (texts, labels) log-odds before calibration."""
        logits: Floats = pooled @ self.tensors["labels.weight"].T + self.tensors["labels.bias"]
        return logits

    def text_side(self, pooled: Floats) -> Floats:
        """Return the vectors by which texts are compared with statements."""
        return self._side(pooled, "of_text")

    def statement_side(self, pooled: Floats) -> Floats:
        """Return the vectors by which statements are compared with texts."""
        return self._side(pooled, "of_statement")

    def likeness(self, texts: Floats, statements: Floats) -> Floats:
        """Return (texts, statements) log-odds of entailment, from the two sides."""
        import numpy as np

        scale = float(np.exp(self.tensors["likeness_scale"]))
        logits: Floats = texts @ statements.T * scale + float(self.tensors["likeness_offset"])
        return logits

    def _side(self, pooled: Floats, name: str) -> Floats:
        import numpy as np

        rows = pooled @ self.tensors[f"{name}.weight"].T + self.tensors[f"{name}.bias"]
        scaled: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
        return scaled


def load_heads(folder: Path) -> Heads:
    """Read the heads of the shipped model.

    Raises:
        ModelError: the file is missing or lacks a tensor.
    """
    import numpy as np
    from safetensors.numpy import load_file

    path = folder / HEADS_FILE
    try:
        tensors = load_file(path)
        return Heads({name: tensors[name].astype(np.float32) for name in TENSORS})
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read: {error}; restore models/weights/") from error


def weights_digest(folder: Path) -> str:
    """Return one SHA-256 over every weights file in `folder`."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()
