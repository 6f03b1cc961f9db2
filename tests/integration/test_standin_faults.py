"""Faults on the wire, as a real python-telegram-bot meets them: one end and one effect each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from standin_bench import CHANNEL, GROUP, Bench, open_bench, open_ptb
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.preview import faults
from bot.preview.faults import Fault
from bot.preview.flood import FloodRules
from bot.preview.shown import Post


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with open_bench() as opened:
        yield opened


@pytest.fixture
async def bot(bench: Bench) -> AsyncIterator[Bot]:
    async with open_ptb(bench, read_timeout=0.4) as connected:
        yield connected


Broken = tuple[Fault, type[Exception], type[BaseException] | None]

#: The table of notes/telegram.md: fault -> what the library raises <- its cause.
BROKEN: dict[str, Broken] = {
    "hang": (faults.HANG, TimedOut, httpx.ReadTimeout),
    "close": (faults.CLOSE, NetworkError, httpx.RemoteProtocolError),
    "reset": (faults.RESET, NetworkError, httpx.ReadError),
    "half_body": (faults.HALF_BODY, NetworkError, httpx.RemoteProtocolError),
    "ok_html": (faults.html_page(200), TelegramError, ValueError),
    "ok_garbage": (faults.garbage(), TelegramError, ValueError),
    "bad_gateway_html": (faults.html_page(502), NetworkError, TelegramError),
    "bad_gateway_garbage": (faults.garbage(502), NetworkError, TelegramError),
    "gateway_timeout": (faults.answer(504, "Gateway Timeout"), NetworkError, None),
    "internal_error": (faults.answer(500, "Internal Server Error"), NetworkError, None),
    # a mistake of the library: the body is taken for an object
    "json_string": (faults.json_string(502), AttributeError, None),
}


@pytest.mark.parametrize("effect", ["never", "at_once", "when_gone", "later"])
@pytest.mark.parametrize("name", BROKEN)
async def test_an_ambiguous_answer_with_and_without_an_effect(
    bench: Bench, bot: Bot, name: str, effect: str
) -> None:
    fault, raised, cause = BROKEN[name]
    shapes = {
        "never": fault,
        "at_once": fault.after(),
        "when_gone": fault.late(),
        "later": fault.late(0.6),
    }
    bench.server.faults.script("sendMessage", shapes[effect])
    with pytest.raises(raised) as error:
        await bot.send_message(CHANNEL, "Once")
    if cause is None:
        assert error.value.__cause__ is None
    else:
        assert isinstance(error.value.__cause__, cause)
    if effect == "at_once":
        assert len(bench.standin.shown(CHANNEL)) == 1
    if effect == "later":
        # The client has seen its error, and nothing is there yet.
        assert bench.standin.shown(CHANNEL) == ()
    if effect == "when_gone":
        # Its connection may be kept for the next call, so it ends with the client.
        await bot.shutdown()
    await _accepted(bench, effect != "never")
    (call,) = bench.server.ledger.calls_of("sendMessage")
    assert call.accepted == (effect != "never")
    expected = [Post(text="Once")] if effect != "never" else []
    assert bench.standin.differences(CHANNEL, expected) == ()
    assert bench.server.faults.left == 0


async def _accepted(bench: Bench, wanted: bool) -> None:
    """Give a late acceptance the time to come, and an unwanted one the time to show."""
    for _ in range(100 if wanted else 5):
        if wanted and bench.standin.shown(CHANNEL):
            return
        await asyncio.sleep(0.02)


REFUSED: dict[str, tuple[Fault, type[Exception], str]] = {
    "too_many": (faults.too_many_requests(17), RetryAfter, "Flood control exceeded"),
    "too_many_unnamed": (faults.too_many_requests(None), NetworkError, "Too Many Requests"),
    "kicked": (faults.forbidden(), Forbidden, "bot was kicked from the channel chat"),
    "bad": (faults.bad_request("message is too long"), BadRequest, "Message is too long"),
    "moved": (faults.migrated(-1009), ChatMigrated, "-1009"),
    "token": (faults.unauthorized(), InvalidToken, "Unauthorized"),
    "conflict": (faults.conflict(), Conflict, "terminated by other getUpdates request"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_scripted_refusal(bench: Bench, bot: Bot, name: str) -> None:
    fault, raised, text = REFUSED[name]
    bench.server.faults.script("editMessageText", fault)
    await bot.send_message(CHANNEL, "One")
    with pytest.raises(raised) as error:
        await bot.edit_message_text("Two", CHANNEL, 1)
    assert text.lower() in str(error.value).lower()
    assert bench.standin.differences(CHANNEL, [Post(text="One")]) == ()


async def test_a_call_is_accepted_when_the_test_says_so(bench: Bench, bot: Bot) -> None:
    sign = asyncio.Event()
    bench.server.faults.script("sendMessage", faults.html_page(502).late(at=sign))
    with pytest.raises(NetworkError):
        await bot.send_message(CHANNEL, "Late")
    # Meanwhile the client sends again; the late one comes second.
    await bot.send_message(CHANNEL, "Again")
    assert [p.text for p in bench.standin.shown(CHANNEL)] == ["Again"]
    sign.set()
    await asyncio.sleep(0.05)
    assert [p.text for p in bench.standin.shown(CHANNEL)] == ["Again", "Late"]
    assert [c.accepted for c in bench.server.ledger.calls_of("sendMessage")] == [True, True]


async def test_an_answer_that_waits_is_given_up_or_taken(bench: Bench, bot: Bot) -> None:
    bench.server.faults.script("sendMessage", faults.delayed(0.1), faults.delayed(5))
    assert (await bot.send_message(CHANNEL, "Taken")).message_id == 1
    with pytest.raises(TimedOut):
        await bot.send_message(CHANNEL, "Given up")
    # Both took effect at once.
    assert [p.text for p in bench.standin.shown(CHANNEL)] == ["Taken", "Given up"]


async def test_slow_bytes_outlast_the_read_timeout(bench: Bench, bot: Bot) -> None:
    # Each piece comes in time, so a timeout per read does not end the call.
    bench.server.faults.script("sendMessage", faults.slow(1.0, pieces=8))
    began = time.monotonic()
    assert (await bot.send_message(CHANNEL, "Slow")).text == "Slow"
    assert time.monotonic() - began > 0.9
    bench.server.faults.script("sendMessage", faults.slow(2.0, pieces=2))
    with pytest.raises(TimedOut):
        await bot.send_message(CHANNEL, "Too slow")
    assert [p.text for p in bench.standin.shown(CHANNEL)] == ["Slow", "Too slow"]


async def test_a_slow_answer_may_also_be_a_refusal(bench: Bench, bot: Bot) -> None:
    bench.server.faults.script("sendMessage", faults.slow(0.2))
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(-77, "x")


async def test_a_request_can_break_before_it_is_read(bench: Bench, bot: Bot) -> None:
    bench.server.faults.script("sendMessage", faults.HALF_REQUEST)
    with pytest.raises(NetworkError) as error:
        await bot.send_message(CHANNEL, "x")
    assert isinstance(error.value.__cause__, (httpx.ReadError, httpx.WriteError))
    (call,) = bench.server.ledger.calls_of("sendMessage")
    assert (call.accepted, call.params) == (False, {})


async def test_the_third_call_of_a_chat_fails_and_no_other(bench: Bench, bot: Bot) -> None:
    rule = faults.answer(500, "Internal Server Error").for_chat(CHANNEL)
    bench.server.faults.strike(rule, method="sendMessage", nth=3)
    for number in range(1, 5):
        await bot.send_message(GROUP, f"{number}")
        if number == 3:
            with pytest.raises(NetworkError):
                await bot.send_message(CHANNEL, f"{number}")
        else:
            await bot.send_message(CHANNEL, f"{number}")
    assert [p.text for p in bench.standin.shown(CHANNEL)] == ["1", "2", "4"]
    assert len(bench.standin.shown(GROUP)) == 4


async def test_every_method_can_be_struck(bench: Bench, bot: Bot) -> None:
    await bot.send_message(CHANNEL, "One")
    bench.server.faults.strike(faults.html_page(503), times=3)
    for call in (
        bot.edit_message_text("Two", CHANNEL, 1),
        bot.forward_message(GROUP, CHANNEL, 1),
        bot.delete_message(CHANNEL, 1),
    ):
        with pytest.raises(NetworkError):
            await call
    assert await bot.delete_message(CHANNEL, 1)


async def test_a_stop_ends_hanging_calls_and_late_acceptance() -> None:
    async with open_bench() as bench, open_ptb(bench, read_timeout=30) as bot:
        bench.server.faults.script("sendMessage", faults.HANG.late(30))
        hanging = asyncio.create_task(bot.send_message(CHANNEL, "x"))
        while not bench.server.ledger.calls_of("sendMessage"):  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.01)
        began = time.monotonic()
        await bench.server.stop()
        assert time.monotonic() - began < 5
        with pytest.raises(NetworkError):
            await hanging
        assert bench.standin.shown(CHANNEL) == ()


async def test_an_outage_refuses_connections_and_forgets_nothing() -> None:
    async with open_bench() as bench, open_ptb(bench) as bot:
        await bot.send_message(CHANNEL, "Before")
        port = int(bench.server.url.rpartition(":")[2])
        await bench.server.stop()
        with pytest.raises(NetworkError) as error:
            await bot.send_message(CHANNEL, "During")
        assert isinstance(error.value.__cause__, httpx.ConnectError)
        await bench.server.start(port=port)
        poll = asyncio.create_task(bot.get_updates(timeout=5))
        await bot.send_message(CHANNEL, "After")
        bench.standin.say("/status")
        assert [u.message.text for u in await poll if u.message] == ["/status"]
        expected = [Post(text="Before"), Post(text="After")]
        assert bench.standin.differences(CHANNEL, expected) == ()


async def test_the_ledger_tells_when_by_the_clock_of_the_stand_in(bench: Bench) -> None:
    began = bench.clock.now().timestamp()
    bench.server.faults.script("sendMessage", None, faults.answer(500, "x"))
    await bench.text("One")
    bench.later(seconds=2.5)
    await bench.refused("sendMessage", chat_id=CHANNEL, text="Two")
    await bench.call("editMessageText", chat_id=CHANNEL, message_id=1, text="Three")
    assert [(c.method, c.at - began, c.accepted) for c in bench.server.ledger.calls] == [
        ("sendMessage", 0.0, True),
        ("sendMessage", 2.5, False),
        ("editMessageText", 2.5, True),
    ]
    assert [(a.text, a.at - began) for a in bench.server.ledger.accepted] == [
        ("One", 0.0),
        ("Three", 2.5),
    ]
    message = bench.standin.chats[CHANNEL].messages[1]
    assert (message.date, message.edit_date) == (int(began), int(began + 2.5))


async def test_flood_limits_speak_of_the_wait_and_hold_one_chat_only() -> None:
    async with open_bench(flood_limits=True) as bench, open_ptb(bench) as bot:
        for number in range(3):
            await bot.send_message(CHANNEL, f"{number}")
        for _ in range(2):
            answer = await bench.client.post(
                bench.url("sendMessage"), json={"chat_id": CHANNEL, "text": "3"}
            )
            assert (answer.status_code, answer.json()) == (
                429,
                {
                    "ok": False,
                    "error_code": 429,
                    "description": "Too Many Requests: retry after 1",
                    "parameters": {"retry_after": 1},
                },
            )
        await bot.send_message(GROUP, "Elsewhere")
        bench.later(seconds=1)
        await bot.send_message(CHANNEL, "3")
        assert [p.text for p in bench.standin.shown(CHANNEL)] == ["0", "1", "2", "3"]


async def test_a_refused_message_costs_no_quota_and_edits_have_their_own() -> None:
    async with open_bench(flood_limits=FloodRules(burst=1)) as bench:
        for _ in range(3):
            await bench.refused("sendMessage", chat_id=CHANNEL, text=" ")
        await bench.text("One")
        assert await bench.refused("sendMessage", chat_id=CHANNEL, text="x") == (
            "Too Many Requests: retry after 1"
        )
        bench.later(seconds=1)
        for number in range(20):
            await bench.call(
                "editMessageText", chat_id=CHANNEL, message_id=1, text=f"Edit {number}"
            )
        assert (
            await bench.refused("editMessageText", chat_id=CHANNEL, message_id=1, text="Edit 20")
            == "Too Many Requests: retry after 60"
        )
