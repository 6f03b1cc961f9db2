"""The operators' desk: what they must know is counted, logged and told in their chat.

Telling is best effort: it never holds up an alert, and a page that is lost is not repeated.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery.attempt import tried
from bot.delivery.errors import Outcome
from bot.delivery.redaction import redact
from bot.delivery.shapes import cut_plain

log = structlog.get_logger()

#: The same thing is not told twice within this.
QUIET = timedelta(minutes=10)


class Desk:
    """Tells the operators, in their chat where there is one."""

    def __init__(self, *, bot: Bot, clock: Clock, chat_id: int | None) -> None:
        self._bot = bot
        self._clock = clock
        self.chat_id = chat_id
        #: Totals since the start, by name.
        self.counts: Counter[str] = Counter()
        self._told: dict[str, datetime] = {}
        self._waiting: list[str] = []

    def count(self, name: str) -> None:
        """Add one to a total."""
        self.counts[name] += 1

    def page(self, key: str, text: str) -> None:
        """Tell the operators soon, unless the same was told a moment ago."""
        now = self._clock.now()
        if self.chat_id is None or now - self._told.get(key, now - QUIET) < QUIET:
            return
        self._told[key] = now
        self._waiting.append(text)

    @property
    def has_news(self) -> bool:
        """Tell whether a page waits."""
        return bool(self._waiting) and self.chat_id is not None

    async def flush(self) -> None:
        """Send everything that waits as one message."""
        lines, self._waiting = self._waiting, []
        if self.chat_id is None or not lines:
            return
        text = cut_plain(redact("\n".join(lines)))
        answer = await tried(self._bot.send_message(chat_id=self.chat_id, text=text))
        if isinstance(answer, Outcome):
            log.error("operators_not_told", reason=answer.reason, text=text)
