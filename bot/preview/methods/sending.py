"""Methods that send: texts, photos, albums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.preview.answers import message_json
from bot.preview.chats import Access, Chat, Photo
from bot.preview.entities import FormattedText
from bot.preview.methods.content import (
    check_caption,
    check_link_preview,
    check_may_post,
    check_text,
    parsed,
    read_caption,
    read_markup,
    read_reply,
    read_text,
)
from bot.preview.params import Params, bad_request
from bot.preview.pictures import read_picture
from bot.preview.world import World

LARGEST_ALBUM = 10


async def send_message(world: World, params: Params) -> dict[str, object]:
    """Post a text."""
    content = read_text(params)
    check_link_preview(params)
    chat, fields = _place(world, params)
    check_may_post(chat)
    check_text(content, "message is too long")
    world.check_flood(chat.id)
    message = world.store(chat, content, author=world.author_in(chat), **fields)
    world.note("sendMessage", message)
    return message_json(world, message)


async def send_photo(world: World, params: Params) -> dict[str, object]:
    """Post a photo."""
    caption = read_caption(params)
    if not params.text("photo") and "photo" not in params.files:
        raise bad_request("there is no photo in the request")
    chat, fields = _place(world, params)
    check_may_post(chat, photos=True)
    check_caption(caption)
    photo = _photo(world, params, "photo", params.text("photo"))
    world.check_flood(chat.id)
    author = world.author_in(chat)
    message = world.store(chat, caption, author=author, photo=photo, **fields)
    world.note("sendPhoto", message)
    return message_json(world, message)


async def send_media_group(world: World, params: Params) -> list[dict[str, object]]:
    """Post an album; each photo is a message of its own."""
    params.required("media")
    media = params.nested("media", "media")
    if not isinstance(media, list):
        raise bad_request("expected an Array of InputMedia")
    items = [_item(world, params, one) for one in media]
    chat, fields = _place(world, params)
    check_may_post(chat, photos=True)
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > LARGEST_ALBUM:
        raise bad_request("too many messages to send as an album")
    for _, caption in items:
        check_caption(caption)
    world.check_flood(chat.id, len(items))
    fields["group_id"] = f"{chat.id}{chat.last_id}".lstrip("-") if len(items) > 1 else None
    author = world.author_in(chat)
    sent = [
        world.store(chat, caption, author=author, photo=photo, **fields) for photo, caption in items
    ]
    for message in sent:
        world.note("sendMediaGroup", message)
    return [message_json(world, message) for message in sent]


def _place(world: World, params: Params) -> tuple[Chat, dict[str, Any]]:
    """Return the chat, and the fields of a message that do not depend on its content."""
    markup = read_markup(params)
    chat = world.chat(params, Access.WRITE)
    reply_to = read_reply(world, chat, params)
    thread = world.open_topic(chat, params.integer("message_thread_id"))
    return chat, {
        "silent": params.flag("disable_notification"),
        "is_protected": params.flag("protect_content"),
        "reply_to": reply_to,
        "thread_id": thread,
        "reply_markup": markup,
    }


def _item(world: World, params: Params, one: Any) -> tuple[Photo, FormattedText]:
    if not isinstance(one, Mapping):
        raise _unread("expected an Object")
    caption = parsed(
        str(one.get("caption") or ""), str(one.get("parse_mode") or ""), one.get("caption_entities")
    )
    if not one.get("media"):
        raise _unread("media not found")
    kind = one.get("type")
    if not kind:
        raise _unread('Can\'t find field "type"')
    if kind != "photo":
        raise _unread(f'type "{kind}" is unsupported')
    return _photo(world, params, "", str(one["media"])), caption


def _unread(why: str) -> Exception:
    return bad_request(f"can't parse InputMedia: {why}")


def _photo(world: World, params: Params, field: str, value: str) -> Photo:
    """Return the picture that a field holds or names."""
    name = value.removeprefix("attach://") if value.startswith("attach://") else field
    if (upload := params.files.get(name)) is not None:
        photo = read_picture(upload.data, len(world.files) + 1)
        world.files[photo.file_id] = photo
        return photo
    if (known := world.files.get(value)) is not None:
        return known
    if value.startswith(("http://", "https://")):
        # The stand-in fetches nothing.
        raise bad_request("failed to get HTTP URL content")
    raise bad_request("wrong file identifier/HTTP URL specified")
