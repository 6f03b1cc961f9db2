"""What the delivery tests stand on: a real outbox on SQLite, and a bot on a real socket."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import NullPool, create_engine, func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import VirtualClock
from bot.delivery.bot_api import BotApplication, build_application
from bot.delivery.governor import NO_LIMITS, Limits
from bot.delivery.report import DeliveryReport
from bot.delivery.sender import Sender
from bot.delivery.settle import SettlePolicy
from bot.preview.server import PreviewServer
from bot.store import schema
from bot.store.engine import open_engine
from bot.store.routes import Route
from bot.store.sql import SqlStore
from bot.types import OutboxRow, OutboxState

TOKEN = "4242:AAtest-token-of-the-delivery-tests-xyz"
CHANNEL = -1001000000001
OTHER = -1001000000002
OPS = -1001000000009
START = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)


class RecordingOutbox(SqlStore):
    """The real outbox on a real SQLite file; tests put rows in and look at them at once."""

    def __init__(self, engine: AsyncEngine, routes: Sequence[Route]) -> None:
        super().__init__(engine, routes)
        self.log: list[tuple[str, int]] = []
        self._sync = create_engine(f"sqlite:///{engine.url.database}", poolclass=NullPool)

    def add(self, text: str, **fields: object) -> OutboxRow:
        with self._sync.begin() as connection:
            query = select(func.coalesce(func.max(schema.outbox.c.id), 0))
            number = connection.execute(query).scalar_one() + 1
            connection.execute(
                insert(schema.outbox).values(
                    **{
                        "id": number,
                        "chat_id": CHANNEL,
                        "alert_id": f"TL-{number:06d}",
                        "event_id": f"e{number}",
                        "revision": number,
                        "kind": "new",
                        "text": text,
                        "silent": False,
                        "state": OutboxState.PENDING.value,
                        "attempts": 0,
                        "created_at": START,
                        **fields,
                    }
                )
            )
        return self.rows[number]

    @property
    def rows(self) -> dict[int, OutboxRow]:
        with self._sync.connect() as connection:
            found = connection.execute(select(schema.outbox).order_by(schema.outbox.c.id))
            rows = [{**row, "state": OutboxState(row["state"])} for row in found.mappings()]
        return {row["id"]: OutboxRow(**row) for row in rows}

    def state(self, row: OutboxRow) -> tuple[str, str | None]:
        now = self.rows[row.id]
        return now.state.value, now.error

    async def mark_sending(
        self, row_id: int, floor_message_id: int | None, now: datetime
    ) -> OutboxRow | None:
        self.log.append(("sending", row_id))
        return await super().mark_sending(row_id, floor_message_id, now)

    async def mark_sent(
        self,
        row_id: int,
        message_id: int | None,
        now: datetime,
        *,
        watch_until: datetime | None = None,
    ) -> None:
        self.log.append(("sent", row_id))
        await super().mark_sent(row_id, message_id, now, watch_until=watch_until)


_MIGRATED: list[bytes] = []


async def migrated() -> bytes:
    """Return an empty database of this version; made once."""
    if not _MIGRATED:
        with tempfile.TemporaryDirectory(prefix="delivery-") as folder:
            store = await SqlStore.open(f"sqlite:///{folder}/news.db", ())
            await store.aclose()
            _MIGRATED.append(Path(folder, "news.db").read_bytes())  # noqa: ASYNC240 - the same
    return _MIGRATED[0]


@dataclass
class Bench:
    """A sender, its outbox, and the server it talks to."""

    server: PreviewServer
    application: BotApplication
    outbox: RecordingOutbox
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
    async with AsyncExitStack() as stack:
        stack.push_async_callback(server.stop)
        # In memory where there is such a place: what a crash leaves is tests/torture's question.
        place = next((p for p in ("/dev/shm",) if os.access(p, os.W_OK)), None)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="delivery-", dir=place))
        Path(folder, "news.db").write_bytes(await migrated())  # noqa: ASYNC240 - a small file
        outbox = RecordingOutbox(open_engine(f"sqlite:///{folder}/news.db"), ())
        stack.push_async_callback(outbox.aclose)
        await stack.enter_async_context(application)
        bot = application.bot
        sender = Sender(bot=bot, outbox=outbox, clock=clock, policy=policy, limits=limits)
        yield Bench(server, application, outbox, clock, sender)
