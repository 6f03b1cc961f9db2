"""Grouping of look-alike news: ECB+ (development half), reports in random online order.

Two look-alike events per topic; what counts is that reports of one event meet (B-cubed) and that
those of its sibling stay out (share of sibling pairs among the pairs joined). Coefficients are
always fitted on other topics than those measured: `leave topics out` streams all documents and
counts only those of the topics that were left out, `split half` sees half of the topics only.
`--fit` prints the coefficients of bot/events/likeness.py, fitted on all topics.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.events.clusters import Clusters, Thresholds  # noqa: E402
from bot.events.likeness import FEATURES, Likeness  # noqa: E402
from bot.events.rarity import Rarity  # noqa: E402
from bot.events.reports import Report, read_report  # noqa: E402
from bot.events.shelf import Shelf, row_of  # noqa: E402
from bot.events.tokens import is_date_line  # noqa: E402
from models.training.general import read_rows  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "clustering" / "ecbplus_docs_dev.jsonl.gz"
CACHE = Path("/tmp/cluster")  # noqa: S108
#: Weight of a pair of siblings against a pair of different topics, of which there are many more.
SIBLING_WEIGHT = 8.0
#: Share of the pairs of different topics that is fitted on.
EASY = 0.2
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Document:
    """One document with its human grouping."""

    report: Report
    topic: str
    event: str
    lead: str


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="print coefficients and stop")
    parser.add_argument("--grid", action="store_true", help="also try other thresholds")
    parser.add_argument("--meaning", action="store_true", help="with vectors of the encoder")
    parser.add_argument("--orders", type=int, default=3, help="random orders per fold")
    options = parser.parse_args()
    if not DATA.exists():
        print("clustering: no ECB+ documents beside the project; nothing measured")
        return
    documents = load_documents()
    if options.meaning:
        documents = with_meaning(documents)
    if options.fit:
        values = fit(documents, range(4))
        print("(" + ", ".join(f"{value:.2f}" for value in values) + ")")
        return
    print(f"{len(documents)} documents, {len({d.event for d in documents})} events")
    singles = with_fits(documents, folds(documents, 11))
    halves = with_fits(documents, [f for s in range(2) for f in folds(documents, 2, s)])
    for thresholds in grid() if options.grid else [Thresholds()]:
        print(f"join {thresholds.join:.2f}, merge {thresholds.merge:.2f}")
        print_tallies("leave topics out", streamed(documents, singles, thresholds, options.orders))
        print_tallies("split half", apart(halves, thresholds, options.orders))
    print_index(documents)


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over documents; of pairs, each is counted from both ends."""

    documents: int = 0
    precision: float = 0.0
    recall: float = 0.0
    joined: int = 0
    siblings: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.documents + other.documents,
            self.precision + other.precision,
            self.recall + other.recall,
            self.joined + other.joined,
            self.siblings + other.siblings,
        )

    def figures(self) -> tuple[float, float, float, float]:
        """Return B-cubed F1, precision, recall, and the share of sibling pairs."""
        precision, recall = self.precision / self.documents, self.recall / self.documents
        return (
            2 * precision * recall / (precision + recall),
            precision,
            recall,
            self.siblings / max(1, self.joined),
        )


def with_fits(
    documents: Sequence[Document], parts: Sequence[list[Document]]
) -> list[tuple[list[Document], Floats]]:
    """Return the parts, each with coefficients fitted on all other topics."""
    return [(part, fit(without(documents, part), range(2))) for part in parts]


def streamed(
    documents: Sequence[Document],
    parts: Sequence[tuple[list[Document], Floats]],
    thresholds: Thresholds,
    orders: int,
) -> list[Tally]:
    """Stream all documents once per part, which alone counts; one tally per order."""
    return [
        sum((run(documents, fitted, thresholds, order, part) for part, fitted in parts), Tally())
        for order in range(orders)
    ]


def apart(
    parts: Sequence[tuple[list[Document], Floats]], thresholds: Thresholds, orders: int
) -> list[Tally]:
    """Stream each part alone; one tally per part and order."""
    return [
        run(part, fitted, thresholds, order, part)
        for part, fitted in parts
        for order in range(orders)
    ]


def run(
    documents: Sequence[Document],
    fitted: Floats,
    thresholds: Thresholds,
    order: int,
    counted: Sequence[Document],
) -> Tally:
    """Stream the documents in one random order; tally those that count."""
    stream = list(documents)
    random.Random(order).shuffle(stream)  # noqa: S311
    clusters = Clusters(thresholds=thresholds)
    if len(fitted) > len(FEATURES):
        clusters.likeness.with_meaning = tuple(fitted)
    else:
        clusters.likeness.plain = tuple(fitted)
    for document in stream:
        clusters.add(document.report)
    labels = [clusters.cluster_of(number) for number in range(len(stream))]
    return tally(stream, labels, {d.report.id for d in counted})


def tally(stream: Sequence[Document], labels: Sequence[int], counted: set[str]) -> Tally:
    """Compare labels with the human grouping, for the documents that count."""
    predicted = np.array(labels)
    events = np.array([d.event for d in stream])
    topics = np.array([d.topic for d in stream])
    total = Tally()
    for place, document in enumerate(stream):
        if document.report.id not in counted:
            continue
        ours, true = predicted == predicted[place], events == events[place]
        both = int((ours & true).sum())
        siblings = int((ours & ~true & (topics == topics[place])).sum())
        total += Tally(1, both / ours.sum(), both / true.sum(), int(ours.sum()) - 1, siblings)
    return total


def print_tallies(name: str, runs: Sequence[Tally]) -> None:
    """Print mean, spread and worst of several runs."""
    rows = np.array([r.figures() for r in runs])
    f1, precision, recall, siblings = rows.mean(axis=0)
    spread = rows.std(axis=0)
    print(
        f"  {name:18} F1 {f1:.3f} +- {spread[0]:.3f} (least {rows[:, 0].min():.3f}),"
        f" P {precision:.3f}, R {recall:.3f},"
        f" siblings {siblings:.3f} +- {spread[3]:.3f} (most {rows[:, 3].max():.3f}),"
        f" {len(runs)} runs",
        flush=True,
    )


def grid() -> list[Thresholds]:
    """Return the thresholds that are tried."""
    return [
        replace(Thresholds(), join=join / 4, merge=join / 4 + over)
        for join in range(0, 6)
        for over in (0.0, 0.5, 1.0)
    ]


def folds(documents: Sequence[Document], count: int, seed: int = 0) -> list[list[Document]]:
    """Return the documents in parts of whole topics."""
    topics = sorted({d.topic for d in documents})
    random.Random(seed).shuffle(topics)  # noqa: S311
    return [[d for d in documents if d.topic in topics[part::count]] for part in range(count)]


def without(documents: Sequence[Document], part: Sequence[Document]) -> list[Document]:
    """Return the documents that are not in a part."""
    gone = {d.report.id for d in part}
    return [d for d in documents if d.report.id not in gone]


def fit(documents: Sequence[Document], orders: Iterable[int]) -> Floats:
    """Return coefficients and constant: logistic regression on pairs as an online run meets them.

    With vectors, all features are fitted; without, all but the last.
    """
    features, same, weights = [], [], []
    for order in orders:
        stream = list(documents)
        random.Random(1000 + order).shuffle(stream)  # noqa: S311
        picker = np.random.default_rng(order)
        rarity, shelf = Rarity(), Shelf()
        likeness = Likeness(rarity, shelf)
        for place, document in enumerate(stream):
            row = row_of(document.report, rarity)
            rarity.count(row.terms)
            topical = np.array([d.topic == document.topic for d in stream[:place]], dtype=bool)
            rows = np.flatnonzero(topical | (picker.random(place) < EASY))
            features.append(likeness.features(row, rows))
            same += [stream[number].event == document.event for number in rows]
            weights += [SIBLING_WEIGHT if topical[number] else 1 / EASY for number in rows]
            shelf.append(row)
    table = np.concatenate(features)
    if np.isnan(table[:, -1]).any():
        table = table[:, :-1]
    return logistic(table, np.array(same, dtype=float), np.array(weights))


def logistic(table: Floats, same: Floats, weights: Floats, shrink: float = 1.0) -> Floats:
    """Return coefficients and constant of a ridge-shrunk logistic regression (Newton's method)."""
    centre, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    design = np.hstack([(table - centre) / scale, np.ones((len(table), 1))])
    penalty = np.diag([shrink] * table.shape[1] + [0.0])
    found = np.zeros(design.shape[1])
    for _ in range(30):
        odds = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (weights * (same - odds)) - penalty @ found
        bend = design.T @ (design * (weights * odds * (1 - odds))[:, None]) + penalty
        step = np.linalg.solve(bend, slope)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    plain = found[:-1] / scale
    return np.append(plain, found[-1] - plain @ centre)


def print_index(documents: Sequence[Document]) -> None:
    """Compare the index with looking at everything, and the shipped coefficients in passing."""
    agreeing = total = 0
    shipped = []
    spent = {True: 0.0, False: 0.0}
    for order in range(2):
        stream = list(documents)
        random.Random(order).shuffle(stream)  # noqa: S311
        labels: dict[bool, list[int]] = {}
        for exhaustive in (True, False):
            clusters = Clusters(exhaustive=exhaustive)
            began = time.perf_counter()
            placed = [clusters.add(document.report) for document in stream]
            spent[exhaustive] += time.perf_counter() - began
            labels[exhaustive] = [p.cluster for p in placed]
        agreeing += sum(a == b for a, b in zip(labels[True], labels[False], strict=True))
        total += len(stream)
        final = [clusters.cluster_of(number) for number in range(len(stream))]
        shipped.append(tally(stream, final, {d.report.id for d in stream}))
    print_tallies("shipped, seen data", shipped)
    print(
        f"  index decides as brute force on {agreeing / total:.4f} of {total} reports;"
        f" ms per report {spent[False] / total * 1000:.1f}, brute force"
        f" {spent[True] / total * 1000:.1f}"
    )


def load_documents() -> list[Document]:
    """Read the documents; the first line of the ecbplus files is their address and is dropped."""
    found = []
    for row in read_rows(DATA):
        lines = row["sents"][1:] if row["subtopic"].endswith("plus") else row["sents"]
        sentences = [joined_up(sentence) for sentence in lines]
        lead = [s for s in sentences if not is_date_line(s)][:3]
        report = read_report(row["doc"], sentences)
        found.append(Document(report, row["topic"], row["subtopic"], " ".join(lead)))
    return found


def joined_up(sentence: str) -> str:
    """Undo the spaces of the corpus's tokens, which differ between its two halves."""
    for old, new in (("``", '"'), ("''", '"'), ("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"')):
        sentence = sentence.replace(old, new)
    sentence = re.sub(r"\s+", " ", sentence)
    sentence = re.sub(r" ('s|'re|'ve|'ll|'d|'m|n't|')(?=\W|$)", r"\1", sentence)
    sentence = re.sub(r"\s+([.,;:!?%)\]])", r"\1", sentence)
    sentence = re.sub(r"([(\[$£€#])\s+", r"\1", sentence)
    sentence = re.sub(r"(?<=\w) ?- ?(?=\w)", "-", sentence)
    sentence = re.sub(r"(?<=\d)([.,:/]) (?=\d)", r"\1", sentence)
    return re.sub(r"\b([A-Z])\. (?=[A-Z]\.)", r"\1.", sentence).strip()


def with_meaning(documents: Sequence[Document]) -> list[Document]:
    """Return the documents with sentence vectors of their leads, computed once."""
    kept = CACHE / "leads.npy"
    if kept.exists():
        vectors = np.load(kept)
    else:
        from models.encoder import load_encoder

        vectors = load_encoder(threads=1).encode([d.lead for d in documents])
        CACHE.mkdir(parents=True, exist_ok=True)
        np.save(kept, vectors)
    scaled = np.round(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8)
    return [
        replace(d, report=replace(d.report, vector=row.tobytes()))
        for d, row in zip(documents, scaled, strict=True)
    ]


if __name__ == "__main__":
    main()
