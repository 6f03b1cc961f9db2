"""Keeps what was compiled from objects, by their identity: hashing a pack is slow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")
_MOST = 64


def once_per_object(function: Callable[[K], T]) -> Callable[[K], T]:
    """Call `function` once for each object; only for frozen ones, so that nothing goes stale."""
    kept: dict[int, tuple[K, T]] = {}

    @wraps(function)
    def cached(source: K) -> T:
        found = kept.get(id(source))
        if found is not None and found[0] is source:
            return found[1]
        made = function(source)
        if len(kept) >= _MOST:
            kept.clear()
        # The object is kept alive beside its result, so that its id cannot pass to another.
        kept[id(source)] = (source, made)
        return made

    return cached


def once_per_row(function: Callable[[Sequence[K]], T]) -> Callable[[Sequence[K]], T]:
    """Call `function` once for each row of the same objects; only for frozen ones."""
    kept: dict[tuple[int, ...], tuple[tuple[K, ...], T]] = {}

    @wraps(function)
    def cached(sources: Sequence[K]) -> T:
        key = tuple(map(id, sources))
        found = kept.get(key)
        if found is not None:
            return found[1]
        made = function(sources)
        if len(kept) >= _MOST:
            kept.clear()
        # The objects are kept alive beside the result, so that no id can pass to another.
        kept[key] = (tuple(sources), made)
        return made

    return cached
