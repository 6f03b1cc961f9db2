"""What a chat shows, and how that differs from what a test expects: nothing more, nothing less.

`shown_in(chat)` is the whole chat: one post per message id ever used, deleted ones included.
`differences(expected, shown)` names every post that is missing, extra or other than expected.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, fields

from bot.preview.chats import Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message as a reader of the chat sees it, and how it came to be."""

    text: str
    edits: tuple[str, ...] = ()  #: the texts it had before, the oldest first
    reply_to: str | int | None = None  #: id, or the beginning of the parent's present text
    silent: bool = False
    is_deleted: bool = False
    is_pinned: bool = False
    thread_id: int | None = None
    photos: int = 0
    by_bot: bool = True
    message_id: int | None = None  #: None in an expectation: any


def shown_in(chat: Chat) -> tuple[Post, ...]:
    """Return every post of a chat, in the order of their ids."""
    return tuple(_post(chat, message_id) for message_id in sorted(chat.versions))


def differences(expected: Sequence[Post], shown: Sequence[Post]) -> tuple[str, ...]:
    """Return what is missing, extra or different, one line each; empty when all is as expected."""
    texts = {post.message_id: post.text for post in shown}
    found: list[str] = []
    matcher = difflib.SequenceMatcher(
        a=[post.text for post in expected], b=[post.text for post in shown], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        pairs = min(b - a, d - c) if kind in ("equal", "replace") else 0
        for wanted, seen in zip(expected[a : a + pairs], shown[c : c + pairs], strict=True):
            found += _differences_of(wanted, seen, texts)
        found += [f"missing: {wanted.text!r}" for wanted in expected[a + pairs : b]]
        found += [f"extra: {_name(seen)} {seen.text!r}" for seen in shown[c + pairs : d]]
    return tuple(found)


def _post(chat: Chat, message_id: int) -> Post:
    versions = chat.versions[message_id]
    latest = versions[-1]
    texts: list[str] = []
    for version in versions:
        if not texts or texts[-1] != version.content.text:
            texts.append(version.content.text)
    return Post(
        text=texts[-1] if latest.pins is None else f"pinned message {latest.pins}",
        edits=tuple(texts[:-1]),
        reply_to=latest.reply_to,
        silent=latest.silent,
        is_deleted=message_id not in chat.messages,
        is_pinned=message_id in chat.pinned,
        thread_id=latest.thread_id,
        photos=int(latest.photo is not None),
        by_bot=latest.by_bot,
        message_id=message_id,
    )


def _differences_of(wanted: Post, seen: Post, texts: dict[int | None, str]) -> list[str]:
    found = []
    for field in fields(Post):
        want, see = getattr(wanted, field.name), getattr(seen, field.name)
        if field.name == "message_id" and want is None:
            continue
        if field.name == "reply_to" and isinstance(want, str):
            see = texts.get(see, see)
            if isinstance(see, str) and see.startswith(want):
                continue
        if want != see:
            found.append(f"{_name(seen)}: {field.name} is {see!r}, expected {want!r}")
    return found


def _name(post: Post) -> str:
    return f"message {post.message_id}"
