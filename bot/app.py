"""The composition root: builds every part from the settings, starts and stops them.

Parts are opened in order and closed in reverse, whatever happens in between: the store, the
posting side (bot.posting), and the reading side (bot.reading), which loads while the sender is
at work. Decisions are made elsewhere; this module only wires.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from rich.console import Console

from bot.clock import SystemClock
from bot.config import Settings, load_settings, read_token
from bot.delivery.sender import Sender
from bot.errors import BotError
from bot.logs import configure_logs
from bot.posting import Posting, open_bot
from bot.schedule import build_schedule
from bot.stopping import SENDER_SHARE, ended_by, leave, stop_on_signals, unless_stopped
from bot.store.lease import sole_sender
from bot.store.routes import Route
from bot.store.sql import SqlStore

if TYPE_CHECKING:
    # What reads is imported when it is opened: the sender need not wait for it.
    from bot.reading import Reading
    from bot.worker import CycleReport, Worker

log = structlog.get_logger()

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

UNREACHED = "{api_root} does not answer; reading begins, and posts wait until it does"


@asynccontextmanager
async def open_store(settings: Settings, database: str | None = None) -> AsyncIterator[SqlStore]:
    """Open the database of the settings, or another one; close it on the way out."""
    store = await SqlStore.open(database or database_url(settings), routes=routes_of(settings))
    try:
        yield store
    finally:
        await store.aclose()


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
    stage = _stages(notices)
    loading: asyncio.Task[Reading] | None = None

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
        stage("opening the database")
        store = await stack.enter_async_context(open_store(settings))
        stage("connecting to Telegram")
        telegram = open_bot(
            settings, token, store=store, clock=SystemClock(), lease=lease, lasting=True
        )
        posting = await unless_stopped(stop, stack.enter_async_context(telegram))
        if posting is not None:
            if not posting.connecting.done():
                stage(UNREACHED.format(api_root=settings.config.telegram.api_root))
            from bot.reading import open_reading

            loading = await stack.enter_async_context(
                open_reading(settings, store=store, clock=SystemClock(), on_stage=stage)
            )
            await work_until(stop, loading, posting, interval=settings.config.poll_interval)
    if lost.is_set():
        raise BotError("another instance has taken over; start again to stand by for it")
    log.info("stopped")
    if loading is not None and loading.cancelled():
        leave()  # or the interpreter would wait for a model that nobody wants any more
    return 0


async def work_until(
    stop: asyncio.Event,
    loading: asyncio.Task[Reading],
    posting: Posting,
    *,
    interval: timedelta,
    before_cycle: Callable[[], bool] = lambda: True,
    on_report: Callable[[CycleReport], None] = lambda report: None,
) -> None:
    """Send at once, and run the schedule of cycles from when its parts have loaded.

    Ends both cleanly when `stop` is set; sets it where one of them ends by itself, because a bot
    that decides and never posts, or posts and never reads, must not be left behind.
    """
    sending = asyncio.create_task(posting.run(stop))
    stopping = asyncio.create_task(stop.wait())
    scheduler: AsyncIOScheduler | None = None
    try:
        first = {sending, stopping, loading}
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        if not (sending.done() or stopping.done()):
            reading = loading.result()
            cycle, tick = _jobs(reading.worker, posting.sender, before_cycle, on_report)
            scheduler = build_schedule(ended_by(stop, cycle), ended_by(stop, tick), interval)
            scheduler.start()
            await asyncio.wait({sending, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.set()
        stopping.cancel()
        if scheduler is not None:
            scheduler.shutdown(wait=False)
        await _finish(sending)


def _jobs(
    worker: Worker,
    sender: Sender,
    before_cycle: Callable[[], bool],
    on_report: Callable[[CycleReport], None],
) -> tuple[Callable[[], Awaitable[None]], Callable[[], Awaitable[None]]]:
    """Return a cycle and a move of the clock that wake the sender."""

    async def cycle() -> None:
        if before_cycle():
            report = await guarded_cycle(worker)
            if report is not None:
                _log_report(report)
                on_report(report)
                sender.wake()

    async def tick() -> None:
        if await worker.tick():
            sender.wake()

    return cycle, tick


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
    from bot.reading import open_reading

    out = Console(highlight=False)
    database = "sqlite://" if dry_run else database_url(settings)
    clock = SystemClock()
    with notices.status("starting") as status:
        async with (
            sole_sender(database, on_wait=lambda: status.update("standing by")) as lease,
            open_store(settings, database) as store,
            open_reading(
                settings,
                store=store,
                clock=clock,
                on_stage=lambda stage: status.update(stage),
                on_progress=lambda stage, done, total: status.update(f"{stage} {done}/{total}"),
            ) as loading,
        ):
            report = await (await loading).worker.run_cycle()
            if token is not None:
                async with open_bot(
                    settings, token, store=store, clock=clock, lease=lease
                ) as posting:
                    await posting.sender.drain()
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
    elif isinstance(error := task.exception(), BotError):
        raise error  # it says what to do
    elif error is not None:
        log.error("sender_failed", exc_info=error)
        raise BotError(f"the sender ended with {type(error).__name__}")
