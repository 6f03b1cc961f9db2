"""One life of the process that is killed: the real store, outbox and sender, and a story to tell.

Deciding and sending run at once, as in `python -m bot run`. With a `point` the process kills
itself there, the n-th time it comes by; else somebody kills it from outside at any moment.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import event, func, select

from bot.clock import SystemClock
from bot.config import LogSection
from bot.delivery.bot_api import build_application, tls
from bot.delivery.governor import NO_LIMITS
from bot.delivery.sender import Sender
from bot.delivery.settle import SettlePolicy
from bot.logs import configure_logs
from bot.store import schema
from bot.store.lease import sole_sender
from bot.store.routes import Route
from bot.store.sql import SqlStore
from tests.torture.story import tell
from tests.torture.watched_store import WatchedStore

TOKEN = "4242:AAtoken-of-the-kill-sweep-that-nobody-may-see"
OPS = -1001000000009
ROUTES = (
    Route(chat_id=-1001000000001),
    Route(chat_id=-1001000000002),
    Route(chat_id=-1001000000005, thread_id=7),
    Route(chat_id=-1001000000005, thread_id=8),
)
#: Where a process can be told to die.
OWN_POINTS = (
    "before_decision_commit",
    "after_decision_commit",
    "before_sending",
    "after_sending",
    "before_sent",
    "after_sent",
)
#: The stand-in accepts within milliseconds of the death of its client.
SETTLE = timedelta(seconds=0.3)
#: Decided but not sent: beyond this the story waits.
BACKLOG = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What one process does."""

    folder: str
    database: str  #: its address
    api_root: str
    seed: int
    life: int  #: which one it is; varies the pauses
    length: int  #: steps of the story
    point: str | None = None
    nth: int = 1
    pause: float = 0.02  #: longest pause between two decisions
    ends: bool = False  #: end when the story is told and everything is sent


# Read before the processes are forked, which share it.
tls()


class MortalStore(WatchedStore):
    """Dies at a point of the outbox's work."""

    point: str | None = None
    nth = 1

    def pass_by(self, point: str) -> None:
        if point == self.point:
            self.nth -= 1
            if self.nth <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


async def stored_steps(store: SqlStore) -> int:
    """Return how many decisions are stored."""
    async with store._reading.connect() as connection:
        found: int = await connection.scalar(select(func.count()).select_from(schema.decision)) or 0
    return found


async def live(life: Life) -> None:
    """Tell the story on and send, until killed."""
    configure_logs(LogSection(level="debug", format="json"))
    async with sole_sender(life.database) as lease:
        store = await MortalStore.open(life.database, ROUTES)
        store.point, store.nth = life.point, life.nth
        application = build_application(SecretStr(TOKEN), life.api_root, read_timeout=2)
        policy = SettlePolicy(wait=SETTLE, ops_chat=OPS, sweep_every=timedelta(seconds=2))
        async with application:
            sender = Sender(
                bot=application.bot,
                outbox=store,
                clock=SystemClock(),
                limits=NO_LIMITS,
                policy=policy,
                may_send=lease.held,
            )
            stop = asyncio.Event()
            sending = asyncio.create_task(sender.run(stop))
            await _decide(life, store, sender)
            while await store.open_rows() or await store.unsettled_rows():  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            stop.set()
            await sending
        await store.aclose()


async def _decide(life: Life, store: MortalStore, sender: Sender) -> None:
    dice = random.Random(life.seed * 1_000_003 + life.life)
    engine = store._engine.sync_engine
    deciding = False

    def before_commit(*_: Any) -> None:
        if deciding:
            store.pass_by("before_decision_commit")

    event.listen(engine, "commit", before_commit)
    steps = tell(life.seed, life.length)
    for step in steps[await stored_steps(store) :]:
        while await store.open_rows() > BACKLOG:  # noqa: ASYNC110 - state is a table
            await asyncio.sleep(0.01)
        deciding = True
        await store.save_changes([step.change(datetime.now(UTC))])
        deciding = False
        store.pass_by("after_decision_commit")
        sender.wake()
        await asyncio.sleep(dice.random() * life.pause)


def main(life: Life) -> None:
    """Live in a process of its own; what is logged goes to a file."""
    log = os.open(Path(life.folder, "log.txt"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    asyncio.run(live(life))


def from_arguments(arguments: Sequence[str]) -> Life:
    """Return the life that a command line describes."""
    folder, database, api_root, seed, number, length = arguments
    return Life(
        folder=folder,
        database=database,
        api_root=api_root,
        seed=int(seed),
        life=int(number),
        length=int(length),
    )


if __name__ == "__main__":
    main(from_arguments(sys.argv[1:]))
