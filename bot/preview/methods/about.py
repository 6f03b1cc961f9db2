"""Methods about the bot, its chats and its files."""

from __future__ import annotations

import re

from bot.preview.answers import message_json
from bot.preview.chats import Access, Chat, User
from bot.preview.params import Params, bad_request
from bot.preview.world import World

_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note".split()
)

#: What an administrator may do elsewhere, but never this bot.
_LACKING = tuple(
    "can_be_edited is_anonymous can_manage_video_chats can_restrict_members can_promote_members "
    "can_change_info can_invite_users can_manage_topics can_post_stories can_edit_stories "
    "can_delete_stories".split()
)


async def get_me(world: World, params: Params) -> dict[str, object]:
    """Describe the bot."""
    return world.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_chat(world: World, params: Params) -> dict[str, object]:
    """Describe a chat."""
    chat = world.chat(params, Access.READ)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    shown = chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }
    if chat.pinned:
        shown["pinned_message"] = message_json(world, chat.messages[chat.pinned[-1]])
    return shown


async def get_chat_member(world: World, params: Params) -> dict[str, object]:
    """Describe what the bot, or a person who wrote in a chat, may do there."""
    chat = world.chat(params, Access.READ)
    wanted = params.integer("user_id")
    if wanted <= 0:
        raise bad_request("invalid user_id specified")
    if wanted == world.bot.id and chat.type != "private":
        return _own_membership(chat, world.bot)
    known = [m.author for m in chat.messages.values() if m.author and m.author.id == wanted]
    if wanted == world.bot.id:
        known = [world.bot]
    if not known:
        raise bad_request("user not found")
    return {"status": "member", "user": known[0].to_json()}


def _own_membership(chat: Chat, bot: User) -> dict[str, object]:
    return {
        "status": "administrator",
        "user": bot.to_json(),
        "can_manage_chat": True,
        "can_delete_messages": "delete" not in chat.denied,
        "can_post_messages": "post" not in chat.denied,
        "can_edit_messages": "edit" not in chat.denied,
        "can_pin_messages": "pin" not in chat.denied,
        **dict.fromkeys(_LACKING, False),
    }


async def get_file(world: World, params: Params) -> dict[str, object]:
    """Say where a file can be fetched."""
    if not params.text("file_id"):
        raise bad_request("file_id not specified")
    photo = world.files.get(params.text("file_id"))
    if photo is None:
        raise bad_request("invalid file_id")
    return {
        "file_id": photo.file_id,
        "file_unique_id": photo.unique_id,
        "file_size": len(photo.data),
        "file_path": f"photos/{photo.file_id}",
    }


async def set_my_commands(world: World, params: Params) -> bool:
    """Keep the command menu."""
    commands = params.nested("commands", "commands") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", "")).lstrip("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.set_commands(
        [
            {"command": str(c["command"]).lstrip("/"), "description": str(c["description"])}
            for c in commands
        ]
    )
    return True


async def get_my_commands(world: World, params: Params) -> list[dict[str, str]]:
    """Return the command menu."""
    return world.commands


async def delete_my_commands(world: World, params: Params) -> bool:
    """Empty the command menu."""
    world.set_commands([])
    return True


async def send_chat_action(world: World, params: Params) -> bool:
    """Show that the bot is busy."""
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.chat(params, Access.WRITE)
    return True
