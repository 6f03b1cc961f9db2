"""Methods that change what stands in a chat: edit, delete, pin."""

from __future__ import annotations

from dataclasses import replace

from bot.preview.answers import message_json
from bot.preview.chats import Access, Chat, StoredMessage
from bot.preview.entities import FormattedText
from bot.preview.methods.content import (
    check_caption,
    check_link_preview,
    check_text,
    read_caption,
    read_markup,
    read_text,
)
from bot.preview.params import Params, bad_request
from bot.preview.world import World

#: Seconds after which a bot can no longer delete a message.
DELETABLE_FOR = 48 * 60 * 60

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


async def edit_message_text(world: World, params: Params) -> dict[str, object]:
    """Replace the text of one of the bot's messages."""
    content = read_text(params)
    check_link_preview(params)
    markup = read_markup(params)
    message = _editable(world, params)
    if message.photo is not None:
        raise bad_request("there is no text in the message to edit")
    check_text(content, "MESSAGE_TOO_LONG")
    return _edited(world, "editMessageText", message, content, markup)


async def edit_message_caption(world: World, params: Params) -> dict[str, object]:
    """Replace the caption of one of the bot's photos."""
    markup, content = read_markup(params), read_caption(params)
    message = _editable(world, params)
    if message.photo is None:
        raise bad_request("there is no caption in the message to edit")
    check_caption(content, "MEDIA_CAPTION_TOO_LONG")
    return _edited(world, "editMessageCaption", message, content, markup)


async def edit_message_reply_markup(world: World, params: Params) -> dict[str, object]:
    """Replace the buttons of one of the bot's messages."""
    markup = read_markup(params)
    message = _editable(world, params)
    return _edited(world, "editMessageReplyMarkup", message, message.content, markup)


async def delete_message(world: World, params: Params) -> bool:
    """Delete a message."""
    if not params.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = world.chat(params, Access.WRITE)
    message = _wanted(chat, params, "message to delete not found")
    _check_deletable(world, chat, message)
    _delete(world, message)
    return True


async def delete_messages(world: World, params: Params) -> bool:
    """Delete several messages; those that are gone are passed over."""
    ids = params.message_ids()
    chat = world.chat(params, Access.WRITE)
    messages = [chat.messages[one] for one in dict.fromkeys(ids) if one in chat.messages]
    for message in messages:
        _check_deletable(world, chat, message)
    for message in messages:
        _delete(world, message)
    return True


async def pin_chat_message(world: World, params: Params) -> bool:
    """Pin a message; the chat gets a service message that says so."""
    chat = world.chat(params, Access.WRITE)
    message = _wanted(chat, params, "message to pin not found")
    _check_may_pin(chat)
    if message.pins is not None:
        raise bad_request("message can't be pinned")
    if message.message_id not in chat.pinned:
        chat.pinned.append(message.message_id)
        world.store(
            chat,
            FormattedText(text=""),
            author=world.author_in(chat),
            silent=params.flag("disable_notification") or chat.type in ("channel", "private"),
            pins=message.message_id,
            thread_id=message.thread_id,
        )
        world.note("pinChatMessage", message)
    return True


async def unpin_chat_message(world: World, params: Params) -> bool:
    """Unpin a message, or the latest pinned one."""
    chat = world.chat(params, Access.WRITE)
    _check_may_pin(chat)
    wanted = params.integer("message_id")
    if not wanted and not chat.pinned:
        raise bad_request("message to unpin not found")
    message_id = wanted or chat.pinned[-1]
    if message_id not in chat.messages:
        raise bad_request("message to unpin not found")
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
        world.note("unpinChatMessage", chat.messages[message_id])
    return True


async def unpin_all_chat_messages(world: World, params: Params) -> bool:
    """Unpin everything."""
    chat = world.chat(params, Access.WRITE)
    _check_may_pin(chat)
    for message_id in chat.pinned:
        world.note("unpinAllChatMessages", chat.messages[message_id])
    chat.pinned.clear()
    return True


def _wanted(chat: Chat, params: Params, missing: str) -> StoredMessage:
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request(missing)
    return message


def _editable(world: World, params: Params) -> StoredMessage:
    if not params.text("chat_id") and not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = world.chat(params, Access.EDIT)
    message = _wanted(chat, params, "message to edit not found")
    if not message.by_bot or message.origin is not None or message.pins is not None:
        raise bad_request("message can't be edited")
    if "edit" in chat.denied:
        raise bad_request("message can't be edited")
    return message


def _edited(
    world: World, method: str, message: StoredMessage, content: FormattedText, markup: str
) -> dict[str, object]:
    if content == message.content and markup == message.reply_markup:
        raise bad_request(_NOT_MODIFIED)
    world.check_edit_flood(message.chat_id)
    edited = replace(message, content=content, reply_markup=markup, edit_date=world.unix_time())
    world.show(edited)
    world.note(method, edited)
    return message_json(world, edited)


def _check_deletable(world: World, chat: Chat, message: StoredMessage) -> None:
    old = world.seconds() - message.date > DELETABLE_FOR
    if old and chat.type in ("private", "group"):
        raise bad_request("message can't be deleted for everyone")
    foreign = not message.by_bot and chat.type != "private"
    if old or (foreign and "delete" in chat.denied) or "post" in chat.denied:
        raise bad_request("message can't be deleted")


def _delete(world: World, message: StoredMessage) -> None:
    world.remove(message)
    world.note("deleteMessage", message)


def _check_may_pin(chat: Chat) -> None:
    if "pin" in chat.denied:
        raise bad_request("not enough rights to manage pinned messages in the chat")
