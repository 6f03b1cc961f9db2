"""Runs the stand-in and its page on one port of this machine."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.clock import Clock
from bot.errors import BotError
from bot.preview.api import FILES, BotApi
from bot.preview.faults import Faults
from bot.preview.flood import FloodRules
from bot.preview.ledger import Ledger
from bot.preview.page import ChannelPage
from bot.preview.standin import StandIn

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8088
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: Seconds that open connections get when the server stops.
STOP_WITHIN = 2


class PreviewServer:
    """The local preview: a Bot API under /bot<token>/ and the channel page under /."""

    def __init__(
        self,
        *,
        token: str,
        channel: int,
        clock: Clock,
        title: str = "Channel",
        flood_limits: bool | FloodRules = False,
    ) -> None:
        self.standin = StandIn(
            token=token, clock=clock, channel=channel, title=title, flood_limits=flood_limits
        )
        self.url = ""
        self._page = ChannelPage(self.standin)
        self._closing = asyncio.Event()
        self._api = BotApi(self.standin, self._closing)
        self._server: uvicorn.Server | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def ledger(self) -> Ledger:
        """Return what was called and accepted."""
        return self.standin.ledger

    @property
    def faults(self) -> Faults:
        """Return the script of faults."""
        return self.standin.faults

    async def start(self, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT) -> str:
        """Listen and return the address; port 0 takes any free port.

        A stopped server may start again, with everything it knew.

        Raises:
            BotError: the port is taken or the address is not ours.
        """
        listener = _listen(host, port)
        self._closing.clear()
        self.standin.updates.open()
        bound = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app(_LOOPBACK | {host}),
            log_config=None,
            access_log=False,  # its lines would carry the token
            lifespan="off",
            http="h11",
            ws="none",
            timeout_graceful_shutdown=STOP_WITHIN,
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        while not self._server.started:
            if self._task.done():
                await self._task
                raise BotError("the local preview ended while it started")
            await asyncio.sleep(0.005)
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{bound}"
        return self.url

    async def stop(self) -> None:
        """End open streams and polls, then the server."""
        self._closing.set()
        self._api.close()
        self._page.close()
        self.standin.updates.close()
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            await self._task

    def _app(self, hosts: frozenset[str]) -> ASGIApp:
        page = self._page.app(hosts)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            is_call = str(scope["path"]).startswith(("/bot", f"{FILES}/bot"))
            await (self._api if is_call else page)(scope, receive, send)

        return app


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the program that runs this server."""
        yield


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise BotError(_why_not(host, port, error)) from error
    listener.set_inheritable(True)
    return listener


def _why_not(host: str, port: int, error: OSError | OverflowError) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is taken, perhaps by another preview. "
            "Stop that program, or choose another port with --port (make demo PORT=8090); "
            "--port 0 takes any free one."
        )
    if isinstance(error, OSError) and error.errno == errno.EACCES:
        return f"Port {port} of {host} may not be used without rights; choose one with --port."
    return f"The preview cannot listen on {host}:{port} ({error}); choose another with --port."
