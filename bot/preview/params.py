"""Parameters of a Bot API call, from any body form, and the refusals they can cause."""

from __future__ import annotations

import json
from collections.abc import Mapping
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


class Params:
    """Typed access to the parameters of one call."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    def text(self, name: str) -> str:
        """Return a text; empty when it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number; the default when it is missing or none."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

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

    @property
    def chat_id(self) -> int | None:
        """Return the numeric chat id, None when there is none."""
        try:
            return int(self.text("chat_id"))
        except ValueError:
            return None
