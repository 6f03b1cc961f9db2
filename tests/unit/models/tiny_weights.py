"""A weights folder in the layout of models/weights/, two layers deep, with random content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from ruamel.yaml import YAML
from safetensors.numpy import save_file
from safetensors.torch import save_file as save_heads

from models.gate import GATE_FILE, slim_table
from models.heads import HEADS_FILE, Heads
from models.labels import SHIPPED_LABELS
from models.step_reader import STEPS_FILE
from models.steps import SIDES, STEPS
from models.weights import encoder_folder, weights_digest

WIDTH, TOKENS = 32, 30_522


def make_tiny_weights(folder: Path) -> Path:
    """Write everything that the shipped engine reads."""
    make_tiny_model(folder)
    dice = np.random.default_rng(0)

    def numbers(*shape: int) -> Any:
        return dice.normal(size=shape).astype(np.float32)

    torch.manual_seed(1)
    save_heads(
        {name: t.contiguous() for name, t in Heads(WIDTH, layers=2).state_dict().items()},
        folder / HEADS_FILE,
    )
    save_file(
        {
            **slim_table(np.abs(numbers(TOKENS, 4))),
            "inner": numbers(8, 6),
            "inner_offset": numbers(6),
            "outer": numbers(6),
            "outer_offset": numbers(1),
        },
        folder / GATE_FILE,
    )
    rows = len(STEPS) + len(SIDES)
    save_file(
        {"head.weight": numbers(rows, 3 * WIDTH), "head.bias": numbers(rows)}, folder / STEPS_FILE
    )
    write_calibration(folder)
    return folder


def make_tiny_model(folder: Path) -> Path:
    """Write an NLI model with random weights, in the layout of a real one."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    names = {0: "contradiction", 1: "neutral", 2: "entailment"}
    config = BertConfig(
        hidden_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        num_labels=3,
        id2label=names,
        label2id={name: i for i, name in names.items()},
        initializer_range=0.5,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(encoder_folder(), local_files_only=True).save_pretrained(folder)
    return folder


def write_calibration(folder: Path, gate_cut: float = -100.0, likeness_cut: float = -100.0) -> None:
    """Write a calibration of the weights that lie in `folder` now."""
    document = {
        "weights_sha256": weights_digest(folder),
        "labels": {
            label: {"slope": 1.0, "offset": 0.0, "threshold": 0.4} for label in SHIPPED_LABELS
        },
        "gate": {"cut": gate_cut, "gated_score": 0.001},
        "likeness": {
            "cut": likeness_cut,
            "slope": 1.0,
            "offset": -2.0,
            "pair_slope": 1.0,
            "pair_weight": 1.0,
            "pair_offset": -2.0,
            "threshold": 0.3,
        },
    }
    with (folder / "calibration.yaml").open("w", encoding="utf-8") as stream:
        YAML().dump(document, stream)
