"""`ZeroShotClassifier`: what the rest of the house sees of a model, and how it is loaded.

Importing this module loads neither torch nor transformers; `load_classifier` does. Engine "auto"
is the shipped model, unless a path of another NLI model is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.embedding import EmbeddingEngine
from models.encoder import load_encoder
from models.errors import ModelError
from models.label_set import LabelSet, load_label_set
from models.nli import NliEngine, load_nli
from models.precision import PrecisionChoice, WantedPrecision
from models.scoring import Engine, Scores, clean_text, labels_of, score_texts
from models.self_test import Finding, run_self_test
from models.shipped import MODEL_ID, load_shipped
from models.steps import StepReading, StepText
from models.weights import ENCODER_ID

EngineName = Literal["auto", "shipped", "embedding", "nli"]


class ZeroShotClassifier:
    """Scores sentences for every label; blocking, so call it in a thread of its own."""

    def __init__(
        self,
        engine: Engine,
        label_set: LabelSet,
        *,
        engine_name: str,
        model_id: str,
        choice: PrecisionChoice,
        defaults: Mapping[str, float] | None = None,
    ) -> None:
        self._engine = engine
        self._label_set = label_set
        self.engine_name = engine_name
        self.model_id = model_id
        self.choice = choice
        self._defaults = defaults
        self.findings: tuple[Finding, ...] = ()  #: of the self-test at loading

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels scored, in a fixed order."""
        return self._label_set.names

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Score from which each label applies."""
        return self._label_set.thresholds(self.engine_name, self._defaults)

    @property
    def description(self) -> str:
        """Model, engine and precision in one line."""
        return f"{self.model_id} (engine {self.engine_name}, {self.choice.precision})"

    def classify(self, texts: Sequence[str]) -> list[Scores]:
        """Return one {label: score in 0..1} per text, in order; equal texts are scored once."""
        return score_texts(texts, self.labels, self._engine.score)

    def read_steps(self, told: Sequence[StepText]) -> list[StepReading] | None:
        """Return the step that each sentence reports; None where the engine reads none."""
        read = getattr(self._engine, "read_steps", None)
        if read is None:
            return None
        clean = [StepText(clean_text(t.text), clean_text(t.beside)) for t in told]
        found: list[StepReading] = read(clean)
        return found

    def labels_of(self, scores: Mapping[str, float]) -> tuple[str, ...]:
        """Return the labels whose score reaches their threshold."""
        return labels_of(scores, self.thresholds)


def load_classifier(
    engine: EngineName = "auto",
    path: str | None = None,
    precision: WantedPrecision = "auto",
    batch_size: int = 32,
    threads: int | None = None,
    label_set: LabelSet | None = None,
    on_progress: Callable[[str], None] = lambda stage: None,
) -> ZeroShotClassifier:
    """Load a model and test it on known sentences.

    Args:
        path: folder or hub name of an NLI model; engine "nli" needs it.
        threads: processor cores to use; default: all this process may use, at most 8.
        on_progress: called with a few words before each slow step.

    Raises:
        ModelError: the model is missing or unusable, with what to do.
    """
    labels = label_set or load_label_set()
    options = LoadOptions(
        precision=precision, batch_size=batch_size, threads=threads, on_progress=on_progress
    )
    name = ("nli" if path else "shipped") if engine == "auto" else engine
    if name == "nli" and not path:
        raise ModelError("engine nli needs model.path: a folder or hub name of an NLI model")
    loaded = {"nli": _nli, "embedding": _embedding, "shipped": _shipped}[name](
        labels, path or "", options
    )
    on_progress("testing the model on known sentences")
    loaded.findings = run_self_test(loaded, labels.own())
    return loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """How a model is run, whichever it is."""

    precision: WantedPrecision
    batch_size: int
    threads: int | None
    on_progress: Callable[[str], None]


def _shipped(labels: LabelSet, path: str, options: LoadOptions) -> ZeroShotClassifier:
    engine, choice = load_shipped(
        labels,
        precision=options.precision,
        batch_size=options.batch_size,
        threads=options.threads,
        on_progress=options.on_progress,
    )
    return ZeroShotClassifier(
        engine,
        labels,
        engine_name="shipped",
        model_id=MODEL_ID,
        choice=choice,
        defaults=engine.thresholds,
    )


def _nli(labels: LabelSet, path: str, options: LoadOptions) -> ZeroShotClassifier:
    pairs = load_nli(
        path,
        precision=options.precision,
        batch_size=options.batch_size,
        threads=options.threads,
        on_progress=options.on_progress,
    )
    return ZeroShotClassifier(
        NliEngine(pairs, labels), labels, engine_name="nli", model_id=path, choice=pairs.choice
    )


def _embedding(labels: LabelSet, path: str, options: LoadOptions) -> ZeroShotClassifier:
    encoder = load_encoder(
        precision=options.precision,
        batch_size=options.batch_size,
        threads=options.threads,
        on_progress=options.on_progress,
    )
    return ZeroShotClassifier(
        EmbeddingEngine(encoder, labels),
        labels,
        engine_name="embedding",
        model_id=ENCODER_ID,
        choice=encoder.choice,
    )
