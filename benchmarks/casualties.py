"""Casualty figures on news with human counts (MUC-3/4, development part), where the folder has it.

What counts as found, and why:

- A template counts several victims of one kind ("six priests") with an effect. It is found when
  some sentence of the document gives that measure and value. A template with both effects does not
  say how many died: it is one count, found under either measure.
- The product adds up the victims of one side, so a sum stands for the numbers written in its own
  verbatim text: "six priests and two women" gives 8, and with it 6 and 2. Numbers outside the text
  of a figure never count.
- "stated" leaves out counts that no sentence about harm writes down, in digits or words (annotators
  counted names, or took the number from elsewhere), and those written only as part of a total
  ("19 people, including 10 children"): by the contract a part is no figure.
- Precision is a lower bound: many true counts of these documents are in no template.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.articles import bare_entry  # noqa: E402
from bot.claims.figures import find_figures  # noqa: E402
from bot.claims.numbers import find_numbers  # noqa: E402
from bot.feeds.text import split_sentences  # noqa: E402
from bot.types import Figure, Sentence  # noqa: E402
from models.training.general import read_rows  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "casualties"
_MEASURES = {"DEATH": "killed", "INJURY": "wounded"}
#: Words of harm, kept apart from the grammar's own so that the two cannot agree by design.
_HARM = re.compile(
    r"(?i)\b(?:kill|dead|death|die[ds]?\b|murder|assassin|massacre|execut|slain"
    r"|bod(?:y|ies)\b|corpse|wound|injur|hurt|maim|lives\b|casualt|victim|shot\b)"
)
_PART = re.compile(r"(?i)\b(?:including|among (?:them|those)|of (?:them|whom))\s+$")


@dataclass(frozen=True, slots=True)
class Count:
    """How many victims of one kind a template gives, and under which measures."""

    measures: frozenset[str]
    value: int


@dataclass(slots=True)
class Tally:
    """Counts over all documents."""

    wanted: int = 0
    found: int = 0
    value_only: int = 0
    stated: int = 0
    found_stated: int = 0
    given: int = 0


def main() -> None:
    """Print the figures; with --misses the counts that no sentence gave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if not (DATA / "muc34_docs_dev.jsonl.gz").exists():
        print("casualties: no MUC documents beside the project; nothing measured")
        return
    gold = _gold()
    tally = Tally()
    seconds = 0.0
    for row in read_rows(DATA / "muc34_docs_dev.jsonl.gz"):
        sentences = _sentences(row)
        began = time.process_time()
        figures = [figure for s in sentences for figure in find_figures(s.text)]
        seconds += time.process_time() - began
        missed = _add(tally, gold.get(row["doc"], set()), figures, sentences)
        if options.misses and missed:
            print(row["doc"], *(f"{sorted(c.measures)} {c.value}" for c in missed))
    _report(tally, seconds)


def _add(
    tally: Tally, counts: set[Count], figures: list[Figure], sentences: tuple[Sentence, ...]
) -> list[Count]:
    """Add a document to the tally; return the stated counts that were missed."""
    mine = {(f.measure.value, value) for f in figures for value in _values(f)}
    values = {value for _, value in mine}
    missed = []
    for count in counts:
        found = any((measure, count.value) in mine for measure in count.measures)
        stated = any(_states(s.text, count.value) for s in sentences)
        tally.wanted += 1
        tally.found += found
        tally.value_only += count.value in values
        tally.stated += stated
        tally.found_stated += stated and found
        if stated and not found:
            missed.append(count)
    own = {(f.measure.value, v) for f in figures if (v := _main_value(f)) and v > 1}
    tally.given += len({pair for pair in own if pair[0] in _MEASURES.values()})
    return missed


def _report(tally: Tally, seconds: float) -> None:
    print(f"figures read in {seconds:.1f} s of one core")
    print(
        f"recall, stated counts {tally.found_stated / max(1, tally.stated):.3f}"
        f" ({tally.found_stated}/{tally.stated})"
    )
    print(
        f"recall, all counts {tally.found / max(1, tally.wanted):.3f}"
        f" ({tally.found}/{tally.wanted}), value only {tally.value_only / max(1, tally.wanted):.3f}"
    )
    print(
        f"precision, lower bound {tally.found / max(1, tally.given):.3f}"
        f" ({tally.found}/{tally.given})"
    )


def _gold() -> dict[str, set[Count]]:
    gold: dict[str, set[Count]] = defaultdict(set)
    for row in read_rows(DATA / "muc34_targets_dev.jsonl.gz"):
        number = str(row["number"]).strip("~- ")
        measures = frozenset(_MEASURES[e] for e in row["effect"] if e in _MEASURES)
        if number.isdigit() and int(number) > 1 and measures:
            gold[row["doc"]].add(Count(measures, int(number)))
    return gold


def _states(sentence: str, value: int) -> bool:
    """Tell whether a sentence about harm writes a number that is no part of a total."""
    return bool(_HARM.search(sentence)) and any(
        m.value == value and not _PART.search(sentence[: m.start]) for m in find_numbers(sentence)
    )


def _values(figure: Figure) -> Iterator[int]:
    """Yield a figure's value and the numbers written in its verbatim text."""
    value = _main_value(figure)
    if value is not None:
        yield value
    yield from (m.value for m in find_numbers(figure.text) if m.value is not None)


def _main_value(figure: Figure) -> int | None:
    if figure.low is None:
        return figure.high
    return figure.low - 1 if figure.qualifier.value == "more_than" else figure.low


def _sentences(row: dict[str, Any]) -> tuple[Sentence, ...]:
    text = " ".join((row["text_mixed"] or row["text"]).split())
    return tuple(split_sentences(bare_entry(row["doc"], text, datetime(1990, 1, 1, tzinfo=UTC))))


if __name__ == "__main__":
    main()
