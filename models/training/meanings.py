"""What the sentence encoder makes of training texts: the vectors that the meaning head imitates."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from models.encoder import Encoder, load_encoder


class Meanings:
    """The encoder's vectors; each text is read once."""

    def __init__(self) -> None:
        self._encoder: Encoder | None = None
        self._known: dict[str, Tensor] = {}

    def of(self, texts: Sequence[str]) -> Tensor:
        """Return one vector of length one per text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._encoder = self._encoder or load_encoder()
            for text, row in zip(new, self._encoder.encode(new), strict=True):
                self._known[text] = torch.from_numpy(row)
        return torch.stack([self._known[text] for text in texts])
