"""Drains the outbox to Telegram: nothing lost, nothing twice.

This is the loop: what may leave now, and when to look again. Single rows are the carrier's work.
One message per chat is under way at a time, so that order holds; no chat waits for another. An
uncertain message blocks its own chat until it is settled (bot.delivery.settle).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery.attempt import tried
from bot.delivery.carrier import Carrier, Standing, Unsettled
from bot.delivery.desk import Desk
from bot.delivery.errors import UNNAMED_WAIT, Outcome
from bot.delivery.governor import (
    MINUTE,
    TELEGRAM_LIMITS,
    Limits,
    hold_chat,
    note_sent,
    wait_for,
)
from bot.delivery.report import Delivered, DeliveryReport
from bot.delivery.settle import SettlePolicy
from bot.delivery.sweep import Sweeper
from bot.errors import BotError
from bot.ports import Outbox

log = structlog.get_logger()

#: Rows looked at in one pass; the outbox gives at most one per chat.
BATCH = 100
#: How often the outbox is looked at when nobody wakes the sender.
POLL = timedelta(seconds=1)
#: What cannot be recorded is not sent; the database gets this long to recover.
STORE_PAUSE = timedelta(seconds=5)
#: `drain` gives up on a chat that must wait longer than this.
LONGEST_DRAIN_WAIT = timedelta(seconds=60)

_Job = asyncio.Task[Delivered | None]


class Sender:
    """Delivers outbox rows through one bot."""

    def __init__(
        self,
        *,
        bot: Bot,
        outbox: Outbox,
        clock: Clock,
        limits: Limits = TELEGRAM_LIMITS,
        policy: SettlePolicy = SettlePolicy(),  # noqa: B008 - frozen
        may_send: Callable[[], bool] = lambda: True,
    ) -> None:
        self._bot = bot
        self._outbox = outbox
        self._clock = clock
        self._limits = limits
        self._policy = policy
        self._may_send = may_send
        self.desk = Desk(bot=bot, clock=clock, chat_id=policy.ops_chat)
        self._standing = Standing()
        self._carrier = Carrier(
            bot=bot,
            outbox=outbox,
            clock=clock,
            policy=policy,
            desk=self.desk,
            standing=self._standing,
        )
        self._sweeper = Sweeper(bot=bot, outbox=outbox, clock=clock, policy=policy, desk=self.desk)
        self._busy: set[int] = set()
        self._adopt_at: datetime | None = None
        self._quiet_until: datetime | None = None
        self._not_before: datetime | None = None
        self._started = False
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    def halt(self, reason: str) -> None:
        """Send nothing more until the next start."""
        self._standing.halted, self._standing.probe_at = reason, None
        log.critical("sending_halted", reason=reason)

    def pause(self, reason: str, span: timedelta = MINUTE) -> None:
        """Send nothing until `span` has passed without another such call, e.g. while another
        instance polls for the same bot."""
        now = self._clock.now()
        if self._standing.halted is None:
            log.critical("sending_halted", reason=reason)
            self.desk.page(reason, f"I have stopped sending: {reason}.")
        if self._standing.halted is None or self._standing.probe_at is not None:
            self._standing.halted = reason
            self._standing.probe_at = self._quiet_until = now + span
        self._wake.set()

    def hold_back(self, span: timedelta) -> None:
        """Send nothing for a while, without being halted."""
        self._not_before = self._clock.now() + span

    @property
    def counts(self) -> Mapping[str, int]:
        """Return totals since the start: uncertain, held, dead, closed, duplicates_deleted, ..."""
        return dict(self.desk.counts)

    @property
    def paused_chats(self) -> dict[int, str]:
        """Return the chats that accept nothing from us, with the named reason."""
        return {chat: reason for (chat, topic), reason in self._standing.closed.items()}

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set, then let the calls under way end."""
        stopping = asyncio.create_task(stop.wait())
        jobs: set[_Job] = set()
        try:
            while not stop.is_set():
                started, report = await self._start_or_log()
                jobs |= started
                await self._rest(stopping, jobs, report)
                jobs -= _finished(jobs)
            if jobs:
                await asyncio.wait(jobs)
                _finished(jobs)
        finally:
            stopping.cancel()
            for job in jobs:
                job.cancel()

    async def drain(self) -> DeliveryReport:
        """Deliver what is due now, keeping to the rate limits; return everything done."""
        done: list[Delivered] = []
        while True:
            report = await self.deliver_due(self._clock.now())
            done += report.rows
            wait = report.next_in
            if report.halted or (not report.rows and (wait is None or wait > LONGEST_DRAIN_WAIT)):
                return DeliveryReport(rows=tuple(done), next_in=wait, halted=report.halted)
            if not report.rows and wait is not None:
                await asyncio.sleep(wait.total_seconds())

    async def deliver_due(self, now: datetime) -> DeliveryReport:
        """Settle and deliver everything that may leave at `now`."""
        jobs, report = await self._start_due(now)
        found = [done for done in await asyncio.gather(*jobs) if done is not None]
        return DeliveryReport(
            rows=tuple(sorted(found, key=lambda done: done.row_id)),
            next_in=report.next_in,
            halted=self._standing.halted or report.halted,
        )

    async def _start_or_log(self) -> tuple[set[_Job], DeliveryReport]:
        try:
            return await self._start_due(self._clock.now())
        except BotError as error:
            # A database that is away for a moment must not end delivery for good.
            log.error("delivery_pass_failed", error=str(error))
            return set(), DeliveryReport(next_in=STORE_PAUSE)

    async def _rest(
        self, stopping: asyncio.Task[bool], jobs: set[_Job], report: DeliveryReport
    ) -> None:
        """Wait for a call, a stop, an ended job, or the time of the next row."""
        waking = asyncio.create_task(self._wake.wait())
        seconds = min(report.next_in or POLL, POLL).total_seconds()
        await asyncio.wait(
            {waking, stopping, *jobs}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        waking.cancel()
        self._wake.clear()

    async def _start_due(self, now: datetime) -> tuple[set[_Job], DeliveryReport]:
        # What is settled during this pass must not be overtaken by what stands behind it.
        before = self._blocked_chats()
        jobs = self._start_page()
        if not self._may_send():
            return jobs, DeliveryReport(halted="lease_lost")
        if self._standing.halted and not await self._recovers(now):
            return jobs, DeliveryReport(halted=self._standing.halted)
        if self._not_before is not None and now < self._not_before:
            return jobs, DeliveryReport(next_in=self._not_before - now)
        await self._begin(now)
        await self._adopt(now)
        for one in tuple(self._standing.unsettled.values()):
            if one.at <= now and one.row.chat_id not in self._busy:
                jobs.add(self._start(one.row.chat_id, self._carrier.settle(one)))
        waits: list[timedelta] = []
        for row in await self._outbox.due_rows(now, BATCH):
            if row.chat_id in before or self._blocked(row.chat_id):
                continue
            wait = wait_for(self._standing.governor, row.chat_id, now, self._limits)
            if wait:
                waits.append(wait)
                continue
            self._standing.governor = note_sent(self._standing.governor, row.chat_id, now)
            jobs.add(self._start(row.chat_id, self._carrier.deliver(row)))
        for row in await self._sweeper.due(now):
            if not self._blocked(row.chat_id):
                jobs.add(self._start(row.chat_id, self._sweeper.sweep(row)))
        return jobs, DeliveryReport(next_in=min(waits, default=None))

    def _start_page(self) -> set[_Job]:
        ops_chat = self._policy.ops_chat
        if not self.desk.has_news or ops_chat is None or ops_chat in self._busy:
            return set()
        return {self._start(ops_chat, self.desk.flush())}

    def _start(self, chat_id: int, work: Coroutine[Any, Any, Delivered | None]) -> _Job:
        self._busy.add(chat_id)
        job = asyncio.create_task(self._guarded(chat_id, work))
        job.add_done_callback(lambda _: self._busy.discard(chat_id))
        return job

    async def _guarded(
        self, chat_id: int, work: Coroutine[Any, Any, Delivered | None]
    ) -> Delivered | None:
        try:
            return await work
        except BotError as error:
            # A row that left stays in `sending` and is taken up again as unsettled.
            log.error("delivery_failed", chat_id=chat_id, error=str(error))
            until = self._clock.now() + STORE_PAUSE
            self._standing.governor = hold_chat(self._standing.governor, chat_id, until)
            return None

    def _blocked(self, chat_id: int) -> bool:
        return chat_id in self._blocked_chats()

    def _blocked_chats(self) -> set[int]:
        unsettled = self._standing.unsettled.values()
        return self._busy | {one.row.chat_id for one in unsettled if one.blocks}

    async def _begin(self, now: datetime) -> None:
        """Take up what an earlier run knew of limits and closed chats, once."""
        if self._started:
            return
        await self._outbox.try_closed_places(now)
        self._standing.closed.update(await self._outbox.closed_places())
        for chat_id, at in await self._outbox.recent_messages(now - MINUTE):
            self._standing.governor = note_sent(self._standing.governor, chat_id, at)
        self._started = True

    async def _adopt(self, now: datetime) -> None:
        """Take charge of rows left in `sending` or `uncertain`, also by an earlier run."""
        if self._adopt_at is not None and now < self._adopt_at:
            return
        self._adopt_at = now + min(self._policy.wait, POLL)
        # What a job does to a row while we ask, the answer may not know yet.
        busy = set(self._busy)
        for row in await self._outbox.unsettled_rows():
            if row.chat_id in busy or row.id in self._standing.unsettled:
                continue
            # The wait counts from when the message left, not from when we came back.
            left_at = min(row.left_at or now, now)
            at = max(now, left_at + self._policy.wait)
            self._standing.unsettled[row.id] = Unsettled(row=row, at=at)

    async def _recovers(self, now: datetime) -> bool:
        """Ask whether the bot is welcome again, at most once a minute after a refusal."""
        probe_at = self._standing.probe_at
        if probe_at is None or now < max(probe_at, self._quiet_until or probe_at):
            return False
        answer = await tried(self._bot.get_me())
        if isinstance(answer, Outcome):
            self._standing.probe_at = now + UNNAMED_WAIT
            return False
        log.warning("sending_resumed", after=self._standing.halted)
        self._standing.halted = self._standing.probe_at = self._quiet_until = None
        return True


def _finished(jobs: set[_Job]) -> set[_Job]:
    """Return the ended jobs; anything unexpected is raised."""
    ended = {job for job in jobs if job.done()}
    for job in ended:
        job.result()
    return ended
