"""Messages as the page shows them: text cut into runs with marks, never markup. Pure.

The page builds its elements from these runs with text nodes only, so no text of a message can
ever become markup, and only http(s) addresses become links.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.preview.chats import Chat, StoredMessage
from bot.preview.entities import Entity, FormattedText

#: Entity type -> mark of a run; links, commands and quotes are told apart below.
MARKS = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "spoiler": "spoiler",
    "code": "code",
    "pre": "code",
}
_QUOTES = ("blockquote", "expandable_blockquote")
_SNIPPET = 90


def message_view(message: StoredMessage, chat: Chat, pane: str) -> dict[str, Any]:
    """Return one message as the page's script takes it."""
    at = datetime.fromtimestamp(message.date, UTC)
    edited = message.edit_date and datetime.fromtimestamp(message.edit_date, UTC)
    return {
        "pane": pane,
        "id": message.message_id,
        "iso": at.isoformat(),
        "day": f"{at:%A} {at.day} {at:%B %Y}",
        "time": f"{at:%H:%M}",
        "edited": f"{edited:%H:%M}" if edited else None,
        "silent": message.silent,
        "mine": not message.by_bot,
        "reply": _reply_view(message, chat),
        "blocks": _blocks_of(message),
    }


def _blocks_of(message: StoredMessage) -> list[dict[str, Any]]:
    """Return the blocks of a message; what is no text is named."""
    shown = blocks(message.content)
    named = "[photo]" if message.photo is not None else ""
    if message.pins is not None:
        named = "[pinned a post]"
    if named:
        run = {"text": f"{named}\n" if shown else named, "marks": ["italic"]}
        shown.insert(0, {"quote": None, "runs": [run]})
    return shown


def blocks(content: FormattedText) -> list[dict[str, Any]]:
    """Return the text as blocks (plain or quoted) of runs with marks."""
    units = content.text.encode("utf-16-le", "surrogatepass")
    found: list[dict[str, Any]] = []
    for start, end in _spans(content.entities, len(units) // 2):
        covering = [e for e in content.entities if e.offset <= start and end <= e.offset + e.length]
        quote = next((e.type for e in covering if e.type in _QUOTES), None)
        run = _run(units[2 * start : 2 * end].decode("utf-16-le", "replace"), covering)
        if not found or found[-1]["quote"] != quote:
            found.append({"quote": quote, "runs": []})
        found[-1]["runs"].append(run)
    return found


def _spans(entities: Sequence[Entity], end: int) -> list[tuple[int, int]]:
    edges = {0, end} | {e.offset for e in entities} | {e.offset + e.length for e in entities}
    ordered = sorted(edge for edge in edges if 0 <= edge <= end)
    return list(itertools.pairwise(ordered))


def _run(text: str, covering: Sequence[Entity]) -> dict[str, Any]:
    run: dict[str, Any] = {
        "text": text,
        "marks": sorted({MARKS[e.type] for e in covering if e.type in MARKS}),
    }
    for entity in covering:
        if entity.type == "text_link" and entity.url and _is_web(entity.url):
            run["href"] = entity.url
        elif entity.type == "url" and _is_web(text):
            run.setdefault("href", text)
        elif entity.type == "bot_command":
            run["command"] = text
    return run


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _reply_view(message: StoredMessage, chat: Chat) -> dict[str, Any] | None:
    if message.reply_to is None:
        return None
    parent = chat.messages.get(message.reply_to)
    text = " ".join(parent.content.text.split()) if parent else "deleted message"
    snippet = text if len(text) <= _SNIPPET else text[: _SNIPPET - 1].rstrip() + "…"
    return {"id": message.reply_to, "text": snippet}
