"""Chats of the stand-in and their messages: ids in one sequence per chat, whole-second dates."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.preview.markup import FormattedText


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person or a bot."""

    id: int
    is_bot: bool
    first_name: str
    username: str | None = None

    def to_json(self) -> dict[str, object]:
        """Return the user as the Bot API shows it."""
        shown: dict[str, object] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
        }
        return shown | ({"username": self.username} if self.username else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage:
    """One message of a chat."""

    chat_id: int
    message_id: int
    date: int  #: Unix time, whole seconds
    content: FormattedText
    author: User | None  #: None for a post of a channel
    by_bot: bool = True
    silent: bool = False
    edit_date: int | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    reply_markup: str = ""
    origin: tuple[int, int] | None = None  #: chat and message it was forwarded from


@dataclass(slots=True, kw_only=True)
class Chat:
    """A channel, group or private chat that the bot belongs to."""

    id: int
    type: str  #: channel | group | supergroup | private
    title: str
    topics: frozenset[int] = frozenset()
    migrated_to: int | None = None
    closed: str | None = None  #: description of the 403 that every call gets
    last_id: int = 0
    messages: dict[int, StoredMessage] = field(default_factory=dict)

    def next_id(self) -> int:
        """Use up the next message id."""
        self.last_id += 1
        return self.last_id

    def to_json(self) -> dict[str, object]:
        """Return the chat as the Bot API shows it."""
        name = {"first_name": self.title} if self.type == "private" else {"title": self.title}
        return {"id": self.id, "type": self.type, **name}


def chat_type(chat_id: int) -> str:
    """Return the type that an id belongs to."""
    if chat_id > 0:
        return "private"
    return "channel" if chat_id <= -1_000_000_000_000 else "group"
