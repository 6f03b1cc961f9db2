"""The first run: the whole bot on the sample coverage, on loopback, without token or account.

Real fetches, the real transformer, a real database and real Bot API calls; only the clock is
set forward step by step, because the sample coverage tells three days.
"""

from __future__ import annotations

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path
from re import sub

import uvicorn
from pydantic import SecretStr
from rich.console import Console
from rich.panel import Panel

from bot.app import describe_report, open_store, work_until
from bot.clock import VirtualClock
from bot.config import Channel, Config, FeedSection, LogSection, Settings, TelegramSection
from bot.demo.coverage import FOLDER, Coverage, load_coverage
from bot.demo.feeds import feed_app
from bot.logs import configure_logs
from bot.packs import load_pack
from bot.posting import open_bot
from bot.preview.server import PreviewServer
from bot.reading import open_reading
from bot.store.sql import SqlStore
from bot.types import Action
from bot.worker import CycleReport

CHANNEL = -1001000000001
#: Never a real token: the stand-in is the only server that ever sees it.
TOKEN = SecretStr("1000001:local-preview-token-not-a-secret")

#: Between two steps of the story, for a reader to follow.
STEP = timedelta(seconds=1.6)
#: The story is told a little after each entry appears, as a poll would find it.
LAG = timedelta(minutes=2)


@dataclass(slots=True)
class Story:
    """Walks the clock through the coverage's steps."""

    clock: VirtualClock
    coverage: Coverage
    stop: asyncio.Event
    step: int = 0
    actions: list[Action] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    def advance(self) -> bool:
        """Set the clock to the next step; False when the story is over."""
        steps = self.coverage.steps()
        if self.step >= len(steps):
            self.told.set()
            return False
        self.clock.set(max(self.clock.now(), steps[self.step] + LAG))
        self.step += 1
        return True

    @property
    def progress(self) -> str:
        """Return where the story stands."""
        return (
            f"{self.clock.now():%a %d %b %H:%M} UTC, step {self.step}/{len(self.coverage.steps())}"
        )


async def run_demo(
    notices: Console, *, end: bool, port: int, speed: float, database: str | None
) -> int:
    """Tell the story; with `end` print what was posted and stop, else serve until Ctrl-C."""
    configure_logs(LogSection(level="warning"))
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    coverage = load_coverage()
    clock = VirtualClock(coverage.steps()[0])
    story = Story(clock=clock, coverage=coverage, stop=stop)
    with tempfile.TemporaryDirectory(prefix="truceline-demo-") as folder:
        async with (
            serve_feeds(coverage, clock) as feeds_url,
            serve_preview(clock, 0 if end else port) as preview,
        ):
            settings = demo_settings(coverage, feeds_url, preview.url, database, Path(folder))
            async with (
                open_store(settings) as store,
                open_bot(settings, TOKEN, store=store, clock=clock) as posting,
                open_reading(
                    settings, store=store, clock=clock, on_stage=_stage(notices)
                ) as loading,
            ):
                if not end:
                    notices.print(Panel(f"The channel is at {preview.url}", expand=False))
                pace = timedelta(seconds=0.05) if end else STEP / max(speed, 0.01)
                work = asyncio.create_task(
                    work_until(
                        stop,
                        loading,
                        posting,
                        before_cycle=story.advance,
                        on_report=_teller(notices, story),
                        interval=pace,
                    )
                )
                await _until(story.told, stop, work)
                await _drained(store, stop)
                if end:
                    print_story(story)
                    stop.set()
                elif not stop.is_set():
                    notices.print(
                        "The story is told. The page stays open and takes /status, /summary 72, "
                        "/latest, /sources, /why TL-000001. Ctrl-C ends the demo."
                    )
                await work
    return 0


def demo_settings(
    coverage: Coverage, feeds_url: str, api_root: str, database: str | None, folder: Path
) -> Settings:
    """Return the configuration of the demo: the shipped defaults on loopback."""
    pack_path = FOLDER / "pack.yaml"
    config = Config(
        telegram=TelegramSection(api_root=api_root, channels=(Channel(chat_id=CHANNEL),)),
        database=database or f"sqlite:///{folder / 'demo.db'}",
        poll_interval=timedelta(minutes=1),
        conflicts=(pack_path,),
        feeds=tuple(
            FeedSection(url=f"{feeds_url}/{i}/feed.xml", outlet=i, outlet_name=outlet.name)
            for i, outlet in coverage.outlets.items()
        ),
        allow_private_hosts=True,
    )
    return Settings(path=folder / "config.yaml", config=config, packs=(load_pack(pack_path),))


@asynccontextmanager
async def serve_feeds(coverage: Coverage, clock: VirtualClock) -> AsyncIterator[str]:
    """Serve the coverage on a free port of loopback."""
    config = uvicorn.Config(
        feed_app(coverage, clock), host="127.0.0.1", port=0, log_config=None, lifespan="off"
    )
    server = uvicorn.Server(config)
    # The demo handles signals itself; two handlers would race.
    server.capture_signals = nullcontext  # type: ignore[method-assign,assignment]
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event for this
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def serve_preview(clock: VirtualClock, port: int) -> AsyncIterator[PreviewServer]:
    """Serve the local Bot API and the channel page."""
    server = PreviewServer(
        token=TOKEN.get_secret_value(), channel=CHANNEL, title="Tarn Valley alerts", clock=clock
    )
    await server.start(host="127.0.0.1", port=port)
    try:
        yield server
    finally:
        await server.stop()


def print_story(story: Story) -> None:
    """Print every action as plain text, in order."""
    out = Console(highlight=False, soft_wrap=True)
    for action in story.actions:
        sound = "silent" if action.silent else "with sound"
        out.print(
            f"--- {action.at:%a %H:%M} UTC · {action.action.value} {action.alert_id} · "
            f"{action.kind} · {action.reason} · {sound}",
            markup=False,
        )
        out.print(plain(action.text), markup=False)
        out.print()
    posts = sum(a.action.value == "post" for a in story.actions)
    out.print(
        f"{posts} posts, {len(story.actions) - posts} follow-ups from "
        f"{len(story.coverage.entries)} entries of {len(story.coverage.outlets)} outlets",
        markup=False,
    )


def plain(html: str) -> str:
    """Return the text of a post without its tags."""
    return unescape(sub(r"<[^>]+>", "", html))


def _teller(notices: Console, story: Story) -> Callable[[CycleReport], None]:
    def tell(report: CycleReport) -> None:
        story.actions.extend(report.actions)
        notices.print(f"{story.progress} · {describe_report(report)}", markup=False, style="dim")
        for action in report.actions:
            title = f"{action.action.value} {action.alert_id} · {action.reason}"
            notices.print(Panel(plain(action.text), title=title, title_align="left"))

    return tell


def _stage(notices: Console) -> Callable[[str], None]:
    return lambda stage: notices.print(f"· {stage}", markup=False, style="dim")


async def _until(told: asyncio.Event, stop: asyncio.Event, work: asyncio.Task[None]) -> None:
    waits = [asyncio.create_task(told.wait()), asyncio.create_task(stop.wait())]
    await asyncio.wait([*waits, work], return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
        with suppress(asyncio.CancelledError):
            await wait
    if work.done():
        await work  # it ends by itself only where something is wrong


async def _drained(store: SqlStore, stop: asyncio.Event) -> None:
    """Wait until everything decided is delivered."""
    while not stop.is_set() and await store.open_rows():  # noqa: ASYNC110 - state is a table
        await asyncio.sleep(0.05)
