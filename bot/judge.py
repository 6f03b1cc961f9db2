"""Builds the classifier that a configuration asks for; the only bridge from config to models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.config import Config
from bot.ports import Classifier
from models.steps import StepText


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """A loaded classifier with the thresholds that turn its scores into labels."""

    classifier: Classifier
    thresholds: dict[str, float]
    description: str  #: model, engine and precision, for the log and the terminal


class NoModel:
    """Stands in for the classifier when only the rules are asked for: scores nothing."""

    labels: tuple[str, ...] = ()

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return empty scores."""
        return [{} for _ in texts]

    def read_steps(self, told: Sequence[StepText]) -> None:
        """Read none; the grammar of steps stands in."""


def load_judge(config: Config, on_progress: Callable[[str], None] = lambda stage: None) -> Judge:
    """Load the model named in the configuration. Blocking; imports torch.

    Raises:
        ModelError: the model is missing or unusable, with what to do.
    """
    from models.label_set import load_label_set
    from models.zero_shot import load_classifier

    label_set = load_label_set(config.labels)
    model = config.model
    classifier = load_classifier(
        engine=model.engine,
        path=model.path,
        precision=model.precision,
        batch_size=model.batch_size,
        threads=model.threads,
        label_set=label_set,
        on_progress=on_progress,
    )
    return Judge(
        classifier=classifier,
        thresholds=dict(classifier.thresholds),
        description=classifier.description,
    )
