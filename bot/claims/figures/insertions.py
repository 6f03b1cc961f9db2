"""What is set into a sentence: brackets, and numbers put right (", not six,"). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.figures.gate import may_tell
from bot.claims.numbers import find_numbers

#: Brackets of one sentence that are read on their own.
MAX_ASIDES = 8
_ASIDE = re.compile(
    r"\((?!\s*\d+\s*[,)])[^()]*\)|(?<=\s)(?:--|—|–)\s[^—–;.()]{3,90}?\s(?:--|—|–)(?=\s)|"
    r"(?<=\w)—[^—;.()]{3,90}—(?=\w)"
)
_NOT_BUT = re.compile(
    r", (?:and )?not (?P<number>\d[\d,.]*\d|\d|[a-z]+(?:-[a-z]+)?)(?: as [^,.;]{3,40})?,? (?=[a-z])"
)
_MARK = re.compile(r"^(?:\(|--|—|–)|(?:\)|--|—|–)$")
_ASIDE_MARKS = re.compile(r"[(—–]|--")


@dataclass(frozen=True, slots=True)
class Correction:
    """A number put right, and what was said before."""

    start: int  #: where the right number ends
    end: int
    earlier: int | None


def corrections(text: str) -> tuple[Correction, ...]:
    """Return where "four, not six, people" sets an earlier number right."""
    if ", not " not in text:
        return ()
    numbers = {mention.end: mention for mention in find_numbers(text)}
    found = (m for m in _NOT_BUT.finditer(text) if m.start() in numbers)
    earlier = ((m, next(iter(find_numbers(m["number"])), None)) for m in found)
    return tuple(Correction(m.start(), m.end(), n.value) for m, n in earlier if n is not None)


def blanked(text: str, corrected: Sequence[Correction]) -> str:
    """Return a text without what numbers were said to be before."""
    for one in corrected:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def without_asides(text: str) -> tuple[str, list[str]]:
    """Return the text with its brackets blanked, and each bracket alone, at its place."""
    if _ASIDE_MARKS.search(text) is None:
        return text, []
    asides = [
        " " * m.start() + _MARK.sub(lambda mark: " " * len(mark.group()), m.group())
        for m in _ASIDE.finditer(text)
        if may_tell(m.group())
    ]
    del asides[MAX_ASIDES:]
    return _ASIDE.sub(lambda m: " " * len(m.group()), text), asides
