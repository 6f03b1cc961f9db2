"""The local Bot API: chats, updates, ledger, faults and the call that ties them together.

Knows nothing of HTTP (bot.preview.api) and of the page (bot.preview.page): both talk to it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.clock import Clock
from bot.preview.chats import Chat, StoredMessage, User, chat_type
from bot.preview.faults import Faults
from bot.preview.flood import FloodGate
from bot.preview.ledger import Ledger
from bot.preview.markup import FormattedText, with_found_entities
from bot.preview.methods import METHODS, message_json
from bot.preview.params import Params, RefusedError, bad_request
from bot.preview.updates import Updates

#: The visitor of the page, as the bot sees them.
VISITOR = User(id=700_001, is_bot=False, first_name="Reader", username="reader")

#: Told of every message that appeared or changed; the flag says that it was deleted.
Listener = Callable[[StoredMessage, bool], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call is answered with."""

    status: int
    body: bytes


class StandIn:
    """A strict Bot API server for one bot."""

    def __init__(
        self,
        *,
        token: str,
        clock: Clock,
        channel: int,
        title: str = "Channel",
        flood_limits: bool = False,
    ) -> None:
        self.token = token
        self.channel = channel
        self.bot = User(
            id=int(token.partition(":")[0]),
            is_bot=True,
            first_name="Truceline",
            username="truceline_preview_bot",
        )
        self.ledger = Ledger()
        self.faults = Faults()
        self.updates = Updates()
        self.commands: list[dict[str, str]] = []
        self.chats: dict[int, Chat] = {}
        self._clock = clock
        self._flood_limits = flood_limits
        self._gate: FloodGate | None = None
        self._listeners: list[Listener] = []
        self._menu_listeners: list[Callable[[], None]] = []
        self.add_chat(channel, title)
        self.add_chat(VISITOR.id, VISITOR.first_name)

    def add_chat(self, chat_id: int, title: str, *, topics: tuple[int, ...] = ()) -> Chat:
        """Add a chat that the bot may post to; its type follows from the id or the topics."""
        kind = "supergroup" if topics else chat_type(chat_id)
        chat = Chat(id=chat_id, type=kind, title=title, topics=frozenset(topics))
        self.chats[chat_id] = chat
        return chat

    def migrate_chat(self, old: int, new: int) -> Chat:
        """Turn a group into a supergroup with a new id, as Telegram does."""
        self.chats[old].migrated_to = new
        chat = Chat(id=new, type="supergroup", title=self.chats[old].title)
        self.chats[new] = chat
        return chat

    def close_chat(
        self, chat_id: int, description: str = "Forbidden: bot was kicked from the channel chat"
    ) -> None:
        """Let every call to a chat be answered with a 403."""
        self.chats[chat_id].closed = description

    def listen(self, listener: Listener) -> None:
        """Call `listener` for every message that appears, changes or is deleted."""
        self._listeners.append(listener)

    def listen_menu(self, listener: Callable[[], None]) -> None:
        """Call `listener` when the bot changes its command menu."""
        self._menu_listeners.append(listener)

    def set_commands(self, commands: list[dict[str, str]]) -> None:
        """Keep the command menu and tell the listeners."""
        self.commands = commands
        for listener in self._menu_listeners:
            listener()

    def unix_time(self) -> int:
        """Return the clock's time in whole seconds."""
        return int(self._clock.now().timestamp())

    async def call(self, method: str, params: Params) -> Answer:
        """Carry out one call of the bot and return the server's answer."""
        perform = METHODS.get(method.lower())
        try:
            if perform is None:
                raise RefusedError(404, "Not Found: method not found")
            shown = {"ok": True, "result": await perform(self, params)}
            return Answer(status=200, body=_json(shown))
        except RefusedError as refused:
            return refusal(refused)

    def say(self, text: str) -> StoredMessage:
        """Write to the bot as the page's visitor; the message enters the update queue."""
        content = with_found_entities(FormattedText(text=text.strip()))
        message = self.store(self.chats[VISITOR.id], content, author=VISITOR, by_bot=False)
        self.updates.add("message", message_json(self, message))
        return message

    def chat(self, params: Params) -> Chat:
        """Return the chat a call is meant for.

        Raises:
            RefusedError: there is none, it moved, or it is closed to the bot.
        """
        if not params.text("chat_id"):
            raise bad_request("chat_id is empty")
        return self.known_chat(params.chat_id)

    def known_chat(self, chat_id: int | None) -> Chat:
        """Return a chat by its id, or raise as `chat` does."""
        chat = self.chats.get(chat_id) if chat_id is not None else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise RefusedError(400, text, migrate_to_chat_id=chat.migrated_to)
        if chat.closed:
            raise RefusedError(403, chat.closed)
        return chat

    def check_flood(self, chat_id: int) -> None:
        """Count one message against the flood limits.

        Raises:
            RefusedError: 429.
        """
        if not self._flood_limits:
            return
        if self._gate is None:
            self._gate = FloodGate(asyncio.get_running_loop().time)
        if wait := self._gate.too_early(chat_id):
            text = f"Too Many Requests: retry after {wait}"
            raise RefusedError(429, text, retry_after=wait)

    def store(
        self,
        chat: Chat,
        content: FormattedText,
        *,
        author: User | None,
        by_bot: bool = True,
        silent: bool = False,
        reply_to: int | None = None,
        thread_id: int | None = None,
        reply_markup: str = "",
        origin: tuple[int, int] | None = None,
    ) -> StoredMessage:
        """Put a new message into a chat."""
        message = StoredMessage(
            chat_id=chat.id,
            message_id=chat.next_id(),
            date=self.unix_time(),
            content=content,
            author=author,
            by_bot=by_bot,
            silent=silent,
            reply_to=reply_to,
            thread_id=thread_id,
            reply_markup=reply_markup,
            origin=origin,
        )
        self.show(message)
        return message

    def show(self, message: StoredMessage) -> None:
        """Keep a new or changed message and tell the listeners."""
        self.chats[message.chat_id].messages[message.message_id] = message
        for listener in self._listeners:
            listener(message, False)

    def remove(self, message: StoredMessage) -> None:
        """Delete a message and tell the listeners."""
        del self.chats[message.chat_id].messages[message.message_id]
        for listener in self._listeners:
            listener(message, True)


def refusal(refused: RefusedError) -> Answer:
    """Return a refusal in the server's form."""
    shown: dict[str, Any] = {
        "ok": False,
        "error_code": refused.code,
        "description": refused.description,
    }
    if refused.parameters:
        shown["parameters"] = refused.parameters
    return Answer(status=refused.code, body=_json(shown))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
