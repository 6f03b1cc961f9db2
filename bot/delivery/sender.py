"""Drains the outbox to Telegram: nothing lost, nothing twice.

`sending` is committed before a call and `sent` only after the answer. One message per chat is
under way at a time, so that order holds; no chat waits for another. An uncertain message blocks
its own chat until it is settled (bot.delivery.settle).
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery.attempt import Attempt, attempt, first_shape, tried
from bot.delivery.errors import UNNAMED_WAIT, Kind, Outcome
from bot.delivery.governor import (
    TELEGRAM_LIMITS,
    GovernorState,
    Limits,
    hold_chat,
    note_sent,
    wait_for,
)
from bot.delivery.report import Delivered, DeliveryReport, Fate
from bot.delivery.settle import Finding, SettlePolicy, read_back, repeat_error, repeats_of
from bot.errors import BotError
from bot.ports import Outbox
from bot.types import OutboxRow, OutboxState

log = structlog.get_logger()

#: Rows looked at in one pass; the outbox gives at most one per chat.
BATCH = 100
#: How often the outbox is looked at when nobody wakes the sender.
POLL = timedelta(seconds=1)
LONGEST_BACKOFF = timedelta(seconds=60)
#: `drain` gives up on a chat that must wait longer than this.
LONGEST_DRAIN_WAIT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unsettled:
    row: OutboxRow
    at: datetime  #: not to be settled before


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
    ) -> None:
        self._bot = bot
        self._outbox = outbox
        self._clock = clock
        self._limits = limits
        self._policy = policy
        self._governor = GovernorState()
        self._busy: set[int] = set()
        self._paused: dict[int, str] = {}
        self._unsettled: dict[int, _Unsettled] = {}
        self._held: set[int] = set()
        self._adopt_at: datetime | None = None
        self._halted: str | None = None
        self._final = False
        self._probe_at: datetime | None = None
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    def halt(self, reason: str) -> None:
        """Send nothing more until the next start, e.g. because another instance lives."""
        self._halted, self._final = reason, True
        log.critical("sending_halted", reason=reason)

    @property
    def paused_chats(self) -> dict[int, str]:
        """Return the chats that accept nothing from us, with the named reason."""
        return dict(self._paused)

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set, then let the calls under way end."""
        stopping = asyncio.create_task(stop.wait())
        jobs: set[asyncio.Task[Delivered]] = set()
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
        rows = tuple(sorted(await asyncio.gather(*jobs), key=lambda done: done.row_id))
        return DeliveryReport(
            rows=rows, next_in=report.next_in, halted=self._halted or report.halted
        )

    async def _start_or_log(self) -> tuple[set[asyncio.Task[Delivered]], DeliveryReport]:
        try:
            return await self._start_due(self._clock.now())
        except BotError as error:
            # A database that is away for a moment must not end delivery for good.
            log.error("delivery_pass_failed", error=str(error))
            return set(), DeliveryReport(next_in=timedelta(seconds=5))

    async def _rest(
        self,
        stopping: asyncio.Task[bool],
        jobs: set[asyncio.Task[Delivered]],
        report: DeliveryReport,
    ) -> None:
        """Wait for a call, a stop, an ended job, or the time of the next row."""
        waking = asyncio.create_task(self._wake.wait())
        seconds = min(report.next_in or POLL, POLL).total_seconds()
        await asyncio.wait(
            {waking, stopping, *jobs}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        waking.cancel()
        self._wake.clear()

    async def _start_due(
        self, now: datetime
    ) -> tuple[set[asyncio.Task[Delivered]], DeliveryReport]:
        if self._halted and not await self._recovers(now):
            return set(), DeliveryReport(halted=self._halted)
        await self._adopt(now)
        jobs = {
            self._start(one.row.chat_id, self._settle(one.row))
            for one in tuple(self._unsettled.values())
            if one.at <= now and one.row.chat_id not in self._busy
        }
        waits: list[timedelta] = []
        for row in await self._outbox.due_rows(now, BATCH):
            if self._blocked(row.chat_id):
                continue
            wait = wait_for(self._governor, row.chat_id, now, self._limits)
            if wait:
                waits.append(wait)
                continue
            self._governor = note_sent(self._governor, row.chat_id, now)
            jobs.add(self._start(row.chat_id, self._deliver(row)))
        return jobs, DeliveryReport(next_in=min(waits, default=None))

    def _start(self, chat_id: int, job: Coroutine[Any, Any, Delivered]) -> asyncio.Task[Delivered]:
        self._busy.add(chat_id)
        task = asyncio.create_task(job)
        task.add_done_callback(lambda _: self._busy.discard(chat_id))
        return task

    def _blocked(self, chat_id: int) -> bool:
        unsettled = any(one.row.chat_id == chat_id for one in self._unsettled.values())
        return unsettled or chat_id in self._busy or chat_id in self._paused

    async def _deliver(self, row: OutboxRow) -> Delivered:
        first = await self._outbox.message_of(row.chat_id, row.alert_id)
        floor = await self._outbox.last_message_id(row.chat_id)
        await self._outbox.mark_sending(row.id, floor, self._clock.now())
        row = replace(row, state=OutboxState.SENDING, floor_message_id=floor)
        silent = row.silent or repeats_of(row) > 0
        done = await attempt(self._bot, row, first_shape(row, first), silent=silent)
        if done.reshaped:
            log.warning("delivery_reshaped", **_about(row), refused=done.reshaped, text=row.text)
        if done.outcome is None:
            return await self._sent(row, done.message_id)
        return await self._failed(row, done, done.outcome)

    async def _sent(self, row: OutboxRow, message_id: int | None) -> Delivered:
        await self._outbox.mark_sent(row.id, message_id, self._clock.now())
        log.info("delivery_sent", **_about(row), message_id=message_id)
        return _fate(row, Fate.SENT, message_id=message_id)

    async def _failed(self, row: OutboxRow, done: Attempt, outcome: Outcome) -> Delivered:
        match outcome.kind:
            case Kind.RETRY:
                return await self._retry(row, backoff(row), outcome.reason)
            case Kind.WAIT:
                return await self._retry(row, outcome.retry_after or UNNAMED_WAIT, outcome.reason)
            case Kind.MIGRATE if outcome.new_chat_id is not None:
                await self._outbox.replace_chat(row.chat_id, outcome.new_chat_id)
                log.warning("chat_migrated", chat_id=row.chat_id, new_chat_id=outcome.new_chat_id)
                return await self._retry(row, timedelta(), outcome.reason)
            case Kind.FATAL:
                self._halted, self._probe_at = outcome.reason, self._clock.now()
                log.critical("sending_halted", reason=outcome.reason)
                return await self._retry(row, UNNAMED_WAIT, outcome.reason)
            case Kind.UNKNOWN if done.shape.edits is not None:
                # The same edit twice is the same edit.
                return await self._retry(row, backoff(row), outcome.reason)
            case Kind.UNKNOWN:
                return await self._uncertain(row, outcome.reason)
            case _:
                return await self._dead(row, outcome)

    async def _retry(self, row: OutboxRow, wait: timedelta, reason: str) -> Delivered:
        until = self._clock.now() + wait
        # The chat waits as a whole: a later message must not overtake this one.
        self._governor = hold_chat(self._governor, row.chat_id, until)
        await self._outbox.mark_retry(row.id, until, repeat_error(repeats_of(row), reason))
        log.warning("delivery_retry", **_about(row), reason=reason, seconds=wait.total_seconds())
        return _fate(row, Fate.RETRY, reason)

    async def _dead(self, row: OutboxRow, outcome: Outcome) -> Delivered:
        await self._outbox.mark_dead(row.id, outcome.reason)
        log.error("delivery_dead", **_about(row), reason=outcome.reason)
        if outcome.closes_chat:
            self._paused[row.chat_id] = outcome.reason
            log.error("chat_paused", chat_id=row.chat_id, reason=outcome.reason)
        return _fate(row, Fate.DEAD, outcome.reason)

    async def _uncertain(self, row: OutboxRow, reason: str) -> Delivered:
        error = repeat_error(repeats_of(row), reason)
        row = replace(row, state=OutboxState.UNCERTAIN, error=error)
        self._unsettled[row.id] = _Unsettled(row=row, at=self._clock.now() + self._policy.wait)
        await self._outbox.mark_uncertain(row.id, error)
        log.error("delivery_uncertain", **_about(row), reason=reason)
        return _fate(row, Fate.UNCERTAIN, reason)

    async def _adopt(self, now: datetime) -> None:
        """Take charge of rows left in `sending` or `uncertain`, also by an earlier run."""
        if self._adopt_at is not None and now < self._adopt_at:
            return
        self._adopt_at = now + min(self._policy.wait, POLL)
        for row in await self._outbox.unsettled_rows():
            if row.chat_id in self._busy or row.id in self._unsettled or row.id in self._held:
                continue
            self._unsettled[row.id] = _Unsettled(row=row, at=now + self._policy.wait)

    async def _settle(self, row: OutboxRow) -> Delivered:
        if await self._is_safe_to_repeat(row):
            return self._close(row, await self._retry(row, timedelta(), "edit_interrupted"))
        if self._policy.ops_chat is not None:
            finding, message_id = await read_back(self._bot, row, self._policy.ops_chat)
            if finding is Finding.FOUND:
                return self._close(row, await self._sent(row, message_id))
            if finding is Finding.ABSENT:
                return self._close(row, await self._retry(row, timedelta(), "absent_on_read_back"))
        return await self._settle_by_policy(row)

    async def _settle_by_policy(self, row: OutboxRow) -> Delivered:
        repeats = repeats_of(row)
        if self._policy.on_uncertain == "hold" or repeats >= self._policy.max_repeats:
            self._held.add(row.id)
            log.error("delivery_held", **_about(row), reason=row.error)
            if row.state is not OutboxState.UNCERTAIN:
                await self._outbox.mark_uncertain(row.id, "interrupted")
            return self._close(row, _fate(row, Fate.HELD, row.error or "interrupted"))
        if isinstance(await tried(self._bot.get_me()), Outcome):
            # While the API is away nothing new can be learned, and a repeat would be lost too.
            self._unsettled[row.id] = _Unsettled(row=row, at=self._clock.now() + backoff(row))
            return _fate(row, Fate.UNCERTAIN, "api_away")
        now = self._clock.now()
        await self._outbox.mark_retry(row.id, now, repeat_error(repeats + 1, "unsettled"))
        log.warning("delivery_repeated_silently", **_about(row), repeats=repeats + 1)
        return self._close(row, _fate(row, Fate.RETRY, "repeated_silently"))

    async def _is_safe_to_repeat(self, row: OutboxRow) -> bool:
        """An edit that was interrupted; one that became a new message counts as uncertain."""
        if row.kind != "edit" or row.state is not OutboxState.SENDING:
            return False
        return await self._outbox.message_of(row.chat_id, row.alert_id) is not None

    def _close(self, row: OutboxRow, done: Delivered) -> Delivered:
        self._unsettled.pop(row.id, None)
        return done

    async def _recovers(self, now: datetime) -> bool:
        """Ask whether the bot is welcome again, at most once a minute after a refusal."""
        if self._final or self._probe_at is None or now < self._probe_at:
            return False
        answer = await tried(self._bot.get_me())
        if isinstance(answer, Outcome):
            self._probe_at = now + UNNAMED_WAIT
            return False
        log.warning("sending_resumed", after=self._halted)
        self._halted = self._probe_at = None
        return True


def backoff(row: OutboxRow) -> timedelta:
    """Return the wait before the next try: 1 s doubled to 60 s, spread so that rows part."""
    seconds = min(2.0 ** min(row.attempts, 10), LONGEST_BACKOFF.total_seconds())
    spread = (row.id * 0.618 + row.attempts * 0.382) % 1
    return timedelta(seconds=seconds * (1 + 0.25 * spread))


def _about(row: OutboxRow) -> dict[str, object]:
    return {"row": row.id, "chat_id": row.chat_id, "alert_id": row.alert_id, "kind": row.kind}


def _fate(row: OutboxRow, fate: Fate, reason: str = "", message_id: int | None = None) -> Delivered:
    return Delivered(
        row_id=row.id, chat_id=row.chat_id, fate=fate, reason=reason, message_id=message_id
    )


def _finished(jobs: set[asyncio.Task[Delivered]]) -> set[asyncio.Task[Delivered]]:
    """Return the ended jobs; a broken database is logged, anything unexpected is raised."""
    ended = {job for job in jobs if job.done()}
    for job in ended:
        error = job.exception()
        if isinstance(error, BotError):
            # The row stays in `sending` and is taken up again as unsettled.
            log.error("delivery_failed", error=str(error))
        elif error is not None:
            raise error
    return ended
