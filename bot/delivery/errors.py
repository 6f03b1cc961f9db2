"""What a failed Bot API call means, as data: `classify_error(exception) -> Outcome`.

The library's classes mislead (a permanent BadRequest is a NetworkError; TimedOut covers both
"never sent" and "maybe sent"), so the cause and the server's own text decide. Whatever is not
recognised is *unknown*: nobody knows whether Telegram accepted it. No I/O, no clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)


class Kind(StrEnum):
    """What to do after a failed call."""

    RETRY = "retry"  #: never left us
    WAIT = "wait"  #: refused for now; this chat waits `retry_after`
    MIGRATE = "migrate"  #: the chat has a new id
    PERMANENT = "permanent"  #: this message will never be accepted
    FATAL = "fatal"  #: no message will be accepted
    NOT_MODIFIED = "not_modified"  #: the edit is already in place
    PLAIN_TEXT = "plain_text"  #: the markup was refused
    TOO_LONG = "too_long"  #: the text was refused for its length
    TARGET_GONE = "target_gone"  #: the message to edit is gone
    TARGET_LOCKED = "target_locked"  #: the message to edit stands, but may not be edited
    PARENT_GONE = "parent_gone"  #: the message replied to is gone
    UNKNOWN = "unknown"  #: accepted or not: nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The meaning of one failed call."""

    kind: Kind
    reason: str  #: short and named; goes into the outbox, the log and /why
    retry_after: timedelta | None = None  #: with WAIT
    new_chat_id: int | None = None  #: with MIGRATE
    closes: Literal["chat", "topic"] | None = None  #: with PERMANENT: nobody gets in there now

    @property
    def closes_chat(self) -> bool:
        """Tell whether no message to this chat will be accepted for now."""
        return self.closes == "chat"


#: Wait when Telegram says "too many requests" without saying how long.
UNNAMED_WAIT = timedelta(seconds=60)

#: Causes that prove that no byte of the request reached Telegram.
NOT_SENT: tuple[tuple[type[BaseException], str], ...] = (
    (httpx.ConnectError, "connect_failed"),
    (httpx.ConnectTimeout, "connect_timeout"),
    (httpx.PoolTimeout, "pool_timeout"),
    (httpx.ProxyError, "proxy_refused"),
    (httpx.UnsupportedProtocol, "unsupported_protocol"),
)

#: Causes after which Telegram may or may not have accepted the request.
AMBIGUOUS: tuple[tuple[type[BaseException], str], ...] = (
    (httpx.ReadTimeout, "no_answer"),
    (httpx.WriteTimeout, "write_timeout"),
    (httpx.RemoteProtocolError, "connection_broken"),
    (httpx.ReadError, "connection_broken"),
    (httpx.WriteError, "connection_broken"),
)

#: Texts of 400 answers: beginning (lower case) -> what to do, named reason, chat is closed to us.
BAD_REQUESTS: tuple[tuple[str, Kind, str, bool], ...] = (
    ("message is not modified", Kind.NOT_MODIFIED, "not_modified", False),
    ("message_not_modified", Kind.NOT_MODIFIED, "not_modified", False),
    ("message to edit not found", Kind.TARGET_GONE, "edit_target_gone", False),
    ("message_id_invalid", Kind.TARGET_GONE, "edit_target_gone", False),
    ("message can't be edited", Kind.TARGET_LOCKED, "edit_target_locked", False),
    ("message_edit_time_expired", Kind.TARGET_LOCKED, "edit_target_locked", False),
    ("message to be replied not found", Kind.PARENT_GONE, "reply_target_gone", False),
    ("message to reply not found", Kind.PARENT_GONE, "reply_target_gone", False),
    ("reply message not found", Kind.PARENT_GONE, "reply_target_gone", False),
    ("can't parse entities", Kind.PLAIN_TEXT, "markup_refused", False),
    ("can't parse message text", Kind.PLAIN_TEXT, "markup_refused", False),
    ("entity_bounds_invalid", Kind.PLAIN_TEXT, "markup_refused", False),
    ("entities_too_long", Kind.PLAIN_TEXT, "markup_refused", False),
    ("text contains invalid unicode", Kind.PLAIN_TEXT, "markup_refused", False),
    ("message is too long", Kind.TOO_LONG, "too_long", False),
    ("message_too_long", Kind.TOO_LONG, "too_long", False),
    ("text is too long", Kind.TOO_LONG, "too_long", False),
    ("message text is empty", Kind.PERMANENT, "empty_text", False),
    ("text must be non-empty", Kind.PERMANENT, "empty_text", False),
    ("message to forward not found", Kind.PERMANENT, "message_not_found", False),
    ("message not found", Kind.PERMANENT, "message_not_found", False),
    ("message can't be forwarded", Kind.PERMANENT, "not_forwardable", False),
    ("chat_forwards_restricted", Kind.PERMANENT, "not_forwardable", False),
    ("message to delete not found", Kind.PERMANENT, "message_not_found", False),
    ("message thread not found", Kind.PERMANENT, "topic_not_found", False),
    ("topic_deleted", Kind.PERMANENT, "topic_not_found", False),
    ("topic_closed", Kind.PERMANENT, "topic_closed", False),
    ("chat not found", Kind.PERMANENT, "chat_not_found", True),
    ("chat_id_invalid", Kind.PERMANENT, "chat_not_found", True),
    ("peer_id_invalid", Kind.PERMANENT, "chat_not_found", True),
    ("channel_invalid", Kind.PERMANENT, "chat_not_found", True),
    ("channel_private", Kind.PERMANENT, "bot_removed", True),
    ("group chat was deactivated", Kind.PERMANENT, "chat_deactivated", True),
    ("group chat was upgraded", Kind.PERMANENT, "chat_upgraded", True),
    ("not enough rights", Kind.PERMANENT, "no_right_to_post", True),
    ("have no rights to send", Kind.PERMANENT, "no_right_to_post", True),
    ("need administrator rights", Kind.PERMANENT, "no_right_to_post", True),
    ("chat_write_forbidden", Kind.PERMANENT, "no_right_to_post", True),
    ("chat_admin_required", Kind.PERMANENT, "no_right_to_post", True),
    ("chat_restricted", Kind.PERMANENT, "no_right_to_post", True),
    ("user_is_blocked", Kind.PERMANENT, "blocked_by_user", True),
)

#: Reasons that close one topic of a forum and not the whole of it.
TOPIC_REASONS = frozenset({"topic_not_found", "topic_closed"})

#: Texts of 403 answers: beginning (lower case) -> named reason. All of them close the chat.
FORBIDDEN: tuple[tuple[str, str], ...] = (
    ("bot was kicked", "bot_removed"),
    ("bot is not a member", "bot_removed"),
    ("bot was blocked by the user", "blocked_by_user"),
    ("bot can't initiate conversation", "blocked_by_user"),
    ("bot can't send messages to", "chat_unreachable"),
    ("user is deactivated", "chat_deactivated"),
    ("the group chat was deleted", "chat_deactivated"),
    ("the channel chat was deleted", "chat_deactivated"),
    ("the supergroup chat was deleted", "chat_deactivated"),
    ("chat_write_forbidden", "no_right_to_post"),
    ("not enough rights", "no_right_to_post"),
    ("have no rights to send", "no_right_to_post"),
    ("need administrator rights", "no_right_to_post"),
)


def classify_error(error: BaseException) -> Outcome:
    """Return what a failed Bot API call means and what to do next."""
    if isinstance(error, RetryAfter):
        return Outcome(kind=Kind.WAIT, reason="rate_limited", retry_after=_span(error.retry_after))
    if isinstance(error, ChatMigrated):
        return Outcome(
            kind=Kind.MIGRATE, reason="chat_migrated", new_chat_id=int(error.new_chat_id)
        )
    if isinstance(error, Forbidden):
        return _forbidden(_text(error))
    if isinstance(error, InvalidToken):
        missing = _text(error).startswith("not found")
        return Outcome(kind=Kind.FATAL, reason="not_found" if missing else "token_refused")
    if isinstance(error, Conflict):
        return Outcome(kind=Kind.FATAL, reason="another_instance")
    if isinstance(error, BadRequest):
        return _bad_request(_text(error))
    if isinstance(error, NetworkError):
        return _network(error)
    return Outcome(kind=Kind.UNKNOWN, reason=f"unexpected_{type(error).__name__}".lower())


def _text(error: BaseException) -> str:
    """Return the server's text without the prefixes that come and go, in lower case."""
    text = str(error).casefold().replace("’", "'")
    return re.sub(r"^(?:(?:bad request|forbidden|error|\[error\]): )+", "", text)


def _span(value: int | timedelta) -> timedelta:
    return value if isinstance(value, timedelta) else timedelta(seconds=value)


def _forbidden(text: str) -> Outcome:
    for beginning, reason in FORBIDDEN:
        if text.startswith(beginning):
            return Outcome(kind=Kind.PERMANENT, reason=reason, closes="chat")
    return Outcome(kind=Kind.PERMANENT, reason="forbidden")


def _bad_request(text: str) -> Outcome:
    for beginning, kind, reason, closes in BAD_REQUESTS:
        if text.startswith(beginning):
            return Outcome(kind=kind, reason=reason, closes=_closed(reason, closes))
    return Outcome(kind=Kind.PERMANENT, reason="bad_request")


def _closed(reason: str, closes_chat: bool) -> Literal["chat", "topic"] | None:
    if closes_chat:
        return "chat"
    return "topic" if reason in TOPIC_REASONS else None


def _network(error: NetworkError) -> Outcome:
    cause = error.__cause__
    for kind, causes in ((Kind.RETRY, NOT_SENT), (Kind.UNKNOWN, AMBIGUOUS)):
        for cause_type, reason in causes:
            if isinstance(cause, cause_type):
                return Outcome(kind=kind, reason=reason)
    text = _text(error)
    if cause is None and text.startswith("too many requests"):
        named = re.search(r"retry after (\d+)", text)
        wait = timedelta(seconds=int(named[1])) if named and int(named[1]) else UNNAMED_WAIT
        return Outcome(kind=Kind.WAIT, reason="rate_limited", retry_after=wait)
    late = text.startswith("gateway timeout") or "(504)" in text
    return Outcome(kind=Kind.UNKNOWN, reason="gateway_timeout" if late else "server_error")
