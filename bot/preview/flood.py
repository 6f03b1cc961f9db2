"""Flood limits of the stand-in, as Telegram's: optional, off unless a test asks for them."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable

#: (messages, seconds) overall, per chat, and per channel or group.
OVERALL = (30, 1.0)
PER_CHAT = (1, 1.0)
PER_GROUP = (20, 60.0)


class FloodGate:
    """Counts messages and says how many seconds too early one is."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._sent: dict[object, deque[float]] = defaultdict(deque)

    def too_early(self, chat_id: int) -> int:
        """Count one message to a chat; return its `retry_after`, 0 when it may pass."""
        now = self._seconds()
        rules: list[tuple[object, tuple[int, float]]] = [
            ("all", OVERALL),
            (("second", chat_id), PER_CHAT),
        ]
        if chat_id < 0:
            rules.append((("minute", chat_id), PER_GROUP))
        wait = max(self._wait(key, rule, now) for key, rule in rules)
        if wait <= 0:
            for key, _ in rules:
                self._sent[key].append(now)
        return math.ceil(max(wait, 0.0))

    def _wait(self, key: object, rule: tuple[int, float], now: float) -> float:
        allowed, span = rule
        times = self._sent[key]
        while times and now - times[0] >= span:
            times.popleft()
        return 0.0 if len(times) < allowed else times[-allowed] + span - now
