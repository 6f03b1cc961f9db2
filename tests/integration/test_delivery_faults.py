"""Every fault on the wire against every call of ours: what it is read as (errors.py), cell by cell.

Thirteen faults x sendMessage, editMessageText, deleteMessage, forwardMessage over real sockets;
what the sender then does about a fault of a send stands in test_delivery_sender.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from delivery_bench import CHANNEL, OPS, TOKEN, Bench, open_bench
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.delivery.attempt import tried
from bot.delivery.errors import Kind, Outcome
from bot.preview import faults

CALLS: dict[str, Callable[[Bot], Awaitable[object]]] = {
    "sendMessage": lambda bot: bot.send_message(CHANNEL, "Text"),
    "editMessageText": lambda bot: bot.edit_message_text("Other", CHANNEL, 1),
    "deleteMessage": lambda bot: bot.delete_message(CHANNEL, 1),
    "forwardMessage": lambda bot: bot.forward_message(OPS, CHANNEL, 1),
}

#: fault -> what it is read as
WIRE: dict[str, tuple[faults.Fault, Kind, str]] = {
    "hang": (faults.HANG, Kind.UNKNOWN, "no_answer"),
    "reset": (faults.RESET, Kind.UNKNOWN, "connection_broken"),
    "close": (faults.CLOSE, Kind.UNKNOWN, "connection_broken"),
    "half body": (faults.HALF_BODY, Kind.UNKNOWN, "connection_broken"),
    "half request": (faults.HALF_REQUEST, Kind.UNKNOWN, "connection_broken"),
    "200 with HTML": (faults.html_page(200), Kind.UNKNOWN, "unexpected_telegramerror"),
    "200 with garbage": (faults.garbage(), Kind.UNKNOWN, "unexpected_telegramerror"),
    "502 with HTML": (faults.html_page(502), Kind.UNKNOWN, "server_error"),
    "504 with JSON": (faults.answer(504, "Gateway Timeout"), Kind.UNKNOWN, "gateway_timeout"),
    "500 with JSON": (faults.answer(500, "Internal Server Error"), Kind.UNKNOWN, "server_error"),
    "5xx, a bare string": (faults.json_string(502), Kind.UNKNOWN, "unexpected_attributeerror"),
    "429": (faults.too_many_requests(17), Kind.WAIT, "rate_limited"),
    "429, unnamed": (faults.too_many_requests(None), Kind.WAIT, "rate_limited"),
    "400 migrated": (faults.migrated(-1001), Kind.MIGRATE, "chat_migrated"),
    "400 chat": (faults.bad_request("chat not found"), Kind.PERMANENT, "chat_not_found"),
    "400 topic": (faults.bad_request("TOPIC_CLOSED"), Kind.PERMANENT, "topic_closed"),
    "400 entities": (
        faults.bad_request("can't parse entities: Unsupported start tag"),
        Kind.PLAIN_TEXT,
        "markup_refused",
    ),
    "400 long": (faults.bad_request("message is too long"), Kind.TOO_LONG, "too_long"),
    "400 same": (
        faults.bad_request("message is not modified: specified new message content and reply"),
        Kind.NOT_MODIFIED,
        "not_modified",
    ),
    "400 gone": (
        faults.bad_request("message to edit not found"),
        Kind.TARGET_GONE,
        "edit_target_gone",
    ),
    "400 locked": (
        faults.bad_request("message can't be edited"),
        Kind.TARGET_LOCKED,
        "edit_target_locked",
    ),
    "400 new to us": (faults.bad_request("WHO_KNOWS"), Kind.PERMANENT, "bad_request"),
    "403 kicked": (faults.forbidden(), Kind.PERMANENT, "bot_removed"),
    "403 new to us": (faults.forbidden("Forbidden: who knows"), Kind.PERMANENT, "forbidden"),
    "401": (faults.unauthorized(), Kind.FATAL, "token_refused"),
    "404": (faults.answer(404, "Not Found"), Kind.FATAL, "not_found"),
    "409": (faults.conflict(), Kind.FATAL, "another_instance"),
}


async def test_every_fault_of_every_call_is_read_as_what_it_is() -> None:
    wrong: list[str] = []
    async with open_bench(read_timeout=0.25) as bench:
        for name, (fault, kind, reason) in WIRE.items():
            for method, call in CALLS.items():
                bench.server.faults.script(method, fault)
                found = await tried(call(bench.application.bot))
                if not isinstance(found, Outcome) or (found.kind, found.reason) != (kind, reason):
                    wrong.append(f"{name} x {method}: {found}")
                assert bench.server.faults.left == 0
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", CALLS)
async def test_a_server_that_is_not_there_got_nothing(method: str) -> None:
    async with open_bench() as bench:
        await bench.server.stop()
        found = await tried(CALLS[method](bench.application.bot))
    assert isinstance(found, Outcome)
    assert (found.kind, found.reason) == (Kind.RETRY, "connect_failed")


@pytest.mark.parametrize("method", CALLS)
async def test_a_call_that_finds_no_free_connection_never_left(method: str) -> None:
    async with open_bench() as bench:
        # One connection, and somebody waits on it for an answer.
        request = HTTPXRequest(
            connection_pool_size=1,
            pool_timeout=0.1,
            read_timeout=5,
            httpx_kwargs={"trust_env": False},
        )
        async with Bot(TOKEN, base_url=f"{bench.server.url}/bot", request=request) as bot:
            bench.server.faults.script("getChat", faults.HANG)
            hanging = asyncio.create_task(tried(bot.get_chat(CHANNEL)))
            while "getChat" not in bench.calls():  # noqa: ASYNC110 - the ledger is a list
                await asyncio.sleep(0.01)
            found = await tried(CALLS[method](bot))
            hanging.cancel()
    assert isinstance(found, Outcome)
    assert (found.kind, found.reason) == (Kind.RETRY, "pool_timeout")


@pytest.mark.parametrize("method", CALLS)
async def test_a_host_that_takes_no_connection_got_nothing(method: str) -> None:
    # An address of documentation: nobody answers there, so the connection never comes about.
    request = HTTPXRequest(connect_timeout=0.2, httpx_kwargs={"trust_env": False})
    bot = Bot(TOKEN, base_url="http://192.0.2.1:9/bot", request=request)
    found = await tried(CALLS[method](bot))
    await request.shutdown()
    assert isinstance(found, Outcome)
    assert found.kind is Kind.RETRY
    assert found.reason in {"connect_timeout", "connect_failed"}


async def test_a_wait_is_read_whole(bench: Bench) -> None:
    for seconds in (1, 37, 1386):
        bench.server.faults.script("sendMessage", faults.too_many_requests(seconds))
        found = await tried(bench.application.bot.send_message(CHANNEL, "Text"))
        assert isinstance(found, Outcome)
        assert found.retry_after == timedelta(seconds=seconds)


@pytest.fixture
async def bench():  # type: ignore[no-untyped-def]
    async with open_bench() as opened:
        yield opened
