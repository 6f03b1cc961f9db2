"""Settling: what to do about a message of which nobody knows whether Telegram accepted it.

Telegram has no idempotency key, so such a message is never resent blindly. With an operators'
chat the channel is read back by forwarding, message by message; where that is impossible the
operator's policy decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Literal

from telegram import Bot

from bot.delivery.attempt import tried
from bot.delivery.errors import UNNAMED_WAIT, Kind, Outcome
from bot.delivery.shapes import cut_plain, plain_text, shown_text, undelayed
from bot.ports import POSTS_EXPIRE
from bot.types import OutboxRow

#: The channel has ended when so many ids in a row hold no message.
MISSES = 5
#: Never walk further than this from the last known message.
LONGEST_WALK = 200
#: Before the channel is asked again when it could not be read for the moment.
AWAY = timedelta(seconds=5)

_REPEAT = re.compile(r"^repeat (\d+):")
#: Reasons after which a message may be accepted long after we gave up on it.
_LATE = ("no_answer", "write_timeout", "gateway_timeout")


class Finding(StrEnum):
    """What a read-back found."""

    FOUND = "found"
    ABSENT = "absent"
    AWAY = "away"  #: it cannot be read now; ask again
    UNREADABLE = "unreadable"  #: it cannot be read at all


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlePolicy:
    """How uncertain messages are settled."""

    wait: timedelta = timedelta(seconds=15)  #: must exceed the server's lateness
    ops_chat: int | None = None  #: where messages are forwarded to for reading back
    #: readback: adopt or resend on evidence, and resend silently where there can be none;
    #: hold: the same on evidence, and a human decides where there can be none;
    #: resend_silent: ask for no evidence
    on_uncertain: Literal["readback", "hold", "resend_silent"] = "readback"
    max_repeats: int = 3  #: silent repeats of one message before a human decides
    watch: timedelta = timedelta(minutes=10)  #: so long late copies are looked for ...
    sweep_every: timedelta = timedelta(seconds=30)  #: ... this often
    late_after: timedelta | None = timedelta(minutes=10)  #: a post says so from this delay on
    expire_after: timedelta | None = POSTS_EXPIRE  #: older posts leave no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How far a chat was read."""

    at: int  #: the next id to read
    misses: int = 0  #: empty ids in a row just before it
    blind: bool = False  #: a message was passed that could not be read
    last: int = 0  #: the highest id that held a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of a walk."""

    finding: Finding
    walk: Walk
    found: int | None = None  #: id of the message
    wait: timedelta = AWAY  #: with AWAY


def repeats_of(row: OutboxRow) -> int:
    """Return how often a row was already repeated on suspicion."""
    match = _REPEAT.match(row.error or "")
    return int(match[1]) if match else 0


def repeat_error(repeats: int, reason: str) -> str:
    """Return the outbox error that remembers the number of repeats."""
    return f"repeat {repeats}: {reason}" if repeats else reason


def may_come_late(row: OutboxRow) -> bool:
    """Tell whether the row's first copy may well appear after it was looked for in vain."""
    return any(reason in (row.error or "") for reason in _LATE)


def begin_walk(row: OutboxRow) -> Walk:
    """Return where to look for a row's message.

    A chat of which no message is known is read from its beginning: either it is new, or its
    beginning is empty and the sweep after the resend finds the copy.
    """
    floor = row.floor_message_id or 0
    return Walk(at=floor + 1, last=floor)


async def read_on(
    bot: Bot,
    chat_id: int,
    ops_chat: int,
    walk: Walk,
    is_ours: Callable[[str], bool],
    known: Set[int] = frozenset(),
) -> Reading:
    """Read a chat upwards until `is_ours` holds for a message, or the chat ends.

    `known` are messages of which we know what they are; they are not looked at.
    """
    looked = 0
    while looked < LONGEST_WALK:
        if walk.at in known:
            walk = replace(walk, at=walk.at + 1, misses=0, last=walk.at)
            continue
        looked += 1
        copy = await tried(
            bot.forward_message(
                chat_id=ops_chat,
                from_chat_id=chat_id,
                message_id=walk.at,
                disable_notification=True,
            )
        )
        if not isinstance(copy, Outcome):
            # The operators' chat is for reading; what was only forwarded to look at goes again.
            await tried(bot.delete_message(chat_id=ops_chat, message_id=copy.message_id))
            found = walk.at
            walk = replace(walk, at=found + 1, misses=0, last=found)
            if is_ours(copy.text or ""):
                return Reading(finding=Finding.FOUND, walk=walk, found=found)
        elif copy.reason == "message_not_found":
            walk = replace(walk, at=walk.at + 1, misses=walk.misses + 1)
        elif copy.reason == "not_forwardable":
            # A service message, or protected content: it exists, and nobody can read it.
            walk = replace(walk, at=walk.at + 1, misses=0, blind=True, last=walk.at)
        elif copy.kind in (Kind.PERMANENT, Kind.MIGRATE):
            # What stood in a group that has moved is not in its new home.
            return Reading(finding=Finding.UNREADABLE, walk=walk)
        else:
            wait = copy.retry_after or (UNNAMED_WAIT if copy.kind is Kind.WAIT else AWAY)
            return Reading(finding=Finding.AWAY, walk=walk, wait=wait)
        if walk.misses >= MISSES:
            finding = Finding.UNREADABLE if walk.blind else Finding.ABSENT
            return Reading(finding=finding, walk=walk)
    return Reading(finding=Finding.UNREADABLE, walk=walk)


def is_message_of(row: OutboxRow, text: str) -> bool:
    """Tell whether `text`, read above a row's floor, is that row's message.

    There only this row and other people's messages can stand, so beside the whole text the alert
    id with the same first line is enough: the text may have been cut, or touched up by hand.
    """
    return says(row, text) or (
        bool(row.alert_id)
        and re.search(rf"(?<!\w){re.escape(row.alert_id)}(?!\w)", text) is not None
        and _first_line(undelayed(text)) == _first_line(undelayed(shown_text(row.text)))
    )


def says(row: OutboxRow, text: str) -> bool:
    """Tell whether `text` is what a row says, in any of the shapes it may leave in."""
    plain = plain_text(row.text)
    shapes = (shown_text(row.text), plain, cut_plain(plain), cut_plain(shown_text(row.text)))
    return _squeezed(undelayed(text)) in {_squeezed(undelayed(shape)) for shape in shapes}


def _first_line(text: str) -> str:
    return _squeezed(text.strip().partition("\n")[0])


def _squeezed(text: str) -> str:
    return " ".join(text.split())
