"""The body of the shipped weights, built from torch's own encoder layers.

The same numbers as transformers' BERT gives, in under half the time to load: transformers imports
much that reading a text does not need (1.4 of 2.6 seconds on two cores). Any other model goes
through models/loading.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from models.errors import ModelError
from models.label_set import read_yaml

_PARTS = ("weight", "bias")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The figures of config.json that the body needs."""

    words: int
    positions: int
    width: int
    layers: int
    attention_heads: int
    inner_width: int
    norm_epsilon: float


class Body(nn.Module):
    """Embeddings and encoder layers (Devlin et al. 2019)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.words, shape.width, padding_idx=0)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kinds = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.norm_epsilon)
        self.layers = nn.ModuleList(_layer(shape) for _ in range(shape.layers))

    def forward(
        self, ids: Tensor, mask: Tensor, kinds: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Return the last layer (texts, tokens, width), and the mean of each layer's tokens.

        The means stand side by side, first layer first: (texts, layers * width).

        Args:
            ids: (texts, tokens) token ids, padded with 0.
            mask: (texts, tokens), 1 where a token is.
            kinds: (texts, tokens), 1 in the second of two texts; None: one text each.
        """
        states = self._embedded(ids, kinds)
        weight = (mask / mask.sum(1, keepdim=True)).unsqueeze(1).to(states.dtype)
        means = []
        for layer in self.layers:
            states = layer(states, src_key_padding_mask=mask == 0)
            means.append((weight @ states).squeeze(1))
        return states, torch.cat(means, dim=1)

    def lower(self, ids: Tensor, mask: Tensor, layers: int, kinds: Tensor | None = None) -> Tensor:
        """Return the states (texts, tokens, width) after the first `layers` layers."""
        states = self._embedded(ids, kinds)
        for layer in list(self.layers)[:layers]:
            states = layer(states, src_key_padding_mask=mask == 0)
        return states

    def _embedded(self, ids: Tensor, kinds: Tensor | None) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        kind = self.kinds.weight[0] if kinds is None else self.kinds(kinds)
        states: Tensor = self.norm(self.words(ids) + self.positions(places) + kind)
        return states


def _layer(shape: Shape) -> nn.TransformerEncoderLayer:
    return nn.TransformerEncoderLayer(
        shape.width,
        shape.attention_heads,
        shape.inner_width,
        dropout=0.0,
        activation="gelu",
        layer_norm_eps=shape.norm_epsilon,
        batch_first=True,
    )


def load_body(folder: Path) -> tuple[Body, Tokenizer]:
    """Read body and tokenizer of the weights in `folder`, in fp32.

    Raises:
        ModelError: a file is missing, unreadable or does not fit.
    """
    try:
        body = Body(_shape(read_yaml(folder / "config.json")))
        tensors = load_file(folder / "model.safetensors")
        body.load_state_dict(_renamed(tensors, body.shape.layers))
        # A broken tokenizer file raises plain Exception; its hash was checked with the weights'.
        tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
    except (OSError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise ModelError(f"{folder}: cannot be loaded: {error}; restore models/weights/") from error
    tokenizer.no_padding()
    return body.float().eval(), tokenizer


def _shape(config: Mapping[str, Any]) -> Shape:
    return Shape(
        words=config["vocab_size"],
        positions=config["max_position_embeddings"],
        width=config["hidden_size"],
        layers=config["num_hidden_layers"],
        attention_heads=config["num_attention_heads"],
        inner_width=config["intermediate_size"],
        norm_epsilon=config["layer_norm_eps"],
    )


def _renamed(tensors: Mapping[str, Tensor], layers: int) -> dict[str, Tensor]:
    """Return transformers' BERT weights under the names of torch's layers."""
    words = "bert.embeddings"
    named = {
        "words.weight": tensors[f"{words}.word_embeddings.weight"],
        "positions.weight": tensors[f"{words}.position_embeddings.weight"],
        "kinds.weight": tensors[f"{words}.token_type_embeddings.weight"],
    }
    for part in _PARTS:
        named[f"norm.{part}"] = tensors[f"{words}.LayerNorm.{part}"]
        for number in range(layers):
            old, new = f"bert.encoder.layer.{number}", f"layers.{number}"
            named[f"{new}.self_attn.in_proj_{part}"] = torch.cat(
                [
                    tensors[f"{old}.attention.self.{name}.{part}"]
                    for name in ("query", "key", "value")
                ]
            )
            for theirs, ours in _MODULES.items():
                named[f"{new}.{ours}.{part}"] = tensors[f"{old}.{theirs}.{part}"]
    return named


_MODULES = {
    "attention.output.dense": "self_attn.out_proj",
    "attention.output.LayerNorm": "norm1",
    "intermediate.dense": "linear1",
    "output.dense": "linear2",
    "output.LayerNorm": "norm2",
}
