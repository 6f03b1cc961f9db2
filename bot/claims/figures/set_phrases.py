"""Reads set phrases: words that open one, and a function that reads on from there. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.claims.figures.scene import Scene, Told

#: Opening words, and what reads a phrase from one of them on; None where it is no such phrase.
PhraseReader = tuple[frozenset[str], Callable[[Scene, int], Told | None]]


def told_by(scene: Scene, readers: Sequence[PhraseReader]) -> Iterator[Told]:
    """Yield what set phrases tell, in reading order; at each word the first reader that fits."""
    lows = scene.words.lows
    if all(openers.isdisjoint(scene.words.vocabulary) for openers, _ in readers):
        return
    for at, low in enumerate(lows):
        for openers, read in readers:
            told = read(scene, at) if low in openers else None
            if told is not None:
                yield told
                break
