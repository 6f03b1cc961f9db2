"""Kills processes in the middle of deciding and sending, and compares the channels afterwards.

The stand-in lives here, on a real socket, and outlives every process: its ledger is exact. A
process is killed at a random moment, at a named point of its own work, or by the stand-in just
when a call has come, has taken effect, or is being answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.preview import faults
from bot.preview.server import PreviewServer
from tests.torture.child import OPS, OWN_POINTS, ROUTES, TOKEN, Life, main
from tests.torture.database import Database, Kind, open_database
from tests.torture.story import Verdict, judge, tell

ROOT = Path(__file__).parents[2]
#: Where the stand-in kills its client.
SERVER_POINTS = (
    "call_came",
    "accepted_no_reply",
    "half_reply",
    "reading_back",
)
POINTS = (*OWN_POINTS, *SERVER_POINTS)
#: Seconds in which a process that nobody kills must have sent its first message.
FIRST_POST = 5.0
#: Seconds for telling the rest of the story when the killing is over.
PATIENCE = 120.0
#: Every so many lives a process starts from nothing, with its own interpreter.
COLD_EVERY = 40
#: Every so many lives a process lives until its first message has come.
PATIENT_EVERY = 8


@dataclass(slots=True)
class Figures:
    """What a sweep measured."""

    kills: Counter[str] = field(default_factory=Counter)
    verdict: Verdict = field(default_factory=Verdict)
    first_posts: list[float] = field(default_factory=list)  #: warm starts, seconds
    cold_posts: list[float] = field(default_factory=list)  #: starts of an interpreter
    steps: int = 0
    sends: int = 0
    read_backs: int = 0
    slow: list[str] = field(default_factory=list)  #: restarts without a message in time
    damaged: int = 0  #: databases that failed their integrity check
    tokens: list[str] = field(default_factory=list)  #: files that hold the token
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return self.verdict.is_clean and not (self.damaged or self.tokens or self.slow)

    def add(self, other: Figures) -> None:
        """Take in the figures of a sweep that ran beside this one."""
        self.kills += other.kills
        for mine, its in (
            (self.verdict.lost, other.verdict.lost),
            (self.verdict.duplicated, other.verdict.duplicated),
            (self.verdict.disordered, other.verdict.disordered),
            (self.tokens, other.tokens),
            (self.slow, other.slow),
        ):
            mine += its
        self.first_posts += other.first_posts
        self.cold_posts += other.cold_posts
        self.verdict.posts += other.verdict.posts
        self.verdict.answers += other.verdict.answers
        self.steps += other.steps
        self.sends += other.sends
        self.read_backs += other.read_backs
        self.damaged += other.damaged
        self.seconds = max(self.seconds, other.seconds)

    def lines(self) -> list[str]:
        """Return the figures as text."""
        v, kills = self.verdict, self.kills
        named = ", ".join(f"{name} {n}" for name, n in sorted(kills.items()))
        return [
            f"kills {sum(kills.values())} in {self.seconds:.0f} s ({named})",
            f"decisions {self.steps}, posts {v.posts}, answers {v.answers}, "
            f"sendMessage accepted {self.sends}, messages read back {self.read_backs}",
            f"lost {len(v.lost)}, duplicated {len(v.duplicated)}, "
            f"out of order {len(v.disordered)}, databases damaged {self.damaged}, "
            f"files with the token {len(self.tokens)}",
            f"first message after a restart: {span(self.first_posts)} warm, "
            f"{span(self.cold_posts)} with a new interpreter, "
            f"{len(self.slow)} beyond {FIRST_POST:g} s",
            *(f"  ! {line}" for line in (*v.lost, *v.duplicated, *v.disordered)),
            *(f"  ! {line}" for line in (*self.tokens, *self.slow)),
        ]


def span(seconds: list[float]) -> str:
    if not seconds:
        return "none"
    ordered = sorted(seconds)
    middle = ordered[len(ordered) // 2]
    return f"median {middle:.2f} s, longest {ordered[-1]:.2f} s (n={len(ordered)})"


class Child:
    """A process that is going to be killed."""

    def __init__(self, life: Life, *, cold: bool) -> None:
        self.started = time.monotonic()
        self.closed = False
        if cold:
            import subprocess

            fields = (life.folder, life.database, life.api_root, life.seed, life.life, life.length)
            self._process: Any = subprocess.Popen(
                [sys.executable, "-m", "tests.torture.child", *map(str, fields)], cwd=ROOT
            )
            self.pid: int = self._process.pid
        else:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["tests.torture.child"])
            self._process = context.Process(target=main, args=(life,))
            self._process.start()
            self.pid = self._process.pid

    def kill(self) -> None:
        """Kill it now; nothing of it runs any more."""
        if not self.closed and self.is_alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    @property
    def is_alive(self) -> bool:
        if isinstance(self._process, multiprocessing.process.BaseProcess):
            return self._process.is_alive()
        return self._process.poll() is None

    async def ended(self, within: float) -> bool:
        """Wait until it is gone."""
        deadline = time.monotonic() + within
        while self.is_alive:
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.003)
        return True

    def close(self) -> None:
        """Reap it."""
        self.closed = True
        if isinstance(self._process, multiprocessing.process.BaseProcess):
            self._process.join()
            self._process.close()
        else:
            self._process.wait()


class Sweep:
    """One sweep over one database and one stand-in."""

    def __init__(self, folder: Path, database: Database, server: PreviewServer, seed: int) -> None:
        self._folder = folder
        self._database = database
        self._server = server
        self._seed = seed
        self._dice = random.Random(seed)
        self._length = 20_000
        self._lives = 0
        self._child: Child | None = None
        self._point: str | None = None
        self._skip = 0
        self._first: float | None = None
        self.figures = Figures()
        server.standin.listen(self._on_message)
        self._watch_calls()

    async def run(
        self, kills: int, each_point: int, on_kill: Callable[[Figures], None] = lambda _: None
    ) -> Figures:
        """Kill `kills` processes at random and `each_point` more at every named point."""
        began = time.monotonic()
        plan = ["random"] * kills + [point for point in POINTS for _ in range(each_point)]
        self._dice.shuffle(plan)
        for point in plan:
            await self._live_and_die(point)
            on_kill(self.figures)
        await self._finish()
        self.figures.seconds = time.monotonic() - began
        return self.figures

    async def _live_and_die(self, point: str) -> None:
        self._lives += 1
        cold = self._lives % COLD_EVERY == 0 and point == "random"
        patient = cold or self._lives % PATIENT_EVERY == 0
        child = self._start(point, cold=cold)
        if point == "random":
            if patient:
                await self._first_message(child)
            elif self._dice.random() < 0.6:
                await self._some_message(child)
                await asyncio.sleep(self._dice.uniform(0, 0.12))
            else:
                await asyncio.sleep(self._dice.uniform(0.02, 0.5))
            child.kill()
        elif not await child.ended(within=3):
            # It never came by that point; any other moment will do.
            point = "random"
            child.kill()
        await child.ended(within=5)
        child.close()
        self._point = None
        self._server.faults.clear()
        self.figures.kills[point] += 1
        if self._first is not None:
            found = self.figures.cold_posts if cold else self.figures.first_posts
            found.append(self._first)
        if self._lives % 10 == 0:
            self._check_database()

    def _start(self, point: str, *, cold: bool = False, ends: bool = False) -> Child:
        nth = self._dice.randint(1, 4)
        life = Life(
            folder=str(self._folder),
            database=self._database.url,
            api_root=self._server.url,
            seed=self._seed,
            life=self._lives,
            length=self._database.stored() if ends else self._length,
            point=point if point in OWN_POINTS else None,
            nth=nth,
        )
        self._first = None
        self._skip = nth
        self._point = point if point in SERVER_POINTS else None
        if point == "call_came":
            self._server.faults.script("sendMessage", *[None] * (nth - 1), faults.HANG)
        if point == "half_reply":
            slow = faults.slow(0.1)
            self._server.faults.script("sendMessage", *[None] * (nth - 1), slow)
        if point == "reading_back":
            self._skip = 1
        self._child = Child(life, cold=cold)
        return self._child

    async def _some_message(self, child: Child, within: float = 1.0) -> None:
        deadline = child.started + within
        while self._first is None and time.monotonic() < deadline and child.is_alive:  # noqa: ASYNC110 - a clock and a process
            await asyncio.sleep(0.004)

    async def _first_message(self, child: Child) -> None:
        await self._some_message(child, FIRST_POST)
        if self._first is None:
            self.figures.slow.append(f"life {self._lives}: no message within {FIRST_POST} s")

    async def _finish(self) -> None:
        """Let one last process tell what was decided, and compare."""
        self._lives += 1
        child = self._start("random", ends=True)
        ended = await child.ended(within=PATIENCE)
        child.kill()
        child.close()
        if not ended:
            self.figures.verdict.lost.append("the last process did not come to an end")
        self._check_database()
        steps = tell(self._seed, self._database.stored())
        self.figures.steps = len(steps)
        for route in ROUTES:
            chat = self._server.standin.chats[route.chat_id]
            judge(steps, chat, route.thread_id, self.figures.verdict)
        ledger = self._server.ledger
        own = {route.chat_id for route in ROUTES}
        self.figures.sends = sum(
            one.method == "sendMessage" and one.chat_id in own for one in ledger.accepted
        )
        self.figures.read_backs = sum(one.method == "forwardMessage" for one in ledger.accepted)
        secret = TOKEN.partition(":")[2].encode()
        files = [file for file in self._folder.rglob("*") if file.is_file()]
        self.figures.tokens = [str(file) for file in files if secret in file.read_bytes()]

    def _on_message(self, message: Any, deleted: bool) -> None:
        own = any(message.chat_id == route.chat_id for route in ROUTES)
        if not own or deleted or self._child is None:
            return
        if self._first is None:
            self._first = time.monotonic() - self._child.started
        if self._point == "accepted_no_reply":
            self._die_here()
        elif self._point == "half_reply":
            self._skip -= 1
            if self._skip <= 0:
                asyncio.get_running_loop().call_later(0.05, self._child.kill)

    def _watch_calls(self) -> None:
        calls, sweep = self._server.ledger.calls, self

        class Watched(list[Any]):
            def append(self, call: Any) -> None:
                super().append(call)
                sweep._on_call(call)

        self._server.ledger.calls = Watched(calls)

    def _on_call(self, call: Any) -> None:
        if self._point == "call_came" and call.method == "sendMessage":
            self._skip -= 1
            if self._skip <= 0 and self._child is not None:
                asyncio.get_running_loop().call_later(0.01, self._child.kill)
        elif self._point == "reading_back" and call.method == "forwardMessage":
            self._die_here()

    def _die_here(self) -> None:
        self._skip -= 1
        if self._skip <= 0 and self._child is not None:
            self._child.kill()

    def _check_database(self) -> None:
        self.figures.damaged += not self._database.is_sound()


@contextlib.asynccontextmanager
async def open_sweep(folder: Path, seed: int, kind: Kind = "sqlite") -> AsyncIterator[Sweep]:
    """Start the stand-in with the places of the story, and the database."""
    server = PreviewServer(token=TOKEN, channel=ROUTES[0].chat_id, clock=SystemClock())
    server.standin.add_chat(ROUTES[1].chat_id, "Other channel")
    server.standin.add_chat(ROUTES[2].chat_id, "Forum", topics=(7, 8))
    server.standin.add_chat(OPS, "Operators")
    await server.start(port=0)
    try:
        with open_database(kind, folder) as database:
            yield Sweep(folder, database, server, seed)
    finally:
        await server.stop()
