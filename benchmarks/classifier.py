"""Speed of the classifier, as ratios within one run: `python benchmarks/classifier.py`.

The embedding engine runs the shipped weights. For the NLI engine no weights are shipped yet, so
a model of the same body with random weights stands in on both sides: that settles speed and
memory, and says nothing about quality.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from models.label_set import LabelSet, load_label_set  # noqa: E402
from models.weights import encoder_folder  # noqa: E402
from models.zero_shot import load_classifier  # noqa: E402

CORPUS = ROOT / "tests" / "eval" / "sentences.jsonl"
EMBEDDING_ROUNDS = 4
NLI_SENTENCES = 32


def main() -> None:
    """Print the table."""
    texts = [json.loads(line)["text"] for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    label_set = load_label_set()
    start = time.perf_counter()
    ours = load_classifier()
    print(f"load, embedding engine      {time.perf_counter() - start:6.1f} s   {ours.description}")
    many = [f"{text} ({n})" for n in range(EMBEDDING_ROUNDS) for text in texts]
    ours.classify(many[:64])
    embedding = _rate(lambda: ours.classify(many), len(many))
    print(f"embedding engine            {embedding:6.1f} sentences/s")
    with tempfile.TemporaryDirectory() as folder:
        _random_nli(Path(folder))
        _compare_nli(folder, texts[:NLI_SENTENCES], label_set, embedding)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory                 {peak:6.0f} MiB (all of the above in one process)")


def _compare_nli(folder: str, texts: list[str], label_set: LabelSet, embedding: float) -> None:
    from transformers import pipeline

    hypotheses = [h for label in label_set.labels for h in label.hypotheses]
    print(f"NLI: random weights in the shipped encoder's body, {len(hypotheses)} hypotheses")
    reference = pipeline("zero-shot-classification", model=folder, device="cpu", batch_size=32)
    plain = _rate(
        lambda: reference(texts, hypotheses, hypothesis_template="{}", multi_label=True),
        len(texts),
    )
    print(f"transformers pipeline       {plain:6.1f} sentences/s   1.00x")
    for precision in ("fp32", "auto"):
        nli = load_classifier("nli", folder, precision, label_set=label_set)  # type: ignore[arg-type]
        rate = _rate(lambda nli=nli: nli.classify(texts), len(texts))  # type: ignore[misc]
        used = nli.choice.precision
        print(
            f"NLI engine, {precision:4} ({used})     {rate:6.1f} sentences/s   {rate / plain:.2f}x"
        )
    print(f"embedding engine / pipeline                       {embedding / plain:.1f}x")


def _rate(work: Callable[[], object], count: int) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return count / best


def _random_nli(folder: Path) -> None:
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

    source = encoder_folder()
    names = {0: "contradiction", 1: "neutral", 2: "entailment"}
    config = AutoConfig.from_pretrained(
        source,
        local_files_only=True,
        num_labels=3,
        id2label=names,
        label2id={name: i for i, name in names.items()},
    )
    AutoModelForSequenceClassification.from_config(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(source, local_files_only=True).save_pretrained(folder)


if __name__ == "__main__":
    main()
