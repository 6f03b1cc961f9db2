"""Which words a text holds: a cheap look at it before any pattern is tried.

Most patterns of the grammar need one of a few words, and most sentences hold none of them. The
words are found once for a sentence and asked by all who read it or a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.claims import words
from bot.claims.grammar.wordlists import word_set

_RUN = re.compile(r"[^\W_]+")


def words_of(text: str) -> frozenset[str]:
    """Return the runs of letters and digits of `text` in lower case: "u" and "s" of "U.S."."""
    return frozenset(_RUN.findall(text.lower()))


def sentence_words(text: str) -> frozenset[str]:
    """Return the same of a whole sentence, which others ask about as well."""
    return words_of(text) if "_" in text else words.words_of(text).vocabulary


def longest_word(name: str) -> str:
    """Return the word of `name` that tells it best, as `words_of` has it."""
    return max(_RUN.findall(name.lower()), key=len, default="")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A pattern that fits only a text with one of `words`."""

    words: frozenset[str]
    pattern: re.Pattern[str]

    def search(self, text: str, words: frozenset[str]) -> re.Match[str] | None:
        """Find the pattern in `text`, whose words are among `words`."""
        return None if self.words.isdisjoint(words) else self.pattern.search(text)

    def match(self, text: str, words: frozenset[str]) -> re.Match[str] | None:
        """Match the pattern at the beginning of `text`, whose words are among `words`."""
        return None if self.words.isdisjoint(words) else self.pattern.match(text)


def guarded(words: str, pattern: str) -> Guarded:
    """Return `pattern`, in whatever case, behind the words without which it fits nothing."""
    return Guarded(word_set(words), re.compile(pattern, re.IGNORECASE))


class Terms:
    """Single words, and patterns that hang on one word each; any of them may stand in a text."""

    def __init__(self, words: str, phrases: Mapping[str, str] | None = None) -> None:
        """`phrases`: by a word that it cannot do without, the pattern of a whole phrase."""
        self._words = word_set(words)
        self._phrases = {
            word: re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)
            for word, pattern in (phrases or {}).items()
        }

    def stand_in(self, text: str, words: frozenset[str]) -> bool:
        """Tell whether a term stands in `text`; `words` are those of `text`."""
        if not self._words.isdisjoint(words):
            return True
        return any(self._phrases[word].search(text) for word in self._phrases.keys() & words)
