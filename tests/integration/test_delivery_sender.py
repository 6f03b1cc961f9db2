"""The sender over real sockets: python-telegram-bot against the strict local Bot API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from delivery_bench import CHANNEL, OPS, OTHER, TOKEN, Bench, open_bench

from bot.delivery.governor import TELEGRAM_LIMITS
from bot.delivery.report import Fate
from bot.delivery.settle import SettlePolicy
from bot.preview import faults
from bot.types import OutboxState

SETTLED = timedelta(seconds=16)


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with open_bench() as opened:
        yield opened


async def test_a_post_an_edit_and_a_reply_arrive_exactly_once(bench: Bench) -> None:
    bench.outbox.add("<b>Shelling</b> reported\nTL-7", alert_id="TL-7")
    await bench.deliver()
    bench.outbox.add("<b>Shelling</b> denied\nTL-7", alert_id="TL-7", kind="edit")
    await bench.deliver()
    bench.outbox.add("Correction\nTL-7", alert_id="TL-7", kind="reply", silent=True)
    await bench.deliver()
    assert bench.accepted() == [
        ("sendMessage", 1, "Shelling reported\nTL-7"),
        ("editMessageText", 1, "Shelling denied\nTL-7"),
        ("sendMessage", 2, "Correction\nTL-7"),
    ]
    first, _, reply = bench.server.ledger.accepted
    assert (first.silent, reply.silent, reply.reply_to) == (False, True, 1)
    assert [c.method for c in bench.server.ledger.calls_of("sendMessage", "editMessageText")] == [
        "sendMessage",
        "editMessageText",
        "sendMessage",
    ]


async def test_link_previews_are_off_and_topics_are_used(bench: Bench) -> None:
    bench.server.standin.add_chat(-1001000000005, "Forum", topics=(77,))
    bench.outbox.add('<a href="https://example.org/a">A</a>', chat_id=-1001000000005, thread_id=77)
    await bench.deliver()
    (call,) = bench.server.ledger.calls_of("sendMessage")
    assert '"is_disabled": true' in call.params["link_preview_options"]
    message = bench.server.standin.chats[-1001000000005].messages[1]
    assert message.thread_id == 77
    assert message.content.entities[0].url == "https://example.org/a"


async def test_sending_is_stored_before_the_call_and_sent_after_it(bench: Bench) -> None:
    row = bench.outbox.add("Text")
    bench.server.standin.listen(lambda *_: bench.outbox.log.append(("accepted", row.id)))
    await bench.deliver()
    assert bench.outbox.log == [("sending", 1), ("accepted", 1), ("sent", 1)]


async def test_an_edit_that_changes_nothing_counts_as_sent(bench: Bench) -> None:
    bench.outbox.add("Same", alert_id="TL-1")
    await bench.deliver()
    row = bench.outbox.add("Same", alert_id="TL-1", kind="edit")
    report = await bench.deliver()
    assert [(d.fate, d.message_id) for d in report.rows] == [(Fate.SENT, 1)]
    assert bench.outbox.state(row) == ("sent", None)
    assert bench.accepted() == [("sendMessage", 1, "Same")]


async def test_a_living_post_that_was_deleted_is_posted_anew_once(bench: Bench) -> None:
    bench.outbox.add("First", alert_id="TL-1")
    await bench.deliver()
    chat = bench.server.standin.chats[CHANNEL]
    bench.server.standin.remove(chat.messages[1])
    bench.outbox.add("Second", alert_id="TL-1", kind="edit")
    await bench.deliver()
    bench.outbox.add("Third", alert_id="TL-1", kind="edit")
    await bench.deliver()
    assert bench.accepted()[1:] == [("sendMessage", 2, "Second"), ("editMessageText", 2, "Third")]


async def test_a_reply_survives_a_deleted_parent(bench: Bench) -> None:
    bench.outbox.add("First", alert_id="TL-1")
    await bench.deliver()
    chat = bench.server.standin.chats[CHANNEL]
    bench.server.standin.remove(chat.messages[1])
    bench.outbox.add("Correction", alert_id="TL-1", kind="correction")
    await bench.deliver()
    assert bench.accepted()[1:] == [("sendMessage", 2, "Correction")]


async def test_refused_markup_is_resent_once_as_plain_text_with_its_links(bench: Bench) -> None:
    row = bench.outbox.add('<b>Half <a href="https://example.org/x">A &amp; B</a>\nTL-1')
    await bench.deliver()
    assert bench.accepted() == [("sendMessage", 1, "Half A & B (https://example.org/x)\nTL-1")]
    assert bench.calls() == ["sendMessage", "sendMessage"]
    assert bench.outbox.state(row) == ("sent", None)


async def test_a_text_beyond_the_limit_is_cut_and_keeps_its_last_line(bench: Bench) -> None:
    bench.outbox.add("<i>" + "🕊️" * 2000 + "</i>\nTL-000001 · v1")
    await bench.deliver()
    ((_, _, text),) = bench.accepted()
    assert len(text.encode("utf-16-le")) // 2 <= 4096
    assert text.endswith("🕊️…\nTL-000001 · v1")
    assert bench.calls() == ["sendMessage", "sendMessage"]


async def test_a_rate_limit_holds_its_own_chat_and_no_other(bench: Bench) -> None:
    bench.server.faults.script("sendMessage", faults.too_many_requests(37).for_chat(CHANNEL))
    held = bench.outbox.add("Held")
    bench.outbox.add("Behind")
    bench.outbox.add("Elsewhere", chat_id=OTHER)
    await bench.deliver()
    assert bench.outbox.rows[held.id].not_before == bench.clock.now() + timedelta(seconds=37)
    await bench.deliver(timedelta(seconds=36))
    assert (bench.accepted(), len(bench.accepted(OTHER))) == ([], 1)
    await bench.deliver(timedelta(seconds=1))
    await bench.deliver()
    assert [text for _, _, text in bench.accepted()] == ["Held", "Behind"]


async def test_a_rate_limit_without_a_wait_means_a_minute(bench: Bench) -> None:
    bench.server.faults.script("sendMessage", faults.too_many_requests(None))
    row = bench.outbox.add("Text")
    await bench.deliver()
    assert bench.outbox.rows[row.id].not_before == bench.clock.now() + timedelta(minutes=1)


async def test_our_own_limits_never_meet_those_of_the_server() -> None:
    async with open_bench(limits=TELEGRAM_LIMITS, flood_limits=True) as bench:
        for number in range(3):
            bench.outbox.add(f"Text {number}")
        report = await bench.deliver()
        assert report.count(Fate.SENT) == 1
        waiting = await bench.deliver()
        assert (waiting.rows, waiting.next_in) == ((), timedelta(seconds=1))
        assert len(bench.accepted()) == 1


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Forbidden: bot was kicked from the channel chat", "bot_removed"),
        ("Forbidden: bot is not a member of the channel chat", "bot_removed"),
        ("Forbidden: bot was kicked from the supergroup chat", "bot_removed"),
    ],
)
async def test_a_chat_that_removed_the_bot_is_tried_once(
    bench: Bench, description: str, reason: str
) -> None:
    bench.server.standin.close_chat(CHANNEL, description)
    row = bench.outbox.add("One")
    waiting = bench.outbox.add("Two")
    bench.outbox.add("Elsewhere", chat_id=OTHER)
    await bench.deliver()
    await bench.deliver(timedelta(minutes=59))
    assert bench.outbox.state(row) == ("pending", reason)
    assert bench.outbox.state(waiting) == ("pending", None)
    assert bench.sender.paused_chats == {CHANNEL: reason}
    assert len(bench.accepted(OTHER)) == 1
    assert sum(c.chat_id == CHANNEL for c in bench.server.ledger.calls) == 1
    # Nothing was given up: let in again, the bot says all of it, in order.
    bench.server.standin.reopen_chat(CHANNEL)
    await bench.deliver(timedelta(minutes=2))
    await bench.deliver()
    assert [text.splitlines()[-1] for _, _, text in bench.accepted()] == ["One", "Two"]
    assert bench.sender.paused_chats == {}


async def test_an_unknown_refusal_kills_the_message_but_not_the_chat(bench: Bench) -> None:
    bench.server.faults.script("sendMessage", faults.bad_request("SOMETHING_NEW"))
    row = bench.outbox.add("One")
    bench.outbox.add("Two")
    await bench.deliver()
    await bench.deliver()
    assert bench.outbox.state(row) == ("dead", "bad_request")
    assert bench.accepted() == [("sendMessage", 1, "Two")]


async def test_a_chat_that_is_not_found_keeps_its_messages_and_is_named(bench: Bench) -> None:
    row = bench.outbox.add("One", chat_id=-1009999999999)
    await bench.deliver()
    assert bench.outbox.state(row) == ("pending", "chat_not_found")
    assert bench.sender.paused_chats == {-1009999999999: "chat_not_found"}
    bench.sender = bench.new_sender(SettlePolicy())
    await bench.deliver()
    # A start tries once more, and no more than that.
    await bench.deliver()
    assert bench.calls() == ["sendMessage"] * 2


async def test_a_migrated_group_gets_its_messages_under_the_new_id(bench: Bench) -> None:
    bench.server.standin.add_chat(-500, "Group")
    bench.server.standin.migrate_chat(-500, -1001000000500)
    bench.outbox.add("One", chat_id=-500)
    bench.outbox.add("Two", chat_id=-500)
    for _ in range(3):
        await bench.deliver()
    assert [t for _, _, t in bench.accepted(-1001000000500)] == ["One", "Two"]
    assert bench.calls() == ["sendMessage"] * 3


async def test_a_refused_token_stops_everything_until_it_is_accepted_again(bench: Bench) -> None:
    bench.server.faults.script("sendMessage", faults.unauthorized())
    bench.server.faults.script("getMe", faults.unauthorized(), faults.unauthorized())
    bench.outbox.add("One")
    assert (await bench.deliver()).halted == "token_refused"
    bench.outbox.add("Elsewhere", chat_id=OTHER)
    for _ in range(3):
        assert (await bench.deliver(timedelta(seconds=10))).halted == "token_refused"
    assert bench.accepted(OTHER) == []
    await bench.deliver(timedelta(minutes=2))
    await bench.deliver(timedelta(minutes=2))
    assert (len(bench.accepted()), len(bench.accepted(OTHER))) == (1, 1)


async def test_a_proxy_that_answers_404_does_not_stop_the_bot(bench: Bench) -> None:
    bench.server.faults.script("sendMessage", faults.answer(404, "Not Found"))
    bench.outbox.add("One")
    await bench.deliver()
    report = await bench.deliver(timedelta(seconds=61))
    assert (report.halted, len(bench.accepted())) == (None, 1)


async def test_a_halted_sender_stays_halted(bench: Bench) -> None:
    bench.sender.halt("another_instance")
    bench.outbox.add("One")
    assert (await bench.deliver(timedelta(days=1))).halted == "another_instance"
    assert bench.calls() == []


async def test_a_server_that_is_down_is_tried_again_in_order(bench: Bench) -> None:
    await bench.server.stop()
    first = bench.outbox.add("One")
    bench.outbox.add("Two")
    report = await bench.deliver()
    assert [(d.fate, d.reason) for d in report.rows] == [(Fate.RETRY, "connect_failed")]
    # The second message must not overtake the first one.
    assert (await bench.deliver()).rows == ()
    assert bench.outbox.rows[first.id].not_before > bench.clock.now()


AMBIGUOUS = {
    "hang": faults.HANG,
    "close": faults.CLOSE,
    "reset": faults.RESET,
    "half_body": faults.HALF_BODY,
    "ok_html": faults.html_page(200),
    "bad_gateway_html": faults.html_page(502),
    "gateway_timeout_json": faults.answer(504, "Gateway Timeout"),
    "internal_error_json": faults.answer(500, "Internal Server Error"),
    "bare_json_string": faults.json_string(502),
}


@pytest.mark.parametrize("accepted", [True, False], ids=["accepted", "not_accepted"])
@pytest.mark.parametrize("name", AMBIGUOUS)
async def test_an_ambiguous_answer_is_settled_by_reading_back(name: str, accepted: bool) -> None:
    policy = SettlePolicy(ops_chat=OPS)
    async with open_bench(policy=policy, read_timeout=0.3) as bench:
        bench.outbox.add("Before\nTL-0", alert_id="TL-0")
        await bench.deliver()
        fault = AMBIGUOUS[name].after() if accepted else AMBIGUOUS[name]
        bench.server.faults.script("sendMessage", fault)
        row = bench.outbox.add("<b>Alert</b>\nTL-1", alert_id="TL-1")
        behind = bench.outbox.add("Behind\nTL-2", alert_id="TL-2")
        report = await bench.deliver()
        assert [(d.row_id, d.fate) for d in report.rows] == [(row.id, Fate.UNCERTAIN)]
        assert (await bench.deliver()).rows == ()
        for _ in range(3):
            await bench.deliver(SETTLED)
        assert [t for _, _, t in bench.accepted()] == [
            "Before\nTL-0",
            "Alert\nTL-1",
            "Behind\nTL-2",
        ]
        sends = [
            c for c in bench.server.ledger.calls_of("sendMessage") if "TL-1" in c.params["text"]
        ]
        assert len(sends) == (1 if accepted else 2)
        assert bench.outbox.rows[row.id].message_id == 2
        assert bench.outbox.rows[behind.id].message_id == 3
        assert bench.server.faults.left == 0


@pytest.mark.parametrize("name", AMBIGUOUS)
async def test_an_ambiguous_edit_is_simply_repeated(name: str) -> None:
    async with open_bench(read_timeout=0.3) as bench:
        bench.outbox.add("One", alert_id="TL-1")
        await bench.deliver()
        bench.server.faults.script("editMessageText", AMBIGUOUS[name].after())
        row = bench.outbox.add("Two", alert_id="TL-1", kind="edit")
        await bench.deliver()
        await bench.deliver(timedelta(seconds=5))
        assert bench.outbox.state(row) == ("sent", None)
        assert bench.accepted() == [("sendMessage", 1, "One"), ("editMessageText", 1, "Two")]


async def test_without_an_operators_chat_the_repeat_is_silent(bench: Bench) -> None:
    bench.server.faults.script("sendMessage", faults.CLOSE.after())
    row = bench.outbox.add("Alert\nTL-1")
    await bench.deliver()
    await bench.deliver()
    assert bench.outbox.rows[row.id].state is OutboxState.UNCERTAIN
    await bench.deliver(SETTLED)
    await bench.deliver()
    sent = bench.server.ledger.accepted
    assert [(a.text, a.silent) for a in sent] == [("Alert\nTL-1", False), ("Alert\nTL-1", True)]


async def test_repeats_on_suspicion_end_and_a_human_decides(bench: Bench) -> None:
    bench.server.faults.script("sendMessage", *[faults.CLOSE] * 10)
    row = bench.outbox.add("Alert")
    for _ in range(20):
        await bench.deliver(SETTLED)
    assert bench.calls() == ["sendMessage"] * 4
    assert bench.outbox.state(row) == ("uncertain", "repeat 3: connection_broken")


async def test_nothing_is_repeated_while_the_api_is_away(bench: Bench) -> None:
    bench.server.faults.script("sendMessage", faults.html_page(502))
    bench.server.faults.script("getMe", *[faults.html_page(502)] * 3)
    bench.outbox.add("Alert")
    for _ in range(3):
        await bench.deliver(SETTLED)
        assert bench.calls() == ["sendMessage"]
    for _ in range(4):
        await bench.deliver(SETTLED)
    assert bench.accepted() == [("sendMessage", 1, "Alert")]


async def test_the_policy_hold_leaves_it_to_a_human_and_the_chat_goes_on() -> None:
    async with open_bench(policy=SettlePolicy(on_uncertain="hold")) as bench:
        bench.server.faults.script("sendMessage", faults.CLOSE)
        row = bench.outbox.add("Alert")
        bench.outbox.add("Next")
        await bench.deliver()
        for _ in range(4):
            await bench.deliver(SETTLED)
        assert bench.outbox.state(row) == ("uncertain", "connection_broken")
        assert bench.accepted() == [("sendMessage", 1, "Next")]


@pytest.mark.parametrize("accepted", [True, False], ids=["accepted", "not_accepted"])
async def test_a_row_left_in_sending_by_a_crash_is_read_back_after_the_restart(
    accepted: bool,
) -> None:
    policy = SettlePolicy(ops_chat=OPS)
    async with open_bench(policy=policy) as bench:
        bench.outbox.add("Before\nTL-0", alert_id="TL-0")
        await bench.deliver()
        row = bench.outbox.add("Alert\nTL-1", alert_id="TL-1")
        await bench.outbox.mark_sending(row.id, 1, bench.clock.now())
        if accepted:
            await bench.application.bot.send_message(CHANNEL, "Alert\nTL-1")
        bench.sender = bench.new_sender(policy)
        await bench.deliver()
        for _ in range(2):
            await bench.deliver(SETTLED)
        assert [t for _, _, t in bench.accepted()] == ["Before\nTL-0", "Alert\nTL-1"]
        assert bench.outbox.rows[row.id].message_id == 2


async def test_an_edit_left_in_sending_by_a_crash_is_repeated(bench: Bench) -> None:
    bench.outbox.add("One", alert_id="TL-1")
    await bench.deliver()
    row = bench.outbox.add("Two", alert_id="TL-1", kind="edit")
    await bench.outbox.mark_sending(row.id, 1, bench.clock.now())
    bench.sender = bench.new_sender(SettlePolicy())
    await bench.deliver()
    await bench.deliver(SETTLED)
    await bench.deliver()
    assert bench.outbox.state(row) == ("sent", None)


async def test_one_hanging_chat_keeps_no_other_waiting() -> None:
    async with open_bench(read_timeout=20) as bench:
        bench.server.faults.script("sendMessage", faults.HANG.for_chat(CHANNEL))
        elsewhere = asyncio.Event()
        bench.server.standin.listen(lambda m, _: m.chat_id == OTHER and elsewhere.set())
        bench.outbox.add("Hangs")
        stop = asyncio.Event()
        running = asyncio.create_task(bench.sender.run(stop))
        bench.outbox.add("Goes through", chat_id=OTHER)
        bench.sender.wake()
        await asyncio.wait_for(elsewhere.wait(), 10)
        assert bench.outbox.rows[1].state is OutboxState.SENDING
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        # What was under way stays in `sending`, so that the next start settles it.
        assert bench.outbox.rows[1].state is OutboxState.SENDING


async def test_a_stop_lets_the_call_under_way_end(bench: Bench) -> None:
    stop = asyncio.Event()
    bench.server.standin.listen(lambda *_: stop.set())
    row = bench.outbox.add("One")
    await bench.sender.run(stop)
    assert bench.outbox.state(row) == ("sent", None)


async def test_drain_delivers_everything_that_is_due(bench: Bench) -> None:
    for number in range(5):
        bench.outbox.add(f"Text {number}", chat_id=CHANNEL if number % 2 else OTHER)
    report = await bench.sender.drain()
    assert report.count(Fate.SENT) == 5
    assert [t for _, _, t in bench.accepted(OTHER)] == ["Text 0", "Text 2", "Text 4"]


async def test_the_token_reaches_no_call_text(bench: Bench) -> None:
    bench.outbox.add("One")
    await bench.deliver()
    assert TOKEN not in str([c.params for c in bench.server.ledger.calls])
