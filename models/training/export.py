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
from models.gate import GATE_FILE, load_gate
from models.heads import HEADS_FILE, TENSORS, Heads, load_heads, weights_digest
from models.labels import SHIPPED_LABELS
from models.loading import load_local
from models.scoring import clean_text
from models.shipped import WEIGHTS, Body
from models.training.examples import ENTAILMENT, Sentence
from models.training.fitting import best_threshold, fit_scale, log_loss, recall_cut
from models.training.gate_fit import fit_gate
from models.training.judging import average_precision, f1
from models.training.news import unlabelled_texts
from models.training.sets import DevSets, dev_sets, train_sentences
from models.training.statements import domain_pairs

#: Positives of every label that the gate must let through on development data.
GATE_RECALL = 0.995
#: Entailed pairs that the likeness must let through.
LIKENESS_RECALL = 0.95
UNLABELLED = 30_000
SEED = 20261125
STAGES = ("general", "domain", "polish")


def export_weights(data: Path, out: Path, folder: Path = WEIGHTS) -> int:
    """Write everything that the shipped engine reads, and print the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    _copy_network(out / "polish", folder)
    for stage in STAGES:
        shutil.copyfile(out / stage / "metrics.jsonl", folder / f"metrics-{stage}.jsonl")
    body = _load_body(folder)
    _write_gate(body, load_heads(folder), data, folder)
    return calibrate(data, folder)


def calibrate(data: Path, folder: Path = WEIGHTS) -> int:
    """Fit scales, thresholds and cuts of the weights in `folder` anew, and print the figures."""
    document = _calibration(_load_body(folder), load_heads(folder), folder, dev_sets(data))
    yaml = YAML()
    yaml.width = 100
    with (folder / CALIBRATION_FILE).open("w", encoding="utf-8") as stream:
        stream.write("# Written by `python -m models.train calibrate`; figures only, no text.\n")
        yaml.dump(document, stream)
    yaml.dump(document, sys.stderr)
    return 0


def _load_body(folder: Path) -> Body:
    model, tokenizer = load_local(str(folder), head="classifier")
    return Body(model, tokenizer, 32, torch.get_num_threads())


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
    save_file({name: state[name].contiguous() for name in TENSORS}, folder / HEADS_FILE)


def _write_gate(body: Body, heads: Heads, data: Path, folder: Path) -> None:
    sentences = train_sentences(data)
    texts = [s.text for s in sentences] + unlabelled_texts(data, UNLABELLED, SEED)
    texts = [clean_text(t) for t in texts]
    random.Random(SEED).shuffle(texts)  # noqa: S311
    ids = body.tokens(texts)
    sys.stderr.write(f"gate: the network reads {len(ids)} texts\n")
    teacher = _sigmoid(heads.label_logits(body.pooled(ids)).max(axis=1))
    words = load_file(folder / "model.safetensors")["bert.embeddings.word_embeddings.weight"]
    save_arrays(fit_gate(words.float(), ids, teacher, SEED), folder / GATE_FILE)


def _calibration(body: Body, heads: Heads, folder: Path, dev: DevSets) -> dict[str, Any]:
    fitted = dev.calibration
    ids = body.tokens([clean_text(s.text) for s in fitted])
    logits = heads.label_logits(body.pooled(ids))
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
        "likeness": _likeness_row(body, heads, dev),
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


def _likeness_row(body: Body, heads: Heads, dev: DevSets) -> dict[str, Any]:
    pairs = domain_pairs(dev.authored, 4, SEED)
    texts = heads.text_side(body.pooled(body.tokens([p.premise for p in pairs])))
    statements = heads.statement_side(body.pooled(body.tokens([p.hypothesis for p in pairs])))
    odds = np.array(
        [
            float(heads.likeness(t[None], s[None])[0, 0])
            for t, s in zip(texts, statements, strict=True)
        ]
    )
    held = np.array([p.target == ENTAILMENT for p in pairs])
    cut = recall_cut(odds[held], LIKENESS_RECALL)
    return {
        "cut": round(float(cut), 4),
        "recall": round(float((odds[held] >= cut).mean()), 4),
        "passed_of_the_rest": round(float((odds[~held] >= cut).mean()), 4),
        "pairs": len(pairs),
    }


def _sigmoid(values: NDArray[Any]) -> NDArray[np.float64]:
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(values.astype(np.float64), -30, 30)))
    return chances
