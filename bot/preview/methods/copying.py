"""Methods that bring a message into another chat: forward and copy."""

from __future__ import annotations

from bot.preview.answers import message_json
from bot.preview.chats import Access, Chat, StoredMessage
from bot.preview.methods.content import (
    check_caption,
    check_may_post,
    read_caption,
    read_markup,
    read_reply,
)
from bot.preview.params import Params, bad_request
from bot.preview.world import World


async def forward_message(world: World, params: Params) -> dict[str, object]:
    """Forward a message: the copy says where it comes from."""
    message = _source(world, params, "forward")
    chat, thread = _target(world, params)
    _check_free(message, "forwarded")
    world.check_flood(chat.id)
    return message_json(world, _forwarded(world, chat, thread, message, params))


async def forward_messages(world: World, params: Params) -> list[dict[str, int]]:
    """Forward several messages; those that are gone or protected are passed over."""
    chat, thread, found = _several(world, params)
    sent = [_forwarded(world, chat, thread, message, params) for message in found]
    return [{"message_id": message.message_id} for message in sent]


async def copy_message(world: World, params: Params) -> dict[str, int]:
    """Copy a message: nothing says where it comes from."""
    caption = read_caption(params) if "caption" in params.values else None
    message = _source(world, params, "copy")
    markup = read_markup(params)
    chat, thread = _target(world, params)
    reply_to = read_reply(world, chat, params)
    _check_free(message, "copied")
    if caption is not None and message.photo is not None:
        check_caption(caption)
    world.check_flood(chat.id)
    copy = world.store(
        chat,
        caption if caption is not None and message.photo is not None else message.content,
        author=world.author_in(chat),
        silent=params.flag("disable_notification"),
        is_protected=params.flag("protect_content"),
        photo=message.photo,
        reply_to=reply_to,
        reply_markup=markup,
        thread_id=thread,
    )
    world.note("copyMessage", copy)
    return {"message_id": copy.message_id}


async def copy_messages(world: World, params: Params) -> list[dict[str, int]]:
    """Copy several messages; those that are gone or protected are passed over."""
    chat, thread, found = _several(world, params)
    copies = [
        world.store(
            chat,
            message.content,
            author=world.author_in(chat),
            silent=params.flag("disable_notification"),
            is_protected=params.flag("protect_content"),
            photo=message.photo,
            thread_id=thread,
        )
        for message in found
    ]
    for copy in copies:
        world.note("copyMessages", copy)
    return [{"message_id": copy.message_id} for copy in copies]


def _source(world: World, params: Params, verb: str) -> StoredMessage:
    params.required("from_chat_id")
    source = world.chat(params, Access.READ, "from_chat_id")
    message = source.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {verb} not found")
    return message


def _target(world: World, params: Params) -> tuple[Chat, int | None]:
    chat = world.chat(params, Access.WRITE)
    thread = world.open_topic(chat, params.integer("message_thread_id"))
    check_may_post(chat)
    return chat, thread


def _several(world: World, params: Params) -> tuple[Chat, int | None, list[StoredMessage]]:
    params.required("from_chat_id")
    ids = params.message_ids()
    chat, thread = _target(world, params)
    source = world.chat(params, Access.READ, "from_chat_id")
    found = [source.messages[one] for one in ids if one in source.messages]
    found = [message for message in found if not _is_held(message)]
    if not found:
        raise bad_request("there are no messages to forward")
    world.check_flood(chat.id, len(found))
    return chat, thread, found


def _forwarded(
    world: World, chat: Chat, thread: int | None, message: StoredMessage, params: Params
) -> StoredMessage:
    copy = world.store(
        chat,
        message.content,
        author=world.author_in(chat),
        silent=params.flag("disable_notification"),
        is_protected=params.flag("protect_content"),
        origin=message.origin or (message.chat_id, message.message_id),
        photo=message.photo,
        thread_id=thread,
    )
    world.note("forwardMessage", copy)
    return copy


def _check_free(message: StoredMessage, verb: str) -> None:
    if _is_held(message):
        raise bad_request(f"message can't be {verb}")


def _is_held(message: StoredMessage) -> bool:
    """Tell whether a message can be neither forwarded nor copied."""
    return message.is_protected or message.pins is not None
