"""Fetches feeds and article pages: async, polite, within limits. Never raises for a bad feed.

Limits and their reasons: docs/operate.md. Addresses pass bot.feeds.address, bodies
bot.feeds.body, documents bot.feeds.guard.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
import structlog

from bot.clock import Clock
from bot.config import FetchSection
from bot.errors import FeedError, FetchError, ParseError
from bot.feeds.address import PrivateAddressError, guarded_transport
from bot.feeds.body import read_body
from bot.feeds.guard import GuardedParser
from bot.feeds.robots import Robots
from bot.ports import FetchedFeed
from bot.types import Entry, Feed, FeedState

log = structlog.get_logger()

MAX_REDIRECTS = 5
#: A failing feed is tried less and less often, up to this.
MAX_BACKOFF = timedelta(hours=6)
#: A page of an article is smaller than a feed may be.
MAX_PAGE = 3_000_000


class HttpFeedFetcher:
    """The FeedFetcher of production."""

    def __init__(
        self,
        *,
        fetch: FetchSection,
        allow_private_hosts: bool,
        poll_interval: timedelta,
        clock: Clock,
    ) -> None:
        self._limits = fetch
        self._poll_interval = poll_interval
        self._clock = clock
        self._parser = GuardedParser()
        self._slots = asyncio.Semaphore(fetch.concurrency)
        self._host_slots: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(fetch.per_host)
        )
        self._client = httpx.AsyncClient(
            transport=guarded_transport(allow_private_hosts, fetch.concurrency),
            timeout=httpx.Timeout(fetch.deadline.total_seconds()),
            headers={"User-Agent": fetch.user_agent, "Accept-Encoding": "gzip"},
            follow_redirects=False,
            trust_env=False,
        )
        self._robots = Robots(fetch.user_agent, self._robots_file)

    async def aclose(self) -> None:
        """Close connections and end the parser's child."""
        await self._client.aclose()
        await self._parser.aclose()

    async def fetch_feed(self, feed: Feed, state: FeedState | None) -> FetchedFeed:
        """Poll one feed within its limits; a fault becomes a named reason in the result."""
        now = self._clock.now()
        state = state or FeedState(url=feed.url)
        state = replace(
            state,
            outlet=feed.outlet,
            outlet_name=feed.outlet_name,
            first_polled_at=state.first_polled_at or now,
        )
        try:
            return await self._poll(feed, state, now)
        except FeedError as error:
            log.debug("feed_failed", feed=feed.url, reason=error.reason, detail=error.detail)
            failures = state.failures + 1
            failed = replace(
                state,
                failures=failures,
                last_error=error.reason,
                next_due_at=now + self._backoff(failures, error),
            )
            return FetchedFeed(feed=feed, state=failed, error=error.reason)

    async def fetch_article(self, entry: Entry) -> Entry:
        """Return the entry with its page's text; unchanged when the page cannot be had."""
        if not entry.url:
            return entry
        try:
            if not await self._robots.allows(entry.url, self._clock.now()):
                raise FetchError(entry.url, "robots_disallow")
            async with self._get(entry.url, {}) as response:
                self._expect_ok(response, entry.url)
                body = await read_body(response, entry.url, MAX_PAGE, MAX_PAGE * 2)
            text = await self._parser.article_text(body, entry.url)
        except FeedError as error:
            log.debug("article_failed", url=entry.url, reason=error.reason)
            return entry
        return replace(entry, text=_without_title(text, entry.title)) if text else entry

    async def _poll(self, feed: Feed, state: FeedState, now: datetime) -> FetchedFeed:
        async with self._get(feed.url, _validators(state)) as response:
            due = replace(
                state,
                next_due_at=now + self._poll_interval,
                last_ok_at=now,
                failures=0,
                last_error=None,
            )
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return FetchedFeed(feed=feed, state=due, not_modified=True)
            self._expect_ok(response, feed.url)
            body = await read_body(
                response, feed.url, self._limits.max_raw_bytes, self._limits.max_decoded_bytes
            )
        parsed = await self._parser.parse_feed(
            body,
            response.headers.get("content-type"),
            feed,
            now,
            self._limits.max_entries,
        )
        newest = max((e.published_at for e in parsed.entries if e.published_at), default=None)
        known = replace(
            due,
            etag=response.headers.get("etag"),
            last_modified=response.headers.get("last-modified"),
            newest_entry_at=max(filter(None, (newest, state.newest_entry_at)), default=None),
        )
        return FetchedFeed(feed=feed, state=known, entries=parsed.entries, rejected=parsed.rejected)

    @asynccontextmanager
    async def _get(self, url: str, headers: dict[str, str]) -> AsyncIterator[httpx.Response]:
        """Open a response after redirects, everything within one deadline."""
        host = urlsplit(url).hostname or ""
        try:
            async with self._slots, self._host_slots[host]:
                async with asyncio.timeout(self._limits.deadline.total_seconds()):
                    response = await self._follow(url, headers)
                    try:
                        yield response
                    finally:
                        await response.aclose()
        except TimeoutError as error:
            raise FetchError(url, "timeout") from error
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(url, _reason(error), type(error).__name__) from error
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FetchError(url, "bad_address") from error

    async def _follow(self, url: str, headers: dict[str, str]) -> httpx.Response:
        for _ in range(MAX_REDIRECTS + 1):
            if urlsplit(url).scheme not in ("http", "https"):
                raise FetchError(url, "bad_scheme")
            request = self._client.build_request("GET", url, headers=headers)
            response = await self._client.send(request, stream=True)
            target = response.headers.get("location")
            if not response.is_redirect or not target:
                return response
            await response.aclose()
            following = urljoin(url, target)
            if url.startswith("https:") and following.startswith("http:"):
                raise FetchError(url, "redirect_to_http")
            url = following
        raise FetchError(url, "too_many_redirects")

    async def _robots_file(self, url: str) -> bytes | None:
        try:
            async with self._get(url, {}) as response:
                if response.status_code != httpx.codes.OK:
                    return None
                return await read_body(response, url, 512_000, 1_000_000)
        except FeedError:
            return None

    def _expect_ok(self, response: httpx.Response, url: str) -> None:
        if response.status_code == httpx.codes.OK:
            return
        wait = response.headers.get("retry-after", "")
        raise FetchError(url, f"http_{response.status_code}", f"retry-after {wait}" if wait else "")

    def _backoff(self, failures: int, error: FeedError) -> timedelta:
        step: timedelta = self._poll_interval * (1 << min(failures - 1, 10))
        if isinstance(error, ParseError):
            step = max(step, self._poll_interval * 2)
        asked = _retry_after(error.detail, self._clock.now())
        return min(max(step, asked), max(MAX_BACKOFF, self._poll_interval))


def _without_title(text: str, title: str) -> str:
    """Return an article's text without its headline as first line."""
    first, _, rest = text.partition("\n")
    return rest if rest and first.strip() == title.strip() else text


def _validators(state: FeedState) -> dict[str, str]:
    headers = {}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def _reason(error: Exception) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PrivateAddressError):
            return "private_address"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    return "unreachable" if isinstance(error, httpx.ConnectError) else "broken_answer"


def _retry_after(detail: str, now: datetime) -> timedelta:
    """Return the wait that a Retry-After header asks for, in seconds or as a date."""
    value = detail.removeprefix("retry-after ").strip() if detail.startswith("retry-after") else ""
    if value.isdigit():
        return timedelta(seconds=min(int(value), 86_400))
    try:
        until: datetime = parsedate_to_datetime(value)
        wait: timedelta = until - now
        return max(wait, timedelta(0))
    except (TypeError, ValueError):
        return timedelta(0)
