"""Telegram's HTML as the server reads it: strict, with the server's own error texts. Pure.

Offsets and lengths of entities count UTF-16 units; byte offsets in error texts count UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

#: Tag -> entity type; "a", "span", "pre", "code" and "blockquote" also look at attributes.
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_SPACE = " \t\r\n\0\v"
_LITERALS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_SCHEMES = frozenset({"http", "https", "tg"})


class MarkupError(ValueError):
    """The markup is refused; the text is the server's, after "can't parse entities: "."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A marked stretch of a text."""

    type: str
    offset: int  #: UTF-16 units
    length: int
    url: str | None = None
    language: str | None = None

    def to_json(self) -> dict[str, object]:
        """Return the entity as the Bot API shows it."""
        shown: dict[str, object] = {
            "type": self.type,
            "offset": self.offset,
            "length": self.length,
        }
        if self.url is not None:
            shown["url"] = self.url
        if self.language is not None:
            shown["language"] = self.language
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class FormattedText:
    """A text without its markup, and the entities that replace it."""

    text: str
    entities: tuple[Entity, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the fields of a message."""
        shown: dict[str, object] = {"text": self.text}
        if self.entities:
            shown["entities"] = [entity.to_json() for entity in self.entities]
        return shown


def utf16_length(text: str) -> int:
    """Return the length Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(html: str) -> FormattedText:
    """Return the text and entities of Telegram HTML.

    Raises:
        MarkupError: anything outside Telegram's subset.
    """
    return _trimmed(_Reader(html).read())


def with_found_entities(formatted: FormattedText) -> FormattedText:
    """Return the text with the commands and bare addresses the server finds by itself."""
    marked = [e for e in formatted.entities if e.type in ("text_link", "code", "pre")]
    found = [
        Entity(type=kind, offset=start, length=utf16_length(match[0]))
        for kind, pattern in _FOUND
        for match in pattern.finditer(formatted.text)
        if not _overlaps(start := utf16_length(formatted.text[: match.start()]), match[0], marked)
    ]
    return replace(formatted, entities=_sorted([*formatted.entities, *found]))


_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/:.])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/])")),
    ("url", re.compile(r"\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")),
)


def _overlaps(start: int, word: str, marked: list[Entity]) -> bool:
    end = start + utf16_length(word)
    return any(e.offset < end and start < e.offset + e.length for e in marked)


def _sorted(entities: list[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(entities, key=lambda e: (e.offset, -e.length)))


def _trimmed(formatted: FormattedText) -> FormattedText:
    """Return the text without outer whitespace, as the server stores it."""
    text = formatted.text.strip(_SPACE)
    cut = utf16_length(formatted.text) - utf16_length(formatted.text.lstrip(_SPACE))
    end = utf16_length(text)
    kept = []
    for entity in formatted.entities:
        start = max(entity.offset - cut, 0)
        stop = min(entity.offset - cut + entity.length, end)
        if stop > start:
            kept.append(replace(entity, offset=start, length=stop - start))
    return FormattedText(text=text, entities=_sorted(kept))


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    begins: int  #: index into the parts of the text


@dataclass(slots=True)
class _Reader:
    html: str
    at: int = 0
    parts: list[str] = field(default_factory=list)
    offset: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> FormattedText:
        while self.at < len(self.html):
            sign = self.html[self.at]
            if sign == "<":
                if self.html[self.at + 1 : self.at + 2] == "/":
                    self._end_tag()
                else:
                    self._start_tag()
            else:
                self._add(self._reference() if sign == "&" else self._next())
        if self.open:
            raise MarkupError(
                f'can\'t find end tag corresponding to start tag "{self.open[-1].tag}"'
            )
        return FormattedText(text="".join(self.parts), entities=_sorted(self.entities))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_length(text)

    def _next(self) -> str:
        self.at += 1
        return self.html[self.at - 1]

    def _reference(self) -> str:
        match = _REFERENCE.match(self.html, self.at)
        decoded = _decoded(match) if match else None
        if match is None or decoded is None:
            return self._next()
        self.at = match.end()
        return decoded

    def _peek(self) -> str:
        return self.html[self.at] if self.at < len(self.html) else ""

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self.at += 1

    def _until(self, stops: str) -> str:
        start = self.at
        while self._peek() and self._peek() not in stops:
            self.at += 1
        return self.html[start : self.at]

    def _bytes(self, index: int) -> int:
        return len(self.html[:index].encode("utf-8", "surrogatepass"))

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._until(_SPACE + ">").lower()
        if not self._peek():
            raise MarkupError(f"unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in TAGS:
            raise MarkupError(f'unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise MarkupError(
                f'tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}'
            )
        self.open.append(_Open(tag, argument, self.offset, len(self.parts)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        where = self._bytes(begin)
        name = self._until(_SPACE + "=>")
        if not self._peek():
            raise MarkupError(f"unclosed start tag at byte offset {where}")
        if not name:
            raise MarkupError(f'empty attribute name in the tag "{tag}" at byte offset {where}')
        self._skip_space()
        if self._peek() != "=":
            if tag == "blockquote" and name == "expandable":
                return name, "expandable"
            raise MarkupError(
                "expected equal sign in declaration of an attribute of the tag "
                f'"{tag}" at byte offset {where}'
            )
        self.at += 1
        self._skip_space()
        value = self._value()
        if not self._peek():
            raise MarkupError(f"unclosed start tag at byte offset {where}")
        return name.lower(), value

    def _value(self) -> str:
        quote = self._peek()
        if quote in ("'", '"') and quote:
            self.at += 1
            raw = self._until(quote)
            self.at += 1
            return _REFERENCE.sub(lambda m: _decoded(m) or m[0], raw)
        begin = self.at
        while self._peek() and (self._peek().isalnum() or self._peek() in ".-"):
            self.at += 1
        if self._peek() and self._peek() not in _SPACE + ">":
            raise MarkupError(f"unexpected end of name token at byte offset {self._bytes(begin)}")
        return self.html[begin : self.at].lower()

    def _end_tag(self) -> None:
        begin = self.at
        where = self._bytes(begin)
        if not self.open:
            raise MarkupError(f"unexpected end tag at byte offset {where}")
        self.at += 2
        tag = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise MarkupError(f"unclosed end tag at byte offset {where}")
        self.at += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise MarkupError(
                f'unmatched end tag at byte offset {where}, expected "</{opened.tag}>", '
                f'found "</{tag}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind, url, language = TAGS[opened.tag], None, None
        if opened.tag == "a":
            url = _checked_url(opened.argument or "".join(self.parts[opened.begins :]))
            if url is None:
                return  # the words stay, the link goes
        elif opened.tag == "blockquote" and opened.argument:
            kind = "expandable_blockquote"
        elif opened.tag == "code" and self._is_inside_pre():
            return
        self.entities.append(
            Entity(
                type=kind,
                offset=opened.offset,
                length=self.offset - opened.offset,
                url=url,
                language=language,
            )
        )

    def _is_inside_pre(self) -> bool:
        return any(one.tag == "pre" for one in self.open)


def _decoded(match: re.Match[str]) -> str | None:
    """Return the character of a reference; None when the server leaves it as it is."""
    if match[3]:
        # The server takes the longest run of letters, so "&ltx" stays as it is.
        return _LITERALS.get(match[3])
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else None


def _argument(tag: str, name: str, value: str) -> str:
    match (tag, name):
        case ("a", "href") | ("blockquote", "expandable") | ("tg-emoji", "emoji-id"):
            return value
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
    return ""


def _checked_url(address: str) -> str | None:
    address = address.strip()
    try:
        parts = urlsplit(
            address if re.match(r"[a-zA-Z][\w+.-]*:", address) else f"http://{address}"
        )
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not parts.netloc or re.search(r"\s", address):
        return None
    plain_name = "." not in parts.netloc and not parts.netloc.startswith(("localhost", "["))
    return None if plain_name and parts.scheme != "tg" else parts.geturl()
