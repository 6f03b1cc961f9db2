"""General entailment data: JSON lines of premise, hypothesis and label, gzipped or plain."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.training.examples import CONTRADICTION, ENTAILMENT, NEUTRAL, NOT_ENTAILED, Pair

_TARGETS = {
    "entailment": ENTAILMENT,
    "neutral": NEUTRAL,
    "contradiction": CONTRADICTION,
    "not_entailment": NOT_ENTAILED,
}
TRAIN_FILES = ("train_3way.jsonl.gz", "train_2way.jsonl.gz")
DEV_FILES = ("dev_3way.jsonl.gz", "dev_2way.jsonl.gz")


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON-lines file, gzipped where its name ends in .gz."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as stream
    ):
        for line in stream:
            if line.strip():
                yield json.loads(line)


def read_pairs(folder: Path, files: tuple[str, ...], limit: int | None, seed: int) -> list[Pair]:
    """Return the pairs of `files`, shuffled by `seed`, at most `limit` of each file."""
    found: list[Pair] = []
    for name in files:
        rows = [
            Pair(
                premise=row["premise"],
                hypothesis=row["hypothesis"],
                target=_TARGETS[row["label"]],
            )
            for row in read_rows(folder / name)
        ]
        random.Random(seed).shuffle(rows)  # noqa: S311
        found += rows[:limit]
    random.Random(seed).shuffle(found)  # noqa: S311
    return found
