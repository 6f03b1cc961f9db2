"""How a stop (SIGINT, SIGTERM) reaches what is under way, so that it is over within ten seconds.

Each part gets a share of that time. What outlasts its share all the same (a model being loaded,
a batch being scored) goes with the process: the store is as safe then as in a crash.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, NoReturn, TypeVar

import structlog

log = structlog.get_logger()

T = TypeVar("T")

#: For messages on their way; an answer that comes later is settled at the next start.
SENDER_SHARE = timedelta(seconds=4)
#: For telling Telegram which updates were read; without it they come again.
POLLING_SHARE = timedelta(seconds=2)
#: For everything together.
WHOLE = timedelta(seconds=8.5)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` when the process is asked to end; asked twice, or too late, it ends at once."""

    def ask() -> None:
        if stop.is_set():
            _leave_short()
        stop.set()
        # A thread, because the loop may be what is held up.
        last = threading.Timer(WHOLE.total_seconds(), _leave_short)
        last.daemon = True
        last.start()

    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, ask)


def leave() -> NoReturn:
    """End the process at once; what a thread still does ends with it."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _leave_short() -> None:
    log.warning("stopped_short")
    leave()


async def unless_stopped(stop: asyncio.Event, start: Coroutine[Any, Any, T]) -> T | None:
    """Return what `start` returns; when a stop comes first, cancel it and return None."""
    starting, stopping = asyncio.create_task(start), asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if starting.done():
        return starting.result()
    starting.cancel()
    await asyncio.wait({starting}, timeout=POLLING_SHARE.total_seconds())
    return None


def ended_by(
    stop: asyncio.Event, job: Callable[[], Awaitable[None]]
) -> Callable[[], Awaitable[None]]:
    """Return the job such that its end by a stop is no failure."""

    async def run() -> None:
        try:
            await job()
        except asyncio.CancelledError:
            if not stop.is_set():
                raise
            log.info("cycle_stopped")

    return run
