"""The HTTP side of the stand-in: `/bot<token>/<method>` as an ASGI application, with its faults."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from bot.preview.answers import Answer, refusal
from bot.preview.bodies import read_params
from bot.preview.faults import Effect, Fault, Way
from bot.preview.ledger import Call
from bot.preview.params import Params, RefusedError
from bot.preview.standin import StandIn
from bot.preview.wire import break_off, gone, send_answer, send_slowly

FILES = "/file"


class BotApi:
    """Serves the calls of the bot."""

    def __init__(self, standin: StandIn, closing: asyncio.Event) -> None:
        self._standin = standin
        self._closing = closing
        self._pending: set[asyncio.Task[Answer]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request whose path begins with /bot or /file/bot."""
        path = str(scope["path"])
        token, _, rest = path.removeprefix(FILES).removeprefix("/bot").partition("/")
        if (refused := self._refused(token)) is not None:
            await send_answer(send, refusal(refused))
        elif path.startswith(FILES):
            await self._send_file(rest, send)
        elif self._standin.faults.take_unread(rest):
            self._note(rest, Params({}))
            await break_off(Way.HALF_REQUEST, send)
        else:
            await self._answer(rest, scope, receive, send)

    def close(self) -> None:
        """Drop the calls that would take effect later."""
        for task in self._pending:
            task.cancel()

    def _refused(self, token: str) -> RefusedError | None:
        known = hmac.compare_digest(token.encode(), self._standin.token.encode())
        if known and not self._standin.token_revoked:
            return None
        known_form = token.partition(":")[0].isdigit() and ":" in token
        return RefusedError(401, "Unauthorized") if known_form else RefusedError(404, "Not Found")

    async def _send_file(self, path: str, send: Send) -> None:
        photo = self._standin.files.get(path.removeprefix("photos/"))
        if photo is None:
            await send_answer(send, refusal(RefusedError(404, "Not Found")))
        else:
            whole = Answer(status=200, body=photo.data)
            await send_answer(send, whole, "application/octet-stream")

    async def _answer(self, method: str, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            params = await read_params(Request(scope, receive))
        except ClientDisconnect:
            return
        except RefusedError as refused:
            await send_answer(send, refusal(refused))
            return
        call = self._note(method, params)
        fault = self._standin.faults.take(method, params.chat_id)
        if fault is None:
            await self._perform(call, params, receive, send)
        else:
            await self._fail(fault, call, params, receive, send)

    def _note(self, method: str, params: Params) -> Call:
        call = Call(
            method=method,
            chat_id=params.chat_id,
            params=params.values,
            at=self._standin.seconds(),
        )
        self._standin.ledger.calls.append(call)
        return call

    async def _perform(self, call: Call, params: Params, receive: Receive, send: Send) -> None:
        working = asyncio.create_task(self._take_effect(call, params))
        leaving = asyncio.create_task(gone(receive))
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done() and call.method.lower() == "getupdates":
            # A poller that went away must not take the updates with it.
            working.cancel()
            return
        answer = await working
        leaving.cancel()
        call.status, call.refusal = answer.status, answer.refusal
        await send_answer(send, answer)

    async def _fail(
        self, fault: Fault, call: Call, params: Params, receive: Receive, send: Send
    ) -> None:
        real: Answer | None = None
        if fault.effect is Effect.AT_ONCE:
            real = await self._take_effect(call, params)
        elif fault.effect is Effect.LATER:
            later = self._start_later(fault, call, params)
            if fault.way in (Way.REAL, Way.SLOW):
                await asyncio.wait({later})
                if later.cancelled():
                    return  # the server stops
                real = later.result()
        if fault.pause and fault.way is not Way.SLOW:
            await self._unless_over(receive, asyncio.sleep(fault.pause))
        await self._end(fault, call, real, send)
        if fault.way is Way.HANG or fault.effect is Effect.CLIENT_GONE:
            await self._unless_over(receive, asyncio.Event().wait())
        if fault.effect is Effect.CLIENT_GONE:
            await self._take_effect(call, params)

    async def _end(self, fault: Fault, call: Call, real: Answer | None, send: Send) -> None:
        """Let a faulty request end as it should on the wire."""
        if fault.way is Way.ANSWER:
            call.status = fault.status
            whole = Answer(status=fault.status, body=fault.body)
            await send_answer(send, whole, fault.content_type)
        elif fault.way is Way.REAL and real is not None:
            call.status, call.refusal = real.status, real.refusal
            await send_answer(send, real)
        elif fault.way is Way.SLOW and real is not None:
            await send_slowly(send, real, fault.pause, fault.pieces)
            call.status, call.refusal = real.status, real.refusal
        else:
            await break_off(fault.way, send, real)

    async def _take_effect(self, call: Call, params: Params) -> Answer:
        answer = await self._standin.call(call.method, params)
        call.accepted = answer.status == 200
        return answer

    def _start_later(self, fault: Fault, call: Call, params: Params) -> asyncio.Task[Answer]:
        async def later() -> Answer:
            await (fault.sign.wait() if fault.sign is not None else asyncio.sleep(fault.later))
            return await self._take_effect(call, params)

        task = asyncio.create_task(later())
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)
        return task

    async def _unless_over(self, receive: Receive, work: Awaitable[object]) -> None:
        """Wait for `work`, but no longer than the client stays and the server runs."""
        waits = {
            asyncio.ensure_future(work),
            asyncio.create_task(gone(receive)),
            asyncio.create_task(self._closing.wait()),
        }
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
