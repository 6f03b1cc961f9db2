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
from models.heads import HEADS_FILE
from models.labels import SHIPPED_LABELS
from models.pass_over import PassOver, load_pass
from models.scoring import clean_text
from models.shipped import WEIGHTS
from models.training.examples import Sentence
from models.training.fitting import best_threshold, fit_scale, log_loss, recall_cut
from models.training.gate_fit import fit_gate
from models.training.judging import average_precision, f1
from models.training.news import unlabelled_texts
from models.training.sets import DevSets, dev_sets, train_sentences
from models.training.statements import Statement, statement_table, unseen_statements
from models.weights import weights_digest

#: Positives of every label that the gate must let through on development data.
GATE_RECALL = 0.995
UNLABELLED = 30_000
SEED = 20261125
STAGES = ("general", "domain", "polish", "refine")
HEADS = ("labels.", "reader.")


def export_weights(data: Path, out: Path, folder: Path = WEIGHTS) -> int:
    """Write everything that the shipped engine reads, and print the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    _copy_network(out / STAGES[-1], folder)
    for stage in STAGES:
        shutil.copyfile(out / stage / "metrics.jsonl", folder / f"metrics-{stage}.jsonl")
    _write_gate(_load(folder), data, folder)
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
    heads = {name: t.contiguous() for name, t in state.items() if name.startswith(HEADS)}
    save_file(heads, folder / HEADS_FILE)


def _write_gate(reader: PassOver, data: Path, folder: Path) -> None:
    sentences = train_sentences(data)
    texts = [s.text for s in sentences] + unlabelled_texts(data, UNLABELLED, SEED)
    texts = [clean_text(t) for t in texts]
    random.Random(SEED).shuffle(texts)  # noqa: S311
    ids = reader.tokens(texts)
    sys.stderr.write(f"gate: the network reads {len(ids)} texts\n")
    teacher = _sigmoid(np.array([max(row.labels) for row in reader.read(ids)]))
    words = load_file(folder / "model.safetensors")["bert.embeddings.word_embeddings.weight"]
    save_arrays(fit_gate(words.float(), ids, teacher, SEED), folder / GATE_FILE)


def _calibration(reader: PassOver, folder: Path, dev: DevSets) -> dict[str, Any]:
    fitted = dev.calibration
    ids = reader.tokens([clean_text(s.text) for s in fitted])
    logits = np.array([row.labels for row in reader.read(ids)])
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
        "reading": _reading_row(reader, dev.authored),
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


def _reading_row(reader: PassOver, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """Fit the scale of the reader on statements that training never saw."""
    tables = {
        "new_topics": unseen_statements(new_topics=True),
        "new_wordings": unseen_statements(new_topics=False),
        "labels_and_steps": statement_table(),
    }
    judged = {name: _judged(reader, sentences, table) for name, table in tables.items()}
    unseen = [row for name in ("new_topics", "new_wordings") for row in judged[name]]
    odds = np.array([value for value, _ in unseen])
    slope, offset = fit_scale(odds, np.array([gold for _, gold in unseen]))
    return {
        "slope": round(slope, 4),
        "offset": round(offset, 4),
        "dev": {
            name: {
                "pairs": len(rows),
                "held": sum(gold for _, gold in rows),
                "average_precision": average_precision(rows),
                "f1_at_half": f1(
                    [(float(_sigmoid(np.array(slope * v + offset))), g) for v, g in rows], 0.5
                ),
            }
            for name, rows in judged.items()
        },
    }


def _judged(
    reader: PassOver, sentences: Sequence[Sentence], table: Sequence[Statement]
) -> list[tuple[float, bool]]:
    """Return log-odds and gold of every settled pair of sentence and statement."""
    reader.statements([statement.text for statement in table])
    rows = reader.read(reader.tokens([clean_text(s.text) for s in sentences]))
    reader.statements([])
    return [
        (odds, holds)
        for sentence, row in zip(sentences, rows, strict=True)
        for odds, statement in zip(row.statements, table, strict=True)
        if (holds := statement.holds_for(sentence)) is not None
    ]


def _sigmoid(values: NDArray[Any]) -> NDArray[np.float64]:
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(values.astype(np.float64), -30, 30)))
    return chances
