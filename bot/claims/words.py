"""The words of a sentence, read once for all who ask, and patterns that wait for theirs. Pure.

Most sentences hold no match of most patterns. A look into the sentence's words costs a tenth of a
search, so a pattern is asked only where a word stands that it cannot do without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

#: Cuts a text into gap, word, gap, word, ..., gap.
_WORD = re.compile(r"(\w+)")
_DIGIT = re.compile(r"\d")
#: Sentences are asked about again and again, but only while their entry is read.
_KEPT = 1024


class Words(NamedTuple):
    """The words of one text."""

    spans: tuple[tuple[str, int], ...]  #: each word as written, with its offset
    vocabulary: frozenset[str]  #: all of them in small letters
    digits: bool  #: a digit stands somewhere


@lru_cache(maxsize=_KEPT)
def words_of(text: str) -> Words:
    """Return the words of a text."""
    pieces = _WORD.split(text)
    written = pieces[1::2]
    # Each word begins where the gap before it ends.
    starts = list(accumulate(map(len, pieces)))[::2]
    return Words(
        tuple(zip(written, starts, strict=False)),
        frozenset(map(str.lower, written)),
        _DIGIT.search(text) is not None,
    )


class Keyed:
    """A pattern with key words: no match of it lacks all of them."""

    def __init__(self, pattern: str, keys: str, *, lowered: bool = False) -> None:
        """Compile `pattern`; `lowered`: it is written for text in small letters."""
        self.pattern = re.compile(pattern)
        self.keys = frozenset(keys.split())
        self.lowered = lowered

    def may_match(self, text: str) -> bool:
        """Tell whether a key word stands in a text, in small letters or capitals."""
        return not self.keys.isdisjoint(words_of(text).vocabulary)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, as the bare pattern does."""
        if self.keys.isdisjoint(words_of(text).vocabulary):
            return None
        return self.pattern.search(text.lower() if self.lowered else text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches left to right, as the bare pattern does."""
        if self.keys.isdisjoint(words_of(text).vocabulary):
            return iter(())
        return self.pattern.finditer(text.lower() if self.lowered else text)

    def blanked(self, text: str) -> str:
        """Return the text with one blank for each match."""
        if self.keys.isdisjoint(words_of(text).vocabulary):
            return text
        return self.pattern.sub(" ", text)


class Opened:
    """A pattern with opening words: every match of it begins with one of them, or with a digit."""

    def __init__(self, pattern: re.Pattern[str], openers: str, *, digits: bool = False) -> None:
        """Take the opening words, which may be written in capitals too; `digits`: or any number."""
        self.pattern = pattern
        self._keys = frozenset(openers.lower().split())
        self._forms = self._keys | {
            form for word in self._keys for form in (word.capitalize(), word.upper())
        }
        self._digits = digits

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches left to right, as the bare pattern does."""
        words = words_of(text)
        digits = self._digits and words.digits
        if not digits and self._keys.isdisjoint(words.vocabulary):
            return iter(())
        return self._matches(text, words.spans, digits)

    def _matches(
        self, text: str, spans: Iterable[tuple[str, int]], digits: bool
    ) -> Iterator[re.Match[str]]:
        stop = 0
        forms = self._forms
        if digits:
            starts = [start for word, start in spans if word in forms or word[0].isdigit()]
        else:
            starts = [start for word, start in spans if word in forms]
        for start in starts:
            match = self.pattern.match(text, start) if start >= stop else None
            if match is not None:
                stop = match.end()
                yield match
