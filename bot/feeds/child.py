"""The parser's child process: `python -m bot.feeds.child`. Reads requests, answers in JSON.

It may be killed at any moment by its own limits or by the parent; it holds nothing.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
from datetime import datetime
from typing import IO, Any

from bot.errors import ParseError
from bot.feeds.parse import parse_feed
from bot.records import from_json, to_json
from bot.types import Feed

CPU_SECONDS = 5
MEMORY_BYTES = 768 * 2**20


def main() -> None:
    """Answer requests until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # Whatever a library prints must not end up between the answers.
    sys.stdout = sys.stderr
    while header := _read(requests):
        body = _read(requests) or b""
        _allow_cpu()
        answer = json.dumps(_answer(json.loads(header), body)).encode()
        answers.write(struct.pack(">I", len(answer)) + answer)
        answers.flush()


def _allow_cpu() -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(usage.ru_utime + usage.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _read(stream: IO[bytes]) -> bytes | None:
    size = stream.read(4)
    if len(size) < 4:
        return None
    return stream.read(struct.unpack(">I", size)[0])


def _answer(request: dict[str, Any], body: bytes) -> dict[str, Any]:
    try:
        if request["task"] == "article":
            return {"text": _article(body, request["url"])}
        parsed = parse_feed(
            body,
            request["content_type"],
            from_json(Feed, request["feed"]),
            datetime.fromisoformat(request["fetched_at"]),
            request["max_entries"],
        )
    except ParseError as error:
        return {"error": error.reason, "detail": error.detail}
    except (MemoryError, RecursionError):
        return {"error": "parser_limits", "detail": ""}
    return {"entries": [to_json(entry) for entry in parsed.entries], "rejected": parsed.rejected}


def _article(body: bytes, url: str) -> str | None:
    import trafilatura

    text = trafilatura.extract(
        body, url=url, include_comments=False, include_tables=False, favor_precision=True
    )
    return str(text)[:100_000] if text else None


if __name__ == "__main__":
    main()
