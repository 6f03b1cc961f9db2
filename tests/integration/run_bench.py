"""What the tests of `python -m bot run` stand on: a feed and a Bot API on real sockets.

The process is watched from outside only: its exit status, its log, its database, and what the
Bot API stand-in accepted.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.preview.chats import StoredMessage
from bot.preview.server import PreviewServer

ROOT = Path(__file__).parents[2]
TOKEN = "4242:AAtoken-of-the-run-tests-that-nobody-may-see"
CHANNEL = -1001000000077
#: Seconds in which a process must have come so far; loading the model takes most of it.
PATIENCE = 80
#: Seconds in which a stop must be over.
STOP = 10

PACK = """
id: tarn-valley
name: Tarn Valley
timezone: Etc/GMT-3
parties:
  - {id: ardovia, names: [Ardovia, Ardovian]}
  - {id: selmara, names: [Selmara, Selmaran]}
places: [Tarn Valley, Orvel]
mediators: [{name: Halvia, names: [Halvian, Ingrid Solle]}]
"""


@dataclass(frozen=True, kw_only=True)
class Story:
    """One item of the feed."""

    slug: str
    title: str
    text: str
    published: datetime


def agreed_now() -> Story:
    return Story(
        slug="agreed",
        title="Ardovia and Selmara agree to ceasefire in Tarn Valley, mediator says",
        text=(
            "Ardovia and Selmara have agreed to a 72-hour ceasefire in the Tarn Valley, Halvian "
            "Foreign Minister Ingrid Solle said after talks with both delegations."
        ),
        published=datetime.now(UTC) - timedelta(minutes=2),
    )


def agreed_long_ago() -> Story:
    return Story(
        slug="long-ago",
        title="Selmara and Ardovia accept truce around Orvel",
        text="Selmara and Ardovia accepted a truce around the town of Orvel, Ingrid Solle said.",
        published=datetime.now(UTC) - timedelta(days=6),
    )


@dataclass
class Newsroom:
    """A feed and its pages on loopback; it can fall silent in the middle of an answer."""

    stories: list[Story] = field(default_factory=list)
    silent: bool = False
    url: str = ""
    unanswered: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path = (await reader.readuntil(b"\r\n\r\n")).decode().split()[1]
            if self.silent:
                self.unanswered.set()
                await reader.read()  # until the other side gives up
                return
            body = self.body(path)
            status = b"200 OK" if body else b"404 Not Found"
            length = str(len(body)).encode()
            writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: " + length)
            writer.write(b"\r\nConnection: close\r\n\r\n" + body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def body(self, path: str) -> bytes:
        if path == "/feed.xml":
            items = "".join(
                f"<item><title>{s.title}</title><link>{self.url}/{s.slug}.html</link>"
                f"<guid isPermaLink='false'>{s.slug}</guid>"
                f"<pubDate>{format_datetime(s.published)}</pubDate></item>"
                for s in self.stories
            )
            return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()
        for s in self.stories:
            if path == f"/{s.slug}.html":
                page = f"<h1>{s.title}</h1><p>{s.text}</p>"
                return f"<html><body><article>{page}</article></body></html>".encode()
        return b""


@contextlib.asynccontextmanager
async def newsroom(*stories: Story) -> AsyncIterator[Newsroom]:
    room = Newsroom(stories=list(stories))
    server = await asyncio.start_server(room.answer, "127.0.0.1", 0)
    async with server:
        room.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield room


@dataclass
class Telegram:
    """The Bot API stand-in, with a queue of what reaches the channel."""

    server: PreviewServer
    arrived: asyncio.Queue[StoredMessage]

    def sent(self) -> list[str]:
        return [call.method for call in self.server.ledger.calls if call.chat_id == CHANNEL]


@contextlib.asynccontextmanager
async def telegram(token: str = TOKEN, port: int = 0) -> AsyncIterator[Telegram]:
    server = PreviewServer(token=token, channel=CHANNEL, clock=SystemClock())
    arrived: asyncio.Queue[StoredMessage] = asyncio.Queue()
    server.standin.listen(lambda message, deleted: arrived.put_nowait(message))
    await server.start(port=port)
    try:
        yield Telegram(server, arrived)
    finally:
        await server.stop()


def write_config(folder: Path, api_root: str, feed_root: str, channels: str | None = None) -> Path:
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    config = folder / "config.yaml"
    config.write_text(
        f"""
telegram:
  api_root: {api_root}
  channels: {channels or f"[{{chat_id: {CHANNEL}, conflicts: [tarn-valley]}}]"}
database: sqlite:///news.db
poll_interval: 1s
conflicts: [pack.yaml]
use_pack_feeds: false
feeds: [{{url: "{feed_root}/feed.xml", outlet: wire, outlet_name: Valley Wire}}]
allow_private_hosts: true
model: {{precision: fp32}}
log: {{level: info, format: json}}
""",
        encoding="utf-8",
    )
    return config


@dataclass
class Running:
    """The process, read line by line."""

    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)
    out: str = ""

    async def line(self, words: str) -> str:
        """Wait for a line of standard error with these words."""
        assert self.process.stderr is not None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while raw := await self.process.stderr.readline():
                    self.lines.append(raw.decode())
                    if words in self.lines[-1]:
                        return self.lines[-1]
        raise AssertionError(f"never said {words!r}:\n" + "".join(self.lines[-30:]))

    async def cycle(self, **wanted: int) -> dict[str, Any]:
        """Wait for the report of a cycle with these numbers."""
        while True:
            event: dict[str, Any] = json.loads(await self.line('"event": "cycle"'))
            if all(event[name] == number for name, number in wanted.items()):
                return event

    async def end(self, seconds: float) -> int:
        """Wait for the end, read what is left, and return the exit status."""
        async with asyncio.timeout(seconds):
            status = await self.process.wait()
        assert self.process.stderr is not None
        assert self.process.stdout is not None
        self.lines.append((await self.process.stderr.read()).decode())
        self.out = (await self.process.stdout.read()).decode()
        return status

    async def stopped(self) -> int:
        """Ask for a stop as a service manager does, and return the exit status."""
        send(self.process, signal.SIGTERM)
        return await self.end(STOP)

    @property
    def said(self) -> str:
        return "".join(self.lines) + self.out


@contextlib.asynccontextmanager
async def running(
    config: Path, token: str | None = TOKEN, *, program: Sequence[str] = ("-m", "bot")
) -> AsyncIterator[Running]:
    kept = {name: value for name, value in os.environ.items() if name != "TELEGRAM_BOT_TOKEN"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *program,
        "run",
        "--config",
        str(config),
        cwd=ROOT,
        env=kept | ({"TELEGRAM_BOT_TOKEN": token} if token is not None else {}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=1_000_000,
    )
    try:
        yield Running(process)
    finally:
        send(process, signal.SIGKILL)
        await process.wait()


def send(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    # Not process.send_signal: it may reap the child before asyncio's watcher does.
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, number)


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(folder / "news.db")) as database:
        return database.execute(query).fetchall()


def assert_no_token(folder: Path, *said: str) -> None:
    secret = TOKEN.partition(":")[2]
    assert not [text for text in said if secret in text]
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert folder / "news.db" in files
    assert not [file for file in files if secret.encode() in file.read_bytes()]
