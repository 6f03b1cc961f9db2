"""The authored corpus: models/corpus/*.tsv, one sentence a line, in contrast sets.

A line is `step<TAB>labels<TAB>register<TAB>text`, and where a reader looked for them a fifth field
with the topics (codes of topics.yaml, with commas, or `-`); labels are letters of models/corpus/
README.md (c v k n h) or `-`. A line that starts with `# ` opens a contrast set; a whole set is
either for training or for development.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from models.labels import SHIPPED_LABELS
from models.training.examples import Sentence

CORPUS = Path(__file__).parents[1] / "corpus"
FILES = (
    "agency",
    "attacks",
    "breaches",
    "breaklines",
    "bulletins",
    "cables",
    "communiques",
    "doubtful",
    "headlines",
    "lookalikes",
    "newsstand",
    "newswire",
    "noise",
    "plans",
    "talks",
    "together",
    "votes",
)
LETTERS = dict(zip("cvknh", SHIPPED_LABELS, strict=True))
REGISTERS = ("agency", "bulletin", "broadcast", "headline", "statement")
#: Talks between states at peace: not our label, yet nearer to it than sport is. A share of the
#: target keeps them apart from both, so that scores also rank (PLOVER's CONSULT).
DIPLOMACY_SHARE = 0.25
DEV_SHARE = 0.12


def read_corpus(folder: Path = CORPUS) -> list[Sentence]:
    """Return every sentence of the corpus, file by file.

    Raises:
        ValueError: a line is malformed; the message names file and line.
    """
    return [s for name in FILES for s in read_sentences(folder / f"{name}.tsv")]


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one file."""
    group = path.stem
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# "):
            group = f"{path.stem}:{number}:{line[2:]}"
        elif line.strip():
            parts = line.split("\t")
            if len(parts) not in (4, 5) or parts[2] not in REGISTERS:
                raise ValueError(
                    f"{path.name}:{number}: must be step, labels, register, text and maybe topics"
                )
            try:
                labels = labels_of_letters(parts[1])
            except KeyError as error:
                raise ValueError(f"{path.name}:{number}: unknown label {error}") from error
            yield Sentence(
                text=parts[3].strip(),
                labels=with_share(labels, parts[0]),
                step=parts[0],
                topics=topics_of_field(parts[4]) if len(parts) == 5 else None,
                source=parts[2],
                group=group,
            )


def labels_of_letters(letters: str) -> dict[str, float | None]:
    """Return 1 or 0 for every shipped label; raise KeyError for an unknown letter."""
    held = {LETTERS[letter] for letter in letters if letter != "-"}
    return {label: float(label in held) for label in SHIPPED_LABELS}


def topics_of_field(field: str) -> frozenset[str]:
    """Return the topic codes of a line's fifth field."""
    return frozenset(code for code in field.strip().split(",") if code != "-")


def with_share(labels: dict[str, float | None], step: str) -> dict[str, float | None]:
    """Return the labels with a share of `negotiation` for ordinary diplomacy."""
    if step == "diplomacy" and labels["negotiation"] == 0:
        return {**labels, "negotiation": DIPLOMACY_SHARE}
    return labels


def is_dev(group: str, share: float = DEV_SHARE) -> bool:
    """Tell whether a group is kept out of training; decided by its name alone."""
    return int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) % 10_000 < share * 10_000
