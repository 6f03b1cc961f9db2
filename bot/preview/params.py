"""Parameters of a Bot API call, from any body form, and the refusals they can cause."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class RefusedError(Exception):
    """The server refuses a call; `description` is its own text."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(description: str) -> RefusedError:
    """Return a 400."""
    return RefusedError(400, f"Bad Request: {description}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file of a multipart body."""

    filename: str
    data: bytes


class Params:
    """Typed access to the parameters of one call."""

    def __init__(
        self, values: Mapping[str, Any], files: Mapping[str, Upload] | None = None
    ) -> None:
        self.values = dict(values)
        self.files = dict(files or {})

    def text(self, name: str) -> str:
        """Return a text; empty when it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        """Return a text that must not be missing.

        Raises:
            RefusedError: it is.
        """
        if not self.text(name):
            raise bad_request(f'parameter "{name}" is required')
        return self.text(name)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number; the default when it is missing or none."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def between(self, name: str, default: int, least: int, most: int) -> int:
        """Return a whole number, brought into its range as the server does."""
        return min(max(self.integer(name, default), least), most)

    def flag(self, name: str) -> bool:
        """Return a truth value as the server reads it."""
        return self.text(name).lower() in ("true", "yes", "1")

    def nested(self, name: str, shown: str) -> Any:
        """Return a JSON value given as such or as JSON text; None when it is missing."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {shown} JSON object") from None

    def message_ids(self) -> list[int]:
        """Return the list `message_ids`.

        Raises:
            RefusedError: it is missing, too long, or holds anything but message ids.
        """
        given = self.nested("message_ids", "message_ids")
        if given is None or given == []:
            raise bad_request("message identifiers are not specified")
        if not isinstance(given, list):
            raise bad_request("expected an Array of message identifiers")
        if len(given) > 100:
            raise bad_request("too many message identifiers specified")
        try:
            ids = [int(one) for one in given]
        except (TypeError, ValueError):
            raise bad_request("can't parse message identifier as Number") from None
        if min(ids) <= 0:
            raise bad_request("invalid message identifier specified")
        return ids

    @property
    def chat_id(self) -> int | None:
        """Return the numeric chat id, None when there is none."""
        try:
            return int(self.text("chat_id"))
        except ValueError:
            return None
