"""A weights folder in the layout of models/weights/, two layers deep, with random content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML
from safetensors.numpy import save_file

from models.gate import GATE_FILE
from models.heads import HEADS_FILE, weights_digest
from models.labels import SHIPPED_LABELS
from models.weights import encoder_folder

WIDTH, LIKENESS, TOKENS = 32, 8, 30_522


def make_tiny_weights(folder: Path) -> Path:
    """Write everything that the shipped engine reads."""
    make_tiny_model(folder)
    dice = np.random.default_rng(0)

    def numbers(*shape: int) -> Any:
        return dice.normal(size=shape).astype(np.float32)

    save_file(
        {
            "labels.weight": numbers(5, 3 * WIDTH),
            "labels.bias": numbers(5),
            "of_text.weight": numbers(LIKENESS, 3 * WIDTH),
            "of_text.bias": numbers(LIKENESS),
            "of_statement.weight": numbers(LIKENESS, 3 * WIDTH),
            "of_statement.bias": numbers(LIKENESS),
            "likeness_scale": np.array(1.0, dtype=np.float32),
            "likeness_offset": np.array(0.0, dtype=np.float32),
        },
        folder / HEADS_FILE,
    )
    save_file(
        {
            "table": np.abs(numbers(TOKENS, 4)),
            "inner": numbers(8, 6),
            "inner_offset": numbers(6),
            "outer": numbers(6),
            "outer_offset": numbers(1),
        },
        folder / GATE_FILE,
    )
    write_calibration(folder)
    return folder


def make_tiny_model(folder: Path) -> Path:
    """Write an NLI model with random weights, in the layout of a real one."""
    import torch
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
        "likeness": {"cut": likeness_cut},
    }
    with (folder / "calibration.yaml").open("w", encoding="utf-8") as stream:
        YAML().dump(document, stream)
