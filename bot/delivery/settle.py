"""Settling: what to do about a message of which nobody knows whether Telegram accepted it.

Telegram has no idempotency key, so such a message is never resent blindly. With an operators'
chat the channel is read back by forwarding; without one the operator's policy decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal

from telegram import Bot

from bot.delivery.attempt import tried
from bot.delivery.errors import Kind, Outcome
from bot.delivery.shapes import plain_text
from bot.types import OutboxRow

#: The channel has ended when so many ids in a row hold no message.
MISSES = 5
#: Never walk further than this from the last known message.
LONGEST_WALK = 200

_REPEAT = re.compile(r"^repeat (\d+):")


class Finding(StrEnum):
    """What a read-back found."""

    FOUND = "found"
    ABSENT = "absent"
    UNREADABLE = "unreadable"  #: the channel cannot be read back now


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlePolicy:
    """How uncertain messages are settled."""

    wait: timedelta = timedelta(seconds=15)  #: must exceed the server's lateness
    ops_chat: int | None = None  #: where messages are forwarded to for reading back
    on_uncertain: Literal["resend_silent", "hold"] = "resend_silent"
    max_repeats: int = 3  #: silent repeats of one message before a human decides


def repeats_of(row: OutboxRow) -> int:
    """Return how often a row was already repeated on suspicion."""
    match = _REPEAT.match(row.error or "")
    return int(match[1]) if match else 0


def repeat_error(repeats: int, reason: str) -> str:
    """Return the outbox error that remembers the number of repeats."""
    return f"repeat {repeats}: {reason}" if repeats else reason


async def read_back(bot: Bot, row: OutboxRow, ops_chat: int) -> tuple[Finding, int | None]:
    """Look for a row's message above its floor; return its id when it is there."""
    if row.floor_message_id is None:
        # Without a known message there is nowhere to start.
        return Finding.UNREADABLE, None
    misses = 0
    for message_id in range(row.floor_message_id + 1, row.floor_message_id + 1 + LONGEST_WALK):
        copy = await tried(
            bot.forward_message(
                chat_id=ops_chat,
                from_chat_id=row.chat_id,
                message_id=message_id,
                disable_notification=True,
            )
        )
        if isinstance(copy, Outcome):
            if copy.kind is not Kind.PERMANENT or copy.closes_chat:
                return Finding.UNREADABLE, None
            # A service message cannot be forwarded: it exists, but it is not ours.
            misses = misses + 1 if copy.reason == "message_not_found" else 0
        elif shows(row, copy.text or ""):
            return Finding.FOUND, message_id
        else:
            misses = 0
        if misses == MISSES:
            return Finding.ABSENT, None
    return Finding.UNREADABLE, None


def shows(row: OutboxRow, text: str) -> bool:
    """Tell whether `text`, found above a row's floor, is that row's message.

    Above the floor only this row and other people's messages can stand, so the visible alert id
    is enough; a row without one is compared as a whole.
    """
    if row.alert_id and re.search(rf"(?<!\w){re.escape(row.alert_id)}(?!\w)", text):
        return True
    return _squeezed(text) == _squeezed(plain_text(row.text))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
