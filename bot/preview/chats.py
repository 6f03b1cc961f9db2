"""Chats of the stand-in and their messages: ids in one sequence per chat, whole-second dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from bot.preview.entities import FormattedText


class Access(IntEnum):
    """What a call wants of a chat; each includes those before it."""

    READ = 1
    EDIT = 2
    WRITE = 3


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


#: As whom an admin writes who stays anonymous in a group.
ANONYMOUS_ADMIN = User(
    id=1_087_968_824, is_bot=True, first_name="Group", username="GroupAnonymousBot"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture that was uploaded."""

    file_id: str
    unique_id: str
    width: int
    height: int
    data: bytes = field(repr=False)

    def to_json(self) -> dict[str, object]:
        """Return the picture as the Bot API shows one of its sizes."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "width": self.width,
            "height": self.height,
            "file_size": len(self.data),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage:
    """One message of a chat."""

    chat_id: int
    message_id: int
    date: int  #: Unix time, whole seconds
    content: FormattedText  #: the text, or the caption of a photo
    author: User | None  #: None for a post of a channel
    by_bot: bool = True
    silent: bool = False
    edit_date: int | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    reply_markup: str = ""
    origin: tuple[int, int] | None = None  #: chat and message it was forwarded from
    origin_user: User | None = None  #: ... or the person whose words these are
    photo: Photo | None = None
    group_id: str | None = None  #: of an album
    is_protected: bool = False  #: can be neither forwarded nor copied
    pins: int | None = None  #: a service message: it says that this message was pinned


@dataclass(slots=True, kw_only=True)
class Topic:
    """A topic of a forum."""

    name: str
    is_closed: bool = False


#: The topic of a forum that messages without a thread belong to.
GENERAL = 1


@dataclass(slots=True, kw_only=True)
class Chat:
    """A channel, group or private chat that the bot belongs to."""

    id: int
    type: str  #: channel | group | supergroup | private
    title: str
    username: str | None = None
    topics: dict[int, Topic] = field(default_factory=dict)
    migrated_to: int | None = None
    closed: str | None = None  #: description of the 403
    closed_for: Access = Access.READ  #: the least access that gets it
    denied: set[str] = field(default_factory=set)  #: rights the bot lacks: post, edit, ...
    last_id: int = 0
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    #: message id -> everything the message ever said, the latest last; deleted ones stay here
    versions: dict[int, list[StoredMessage]] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)  #: the latest last

    def next_id(self) -> int:
        """Use up the next message id."""
        self.last_id += 1
        return self.last_id

    def to_json(self) -> dict[str, object]:
        """Return the chat as the Bot API shows it."""
        name = {"first_name": self.title} if self.type == "private" else {"title": self.title}
        shown: dict[str, object] = {"id": self.id, "type": self.type, **name}
        if self.username:
            shown["username"] = self.username
        if self.topics:
            shown["is_forum"] = True
        return shown


#: Rights that a chat can deny the bot (`StandIn.deny`).
RIGHTS = frozenset({"post", "photos", "edit", "delete", "pin"})


def chat_type(chat_id: int) -> str:
    """Return the type that an id belongs to."""
    if chat_id > 0:
        return "private"
    return "channel" if chat_id <= -1_000_000_000_000 else "group"
