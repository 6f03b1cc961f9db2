"""Builds the python-telegram-bot application: addresses, timeouts, commands, clear start errors.

No limiter of the library is used: it stops every chat when one must wait. Our own governor
(bot.delivery.governor) holds back one chat at a time.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, repeat
from typing import Any

import httpx
import structlog
from pydantic import SecretStr
from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, BaseHandler, ContextTypes
from telegram.request import HTTPXRequest

from bot.delivery.attempt import tried
from bot.delivery.errors import Kind, Outcome, classify_error
from bot.errors import BotError, ConfigError

log = structlog.get_logger()

#: Seconds. The library's default of 5 s for reading is the usual cause of "timed out, but sent".
CONNECT, READ, WRITE, POOL = 10.0, 30.0, 30.0, 10.0
#: Waits between tries to reach Telegram at the start, in seconds; a program that ends gives up.
START_WAITS = (1.0, 2.0, 4.0)


class _Lasting:
    """Waits without end: 1, 2, 4 ... seconds, and a minute from then on."""

    def __iter__(self) -> Iterator[float]:
        return chain((1.0, 2.0, 4.0, 8.0, 16.0, 32.0), repeat(60.0))


#: Those of a bot that stays.
LASTING_WAITS = _Lasting()


class BotApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An application that explains why it cannot start and announces its commands."""

    api_root = ""
    start_waits: Iterable[float] = START_WAITS
    menu: tuple[BotCommand | tuple[str, str], ...] = ()

    async def initialize(self) -> None:
        """Connect and check the token.

        Raises:
            ConfigError: Telegram refuses the token, or something else answers at the address.
            BotError: nobody answers after a few tries.
        """
        reason = await self._try_initialize()
        for wait in self.start_waits if reason else ():
            log.warning("telegram_unreachable", api_root=self.api_root, reason=reason, seconds=wait)
            await asyncio.sleep(wait)
            reason = await self._try_initialize()
            if reason is None:
                log.warning("telegram_reached", api_root=self.api_root)
                break
        if reason is None:
            return
        raise BotError(
            f"{self.api_root} does not answer as a Bot API server ({reason}). "
            "Check the network and telegram.api_root, then start again."
        )

    async def start(self) -> None:
        """Start processing updates and show the commands in Telegram's menu."""
        await super().start()
        if self.menu:
            answer = await tried(self.bot.set_my_commands(self.menu))
            if isinstance(answer, Outcome):
                # The menu is a convenience; the commands work without it.
                log.warning("commands_not_announced", reason=answer.reason)

    async def _try_initialize(self) -> str | None:
        """Return None when connected, else the named reason why not."""
        try:
            await super().initialize()
        except InvalidToken:
            # Not chained: the library's own message quotes the token.
            raise ConfigError(
                f"{self.api_root} refuses the bot token. Copy it again from @BotFather into "
                "TELEGRAM_BOT_TOKEN or telegram.token_file, and check telegram.api_root."
            ) from None
        except (TelegramError, AttributeError, TypeError) as error:
            outcome = classify_error(error)
            return "rate_limited" if outcome.kind is Kind.WAIT else outcome.reason
        return None


def build_application(
    token: SecretStr,
    api_root: str,
    handlers: Iterable[BaseHandler[Any, Any, Any]] = (),
    commands: Sequence[BotCommand | tuple[str, str]] = (),
    *,
    read_timeout: float = READ,
) -> BotApplication:
    """Return the application for `token` at `api_root`, with its handlers and command menu."""
    # Lets the library give durations as such; without it each 429 also warns of a deprecation.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    base = api_root.rstrip("/")
    built: Any = (
        Application.builder()
        .application_class(BotApplication)
        .token(token.get_secret_value())
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .request(_request(16, read_timeout))
        .get_updates_request(_request(1, read_timeout))
        .job_queue(None)
        .build()
    )
    application: BotApplication = built
    application.api_root = base
    application.menu = tuple(commands)
    for handler in handlers:
        application.add_handler(handler)
    application.add_error_handler(_log_error)
    return application


def _request(connections: int, read_timeout: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT,
        read_timeout=read_timeout,
        write_timeout=WRITE,
        pool_timeout=POOL,
        httpx_kwargs={"trust_env": False, "verify": tls()},
    )


@cache
def tls() -> ssl.SSLContext:
    """Return the certificates we trust; reading them takes a while, so it is done once."""
    return httpx.create_ssl_context(trust_env=False)


async def _log_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    update_id = getattr(update, "update_id", None)
    log.error("update_failed", update_id=update_id, exc_info=context.error)
