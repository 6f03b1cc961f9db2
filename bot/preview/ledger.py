"""The stand-in's exact ledger: every call, and every message that was accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, whatever became of it."""

    method: str
    chat_id: int | None
    params: Mapping[str, Any]
    accepted: bool  #: it took effect
    status: int | None  #: HTTP status answered; None when no complete answer left


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One message sent, edited, forwarded or deleted."""

    method: str
    chat_id: int
    message_id: int
    text: str
    silent: bool = False
    reply_to: int | None = None


@dataclass(slots=True)
class Ledger:
    """What happened, in order."""

    calls: list[Call] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)

    def calls_of(self, *methods: str) -> tuple[Call, ...]:
        """Return the calls of some methods, in order."""
        return tuple(call for call in self.calls if call.method in methods)

    def texts(self, chat_id: int) -> list[str]:
        """Return the texts accepted in a chat, in order, edits included."""
        return [one.text for one in self.accepted if one.chat_id == chat_id]

    def clear(self) -> None:
        """Forget everything so far."""
        self.calls.clear()
        self.accepted.clear()
