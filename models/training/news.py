"""Real news for training and development, read from a folder that is not part of the project.

The texts are public data sets that may not be redistributed; what stands in the project is
models/corpus/news_labels.tsv: the labels that readers gave them, keyed by a hash of the text.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from models.labels import SHIPPED_LABELS
from models.training.corpus import CORPUS, DIPLOMACY_SHARE, labels_of_letters, with_share
from models.training.examples import Sentence
from models.training.general import read_rows

LABELS_FILE = CORPUS / "news_labels.tsv"
SILVER = "events/silver_wcep_dev.jsonl"
UNSURE_WEIGHT = 0.3


def text_key(text: str) -> str:
    """Return the key of a text: the hash of its words, whatever the spacing."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def read_labelled_news(data: Path) -> list[Sentence]:
    """Return the texts under `data` that readers labelled for this project."""
    labelled = _labels()
    found: dict[str, Sentence] = {}
    for source, text in _texts(data):
        key = text_key(text)
        if key in labelled and key not in found:
            step, letters = labelled[key]
            sure = not letters.endswith("?")
            found[key] = Sentence(
                text=text,
                labels=with_share(labels_of_letters(letters.rstrip("?") or "-"), step),
                step=step,
                weight=1.0 if sure else UNSURE_WEIGHT,
                source=source,
                group=key,
            )
    return list(found.values())


def read_silver(data: Path) -> list[Sentence]:
    """Return the current-events bullets that two readers labelled alike; never for training."""
    return [
        Sentence(text=row["text"], labels=row["labels"], source="silver")
        for row in read_rows(data / SILVER)
    ]


def read_mapped(data: Path) -> list[Sentence]:
    """Return sentences whose labels follow from another scheme's codes."""
    names = {"casualty": "casualties", "hostilities": "hostilities"}
    rows = []
    for file in ("events/wikievents_casualty_dev.jsonl",):
        for row in read_rows(data / file):
            labels = {label: row["labels"].get(names.get(label, label)) for label in SHIPPED_LABELS}
            labels |= {"hostilities": None, "negotiation": None}
            rows.append(Sentence(text=row["text"], labels=labels, weight=0.5, source=row["source"]))
    return rows


def read_plv(data: Path) -> list[Sentence]:
    """Return the PLV training half with its own mapped labels, for comparison with the bars."""
    return [
        Sentence(
            text=row["text"],
            labels={label: row["labels"].get(label) for label in SHIPPED_LABELS},
            source="plv",
        )
        for row in read_rows(data / "events/plv_train.jsonl")
    ]


def consulting(data: Path) -> set[str]:
    """Return the keys of sentences that PLOVER codes as CONSULT: meetings of any kind."""
    rows = read_rows(data / "events/plv_train.jsonl")
    return {text_key(r["text"]) for r in rows if r["original_label"] == "PLOVER:CONSULT"}


def with_consulting(sentences: list[Sentence], keys: set[str]) -> list[Sentence]:
    """Give meetings that no reader called a negotiation their share of that label."""
    return [
        replace(s, labels={**s.labels, "negotiation": DIPLOMACY_SHARE})
        if s.group in keys and s.labels["negotiation"] == 0
        else s
        for s in sentences
    ]


def _labels() -> dict[str, tuple[str, str]]:
    rows = [line.split("\t") for line in LABELS_FILE.read_text(encoding="utf-8").splitlines()]
    return {key: (step, letters) for key, step, letters in rows}


def _texts(data: Path) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of everything that may have been labelled."""
    for row in read_rows(data / "news/wcep_2002_2019.jsonl.gz"):
        yield "wcep", " ".join(row["text"].split())
    for name in ("plv_train", "cameo_examples"):
        for row in read_rows(data / f"events/{name}.jsonl"):
            yield name, " ".join(row["text"].split())
    for row in read_rows(data / "casualties/muc34_docs_dev.jsonl.gz"):
        for text in _split(row.get("text_mixed") or row["text"], r'(?<=[.?!])\s+(?=[A-Z"\[(])'):
            yield "muc", text
    for row in read_rows(data / "attribution/polnear_train.jsonl.gz"):
        for text in _split(row["text"], r'(?<=[.?!])\s+(?=[A-Z"\[(])'):
            yield "polnear", text


def _split(text: str, pattern: str) -> list[str]:
    return re.split(pattern, re.sub(r"\s+", " ", text))


def unlabelled_texts(data: Path, limit: int, seed: int) -> list[str]:
    """Return up to `limit` news texts without labels, silver ones left out; none without `data`."""
    if not data.is_dir():
        return []
    silver = {" ".join(s.text.split()) for s in read_silver(data)}
    texts = [text for _, text in _texts(data) if text not in silver]
    random.Random(seed).shuffle(texts)  # noqa: S311 - sampling
    return texts[:limit]
