"""The HTTP side of the stand-in: `/bot<token>/<method>` as an ASGI application, with its faults.

Some faults end the connection itself, so this works below a web framework's responses.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from bot.preview.faults import Fault, Way
from bot.preview.ledger import Call
from bot.preview.params import Params, RefusedError
from bot.preview.standin import Answer, StandIn, refusal

#: A body larger than this is refused.
LARGEST_BODY = 1_000_000


class BotApi:
    """Serves the calls of the bot."""

    def __init__(self, standin: StandIn, closing: asyncio.Event) -> None:
        self._standin = standin
        self._closing = closing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request whose path begins with /bot."""
        token, _, method = str(scope["path"]).removeprefix("/bot").partition("/")
        if not hmac.compare_digest(token.encode(), self._standin.token.encode()):
            known_form = token.partition(":")[0].isdigit() and ":" in token
            code, text = (401, "Unauthorized") if known_form else (404, "Not Found")
            await _send_answer(send, refusal(RefusedError(code, text)))
            return
        try:
            params = Params(await _read_params(Request(scope, receive)))
        except ClientDisconnect:
            return
        except RefusedError as refused:
            await _send_answer(send, refusal(refused))
            return
        fault = self._standin.faults.take(method, params.chat_id)
        if fault is None:
            await self._perform(method, params, receive, send)
        else:
            await self._fail(fault, method, params, receive, send)

    async def _perform(self, method: str, params: Params, receive: Receive, send: Send) -> None:
        working = asyncio.create_task(self._standin.call(method, params))
        leaving = asyncio.create_task(_gone(receive))
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done() and method.lower() == "getupdates":
            # A poller that went away must not take the updates with it.
            working.cancel()
            return
        answer = await working
        leaving.cancel()
        self._note(method, params, answer.status == 200, answer.status)
        await _send_answer(send, answer)

    async def _fail(
        self, fault: Fault, method: str, params: Params, receive: Receive, send: Send
    ) -> None:
        accepted = fault.accepts and not fault.late and await self._takes_effect(method, params)
        whole = fault.way is Way.ANSWER
        if not fault.late:
            self._note(method, params, accepted, fault.status if whole else None)
        if whole:
            kind = fault.content_type
            await _send_answer(send, Answer(status=fault.status, body=fault.body), kind)
            return
        await _break_off(fault.way, send)
        await self._gone_or_closing(receive)
        if fault.late:
            self._note(method, params, await self._takes_effect(method, params), None)

    async def _takes_effect(self, method: str, params: Params) -> bool:
        return (await self._standin.call(method, params)).status == 200

    async def _gone_or_closing(self, receive: Receive) -> None:
        waits = {
            asyncio.create_task(_gone(receive)),
            asyncio.create_task(self._closing.wait()),
        }
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    def _note(self, method: str, params: Params, accepted: bool, status: int | None) -> None:
        self._standin.ledger.calls.append(
            Call(
                method=method,
                chat_id=params.chat_id,
                params=params.values,
                accepted=accepted,
                status=status,
            )
        )


async def _read_params(request: Request) -> Mapping[str, Any]:
    """Return the parameters of the query and of a form, multipart or JSON body."""
    values: dict[str, Any] = dict(request.query_params)
    if int(request.headers.get("content-length") or 0) > LARGEST_BODY:
        raise RefusedError(413, "Request Entity Too Large")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        values |= _json_object(await request.body())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form() as form:
            for name, value in form.items():
                values[name] = (
                    (await value.read()).decode("utf-8", "replace")
                    if isinstance(value, UploadFile)
                    else value
                )
    return values


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise RefusedError(400, "Bad Request: can't parse request parameters JSON object")
    return value


async def _send_answer(send: Send, answer: Answer, kind: str = "application/json") -> None:
    await send(_start(answer.status, kind, len(answer.body)))
    await send({"type": "http.response.body", "body": answer.body})


def _start(status: int, kind: str, length: int) -> dict[str, Any]:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(length).encode())]
    return {"type": "http.response.start", "status": status, "headers": headers}


async def _gone(receive: Receive) -> None:
    """Wait until the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _break_off(way: Way, send: Send) -> None:
    """Leave the client with no answer or half of one."""
    if way is Way.HANG:
        return
    transport = _transport_of(send)
    if way is Way.HALF_BODY:
        body = b'{"ok":true,"result":{"message_id":'
        await send(_start(200, "application/json", 2 * len(body)))
        await send({"type": "http.response.body", "body": body, "more_body": True})
        transport.close()
        return
    if way is Way.RESET:
        # No lingering: the kernel answers with a reset instead of an orderly end.
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()


def _transport_of(send: Send) -> asyncio.Transport:
    """Return the connection behind uvicorn's `send`; ASGI itself offers no way to break one."""
    transport: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]
    return transport
