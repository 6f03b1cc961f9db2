"""The sentence encoder: all-MiniLM-L6-v2 from the installed package, mean-pooled, length one.

torch and transformers are loaded only when `load_encoder` is called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from models.lanes import Lanes, default_threads
from models.precision import PrecisionChoice, WantedPrecision
from models.weights import ENCODER_SHA256, check_sha256, encoder_folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Tokens per text. News sentences have 20 to 60; what lies beyond is cut off.
MAX_TOKENS = 160
_PROBE = ["The two sides exchanged fire along the line of contact until late in the evening."] * 4


class Encoder:
    """Turns texts into vectors of length one; cosine is then a dot product."""

    def __init__(
        self, model: Any, tokenizer: Any, choice: PrecisionChoice, batch_size: int, threads: int
    ) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._batch_size = batch_size
        self._lanes = Lanes(threads)
        self.choice = choice

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row per text, in order."""
        import numpy as np

        if not texts:
            return np.zeros((0, self._model.config.hidden_size), dtype=np.float32)
        tokens = self._tokenizer(list(texts), truncation=True, max_length=MAX_TOKENS)["input_ids"]
        rows = self._lanes.batched(
            [len(ids) for ids in tokens],
            self._batch_size,
            lambda batch: list(
                embed_tokens(self._model, self._tokenizer, [tokens[i] for i in batch])
            ),
        )
        return np.stack(rows)


def embed_tokens(
    model: Any, tokenizer: Any, token_ids: Sequence[Sequence[int]]
) -> NDArray[np.float32]:
    """Return the mean of each text's token vectors, scaled to length one."""
    import torch

    padded = tokenizer.pad({"input_ids": list(token_ids)}, return_tensors="pt")
    mask = padded["attention_mask"]
    with torch.inference_mode():
        output = model(input_ids=padded["input_ids"], attention_mask=mask)
        hidden = output.last_hidden_state.float()
        weights = mask.unsqueeze(-1).float()
        mean = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1.0)
        rows: NDArray[np.float32] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return rows


def load_encoder(
    *,
    precision: WantedPrecision = "auto",
    batch_size: int = 32,
    threads: int | None = None,
    on_progress: Callable[[str], None] = lambda stage: None,
) -> Encoder:
    """Load the shipped encoder from its installed package; never touches the network.

    Raises:
        ModelError: the package is missing, or its weights are not the pinned ones.
    """
    folder = encoder_folder()
    on_progress("checking the encoder's weights")
    check_sha256(folder / "model.safetensors", ENCODER_SHA256)
    on_progress("loading the sentence encoder")
    from models.loading import in_precision, load_local

    model, tokenizer = load_local(str(folder), head="encoder")
    on_progress("choosing the precision")
    probe = tokenizer(_PROBE)["input_ids"]
    model, choice = in_precision(model, precision, lambda m: embed_tokens(m, tokenizer, probe))
    return Encoder(model, tokenizer, choice, batch_size, threads or default_threads())
