"""What the delivery tests stand on: an outbox in memory, rows, and a bot on a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from pydantic import SecretStr

from bot.clock import VirtualClock
from bot.delivery.bot_api import BotApplication, build_application
from bot.delivery.governor import NO_LIMITS, Limits
from bot.delivery.report import DeliveryReport
from bot.delivery.sender import Sender
from bot.delivery.settle import SettlePolicy
from bot.preview.server import PreviewServer
from bot.types import OutboxRow, OutboxState

TOKEN = "4242:AAtest-token-of-the-delivery-tests-xyz"
CHANNEL = -1001000000001
OTHER = -1001000000002
OPS = -1001000000009
START = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)


@dataclass
class MemoryOutbox:
    """The port's rules, without a database."""

    rows: dict[int, OutboxRow] = field(default_factory=dict)
    log: list[tuple[str, int]] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def add(self, text: str, **fields: object) -> OutboxRow:
        number = next(self._ids)
        row = OutboxRow(
            **{
                "id": number,
                "chat_id": CHANNEL,
                "thread_id": None,
                "alert_id": f"TL-{number:06d}",
                "event_id": f"e{number}",
                "revision": 1,
                "kind": "new",
                "text": text,
                "silent": False,
                "state": OutboxState.PENDING,
                "created_at": START,
                **fields,
            }
        )
        self.rows[row.id] = row
        return row

    def state(self, row: OutboxRow) -> tuple[str, str | None]:
        now = self.rows[row.id]
        return now.state.value, now.error

    def _set(self, row_id: int, event: str, **fields: object) -> None:
        self.rows[row_id] = replace(self.rows[row_id], **fields)
        self.log.append((event, row_id))

    async def due_rows(self, now: datetime, limit: int) -> tuple[OutboxRow, ...]:
        due: dict[int, OutboxRow] = {}
        for row in self.rows.values():
            ready = row.not_before is None or row.not_before <= now
            if row.state is OutboxState.PENDING and ready:
                due.setdefault(row.chat_id, row)
        return tuple(due.values())[:limit]

    async def mark_sending(self, row_id: int, floor_message_id: int | None, now: datetime) -> None:
        attempts = self.rows[row_id].attempts + 1
        fields = {"floor_message_id": floor_message_id, "attempts": attempts}
        self._set(row_id, "sending", state=OutboxState.SENDING, **fields)

    async def mark_sent(self, row_id: int, message_id: int | None, now: datetime) -> None:
        self._set(row_id, "sent", state=OutboxState.SENT, message_id=message_id, error=None)

    async def mark_retry(self, row_id: int, not_before: datetime, error: str) -> None:
        state = OutboxState.PENDING
        self._set(row_id, "retry", state=state, not_before=not_before, error=error)

    async def mark_uncertain(self, row_id: int, error: str) -> None:
        self._set(row_id, "uncertain", state=OutboxState.UNCERTAIN, error=error)

    async def mark_dead(self, row_id: int, error: str) -> None:
        self._set(row_id, "dead", state=OutboxState.DEAD, error=error)

    async def message_of(self, chat_id: int, alert_id: str) -> int | None:
        own = [r for r in self.rows.values() if (r.chat_id, r.alert_id) == (chat_id, alert_id)]
        roots = [r.message_id for r in own if r.kind in ("new", "digest", "edit") and r.message_id]
        return max(roots, default=None)

    async def last_message_id(self, chat_id: int) -> int | None:
        ids = [r.message_id for r in self.rows.values() if r.chat_id == chat_id and r.message_id]
        return max(ids, default=None)

    async def replace_chat(self, old: int, new: int) -> None:
        for row in self.rows.values():
            if row.chat_id == old:
                self.rows[row.id] = replace(row, chat_id=new)

    async def unsettled_rows(self) -> tuple[OutboxRow, ...]:
        open_states = (OutboxState.SENDING, OutboxState.UNCERTAIN)
        return tuple(row for row in self.rows.values() if row.state in open_states)


@dataclass
class Bench:
    """A sender, its outbox, and the server it talks to."""

    server: PreviewServer
    application: BotApplication
    outbox: MemoryOutbox
    clock: VirtualClock
    sender: Sender

    async def deliver(self, after: timedelta = timedelta()) -> DeliveryReport:
        """Move the clock on and run one pass."""
        self.clock.set(self.clock.now() + after)
        return await self.sender.deliver_due(self.clock.now())

    def new_sender(self, policy: SettlePolicy, limits: Limits = NO_LIMITS) -> Sender:
        """Return a sender that knows only what the outbox knows, as after a restart."""
        bot, outbox, clock = self.application.bot, self.outbox, self.clock
        return Sender(bot=bot, outbox=outbox, clock=clock, policy=policy, limits=limits)

    def accepted(self, chat_id: int = CHANNEL) -> list[tuple[str, int, str]]:
        """Return what the server accepted in a chat: method, message id, text."""
        ledger = self.server.ledger.accepted
        return [(a.method, a.message_id, a.text) for a in ledger if a.chat_id == chat_id]

    def calls(self) -> list[str]:
        """Return the names of the calls made since the start, getMe and polling left out."""
        calls = self.server.ledger.calls
        return [c.method for c in calls if c.method not in ("getMe", "getUpdates")]


@asynccontextmanager
async def open_bench(
    *,
    policy: SettlePolicy = SettlePolicy(),  # noqa: B008 - frozen
    limits: Limits = NO_LIMITS,
    read_timeout: float = 5.0,
    flood_limits: bool = False,
) -> AsyncIterator[Bench]:
    """Start the stand-in and a bot that is connected to it."""
    clock = VirtualClock(START)
    server = PreviewServer(token=TOKEN, channel=CHANNEL, clock=clock, flood_limits=flood_limits)
    server.standin.add_chat(OTHER, "Other channel")
    server.standin.add_chat(OPS, "Operators")
    url = await server.start(port=0)
    application = build_application(SecretStr(TOKEN), url, read_timeout=read_timeout)
    try:
        async with application:
            outbox = MemoryOutbox()
            bot = application.bot
            sender = Sender(bot=bot, outbox=outbox, clock=clock, policy=policy, limits=limits)
            yield Bench(server, application, outbox, clock, sender)
    finally:
        await server.stop()
