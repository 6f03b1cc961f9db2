"""Any order of decisions, faults, crashes, restarts, closures and clocks, drawn by Hypothesis.

The real store on an SQLite file, the real sender and the real client library; only the wire is
short: a call goes from httpx straight into the stand-in, which is as strict as on its socket.
After every step nothing may have been posted twice, out of order or too early; at the end,
when everything works again, every place must show exactly what was decided.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar
from urllib.parse import parse_qsl

import httpx
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.clock import VirtualClock
from bot.delivery.report import Delivered
from bot.delivery.sender import Sender
from bot.delivery.settle import SettlePolicy
from bot.preview.ledger import Accepted, Call
from bot.preview.params import Params
from bot.preview.standin import StandIn
from bot.store import schema
from bot.store.engine import open_engine
from bot.store.routes import Route
from bot.store.sql import SqlStore
from bot.types import ActionKind, OutboxRow, OutboxState
from tests.torture.story import ALERT, MARK, Step, Verdict, judge
from tests.torture.watched_store import WatchedStore

T = TypeVar("T")

TOKEN = "4242:AAtoken-of-the-state-machine-xyzw"
CHANNEL, GROUP, MOVED, FORUM, OPS = -1001000000001, -500, -1001000000500, -1001000000005, 700_009
ROUTES = (
    Route(chat_id=CHANNEL),
    Route(chat_id=GROUP),
    Route(chat_id=FORUM, thread_id=7),
    Route(chat_id=FORUM, thread_id=8),
)
OWN = {CHANNEL, GROUP, MOVED, FORUM}
POLICY = SettlePolicy(ops_chat=OPS)
START = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
#: Calls that change something in a chat.
WRITES = ("sendMessage", "editMessageText")

#: How a call can fail; "after" faults strike when it has taken effect.
FAULTS = (
    *("connect", "pool", "timeout", "reset", "html", "json_string", "unauthorized"),
    *("429 1", "429 37", "429 209", "429"),
    *("after timeout", "after reset", "after html", "after garbage", "after json_string"),
    *("late 4", "late 40", "late 200"),
)
POINTS = ("before_sending", "after_sending", "before_sent", "after_sent", "called", "accepted")


class Crash(BaseException):
    """The process dies here."""


@dataclass(slots=True)
class Late:
    """A call that takes effect after its client has given up."""

    at: datetime
    method: str
    params: Params


@dataclass(slots=True)
class Wire(httpx.AsyncBaseTransport):
    """From the client library into the stand-in, with the faults that were ordered."""

    clock: VirtualClock
    standin: StandIn
    ordered: dict[str, list[str]] = field(default_factory=dict)  #: by method
    late: list[Late] = field(default_factory=list)
    crash: tuple[str, int] | None = None
    shut: dict[int, datetime] = field(default_factory=dict)  #: no call to the chat before
    too_early: list[str] = field(default_factory=list)
    came_late: Counter[int] = field(default_factory=Counter)  #: by chat

    def pass_by(self, point: str) -> None:
        """Die here, the n-th time."""
        if self.crash is not None and self.crash[0] == point:
            self.crash = (point, self.crash[1] - 1)
            if self.crash[1] <= 0:
                self.crash = None
                raise Crash

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        method = request.url.path.rpartition("/")[2]
        params = Params(dict(parse_qsl((await request.aread()).decode())))
        chat = params.chat_id or 0
        self.standin.ledger.calls.append(
            Call(method=method, chat_id=chat, params=params.values, at=self.standin.seconds())
        )
        if method in WRITES and self.clock.now() < self.shut.get(chat, START):
            self.too_early.append(f"{method} to {chat} at {self.clock.now()}")
        self.pass_by("called")
        waiting = self.ordered.get(method) or self.ordered.get("*") or []
        fault = waiting.pop(0) if waiting else ""
        return await self._end(fault, method, params, request)

    async def _end(
        self, fault: str, method: str, params: Params, request: httpx.Request
    ) -> httpx.Response:
        when, _, way = fault.rpartition(" ") if fault.startswith("after") else ("", "", fault)
        if when:
            await self._effect(method, params)
        if way.startswith("late"):
            at = self.clock.now() + timedelta(seconds=int(way.split()[1]))
            self.late.append(Late(at, method, params))
            raise httpx.ReadTimeout("late", request=request)
        if way.startswith("429"):
            return self._flooded(way, params)
        match way:
            case "":
                status, body = await self._effect(method, params)
                return httpx.Response(status, content=body)
            case "connect":
                raise httpx.ConnectError("refused", request=request)
            case "pool":
                raise httpx.PoolTimeout("full", request=request)
            case "timeout":
                raise httpx.ReadTimeout("silence", request=request)
            case "reset":
                raise httpx.ReadError("reset", request=request)
            case "unauthorized":
                body = b'{"ok":false,"error_code":401,"description":"Unauthorized"}'
                return httpx.Response(401, content=body)
            case "json_string":
                return httpx.Response(502, content=b'"Bad Gateway"')
            case "garbage":
                return httpx.Response(200, content=b'{"ok":true,"result":{"mess')
            case _:
                return httpx.Response(502, content=b"<html>502</html>")

    def _flooded(self, way: str, params: Params) -> httpx.Response:
        wait = int(way.removeprefix("429") or 0)
        self.shut[params.chat_id or 0] = self.clock.now() + timedelta(seconds=wait or 60)
        text = "Too Many Requests" + (f": retry after {wait}" if wait else "")
        named = f',"parameters":{{"retry_after":{wait}}}' if wait else ""
        body = f'{{"ok":false,"error_code":429,"description":"{text}"{named}}}'
        return httpx.Response(429, content=body.encode())

    async def _effect(self, method: str, params: Params) -> tuple[int, bytes]:
        answer = await self.standin.call(method, params)
        if answer.status == 200 and method in WRITES:
            self.pass_by("accepted")
        return answer.status, answer.body

    async def come_late(self) -> None:
        """Let what is due by now take effect."""
        due = [one for one in self.late if one.at <= self.clock.now()]
        self.late = [one for one in self.late if one.at > self.clock.now()]
        for one in due:
            answer = await self.standin.call(one.method, one.params)
            if answer.status == 200 and one.method == "sendMessage":
                self.came_late[one.params.chat_id or 0] += 1


class MortalStore(WatchedStore):
    """Dies before and after what it commits about a call."""

    wire: Wire

    def pass_by(self, point: str) -> None:
        self.wire.pass_by(point)


class OneByOne(Sender):
    """Does one thing after the other, so that a run can be told again."""

    _turn = asyncio.Lock()

    def _start(
        self, chat_id: int, work: Coroutine[Any, Any, Delivered | None]
    ) -> asyncio.Task[Delivered | None]:
        return super()._start(chat_id, self._in_turn(work))

    async def _in_turn(self, work: Coroutine[Any, Any, Delivered | None]) -> Delivered | None:
        try:
            async with self._turn:
                return await work
        finally:
            work.close()


@cache
def empty_database() -> bytes:
    """Return an empty database of this version."""

    async def make() -> bytes:
        with tempfile.TemporaryDirectory(prefix="machine-") as folder:
            store = await SqlStore.open(f"sqlite:///{folder}/news.db", ())
            await store.aclose()
            return await asyncio.to_thread(Path(folder, "news.db").read_bytes)

    return asyncio.run(make())


class Delivery(RuleBasedStateMachine):
    """The machine; one instance is one run."""

    #: Called after every run that held.
    on_end: ClassVar[Callable[[], None]] = staticmethod(lambda: None)

    def __init__(self) -> None:
        super().__init__()
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self._folder = Path(tempfile.mkdtemp(prefix="machine-", dir=place))
        (self._folder / "news.db").write_bytes(empty_database())
        self._loop = asyncio.new_event_loop()
        OneByOne._turn = asyncio.Lock()
        self.clock = VirtualClock(START)
        self.standin = StandIn(token=TOKEN, clock=self.clock, channel=CHANNEL)
        self.standin.add_chat(GROUP, "Group")
        self.standin.add_chat(FORUM, "Forum", topics=(7, 8))
        self.standin.add_chat(OPS, "Operator")
        self.wire = Wire(self.clock, self.standin)
        self.steps: list[Step] = []
        self.live: dict[int, int] = {}  #: alert -> revision
        self._seen = 0
        self._posted: Counter[tuple[Any, ...]] = Counter()
        self._do(self._open())

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(work)

    async def _open(self) -> None:
        request = HTTPXRequest(httpx_kwargs={"transport": self.wire})
        self.bot = Bot(TOKEN, request=request, get_updates_request=request)
        await self.bot.initialize()
        engine = open_engine(f"sqlite:///{self._folder}/news.db")
        self.store = MortalStore(engine, ROUTES)
        self.store.wire = self.wire
        self._start()

    def _start(self) -> None:
        """Begin a new life, which knows what the database knows."""
        self.sender = OneByOne(bot=self.bot, outbox=self.store, clock=self.clock, policy=POLICY)

    # Decisions.

    @rule()
    def post(self) -> None:
        alert = len(self.live) + 1
        while alert in {step.alert for step in self.steps}:
            alert += 1
        self.live[alert] = -1
        self._decide(alert, ActionKind.POST)

    @precondition(lambda self: self.live)
    @rule(which=st.integers(0, 9), what=st.sampled_from(("edit", "reply", "correct", "withdraw")))
    def follow_up(self, which: int, what: str) -> None:
        alert = list(self.live)[which % len(self.live)]
        kinds = {
            "edit": (ActionKind.EDIT,),
            "withdraw": (ActionKind.EDIT, ActionKind.RETRACT),
        }.get(what, (ActionKind.EDIT, ActionKind.REPLY))
        self._decide(alert, *kinds, correction=what == "correct")
        if what == "withdraw":
            del self.live[alert]

    def _decide(self, alert: int, *kinds: ActionKind, correction: bool = False) -> None:
        self.live[alert] += 1
        step = Step(
            number=len(self.steps),
            alert=alert,
            kinds=kinds,
            revision=self.live[alert],
            correction=correction,
        )
        self.steps.append(step)
        self._do(self.store.save_changes([step.change(self.clock.now())]))

    # Time, faults and deaths.

    @rule(seconds=st.sampled_from((0, 1, 1, 3, 16, 61, 211, 660)))
    def move_on(self, seconds: int) -> None:
        self.clock.set(self.clock.now() + timedelta(seconds=seconds))
        self._do(self.wire.come_late())
        self._pass()

    @rule(
        method=st.sampled_from(("sendMessage", "sendMessage", "editMessageText", "forwardMessage")),
        fault=st.sampled_from(FAULTS),
        times=st.sampled_from((1, 1, 2, 4)),
    )
    def break_calls(self, method: str, fault: str, times: int) -> None:
        if method != "sendMessage" and fault.startswith(("late", "429")):
            fault = "timeout"
        self.wire.ordered.setdefault(method, []).extend([fault] * times)
        self._pass()

    @rule(point=st.sampled_from(POINTS), nth=st.integers(1, 3))
    def die(self, point: str, nth: int) -> None:
        self.wire.crash = (point, nth)
        self._pass()
        self.wire.crash = None

    @rule()
    def restart(self) -> None:
        self._start()
        self._pass()

    # What people do to chats.

    @rule(chat=st.sampled_from((CHANNEL, FORUM)), closed=st.booleans())
    def close_or_open(self, chat: int, closed: bool) -> None:
        if closed:
            self.standin.kick(chat)
        else:
            self.standin.reopen_chat(chat)
        self._pass()

    @rule(thread=st.sampled_from((7, 8)), closed=st.booleans())
    def close_or_open_topic(self, thread: int, closed: bool) -> None:
        change = self.standin.close_topic if closed else self.standin.reopen_topic
        change(FORUM, thread)
        self._pass()

    @precondition(lambda self: self.standin.chats[GROUP].migrated_to is None)
    @rule()
    def move_group(self) -> None:
        self.standin.migrate_chat(GROUP, MOVED)
        self._pass()

    @rule(chat=st.sampled_from((CHANNEL, FORUM)))
    def others_write(self, chat: int) -> None:
        self.standin.say("Good evening", chat_id=chat)

    # What must hold.

    def _pass(self) -> None:
        """Run one pass of the sender; begin anew where it dies."""
        shut = dict(self.wire.shut)
        try:
            self._do(self.sender.deliver_due(self.clock.now()))
        except Crash:
            self._do(self._let_die())
            # What it was told just now it may have taken with it.
            self.wire.shut = shut
            self._start()
        self._check()

    async def _let_die(self) -> None:
        """End everything else that was under way, as the end of a process does."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _check(self) -> None:
        assert not self.wire.too_early, self.wire.too_early
        ledger = self.standin.ledger.accepted
        for one in ledger[self._seen :]:
            if one.method == "sendMessage" and one.chat_id in OWN:
                self._check_message(one)
        self._seen = len(ledger)

    def _check_message(self, one: Accepted) -> None:
        marks = MARK.findall(one.text)
        if not marks:
            return
        thread = self.standin.chats[one.chat_id].versions[one.message_id][0].thread_id
        alert = ALERT.findall(one.text)[0]
        for kind, number in marks:
            key = (one.chat_id, thread, alert, kind, number if kind == "r" else "")
            self._posted[key] += 1
            copies = 1 + self.wire.came_late[one.chat_id] + len(self.wire.late)
            assert self._posted[key] <= copies, f"twice: {key}"
        if marks[0][0] == "r" and one.chat_id != MOVED:
            root = (one.chat_id, thread, alert, "p", "")
            assert self._posted[root], f"answered before it was posted: {one.text}"

    async def _rows(self) -> list[OutboxRow]:
        async with self.store._reading.connect() as connection:
            found = await connection.execute(select(schema.outbox))
            rows = [{**row, "state": OutboxState(row["state"])} for row in found.mappings()]
        return [OutboxRow(**row) for row in rows]

    def teardown(self) -> None:
        """Let everything work again, and compare."""
        try:
            self._heal()
            self._compare()
            type(self).on_end()
        finally:
            self._do(self._close())
            self._loop.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    async def _close(self) -> None:
        await self.store.aclose()
        with contextlib.suppress(Exception):
            await self.bot.shutdown()

    def _heal(self) -> None:
        self.wire.ordered.clear()
        for chat in (CHANNEL, FORUM):
            self.standin.reopen_chat(chat)
        for thread in (7, 8):
            self.standin.reopen_topic(FORUM, thread)
        self._start()  # tries closed places at once
        for _ in range(400):
            self.clock.set(self.clock.now() + 4 * SECOND)
            self._do(self.wire.come_late())
            self._pass()
            if not self._do(self._waits()):
                break
        else:
            raise AssertionError(f"still waits: {self._do(self._waits())}")
        while self.clock.now() < max((one.at for one in self.wire.late), default=START):
            self.move_on(61)
        for _ in range(3):
            self.move_on(31)

    async def _waits(self) -> list[OutboxRow]:
        open_states = (OutboxState.SENT, OutboxState.DEAD)
        return [row for row in await self._rows() if row.state not in open_states]

    def _compare(self) -> None:
        dead = {row.error for row in self._do(self._rows()) if row.state is OutboxState.DEAD}
        wrong = {e for e in dead if e != "withdrawn_before_posting" and "said in row" not in str(e)}
        assert not wrong, wrong
        verdict = Verdict()
        for route in ROUTES:
            if route.chat_id != GROUP:
                chat = copy(self.standin.chats[route.chat_id])
                chat.versions = {i: v for i, v in chat.versions.items() if i in chat.messages}
                judge(self.steps, chat, route.thread_id, verdict)
        assert verdict.is_clean, verdict
        self._compare_group()

    def _compare_group(self) -> None:
        """Everything is there; what was in doubt when the group moved may stand in both places."""
        chats = [self.standin.chats[c] for c in (GROUP, MOVED) if c in self.standin.chats]
        texts = [m.content.text for chat in chats for m in chat.messages.values()]
        marks = Counter(kind + number for text in texts for kind, number in MARK.findall(text))
        posted = {alert for text in texts for alert in ALERT.findall(text)}
        withdrawn = {s.alert_id for s in self.steps if ActionKind.RETRACT in s.kinds}
        last = {step.alert_id: step.number for step in self.steps}
        wanted = {f"p{last[a]}" for a in last if a in posted or a not in withdrawn}
        wanted |= {
            f"r{step.number}"
            for step in self.steps
            if step.alert_id in posted and {ActionKind.REPLY, ActionKind.RETRACT} & set(step.kinds)
        }
        wrong = {mark: marks[mark] for mark in wanted if not 1 <= marks[mark] <= len(chats)}
        assert not wrong, f"group: {wrong} in {texts}"


def run_machine(runs: int, *, always_the_same: bool, shrinks: bool = True) -> None:
    """Run the machine so many times, fifty steps each; raise what broke, with the steps to it."""
    phases = (Phase.generate, Phase.shrink) if shrinks else (Phase.generate,)
    run_state_machine_as_test(
        Delivery,
        settings=settings(
            max_examples=runs,
            stateful_step_count=50,
            deadline=None,
            database=None,
            derandomize=always_the_same,
            suppress_health_check=list(HealthCheck),
            phases=phases,
        ),
    )
