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
    r"(?:, (?:and )?not|,? (?:and not|rather than|instead of)) "
    r"(?P<number>\d[\d,.]*\d|\d|[a-z]+(?:-[a-z]+)?)"
    r"(?: as [^,.;]{3,40})?,? (?=[a-z])"
)
_SETTING_RIGHT = (" not ", " rather than ", " instead of ")
_MARK = re.compile(r"^(?:\(|--|—|–)|(?:\)|--|—|–)$")
#: "(1,140 since the war began)" behind a figure.
_ADDED_UP = re.compile(r" \((?=(?:[a-z]+ ){0,2}[\d,]+ since )[^()]*\)")
#: Members of a list: "a grandmother, her daughter and a baby".
_LIST = re.compile(
    r"(?:^\W*|, |\band )(?:an?|his|her|their|one|two|three|four|five|\d+) \w", re.IGNORECASE
)
_ASIDE_MARKS = re.compile(r"[(—–]|--")


@dataclass(frozen=True, slots=True)
class Correction:
    """A number put right, and what was said before."""

    start: int  #: where the right number ends
    end: int
    earlier: int | None


def corrections(text: str) -> tuple[Correction, ...]:
    """Return where "four, not six, people" sets an earlier number right."""
    if not any(word in text for word in _SETTING_RIGHT):
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


#: Who of those counted they were: "eight people, four children among them, were killed".
_AMONG_THEM = re.compile(
    r", (?:[\w’'-]+ ){1,9}?(?:among (?:them|those|their number)|in (?:their|that) number|included)"
    r"(?=,)",
    re.IGNORECASE,
)


def without_shares(text: str) -> str:
    """Return the text with those blanked who are a part of the number in front of them."""
    if " among th" not in text and " number, " not in text and " included, " not in text:
        return text
    return _AMONG_THEM.sub(lambda m: m.group() if may_tell(m.group()) else _blank(m), text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def without_asides(text: str) -> tuple[str, list[str]]:
    """Return the text with its brackets blanked, and each bracket alone, at its place."""
    if _ASIDE_MARKS.search(text) is None:
        return text, []
    asides = [
        " " * m.start() + _MARK.sub(_blank, m.group())
        for m in _ASIDE.finditer(text)
        if may_tell(m.group())
    ]
    del asides[MAX_ASIDES:]
    return _ASIDE.sub(_blank, text), asides


def added_up(text: str) -> list[tuple[int, int, str]]:
    """Return each bracket that adds a figure up, and the text with commas around it."""
    if "(" not in text or " since " not in text:
        return []
    found = []
    for match in _ADDED_UP.finditer(text):
        if not may_tell(match.group()):
            commas = f", {match.group()[2:-1]},"
            found.append((*match.span(), text[: match.start()] + commas + text[match.end() :]))
    return found[:MAX_ASIDES]


def with_commas(text: str) -> list[tuple[int, int, str]]:
    """Return each part between dashes that lists people, and the text with commas around it."""
    if "—" not in text and "–" not in text and "--" not in text:
        return []
    found = []
    for match in _ASIDE.finditer(text):
        inner = _MARK.sub(lambda mark: " " * len(mark.group()), match.group())
        if match.group()[0] == "(" or may_tell(inner) or not _LIST.search(inner):
            continue
        commas = _MARK.sub(lambda mark: ",".ljust(len(mark.group())), match.group())
        found.append((*match.span(), text[: match.start()] + commas + text[match.end() :]))
    return found[:MAX_ASIDES]
