"""The cheap gate before the body: which texts may carry a label at all.

Every token of the vocabulary has a short vector (made from the word embeddings when the weights
were exported); a text is the mean and the maximum of its tokens' vectors, judged by one small
layer. No transformer runs. The cut is set on development data so that hardly any text that
carries a label is lost; its recall is pinned in weights/calibration.yaml and in a test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

GATE_FILE = "gate.safetensors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The weights of the gate."""

    table: Floats  #: (vocabulary, width): one vector per token
    inner: Floats  #: (2 * width, hidden)
    inner_offset: Floats
    outer: Floats  #: (hidden,)
    outer_offset: float

    def log_odds(self, token_ids: Sequence[Sequence[int]]) -> Floats:
        """Return the log-odds that each text carries any label.

        Args:
            token_ids: of each text, with its special tokens; none of them empty.
        """
        import numpy as np

        lengths = np.fromiter((len(ids) for ids in token_ids), dtype=np.int64)
        flat = np.fromiter((t for ids in token_ids for t in ids), dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        vectors = self.table[flat]
        mean = np.add.reduceat(vectors, starts, axis=0) / lengths[:, None]
        highest = np.maximum.reduceat(vectors, starts, axis=0)
        hidden = np.concatenate([mean, highest], axis=1) @ self.inner + self.inner_offset
        odds: Floats = np.maximum(hidden, 0) @ self.outer + self.outer_offset
        return odds


def slim_table(table: Floats) -> dict[str, NDArray[Any]]:
    """Return the table in whole numbers of one byte, and what one is worth in each column."""
    import numpy as np

    scale = np.maximum(np.abs(table).max(axis=0), 1e-6) / 127
    rounded = np.rint(table / scale).astype(np.int8)
    return {"table": rounded, "table_scale": scale.astype(np.float32)}


def load_gate(folder: Path) -> Gate:
    """Read the gate of the shipped model.

    Raises:
        ModelError: the file is missing or lacks a tensor.
    """
    import numpy as np
    from safetensors.numpy import load_file

    path = folder / GATE_FILE
    try:
        tensors = {name: t.astype(np.float32) for name, t in load_file(path).items()}
        return Gate(
            table=tensors["table"] * tensors["table_scale"],
            inner=tensors["inner"],
            inner_offset=tensors["inner_offset"],
            outer=tensors["outer"],
            outer_offset=float(tensors["outer_offset"].reshape(-1)[0]),
        )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read: {error}; restore models/weights/") from error
