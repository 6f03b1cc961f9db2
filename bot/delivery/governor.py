"""The rate governor: how long a message to a chat must wait. Pure functions over a state.

Telegram's limits are one message a second and twenty a minute per channel or group, and thirty
a second overall; a `retry_after` holds back its own chat and no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many messages may leave in which span."""

    per_chat_second: int = 1
    per_group_minute: int = 20  #: channels and groups; private chats have no such limit
    overall_second: int = 30


TELEGRAM_LIMITS = Limits()
#: For servers without limits, such as the local preview.
NO_LIMITS = Limits(per_chat_second=10_000, per_group_minute=600_000, overall_second=100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernorState:
    """What has left lately and which chats are held back."""

    sent: Mapping[int, tuple[datetime, ...]] = field(default_factory=dict)  #: by chat, last minute
    held: Mapping[int, datetime] = field(default_factory=dict)  #: chat -> not before


def wait_for(
    state: GovernorState, chat_id: int, now: datetime, limits: Limits = TELEGRAM_LIMITS
) -> timedelta:
    """Return how long a message to `chat_id` must wait; zero when it may leave now."""
    own = state.sent.get(chat_id, ())
    everyone = sorted(at for times in state.sent.values() for at in times if now - at < SECOND)
    ready = [
        state.held.get(chat_id, now),
        _ready_at(own, limits.per_chat_second, SECOND, now),
        _ready_at(tuple(everyone), limits.overall_second, SECOND, now),
    ]
    if chat_id < 0:
        ready.append(_ready_at(own, limits.per_group_minute, MINUTE, now))
    return max(max(ready) - now, timedelta())


def note_sent(state: GovernorState, chat_id: int, now: datetime) -> GovernorState:
    """Return the state after a call to `chat_id` left at `now`."""
    recent = {
        chat: kept
        for chat, times in state.sent.items()
        if (kept := tuple(at for at in times if now - at < MINUTE))
    }
    recent[chat_id] = (*recent.get(chat_id, ()), now)
    held = {chat: until for chat, until in state.held.items() if until > now}
    return GovernorState(sent=recent, held=held)


def hold_chat(state: GovernorState, chat_id: int, until: datetime) -> GovernorState:
    """Return the state with one chat held back; a longer hold is never shortened."""
    later = max(until, state.held.get(chat_id, until))
    return replace(state, held={**state.held, chat_id: later})


def _ready_at(
    times: tuple[datetime, ...], allowed: int, span: timedelta, now: datetime
) -> datetime:
    """Return when fewer than `allowed` of `times` lie within `span`."""
    recent = [at for at in times if now - at < span]
    return now if len(recent) < allowed else recent[-allowed] + span
