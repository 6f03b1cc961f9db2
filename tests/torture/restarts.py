"""Kills the whole product, `python -m bot run`, and measures how soon it posts again.

Every life finds posts that wait. It is killed at a random moment soon after its first message has
reached the stand-in; the last one may finish, and then the channels are compared with what was
decided, as in the sweep. The limits of Telegram hold, so one chat takes one message a second.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.preview.server import PreviewServer
from bot.store.sql import SqlStore
from tests.torture.child import OPS, ROUTES, TOKEN, stored_steps
from tests.torture.story import Verdict, judge, tell
from tests.torture.sweep import FIRST_POST, ROOT, span

#: Decisions that are made while the process is dead.
STEPS = 4
#: Seconds for the last process to post everything, at one message a second and twenty a minute.
PATIENCE = 600.0


@dataclass(slots=True)
class Restarts:
    """What was measured."""

    first_posts: list[float] = field(default_factory=list)  #: seconds from start to first message
    verdict: Verdict = field(default_factory=Verdict)
    slow: int = 0

    @property
    def is_clean(self) -> bool:
        return self.verdict.is_clean and not self.slow

    def lines(self) -> list[str]:
        """Return the figures as text."""
        v = self.verdict
        return [
            f"restarts of `python -m bot run`: first message after {span(self.first_posts)}; "
            f"{self.slow} beyond {FIRST_POST:g} s",
            f"posts {v.posts}, answers {v.answers}, lost {len(v.lost)}, "
            f"duplicated {len(v.duplicated)}, out of order {len(v.disordered)}",
            *(f"  ! {line}" for line in (*v.lost, *v.duplicated, *v.disordered)),
        ]


async def restart_often(
    folder: Path, lives: int, seed: int, on_life: Callable[[], None] = lambda: None
) -> Restarts:
    """Kill the product `lives` times in one folder."""
    server = PreviewServer(
        token=TOKEN, channel=ROUTES[0].chat_id, clock=SystemClock(), flood_limits=True
    )
    server.standin.add_chat(ROUTES[1].chat_id, "Other channel")
    server.standin.add_chat(ROUTES[2].chat_id, "Forum", topics=(7, 8))
    server.standin.add_chat(OPS, "Operators")
    api_root = await server.start(port=0)
    first = asyncio.Event()

    def on_message(message: Any, deleted: bool) -> None:
        if message.chat_id != OPS:
            first.set()

    server.standin.listen(on_message)
    found, dice = Restarts(), random.Random(seed)
    store = await SqlStore.open(f"sqlite:///{folder}/news.db", ROUTES)
    config = _write_config(folder, api_root)
    try:
        for _ in range(lives):
            await _decide(store, seed)
            first.clear()
            process, began = _start(config, folder), time.monotonic()
            try:
                async with asyncio.timeout(60):
                    await first.wait()
                found.first_posts.append(time.monotonic() - began)
                found.slow += found.first_posts[-1] > FIRST_POST
                await asyncio.sleep(dice.uniform(0, 1.5))
            finally:
                process.kill()
                process.wait()
            on_life()
        await _finish(config, folder, store)
        steps = tell(seed, await stored_steps(store))
        for route in ROUTES:
            chat = server.standin.chats[route.chat_id]
            judge(steps, chat, route.thread_id, found.verdict)
    finally:
        await store.aclose()
        await server.stop()
    return found


async def _decide(store: SqlStore, seed: int) -> None:
    done = await stored_steps(store)
    for step in tell(seed, done + STEPS)[done:]:
        await store.save_changes([step.change(datetime.now(UTC))])


async def _finish(config: Path, folder: Path, store: SqlStore) -> None:
    """Let one last process post everything and end."""
    process = _start(config, folder)
    try:
        async with asyncio.timeout(PATIENCE):
            while await store.open_rows() or await store.unsettled_rows():  # noqa: ASYNC110 - a table
                await asyncio.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.wait, 10)
    finally:
        process.kill()
        process.wait()


def _start(config: Path, folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log.txt").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--config", str(config)],
            cwd=ROOT,
            env=os.environ | {"TELEGRAM_BOT_TOKEN": TOKEN},
            stdout=log,
            stderr=log,
        )


def _write_config(folder: Path, api_root: str) -> Path:
    """Write the shipped configuration, with the stand-in, its chats, and no news."""
    packs = sorted((ROOT / "conflicts").glob("*.yaml"))
    channels = [
        f"{{chat_id: {r.chat_id}, conflicts: [all]"
        + (f", thread_id: {r.thread_id}}}" if r.thread_id else "}")
        for r in ROUTES
    ]
    config = folder / "config.yaml"
    config.write_text(
        f"""
telegram:
  api_root: {api_root}
  ops_chat: {OPS}
  channels: [{", ".join(channels)}]
database: sqlite:///news.db
conflicts: [{", ".join(map(str, packs))}]
use_pack_feeds: false
feeds: [{{url: "http://127.0.0.1:9/feed.xml", outlet: wire, outlet_name: Valley Wire}}]
allow_private_hosts: true
log: {{format: json}}
""",
        encoding="utf-8",
    )
    return config
