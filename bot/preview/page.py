"""The channel page: one page, its script and style, a stream of messages, and a way to write.

Everything comes from this server, under a policy that allows nothing else. Only requests that
name a loopback host (or the host the server was bound to) are answered.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.preview.chats import StoredMessage
from bot.preview.standin import VISITOR, StandIn
from bot.preview.view import message_view

STATIC = Path(__file__).parent / "static"
#: Messages of a pane that a page gets when it opens.
SHOWN = 300
#: Seconds between two signs of life on a quiet stream.
KEEP_ALIVE = 15.0
LONGEST_INPUT = 1000

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_FILES = {
    "/": "page.html",
    "/page.css": "page.css",
    "/page.js": "page.js",
    "/favicon.ico": "icon.svg",
    "/icon.svg": "icon.svg",
}


class ChannelPage:
    """The page of one stand-in and the streams open to it."""

    def __init__(self, standin: StandIn) -> None:
        self._standin = standin
        self._panes = {standin.channel: "channel", VISITOR.id: "chat"}
        self._streams: set[asyncio.Queue[str | None]] = set()
        standin.listen(self._tell)
        standin.listen_menu(self._tell_menu)

    def app(self, hosts: frozenset[str]) -> ASGIApp:
        """Return the web application, answering to `hosts` only."""
        routes = [Route(path, _file(name)) for path, name in _FILES.items()]
        routes += [
            Route("/events", self._events),
            Route("/say", self._say, methods=["POST"]),
        ]
        return _Guarded(Starlette(routes=routes), hosts)

    def close(self) -> None:
        """End all streams."""
        for stream in self._streams:
            stream.put_nowait(None)

    def _tell(self, message: StoredMessage, deleted: bool) -> None:
        pane = self._panes.get(message.chat_id)
        if pane is None or not self._streams:
            return
        if deleted:
            event = _event("deleted", {"pane": pane, "id": message.message_id})
        else:
            event = _event("message", self._view(message, pane))
        self._publish(event)

    def _tell_menu(self) -> None:
        self._publish(_event("commands", {"commands": self._standin.commands}))

    def _publish(self, event: str) -> None:
        for stream in self._streams:
            stream.put_nowait(event)

    def _view(self, message: StoredMessage, pane: str) -> dict[str, Any]:
        return message_view(message, self._standin.chats[message.chat_id], pane)

    def _state(self) -> dict[str, Any]:
        messages = [
            self._view(message, pane)
            for chat_id, pane in self._panes.items()
            for message in list(self._standin.chats[chat_id].messages.values())[-SHOWN:]
        ]
        return {
            "title": self._standin.chats[self._standin.channel].title,
            "bot": self._standin.bot.first_name,
            "commands": self._standin.commands,
            "messages": messages,
        }

    async def _events(self, request: Request) -> Response:
        stream: asyncio.Queue[str | None] = asyncio.Queue()

        async def events() -> AsyncIterator[str]:
            self._streams.add(stream)
            try:
                yield _event("state", self._state())
                while (event := await _next(stream)) is not None:
                    yield event
            finally:
                self._streams.discard(stream)

        return StreamingResponse(events(), media_type="text/event-stream")

    async def _say(self, request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            # Another site's form cannot send this type, so it cannot write in the visitor's name.
            return JSONResponse({"error": "send JSON"}, status_code=415)
        try:
            text = str(json.loads(await request.body())["text"]).strip()
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": 'send {"text": ...}'}, status_code=400)
        if not 0 < len(text) <= LONGEST_INPUT:
            error = f"write between 1 and {LONGEST_INPUT} characters"
            return JSONResponse({"error": error}, status_code=400)
        message = self._standin.say(text)
        return JSONResponse({"id": message.message_id})


async def _next(stream: asyncio.Queue[str | None]) -> str | None:
    try:
        return await asyncio.wait_for(stream.get(), KEEP_ALIVE)
    except TimeoutError:
        return ": quiet\n\n"


def _event(name: str, content: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"


def _file(name: str) -> Any:
    async def serve(request: Request) -> Response:
        return FileResponse(STATIC / name)

    return serve


class _Guarded:
    """Adds the security headers and refuses foreign host names."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] == "http" and not self._is_known(Request(scope)):
            await Response("unknown host name", status_code=421)(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _is_known(self, request: Request) -> bool:
        # A page elsewhere that resolves its own name to this machine must not read the stream.
        return (request.url.hostname or "") in self._hosts
