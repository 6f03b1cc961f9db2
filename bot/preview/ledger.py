"""The stand-in's exact ledger: every call, and every message that was accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Call:
    """One request, whatever became of it; noted when it came."""

    method: str
    chat_id: int | None
    params: Mapping[str, Any]
    at: float = 0.0  #: Unix time by the stand-in's clock
    accepted: bool = False  #: it took effect, however late
    status: int | None = None  #: HTTP status answered; None while no complete answer left
    refusal: str | None = None  #: the server's own text; None when it was not refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One message sent, edited, forwarded or deleted."""

    method: str
    chat_id: int
    message_id: int
    text: str
    silent: bool = False
    reply_to: int | None = None
    at: float = 0.0  #: Unix time by the stand-in's clock


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
