"""Statements, and which of them a labelled sentence entails: of labels, steps and topics.

Those of labels and steps stand in models/corpus/statements.yaml, those of topics in topics.yaml.
Some topics, and one wording of every topic, are kept out of training: on them development
measures how well statements are judged that nobody trained for, as an operator's own will be.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.label_set import read_yaml
from models.labels import SHIPPED_LABELS
from models.training.corpus import CORPUS
from models.training.examples import ENTAILMENT, NOT_ENTAILED, Pair, Sentence

STATEMENTS_FILE: Path = CORPUS / "statements.yaml"
TOPICS_FILE: Path = CORPUS / "topics.yaml"
#: Never trained: what an operator may well want a label for, near to topics that are trained.
HELD_OUT_TOPICS = frozenset(
    ("evacuation", "sanctions", "drone", "hunger", "border", "press", "coup", "disarm")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of a label, of a step or of a topic."""

    text: str
    label: str | None = None
    step: str | None = None
    family: str | None = None  #: of the step
    topic: str | None = None

    def holds_for(self, sentence: Sentence) -> bool | None:
        """Tell whether the sentence entails the statement; None where it is not settled."""
        if self.topic is not None:
            return None if sentence.topics is None else self.topic in sentence.topics
        if self.label is not None:
            value = sentence.labels.get(self.label)
            return bool(value) if value in (0.0, 1.0) else None
        if sentence.step == self.step:
            return True
        own = step_families().get(sentence.step or "")
        # Steps of one family often hold together; so may those of a second label of the sentence.
        held = self.family is not None and sentence.labels.get(self.family, 0.0) != 0.0
        return None if own is None or own == self.family or held else False


@cache
def step_families() -> dict[str, str]:
    """Return the family of every step: a label, or `none`."""
    return dict(read_yaml(STATEMENTS_FILE)["families"])


def known_steps() -> tuple[str, ...]:
    """Return the steps in a fixed order."""
    return tuple(read_yaml(STATEMENTS_FILE)["steps"])


@cache
def statement_table() -> tuple[Statement, ...]:
    """Return every statement of labels and steps."""
    document = read_yaml(STATEMENTS_FILE)
    of_labels = [
        Statement(text=text, label=label)
        for label in SHIPPED_LABELS
        for text in document["labels"][label]
    ]
    of_steps = [
        Statement(text=text, step=step, family=document["families"][step])
        for step, texts in document["steps"].items()
        for text in texts
    ]
    return (*of_labels, *of_steps)


@cache
def topic_table() -> tuple[Statement, ...]:
    """Return the statements of topics that training draws from."""
    return tuple(
        Statement(text=text, topic=topic)
        for topic, texts in read_yaml(TOPICS_FILE).items()
        if topic not in HELD_OUT_TOPICS
        for text in texts[:-1]
    )


def unseen_statements(*, new_topics: bool) -> tuple[Statement, ...]:
    """Return statements that training never saw: of new topics, or new wordings of known ones."""
    return tuple(
        Statement(text=text, topic=topic)
        for topic, texts in read_yaml(TOPICS_FILE).items()
        if (topic in HELD_OUT_TOPICS) == new_topics
        for text in (texts if new_topics else texts[-1:])
    )


def domain_pairs(sentences: Sequence[Sentence], each: int, seed: int) -> list[Pair]:
    """Return about `each` pairs per sentence, half of them entailed where anything is."""
    dice = random.Random(seed)  # noqa: S311 - sampling
    pairs = []
    for sentence in sentences:
        judged = [(s, s.holds_for(sentence)) for s in (*statement_table(), *topic_table())]
        true = [s.text for s, holds in judged if holds]
        # A label's own statements are the harder half of the false ones.
        near = [s.text for s, holds in judged if holds is False and s.label is not None]
        far = [s.text for s, holds in judged if holds is False and s.label is None]
        chosen = [(t, ENTAILMENT) for t in dice.sample(true, min(len(true), (each + 1) // 2))]
        while len(chosen) < each and (near or far):
            rows = near if near and (not far or dice.random() < 0.6) else far
            chosen.append((rows.pop(dice.randrange(len(rows))), NOT_ENTAILED))
        pairs += [
            Pair(premise=sentence.text, hypothesis=text, target=target) for text, target in chosen
        ]
    return pairs
