"""How an answer leaves: whole, piece by piece, half, or not at all.

Some of these end the connection itself, so this works below a web framework's responses.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any

from starlette.types import Receive, Send

from bot.preview.answers import Answer
from bot.preview.faults import Way

_BEGUN = b'{"ok":true,"result":{"message_id":'


async def send_answer(send: Send, answer: Answer, kind: str = "application/json") -> None:
    """Send a whole answer."""
    await send(_start(answer.status, kind, len(answer.body)))
    await send({"type": "http.response.body", "body": answer.body})


async def send_slowly(send: Send, answer: Answer, seconds: float, pieces: int) -> None:
    """Send a whole answer in pieces, evenly over some seconds."""
    await send(_start(answer.status, "application/json", len(answer.body)))
    size = max(1, -(-len(answer.body) // max(pieces, 1)))
    cuts = [answer.body[at : at + size] for at in range(0, len(answer.body), size)]
    for piece in cuts:
        await asyncio.sleep(seconds / len(cuts))
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def break_off(way: Way, send: Send, answer: Answer | None = None) -> None:
    """Leave the client with no answer, or with half of `answer`."""
    if way is Way.HANG:
        return
    transport = _transport_of(send)
    if way is Way.HALF_BODY:
        body = answer.body if answer is not None else 2 * _BEGUN
        status = answer.status if answer is not None else 200
        await send(_start(status, "application/json", len(body)))
        half = body[: len(body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        transport.close()
        return
    if way in (Way.RESET, Way.HALF_REQUEST):
        # No lingering: the kernel answers with a reset instead of an orderly end.
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()


async def gone(receive: Receive) -> None:
    """Wait until the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _start(status: int, kind: str, length: int) -> dict[str, Any]:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(length).encode())]
    return {"type": "http.response.start", "status": status, "headers": headers}


def _transport_of(send: Send) -> asyncio.Transport:
    """Return the connection behind uvicorn's `send`; ASGI itself offers no way to break one."""
    transport: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]
    return transport
