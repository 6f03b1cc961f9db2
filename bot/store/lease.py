"""One sender: a second instance on the same database refuses to start, or stands by.

On SQLite a lock on a file beside the database, which the kernel frees only when its holder is
gone: even a holder that is stopped keeps it. On PostgreSQL, where instances run on several hosts,
a lease in the database by the database's own clock: a second instance waits until it runs out,
or takes it at once where its holder was a process of this machine and is gone.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreError
from bot.store.engine import migrate, open_engine, safe_url, sqlite_file
from bot.store.holder import holder_name, is_dead

log = structlog.get_logger()

#: How long a lease holds without being renewed.
TERM = timedelta(seconds=60)
RENEW_EVERY = timedelta(seconds=10)
#: Nothing is sent on less than this: a call must be over before another instance may begin.
LEAST = timedelta(seconds=40)
#: How often an instance that stands by asks.
ASK_EVERY = timedelta(seconds=5)
_NAME = "sender"

_TAKE = text(
    "INSERT INTO lease (name, holder, expires_at) VALUES (:name, :holder, now() + :term) "
    "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at "
    "WHERE lease.holder IN (excluded.holder, :dead) OR lease.expires_at < now() RETURNING holder"
)
_HOLDER = text("SELECT holder FROM lease WHERE name = :name")
_DROP = text("DELETE FROM lease WHERE name = :name AND holder = :holder")


class Lease:
    """The right to send; `held` says whether it stands for long enough."""

    def __init__(self, term: timedelta = TERM) -> None:
        self.term = term
        self._until = float("inf")

    def held(self) -> bool:
        """Tell whether a message may leave now."""
        least = LEAST * (self.term / TERM)
        return time.monotonic() + least.total_seconds() < self._until

    def extend(self, asked_at: float) -> None:
        """Note that the lease was granted; it counts from when it was asked for."""
        self._until = asked_at + self.term.total_seconds()

    def lose(self) -> None:
        """Note that somebody else has it."""
        self._until = 0.0


@asynccontextmanager
async def sole_sender(
    url: str,
    *,
    on_wait: Callable[[], None] = lambda: None,
    on_lost: Callable[[], None] = lambda: None,
    term: timedelta = TERM,
) -> AsyncIterator[Lease]:
    """Be the only instance that sends from this database.

    Raises:
        StoreError: another instance has the SQLite file.
    """
    file = sqlite_file(url)
    if file is not None:
        with locked(file):
            yield Lease()
        return
    if url.startswith("sqlite"):
        yield Lease()  # in memory, so nobody else has it
        return
    engine = open_engine(url)
    try:
        await migrate(engine, url)
        lease = Lease(term)
        holder = holder_name()
        await _wait_for(engine, lease, holder, on_wait)
        renewing = asyncio.create_task(_renew(engine, lease, holder, on_lost))
        try:
            yield lease
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing
            with suppress(SQLAlchemyError, OSError):
                async with engine.begin() as connection:
                    await connection.execute(_DROP, {"name": _NAME, "holder": holder})
    finally:
        await engine.dispose()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock of an SQLite file.

    Raises:
        StoreError: another process holds it.
    """
    path = file.with_name(file.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"database: {path} cannot be opened: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
        os.close(descriptor)
        raise StoreError(
            f"database: {file}: another instance posts from it (process {holder}). Stop that one "
            "first, or give this one a database and channels of its own."
        ) from error
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)  # frees the lock; the file stays, or two could each hold their own


async def _wait_for(
    engine: AsyncEngine, lease: Lease, holder: str, on_wait: Callable[[], None]
) -> None:
    told = False
    # Of a process that was killed on this machine nothing is to be waited for.
    while not await _take(engine, lease, holder, dead=await _dead_holder(engine)):
        if not told:
            log.warning("standing_by", database=safe_url(str(engine.url)))
            on_wait()
            told = True
        await asyncio.sleep(min(ASK_EVERY, lease.term / 4).total_seconds())


async def _renew(
    engine: AsyncEngine, lease: Lease, holder: str, on_lost: Callable[[], None]
) -> None:
    every = RENEW_EVERY * (lease.term / TERM)
    while True:
        await asyncio.sleep(every.total_seconds())
        try:
            async with asyncio.timeout(lease.term.total_seconds() / 2):
                granted = await _take(engine, lease, holder)
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            # What was granted runs on; without an answer it ends by itself.
            log.warning("lease_not_renewed", error=type(error).__name__)
            continue
        if not granted:
            lease.lose()
            log.critical("lease_lost")
            on_lost()
            return


async def _dead_holder(engine: AsyncEngine) -> str:
    """Return the holder where it certainly lives no more, else an empty name."""
    async with engine.connect() as connection:
        holder: str | None = await connection.scalar(_HOLDER, {"name": _NAME})
    return holder if holder and is_dead(holder) else ""


async def _take(engine: AsyncEngine, lease: Lease, holder: str, dead: str = "") -> bool:
    asked_at = time.monotonic()
    async with engine.begin() as connection:
        values = {"name": _NAME, "holder": holder, "dead": dead, "term": lease.term}
        granted = (await connection.execute(_TAKE, values)).first() is not None
    if granted:
        lease.extend(asked_at)
    return granted
