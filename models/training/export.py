"""Writes models/weights/: halved weights, heads, gate, calibration with thresholds and provenance.

The gate is taught by the network itself on unlabelled news; slopes, offsets, cuts and thresholds
are fitted on development sentences that no training step saw.
"""

from __future__ import annotations

import datetime
import random
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from ruamel.yaml import YAML
from safetensors.numpy import save_file as save_arrays
from safetensors.torch import load_file, save_file

from models.calibration import CALIBRATION_FILE
from models.encoder import load_encoder
from models.gate import GATE_FILE, load_gate
from models.heads import HEADS_FILE, MEANING_WIDTH, Heads
from models.labels import SHIPPED_LABELS
from models.pass_over import PassOver, load_pass
from models.scoring import clean_text
from models.shipped import WEIGHTS
from models.training.examples import Sentence
from models.training.fitting import best_threshold, fit_scale, log_loss, recall_cut
from models.training.gate_fit import fit_gate
from models.training.judging import average_precision, f1
from models.training.likeness_fit import fit_map, likeness_row
from models.training.news import unlabelled_texts
from models.training.sets import DevSets, dev_sets, train_sentences
from models.weights import weights_digest

#: Positives of every label that the gate must let through on development data.
GATE_RECALL = 0.995
UNLABELLED = 30_000
SEED = 20261125
STAGES = ("general", "domain", "polish", "refine", "finish")
LABEL_HEAD = ("labels.weight", "labels.bias")
LAYERS = 6


def export_weights(data: Path, out: Path, folder: Path = WEIGHTS) -> int:
    """Write everything that the shipped engine reads, and print the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    _copy_network(out / STAGES[-1], folder)
    for stage in STAGES:
        shutil.copyfile(out / stage / "metrics.jsonl", folder / f"metrics-{stage}.jsonl")
    _learn_from_news(_load(folder), data, folder)
    return calibrate(data, folder)


def calibrate(data: Path, folder: Path = WEIGHTS) -> int:
    """Fit scales, thresholds and cuts of the weights in `folder` anew, and print the figures."""
    document = _calibration(_load(folder), folder, dev_sets(data))
    yaml = YAML()
    yaml.width = 100
    with (folder / CALIBRATION_FILE).open("w", encoding="utf-8") as stream:
        stream.write("# Written by `python -m models.train calibrate`; figures only, no text.\n")
        yaml.dump(document, stream)
    yaml.dump(document, sys.stderr)
    return 0


def _load(folder: Path) -> PassOver:
    return load_pass(folder, 32, torch.get_num_threads())


def _copy_network(source: Path, folder: Path) -> None:
    """Write body and entailment head in half precision, the other heads beside them."""
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(source / "model" / name, folder / name)
    tensors = load_file(source / "model" / "model.safetensors")
    halved = {
        name: t.half() if t.is_floating_point() else t
        for name, t in tensors.items()
        if not name.endswith("position_ids")
    }
    save_file(halved, folder / "model.safetensors", metadata={"format": "pt"})
    state = torch.load(source / "checkpoint.pt", weights_only=True, map_location="cpu")["network"]
    _write_heads(folder, {name: state[name].contiguous() for name in LABEL_HEAD}, start=True)


def _write_heads(folder: Path, new: dict[str, torch.Tensor], *, start: bool = False) -> None:
    """Add tensors to the heads' file; `start` begins with heads that know no meaning yet."""
    path = folder / HEADS_FILE
    if start:
        width = new["labels.weight"].shape[1] // 3
        known = Heads(width, LAYERS).state_dict()
    else:
        known = load_file(path)
    save_file({**known, **{name: _slim(tensor) for name, tensor in new.items()}}, path)


def _slim(tensor: torch.Tensor) -> torch.Tensor:
    """Return wide tensors in bf16: half the size, and no underflow of small covariances."""
    return tensor.to(torch.bfloat16) if min(tensor.shape) >= MEANING_WIDTH else tensor


def _learn_from_news(reader: PassOver, data: Path, folder: Path) -> None:
    """Teach the gate what the network makes of news, and note what meanings news usually has."""
    known = [s.text for s in train_sentences(data)]
    everyday = unlabelled_texts(data, UNLABELLED, SEED)
    texts = [clean_text(text) for text in (*known, *everyday)]
    ids = reader.tokens(texts)
    sys.stderr.write(f"the network reads {len(ids)} texts for the gate and for likeness\n")
    _write_meaning(reader, texts, ids, len(known) if everyday else 0, folder)
    readings = reader.read(ids)
    order = list(range(len(texts)))
    random.Random(SEED).shuffle(order)  # noqa: S311
    teacher = _sigmoid(readings.labels.max(axis=1))[order]
    words = load_file(folder / "model.safetensors")["bert.embeddings.word_embeddings.weight"]
    gate = fit_gate(words.float(), [ids[i] for i in order], teacher, SEED)
    save_arrays(gate, folder / GATE_FILE)


def _write_meaning(
    reader: PassOver, texts: Sequence[str], ids: Sequence[Sequence[int]], first: int, folder: Path
) -> None:
    """Fit the meaning head on the sentence encoder; texts from `first` on are everyday news."""
    states = reader.layer_means(ids)
    weight, offset = fit_map(states, load_encoder().encode(texts))
    mapped = torch.from_numpy(states[first:]) @ weight.T + offset
    meanings = torch.nn.functional.normalize(mapped, dim=1)
    _write_heads(
        folder,
        {
            "meaning.weight": weight,
            "meaning.bias": offset,
            "usual": meanings.mean(dim=0),
            "spread": torch.cov(meanings.T),
        },
    )


def _calibration(reader: PassOver, folder: Path, dev: DevSets) -> dict[str, Any]:
    fitted = dev.calibration
    ids = reader.tokens([clean_text(s.text) for s in fitted])
    logits = reader.read(ids).labels
    gate = load_gate(folder).log_odds(ids)
    rows: dict[str, Any] = {}
    for n, label in enumerate(SHIPPED_LABELS):
        known = [i for i, s in enumerate(fitted) if s.labels.get(label) in (0.0, 1.0)]
        odds = logits[known, n].astype(np.float64)
        gold = np.array([fitted[i].labels[label] == 1.0 for i in known])
        slope, offset = fit_scale(odds, gold)
        chances = _sigmoid(slope * odds + offset)
        threshold = best_threshold(chances, gold)
        pairs = list(zip(chances.tolist(), gold.tolist(), strict=True))
        rows[label] = {
            "slope": round(slope, 4),
            "offset": round(offset, 4),
            "threshold": threshold,
            "dev": {
                "sentences": len(known),
                "positives": int(gold.sum()),
                "f1": f1(pairs, threshold),
                "average_precision": average_precision(pairs),
                "log_loss": round(log_loss(chances, gold), 4),
            },
        }
    return {
        "provenance": (
            f"fitted {datetime.datetime.now(datetime.UTC):%Y-%m-%d} on {len(fitted)} development "
            f"sentences kept out of training ({dev.describe()}); thresholds: best F1 there, "
            "middle of the flat top"
        ),
        "weights_sha256": weights_digest(folder),
        "labels": rows,
        "gate": _gate_row(gate, fitted),
        "likeness": likeness_row(reader, dev.authored),
    }


def _gate_row(gate: NDArray[Any], fitted: Sequence[Sentence]) -> dict[str, Any]:
    held = {
        label: np.array([s.labels.get(label) == 1.0 for s in fitted]) for label in SHIPPED_LABELS
    }
    cut = min(recall_cut(gate[gold], GATE_RECALL) for gold in held.values())
    turned = gate < cut
    lost = sum(int((turned & gold).sum()) for gold in held.values())
    return {
        "cut": round(float(cut), 4),
        "gated_score": round((lost + 0.5) / (len(SHIPPED_LABELS) * max(1, int(turned.sum()))), 5),
        "turned_away": round(float(turned.mean()), 4),
        "recall": {
            label: round(1 - float((turned & gold).sum()) / max(1, int(gold.sum())), 4)
            for label, gold in held.items()
        },
    }


def _sigmoid(values: NDArray[Any]) -> NDArray[np.float64]:
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(values.astype(np.float64), -30, 30)))
    return chances
