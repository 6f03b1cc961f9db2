"""Sentences with the step they report: models/corpus/steps/, and the finer steps of the corpus.

A line is `step<TAB>sides<TAB>register<TAB>text`; a line that starts with `# ` opens a contrast set,
or a stretch of reports, each of which begins with its headline.
The corpus and the labelled news have steps of their own wording, which are taken over where they
mean the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from models.steps import SIDES, STEPS
from models.training.corpus import CORPUS, REGISTERS, is_dev, read_corpus
from models.training.examples import Sentence
from models.training.news import read_labelled_news

STEP_FOLDER = CORPUS / "steps"
FILES = ("levant", "east", "asia_africa", "borderlines", "halts_north", "halts_south")
#: Those whose sentences stand in reports.
REPORTS = ("heads", "coverage", "reports")

#: Steps of the corpus under the names of models/steps.py.
SAME = {
    "takes_effect": "effective",
    "alleged": "breach_alleged",
    "breached": "breach_alleged",
    "despite": "breach_alleged",
    "collapsed": "ended",
    "offensive": "offensive_announced",
    "partial": "announced",
    "planned": "floated",
    "near": "floated",
    "vote": "called_for",
    "mediation": "talks",
    "background": "history",
    "anniversary": "history",
    **dict.fromkeys(("bombing", "raid", "clash", "none_hurt"), "attack"),
    **dict.fromkeys(
        (
            "accident diplomacy politics crime law sport business culture trade protest labour "
            "drill science disease fiction weather family coalition disaster"
        ).split(),
        "other",
    ),
}
#: Steps of the corpus that hold more than one step of models/steps.py.
MIXED = ("captives", "aid", "extended", "talks", "talks_failed")
#: What sentences written for their steps count for, against those labelled for something else.
WRITTEN_WEIGHT = 1.5
#: Share of the sentences about no war that is enough.
OTHER_SHARE = 0.28
SEED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSentence:
    """A sentence, the step it reports, and whose step that is."""

    text: str
    beside: str = ""  #: the headline of its report; of a headline, the first sentence
    step: str
    sides: str | None  #: None: nobody looked
    weight: float
    dev: bool


def read_steps(path: Path) -> Iterator[StepSentence]:
    """Yield the sentences of one file, each on its own.

    Raises:
        ValueError: a line is malformed; the message names file and line.
    """
    for report in _reports_of(path):
        yield from report


def read_reports(path: Path) -> Iterator[StepSentence]:
    """Yield the sentences of one file, each with what is read beside it.

    Raises:
        ValueError: a line is malformed; the message names file and line.
    """
    for report in _reports_of(path):
        first, *rest = report
        yield replace(first, beside=rest[0].text if rest else "")
        yield from (replace(sentence, beside=first.text) for sentence in rest)


def _reports_of(path: Path) -> Iterator[list[StepSentence]]:
    """Yield stretches of sentences that begin with a headline or behind a `# ` line."""
    report: list[StepSentence] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# ") or not line.strip():
            yield from [report] if report else []
            report = []
            continue
        parts = line.split("\t")
        fits = len(parts) == 4 and parts[0] in STEPS and parts[1] in SIDES
        if not fits or parts[2] not in REGISTERS:
            raise ValueError(f"{path.name}:{number}: must be step, sides, register, text")
        step, sides, register, text = parts
        if register == "headline" and report:
            yield report
            report = []
        told = StepSentence(text=text, step=step, sides=sides, weight=WRITTEN_WEIGHT, dev=False)
        report.append(told)
    yield from [report] if report else []


def step_sentences(data: Path) -> list[StepSentence]:
    """Return all sentences with a step; `data` is the folder of real news, which may be missing."""
    dice = random.Random(SEED)  # noqa: S311 - a sample
    known = [*read_corpus(), *(read_labelled_news(data) if data.is_dir() else ())]
    told = [s for s in map(_of_corpus, known) if s is not None]
    told = [s for s in told if s.step != "other" or s.dev or dice.random() < OTHER_SHARE]
    written = (s for name in FILES for s in read_steps(STEP_FOLDER / f"{name}.tsv"))
    reported = (s for name in REPORTS for s in read_reports(STEP_FOLDER / f"{name}.tsv"))
    return [*told, *written, *reported]


def _of_corpus(sentence: Sentence) -> StepSentence | None:
    step = SAME.get(sentence.step or "", sentence.step)
    if step not in STEPS or sentence.step in MIXED:
        return None
    topics = sentence.topics or frozenset()
    sides = "both" if "bothsides" in topics else "one" if "oneside" in topics else None
    return StepSentence(
        text=sentence.text,
        step=step,
        sides=sides,
        weight=sentence.weight,
        dev=is_dev(sentence.group),
    )
