"""The local Bot API as tests and the demo hold it: what people and operators do, and its calls.

Knows nothing of HTTP (bot.preview.api) and of the page (bot.preview.page): both talk to it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.preview.answers import Answer, message_json, refusal, result
from bot.preview.chats import GENERAL, RIGHTS, Access, Chat, StoredMessage, Topic, User, chat_type
from bot.preview.entities import FormattedText, finished
from bot.preview.faults import Faults
from bot.preview.flood import FloodGate, FloodRules
from bot.preview.methods import METHODS
from bot.preview.params import Params, RefusedError
from bot.preview.shown import Post, differences, shown_in
from bot.preview.world import World

#: The visitor of the page, as the bot sees them.
VISITOR = User(id=700_001, is_bot=False, first_name="Reader", username="reader")


class StandIn(World):
    """A strict Bot API server for one bot."""

    def __init__(
        self,
        *,
        token: str,
        clock: Clock,
        channel: int,
        title: str = "Channel",
        flood_limits: bool | FloodRules = False,
    ) -> None:
        bot = User(
            id=int(token.partition(":")[0]),
            is_bot=True,
            first_name="Truceline",
            username="truceline_preview_bot",
        )
        super().__init__(bot=bot, clock=clock)
        self.token = token
        self.token_revoked = False
        self.channel = channel
        self.faults = Faults()
        if flood_limits:
            rules = flood_limits if isinstance(flood_limits, FloodRules) else FloodRules()
            self.flood = FloodGate(self.seconds, rules)
        self.add_chat(channel, title)
        self.add_chat(VISITOR.id, VISITOR.first_name)

    async def call(self, method: str, params: Params) -> Answer:
        """Carry out one call of the bot and return the server's answer."""
        perform = METHODS.get(method.lower())
        try:
            if perform is None:
                raise RefusedError(404, "Not Found: method not found")
            return result(await perform(self, params))
        except RefusedError as refused:
            return refusal(refused)

    def add_chat(
        self, chat_id: int, title: str, *, topics: tuple[int, ...] = (), username: str | None = None
    ) -> Chat:
        """Add a chat that the bot may post to; its type follows from the id or the topics."""
        kind = "supergroup" if topics else chat_type(chat_id)
        named = {thread: Topic(name=f"Topic {thread}") for thread in topics}
        if topics:
            named[GENERAL] = Topic(name="General")
        chat = Chat(id=chat_id, type=kind, title=title, topics=named, username=username)
        self.chats[chat_id] = chat
        return chat

    def migrate_chat(self, old: int, new: int) -> Chat:
        """Turn a group into a supergroup with a new id, as Telegram does."""
        self.chats[old].migrated_to = new
        chat = Chat(id=new, type="supergroup", title=self.chats[old].title)
        self.chats[new] = chat
        return chat

    def close_chat(
        self,
        chat_id: int,
        description: str = "Forbidden: bot was kicked from the channel chat",
        *,
        closed_for: Access = Access.READ,
    ) -> None:
        """Let every call to a chat that needs this access be answered with a 403."""
        chat = self.chats[chat_id]
        chat.closed, chat.closed_for = description, closed_for

    def reopen_chat(self, chat_id: int) -> None:
        """Let the bot in again."""
        self.chats[chat_id].closed = None

    def kick(self, chat_id: int) -> None:
        """Let a person throw the bot out of a chat."""
        self._shut_out(chat_id, "bot was kicked from")

    def leave(self, chat_id: int) -> None:
        """Let the bot be no member of a chat."""
        self._shut_out(chat_id, "bot is not a member of")

    def block(self, user_id: int) -> None:
        """Let a person block the bot."""
        text = "Forbidden: bot was blocked by the user"
        self.close_chat(user_id, text, closed_for=Access.WRITE)

    def deny(self, chat_id: int, *rights: str) -> None:
        """Take rights (`chats.RIGHTS`) from the bot."""
        if unknown := set(rights) - RIGHTS:
            raise ValueError(f"unknown rights: {', '.join(sorted(unknown))}")
        self.chats[chat_id].denied |= set(rights)

    def allow(self, chat_id: int, *rights: str) -> None:
        """Give rights back to the bot."""
        self.chats[chat_id].denied -= set(rights)

    def close_topic(self, chat_id: int, thread_id: int = GENERAL) -> None:
        """Let a person close a topic of a forum."""
        self.chats[chat_id].topics[thread_id].is_closed = True

    def reopen_topic(self, chat_id: int, thread_id: int = GENERAL) -> None:
        """Let a person open a topic again."""
        self.chats[chat_id].topics[thread_id].is_closed = False

    def delete_topic(self, chat_id: int, thread_id: int) -> None:
        """Let a person delete a topic and what stands in it."""
        chat = self.chats[chat_id]
        del chat.topics[thread_id]
        for message in [m for m in chat.messages.values() if m.thread_id == thread_id]:
            self.remove(message)

    def say(
        self,
        text: str,
        *,
        user: User = VISITOR,
        chat_id: int | None = None,
        reply_to: int | None = None,
        words_of: User | None = None,
    ) -> StoredMessage:
        """Write as a person: to the bot, into a group, or (as its admin) into a channel.

        `chats.ANONYMOUS_ADMIN` is a person too; with `words_of` the message is a forwarded one.
        """
        if chat_id is None:
            chat = self.chats.get(user.id) or self.add_chat(user.id, user.first_name)
        else:
            chat = self.chats[chat_id]
        message = self.store(
            chat,
            finished(FormattedText(text=text)),
            author=None if chat.type == "channel" else user,
            by_bot=False,
            reply_to=reply_to,
            origin_user=words_of,
        )
        self._tell_bot(chat, message)
        return message

    def rewrite(self, message: StoredMessage, text: str) -> StoredMessage:
        """Edit a person's own message."""
        content = finished(FormattedText(text=text))
        edited = replace(message, content=content, edit_date=self.unix_time())
        self.show(edited)
        self._tell_bot(self.chats[message.chat_id], edited)
        return edited

    def press(
        self,
        chat_id: int,
        message_id: int,
        data: str,
        *,
        user: User = VISITOR,
        forged: bool = False,
    ) -> str:
        """Press a button of a message; return the id of the press, that the bot must answer.

        A client can send any data, pressed or not: `forged` does.

        Raises:
            ValueError: the message has no such button, and the press is not forged.
        """
        message = self.chats[chat_id].messages[message_id]
        rows = json.loads(message.reply_markup or "{}").get("inline_keyboard", [])
        offered = [button.get("callback_data") for row in rows for button in row]
        if data not in offered and not forged:
            raise ValueError(f"message {message_id} has no button {data!r}")
        press = self.callbacks.open()
        query = {
            "id": press,
            "from": user.to_json(),
            "message": message_json(self, message),
            "chat_instance": str(abs(chat_id) * 31 + 7),
            "data": data,
        }
        self.updates.add("callback_query", query)
        return press

    def shown(self, chat_id: int) -> tuple[Post, ...]:
        """Return everything a chat shows, deleted posts included."""
        return shown_in(self.chats[chat_id])

    def differences(self, chat_id: int, expected: Sequence[Post]) -> tuple[str, ...]:
        """Return what a chat lacks, has too much, or shows otherwise; empty when it is exact."""
        return differences(expected, self.shown(chat_id))

    def _shut_out(self, chat_id: int, why: str) -> None:
        kind = self.chats[chat_id].type
        # Reads of a plain group are still answered.
        access = Access.EDIT if kind == "group" else Access.READ
        self.close_chat(chat_id, f"Forbidden: {why} the {kind} chat", closed_for=access)

    def _tell_bot(self, chat: Chat, message: StoredMessage) -> None:
        """Queue the update about a person's message, where the bot gets one."""
        if chat.type not in ("private", "channel"):
            # In groups it sees only commands and replies to itself.
            parent = chat.versions.get(message.reply_to or 0)
            is_reply = parent is not None and parent[-1].by_bot
            if not is_reply and not message.content.text.startswith("/"):
                return
        kind = "channel_post" if chat.type == "channel" else "message"
        prefix = "" if message.edit_date is None else "edited_"
        self.updates.add(f"{prefix}{kind}", message_json(self, message))
