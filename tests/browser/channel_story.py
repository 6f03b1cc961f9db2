"""A preview that runs beside a browser, a small bot that answers, and posts to show."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from bot.clock import VirtualClock
from bot.preview.server import PreviewServer

TOKEN = "4242:AAtest-token-of-the-browser-tests-xyzw"
CHANNEL = -1001000000001
START = datetime(2026, 3, 10, 6, 12, tzinfo=UTC)

#: (minutes later, parameters of sendMessage); written for this test.
POSTS: tuple[tuple[int, dict[str, Any]], ...] = (
    (
        0,
        {
            "text": "<b>🔴 7 reported killed in Orvel</b>\n"
            "<blockquote>Shells fell among the stalls soon after opening time.</blockquote>\n"
            "Ardovia's Defence Ministry, via Meridian News Agency, in "
            '<a href="https://example.org/kaldor/1">Kaldor Times</a>\n'
            "1 origin (via 3 outlets) · TL-000001 · 06:10 UTC",
        },
    ),
    (
        34,
        {
            "text": "<b>Selmara denies firing on Orvel</b>\n"
            "<blockquote>None of our batteries fired this morning.</blockquote>\n"
            "Selmara's General Staff, in "
            '<a href="https://example.org/brenn/2">Brenn Herald</a>\n'
            "TL-000001 · 06:44 UTC",
            "reply_parameters": {"message_id": 1},
            "disable_notification": True,
        },
    ),
    (
        610,
        {
            "text": "<b>🕊 Ceasefire agreed, due to begin</b>\n"
            "none → <b>agreed</b> → due at 21:00 UTC today\n"
            "<blockquote expandable>The guns will be silent from midnight local time, and the "
            "observers will return to the bridge in the morning.</blockquote>\n"
            "Halvia's envoy Ingrid Solle, in "
            '<a href="https://example.org/meridian/3">Meridian News Agency</a>\n'
            "2 origins (via 5 outlets) · TL-000002 · 16:22 UTC",
        },
    ),
    (
        900,
        {
            "text": "<b>Ceasefire in force</b> since 21:00 UTC, as agreed.\nTL-000002",
            "reply_parameters": {"message_id": 3},
        },
    ),
    (
        1500,
        {
            "text": "<b>Both sides report breaches</b>\n"
            "Ardovian army: 4 breaches. Selmara's General Staff: none by its own troops.\n"
            "https://example.org/a-very-long-address/that-goes-on-and-on/without-any-break/at-all\n"
            "TL-000003 · 07:12 UTC",
            "disable_notification": True,
        },
    ),
)

HELP = (
    "<b>What I answer</b>\n/status: the ceasefires as they stand\n"
    "/summary: what was reported lately\n/help: this list"
)


@dataclass
class Preview:
    """A running preview, called from the test's thread."""

    server: PreviewServer
    loop: asyncio.AbstractEventLoop
    clock: VirtualClock
    url: str = ""
    client: httpx.Client = field(default_factory=lambda: httpx.Client(trust_env=False))

    def call(self, method: str, **params: Any) -> Any:
        answer = self.client.post(f"{self.url}/bot{TOKEN}/{method}", json=params).json()
        assert answer["ok"], answer
        return answer["result"]


def tell(preview: Preview, since: int = 0, until: int | None = None) -> None:
    """Post a part of the story."""
    for minutes, params in POSTS[since:until]:
        preview.clock.set(START + timedelta(minutes=minutes))
        preview.call("sendMessage", chat_id=CHANNEL, parse_mode="HTML", **params)


@contextmanager
def running_preview() -> Iterator[Preview]:
    """Run the preview and the answering bot on a loop of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def on_loop(job: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(job, loop).result(20)

    clock = VirtualClock(START)
    server = on_loop(_built(clock))
    preview = Preview(server, loop, clock)
    preview.url = on_loop(server.start(port=0))
    answering = asyncio.run_coroutine_threadsafe(_answer(preview.url), loop)
    try:
        yield preview
    finally:
        answering.cancel()
        preview.client.close()
        on_loop(server.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _built(clock: VirtualClock) -> PreviewServer:
    return PreviewServer(token=TOKEN, channel=CHANNEL, clock=clock, title="Tarn Valley alerts")


async def _answer(url: str) -> None:
    """Answer every message, as the real commands do."""
    offset = 0
    commands = [{"command": c, "description": f"shows the {c}"} for c in ("status", "summary")]
    commands += [{"command": "help", "description": "what I answer"}]
    base = f"{url}/bot{TOKEN}"
    with suppress(asyncio.CancelledError, httpx.HTTPError):
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            await client.post(f"{base}/setMyCommands", data={"commands": json.dumps(commands)})
            while True:
                poll = {"offset": offset, "timeout": 30}
                found = (await client.post(f"{base}/getUpdates", data=poll)).json()["result"]
                for update in found:
                    offset = update["update_id"] + 1
                    asked = update["message"]["text"]
                    text = HELP if asked == "/help" else f"You asked {asked}"
                    chat = update["message"]["chat"]["id"]
                    words = {"chat_id": chat, "text": text, "parse_mode": "HTML"}
                    await client.post(f"{base}/sendMessage", data=words)
