"""The quality gate: precision, recall and F1 per label on committed sentences, with pinned floors.

Four sets, all written for this project and never trained or calibrated on: `sentences` (the first
gate), `contrast` (every confusion that matters, agency and headline style), `headlines` (as a
news search returns them: about one in seventeen announces a step), `general` (no conflict at all).

    python tests/eval/gate.py                 # figures of the shipped model, rules beside them
    python tests/eval/gate.py --engine embedding
    python tests/eval/gate.py --misses        # every wrong label, for reading
    python tests/eval/gate.py --pin           # write today's figures, less a margin, as floors

A pin never lowers a floor, unless `--allow-regression` says so aloud.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from models.labels import SHIPPED_LABELS  # noqa: E402
from models.training.corpus import read_sentences  # noqa: E402

FOLDER = Path(__file__).parent
BASELINE = FOLDER / "baseline.json"
SETS = ("sentences", "contrast", "headlines", "general")
#: A floor lies this far under the figure it was pinned from, and one sentence at least: room for
#: another precision.
MARGIN, SENTENCES = 0.02, 1.2


class Scorer(Protocol):
    """A classifier under test."""

    @property
    def labels(self) -> tuple[str, ...]: ...

    @property
    def thresholds(self) -> Mapping[str, float]: ...

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence of a set."""

    text: str
    labels: frozenset[str]
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How one label did."""

    hits: int
    false_alarms: int
    misses: int

    @property
    def precision(self) -> float:
        """Return the share of reported labels that are right."""
        return self.hits / max(1, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        """Return the share of right labels that are reported."""
        return self.hits / max(1, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def set_file(name: str) -> Path:
    """Return the file of a set."""
    return FOLDER / ("sentences.jsonl" if name == "sentences" else f"{name}.tsv")


def load_set(name: str) -> list[Row]:
    """Return the rows of a set."""
    path = set_file(name)
    if name == "sentences":
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [
            Row(text=row["text"], labels=frozenset(row["labels"]), kind=row["kind"])
            for row in lines
        ]
    return [
        Row(
            text=s.text,
            labels=frozenset(label for label, held in s.labels.items() if held == 1),
            kind=s.step or "",
        )
        for s in read_sentences(path)
    ]


def set_sha256(name: str) -> str:
    """Return the hash of a set's file."""
    return hashlib.sha256(set_file(name).read_bytes()).hexdigest()


def load_baseline() -> dict[str, Any]:
    """Return the pinned hashes and floors."""
    result: dict[str, Any] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return result


def score_set(scorer: Scorer, name: str) -> dict[str, Figures]:
    """Return the figures of every shipped label on a set."""
    rows = load_set(name)
    scores = scorer.classify([row.text for row in rows])
    return {
        label: count_label(
            [label in row.labels for row in rows],
            [s[label] >= scorer.thresholds[label] for s in scores],
        )
        for label in SHIPPED_LABELS
    }


def count_label(gold: Sequence[bool], chosen: Sequence[bool]) -> Figures:
    """Count hits, false alarms and misses."""
    pairs = list(zip(gold, chosen, strict=True))
    return Figures(
        hits=pairs.count((True, True)),
        false_alarms=pairs.count((False, True)),
        misses=pairs.count((True, False)),
    )


def floors_of(name: str, figures: Mapping[str, Figures]) -> dict[str, Any]:
    """Return what would be pinned: figures less a margin, or the false labels allowed."""
    if name == "general":
        return {"false_labels": sum(f.false_alarms for f in figures.values())}
    names = ("precision", "recall") if name == "headlines" else ("precision", "recall", "f1")
    return {
        label: {n: round(max(0.0, getattr(f, n) - _margin(f)), 3) for n in names}
        for label, f in figures.items()
        if f.hits + f.misses >= 10
    }


def _margin(figures: Figures) -> float:
    return max(MARGIN, SENTENCES / max(1, figures.hits + figures.misses))


def shortfalls(figures: Mapping[str, Figures], floors: Mapping[str, Any]) -> list[str]:
    """Return one line per figure that is under its floor."""
    if "false_labels" in floors:
        wrong = sum(f.false_alarms for f in figures.values())
        allowed = floors["false_labels"]
        return [f"{wrong} false labels, {allowed} allowed"] if wrong > allowed else []
    return [
        f"{label} {name}: {getattr(figures[label], name):.3f} is under the floor {floor}"
        for label, row in floors.items()
        for name, floor in row.items()
        if getattr(figures[label], name) < floor
    ]


def lowered(old: Any, new: Any) -> bool:
    """Tell whether a floor of `new` is lower than the same one of `old`."""
    if isinstance(old, dict):
        kept = new if isinstance(new, dict) else {}
        return any(lowered(value, kept.get(key, 0)) for key, value in old.items())
    return not isinstance(new, dict) and bool(new < old)


def _pin(engine: str, floors: dict[str, Any], *, allow_regression: bool) -> None:
    baseline = load_baseline()
    old = baseline["floors"].get(engine, {})
    for name, row in old.items():
        worse = (
            floors[name]["false_labels"] > row["false_labels"]
            if name == "general"
            else lowered(row, floors[name])
        )
        if worse and not allow_regression:
            raise SystemExit(f"{engine}, {name}: a floor would be lowered; see --allow-regression")
    baseline["sha256"] = {name: set_sha256(name) for name in SETS}
    baseline["floors"][engine] = floors
    BASELINE.write_text(json.dumps(baseline, indent=1) + "\n", encoding="utf-8")


def _print_misses(scorer: Scorer, name: str) -> None:
    rows = load_set(name)
    for row, scores in zip(rows, scorer.classify([r.text for r in rows]), strict=True):
        chosen = {label for label in SHIPPED_LABELS if scores[label] >= scorer.thresholds[label]}
        for label in sorted(chosen ^ row.labels):
            sign = "+" if label in chosen else "-"
            print(f"{name}\t{sign}{label}\t{scores[label]:.2f}\t{row.kind}\t{row.text}")


def main() -> None:
    """Print the table."""
    from models.cues import CueClassifier
    from models.label_set import load_label_set
    from models.zero_shot import load_classifier

    parser = argparse.ArgumentParser(description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--engine", default="shipped", choices=("shipped", "embedding", "cues"))
    for flag in ("--misses", "--pin", "--allow-regression"):
        parser.add_argument(flag, action="store_true")
    options = parser.parse_args()
    rules = CueClassifier(load_label_set())
    scorer: Scorer = rules if options.engine == "cues" else load_classifier(options.engine)
    floors = {}
    for name in SETS:
        figures, beside = score_set(scorer, name), score_set(rules, name)
        floors[name] = floors_of(name, figures)
        print(f"\n{name}: {len(load_set(name))} sentences; {options.engine}, rules beside")
        for label, f in figures.items():
            print(
                f"  {label:12} n={f.hits + f.misses:3}  P {f.precision:.3f}  R {f.recall:.3f}  "
                f"F1 {f.f1:.3f}  (+{f.false_alarms} -{f.misses})   rules F1 {beside[label].f1:.3f}"
            )
        if options.misses:
            _print_misses(scorer, name)
    if options.pin:
        _pin(options.engine, floors, allow_regression=options.allow_regression)


if __name__ == "__main__":
    main()
