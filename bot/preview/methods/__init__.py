"""The methods of the stand-in, each with the checks and the error texts of the real server.

Texts and the order of checks follow telegram-bot-api (Client.cpp) and tdlib.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.preview.methods import about, changing, copying, polling, sending
from bot.preview.params import Params
from bot.preview.world import World

Method = Callable[[World, Params], Awaitable[Any]]

#: Method name in lower case (the server does not look at case) -> what carries it out.
METHODS: dict[str, Method] = {
    "getme": about.get_me,
    "getchat": about.get_chat,
    "getchatmember": about.get_chat_member,
    "getfile": about.get_file,
    "setmycommands": about.set_my_commands,
    "getmycommands": about.get_my_commands,
    "deletemycommands": about.delete_my_commands,
    "sendchataction": about.send_chat_action,
    "getupdates": polling.get_updates,
    "setwebhook": polling.set_webhook,
    "deletewebhook": polling.delete_webhook,
    "getwebhookinfo": polling.get_webhook_info,
    "answercallbackquery": polling.answer_callback_query,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "sendmediagroup": sending.send_media_group,
    "editmessagetext": changing.edit_message_text,
    "editmessagecaption": changing.edit_message_caption,
    "editmessagereplymarkup": changing.edit_message_reply_markup,
    "deletemessage": changing.delete_message,
    "deletemessages": changing.delete_messages,
    "pinchatmessage": changing.pin_chat_message,
    "unpinchatmessage": changing.unpin_chat_message,
    "unpinallchatmessages": changing.unpin_all_chat_messages,
    "forwardmessage": copying.forward_message,
    "forwardmessages": copying.forward_messages,
    "copymessage": copying.copy_message,
    "copymessages": copying.copy_messages,
}
