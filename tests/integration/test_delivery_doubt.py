"""Messages of unknown fate: seven faults x 100 alerts, late copies, a slowed read-back."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from delivery_bench import CHANNEL, OPS, OTHER, Bench, migrated, open_bench

from bot.clock import SystemClock
from bot.delivery.governor import NO_LIMITS
from bot.delivery.sender import Sender
from bot.delivery.settle import SettlePolicy
from bot.preview import faults
from bot.types import OutboxRow, OutboxState

SETTLED = timedelta(seconds=16)
READING = SettlePolicy(ops_chat=OPS)

SEVEN = {
    "hang": faults.HANG,
    "reset": faults.RESET,
    "close": faults.CLOSE,
    "half_body": faults.HALF_BODY,
    "ok_html": faults.html_page(200),
    "bad_gateway_html": faults.html_page(502),
    "gateway_timeout_json": faults.answer(504, "Gateway Timeout"),
}
#: Alerts with each fault, half of them accepted all the same.
EACH = 50
#: Chats that share the alerts of one fault, so that their waits overlap.
CHATS = 10


@contextlib.asynccontextmanager
async def running(bench: Bench, policy: SettlePolicy) -> AsyncIterator[Sender]:
    """Run the sender on the machine's clock, without limits."""
    bot, outbox = bench.application.bot, bench.outbox
    clock = SystemClock()
    sender = Sender(bot=bot, outbox=outbox, clock=clock, policy=policy, limits=NO_LIMITS)
    stop = asyncio.Event()
    task = asyncio.create_task(sender.run(stop))
    try:
        yield sender
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)


@pytest.mark.parametrize("name", SEVEN)
async def test_a_hundred_ambiguous_answers_make_a_hundred_messages(name: str) -> None:
    policy = SettlePolicy(ops_chat=OPS, wait=timedelta(seconds=0.05))
    async with open_bench(read_timeout=0.2) as bench:
        chats = [-1001000001000 - n for n in range(CHATS)]
        expected: dict[int, list[str]] = {}
        calls: Counter[str] = Counter()
        now = datetime.now(UTC)
        for chat in chats:
            bench.server.standin.add_chat(chat, "Channel")
            bench.outbox.add("Before\nTL-0", chat_id=chat, alert_id="TL-0", created_at=now)
            expected[chat] = ["Before\nTL-0"]
            call = 1
            for number in range(2 * EACH // CHATS):
                accepted = number % 2 == 0
                alert = f"TL-{chat % 1000:03d}{number:03d}"
                bench.outbox.add(
                    f"<b>Alert</b>\n{alert}", chat_id=chat, alert_id=alert, created_at=now
                )
                expected[chat].append(f"Alert\n{alert}")
                call += 1
                fault = SEVEN[name].for_chat(chat)
                fault = fault.after() if accepted else fault
                bench.server.faults.strike(fault, method="sendMessage", nth=call)
                calls[alert] = 1 if accepted else 2
                call += not accepted
        async with running(bench, policy), asyncio.timeout(60):
            while {r.state for r in bench.outbox.rows.values()} != {OutboxState.SENT}:  # noqa: ASYNC110 - no event for this
                await asyncio.sleep(0.1)
        for chat in chats:
            assert [post.text for post in bench.server.standin.shown(chat)] == expected[chat]
        made: Counter[str] = Counter()
        for sent in bench.server.ledger.calls_of("sendMessage"):
            made[sent.params["text"].rpartition("\n")[2]] += sent.chat_id in chats
        del made["TL-0"]
        assert (len(made), made) == (2 * EACH, calls)
        assert bench.server.faults.left == 0


async def test_a_copy_accepted_late_is_found_deleted_counted_and_told() -> None:
    async with open_bench(policy=READING, read_timeout=0.3) as bench:
        bench.outbox.add("Before\nTL-0")
        await bench.deliver()
        late = asyncio.Event()
        bench.server.faults.script("sendMessage", faults.HANG.late(at=late))
        bench.outbox.add("<b>Alert</b>\nTL-1", alert_id="TL-1")
        await bench.deliver()
        await bench.deliver(SETTLED)
        await bench.deliver()
        shown = bench.server.standin.shown(CHANNEL)
        # Nobody answered, so the copy may still come: what is sent again makes no sound.
        assert [(p.text, p.silent) for p in shown[1:]] == [("Alert\nTL-1", True)]
        bench.outbox.add("Answer\nTL-1", kind="reply", alert_id="TL-1")
        await bench.deliver()
        late.set()
        while len(bench.server.standin.shown(CHANNEL)) < 4:  # noqa: ASYNC110 - no event for this
            await asyncio.sleep(0.01)
        await bench.deliver(timedelta(seconds=31))
        await bench.deliver(timedelta(seconds=1))
        shown = bench.server.standin.shown(CHANNEL)
        assert [(p.text, p.is_deleted, p.reply_to) for p in shown] == [
            ("Before\nTL-0", False, None),
            ("Alert\nTL-1", False, None),
            ("Answer\nTL-1", False, 2),
            ("Alert\nTL-1", True, None),
        ]
        assert bench.sender.counts == {"uncertain": 1, "duplicates_deleted": 1}
        (page,) = [p for p in bench.server.standin.shown(OPS) if not p.is_deleted]
        assert "TL-1 (new) stood twice" in page.text
        # It is over: no third copy, no second page, and the sweeps end.
        for _ in range(30):
            await bench.deliver(timedelta(seconds=31))
        calls = len(bench.server.ledger.calls)
        await bench.deliver(timedelta(seconds=31))
        assert len(bench.server.ledger.calls) == calls
        assert len(bench.server.standin.shown(CHANNEL)) == 4


async def test_an_earlier_copy_is_kept_where_nothing_hangs_on_the_later_one() -> None:
    # The channel's beginning was deleted, so the first post could not be found.
    async with open_bench(policy=READING) as bench:
        chat = bench.server.standin.chats[CHANNEL]
        chat.last_id = 40
        bench.server.faults.script("sendMessage", faults.RESET.after())
        row = bench.outbox.add("Alert\nTL-1", alert_id="TL-1")
        await bench.deliver()
        await bench.deliver(SETTLED)
        await bench.deliver()
        await bench.outbox.mark_sent(
            row.id, 42, bench.clock.now(), watch_until=bench.clock.now() + timedelta(minutes=5)
        )
        # The walk of a sweep begins at what was known, here nothing; ids 1 to 40 are empty.
        shown = bench.server.standin.shown(CHANNEL)
        assert [p.message_id for p in shown] == [41, 42]


async def test_a_read_back_that_is_slowed_down_goes_on_and_nothing_is_sent_blindly() -> None:
    async with open_bench(policy=READING) as bench:
        bench.outbox.add("Before\nTL-0")
        await bench.deliver()
        for number in range(8):
            await bench.application.bot.send_message(CHANNEL, f"Somebody else {number}")
        bench.server.faults.script("sendMessage", faults.CLOSE.after())
        row = bench.outbox.add("Alert\nTL-1", alert_id="TL-1")
        await bench.deliver()
        trouble = (faults.too_many_requests(30), faults.html_page(502), faults.RESET)
        bench.server.faults.script("forwardMessage", None, None, *trouble)
        for _ in range(5):
            await bench.deliver(SETTLED)
            bench.outbox.rows  # noqa: B018 - reads what stands
        await bench.deliver(timedelta(seconds=40))
        assert bench.outbox.rows[row.id].message_id == 10
        assert bench.calls().count("sendMessage") == 10
        # It went on where it had stopped: nobody's message was read twice.
        forwards = [c.params["message_id"] for c in bench.server.ledger.calls_of("forwardMessage")]
        assert [int(n) for n in forwards] == [2, 3, 4, 4, 4, 4, 5, 6, 7, 8, 9, 10]
        assert bench.server.standin.chats[OPS].messages == {}


async def test_protected_content_cannot_be_read_so_the_policy_decides() -> None:
    async with open_bench(policy=READING) as bench:
        bench.outbox.add("Before\nTL-0")
        await bench.deliver()
        bench.server.faults.script("sendMessage", faults.CLOSE.after())
        bench.outbox.add("Alert\nTL-1", alert_id="TL-1")
        await bench.deliver()
        refused = faults.bad_request("message can't be forwarded")
        bench.server.faults.script("forwardMessage", refused)
        await bench.deliver(SETTLED)
        await bench.deliver()
        shown = bench.server.standin.shown(CHANNEL)
        assert [(p.text, p.silent) for p in shown[1:]] == [
            ("Alert\nTL-1", False),
            ("Alert\nTL-1", True),
        ]


async def test_held_by_policy_the_operators_are_asked_and_the_alert_waits() -> None:
    async with open_bench(policy=SettlePolicy(ops_chat=OPS, on_uncertain="hold")) as bench:
        bench.outbox.add("Before\nTL-0")
        await bench.deliver()
        bench.server.faults.script("sendMessage", faults.CLOSE.after())
        row = bench.outbox.add("Alert\nTL-1", alert_id="TL-1")
        bench.outbox.add("Answer\nTL-1", alert_id="TL-1", kind="reply")
        bench.outbox.add("Other\nTL-2", alert_id="TL-2")
        await bench.deliver()
        refused = faults.forbidden("Forbidden: bot was kicked from the channel chat")
        bench.server.faults.script("forwardMessage", refused)
        for _ in range(4):
            await bench.deliver(SETTLED)
        texts = [p.text for p in bench.server.standin.shown(CHANNEL)]
        assert texts == ["Before\nTL-0", "Alert\nTL-1", "Other\nTL-2"]
        (page,) = bench.server.standin.shown(OPS)
        assert "TL-1 (new) may or may not stand" in page.text
        # Looked for again later, it is found, and its answer follows.
        for _ in range(3):
            await bench.deliver(timedelta(minutes=11))
        assert bench.outbox.rows[row.id].message_id == 2
        assert bench.server.standin.shown(CHANNEL)[3].reply_to == 2


async def test_an_edit_that_became_a_post_and_was_interrupted_is_not_posted_twice() -> None:
    async with open_bench(policy=READING) as bench:
        bench.outbox.add("One\nTL-1", alert_id="TL-1")
        await bench.deliver()
        chat = bench.server.standin.chats[CHANNEL]
        bench.server.standin.remove(chat.messages[1])
        row = bench.outbox.add("Two\nTL-1", alert_id="TL-1", kind="edit")
        bench.server.faults.script("sendMessage", faults.HANG.after())
        dying = asyncio.create_task(bench.deliver())
        while len(bench.server.ledger.accepted) < 2:  # noqa: ASYNC110 - no event for this
            await asyncio.sleep(0.01)
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        bench.server.faults.clear()
        assert bench.outbox.rows[row.id].state is OutboxState.SENDING
        bench.sender = bench.new_sender(READING)
        await bench.deliver()
        await bench.deliver(SETTLED)
        await bench.deliver()
        shown = bench.server.standin.shown(CHANNEL)
        assert [p.text for p in shown] == ["One\nTL-1", "Two\nTL-1"]
        assert await bench.outbox.message_of(CHANNEL, "TL-1") == 2


async def test_a_storm_of_429_on_one_chat_slows_no_other() -> None:
    await migrated()
    # At once, so that whatever else this machine does weighs on both.
    calm, stormy = await asyncio.gather(_storm(0), _storm(12))
    assert stormy.others_p99 < max(2 * calm.others_p99, calm.others_p99 + 1.0)
    assert stormy.early_calls == 0
    assert stormy.delivered == calm.delivered == 125


class _Figures:
    others_p99 = 0.0
    early_calls = 0
    delivered = 0


async def _storm(waits: int) -> _Figures:
    """Send 25 alerts to each of five chats, of which the first is told to wait again and again."""
    figures = _Figures()
    async with open_bench() as bench:
        chats = [-1001000002000 - n for n in range(5)]
        for chat in chats:
            bench.server.standin.add_chat(chat, "Channel")
        refusal = faults.too_many_requests(1).for_chat(chats[0])
        bench.server.faults.strike(refusal, method="sendMessage", every=2, times=waits)
        async with running(bench, SettlePolicy()) as sender:
            for number in range(25):
                now = datetime.now(UTC)
                for chat in chats:
                    # Elsewhere, for the file may be locked by what runs in this thread.
                    await asyncio.to_thread(
                        bench.outbox.add, f"Alert {number}", chat_id=chat, created_at=now
                    )
                sender.wake()
                await asyncio.sleep(0.05)
            async with asyncio.timeout(60):
                while await bench.outbox.open_rows():  # noqa: ASYNC110 - no event for this
                    await asyncio.sleep(0.05)
        left = {row.id: row.left_at for row in bench.outbox.rows.values()}
        delays = sorted(
            (left[row.id] - row.created_at).total_seconds()
            for row in bench.outbox.rows.values()
            if row.chat_id != chats[0] and left[row.id] is not None
        )
        figures.others_p99 = delays[int(len(delays) * 0.99)]
        figures.delivered = len(
            {(a.chat_id, a.text) for a in bench.server.ledger.accepted if a.chat_id in chats}
        )
    return figures


async def test_a_chat_that_was_told_to_wait_is_left_alone_until_then() -> None:
    async with open_bench() as bench:
        waits = (1, 37, 209, 1386, None)
        refusals = [faults.too_many_requests(wait).for_chat(CHANNEL) for wait in waits]
        bench.server.faults.script("sendMessage", *refusals)
        bench.outbox.add("Held")
        for wait in waits:
            bench.outbox.add("Elsewhere", chat_id=OTHER)
            await bench.deliver()
            seconds = wait or 60
            calls = len(bench.server.ledger.calls)
            bench.sender = bench.new_sender(SettlePolicy())  # a restart in the middle
            bench.clock.set(bench.clock.now() + timedelta(seconds=seconds - 1))
            await bench.deliver()
            made = bench.server.ledger.calls[calls:]
            assert [c.method for c in made if c.chat_id == CHANNEL] == []
            bench.clock.set(bench.clock.now() + timedelta(seconds=1))
        await bench.deliver()
        assert len(bench.accepted()) == 1
        assert len(bench.accepted(OTHER)) == len(waits)


async def test_what_cannot_be_recorded_is_not_sent_and_delivery_goes_on_afterwards() -> None:
    async with open_bench() as bench:
        # The disk is full, as SQLite sees it.
        async with bench.outbox._engine.connect() as connection:
            pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await bench.outbox._engine.dispose()
        from sqlalchemy import event

        full = True

        def limit(connection: object, record: object) -> None:
            size = pages if full else 1_000_000
            connection.execute(f"PRAGMA max_page_count={size}")  # type: ignore[attr-defined]

        event.listen(bench.outbox._engine.sync_engine, "connect", limit)
        rows = [bench.outbox.add("x" * 3000 + f"\nTL-{n}") for n in range(3)]
        await bench.deliver()
        sent = bench.accepted()
        recorded = [bench.outbox.rows[row.id].state for row in rows]
        # Whatever left stands at least as `sending`.
        assert len(sent) <= sum(state is not OutboxState.PENDING for state in recorded)
        full = False
        await bench.outbox._engine.dispose()
        for _ in range(6):
            await bench.deliver(SETTLED)
        assert len(bench.accepted()) == 3


async def test_a_copy_that_came_before_the_repeat_left_is_found_too() -> None:
    """Others may leave between the look and the repeat, and the floor must not rise with them."""
    async with open_bench(policy=READING, read_timeout=0.3) as bench:
        bench.outbox.add("Before\nTL-0", alert_id="TL-0")
        await bench.deliver()
        late = asyncio.Event()
        bench.server.faults.script("sendMessage", faults.HANG.late(at=late))
        row = bench.outbox.add("Alert\nTL-1", alert_id="TL-1")
        await bench.deliver()
        # Looked for in vain; a correction of another alert goes first.
        bench.outbox.add("Corrected\nTL-0", alert_id="TL-0", kind="correction")
        await bench.deliver(SETTLED)
        assert bench.outbox.state(row)[0] == "pending"
        late.set()
        while len(bench.server.standin.shown(CHANNEL)) < 2:  # noqa: ASYNC110 - no event for this
            await asyncio.sleep(0.01)
        for _ in range(4):
            await bench.deliver(timedelta(seconds=31))
        chat = bench.server.standin.chats[CHANNEL]
        texts = sorted(message.content.text for message in chat.messages.values())
        assert texts == ["Alert\nTL-1", "Before\nTL-0", "Corrected\nTL-0"]
        assert bench.sender.counts["duplicates_deleted"] == 1


async def test_a_post_in_doubt_is_not_sent_again_while_its_channel_shuts_us_out() -> None:
    async with open_bench(policy=READING) as bench:
        bench.outbox.add("Before\nTL-0")
        await bench.deliver()
        bench.server.faults.script("sendMessage", faults.RESET.after())
        row = bench.outbox.add("Alert\nTL-1", alert_id="TL-1")
        await bench.deliver()
        bench.server.standin.kick(CHANNEL)
        for _ in range(20):
            await bench.deliver(timedelta(seconds=61))
        assert bench.outbox.state(row) == ("uncertain", "connection_broken")
        (page,) = [p for p in bench.server.standin.shown(OPS) if not p.is_deleted]
        assert page.text == f"chat {CHANNEL} takes nothing: bot_removed. Its posts wait."
        bench.server.standin.reopen_chat(CHANNEL)
        await bench.deliver(timedelta(seconds=61))
        assert bench.outbox.rows[row.id].message_id == 2
        assert bench.calls().count("sendMessage") == 3  # two posts and the page


async def test_a_wait_survives_a_restart_where_the_chat_was_shut_before() -> None:
    async with open_bench() as bench:
        bench.server.standin.kick(CHANNEL)
        bench.outbox.add("Text")
        await bench.deliver()
        bench.server.standin.reopen_chat(CHANNEL)
        bench.server.faults.script("sendMessage", faults.too_many_requests(209))
        await bench.deliver(timedelta(hours=1, minutes=1))
        bench.outbox.add("Second")
        # A start tries what is shut at once; what was told to wait is not shut.
        bench.sender = bench.new_sender(SettlePolicy())
        await bench.deliver(timedelta(seconds=208))
        assert bench.calls() == ["sendMessage"] * 2
        await bench.deliver(timedelta(seconds=1))
        assert bench.calls() == ["sendMessage"] * 3


async def test_a_row_that_was_just_settled_is_not_taken_up_again() -> None:
    """The outbox may answer with a row as it stood before a call that ends meanwhile."""
    async with open_bench(policy=READING) as bench:
        bench.server.faults.script("sendMessage", faults.RESET.after())
        row = bench.outbox.add("Alert\nTL-1", alert_id="TL-1")
        await bench.deliver()
        before = await bench.outbox.unsettled_rows()
        await bench.deliver(SETTLED)
        assert bench.outbox.rows[row.id].message_id == 1

        async def as_before() -> tuple[OutboxRow, ...]:
            return before

        bench.outbox.unsettled_rows = as_before  # type: ignore[method-assign]
        for _ in range(3):
            await bench.deliver(SETTLED)
        assert bench.calls().count("sendMessage") == 1
        assert bench.outbox.rows[row.id].state is OutboxState.SENT


GROUP, SUPERGROUP = -500, -1001000000500


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("readable", [True, False])
async def test_a_group_that_moves_while_a_post_is_in_doubt_settles_it(
    accepted: bool, readable: bool
) -> None:
    """The old group is read where it can be; where not, the post goes to the new one, silently."""
    async with open_bench(policy=READING) as bench:
        standin = bench.server.standin
        standin.add_chat(GROUP, "Group")
        bench.outbox.add("Zero\nTL-0", chat_id=GROUP, alert_id="TL-0")
        await bench.deliver()
        doubt = faults.RESET.after() if accepted else faults.RESET
        bench.server.faults.script("sendMessage", doubt)
        bench.outbox.add("One\nTL-1", chat_id=GROUP, alert_id="TL-1")
        await bench.deliver()
        standin.migrate_chat(GROUP, SUPERGROUP)
        if not readable:
            bench.server.faults.script("forwardMessage", faults.migrated(SUPERGROUP))
        bench.outbox.add("Two\nTL-2", chat_id=GROUP, alert_id="TL-2")
        for _ in range(4):
            await bench.deliver(SETTLED)
        assert {r.state for r in bench.outbox.rows.values()} == {OutboxState.SENT}
        found = accepted and readable
        shown = [(p.text, p.silent) for p in standin.shown(SUPERGROUP)]
        again = [] if found else [("One\nTL-1", not readable)]
        assert shown == [*again, ("Two\nTL-2", False)]


async def test_a_post_left_to_the_operator_stays_his_when_its_group_moves() -> None:
    async with open_bench(policy=SettlePolicy(on_uncertain="hold")) as bench:
        standin = bench.server.standin
        standin.add_chat(GROUP, "Group")
        bench.server.faults.script("sendMessage", faults.RESET.after())
        row = bench.outbox.add("One\nTL-1", chat_id=GROUP, alert_id="TL-1")
        for _ in range(2):
            await bench.deliver(SETTLED)
        standin.migrate_chat(GROUP, SUPERGROUP)
        bench.outbox.add("Two\nTL-2", chat_id=GROUP, alert_id="TL-2")
        for _ in range(50):
            await bench.deliver(SETTLED)
        assert bench.outbox.state(row)[0] == "uncertain"
        assert [p.text for p in standin.shown(SUPERGROUP)] == ["Two\nTL-2"]
