"""A store that tells what it is about to commit, and what it has committed, about a call."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime

from bot.store.sql import SqlStore
from bot.types import OutboxRow


class WatchedStore(SqlStore):
    """Passes a point before and after each commit of the sender."""

    @abstractmethod
    def pass_by(self, point: str) -> None:
        """Is told each point by its name."""

    async def mark_sending(
        self, row_id: int, floor_message_id: int | None, now: datetime
    ) -> OutboxRow | None:
        self.pass_by("before_sending")
        row = await super().mark_sending(row_id, floor_message_id, now)
        self.pass_by("after_sending")
        return row

    async def mark_sent(
        self,
        row_id: int,
        message_id: int | None,
        now: datetime,
        *,
        watch_until: datetime | None = None,
    ) -> None:
        self.pass_by("before_sent")
        await super().mark_sent(row_id, message_id, now, watch_until=watch_until)
        self.pass_by("after_sent")
