"""JSON lines in: every fault names line and field."""

from __future__ import annotations

import io
import json

import pytest

from bot.errors import InputError
from bot.lines import EntryLine, TextLine, read_lines

GOOD = {"id": "a", "fetched_at": "2026-03-10T06:00:00Z", "outlet": "x", "title": "T"}

FAULTS = [
    # not JSON at all
    (b"nonsense\n", "in:1: line: is not JSON"),
    # JSON, but no object
    (b"[1]\n", "in:1: line: must be a JSON object, one per line"),
    # bytes that are no UTF-8
    (b'{"id": "\xff"}\n', "in:1: line: is not UTF-8 (byte 8)"),
    # a field is missing
    (b'{"id": "a"}\n', "in:1: fetched_at: is missing"),
    # a time without a zone
    (
        json.dumps({**GOOD, "fetched_at": "2026-03-10T06:00:00"}).encode(),
        "in:1: fetched_at: Input should have timezone info",
    ),
    # the second line is the bad one
    (json.dumps(GOOD).encode() + b"\n{}\n", "in:2: id: is missing"),
]


@pytest.mark.parametrize(("raw", "message"), FAULTS)
def test_a_bad_line_is_named_with_line_and_field(raw: bytes, message: str) -> None:
    with pytest.raises(InputError) as fault:
        list(read_lines(io.BytesIO(raw), EntryLine, "in"))
    assert str(fault.value).startswith(message)


def test_times_are_turned_to_utc_and_nulls_are_allowed() -> None:
    line = {**GOOD, "fetched_at": "2026-03-10T09:00:00+03:00", "published_at": None, "note": "x"}
    (read,) = read_lines(io.BytesIO(json.dumps(line).encode()), EntryLine, "in")
    assert read.entry().fetched_at.isoformat() == "2026-03-10T06:00:00+00:00"
    assert read.entry().published_at is None
    assert read.entry().outlet_name == "x"


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    raw = b'\xef\xbb\xbf{"id": 1, "text": "t"}\n\n  \n{"id": "b", "text": ""}\n'
    assert [line.id for line in read_lines(io.BytesIO(raw), TextLine, "in")] == [1, "b"]
