"""The methods of the stand-in, each with the checks and the error texts of the real server."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.preview.chats import Chat, StoredMessage
from bot.preview.ledger import Accepted
from bot.preview.markup import (
    FormattedText,
    MarkupError,
    parse_html,
    utf16_length,
    with_found_entities,
)
from bot.preview.params import Params, bad_request

if TYPE_CHECKING:
    from bot.preview.standin import StandIn

LONGEST_TEXT = 4096
LONGEST_CALLBACK = 64  #: bytes

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_ACTIONS = frozenset({"typing", "upload_photo", "upload_document", "find_location"})


async def get_me(server: StandIn, params: Params) -> dict[str, object]:
    """Describe the bot."""
    return server.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(server: StandIn, params: Params) -> list[dict[str, Any]]:
    """Return what people wrote, waiting for it."""
    allowed = params.nested("allowed_updates", "allowed updates")
    return await server.updates.poll(
        offset=params.integer("offset"),
        limit=params.integer("limit", 100),
        seconds=params.integer("timeout"),
        allowed=allowed,
    )


async def delete_webhook(server: StandIn, params: Params) -> bool:
    """Drop waiting updates if asked to."""
    if params.flag("drop_pending_updates"):
        server.updates.drop()
    return True


async def get_webhook_info(server: StandIn, params: Params) -> dict[str, object]:
    """Say that there is no webhook."""
    return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}


async def set_my_commands(server: StandIn, params: Params) -> bool:
    """Keep the command menu."""
    commands = params.nested("commands", "commands") or []
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", "")).lstrip("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    server.set_commands(
        [
            {"command": str(c["command"]).lstrip("/"), "description": str(c["description"])}
            for c in commands
        ]
    )
    return True


async def get_my_commands(server: StandIn, params: Params) -> list[dict[str, str]]:
    """Return the command menu."""
    return server.commands


async def get_chat(server: StandIn, params: Params) -> dict[str, object]:
    """Describe a chat."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return server.chat(params).to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }


async def send_message(server: StandIn, params: Params) -> dict[str, object]:
    """Post a text."""
    chat = server.chat(params)
    content = _content(params, "message is too long")
    thread = _thread(chat, params)
    reply_to = _reply_target(chat, params)
    markup = _reply_markup(params)
    _link_preview(params)
    server.check_flood(chat.id)
    message = server.store(
        chat,
        content,
        author=None if chat.type == "channel" else server.bot,
        silent=params.flag("disable_notification"),
        reply_to=reply_to,
        thread_id=thread,
        reply_markup=markup,
    )
    _note(server, "sendMessage", message)
    return message_json(server, message)


async def edit_message_text(server: StandIn, params: Params) -> dict[str, object]:
    """Replace the text of one of the bot's messages."""
    chat = server.chat(params)
    message_id = params.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot or message.origin is not None:
        raise bad_request("message can't be edited")
    content, markup = _content(params, "MESSAGE_TOO_LONG"), _reply_markup(params)
    _link_preview(params)
    if content == message.content and markup == message.reply_markup:
        raise bad_request(_NOT_MODIFIED)
    edited = replace(message, content=content, reply_markup=markup, edit_date=server.unix_time())
    server.show(edited)
    _note(server, "editMessageText", edited)
    return message_json(server, edited)


async def delete_message(server: StandIn, params: Params) -> bool:
    """Delete a message."""
    chat = server.chat(params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    server.remove(message)
    _note(server, "deleteMessage", message)
    return True


async def forward_message(server: StandIn, params: Params) -> dict[str, object]:
    """Copy a message into another chat."""
    chat = server.chat(params)
    source_id = params.integer("from_chat_id")
    source = server.known_chat(source_id if params.text("from_chat_id") else None)
    message = source.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to forward not found")
    server.check_flood(chat.id)
    copy = server.store(
        chat,
        message.content,
        author=None if chat.type == "channel" else server.bot,
        silent=params.flag("disable_notification"),
        origin=(source.id, message.message_id),
    )
    _note(server, "forwardMessage", copy)
    return message_json(server, copy)


async def answer_callback_query(server: StandIn, params: Params) -> bool:
    """Refuse: nothing of this server has ever been pressed."""
    text = "query is too old and response timeout expired or query ID is invalid"
    raise bad_request(text)


async def send_chat_action(server: StandIn, params: Params) -> bool:
    """Show that the bot is busy."""
    server.chat(params)
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


#: Method name in lower case (the server does not look at case) -> what carries it out.
METHODS: dict[str, Callable[[StandIn, Params], Awaitable[Any]]] = {
    "getme": get_me,
    "getupdates": get_updates,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "getchat": get_chat,
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "deletemessage": delete_message,
    "forwardmessage": forward_message,
    "answercallbackquery": answer_callback_query,
    "sendchataction": send_chat_action,
}


def message_json(server: StandIn, message: StoredMessage) -> dict[str, object]:
    """Return a message as the Bot API shows it."""
    chat = server.chats[message.chat_id]
    shown: dict[str, object] = {
        "message_id": message.message_id,
        "date": message.date,
        "chat": chat.to_json(),
        **message.content.to_json(),
    }
    if message.author is None:
        shown["sender_chat"] = chat.to_json()
    else:
        shown["from"] = message.author.to_json()
    if message.edit_date is not None:
        shown["edit_date"] = message.edit_date
    if message.thread_id is not None:
        shown |= {"message_thread_id": message.thread_id, "is_topic_message": True}
    if message.reply_markup:
        shown["reply_markup"] = json.loads(message.reply_markup)
    if message.reply_to in chat.messages:
        parent = replace(chat.messages[message.reply_to], reply_to=None)
        shown["reply_to_message"] = message_json(server, parent)
    if message.origin is not None:
        shown["forward_origin"] = _origin_json(server, *message.origin)
    return shown


def _origin_json(server: StandIn, chat_id: int, message_id: int) -> dict[str, object]:
    chat = server.chats[chat_id]
    message = chat.messages[message_id]
    if chat.type == "channel":
        return {
            "type": "channel",
            "date": message.date,
            "chat": chat.to_json(),
            "message_id": message_id,
        }
    author = message.author or server.bot
    return {"type": "user", "date": message.date, "sender_user": author.to_json()}


def _content(params: Params, too_long: str) -> FormattedText:
    text = params.text("text")
    if not text:
        raise bad_request("message text is empty")
    formatted = _parsed(text, params)
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        raise bad_request(too_long)
    return with_found_entities(formatted)


def _parsed(text: str, params: Params) -> FormattedText:
    mode = params.text("parse_mode").lower()
    if mode not in ("", "html"):
        # The bot uses HTML only; silently accepting another mode would hide a mistake.
        raise bad_request("unsupported parse_mode")
    if not mode:
        return FormattedText(text=text.strip())
    try:
        return parse_html(text)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from None


def _thread(chat: Chat, params: Params) -> int | None:
    thread = params.integer("message_thread_id")
    if not thread:
        return None
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread


def _reply_target(chat: Chat, params: Params) -> int | None:
    reply = params.nested("reply_parameters", "reply parameters")
    if reply is None:
        reply = {
            "message_id": params.integer("reply_to_message_id"),
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    if not isinstance(reply, Mapping):
        raise bad_request("object expected as reply parameters")
    target = int(reply.get("message_id") or 0)
    if target in chat.messages or not target:
        return target or None
    if not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return None


def _reply_markup(params: Params) -> str:
    markup = params.nested("reply_markup", "reply keyboard markup")
    if markup is None:
        return ""
    if not isinstance(markup, Mapping):
        raise bad_request("object expected as reply markup")
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            if len(str(button.get("callback_data", "")).encode()) > LONGEST_CALLBACK:
                raise bad_request("BUTTON_DATA_INVALID")
    return json.dumps(markup, sort_keys=True, ensure_ascii=False)


def _link_preview(params: Params) -> None:
    options = params.nested("link_preview_options", "link preview options")
    if options is not None and not isinstance(options, Mapping):
        raise bad_request("object expected as link preview options")


def _note(server: StandIn, method: str, message: StoredMessage) -> None:
    server.ledger.accepted.append(
        Accepted(
            method=method,
            chat_id=message.chat_id,
            message_id=message.message_id,
            text=message.content.text,
            silent=message.silent,
            reply_to=message.reply_to,
        )
    )
