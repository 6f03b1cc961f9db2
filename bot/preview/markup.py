"""Telegram's HTML as the server reads it: strict, with the server's own error texts. Pure.

Follows parse_html of tdlib (td/telegram/MessageEntity.cpp), quirk by quirk: which attributes
count, where a name ends, which character references stay as they are. Offsets and lengths of
entities count UTF-16 units; byte offsets in error texts count UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from bot.preview.entities import (
    SPACE,
    Entity,
    FormattedText,
    in_order,
    resolved,
    trimmed,
    utf16_length,
    with_found_entities,
)

__all__ = [
    "Entity",
    "FormattedText",
    "MarkupError",
    "parse_html",
    "utf16_length",
    "with_found_entities",
]

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
_LITERALS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*))")
_SCHEMES = frozenset({"http", "https", "tg"})
_NAME_ENDS = SPACE + "=>/\"'"


class MarkupError(ValueError):
    """The markup is refused; the text is the server's, after "can't parse entities: "."""


def parse_html(html: str) -> FormattedText:
    """Return the text and entities of Telegram HTML.

    Raises:
        MarkupError: anything outside Telegram's subset.
    """
    return resolved(trimmed(_Reader(html).read()))


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
            tag = self.open[-1].tag
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{tag}"')
        text = "".join(self.parts)
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        # The language of a code block belongs to the block; code on its own has none.
        plain = (replace(e, language=None) if e.type == "code" else e for e in self.entities)
        return FormattedText(text=text, entities=in_order(plain))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_length(text)

    def _next(self) -> str:
        self.at += 1
        return self.html[self.at - 1]

    def _reference(self) -> str:
        decoded, end = _decoded(self.html, self.at)
        if decoded is None:
            return self._next()
        self.at = end
        return decoded

    def _peek(self) -> str:
        return self.html[self.at] if self.at < len(self.html) else ""

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in SPACE:
            self.at += 1

    def _until(self, stops: str) -> str:
        start = self.at
        while self._peek() and self._peek() not in stops:
            self.at += 1
        return self.html[start : self.at]

    def _bytes(self, index: int) -> int:
        return len(self.html[:index].encode("utf-8", "surrogatepass"))

    def _start_tag(self) -> None:
        where = self._bytes(self.at)
        self.at += 1
        tag = self._until(SPACE + ">").lower()
        if not self._peek():
            raise MarkupError(f"Unclosed start tag at byte offset {where}")
        if tag not in TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {where}')
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, where)
            given = _argument(tag, name, value)
            argument = argument if given is None else given
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(_Open(tag, argument, self.offset, len(self.parts)))

    def _attribute(self, tag: str, where: int) -> tuple[str, str | None]:
        name = self._until(_NAME_ENDS)
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
        self._skip_space()
        if self._peek() != "=":
            if not self._peek():
                raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {where}')
            return name, None
        self.at += 1
        self._skip_space()
        if not self._peek():
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {where}')
        value = self._value()
        if not self._peek():
            raise MarkupError(f"Unclosed start tag at byte offset {where}")
        return name, value

    def _value(self) -> str:
        quote = self._peek()
        if quote in ("'", '"'):
            self.at += 1
            parts = []
            while self._peek() and self._peek() != quote:
                parts.append(self._reference() if self._peek() == "&" else self._next())
            if self._peek():
                self.at += 1
            return "".join(parts)
        begin = self.at
        while self._peek() and (_is_alnum(self._peek()) or self._peek() in ".-"):
            self.at += 1
        if self._peek() and self._peek() not in SPACE + ">":
            raise MarkupError(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
        return self.html[begin : self.at].lower()

    def _end_tag(self) -> None:
        where = self._bytes(self.at)
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {where}")
        self.at += 2
        tag = self._until(SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {where}")
        self.at += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise MarkupError(
                f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", '
                f'found "</{tag}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity = Entity(
            type=TAGS[opened.tag], offset=opened.offset, length=self.offset - opened.offset
        )
        match opened.tag:
            case "a":
                url = _checked_url(opened.argument or "".join(self.parts[opened.begins :]))
                if url is None:
                    return  # the words stay, the link goes
                entity = replace(entity, url=url)
            case "blockquote" if opened.argument:
                entity = replace(entity, type="expandable_blockquote")
            case "tg-emoji" if not re.fullmatch(r"-?[0-9]*[1-9][0-9]*", opened.argument):
                raise MarkupError("Invalid custom emoji identifier specified")
            case "code" | "pre":
                self._close_code(entity, opened.argument)
                return
        self.entities.append(entity)

    def _close_code(self, entity: Entity, language: str) -> None:
        """Add code, or merge it with the code that has just ended at the same places."""
        last = self.entities[-1] if self.entities else None
        same = last is not None and (last.offset, last.length) == (entity.offset, entity.length)
        if last is not None and same:
            if entity.type == "pre" and last.type == "code" and last.language:
                self.entities[-1] = replace(last, type="pre")
                return
            if entity.type == "code" and last.type == "pre" and language:
                self.entities[-1] = replace(last, language=language)
                return
        named = language if entity.type == "code" and language else None
        self.entities.append(replace(entity, language=named))


def _is_alnum(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _decoded(text: str, at: int) -> tuple[str | None, int]:
    """Return the character of a reference and where it ends; None: the server leaves it."""
    match = _REFERENCE.match(text, at)
    if match is None:
        return None, at
    end = match.end()
    if match[3] is not None:
        # The server takes the longest run of letters, so "&ltx" stays as it is.
        decoded = _LITERALS.get(match[3])
    else:
        digits, base = (match[1], 16) if match[1] is not None else (match[2], 10)
        code = int(digits, base) if digits else 0
        decoded = chr(code) if 0 < code < 0x10FFFF and end - at < 10 else None
    return decoded, end + (text[end : end + 1] == ";")


def _argument(tag: str, name: str, value: str | None) -> str | None:
    """Return what an attribute says about its tag; None: nothing."""
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    match (tag, name, value):
        case ("a", "href", str()) | ("tg-emoji", "emoji-id", str()):
            return value
        case ("span", "class", str()) if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("code", "class", str()) if value.startswith("language-"):
            return value.removeprefix("language-")
    return None


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
