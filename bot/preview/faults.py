"""Scripted faults of the stand-in: per method and call, before or after it takes effect."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from dataclasses import dataclass, replace
from enum import StrEnum


class Way(StrEnum):
    """How a faulty request ends on the wire."""

    ANSWER = "answer"
    HANG = "hang"  #: no answer until the client gives up
    CLOSE = "close"  #: the connection is closed without an answer
    RESET = "reset"  #: the connection is reset
    HALF_BODY = "half_body"  #: the answer stops half-way


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault."""

    way: Way = Way.ANSWER
    accepts: bool = False  #: the call takes effect all the same
    late: bool = False  #: ... only after the client has given up
    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    chat_id: int | None = None  #: only for calls to this chat

    def after(self) -> Fault:
        """Return the same fault, striking after the call took effect."""
        return replace(self, accepts=True)

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


def html_page(status: int) -> Fault:
    """Return a proxy's page in place of an answer."""
    page = b"<html><body><h1>%d</h1></body></html>" % status
    return Fault(status=status, body=page, content_type="text/html")


def json_string(status: int = 502) -> Fault:
    """Return a JSON body that is a bare string."""
    return Fault(status=status, body=b'"Bad Gateway"')


HANG = Fault(way=Way.HANG)
LATE = Fault(way=Way.HANG, accepts=True, late=True)
CLOSE = Fault(way=Way.CLOSE)
RESET = Fault(way=Way.RESET)
HALF_BODY = Fault(way=Way.HALF_BODY)


class Faults:
    """The script: each call of a method takes the first fault that is meant for it."""

    def __init__(self) -> None:
        self._scripts: dict[str, deque[Fault | None]] = defaultdict(deque)

    def script(self, method: str, *faults: Fault | None) -> None:
        """Let the next calls of `method` end in `faults`, in order; None lets one pass."""
        self._scripts[method.lower()].extend(faults)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Use up and return the fault of this call."""
        script = self._scripts[method.lower()]
        for fault in script:
            if fault is None or fault.chat_id in (None, chat_id):
                script.remove(fault)
                return fault
        return None

    @property
    def left(self) -> int:
        """Return how many scripted faults were not met."""
        return sum(len(script) for script in self._scripts.values())

    def clear(self) -> None:
        """Drop what is left of the script."""
        self._scripts.clear()
