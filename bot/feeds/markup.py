"""HTML fragments of feeds to plain text. Pure."""

from __future__ import annotations

import re
from html import unescape

#: Tags that end a paragraph.
BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h[1-6]|/blockquote|/tr)\b[^<>]{0,500}>", re.IGNORECASE)
SILENT = re.compile(r"<\s*(script|style|iframe|object|noscript)\b", re.IGNORECASE)
TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,2000}>")

#: What no database and no UTF-8 stream takes: NUL and halves of surrogate pairs.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


#: Halves of surrogate pairs.
HALF = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """Return `text` with a mark for each half of a surrogate pair; offsets stay as they are."""
    return HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def storable(text: str) -> str:
    """Return `text` without the characters that cannot be stored."""
    return UNSTORABLE.sub("", text)


def plain_text(fragment: str) -> str:
    """Return the visible text of an HTML fragment, one line per paragraph."""
    text = _without_silent(fragment[:1_000_000])
    text = storable(unescape(TAG.sub("", BREAKS.sub("\n", text))))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _without_silent(fragment: str) -> str:
    """Drop scripts and the like with their content, in time linear in the fragment."""
    kept, position, unclosed = [], 0, set()
    for opening in SILENT.finditer(fragment):
        tag = opening[1].lower()
        if opening.start() < position or tag in unclosed:
            continue
        closing = re.compile(rf"<\s*/\s*{tag}\s*>", re.IGNORECASE).search(fragment, opening.end())
        if closing is None:
            unclosed.add(tag)
            continue
        kept.append(fragment[position : opening.start()])
        position = closing.end()
    kept.append(fragment[position:])
    return " ".join(kept)


def plain_line(fragment: str) -> str:
    """Return the visible text of an HTML fragment as one line."""
    return " ".join(plain_text(fragment).split())
