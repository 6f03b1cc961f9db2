"""What the stand-in's tests stand on: a server on a real socket and a plain HTTP client."""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.clock import VirtualClock
from bot.preview.flood import FloodRules
from bot.preview.server import PreviewServer
from bot.preview.standin import StandIn

TOKEN = "4242:AAtest-token-of-the-stand-in-tests-xyzw"
CHANNEL = -1001000000001
GROUP = -500
FORUM = -1001000000005
READER = 700_001
START = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)


def png(width: int = 90, height: int = 50) -> bytes:
    """Return a small real picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        framed = kind + data
        return struct.pack(">I", len(data)) + framed + struct.pack(">I", zlib.crc32(framed))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@dataclass
class Bench:
    """A running stand-in."""

    server: PreviewServer
    clock: VirtualClock
    client: httpx.AsyncClient

    @property
    def standin(self) -> StandIn:
        return self.server.standin

    def url(self, method: str, token: str = TOKEN) -> str:
        return f"{self.server.url}/bot{token}/{method}"

    async def call(self, method: str, **params: Any) -> Any:
        """Call a method that must succeed; return its result."""
        answer = (await self.client.post(self.url(method), json=params)).json()
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """Call a method that must be refused; return the server's text."""
        response = await self.client.post(self.url(method), json=params)
        answer = response.json()
        assert not answer["ok"], answer
        assert response.status_code == answer["error_code"]
        return str(answer["description"])

    async def text(self, text: str = "Text", chat_id: int = CHANNEL, **params: Any) -> int:
        """Send a text; return its id."""
        sent = await self.call("sendMessage", chat_id=chat_id, text=text, **params)
        return int(sent["message_id"])

    def later(self, **span: float) -> None:
        """Move the clock on."""
        self.clock.set(self.clock.now() + timedelta(**span))


@asynccontextmanager
async def open_bench(*, flood_limits: bool | FloodRules = False) -> AsyncIterator[Bench]:
    """Start a stand-in with a channel, a group, a forum with topic 77, and a reader."""
    clock = VirtualClock(START)
    server = PreviewServer(token=TOKEN, channel=CHANNEL, clock=clock, flood_limits=flood_limits)
    server.standin.add_chat(GROUP, "Group")
    server.standin.add_chat(FORUM, "Forum", topics=(77,))
    await server.start(port=0)
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            yield Bench(server, clock, client)
    finally:
        await server.stop()


@asynccontextmanager
async def open_ptb(bench: Bench, *, read_timeout: float = 5.0) -> AsyncIterator[Bot]:
    """Connect python-telegram-bot to a stand-in."""

    # As bot.delivery.bot_api does: without it each 429 also warns of a deprecation.
    os.environ.setdefault("PTB_TIMEDELTA", "true")

    def request() -> HTTPXRequest:
        options = {"trust_env": False}
        return HTTPXRequest(read_timeout=read_timeout, httpx_kwargs=options)

    bot = Bot(
        TOKEN,
        base_url=f"{bench.server.url}/bot",
        base_file_url=f"{bench.server.url}/file/bot",
        request=request(),
        get_updates_request=request(),
    )
    async with bot:
        yield bot


def buttons(*data: str) -> str:
    """Return an inline keyboard with one button for each text."""
    return json.dumps({"inline_keyboard": [[{"text": d, "callback_data": d} for d in data]]})


def reply(message_id: int, *, without: bool = False) -> dict[str, object]:
    """Return the parameters of a reply."""
    return {"message_id": message_id, "allow_sending_without_reply": without}
