"""`python -m bot outbox`: what an operator sees of posts in doubt, and how they are settled."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from delivery_bench import CHANNEL, OTHER, START, Bench, open_bench
from sqlalchemy import insert

from bot.cli import main
from bot.delivery.settle import SettlePolicy
from bot.errors import StoreError
from bot.preview import faults
from bot.store import schema
from bot.store.sql import SqlStore
from bot.types import OutboxState
from tests.torture.database import open_database

HOLD = SettlePolicy(on_uncertain="hold")
SETTLED = timedelta(seconds=16)

Run = Callable[..., "asyncio.Future[tuple[int, str, str]]"]


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with open_bench(policy=HOLD) as opened:
        yield opened


@pytest.fixture
def run(bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the bench's database, as another process would."""
    (tmp_path / "pack.yaml").write_text(
        "id: valley\nname: Valley\ntimezone: UTC\nparties:\n  - {id: a, names: [Ardovia]}\n"
        "  - {id: b, names: [Selmara]}\nplaces: [Orvel]\n"
    )
    config = tmp_path / "config.yaml"
    config.write_text(
        f"telegram: {{channels: [{{chat_id: {CHANNEL}}}]}}\n"
        f"database: sqlite:///{bench.outbox._engine.url.database}\nconflicts: [pack.yaml]\n"
    )

    async def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()  # what the sender has logged so far
        arguments = ["outbox", *words, "--config", str(config)]
        status = await asyncio.to_thread(main, arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run  # type: ignore[return-value]


async def hold(bench: Bench, text: str = "Held\nTL-000001", **fields: object) -> int:
    """Bring a row into doubt and let the sender leave it to a human."""
    bench.server.faults.script("sendMessage", faults.CLOSE.after())
    row = bench.outbox.add(text, created_at=datetime.now(UTC), **fields)
    bench.clock.set(datetime.now(UTC))
    await bench.deliver()
    await bench.deliver(SETTLED)
    assert bench.outbox.state(row) == ("uncertain", "connection_broken")
    return row.id


async def test_the_list_names_rows_in_doubt_and_given_up_with_their_reasons(
    bench: Bench, run: Run
) -> None:
    held = await hold(bench, "<b>Held</b> &amp; waiting\nTL-000001")
    bench.server.faults.script("sendMessage", faults.bad_request("something new"))
    bench.outbox.add("Refused", chat_id=OTHER, created_at=datetime.now(UTC))
    bench.outbox.add("Folded", state="dead", error="said in row 1", created_at=datetime.now(UTC))
    bench.outbox.add("Long ago", state="dead", error="bad_request", created_at=START)
    await bench.deliver()
    status, out, _ = await run()
    assert status == 0
    assert out.startswith("In doubt: 1. Given up lately: 1. Waiting: 0.\n")
    assert f"{held}  in doubt  TL-000001 new  chat {CHANNEL}  left " in out
    assert "UTC  connection_broken\n    Held & waiting\n" in out
    assert f"2  given up  TL-000002 new  chat {OTHER}" in out
    assert "bad_request\n    Refused\n" in out
    assert "Folded" not in out
    assert "Long ago" not in out
    assert "python -m bot outbox sent ROW MESSAGE_ID" in out
    _, lines, _ = await run("list", "--json")
    rows = [json.loads(line) for line in lines.splitlines()]
    assert [(row["row"], row["state"], row["reason"]) for row in rows] == [
        (held, "uncertain", "connection_broken"),
        (2, "dead", "bad_request"),
    ]


async def test_an_empty_list_says_so(run: Run) -> None:
    status, out, _ = await run("list")
    assert (status, out) == (0, "In doubt: 0. Given up lately: 0. Waiting: 0.\n")


async def test_a_chat_that_takes_nothing_is_listed(bench: Bench, run: Run) -> None:
    bench.server.standin.kick(CHANNEL)
    bench.outbox.add("Kept")
    await bench.deliver()
    _, out, _ = await run()
    assert f"chat {CHANNEL} takes nothing: bot_removed" in out
    assert "Waiting: 1." in out


async def test_what_stands_is_noted_and_its_answers_hang_on_it(bench: Bench, run: Run) -> None:
    held = await hold(bench)
    answer = "Answer\nTL-000001"
    bench.outbox.add(answer, kind="reply", alert_id="TL-000001", created_at=datetime.now(UTC))
    status, out, _ = await run("sent", str(held), "1")
    assert (status, out) == (
        0,
        f"Row {held} (TL-000001 new, chat {CHANNEL}) is message 1 of its chat.\n",
    )
    # The running sender still remembers the row as one in doubt, for ten minutes.
    await bench.deliver()
    await bench.deliver(timedelta(minutes=11))
    shown = bench.server.standin.shown(CHANNEL)
    assert [(p.text, p.reply_to) for p in shown] == [("Held\nTL-000001", None), (answer, 1)]
    assert bench.outbox.rows[held].message_id == 1


async def test_what_is_missing_leaves_again_once(bench: Bench, run: Run) -> None:
    held = await hold(bench)
    chat = bench.server.standin.chats[CHANNEL]
    bench.server.standin.remove(chat.messages[1])
    status, out, _ = await run("resend", str(held))
    assert (status, out.split(") ")[1]) == (0, "leaves again; the bot posts it when it runs.\n")
    await bench.deliver()
    await bench.deliver(timedelta(minutes=11))
    assert [m.content.text for m in chat.messages.values()] == ["Held\nTL-000001"]
    assert bench.outbox.rows[held].message_id == 2


async def test_what_is_dropped_never_leaves(bench: Bench, run: Run) -> None:
    held = await hold(bench)
    calls = len(bench.calls())
    assert (await run("drop", str(held)))[0] == 0
    await bench.deliver()
    await bench.deliver(timedelta(minutes=11))
    row = bench.outbox.rows[held]
    assert (row.state, row.error, len(bench.calls())) == (
        OutboxState.DEAD,
        "dropped_by_operator",
        calls,
    )
    assert "Given up lately: 0" in (await run())[1]


async def test_a_row_given_up_may_leave_again(bench: Bench, run: Run) -> None:
    bench.server.faults.script("sendMessage", faults.bad_request("something new"))
    row = bench.outbox.add("Refused", created_at=datetime.now(UTC))
    bench.clock.set(datetime.now(UTC))
    await bench.deliver()
    assert (await run("resend", str(row.id)))[0] == 0
    await bench.deliver()
    assert [p.text for p in bench.server.standin.shown(CHANNEL)] == ["Refused"]


async def test_an_answer_that_comes_while_the_channel_is_read_is_kept(
    bench: Bench, run: Run
) -> None:
    """The sender has looked in vain and is about to send again when the operator speaks."""
    held = await hold(bench)
    (row,) = await bench.outbox.unsettled_rows()
    assert (await run("sent", str(held), "1"))[0] == 0
    await bench.sender._carrier._send_again(row, "absent_on_read_back")
    assert bench.outbox.state(row) == ("sent", None)


@pytest.mark.parametrize(
    ("words", "fields", "said"),
    [
        (("sent", "9", "1"), {}, "there is no row 9"),
        (("sent", "1", "0"), {"state": "uncertain"}, "0: is no message id"),
        (("sent", "1", "5"), {"state": "pending"}, "still waits to leave"),
        (("drop", "1"), {"state": "sending"}, "is being sent; a running bot settles it"),
        (("sent", "1", "5"), {"state": "sent", "message_id": 7}, "has been sent, as message 7"),
        (("drop", "1"), {"state": "dead", "error": "bad_request"}, "was given up (bad_request)"),
        (("resend", "1"), {"state": "dead", "error": "said in row 3"}, "was said in row 3"),
        (
            ("resend", "1"),
            {"state": "dead", "error": "withdrawn_before_posting"},
            "its report was withdrawn before it was posted",
        ),
        (("resend", "1"), {"state": "uncertain", "created_at": START}, "older than 48 hours"),
        (("resend", "one"), {}, "one"),
    ],
)
async def test_what_cannot_be_settled_is_refused_with_its_reason(
    bench: Bench, run: Run, words: tuple[str, ...], fields: dict[str, object], said: str
) -> None:
    if fields:
        bench.outbox.add("Text", **{"created_at": datetime.now(UTC), **fields})
    before = bench.outbox.rows
    status, out, err = await run(*words)
    assert (status, said in out + err) == (2, True), out + err
    assert bench.outbox.rows == before


async def test_a_message_of_another_row_is_refused(bench: Bench, run: Run) -> None:
    bench.outbox.add("Other\nTL-000001", created_at=datetime.now(UTC))
    await bench.deliver()
    held = await hold(bench, "Held\nTL-000002")
    status, _, err = await run("sent", str(held), "1")
    assert status == 2
    assert f"message 1 of chat {CHANNEL} is known already, as one of TL-000001" in err


@pytest.mark.postgres
async def test_rows_are_settled_on_postgresql_too(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with open_database("postgresql", tmp_path) as database:
        store = await SqlStore.open(database.url, ())
        async with store._engine.begin() as connection:
            for number, state in enumerate(("uncertain", "uncertain", "uncertain", "dead"), 1):
                await connection.execute(
                    insert(schema.outbox).values(
                        chat_id=CHANNEL,
                        alert_id=f"TL-{number:06d}",
                        event_id=f"e{number}",
                        revision=0,
                        kind="new",
                        text="Text",
                        silent=False,
                        state=state,
                        attempts=1,
                        created_at=now,
                        error="bad_request",
                    )
                )
        assert [row.id for row in await store.troubled_rows(now)] == [1, 2, 3, 4]
        await store.settle_as_sent(1, 57, now)
        await store.settle_for_again(2, now)
        await store.settle_as_dropped(3)
        await store.settle_for_again(4, now)
        with pytest.raises(StoreError, match="row 1 has been sent, as message 57"):
            await store.settle_as_dropped(1)
        assert await store.troubled_rows(now) == ()
        assert [row.id for row in await store.due_rows(now, 9)] == [2]
        assert await store.message_of(CHANNEL, "TL-000001") == 57
        await store.aclose()
