"""Feed documents to entries: RSS, RDF and Atom through feedparser. Pure; runs in the child.

The document is hostile. Size, entities, time and memory are bounded around this module
(bot.feeds.guard); here every field is checked and every left-out item is counted by reason.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from feedparser.encodings import convert_to_utf8

from bot.errors import ParseError
from bot.feeds.dates import published_time
from bot.feeds.identity import entry_id, identity_keys
from bot.feeds.markup import plain_line, plain_text, storable
from bot.types import Entry, Feed

#: Content of at least this many characters counts as the article's text.
FULL_TEXT = 400
#: Longer fields are cut: no headline or summary needs more.
MAX_TITLE, MAX_SUMMARY, MAX_TEXT = 500, 4_000, 100_000

ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
CHARACTER = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,40})|([0-9]{1,40}));")
#: What feedparser is known to raise over documents that are no XML.
FAULTS = (ValueError, LookupError, ArithmeticError, AttributeError, TypeError, AssertionError)


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
    headers = {"content-type": content_type} if content_type else {}
    try:
        if not feed.allow_entities and _declares_entity(body, headers):
            raise ParseError(feed.url, "entity_declared", "set allow_entities for feeds you trust")
        # A stream, never the bytes: feedparser would open a body that looks like a file's name.
        document = feedparser.parse(io.BytesIO(_mended(body)), response_headers=headers)
    except FAULTS as error:
        raise ParseError(feed.url, "broken_xml", type(error).__name__) from error
    if not document.version:
        raise ParseError(feed.url, "not_a_feed")
    if (
        not document.entries
        and document.bozo
        and not isinstance(document.get("bozo_exception"), feedparser.CharacterEncodingOverride)
    ):
        raise ParseError(feed.url, "broken_xml")
    return _entries(document, feed, fetched_at, max_entries)


def _declares_entity(body: bytes, headers: dict[str, str]) -> bool:
    """Look as feedparser will read it, too: in UTF-16 or UTF-7 the bytes are others."""
    return bool(ENTITY.search(body) or ENTITY.search(convert_to_utf8(headers, body, {})))


def _mended(body: bytes) -> bytes:
    """Drop references to no character, such as halves of surrogate pairs: feedparser trips."""
    return CHARACTER.sub(lambda found: found.group() if _is_character(found) else b"", body)


def _is_character(found: re.Match[bytes]) -> bool:
    code = int(found[1], 16) if found[1] else int(found[2])
    return 0 < code < 0xD800 or 0xDFFF < code < 0x110000


def _entries(document: Any, feed: Feed, fetched_at: datetime, max_entries: int) -> ParsedFeed:
    rejected: Counter[str] = Counter()
    nodes = document.entries[:max_entries]
    rejected["over_limit"] = len(document.entries) - len(nodes)
    language = str(document.feed.get("language") or "")[:2].lower() or None
    found: dict[str, Entry] = {}
    read = [
        (_entry(node, feed, fetched_at, language), bool(node.get("guidislink"))) for node in nodes
    ]
    for entry in _with_honest_guids(read, rejected):
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
    parsed = _date(node)
    return Entry(
        id="",
        fetched_at=fetched_at,
        published_at=published_time(parsed, fetched_at),
        outlet=outlet,
        outlet_name=outlet_name,
        feed=feed.url,
        url=_address(node, feed),
        guid=storable(str(node.get("id") or ""))[:500],
        title=title,
        summary=summary,
        text=text,
        lang=language,
    )


def _date(node: Any) -> Any:
    """Return the parsed date of publication, else of update."""
    # Its own get() answers a missing date of update with the other, and warns.
    return dict.get(node, "published_parsed") or dict.get(node, "updated_parsed")


def _with_honest_guids(read: list[tuple[Entry, bool]], rejected: Counter[str]) -> Iterator[Entry]:
    """Drop a GUID that stands on different items, leave out empty items, give ids.

    The flag of an entry tells that its address may be no more than its GUID.
    """
    uses = Counter(guid for guid, _, _ in {(e.guid, e.title, e.summary) for e, _ in read})
    for bare, borrowed in read:
        if not bare.title and not bare.summary and not bare.text:
            rejected["no_words"] += 1
            continue
        entry = bare
        if uses[bare.guid] > 1:
            entry = replace(
                bare, guid="", url="" if borrowed and bare.url == bare.guid else bare.url
            )
        keys = identity_keys(entry)
        yield replace(entry, id=entry_id(keys.url, keys.guid, keys.content or entry.title))


def _address(node: Any, feed: Feed) -> str:
    link = storable(str(node.get("link") or "")).strip()
    guid = storable(str(node.get("id") or "")).strip()
    # Where an item has no link, feedparser offers any GUID as one.
    chosen = link if link and link != guid else guid
    if chosen == guid and not guid.startswith(("http://", "https://")):
        return ""
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
