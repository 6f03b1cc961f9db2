"""The update queue of the stand-in: offsets, long polling, one poller at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.preview.params import RefusedError

#: The longest poll, in seconds, whatever the client asks for.
LONGEST_POLL = 50.0

_CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class Updates:
    """Updates not yet confirmed by the bot."""

    def __init__(self) -> None:
        self._waiting: list[dict[str, Any]] = []
        self._last_id = 0
        self._changed = asyncio.Event()
        self._poll = 0
        self._closed = False

    def add(self, kind: str, content: dict[str, Any]) -> int:
        """Queue one update and return its id."""
        self._last_id += 1
        self._waiting.append({"update_id": self._last_id, kind: content})
        self._changed.set()
        return self._last_id

    async def poll(
        self, *, offset: int, limit: int, seconds: float, allowed: Sequence[str] | None
    ) -> list[dict[str, Any]]:
        """Return unconfirmed updates, waiting up to `seconds` for the first.

        As on the real server a new poll ends the one that is still waiting.

        Raises:
            RefusedError: 409, another poll came.
        """
        self._poll += 1
        mine = self._poll
        self._changed.set()
        self._confirm(offset)
        deadline = asyncio.get_running_loop().time() + min(seconds, LONGEST_POLL)
        while True:
            found = self._ready(limit, allowed)
            left = deadline - asyncio.get_running_loop().time()
            if found or left <= 0:
                return found
            self._changed = asyncio.Event()
            try:
                async with asyncio.timeout(left):
                    await self._changed.wait()
            except TimeoutError:
                continue
            if self._closed:
                return []
            if mine != self._poll:
                raise RefusedError(409, _CONFLICT)

    def close(self) -> None:
        """End the poll that is waiting; the server stops."""
        self._closed = True
        self._changed.set()

    def drop(self) -> None:
        """Forget all updates."""
        self._waiting.clear()

    def _confirm(self, offset: int) -> None:
        if offset > 0:
            self._waiting = [u for u in self._waiting if u["update_id"] >= offset]
        elif offset < 0:
            self._waiting = self._waiting[offset:]

    def _ready(self, limit: int, allowed: Sequence[str] | None) -> list[dict[str, Any]]:
        fits = [u for u in self._waiting if not allowed or any(kind in u for kind in allowed)]
        return fits[: min(max(limit, 1), 100)]
