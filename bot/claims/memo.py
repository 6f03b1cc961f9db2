"""Keeps what was compiled from a pack, by the pack's identity: hashing one costs a millisecond."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from bot.packs import Pack

T = TypeVar("T")
_MOST = 64


def once_per_pack(function: Callable[[Pack], T]) -> Callable[[Pack], T]:
    """Call `function` once for each pack object; packs are frozen, so nothing goes stale."""
    kept: dict[int, tuple[Pack, T]] = {}

    @wraps(function)
    def cached(pack: Pack) -> T:
        found = kept.get(id(pack))
        if found is not None and found[0] is pack:
            return found[1]
        made = function(pack)
        if len(kept) >= _MOST:
            kept.clear()
        # The pack is kept alive beside its result, so that its id cannot pass to another.
        kept[id(pack)] = (pack, made)
        return made

    return cached
