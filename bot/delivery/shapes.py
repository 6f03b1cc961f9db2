"""Other shapes of a message that Telegram refused: plain text, and a cut that fits. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from html.parser import HTMLParser

#: Telegram's limit, in UTF-16 units after the markup is taken away.
LONGEST_TEXT = 4096
_ELLIPSIS = "…"
#: The last line carries the alert id; a longer one is no footer and may be cut.
_LONGEST_FOOTER = 400
_TAGS = frozenset(
    {"a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "code", "pre", "span"}
    | {"blockquote", "tg-spoiler", "tg-emoji"}
)
_DELAYED = "Delayed: reported "
_JOINER = "\u200d"


def utf16_length(text: str) -> int:
    """Return the length Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain_text(html: str) -> str:
    """Return Telegram HTML as plain text; links keep their address, broken markup its words."""
    reader = _PlainText()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


def shown_text(html: str) -> str:
    """Return Telegram HTML as readers, and a forwarded copy, show it: links without address."""
    reader = _PlainText(with_addresses=False)
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


def delayed(html: str, reported_at: datetime) -> str:
    """Return a post that leaves late, headed by when it was reported."""
    return f"<i>{_DELAYED}{reported_at:%d %b %H:%M} UTC, posted late</i>\n{html}"


def undelayed(text: str) -> str:
    """Return a text without the line that says it is late."""
    head, _, rest = text.partition("\n")
    return rest if head.startswith(_DELAYED) else text


def joined(texts: Sequence[str]) -> str | None:
    """Return several messages about one alert as one; None where they do not fit into one.

    The last line of each is the alert's id, which is said once.
    """
    parts = [text.rpartition("\n") for text in texts]
    feet = {foot for _, _, foot in parts}
    whole = (
        "\n\n".join([*(head for head, _, _ in parts), *feet]).strip()
        if len(feet) == 1
        else "\n\n".join(texts)
    )
    return whole if utf16_length(whole) <= LONGEST_TEXT else None


def cut_plain(text: str, limit: int = LONGEST_TEXT) -> str:
    """Return `text` within `limit` UTF-16 units, never inside a sign; a short last line stays."""
    if utf16_length(text) <= limit:
        return text
    head, _, footer = text.rpartition("\n")
    tail = _ELLIPSIS
    if head and footer and utf16_length(footer) <= min(_LONGEST_FOOTER, limit // 2):
        text, tail = head, f"{_ELLIPSIS}\n{footer}"
    return _fitting(text, limit - utf16_length(tail)).rstrip() + tail


def _fitting(text: str, room: int) -> str:
    used = end = 0
    for index, sign in enumerate(text):
        if not _extends(text, index):
            end = index
        used += utf16_length(sign)
        if used > room:
            return text[:end]
    return text


def _extends(text: str, index: int) -> bool:
    """Tell whether the code point at `index` belongs to the sign before it (joined emoji, skin
    tones, accents, the second half of a flag)."""
    sign = text[index]
    if _is_flag_letter(sign):
        start = index
        while start > 0 and _is_flag_letter(text[start - 1]):
            start -= 1
        return (index - start) % 2 == 1
    joined = index > 0 and text[index - 1] == _JOINER
    modifies = unicodedata.combining(sign) != 0 or unicodedata.category(sign) in ("Me", "Mn", "Sk")
    return joined or sign == _JOINER or (modifies and not sign.isascii())


def _is_flag_letter(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


class _PlainText(HTMLParser):
    def __init__(self, *, with_addresses: bool = True) -> None:
        super().__init__(convert_charrefs=True)
        self._with_addresses = with_addresses
        self.parts: list[str] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))
        elif tag not in _TAGS:
            # Not markup at all: somebody's angle brackets, which are part of the words.
            self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            href, start = self._links.pop()
            said = "".join(self.parts[start:])
            if self._with_addresses and href and href != said:
                self.parts.append(f" ({href})")
        elif tag not in _TAGS:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
