"""The state behind the stand-in: chats and their messages, updates, ledger, rights, limits.

The methods (bot.preview.methods) work on it; it knows neither them nor HTTP.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.clock import Clock
from bot.preview.callbacks import Callbacks
from bot.preview.chats import GENERAL, Access, Chat, Photo, StoredMessage, User
from bot.preview.entities import FormattedText
from bot.preview.flood import FloodGate
from bot.preview.ledger import Accepted, Ledger
from bot.preview.params import Params, RefusedError, bad_request
from bot.preview.updates import Updates

#: Told of every message that appeared or changed; the flag says that it was deleted.
Listener = Callable[[StoredMessage, bool], None]


class World:
    """Everything the server knows."""

    def __init__(self, *, bot: User, clock: Clock) -> None:
        self.bot = bot
        self.ledger = Ledger()
        self.updates = Updates()
        self.callbacks = Callbacks(self.unix_time)
        self.commands: list[dict[str, str]] = []
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Photo] = {}
        self.webhook = ""
        self.flood: FloodGate | None = None
        self._clock = clock
        self._listeners: list[Listener] = []
        self._menu_listeners: list[Callable[[], None]] = []

    def unix_time(self) -> int:
        """Return the clock's time in whole seconds."""
        return int(self.seconds())

    def seconds(self) -> float:
        """Return the clock's time as Unix time."""
        return self._clock.now().timestamp()

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

    def chat(self, params: Params, access: Access, name: str = "chat_id") -> Chat:
        """Return the chat a call is meant for.

        Raises:
            RefusedError: there is none, it moved, or it is closed to the bot.
        """
        given = params.text(name)
        if not given:
            raise bad_request(f"{name} is empty")
        chat = self._found(given)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None and access > Access.READ:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise RefusedError(400, text, migrate_to_chat_id=chat.migrated_to)
        if chat.closed and access >= chat.closed_for:
            raise RefusedError(403, chat.closed)
        return chat

    def _found(self, given: str) -> Chat | None:
        if given.startswith("@"):
            named = given[1:].casefold()
            return next(
                (c for c in self.chats.values() if c.username and c.username.casefold() == named),
                None,
            )
        try:
            return self.chats.get(int(given))
        except ValueError:
            return None

    def check_flood(self, chat_id: int, messages: int = 1) -> None:
        """Count messages against the flood limits.

        Raises:
            RefusedError: 429.
        """
        if self.flood is not None:
            _refuse_until(self.flood.too_early(chat_id, messages))

    def check_edit_flood(self, chat_id: int) -> None:
        """Count an edit against the flood limits.

        Raises:
            RefusedError: 429.
        """
        if self.flood is not None:
            _refuse_until(self.flood.edit_too_early(chat_id))

    def store(
        self, chat: Chat, content: FormattedText, *, author: User | None, **fields: Any
    ) -> StoredMessage:
        """Put a new message into a chat; `fields` are those of `StoredMessage`."""
        message = StoredMessage(
            chat_id=chat.id,
            message_id=chat.next_id(),
            date=self.unix_time(),
            content=content,
            author=author,
            **fields,
        )
        self.show(message)
        return message

    def author_in(self, chat: Chat) -> User | None:
        """Return as whom the bot writes in a chat."""
        return None if chat.type == "channel" else self.bot

    def show(self, message: StoredMessage) -> None:
        """Keep a new or changed message and tell the listeners."""
        chat = self.chats[message.chat_id]
        chat.messages[message.message_id] = message
        chat.versions.setdefault(message.message_id, []).append(message)
        for listener in self._listeners:
            listener(message, False)

    def remove(self, message: StoredMessage) -> None:
        """Delete a message and tell the listeners."""
        chat = self.chats[message.chat_id]
        del chat.messages[message.message_id]
        if message.message_id in chat.pinned:
            chat.pinned.remove(message.message_id)
        for listener in self._listeners:
            listener(message, True)

    def note(self, method: str, message: StoredMessage) -> None:
        """Write into the ledger that a call took effect."""
        self.ledger.accepted.append(
            Accepted(
                method=method,
                chat_id=message.chat_id,
                message_id=message.message_id,
                text=message.content.text,
                silent=message.silent,
                reply_to=message.reply_to,
                at=self.seconds(),
            )
        )

    def open_topic(self, chat: Chat, thread_id: int) -> int | None:
        """Return the thread that a message belongs to.

        Raises:
            RefusedError: the topic is unknown or closed.
        """
        if thread_id and (thread_id == GENERAL or thread_id not in chat.topics):
            # The general topic is named by leaving the parameter out.
            raise bad_request("message thread not found")
        topic = chat.topics.get(thread_id or GENERAL)
        if topic is not None and topic.is_closed:
            raise bad_request("TOPIC_CLOSED")
        return thread_id or None


def _refuse_until(wait: int) -> None:
    if wait:
        text = f"Too Many Requests: retry after {wait}"
        raise RefusedError(429, text, retry_after=wait)
