"""What the server answers with: messages in the Bot API's form, results and refusals."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from bot.preview.chats import ANONYMOUS_ADMIN, StoredMessage
from bot.preview.params import RefusedError
from bot.preview.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call is answered with."""

    status: int
    body: bytes
    refusal: str | None = None  #: the server's own text


def result(value: Any) -> Answer:
    """Return a result in the server's form."""
    return Answer(status=200, body=_json({"ok": True, "result": value}))


def refusal(refused: RefusedError) -> Answer:
    """Return a refusal in the server's form."""
    shown: dict[str, Any] = {
        "ok": False,
        "error_code": refused.code,
        "description": refused.description,
    }
    if refused.parameters:
        shown["parameters"] = refused.parameters
    return Answer(status=refused.code, body=_json(shown), refusal=refused.description)


def message_json(world: World, message: StoredMessage) -> dict[str, object]:
    """Return a message as the Bot API shows it."""
    chat = world.chats[message.chat_id]
    shown: dict[str, object] = {
        "message_id": message.message_id,
        "date": message.date,
        "chat": chat.to_json(),
        **_content_json(world, message),
    }
    if message.author in (None, ANONYMOUS_ADMIN):
        shown["sender_chat"] = chat.to_json()
    if message.author is not None:
        shown["from"] = message.author.to_json()
    if message.edit_date is not None:
        shown["edit_date"] = message.edit_date
    if message.thread_id is not None:
        shown |= {"message_thread_id": message.thread_id, "is_topic_message": True}
    if message.reply_markup:
        shown["reply_markup"] = json.loads(message.reply_markup)
    if message.is_protected:
        shown["has_protected_content"] = True
    if message.reply_to in chat.messages:
        shown["reply_to_message"] = _parent_json(world, chat.messages[message.reply_to])
    if message.origin is not None:
        shown["forward_origin"] = _origin_json(world, *message.origin)
    elif message.origin_user is not None:
        person = message.origin_user.to_json()
        shown["forward_origin"] = {"type": "user", "date": message.date, "sender_user": person}
    return shown


def _content_json(world: World, message: StoredMessage) -> dict[str, object]:
    if message.pins is not None:
        pinned = world.chats[message.chat_id].versions[message.pins][-1]
        return {"pinned_message": _parent_json(world, pinned)}
    if message.photo is None:
        return message.content.to_json()
    shown = {"photo": [message.photo.to_json()], **message.content.to_json("caption")}
    return shown | ({"media_group_id": message.group_id} if message.group_id else {})


def _parent_json(world: World, message: StoredMessage) -> dict[str, object]:
    """Return a message inside another: without what it replies to itself."""
    return message_json(world, replace(message, reply_to=None))


def _origin_json(world: World, chat_id: int, message_id: int) -> dict[str, object]:
    chat = world.chats[chat_id]
    message = chat.versions[message_id][-1]
    if chat.type == "channel":
        return {
            "type": "channel",
            "date": message.date,
            "chat": chat.to_json(),
            "message_id": message_id,
        }
    author = message.author or world.bot
    return {"type": "user", "date": message.date, "sender_user": author.to_json()}


def _json(value: Any) -> bytes:
    # A lone half of a surrogate pair cannot leave as UTF-8.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")
