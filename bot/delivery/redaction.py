"""Keeps the bot token out of logs and tracebacks.

The token stands in every request address, so it is redacted where records leave (the root
handler, the structlog chain, the traceback hook), and not only at the loggers known to print it.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

#: Shown in place of a token.
REDACTED = "[token]"

_COLON = r"(?::|%3[Aa])"
#: A token as such, and whatever stands where an address has its token.
_TOKEN = re.compile(rf"(?<![\w])\d+{_COLON}[\w-]{{20,}}|(?<=/bot)\d+{_COLON}[\w-]+")

#: These print request addresses below WARNING.
_HTTP_LOGGERS = ("httpx", "httpcore", "hpack")


def redact(text: str) -> str:
    """Return `text` with every token replaced."""
    return _TOKEN.sub(REDACTED, text)


class RedactionFilter(logging.Filter):
    """Redacts message, arguments and traceback of a record; put it on handlers."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact `record` in place; always let it pass."""
        if isinstance(record.msg, dict):
            record.msg = _redact_value(record.msg)  # structlog's event
        else:
            record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = redact("".join(traceback.format_exception(*record.exc_info))).rstrip()
        elif record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True


def redact_event(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Redact every text of a structlog event; comes after the exception is formatted."""
    for key, value in event.items():
        event[key] = value if key.startswith("_") else _redact_value(value)
    return event


def quiet_http_clients() -> None:
    """Silence the loggers that print request addresses."""
    for name in _HTTP_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A whole traceback for every answer of a proxy, which we log by its reason.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)


def guard_tracebacks() -> None:
    """Redact the traceback of an exception that nobody catches, in a thread too."""

    def show(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.stderr.write(redact("".join(traceback.format_exception(kind, error, trace))))

    def show_of_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_type is not SystemExit:
            show(failed.exc_type, failed.exc_value, failed.exc_traceback)

    sys.excepthook = show
    threading.excepthook = show_of_thread


def _redact_value(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {key: _redact_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_redact_value(inner) for inner in value)
    if isinstance(value, BaseException):
        return redact(repr(value))
    return value
