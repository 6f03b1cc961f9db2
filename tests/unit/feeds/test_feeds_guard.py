"""Hostile documents and bodies end within bounds and with a name; the next one is read."""

from __future__ import annotations

import gzip
import random
import sys
import time
import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import FetchError, ParseError
from bot.feeds.body import STEP, inflate, read_body
from bot.feeds.guard import GuardedParser
from bot.feeds.parse import MAX_TITLE
from bot.types import Feed

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
URL = "https://news.example.org/rss.xml"
FEED = Feed(url=URL, outlet="wire", outlet_name="Wire")
TRUSTED = Feed(url=URL, outlet="wire", outlet_name="Wire", allow_entities=True)


def rss(items: bytes, head: bytes = b"") -> bytes:
    return (
        b'<?xml version="1.0"?>'
        + head
        + b'<rss version="2.0"><channel>'
        + items
        + b"</channel></rss>"
    )


HONEST = rss(b"<item><title>Guns fall silent</title></item>")
ATTRIBUTES = b" ".join(b'a%d="x"' % n for n in range(120_000))


@pytest.fixture
async def parser() -> AsyncIterator[GuardedParser]:
    # Longer than in production: a busy machine is no fault of the document.
    guarded = GuardedParser(wall=timedelta(seconds=60))
    yield guarded
    await guarded.aclose()


async def read(parser: GuardedParser, body: bytes, feed: Feed = FEED) -> list[str]:
    found = await parser.parse_feed(body, None, feed, NOW, 500)
    return [entry.title for entry in found.entries]


async def test_a_document_that_costs_too_much_is_stopped_by_the_childs_own_limit(
    parser: GuardedParser,
) -> None:
    began = time.perf_counter()
    with pytest.raises(ParseError) as fault:
        await read(parser, rss(b"<item " + ATTRIBUTES + b"><title>x</title></item>"))
    # On a machine that gives the child no CPU, the wall clock ends it.
    assert fault.value.reason in {"parser_killed", "parser_timeout"}
    assert time.perf_counter() - began < 90
    assert await read(parser, HONEST) == ["Guns fall silent"]


SLOW = [
    # comments that open and never close
    rss(b"<item><description><![CDATA[" + b"<!--" * 250_000 + b"]]></description></item>"),
    # items without end
    rss(b"<item><title>x</title></item>" * 150_000),
]  # fmt: skip


@pytest.mark.parametrize("body", SLOW, ids=["comments", "items"])
async def test_a_slow_document_is_ended_by_the_wall_clock(body: bytes) -> None:
    parser = GuardedParser(wall=timedelta(seconds=1.5))
    began = time.perf_counter()
    with pytest.raises(ParseError) as fault:
        await read(parser, body)
    assert fault.value.reason == "parser_timeout"
    assert time.perf_counter() - began < 30
    parser._wall = timedelta(seconds=60)
    assert await read(parser, HONEST) == ["Guns fall silent"]
    await parser.aclose()


ENTITIES = [
    # one large entity, many times
    rss(
        b"<item><title>" + b"&a;" * 5_000 + b"</title></item>",
        b'<!DOCTYPE r [\n<!ENTITY a "' + b"A" * 100_000 + b'">\n]>',
    ),
    # a billion laughs
    rss(
        b"<item><title>&i;</title></item>",
        b'<!DOCTYPE r [\n<!ENTITY a "ha">'
        + b"".join(b'\n<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
        + b"\n]>",
    ),
    # a file of ours
    rss(
        b"<item><title>x &a;</title></item>",
        b'<!DOCTYPE r [\n<!ENTITY a SYSTEM "file:///etc/hostname">\n]>',
    ),
]


@pytest.mark.parametrize("body", ENTITIES, ids=["quadratic", "laughs", "external"])
async def test_entities_of_a_trusted_feed_stay_within_bounds(
    body: bytes, parser: GuardedParser
) -> None:
    secret = hostname()
    try:
        titles = await read(parser, body, TRUSTED)
    except ParseError:
        titles = []
    assert all(len(title) <= MAX_TITLE and secret not in title for title in titles)
    assert await read(parser, HONEST) == ["Guns fall silent"]


def hostname() -> str:
    file = Path("/etc/hostname")
    return file.read_text().strip() if file.exists() else "no such file"


async def test_deep_nesting_is_survived(parser: GuardedParser) -> None:
    nested = rss(b"<item><title>Guns fall silent</title>" + b"<b>" * 3_000 + b"</item>")
    assert await read(parser, nested) == ["Guns fall silent"]


async def test_a_body_that_names_a_file_opens_none(parser: GuardedParser) -> None:
    for body in (b"/dev/zero", b"/dev/stdin", b"/etc/hostname", b"http://127.0.0.1/"):
        with pytest.raises(ParseError) as fault:
            await read(parser, body)
        assert fault.value.reason == "not_a_feed"
    assert await read(parser, HONEST) == ["Guns fall silent"]


async def test_half_a_character_costs_no_other_item(parser: GuardedParser) -> None:
    items = (
        b"<item><title>Guns &#xD83D; fall silent</title></item><item><title>Talks</title></item>"
    )
    assert await read(parser, rss(items)) == ["Guns fall silent", "Talks"]


def environment_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
async def test_the_child_is_told_no_token(
    parser: GuardedParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:not-for-the-child")
    await read(parser, HONEST)
    assert parser._child is not None
    told = environment_of(parser._child.pid)
    assert b"PATH=" in told
    assert b"not-for-the-child" not in told


class Chunks(httpx.AsyncByteStream):
    """A body as it comes from the wire; remembers how far it was read."""

    def __init__(self, *chunks: bytes) -> None:
        self.chunks, self.taken = chunks, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            self.taken += 1
            yield chunk


def answer(body: httpx.AsyncByteStream, *headers: tuple[str, str]) -> httpx.Response:
    return httpx.Response(200, headers=list(headers), stream=body)


WORDS = b"Guns fell silent. " * 100
ENCODINGS: list[tuple[list[str], bytes]] = [
    # plain
    ([], WORDS),
    ([""], WORDS),
    (["identity"], WORDS),
    # packed, in every spelling of the name
    (["gzip"], gzip.compress(WORDS, mtime=0)),
    ([" GZIP "], gzip.compress(WORDS, mtime=0)),
    (["x-gzip"], gzip.compress(WORDS, mtime=0)),
]


@pytest.mark.parametrize(("named", "raw"), ENCODINGS)
async def test_a_body_is_read_by_its_encoding(named: list[str], raw: bytes) -> None:
    response = answer(Chunks(raw[:7], raw[7:]), *(("Content-Encoding", name) for name in named))
    assert await read_body(response, URL, 10_000, 10_000) == WORDS


STACKED = gzip.compress(gzip.compress(b"0" * 30_000_000, mtime=0))
UNREAD: list[tuple[list[tuple[str, str]], str]] = [
    # stacked, in one header or in two
    ([("Content-Encoding", "gzip, gzip")], "unknown_encoding"),
    ([("Content-Encoding", "gzip,gzip")], "unknown_encoding"),
    ([("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")], "unknown_encoding"),
    # not asked for
    ([("Content-Encoding", "br")], "unknown_encoding"),
    ([("Content-Encoding", "deflate")], "unknown_encoding"),
    ([("Content-Encoding", "identity, gzip")], "unknown_encoding"),
    # announced as too long
    ([("Content-Length", "10001")], "too_large"),
]


@pytest.mark.parametrize(("headers", "reason"), UNREAD)
async def test_a_body_is_refused_by_its_head_before_a_byte_is_read(
    headers: list[tuple[str, str]], reason: str
) -> None:
    body = Chunks(STACKED)
    with pytest.raises(FetchError) as fault:
        await read_body(answer(body, *headers), URL, 10_000, 10_000)
    assert (fault.value.reason, body.taken) == (reason, 0)


async def test_an_endless_body_is_left_where_the_limit_is_passed() -> None:
    body = Chunks(*[b"x" * 1_000] * 1_000)
    with pytest.raises(FetchError) as fault:
        await read_body(answer(body), URL, 10_000, 10_000)
    assert (fault.value.reason, body.taken) == ("too_large", 11)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        # 30 MB of zeros in 30 kB
        (gzip.compress(b"0" * 30_000_000, mtime=0), "too_large_decoded"),
        # no gzip, and gzip whose inside is broken
        (b"plainly not", "bad_gzip"),
        (gzip.compress(WORDS, mtime=0)[:10] + b"\x07" * 40, "bad_gzip"),
    ],
    ids=["bomb", "plain", "broken"],
)
def test_a_packed_body_is_refused_in_little_memory(raw: bytes, reason: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(FetchError) as fault:
            inflate(raw, URL, 1_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fault.value.reason == reason
    assert peak < 1_000_000 + 8 * STEP


def test_stacked_packing_opens_one_layer_only() -> None:
    assert inflate(STACKED, URL, 1_000_000) == gzip.decompress(STACKED)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([0, 1, STEP - 1, STEP, STEP + 1, 2 * STEP, 3 * STEP + 77]),
    st.booleans(),
    st.integers(0, 9),
)
def test_what_was_packed_comes_out_whole(size: int, dense: bool, level: int) -> None:
    body = random.Random(size).randbytes(size) if dense else (b"Guns fell. " * size)[:size]
    assert inflate(gzip.compress(body, level, mtime=0), URL, size) == body
