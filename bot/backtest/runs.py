"""Judges entries once and replays them under several settings.

Scores do not depend on thresholds, so a classifier that remembers them serves every run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.backtest.compare import Run, RunNotes
from bot.config import PolicySection
from bot.packs import Pack
from bot.pipeline import judge_entries
from bot.ports import Classifier
from bot.replay import replay_entries
from bot.store.sql import SqlStore
from bot.types import Entry
from models.steps import StepReading, StepText

#: Entries scored in one go: large enough to fill batches, small enough to show progress.
JUDGED_AT_ONCE = 32


class ScoredOnce:
    """A classifier in front of another one that asks it about each text once."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self._scores: dict[str, dict[str, float]] = {}
        self._steps: dict[StepText, StepReading] = {}
        self._reads_steps = True

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels scored, in a fixed order."""
        return self._classifier.labels

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return one {label: score in 0..1} per text, in order."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._scores]
        if fresh:
            self._scores.update(zip(fresh, self._classifier.classify(fresh), strict=True))
        return [self._scores[text] for text in texts]

    def read_steps(self, told: Sequence[StepText]) -> list[StepReading] | None:
        """Return the step that each sentence reports; None where the model reads none."""
        fresh = [text for text in dict.fromkeys(told) if text not in self._steps]
        if fresh and self._reads_steps:
            read = self._classifier.read_steps(fresh)
            if read is None:
                self._reads_steps = False
            else:
                self._steps.update(zip(fresh, read, strict=True))
        return [self._steps[text] for text in told] if self._reads_steps else None


def judge_once(
    entries: Sequence[Entry],
    classifier: Classifier,
    on_progress: Callable[[int], None] = lambda done: None,
) -> ScoredOnce:
    """Return a classifier that knows every sentence of the entries. Blocking, takes long."""
    scored = ScoredOnce(classifier)
    for start in range(0, len(entries), JUDGED_AT_ONCE):
        batch = entries[start : start + JUDGED_AT_ONCE]
        judge_entries(batch, scored)
        on_progress(start + len(batch))
    return scored


async def replayed(
    entries: Sequence[Entry],
    *,
    packs: Sequence[Pack],
    classifier: Classifier,
    thresholds: Mapping[str, float],
    policy: PolicySection,
    on_progress: Callable[[int], None] = lambda done: None,
) -> Run:
    """Return what the bot does about the entries, in order, from an empty store in memory."""
    store = await SqlStore.open("sqlite://", routes=())
    notes = RunNotes()
    try:
        changes = replay_entries(
            entries,
            packs=packs,
            classifier=classifier,
            thresholds=dict(thresholds),
            policy=policy,
            store=store,
            on_progress=on_progress,
        )
        async for change in changes:
            notes.take(change)
    finally:
        await store.aclose()
    return notes.run()
