"""HTML fragments of feeds to plain text. Pure."""

from __future__ import annotations

import re
from html import unescape

#: Tags that end a paragraph.
BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h[1-6]|/blockquote|/tr)\b[^<>]{0,500}>", re.IGNORECASE)
SILENT = re.compile(
    r"<\s*(script|style|iframe|object|noscript)\b.{0,200000}?<\s*/\s*\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,2000}>")


def plain_text(fragment: str) -> str:
    """Return the visible text of an HTML fragment, one line per paragraph."""
    text = SILENT.sub(" ", fragment[:1_000_000])
    text = unescape(TAG.sub("", BREAKS.sub("\n", text)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def plain_line(fragment: str) -> str:
    """Return the visible text of an HTML fragment as one line."""
    return " ".join(plain_text(fragment).split())
