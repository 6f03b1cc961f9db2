"""Runs the parser in a child process that can be killed, because a thread cannot be stopped.

One warm child serves all documents in turn and is replaced after a fault or many documents.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import struct
import sys
from datetime import datetime, timedelta
from typing import Any

from bot.errors import ParseError
from bot.feeds.parse import ParsedFeed
from bot.records import from_json, to_json
from bot.types import Entry, Feed

#: The child limits itself to 5 s of CPU; this also ends one that sleeps or swaps.
WALL = timedelta(seconds=15)
#: Memory that libraries never give back goes with the child.
DOCUMENTS_PER_CHILD = 500


class GuardedParser:
    """Parses feeds and article pages outside this process."""

    def __init__(self, wall: timedelta = WALL) -> None:
        self._wall = wall
        self._child: asyncio.subprocess.Process | None = None
        self._served = 0
        self._turn = asyncio.Lock()

    async def parse_feed(
        self,
        body: bytes,
        content_type: str | None,
        feed: Feed,
        fetched_at: datetime,
        max_entries: int,
    ) -> ParsedFeed:
        """Parse a feed document.

        Raises:
            ParseError: as parse_feed, or `parser_killed`, `parser_timeout`, `parser_limits`.
        """
        request = {
            "task": "feed",
            "feed": to_json(feed),
            "content_type": content_type,
            "fetched_at": fetched_at.isoformat(),
            "max_entries": max_entries,
        }
        answer = await self._ask(request, body, feed.url)
        entries = tuple(from_json(Entry, value) for value in answer["entries"])
        return ParsedFeed(entries=entries, rejected=answer["rejected"])

    async def article_text(self, body: bytes, url: str) -> str | None:
        """Return the article text of a page, one paragraph per line, or None."""
        text: str | None = (await self._ask({"task": "article", "url": url}, body, url))["text"]
        return text

    async def aclose(self) -> None:
        """End the child."""
        async with self._turn:
            await self._end_child()

    async def _ask(self, request: dict[str, Any], body: bytes, url: str) -> dict[str, Any]:
        async with self._turn:
            try:
                async with asyncio.timeout(self._wall.total_seconds()):
                    answer = await self._exchange(json.dumps(request).encode(), body)
            except TimeoutError as error:
                await self._end_child()
                raise ParseError(url, "parser_timeout") from error
            except (OSError, asyncio.IncompleteReadError) as error:
                await self._end_child()
                raise ParseError(url, "parser_killed") from error
            except asyncio.CancelledError:
                # Half an exchange would put every later answer out of step.
                await self._end_child()
                raise
        if "error" in answer:
            raise ParseError(url, answer["error"], answer["detail"])
        return answer

    async def _exchange(self, header: bytes, body: bytes) -> dict[str, Any]:
        child = await self._living_child()
        assert child.stdin is not None and child.stdout is not None  # noqa: S101, PT018 - piped
        for part in (header, body):
            child.stdin.write(struct.pack(">I", len(part)) + part)
        await child.stdin.drain()
        (size,) = struct.unpack(">I", await child.stdout.readexactly(4))
        answer: dict[str, Any] = json.loads(await child.stdout.readexactly(size))
        self._served += 1
        return answer

    async def _living_child(self) -> asyncio.subprocess.Process:
        if self._served >= DOCUMENTS_PER_CHILD:
            await self._end_child()
        if self._child is None or self._child.returncode is not None:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.feeds.child",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                # The child needs no secret of ours.
                env={k: v for k, v in os.environ.items() if "TOKEN" not in k},
            )
            self._served = 0
        return self._child

    async def _end_child(self) -> None:
        child, self._child, self._served = self._child, None, 0
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        if child.stdin is not None:
            child.stdin.close()
        await child.wait()
