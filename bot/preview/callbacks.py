"""Presses of inline buttons that wait for an answer."""

from __future__ import annotations

from collections.abc import Callable

from bot.preview.params import bad_request

#: Seconds within which the bot must answer a press (reported, not published).
ANSWER_WITHIN = 15
LONGEST_ANSWER = 200

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class Callbacks:
    """Each press is answered once, and soon."""

    def __init__(self, seconds: Callable[[], int]) -> None:
        self._seconds = seconds
        self._open: dict[str, int] = {}
        self._last = 0
        self.answers: dict[str, str] = {}  #: press -> text shown to the person

    def open(self) -> str:
        """Begin a press and return its id."""
        self._last += 1
        press = f"{7_000_000_000_000_000 + self._last}"
        self._open[press] = self._seconds()
        return press

    def answer(self, press: str, text: str) -> None:
        """Answer a press.

        Raises:
            RefusedError: it is unknown, answered or too old, or the answer is too long.
        """
        if len(text) > LONGEST_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        since = self._open.get(press)
        if since is None or self._seconds() - since > ANSWER_WITHIN:
            raise bad_request(_TOO_OLD)
        del self._open[press]
        self.answers[press] = text
