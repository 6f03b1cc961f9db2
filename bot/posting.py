"""The posting side: commands and the sender over one connection to Telegram.

It needs the store and no model, so that what waits in the outbox leaves, and readers are
answered, while the reading side still loads (bot.reading).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from pydantic import SecretStr
from telegram.error import Conflict, TelegramError

from bot.clock import Clock, SystemClock
from bot.commands.handlers import BOT_COMMANDS, command_handlers
from bot.commands.services import Services
from bot.config import Settings
from bot.delivery.bot_api import LASTING_WAITS, BotApplication, build_application
from bot.delivery.errors import classify_error
from bot.delivery.sender import Sender
from bot.delivery.settle import SettlePolicy
from bot.stopping import POLLING_SHARE
from bot.store.lease import Lease
from bot.store.sql import SqlStore

log = structlog.get_logger()

#: Nothing is sent before polling has lasted this long: by then another instance has shown itself.
POLLING_PROOF = timedelta(seconds=2)
#: Where Telegram is not reached by then, reading begins without it.
CONNECTING = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A sender, and the connection that it waits for."""

    sender: Sender
    connecting: asyncio.Task[None]

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set, from when Telegram is reached.

        Raises:
            ConfigError: Telegram is reached and refuses the token.
        """
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({self.connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if self.connecting.done():
            self.connecting.result()
            await self.sender.run(stop)


@asynccontextmanager
async def open_bot(
    settings: Settings,
    token: SecretStr,
    *,
    store: SqlStore,
    clock: Clock,
    lease: Lease | None = None,
    lasting: bool = False,
) -> AsyncIterator[Posting]:
    """Connect, answer commands and yield what sends; stop on the way out.

    A 409 while polling means that another instance lives: sending pauses until it is gone.

    Args:
        lasting: for a bot that stays: it goes on trying while Telegram cannot be reached, and
            sends nothing before polling has shown that it is alone.

    Raises:
        ConfigError: Telegram refuses the token.
        BotError: nobody answers, and the bot is not a lasting one.
    """
    services = Services(store=store, settings=settings, clock=clock, started_at=clock.now())
    api_root = settings.config.telegram.api_root
    application = build_application(token, api_root, command_handlers(services), BOT_COMMANDS)
    if lasting:
        application.start_waits = LASTING_WAITS
    sender = Sender(
        bot=application.bot,
        outbox=store,
        clock=SystemClock(),
        policy=_settle_policy(settings, clock),
        may_send=lease.held if lease else lambda: True,
    )

    def polling_failed(error: TelegramError) -> None:
        log.warning("polling_failed", reason=classify_error(error).reason)
        if isinstance(error, Conflict):
            sender.pause("another_instance")

    async def connect() -> None:
        await _start(application, polling_failed)
        if lasting:
            sender.hold_back(POLLING_PROOF)

    connecting = asyncio.create_task(connect())
    try:
        patience = CONNECTING.total_seconds() if lasting else None
        await asyncio.wait({connecting}, timeout=patience)
        if connecting.done():
            connecting.result()
        yield Posting(sender=sender, connecting=connecting)
    finally:
        connecting.cancel()
        await asyncio.wait({connecting}, timeout=POLLING_SHARE.total_seconds())
        await _stop(application)


async def _start(
    application: BotApplication, polling_failed: Callable[[TelegramError], None]
) -> None:
    await application.initialize()
    await application.start()
    assert application.updater is not None  # noqa: S101 - built with one
    await application.updater.start_polling(
        drop_pending_updates=False, error_callback=polling_failed
    )


async def _stop(application: BotApplication) -> None:
    """Stop as much of the application as has started."""
    if application.updater is not None and application.updater.running:
        with suppress(TimeoutError):
            async with asyncio.timeout(POLLING_SHARE.total_seconds()):
                await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()


def _settle_policy(settings: Settings, clock: Clock) -> SettlePolicy:
    telegram = settings.config.telegram
    policy = SettlePolicy(ops_chat=telegram.ops_chat, on_uncertain=telegram.on_uncertain)
    if isinstance(clock, SystemClock):
        return policy
    # A story told by another clock is neither late nor too old.
    return replace(policy, late_after=None, expire_after=None)
