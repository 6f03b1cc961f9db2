"""Reads set phrases: words that open one, and a function that reads on from there. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from bot.claims.figures.scene import Scene, Told

_Read = Callable[[Scene, int], Told | None]
#: Opening words, and what reads a phrase from one of them on; None where it is no such phrase.
PhraseReader = tuple[frozenset[str], _Read]


def told_by(scene: Scene, readers: tuple[PhraseReader, ...]) -> Iterator[Told]:
    """Yield what set phrases tell, in reading order; at each word the first reader that fits."""
    openers, by_word = _by_word(readers)
    if openers.isdisjoint(scene.words.vocabulary):
        return
    for at, low in enumerate(scene.words.lows):
        for read in by_word.get(low, ()):
            told = read(scene, at)
            if told is not None:
                yield told
                break


@cache
def _by_word(readers: tuple[PhraseReader, ...]) -> tuple[frozenset[str], dict[str, list[_Read]]]:
    """Return the words that open a phrase, and the readers of each."""
    by_word: dict[str, list[_Read]] = {}
    for openers, read in readers:
        for word in openers:
            by_word.setdefault(word, []).append(read)
    return frozenset(by_word), by_word
