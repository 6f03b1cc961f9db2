"""The update queue of the stand-in: offsets, long polling, one poller at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.preview.params import RefusedError

#: The longest poll, in seconds, whatever the client asks for.
LONGEST_POLL = 50

#: Kinds that a bot gets only when it names them.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

_CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class Updates:
    """Updates not yet confirmed by the bot."""

    def __init__(self) -> None:
        self._waiting: list[dict[str, Any]] = []
        self._allowed: frozenset[str] = frozenset()
        self._last_id = 0
        self._changed = asyncio.Event()
        self._poll = 0
        self._ended_by = ""
        self._closed = False

    @property
    def pending(self) -> int:
        """Return how many updates wait."""
        return len(self._waiting)

    def allow(self, kinds: Sequence[str]) -> None:
        """Queue only these kinds from now on; none named means all."""
        self._allowed = frozenset(kinds)

    def add(self, kind: str, content: dict[str, Any]) -> int:
        """Queue one update and return its id; 0 when the bot does not want its kind."""
        wanted = kind in self._allowed if self._allowed else kind not in _ON_REQUEST
        if not wanted:
            return 0
        self._last_id += 1
        self._waiting.append({"update_id": self._last_id, kind: content})
        self._changed.set()
        return self._last_id

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Return unconfirmed updates, waiting up to `seconds` for the first.

        As on the real server a new poll ends the one that is still waiting.

        Raises:
            RefusedError: 409, another poll or a webhook came.
        """
        self.end_poll(_CONFLICT)
        mine = self._poll
        self._confirm(offset)
        deadline = asyncio.get_running_loop().time() + min(seconds, LONGEST_POLL)
        while True:
            found = self._waiting[:limit]
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
                raise RefusedError(409, self._ended_by)

    def end_poll(self, reason: str) -> None:
        """End the poll that is waiting with a 409."""
        self._poll += 1
        self._ended_by = reason
        self._changed.set()

    def open(self) -> None:
        """Let polls wait; the server starts, perhaps again."""
        self._closed = False

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
