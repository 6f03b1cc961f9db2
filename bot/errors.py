"""The error tree. A class docstring is the default message to the operator, with the fix.

BotError
 ├── ConfigError        config.yaml, a conflict pack or another input file
 ├── InputError         a line of a contract's input
 ├── FeedError          one feed, never the whole cycle
 │    ├── FetchError
 │    └── ParseError
 ├── StoreError         the database
 └── DeliveryError      one message to one chat
"""

from __future__ import annotations


class BotError(Exception):
    """Something went wrong; see the log."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class ConfigError(BotError):
    """The configuration is not usable. Correct the named lines and start again."""


class InputError(BotError):
    """The input is not usable. Correct the named line and field."""


class FeedError(BotError):
    """A feed could not be read. Its next poll is tried later."""

    def __init__(self, feed_url: str, reason: str, detail: str = "") -> None:
        super().__init__(f"{feed_url}: {reason}" + (f" ({detail})" if detail else ""))
        self.feed_url = feed_url
        self.reason = reason  #: short and named, e.g. "timeout", "too_large"
        self.detail = detail


class FetchError(FeedError):
    """A feed or page could not be fetched."""


class ParseError(FeedError):
    """A feed was fetched but is not a feed we can read."""


class StoreError(BotError):
    """The database is not usable. Check `database` in config.yaml."""


class DeliveryError(BotError):
    """A message could not be delivered."""

    def __init__(
        self, chat_id: int, reason: str, *, permanent: bool, retry_after: float | None = None
    ) -> None:
        super().__init__(f"chat {chat_id}: {reason}")
        self.chat_id = chat_id
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after  #: seconds
