"""The sweeper: finds and deletes a late copy of a message that was sent again.

A message that was resent on suspicion is watched for some minutes: its chat is read on from
where it was last read, so that a sweep costs a handful of calls. The copy that the store knows
stays, and so do the edits and answers that hang on it; where nothing hangs on it yet and the
other one came first, that one is kept.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery.attempt import tried
from bot.delivery.carrier import about, fate_of
from bot.delivery.desk import Desk
from bot.delivery.errors import Outcome
from bot.delivery.report import Delivered, Fate
from bot.delivery.settle import Finding, SettlePolicy, Walk, begin_walk, read_on, says
from bot.ports import Outbox
from bot.types import OutboxRow

log = structlog.get_logger()


class Sweeper:
    """Looks for late copies."""

    def __init__(
        self, *, bot: Bot, outbox: Outbox, clock: Clock, policy: SettlePolicy, desk: Desk
    ) -> None:
        self._bot = bot
        self._outbox = outbox
        self._clock = clock
        self._policy = policy
        self._desk = desk
        self._walks: dict[int, Walk] = {}
        self._at: datetime | None = None

    async def due(self, now: datetime) -> tuple[OutboxRow, ...]:
        """Return the rows to sweep for, at most one per chat; the times of sweeps are ours."""
        if self._policy.ops_chat is None or (self._at is not None and now < self._at):
            return ()
        self._at = now + self._policy.sweep_every
        rows = await self._outbox.watched_rows(now)
        self._walks = {row.id: walk for row in rows if (walk := self._walks.get(row.id))}
        # The one that was looked for least recently comes first.
        ordered = sorted(rows, key=lambda row: self._walks.get(row.id, Walk(at=0)).at)
        return tuple({row.chat_id: row for row in reversed(ordered)}.values())

    async def sweep(self, row: OutboxRow) -> Delivered:
        """Read on in a row's chat and delete other copies of it."""
        assert self._policy.ops_chat is not None  # noqa: S101 - `due` has asked
        walk = self._walks.get(row.id) or begin_walk(row)
        deleted = 0
        while True:
            known = await self._outbox.known_messages(row.chat_id, walk.at - 1)
            reading = await read_on(
                self._bot,
                row.chat_id,
                self._policy.ops_chat,
                walk,
                lambda text: says(row, text),
                known,
            )
            walk = reading.walk
            if reading.finding is not Finding.FOUND or reading.found is None:
                break
            if await self._remove_copy(row, reading.found):
                deleted += 1
        # Ids are given out in order: what was read once holds nothing new later.
        self._walks[row.id] = replace(walk, at=walk.last + 1, misses=0, blind=False)
        return fate_of(row, Fate.SWEPT, f"{deleted} deleted", row.message_id)

    async def _remove_copy(self, row: OutboxRow, copy: int) -> bool:
        mine = row.message_id
        keep_other = mine is not None and copy < mine and not await self._has_followers(row, mine)
        gone = mine if keep_other and mine is not None else copy
        answer = await tried(self._bot.delete_message(chat_id=row.chat_id, message_id=gone))
        if isinstance(answer, Outcome) and answer.reason != "message_not_found":
            log.error("duplicate_stays", **about(row), message_id=gone, reason=answer.reason)
            self._desk.count("duplicates_left")
            text = f"{row.alert_id} stands twice in chat {row.chat_id}; message {gone} cannot be"
            self._desk.page(f"stays {row.id}", f"{text} deleted: {answer.reason}. Please do.")
            return False
        if keep_other:
            await self._outbox.adopt_message(row.id, copy, self._clock.now())
        log.error("duplicate_deleted", **about(row), message_id=gone)
        self._desk.count("duplicates_deleted")
        text = f"{row.alert_id} ({row.kind}) stood twice in chat {row.chat_id}"
        self._desk.page(f"twice {row.id}", f"{text}: Telegram accepted it late. One copy is gone.")
        return True

    async def _has_followers(self, row: OutboxRow, mine: int) -> bool:
        """Tell whether anything of ours came after a message and may hang on it."""
        return bool(await self._outbox.known_messages(row.chat_id, mine))
