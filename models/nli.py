"""Engine "nli": a cross-encoder judges whether each sentence entails each hypothesis.

Takes any transformers sequence-classification model with an entailment class. Every sentence is
paired with every hypothesis; pairs are sorted by length and run in batches. The probability of
entailment is taken against contradiction alone where the model has both (as the transformers
zero-shot pipeline does with multi_label), else against all other classes. The score of a label
is that of its best hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from models.errors import ModelError
from models.label_set import LabelSet
from models.lanes import Lanes, default_threads
from models.precision import PrecisionChoice, WantedPrecision
from models.scoring import Scores
from models.weights import require_safetensors

MAX_TOKENS = 192
_PROBE = [("The two sides exchanged fire until late.", "Armed forces attack.")] * 4

Pair = tuple[str, str]


class NliEngine:
    """Scores texts by entailment."""

    def __init__(self, pairs: PairScorer, label_set: LabelSet) -> None:
        self._pairs = pairs
        self._label_set = label_set

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return the scores of each text, in order."""
        hypotheses = [h for label in self._label_set.labels for h in label.hypotheses]
        chances = iter(self._pairs.entailment([(text, h) for text in texts for h in hypotheses]))
        return [
            {
                label.name: max(next(chances) for _ in label.hypotheses)
                for label in self._label_set.labels
            }
            for _ in texts
        ]


class PairScorer:
    """Probability that a premise entails a hypothesis, for many pairs at once."""

    def __init__(
        self, model: Any, tokenizer: Any, choice: PrecisionChoice, batch_size: int, threads: int
    ) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._batch_size = batch_size
        self._lanes = Lanes(threads)
        self._classes = entailment_classes(model.config.id2label)
        self.choice = choice

    def entailment(self, pairs: Sequence[Pair]) -> list[float]:
        """Return one probability per pair, in order."""
        if not pairs:
            return []
        encoded = self._tokenizer(
            [premise for premise, _ in pairs],
            [hypothesis for _, hypothesis in pairs],
            truncation="longest_first",  # a hypothesis is cut only where it is the longer one
            max_length=MAX_TOKENS,
        )
        return self._lanes.batched(
            [len(ids) for ids in encoded["input_ids"]],
            self._batch_size,
            lambda batch: entailment_chances(
                self._model,
                self._tokenizer,
                {key: [rows[i] for i in batch] for key, rows in encoded.items()},
                self._classes,
            ),
        )


def entailment_chances(
    model: Any, tokenizer: Any, encoded: Mapping[str, Any], classes: tuple[int, tuple[int, ...]]
) -> list[float]:
    """Return the probability of entailment for each encoded pair of one batch."""
    import torch

    entailment, others = classes
    with torch.inference_mode():
        logits = model(**tokenizer.pad(dict(encoded), return_tensors="pt")).logits.float()
        chances = torch.softmax(logits[:, [entailment, *others]], dim=1)[:, 0]
    values: list[float] = chances.tolist()
    return values


def entailment_classes(id2label: Mapping[int, str]) -> tuple[int, tuple[int, ...]]:
    """Return the index of the entailment class and those it is weighed against.

    Raises:
        ModelError: no class, or more than one, is named like entailment.
    """
    names = {int(i): str(name).strip().casefold() for i, name in id2label.items()}
    found = [i for i, name in names.items() if name.startswith("entail")]
    if len(found) != 1:
        raise ModelError(
            "model.path: the model has no entailment class, so it cannot judge hypotheses; its "
            f"classes are {', '.join(str(name) for name in id2label.values())}. Take a model "
            "fine-tuned for natural language inference (NLI)"
        )
    contradiction = [i for i, name in names.items() if name.startswith("contradict")]
    others = contradiction or [i for i in names if i != found[0]]
    if not others:
        raise ModelError("model.path: the model has one class only; an NLI model has two or three")
    return found[0], tuple(others)


def load_nli(
    source: str,
    *,
    precision: WantedPrecision = "auto",
    batch_size: int = 32,
    threads: int | None = None,
    on_progress: Callable[[str], None] = lambda stage: None,
) -> PairScorer:
    """Load an NLI model from a folder, or from the hub where `source` is a hub name.

    Raises:
        ModelError: the folder is missing, its weights are pickled, or it is no NLI model.
    """
    local = not is_hub_name(source)
    if local:
        require_safetensors(Path(source).expanduser())
        source = str(Path(source).expanduser())
    on_progress(f"loading the NLI model {source}")
    from models.loading import in_precision, load_local

    model, tokenizer = load_local(source, head="classifier", local_only=local)
    classes = entailment_classes(model.config.id2label)
    on_progress("choosing the precision")
    probe = tokenizer([a for a, _ in _PROBE], [b for _, b in _PROBE])
    model, choice = in_precision(
        model, precision, lambda m: entailment_chances(m, tokenizer, probe, classes)
    )
    return PairScorer(model, tokenizer, choice, batch_size, threads or default_threads())


def is_hub_name(source: str) -> bool:
    """Tell `owner/name` on the model hub from a folder; an existing folder always wins."""
    if Path(source).expanduser().exists() or source.startswith((".", "/", "~")):
        return False
    owner, slash, name = source.partition("/")
    return bool(owner and slash and name and "/" not in name and "\\" not in source)
