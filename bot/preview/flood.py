"""Flood limits of the stand-in, as Telegram's: optional, off unless a test asks for them.

Exact limits are not published; these are the documented ones, with short bursts per chat. A chat
that was told to wait stays shut until then, whatever it is asked meanwhile.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodRules:
    """(messages, seconds): no more than that many within that time."""

    overall: tuple[int, float] = (30, 1.0)
    per_chat: tuple[int, float] = (1, 1.0)
    burst: int = 3  #: messages that a quiet chat takes at once before `per_chat` holds
    per_group: tuple[int, float] = (20, 60.0)  #: channels and groups
    edits_per_group: tuple[int, float] = (20, 60.0)


class FloodGate:
    """Counts messages and says how many seconds too early one is."""

    def __init__(self, seconds: Callable[[], float], rules: FloodRules = FloodRules()) -> None:
        self._seconds = seconds
        self._rules = rules
        self._sent: dict[object, deque[float]] = defaultdict(deque)
        self._tokens: dict[int, tuple[float, float]] = {}
        self._shut_until: dict[tuple[int, str], float] = {}

    def too_early(self, chat_id: int, messages: int = 1) -> int:
        """Count messages to a chat; return the `retry_after`, 0 when they may pass."""
        rules = [("all", self._rules.overall)]
        if chat_id < 0:
            rules.append((f"group {chat_id}", self._rules.per_group))
        # An album larger than the burst would never pass.
        tokens = min(messages, self._rules.burst)
        return self._pass((chat_id, "send"), rules, messages, tokens)

    def edit_too_early(self, chat_id: int) -> int:
        """Count an edit in a chat; return the `retry_after`, 0 when it may pass."""
        rules = [("all", self._rules.overall)]
        if chat_id < 0:
            rules.append((f"edits {chat_id}", self._rules.edits_per_group))
        return self._pass((chat_id, "edit"), rules, 1, 0)

    def _pass(
        self,
        door: tuple[int, str],
        rules: list[tuple[str, tuple[int, float]]],
        messages: int,
        tokens: int,
    ) -> int:
        now = self._seconds()
        if (shut := self._shut_until.get(door, now) - now) > 0:
            return math.ceil(shut)
        allowed, span = self._rules.per_chat
        chat_id, _ = door
        left = self._tokens_left(chat_id, now)
        waits = [self._wait(key, rule, now, messages) for key, rule in rules]
        wait = math.ceil(max((tokens - left) * span / allowed, *waits))
        if wait > 0:
            self._shut_until[door] = now + wait
            return wait
        if tokens:
            self._tokens[chat_id] = (left - tokens, now)
        for key, _ in rules:
            self._sent[key].extend([now] * messages)
        return 0

    def _tokens_left(self, chat_id: int, now: float) -> float:
        """Return how many messages a chat takes at once now."""
        allowed, span = self._rules.per_chat
        left, since = self._tokens.get(chat_id, (float(self._rules.burst), now))
        return min(self._rules.burst, left + max(now - since, 0.0) * allowed / span)

    def _wait(self, key: str, rule: tuple[int, float], now: float, messages: int) -> float:
        allowed, span = rule
        times = self._sent[key]
        while times and now - times[0] >= span:
            times.popleft()
        needed = min(messages, allowed)
        if len(times) + needed <= allowed:
            return 0.0
        return times[len(times) + needed - allowed - 1] + span - now
