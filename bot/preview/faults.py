"""Scripted faults of the stand-in: what goes wrong, when the call takes effect, and for whom.

A fault is built from how the request ends (`HANG`, `RESET`, `html_page(502)`, ...) and from when
the call takes effect all the same: never (as built), at once (`.after()`), when the client has
left, some seconds later or at a sign (`.late(...)`). `Faults` says which calls it strikes.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Way(StrEnum):
    """How a faulty request ends on the wire."""

    ANSWER = "answer"  #: the fault's own answer
    REAL = "real"  #: the server's answer
    SLOW = "slow"  #: the server's answer, piece by piece
    HANG = "hang"  #: no answer until the client gives up
    CLOSE = "close"  #: the connection is closed without an answer
    RESET = "reset"  #: the connection is reset
    HALF_BODY = "half_body"  #: the answer stops half-way
    HALF_REQUEST = "half_request"  #: the connection is reset before the request was read


class Effect(StrEnum):
    """When a faulty call takes effect."""

    NEVER = "never"
    AT_ONCE = "at_once"
    CLIENT_GONE = "client_gone"
    LATER = "later"  #: after some seconds, or at a sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault."""

    way: Way = Way.ANSWER
    effect: Effect = Effect.NEVER
    later: float = 0.0  #: seconds until it takes effect, with LATER
    sign: asyncio.Event | None = field(default=None, compare=False)  #: ... or what it waits for
    pause: float = 0.0  #: seconds before the answer; with SLOW, over which it is spread
    pieces: int = 10  #: with SLOW
    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    chat_id: int | None = None  #: only for calls to this chat

    def after(self) -> Fault:
        """Return the same fault, striking after the call took effect."""
        return replace(self, effect=Effect.AT_ONCE)

    def late(self, seconds: float | None = None, *, at: asyncio.Event | None = None) -> Fault:
        """Return the same fault; the call takes effect `seconds` later or at a sign.

        With neither it takes effect when the client has left.
        """
        if seconds is None and at is None:
            return replace(self, effect=Effect.CLIENT_GONE)
        return replace(self, effect=Effect.LATER, later=seconds or 0.0, sign=at)

    def delayed(self, seconds: float) -> Fault:
        """Return the same fault, whose answer waits."""
        return replace(self, pause=seconds)

    def for_chat(self, chat_id: int) -> Fault:
        """Return the same fault, for calls to one chat."""
        return replace(self, chat_id=chat_id)


def answer(code: int, description: str, **parameters: int) -> Fault:
    """Return a refusal in the server's form."""
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Fault(status=code, body=json.dumps(body).encode())


def too_many_requests(retry_after: int | None) -> Fault:
    """Return a 429; without `retry_after` it names no wait at all."""
    if retry_after is None:
        return answer(429, "Too Many Requests")
    text = f"Too Many Requests: retry after {retry_after}"
    return answer(429, text, retry_after=retry_after)


def forbidden(description: str = "Forbidden: bot was kicked from the channel chat") -> Fault:
    """Return a 403."""
    return answer(403, description)


def bad_request(description: str) -> Fault:
    """Return a 400 with a text of the server's."""
    return answer(400, f"Bad Request: {description}")


def migrated(new_chat_id: int) -> Fault:
    """Return the 400 that names a chat's new id."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return answer(400, text, migrate_to_chat_id=new_chat_id)


def unauthorized() -> Fault:
    """Return the 401 of a token that is not (or no longer) known."""
    return answer(401, "Unauthorized")


def conflict() -> Fault:
    """Return the 409 of a bot that another program polls for."""
    text = "Conflict: terminated by other getUpdates request; "
    return answer(409, f"{text}make sure that only one bot instance is running")


def html_page(status: int) -> Fault:
    """Return a proxy's page in place of an answer."""
    page = b"<html><body><h1>%d</h1></body></html>" % status
    return Fault(status=status, body=page, content_type="text/html")


def json_string(status: int = 502) -> Fault:
    """Return a JSON body that is a bare string."""
    return Fault(status=status, body=b'"Bad Gateway"')


def garbage(status: int = 200) -> Fault:
    """Return a whole answer of the right type that is no JSON."""
    return Fault(status=status, body=b'{"ok":true,"result":{"message_id":\x00\xff')


def slow(seconds: float, pieces: int = 10) -> Fault:
    """Return the server's own answer, spread over some seconds."""
    return Fault(way=Way.SLOW, effect=Effect.AT_ONCE, pause=seconds, pieces=pieces)


def delayed(seconds: float) -> Fault:
    """Return the server's own answer, some seconds after the call took effect."""
    return Fault(way=Way.REAL, effect=Effect.AT_ONCE, pause=seconds)


HANG = Fault(way=Way.HANG)
CLOSE = Fault(way=Way.CLOSE)
RESET = Fault(way=Way.RESET)
HALF_BODY = Fault(way=Way.HALF_BODY)
HALF_REQUEST = Fault(way=Way.HALF_REQUEST)


@dataclass(slots=True)
class _Rule:
    """A fault for certain calls, counted from when the rule was made."""

    fault: Fault
    method: str
    nth: frozenset[int]  #: which of the matching calls, from 1; empty: all
    every: int
    times: int | None  #: strikes left
    seen: int = 0

    def strikes(self, method: str, chat_id: int | None) -> bool:
        if self.method not in ("*", method) or self.fault.chat_id not in (None, chat_id):
            return False
        self.seen += 1
        struck = self.seen in self.nth if self.nth else self.seen % self.every == 0
        if not struck or self.times == 0:
            return False
        self.times = None if self.times is None else self.times - 1
        return True

    @property
    def left(self) -> int:
        return (self.times or 0) if not self.nth else sum(n > self.seen for n in self.nth)


class Faults:
    """The script: which call of which method meets which fault."""

    def __init__(self) -> None:
        self._scripts: dict[str, deque[Fault | None]] = defaultdict(deque)
        self._rules: list[_Rule] = []

    def script(self, method: str, *faults: Fault | None) -> None:
        """Let the next calls of `method` end in `faults`, in order; None lets one pass."""
        self._scripts[method.lower()].extend(faults)

    def strike(
        self,
        fault: Fault,
        *,
        method: str = "*",
        nth: int | Collection[int] = (),
        every: int = 1,
        times: int | None = None,
    ) -> None:
        """Let `fault` strike calls by number: the `nth` ones, or each `every`-th, `times` over.

        Calls are counted from 1, from now on, among those of `method` ("*": of any) and of the
        fault's chat. Where a script and a rule meet, the script goes first.
        """
        numbers = frozenset((nth,) if isinstance(nth, int) else nth)
        self._rules.append(_Rule(fault, method.lower(), numbers, every, times))

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Use up and return the fault of this call."""
        struck = [rule.fault for rule in self._rules if rule.strikes(method.lower(), chat_id)]
        script = self._scripts[method.lower()]
        for fault in script:
            if fault is None or fault.chat_id in (None, chat_id):
                script.remove(fault)
                return fault
        return struck[0] if struck else None

    def take_unread(self, method: str) -> bool:
        """Use up a fault that strikes before the request is read; tell whether there was one."""
        script = self._scripts[method.lower()]
        if script and script[0] is not None and script[0].way is Way.HALF_REQUEST:
            script.popleft()
            return True
        return False

    @property
    def left(self) -> int:
        """Return how many scripted faults were not met."""
        scripted = sum(len(script) for script in self._scripts.values())
        return scripted + sum(rule.left for rule in self._rules)

    def clear(self) -> None:
        """Drop what is left of the script."""
        self._scripts.clear()
        self._rules.clear()
