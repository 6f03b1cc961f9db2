"""What an operator can see of the outbox and settle in it: `python -m bot outbox ...`.

It works on the database alone, so it may be used while the bot runs: every change is one
transaction that asks first how the row stands, and the sender asks again before it acts.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import IO

from bot.app import database_url
from bot.clock import SystemClock
from bot.config import load_settings
from bot.delivery.shapes import plain_text
from bot.store.sql import SqlStore
from bot.types import OutboxRow, OutboxState

#: The end of a list, for who reads it for the first time.
HINT = """
To settle a row in doubt, look into its chat, then:
  python -m bot outbox sent ROW MESSAGE_ID   it stands there (57 in https://t.me/c/1234567890/57)
  python -m bot outbox resend ROW            it does not; post it
  python -m bot outbox drop ROW              leave it, whether or not it stands there"""


async def list_outbox(config: Path, out: IO[str], *, as_json: bool) -> int:
    """Print the rows in doubt, the rows given up, and the chats that take nothing."""
    store = await SqlStore.open_existing(database_url(load_settings(config)))
    try:
        now = SystemClock().now()
        rows = await store.troubled_rows(now)
        closed = await store.closed_places()
        waiting = await store.open_rows()
    finally:
        await store.aclose()
    if as_json:
        for row in rows:
            out.write(json.dumps(_record(row), ensure_ascii=False) + "\n")
        return 0
    dead = [row for row in rows if row.state is OutboxState.DEAD]
    doubt = [row for row in rows if row.state is not OutboxState.DEAD]
    lines = [f"In doubt: {len(doubt)}. Given up lately: {len(dead)}. Waiting: {waiting}."]
    lines += [line for row in (*doubt, *dead) for line in _described(row, now)]
    for (chat_id, topic), reason in closed.items():
        place = f"chat {chat_id}" + (f", topic {topic}" if topic > 0 else "")
        lines.append(f"{place} takes nothing: {reason}; its posts wait, and are tried every hour")
    out.write("\n".join([*lines, *([HINT] if doubt else [])]) + "\n")
    return 0


async def settle_sent(config: Path, out: IO[str], row_id: int, message_id: int) -> int:
    """Note that a row in doubt stands in its chat as a message."""
    return await _settle(
        config,
        out,
        lambda store, now: store.settle_as_sent(row_id, message_id, now),
        f"is message {message_id} of its chat",
    )


async def settle_again(config: Path, out: IO[str], row_id: int) -> int:
    """Let a row in doubt, or one that was given up, leave again."""
    return await _settle(
        config,
        out,
        lambda store, now: store.settle_for_again(row_id, now),
        "leaves again; the bot posts it when it runs",
    )


async def settle_dropped(config: Path, out: IO[str], row_id: int) -> int:
    """Give a row in doubt up."""
    return await _settle(
        config, out, lambda store, now: store.settle_as_dropped(row_id), "is given up"
    )


async def _settle(
    config: Path,
    out: IO[str],
    change: Callable[[SqlStore, datetime], Awaitable[OutboxRow]],
    said: str,
) -> int:
    store = await SqlStore.open_existing(database_url(load_settings(config)))
    try:
        row = await change(store, SystemClock().now())
    finally:
        await store.aclose()
    out.write(f"Row {row.id} ({_name(row)}, chat {row.chat_id}) {said}.\n")
    return 0


def _name(row: OutboxRow) -> str:
    return f"{row.alert_id} {row.kind}" if row.alert_id else row.kind


def _described(row: OutboxRow, now: datetime) -> tuple[str, str]:
    state = "given up" if row.state is OutboxState.DEAD else "in doubt"
    place = f"chat {row.chat_id}" + (f", topic {row.thread_id}" if row.thread_id else "")
    at = row.left_at or row.created_at
    left = "left" if row.left_at else "decided"
    reason = row.error or ("interrupted" if row.state is OutboxState.SENDING else "unknown")
    head = f"{row.id}  {state}  {_name(row)}  {place}  {left} {at:%Y-%m-%d %H:%M} UTC  {reason}"
    return head, f"    {plain_text(row.text).strip().partition(chr(10))[0][:90]}"


def _record(row: OutboxRow) -> dict[str, object]:
    return {
        "row": row.id,
        "state": row.state.value,
        "reason": row.error,
        "alert_id": row.alert_id,
        "kind": row.kind,
        "chat_id": row.chat_id,
        "thread_id": row.thread_id,
        "attempts": row.attempts,
        "created_at": row.created_at.isoformat(),
        "left_at": row.left_at.isoformat() if row.left_at else None,
        "text": row.text,
    }
