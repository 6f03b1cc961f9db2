"""The posting side: commands and the sender over one connection to Telegram.

It needs the store and no model, so that what waits in the outbox leaves, and readers are
answered, while the reading side still loads (bot.reading).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import structlog
from pydantic import SecretStr
from telegram.error import Conflict, TelegramError

from bot.clock import Clock, SystemClock
from bot.commands.handlers import BOT_COMMANDS, command_handlers
from bot.commands.services import Services
from bot.config import Settings
from bot.delivery.bot_api import build_application
from bot.delivery.errors import classify_error
from bot.delivery.sender import Sender
from bot.delivery.settle import SettlePolicy
from bot.stopping import POLLING_SHARE
from bot.store.lease import Lease
from bot.store.sql import SqlStore

log = structlog.get_logger()

#: Nothing is sent before polling has lasted this long: by then another instance has shown itself.
POLLING_PROOF = timedelta(seconds=2)


@asynccontextmanager
async def open_bot(
    settings: Settings,
    token: SecretStr,
    *,
    store: SqlStore,
    clock: Clock,
    lease: Lease | None = None,
) -> AsyncIterator[Sender]:
    """Connect, answer commands and yield the sender; stop on the way out.

    A 409 while polling means that another instance lives: sending pauses until it is gone.
    """
    services = Services(store=store, settings=settings, clock=clock, started_at=clock.now())
    api_root = settings.config.telegram.api_root
    application = build_application(token, api_root, command_handlers(services), BOT_COMMANDS)
    async with application:
        await application.start()
        assert application.updater is not None  # noqa: S101 - built with one
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

        await application.updater.start_polling(
            drop_pending_updates=False, error_callback=polling_failed
        )
        try:
            yield sender
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(POLLING_SHARE.total_seconds()):
                    await application.updater.stop()
            await application.stop()


def _settle_policy(settings: Settings, clock: Clock) -> SettlePolicy:
    telegram = settings.config.telegram
    policy = SettlePolicy(ops_chat=telegram.ops_chat, on_uncertain=telegram.on_uncertain)
    if isinstance(clock, SystemClock):
        return policy
    # A story told by another clock is neither late nor too old.
    return replace(policy, late_after=None, expire_after=None)
