"""Speed of the classifier against the transformers pipeline, as ratios within one run.

The same weights (models/weights), the same labels (one statement each) and the same sentences: a
mixed day of news, from a folder of public news where there is one beside the project, else from
the committed gate sets. The pipeline runs at its default settings on a part of them, since it
needs minutes for all.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from models.label_set import LabelText, load_label_set, read_yaml  # noqa: E402
from models.labels import SHIPPED_LABELS  # noqa: E402
from models.shipped import WEIGHTS  # noqa: E402
from models.training.corpus import read_sentences  # noqa: E402
from models.training.general import read_rows  # noqa: E402
from models.training.statements import STATEMENTS_FILE  # noqa: E402
from models.zero_shot import ZeroShotClassifier, load_classifier  # noqa: E402

NEWS = ROOT.parent / "shared" / "data" / "news" / "wcep_2002_2019.jsonl.gz"
GATE_SETS = [ROOT / "tests" / "eval" / f"{name}.tsv" for name in ("contrast", "general")]
SENTENCES = 2_000
PIPELINE_SENTENCES = 60
#: Rounds of each side, in turn; the best of each counts, since other work only slows.
ROUNDS = 3
OWN = (
    ("aid", "Food or medicine reaches people in a war zone."),
    ("captives", "Prisoners of war or hostages are released."),
    ("displaced", "People flee their homes because of fighting."),
)


def main() -> None:
    """Print the table."""
    texts, source = mixed_day()
    began = time.perf_counter()
    ours = load_classifier()
    print(f"load {time.perf_counter() - began:.1f} s; {ours.description}; {source}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ours.classify(texts[:64])
    rate, plain = compared(ours, texts)
    print(f"transformers pipeline, defaults     {plain:8.1f} sentences/s    1.0x")
    print(f"ours                                {rate:8.1f} sentences/s {rate / plain:6.1f}x")
    for precision in ("fp32", "bf16"):
        one = load_classifier(precision=precision)  # type: ignore[arg-type]
        print(f"ours, {precision}  {_rate(lambda one=one: one.classify(texts), len(texts)):8.1f}")  # type: ignore[misc]
    for count in range(1, len(OWN) + 1):
        more = load_classifier(
            label_set=load_label_set(
                {n: LabelText(name=n, hypotheses=(h,)) for n, h in OWN[:count]}
            )
        )
        cost = rate / _rate(lambda more=more: more.classify(texts), len(texts)) - 1  # type: ignore[misc]
        print(f"cost of {count} more label(s) of one's own: {cost:+.1%} of all shipped labels")
    print(f"peak memory after loading {peak:.0f} MiB")


def mixed_day() -> tuple[list[str], str]:
    """Return the sentences, and where they come from."""
    if NEWS.exists():
        rows = [row["text"] for row in read_rows(NEWS)]
        return random.Random(1).sample(rows, SENTENCES), f"{SENTENCES} current-events bullets"  # noqa: S311
    texts = [s.text for path in GATE_SETS for s in read_sentences(path)]
    return texts, f"{len(texts)} sentences of the gate sets (no folder of public news found)"


def compared(ours: ZeroShotClassifier, texts: Sequence[str]) -> tuple[float, float]:
    """Return sentences per second of ours and of the pipeline, measured in turn."""
    from transformers import pipeline

    statements = [read_yaml(STATEMENTS_FILE)["labels"][label][0] for label in SHIPPED_LABELS]
    reference = pipeline("zero-shot-classification", model=str(WEIGHTS), device="cpu")
    part = list(texts[:PIPELINE_SENTENCES])
    reference(part[:4], statements, multi_label=True)
    best_ours = best_plain = 0.0
    for _ in range(ROUNDS):
        best_plain = max(
            best_plain,
            _rate(lambda: reference(part, statements, multi_label=True), len(part), rounds=1),
        )
        best_ours = max(best_ours, _rate(lambda: ours.classify(texts), len(texts), rounds=1))
    return best_ours, best_plain


def _rate(work: Callable[[], object], count: int, rounds: int = ROUNDS) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return count / best


if __name__ == "__main__":
    main()
