"""Feed documents to entries: RSS, RDF and Atom through feedparser. Pure; runs in the child.

The document is hostile. Size, entities, time and memory are bounded around this module
(bot.feeds.guard); here every field is checked and every left-out item is counted by reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from bot.errors import ParseError
from bot.feeds.dates import published_time
from bot.feeds.identity import entry_id, identity_keys
from bot.feeds.markup import plain_line, plain_text
from bot.types import Entry, Feed

#: Content of at least this many characters counts as the article's text.
FULL_TEXT = 400
#: Longer fields are cut: no headline or summary needs more.
MAX_TITLE, MAX_SUMMARY, MAX_TEXT = 500, 4_000, 100_000

ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a document held."""

    entries: tuple[Entry, ...]
    rejected: dict[str, int]  #: items left out, by named reason


def parse_feed(
    body: bytes, content_type: str | None, feed: Feed, fetched_at: datetime, max_entries: int
) -> ParsedFeed:
    """Return the entries of a feed document, in its order.

    Raises:
        ParseError: `empty_body`, `entity_declared`, `not_a_feed` or `broken_xml`.
    """
    if not body.strip():
        raise ParseError(feed.url, "empty_body")
    if not feed.allow_entities and ENTITY.search(body):
        raise ParseError(feed.url, "entity_declared", "set allow_entities for feeds you trust")
    headers = {"content-type": content_type} if content_type else {}
    document = feedparser.parse(body, response_headers=headers)
    if not document.version:
        raise ParseError(feed.url, "not_a_feed")
    if (
        not document.entries
        and document.bozo
        and not isinstance(document.get("bozo_exception"), feedparser.CharacterEncodingOverride)
    ):
        raise ParseError(feed.url, "broken_xml")
    return _entries(document, feed, fetched_at, max_entries)


def _entries(document: Any, feed: Feed, fetched_at: datetime, max_entries: int) -> ParsedFeed:
    rejected: Counter[str] = Counter()
    nodes = document.entries[:max_entries]
    rejected["over_limit"] = len(document.entries) - len(nodes)
    language = str(document.feed.get("language") or "")[:2].lower() or None
    found: dict[str, Entry] = {}
    for entry in _with_honest_guids(
        [_entry(node, feed, fetched_at, language) for node in nodes], rejected
    ):
        if entry.id in found:
            rejected["repeated"] += 1
        found.setdefault(entry.id, entry)
    return ParsedFeed(entries=tuple(found.values()), rejected=dict(+rejected))


def _entry(node: Any, feed: Feed, fetched_at: datetime, language: str | None) -> Entry:
    outlet, outlet_name = feed.outlet, feed.outlet_name
    title = plain_line(str(node.get("title") or ""))[:MAX_TITLE]
    if (urlsplit(feed.url).hostname or "") == "news.google.com":
        outlet, outlet_name, title = _publisher(node, title, outlet, outlet_name)
    summary = plain_line(str(node.get("summary") or ""))[:MAX_SUMMARY] or None
    text = _full_text(node)
    parsed = node.get("published_parsed") or node.get("updated_parsed")
    return Entry(
        id="",
        fetched_at=fetched_at,
        published_at=published_time(parsed, fetched_at),
        outlet=outlet,
        outlet_name=outlet_name,
        feed=feed.url,
        url=_address(node, feed),
        guid=str(node.get("id") or "")[:500],
        title=title,
        summary=summary,
        text=text,
        lang=language,
    )


def _with_honest_guids(entries: list[Entry], rejected: Counter[str]) -> Iterator[Entry]:
    """Drop a GUID that stands on different items, leave out empty items, give ids."""
    uses = Counter(entry.guid for entry in entries)
    for bare in entries:
        if not bare.title and not bare.summary and not bare.text:
            rejected["no_words"] += 1
            continue
        entry = replace(bare, guid="") if uses[bare.guid] > 1 else bare
        keys = identity_keys(entry)
        yield replace(entry, id=entry_id(keys.url, keys.guid, keys.content or entry.title))


def _address(node: Any, feed: Feed) -> str:
    link = str(node.get("link") or "")
    guid = str(node.get("id") or "")
    chosen = link or (guid if guid.startswith(("http://", "https://")) else "")
    try:
        absolute = urljoin(feed.url, chosen) if chosen else ""
        return absolute[:2000] if urlsplit(absolute).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _full_text(node: Any) -> str | None:
    longest = max(
        (str(c.get("value") or "") for c in node.get("content") or []), key=len, default=""
    )
    text = plain_text(longest)[:MAX_TEXT]
    return text if len(text) >= FULL_TEXT else None


def _publisher(node: Any, title: str, outlet: str, name: str) -> tuple[str, str, str]:
    """Return the real publisher of a Google News item, and the title without its suffix."""
    source = node.get("source") or {}
    publisher = plain_line(str(source.get("title") or ""))[:100]
    if not publisher:
        return outlet, name, title
    slug = re.sub(r"[^a-z0-9]+", "-", publisher.lower()).strip("-") or outlet
    return slug, publisher, title.removesuffix(f" - {publisher}")
