"""Which sentences are for training and which for development; whole groups on one side."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from models.training.corpus import is_dev, read_corpus
from models.training.examples import Sentence
from models.training.news import (
    consulting,
    read_labelled_news,
    read_mapped,
    read_plv,
    read_silver,
    with_consulting,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DevSets:
    """Sentences that no training step sees."""

    authored: list[Sentence]  #: a part of the corpus, in whole contrast sets
    news: list[Sentence] = field(default_factory=list)  #: real news, labelled for this project
    silver: list[Sentence] = field(default_factory=list)  #: all of the silver set
    plv: list[Sentence] = field(default_factory=list)  #: PLOVER's own labels of a part of `news`

    @property
    def calibration(self) -> list[Sentence]:
        """Return the sentences that scales and thresholds are fitted on."""
        return [*self.authored, *self.news, *self.silver]

    def named(self) -> dict[str, list[Sentence]]:
        """Return the sets that are not empty, by name."""
        rows = {
            "authored": self.authored,
            "news": self.news,
            "silver": self.silver,
            "plv": self.plv,
        }
        return {name: found for name, found in rows.items() if found}

    def describe(self) -> str:
        """Return the sizes in words."""
        return (
            f"{len(self.authored)} of the authored corpus, {len(self.news)} of labelled news, "
            f"{len(self.silver)} silver"
        )


def train_sentences(data: Path) -> list[Sentence]:
    """Return what the domain stage is trained on; without `data` the authored corpus alone."""
    authored = [s for s in read_corpus() if not is_dev(s.group)]
    if not data.is_dir():
        return authored
    news = [s for s in _news(data) if not is_dev(s.group)]
    return authored + news + read_mapped(data)


def dev_sets(data: Path) -> DevSets:
    """Return the development sets; without `data` a part of the authored corpus alone."""
    authored = [s for s in read_corpus() if is_dev(s.group)]
    if not data.is_dir():
        return DevSets(authored=authored)
    news = [s for s in _news(data) if is_dev(s.group)]
    kept = {s.text for s in news}
    plv = [s for s in read_plv(data) if " ".join(s.text.split()) in kept]
    return DevSets(authored=authored, news=news, silver=read_silver(data), plv=plv)


def _news(data: Path) -> list[Sentence]:
    silver = {" ".join(s.text.split()) for s in read_silver(data)}
    labelled = with_consulting(read_labelled_news(data), consulting(data))
    return [s for s in labelled if s.text not in silver]
