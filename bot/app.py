"""The composition root: builds every part from the settings, starts and stops them.

Parts are opened in order and closed in reverse, whatever happens in between. Decisions are
made elsewhere; this module only wires.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import structlog
from pydantic import SecretStr
from rich.console import Console
from telegram.error import Conflict, TelegramError

from bot.clock import Clock, SystemClock
from bot.commands.handlers import BOT_COMMANDS, command_handlers
from bot.commands.services import Services
from bot.config import Settings, load_settings, read_token
from bot.delivery.bot_api import BotApplication, build_application
from bot.delivery.errors import classify_error
from bot.delivery.sender import Sender
from bot.delivery.settle import SettlePolicy
from bot.errors import BotError
from bot.feeds.fetch import HttpFeedFetcher
from bot.judge import Judge, load_judge
from bot.logs import configure_logs
from bot.outlets import load_outlets
from bot.pipeline import Pipeline
from bot.schedule import build_schedule
from bot.stopping import (
    POLLING_SHARE,
    SENDER_SHARE,
    ended_by,
    stop_on_signals,
    unless_stopped,
)
from bot.store.lease import Lease, sole_sender
from bot.store.routes import Route
from bot.store.sql import SqlStore
from bot.worker import CycleReport, Worker

log = structlog.get_logger()

#: Nothing is sent before polling has lasted this long: by then another instance has shown itself.
POLLING_PROOF = timedelta(seconds=2)

TOKENLESS = """No Telegram token is set, so there is nowhere to post.
  To post to Telegram: create a bot with @BotFather, then
      export TELEGRAM_BOT_TOKEN=123456:your-token
  and name your channel in {path} under telegram.channels.
  To look around first, without token or account: make demo"""

CHANNELLESS = """{path}: telegram.channels: names no channel, so there is nowhere to post.
  Add the bot to your channel as an administrator and write its id, for example
      channels:
        - {{chat_id: -1001234567890, conflicts: [all]}}
  To look around first, without a channel: make demo"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything that runs."""

    settings: Settings
    clock: Clock
    judge: Judge
    store: SqlStore
    worker: Worker


@asynccontextmanager
async def open_parts(
    settings: Settings,
    *,
    clock: Clock,
    routes: tuple[Route, ...],
    database: str | None = None,
    on_stage: Callable[[str], None] = lambda stage: None,
    on_progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> AsyncIterator[Parts]:
    """Open the model, the store, the fetcher and the worker; close them on the way out."""
    config = settings.config
    async with AsyncExitStack() as stack:
        on_stage("opening the database")
        store = await SqlStore.open(database or database_url(settings), routes=routes)
        stack.push_async_callback(store.aclose)
        inference = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="inference"))
        on_stage("loading the model")
        loop = asyncio.get_running_loop()
        judge = await loop.run_in_executor(inference, load_judge, config, on_stage)
        fetcher = HttpFeedFetcher(
            fetch=config.fetch,
            allow_private_hosts=config.allow_private_hosts,
            poll_interval=config.poll_interval,
            clock=clock,
        )
        stack.push_async_callback(fetcher.aclose)
        pipeline = Pipeline(
            store=store,
            packs=settings.packs,
            outlets=load_outlets(),
            thresholds=judge.thresholds,
            policy=config.policy,
        )
        await pipeline.load(clock.now())
        worker = Worker(
            feeds=settings.feeds(),
            fetcher=fetcher,
            classifier=judge.classifier,
            inference=inference,
            store=store,
            pipeline=pipeline,
            packs=settings.packs,
            policy=config.policy,
            clock=clock,
            poll_interval=config.poll_interval,
            fetch_pages=config.fetch.article_pages,
            on_progress=on_progress,
        )
        yield Parts(settings=settings, clock=clock, judge=judge, store=store, worker=worker)


@asynccontextmanager
async def open_bot(
    parts: Parts, token: SecretStr, *, lease: Lease | None = None
) -> AsyncIterator[tuple[BotApplication, Sender]]:
    """Start the Telegram side: commands and the sender; stop it on the way out.

    A 409 while polling means that another instance lives: sending pauses until it is gone.
    """
    services = Services(
        store=parts.store,
        settings=parts.settings,
        clock=parts.clock,
        started_at=parts.clock.now(),
    )
    api_root = parts.settings.config.telegram.api_root
    application = build_application(token, api_root, command_handlers(services), BOT_COMMANDS)
    async with application:
        await application.start()
        assert application.updater is not None  # noqa: S101 - built with one
        sender = Sender(
            bot=application.bot,
            outbox=parts.store,
            clock=SystemClock(),
            policy=_settle_policy(parts),
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
            yield application, sender
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(POLLING_SHARE.total_seconds()):
                    await application.updater.stop()
            await application.stop()


async def run_bot(path: Path, notices: Console) -> int:
    """Contract 5: run until SIGINT or SIGTERM; return the exit status."""
    settings = load_settings(path)
    configure_logs(settings.config.log)
    token = read_token(settings.config, path.parent)
    if token is None:
        notices.print(TOKENLESS.format(path=path), markup=False, soft_wrap=True)
        return 2
    if not settings.config.telegram.channels:
        notices.print(CHANNELLESS.format(path=path), markup=False, soft_wrap=True)
        return 2
    stop, lost = asyncio.Event(), asyncio.Event()
    stop_on_signals(stop)
    routes = routes_of(settings)
    stage = _stages(notices)

    def lose() -> None:
        lost.set()
        stop.set()

    async with AsyncExitStack() as stack:
        sole = sole_sender(
            database_url(settings),
            on_wait=lambda: stage("another instance posts; standing by"),
            on_lost=lose,
        )
        lease = await unless_stopped(stop, stack.enter_async_context(sole))
        if lease is None:
            return 0
        parts = await stack.enter_async_context(
            open_parts(settings, clock=SystemClock(), routes=routes, on_stage=stage)
        )
        stage("connecting to Telegram")
        telegram = open_bot(parts, token, lease=lease)
        bot = await unless_stopped(stop, stack.enter_async_context(telegram))
        if bot is not None:
            log.info("started", model=parts.judge.description, feeds=len(settings.feeds()))
            bot[1].hold_back(POLLING_PROOF)
            await work_until(stop, parts, bot[1])
    if lost.is_set():
        raise BotError("another instance has taken over; start again to stand by for it")
    log.info("stopped")
    return 0


async def work_until(
    stop: asyncio.Event,
    parts: Parts,
    sender: Sender,
    *,
    before_cycle: Callable[[], bool] = lambda: True,
    on_report: Callable[[CycleReport], None] = lambda report: None,
    interval: timedelta | None = None,
) -> None:
    """Run the schedule and the sender until `stop` is set, then end both cleanly."""

    async def cycle() -> None:
        if before_cycle():
            report = await guarded_cycle(parts.worker)
            if report is not None:
                _log_report(report)
                on_report(report)
                sender.wake()

    async def tick() -> None:
        if await parts.worker.tick():
            sender.wake()

    scheduler = build_schedule(
        ended_by(stop, cycle),
        ended_by(stop, tick),
        interval or parts.settings.config.poll_interval,
    )
    sending = asyncio.create_task(sender.run(stop))
    stopping = asyncio.create_task(stop.wait())
    scheduler.start()
    try:
        # A sender that ends by itself must not leave a bot behind that decides and never posts.
        await asyncio.wait({sending, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        scheduler.shutdown(wait=False)
        await _finish(sending)


async def guarded_cycle(worker: Worker) -> CycleReport | None:
    """Run one cycle; an unexpected error is logged and the next cycle starts afresh."""
    try:
        return await worker.run_cycle()
    except Exception:
        # The one place where anything may go wrong: entries not yet stored are polled again.
        log.exception("cycle_failed")
        return None


async def run_once(path: Path, notices: Console, *, dry_run: bool) -> int:
    """Run one cycle; with `dry_run` into a database in memory, printing instead of posting."""
    settings = load_settings(path)
    configure_logs(settings.config.log)
    token = None if dry_run else read_token(settings.config, path.parent)
    if token is None and not dry_run:
        notices.print(TOKENLESS.format(path=path), markup=False, soft_wrap=True)
        return 2
    out = Console(highlight=False)
    database = "sqlite://" if dry_run else database_url(settings)
    with notices.status("starting") as status:
        async with (
            sole_sender(database, on_wait=lambda: status.update("standing by")) as lease,
            open_parts(
                settings,
                clock=SystemClock(),
                routes=routes_of(settings),
                database=database,
                on_stage=lambda stage: status.update(stage),
                on_progress=lambda stage, done, total: status.update(f"{stage} {done}/{total}"),
            ) as parts,
        ):
            report = await parts.worker.run_cycle()
            if token is not None:
                async with open_bot(parts, token, lease=lease) as (_, sender):
                    await sender.drain()
    for action in report.actions:
        out.print(f"--- {action.action.value} {action.alert_id}", markup=False)
        out.print(action.text, markup=False)
    notices.print(describe_report(report), markup=False)
    return 0


async def report_health(path: Path, notices: Console) -> int:
    """Return 0 when a feed was read recently, 1 when not."""
    settings = load_settings(path)
    store = await SqlStore.open(database_url(settings), routes=())
    try:
        states = await store.feed_states()
    finally:
        await store.aclose()
    newest = max((s.last_ok_at for s in states.values() if s.last_ok_at), default=None)
    limit = max(2 * settings.config.poll_interval, timedelta(minutes=10))
    if newest is None or SystemClock().now() - newest > limit:
        notices.print(f"unhealthy: no feed was read since {newest or 'the start'}", markup=False)
        return 1
    notices.print(f"healthy: last read {newest:%Y-%m-%d %H:%M} UTC", markup=False)
    return 0


def describe_report(report: CycleReport) -> str:
    """Return one line about a cycle for the operator."""
    reasons = ", ".join(f"{name} {count}" for name, count in sorted(report.reasons.items()))
    failed = f", {len(report.failed)} failed" if report.failed else ""
    return (
        f"{report.feeds} feeds polled{failed}; {report.unseen} new and {report.edited} edited "
        f"entries; {len(report.actions)} actions" + (f" ({reasons})" if reasons else "")
    )


def routes_of(settings: Settings) -> tuple[Route, ...]:
    """Return which chat takes which alerts."""
    return tuple(
        Route(
            chat_id=channel.chat_id,
            thread_id=channel.thread_id,
            conflicts=channel.conflicts,
            kinds=channel.kinds,
        )
        for channel in settings.config.telegram.channels
    )


def database_url(settings: Settings) -> str:
    """Return the database address; a relative SQLite path is relative to config.yaml."""
    url = settings.config.database
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith(prefix + "/"):
        return prefix + str((settings.path.parent / url.removeprefix(prefix)).resolve())
    return url


def _settle_policy(parts: Parts) -> SettlePolicy:
    telegram = parts.settings.config.telegram
    policy = SettlePolicy(ops_chat=telegram.ops_chat, on_uncertain=telegram.on_uncertain)
    if isinstance(parts.clock, SystemClock):
        return policy
    # A story told by another clock is neither late nor too old.
    return replace(policy, late_after=None, expire_after=None)


def _log_report(report: CycleReport) -> None:
    for url, reason in report.failed:
        log.warning("feed_failed", feed=url, reason=reason)
    log.info(
        "cycle",
        feeds=report.feeds,
        unseen=report.unseen,
        edited=report.edited,
        actions=len(report.actions),
        reasons=report.reasons,
    )


def _stages(notices: Console) -> Callable[[str], None]:
    return lambda stage: notices.print(f"· {stage}", markup=False, style="dim")


async def _finish(task: asyncio.Task[None]) -> None:
    done, _ = await asyncio.wait({task}, timeout=SENDER_SHARE.total_seconds())
    if not done:
        task.cancel()
        await asyncio.wait({task}, timeout=1)
    elif (error := task.exception()) is not None:
        log.error("sender_failed", exc_info=error)
        raise BotError(f"the sender ended with {type(error).__name__}")
