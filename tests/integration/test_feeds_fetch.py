"""Fetching over real sockets: honest servers, hostile ones, and forbidden addresses."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import VirtualClock
from bot.config import FetchSection
from bot.errors import ParseError
from bot.feeds.fetch import HttpFeedFetcher
from bot.feeds.guard import GuardedParser
from bot.types import Entry, Feed, FeedState

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>
<item><title>First</title><link>https://a.example.org/1</link><guid>1</guid>
<pubDate>Tue, 10 Mar 2026 10:00:00 GMT</pubDate><description>One</description></item>
</channel></rss>"""

Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter
Answer = Callable[[str, dict[str, str], Writer], Awaitable[None]]


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[str]:
    async def handle(reader: Reader, writer: Writer) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = head.split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            await answer(lines[0].split()[1], headers, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def fetching(private: bool = True, **limits: object) -> AsyncIterator[HttpFeedFetcher]:
    section = FetchSection.model_validate({"deadline": "5s", **limits})
    fetcher = HttpFeedFetcher(
        fetch=section,
        allow_private_hosts=private,
        poll_interval=timedelta(minutes=5),
        clock=VirtualClock(NOW),
    )
    try:
        yield fetcher
    finally:
        await fetcher.aclose()


def respond(writer: Writer, body: bytes, *headers: str, status: str = "200 OK") -> None:
    lines = [f"HTTP/1.1 {status}", "Connection: close", f"Content-Length: {len(body)}", *headers]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)


def feed(url: str) -> Feed:
    return Feed(url=url, outlet="x", outlet_name="X")


async def test_validators_are_sent_back_and_an_unchanged_feed_is_not_read_again() -> None:
    async def answer(path: str, headers: dict[str, str], writer: Writer) -> None:
        if headers.get("if-none-match") == '"v1"':
            respond(writer, b"", status="304 Not Modified")
        else:
            respond(writer, RSS, 'ETag: "v1"', "Last-Modified: Tue, 10 Mar 2026 10:00:00 GMT")

    async with serving(answer) as url, fetching() as fetcher:
        first = await fetcher.fetch_feed(feed(url), None)
        assert [e.title for e in first.entries] == ["First"]
        assert first.state.newest_entry_at == datetime(2026, 3, 10, 10, tzinfo=UTC)
        second = await fetcher.fetch_feed(feed(url), first.state)
    assert second.not_modified
    assert second.state.last_ok_at == NOW
    assert second.state.next_due_at == NOW + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        # a small stream that inflates far beyond the limit
        (["Content-Encoding: gzip"], gzip.compress(b"0" * 60_000_000), "too_large_decoded"),
        # stacked encodings are refused unread
        (["Content-Encoding: gzip, gzip"], gzip.compress(gzip.compress(RSS)), "unknown_encoding"),
        # bytes that are no gzip at all
        (["Content-Encoding: gzip"], b"plainly not", "bad_gzip"),
        # a body over the raw limit
        ([], b"x" * 200_000, "too_large"),
        # a page where a feed was
        ([], b"<html><body><h1>Not found</h1></body></html>", "not_a_feed"),
        ([], b"", "empty_body"),
        ([], b'<!DOCTYPE x [<!ENTITY a "b">]><rss/>', "entity_declared"),
    ],
)
async def test_a_bad_answer_is_a_named_reason(headers: list[str], body: bytes, reason: str) -> None:
    async def answer(path: str, asked: dict[str, str], writer: Writer) -> None:
        respond(writer, body, *headers)

    async with serving(answer) as url, fetching(max_raw_bytes=100_000) as fetcher:
        polled = await fetcher.fetch_feed(feed(url), None)
    assert polled.error == reason
    assert polled.entries == ()
    assert polled.state.failures == 1


async def test_a_dripping_server_is_left_at_the_deadline() -> None:
    async def answer(path: str, headers: dict[str, str], writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(200):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with serving(answer) as url, fetching(deadline="1s") as fetcher:
        polled = await fetcher.fetch_feed(feed(url), None)
    assert polled.error == "timeout"


async def test_failures_back_off_and_retry_after_is_obeyed() -> None:
    async def answer(path: str, headers: dict[str, str], writer: Writer) -> None:
        status = "503 Busy" if path == "/busy" else "404 Gone"
        respond(writer, b"", "Retry-After: 3600", status=status)

    async with serving(answer) as url, fetching() as fetcher:
        busy = await fetcher.fetch_feed(feed(url + "/busy"), None)
        assert busy.error == "http_503"
        assert busy.state.next_due_at == NOW + timedelta(hours=1)
        again = FeedState(url=url, failures=9)
        gone = await fetcher.fetch_feed(feed(url), again)
    assert gone.state.failures == 10
    assert gone.state.next_due_at == NOW + timedelta(hours=6)


async def test_redirects_are_followed_a_few_times_only() -> None:
    async def answer(path: str, headers: dict[str, str], writer: Writer) -> None:
        if path == "/ok":
            respond(writer, b"", "Location: /feed", status="301 Moved")
        elif path == "/feed":
            respond(writer, RSS)
        else:
            respond(writer, b"", "Location: /again", status="302 Found")

    async with serving(answer) as url, fetching() as fetcher:
        assert (await fetcher.fetch_feed(feed(url + "/ok"), None)).error is None
        looped = await fetcher.fetch_feed(feed(url + "/loop"), None)
    assert looped.error == "too_many_redirects"


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://[::1]:{port}/",
        "http://0.0.0.0:{port}/",
        "http://2130706433:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://169.254.169.254/latest",
        "http://100.64.0.1/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://[fd00::1]/",
        "http://[64:ff9b::7f00:1]/",
        "file:///etc/hostname",
        "gopher://127.0.0.1:{port}/",
    ],
)
async def test_private_addresses_are_never_dialled(target: str) -> None:
    calls: list[str] = []

    async def answer(path: str, headers: dict[str, str], writer: Writer) -> None:
        calls.append(path)
        respond(writer, RSS)

    async with serving(answer) as url, fetching(private=False) as fetcher:
        port = url.rsplit(":", 1)[1]
        polled = await fetcher.fetch_feed(feed(target.format(port=port)), None)
    assert calls == []
    assert polled.error in ("private_address", "bad_scheme", "unreachable", "bad_address")


async def test_one_host_gets_no_more_fetches_at_once_than_allowed() -> None:
    running = peak = 0

    async def answer(path: str, headers: dict[str, str], writer: Writer) -> None:
        nonlocal running, peak
        running += 1
        peak = max(peak, running)
        await asyncio.sleep(0.03)
        running -= 1
        respond(writer, RSS)

    async with serving(answer) as url, fetching(per_host=2) as fetcher:
        polls = [fetcher.fetch_feed(feed(f"{url}/{n}"), None) for n in range(8)]
        done = await asyncio.gather(*polls)
    assert all(poll.error is None for poll in done)
    assert peak == 2


async def test_a_parser_that_takes_too_long_is_killed_and_the_next_document_is_read() -> None:
    parser = GuardedParser(wall=timedelta(milliseconds=1))
    with pytest.raises(ParseError) as fault:
        await parser.parse_feed(RSS, None, feed("https://a.example.org/f"), NOW, 10)
    assert fault.value.reason == "parser_timeout"
    parser._wall = timedelta(seconds=20)
    parsed = await parser.parse_feed(RSS, None, feed("https://a.example.org/f"), NOW, 10)
    assert len(parsed.entries) == 1
    await parser.aclose()


async def test_a_parser_that_died_is_replaced() -> None:
    parser = GuardedParser()
    await parser.parse_feed(RSS, None, feed("https://a.example.org/f"), NOW, 10)
    assert parser._child is not None
    parser._child.kill()
    with pytest.raises(ParseError) as fault:
        await parser.parse_feed(RSS, None, feed("https://a.example.org/f"), NOW, 10)
    assert fault.value.reason == "parser_killed"
    parsed = await parser.parse_feed(RSS, None, feed("https://a.example.org/f"), NOW, 10)
    assert len(parsed.entries) == 1
    await parser.aclose()


async def test_an_article_page_is_read_unless_robots_forbid_it() -> None:
    page = (
        b"<html><body><nav>Menu</nav><article><h1>First</h1><p>The delegations met for an hour in "
        b"the border town, a spokesman said.</p><p>They agreed to meet again.</p></article></body>"
    )

    async def answer(path: str, headers: dict[str, str], writer: Writer) -> None:
        if path == "/robots.txt":
            respond(writer, b"User-agent: *\nDisallow: /secret\n")
        else:
            respond(writer, page, "Content-Type: text/html")

    async with serving(answer) as url, fetching() as fetcher:
        open_page = await fetcher.fetch_article(entry(url + "/open"))
        closed = await fetcher.fetch_article(entry(url + "/secret/1"))
    assert open_page.text is not None
    assert "border town" in open_page.text
    assert "Menu" not in open_page.text
    assert closed.text is None


def entry(url: str) -> Entry:
    return Entry(
        id="a",
        fetched_at=NOW,
        published_at=None,
        outlet="x",
        outlet_name="X",
        feed="",
        url=url,
        guid="",
        title="First",
    )
