"""Attribution on news with human spans (PolNeAR, development part), where the folder has it.

Per sentence with a predicted source: does a human see an attribution cue in it (cue precision), and
does the predicted source cover at least half the words of a human's source there? Recall counts the
sentences with a human's "say", "said", "tell", "told" or "according to".
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.articles import bare_entry  # noqa: E402
from bot.claims.who.attribution import attribute  # noqa: E402
from bot.feeds.text import split_sentences  # noqa: E402
from bot.outlets import load_outlets  # noqa: E402
from bot.types import Attribution, Sentence  # noqa: E402
from models.training.general import read_rows  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "attribution"
_PLAIN = re.compile(r"\b(say|says|said|saying|tell|tells|told|according)\b", re.IGNORECASE)
_EMPTY = {"the", "a", "an", "of", "and", "in", "for", "to", "who", "s"}


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence, what was predicted and what humans marked in it."""

    sentence: Sentence
    predicted: Attribution
    cues: tuple[str, ...]
    sources: tuple[str, ...]


def main() -> None:
    """Print the figures; with --misses the sentences that count against them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--misses", choices=("cue", "source", "recall"))
    options = parser.parse_args()
    path = DATA / f"polnear_{options.part}.jsonl.gz"
    if not path.exists():
        print(f"attribution: no {path.name} beside the project; nothing measured")
        return
    began = time.perf_counter()
    cases = list(read_cases(path))
    seconds = time.perf_counter() - began
    named = [case for case in cases if case.predicted.speaker_text or case.predicted.speaker]
    true = [case for case in named if case.cues]
    sourced = [case for case in true if case.sources]
    right = [case for case in sourced if _covers(case)]
    plain = [case for case in cases if any(_PLAIN.search(cue) for cue in case.cues)]
    met = [case for case in plain if case.predicted.speaker_text or case.predicted.speaker]
    print(f"sentences {len(cases)} in {seconds:.1f} s")
    print(f"cue precision {_share(true, named)}; source half right {_share(right, sourced)}")
    print(f"recall of plain reporting sentences {_share(met, plain)}")
    wanted = {
        "cue": [c for c in named if c not in true],
        "source": [c for c in sourced if c not in right],
        "recall": [c for c in plain if c not in met],
    }.get(options.misses, [])
    for case in wanted:
        print(
            f"\n{case.sentence.text}\n  predicted {case.predicted.speaker_text!r}"
            f" ({case.predicted.speaker!r}), human {case.cues} {case.sources}"
        )


def read_cases(path: Path) -> Iterator[Case]:
    """Yield every sentence of every article."""
    wires = load_outlets().wires
    for article in read_rows(path):
        entry = bare_entry(article["doc"], article["text"], datetime(2016, 9, 1, tzinfo=UTC))
        sentences = split_sentences(entry)
        found = attribute(entry, sentences, None, wires)
        for sentence, predicted in zip(sentences, found, strict=True):
            yield _case(sentence, predicted, article)


def _case(sentence: Sentence, predicted: Attribution, article: dict[str, Any]) -> Case:
    inside = [
        row
        for row in article["attributions"]
        if any(sentence.start <= a < sentence.end for a, _ in row.get("cue", ()))
    ]
    text = article["text"]

    def spans(row: dict[str, Any], part: str) -> str:
        return " ".join(text[a:b] for a, b in row.get(part, ()))

    return Case(
        sentence,
        predicted,
        tuple(spans(row, "cue") for row in inside),
        tuple(spans(row, "source") for row in inside if row.get("source")),
    )


def _covers(case: Case) -> bool:
    mine = [_words(text) for text in (case.predicted.speaker_text, case.predicted.speaker) if text]
    return any(
        gold and len(gold & words) * 2 >= len(gold)
        for words in mine
        for gold in map(_words, case.sources)
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - _EMPTY


def _share(part: Sequence[Case], whole: Sequence[Case]) -> str:
    return f"{len(part) / max(1, len(whole)):.3f} ({len(part)}/{len(whole)})"


if __name__ == "__main__":
    main()
