"""The rule baseline: word families and rules from models/cues.yaml, no model at all.

It is the floor that every engine must beat, the fallback where no model can be loaded, and a
source of features for the embedding engine. Pure; the patterns are compiled once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.label_set import LabelSet, read_yaml
from models.steps import StepText

CUES_FILE = Path(__file__).with_name("cues.yaml")

#: Cues look at this much of a text; a news sentence is far shorter.
MAX_CHARS = 4_000

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[\"'(]?[A-Z0-9])")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "‑": "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Families that must all hold, hold in part, or not hold, and what that is worth."""

    all: frozenset[str]
    any: frozenset[str]
    none: frozenset[str]
    score: float

    def holds(self, families: frozenset[str]) -> bool:
        """Tell whether a sentence with these families satisfies the rule."""
        if not self.all <= families or self.none & families:
            return False
        return not self.any or bool(self.any & families)


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSet:
    """The compiled content of cues.yaml."""

    patterns: Mapping[str, re.Pattern[str]]
    rules: Mapping[str, tuple[Rule, ...]]
    vetoes: Mapping[str, frozenset[str]]
    veto_unless: str  #: family in whose presence no veto counts
    veto_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What the rules see in one text."""

    families: frozenset[str]  #: found in any sentence
    scores: Mapping[str, float]  #: by shipped label, in 0..1
    vetoed: frozenset[str]  #: labels that the subject (sport, trade, fiction ...) speaks against


@cache
def load_cues() -> CueSet:
    """Return the compiled cues."""
    document = read_yaml(CUES_FILE)
    patterns = {
        name: _compiled(parts, document["macros"]) for name, parts in document["families"].items()
    }
    rules = {
        label: tuple(sorted((_rule(row) for row in rows), key=lambda rule: -rule.score))
        for label, rows in document["rules"].items()
    }
    vetoes = {label: frozenset(names) for label, names in document["vetoes"].items()}
    return CueSet(
        patterns=patterns,
        rules=rules,
        vetoes=vetoes,
        veto_unless=document["veto_unless"],
        veto_score=document["veto_score"],
    )


def find_cues(text: str) -> Cues:
    """Return the families found in `text` and the score of every shipped label."""
    cue_set = load_cues()
    sentences = [_families(cue_set, part) for part in _sentences(text)]
    everywhere = frozenset[str]().union(*sentences)
    vetoed = frozenset(
        label
        for label, subjects in cue_set.vetoes.items()
        if subjects & everywhere and cue_set.veto_unless not in everywhere
    )
    scores = {
        label: min(_best(rules, sentences), cue_set.veto_score if label in vetoed else 1.0)
        for label, rules in cue_set.rules.items()
    }
    return Cues(families=everywhere, scores=scores, vetoed=vetoed)


class CueClassifier:
    """Scores by rules alone; labels of the operator's own score 0."""

    description = "rules only (models/cues.yaml), no model"

    def __init__(self, label_set: LabelSet) -> None:
        self._label_set = label_set

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels scored, in a fixed order."""
        return self._label_set.names

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Score from which each label applies."""
        return self._label_set.thresholds("cues")

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return one {label: score in 0..1} per text, in order."""
        found = (find_cues(text).scores for text in texts)
        return [{label: scores.get(label, 0.0) for label in self.labels} for scores in found]

    def read_steps(self, told: Sequence[StepText]) -> None:
        """Read none."""


def _sentences(text: str) -> list[str]:
    plain = " ".join(text[:MAX_CHARS].translate(_QUOTES).split())
    return _SENTENCE_END.split(plain) if plain else []


def _families(cue_set: CueSet, sentence: str) -> frozenset[str]:
    return frozenset(name for name, p in cue_set.patterns.items() if p.search(sentence))


def _best(rules: Sequence[Rule], sentences: Sequence[frozenset[str]]) -> float:
    return max(
        (rule.score for families in sentences for rule in rules if rule.holds(families)),
        default=0.0,
    )


def _compiled(parts: Sequence[str], macros: Mapping[str, str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{part})" for part in parts)
    for _ in range(2):  # a macro may use another macro, one level deep
        for name, piece in macros.items():
            joined = joined.replace("{" + name + "}", piece)
    return re.compile(rf"\b(?:{joined})", re.IGNORECASE)


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        all=frozenset(row.get("all", ())),
        any=frozenset(row.get("any", ())),
        none=frozenset(row.get("none", ())),
        score=float(row["score"]),
    )
