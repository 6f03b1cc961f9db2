"""Texts with marked stretches: lengths in UTF-16 units, and what the server makes of marks. Pure.

The server cuts outer whitespace, resolves marks that may not overlap, finds commands and bare
addresses by itself, and keeps no more than a hundred marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

#: Marks beyond this number are dropped without a word.
MOST_ENTITIES = 100
SPACE = " \t\r\n\0\v"

_CODE = frozenset({"code", "pre"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
#: Marks that may be cut into pieces; all others live or go as a whole.
_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A marked stretch of a text."""

    type: str
    offset: int  #: UTF-16 units
    length: int
    url: str | None = None
    language: str | None = None

    @property
    def end(self) -> int:
        """Return where the stretch ends."""
        return self.offset + self.length

    def overlaps(self, other: Entity) -> bool:
        """Tell whether the two stretches share a unit."""
        return self.offset < other.end and other.offset < self.end

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

    def to_json(self, name: str = "text") -> dict[str, object]:
        """Return the fields of a message; `name` is "text" or "caption"."""
        if not self.text and name == "caption":
            return {}
        shown: dict[str, object] = {name: self.text}
        if self.entities:
            field = "entities" if name == "text" else f"{name}_entities"
            shown[field] = [entity.to_json() for entity in self.entities]
        return shown


def utf16_length(text: str) -> int:
    """Return the length Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cleaned(text: str) -> str:
    """Return the text as the server takes it: no carriage returns, no control characters."""
    return "".join(" " if sign < " " and sign != "\n" else sign for sign in text if sign != "\r")


def finished(formatted: FormattedText) -> FormattedText:
    """Return the text as the server keeps it."""
    whole = with_found_entities(resolved(trimmed(formatted)))
    return replace(whole, entities=whole.entities[:MOST_ENTITIES])


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return entities by place, the longer first."""
    return tuple(sorted(entities, key=lambda e: (e.offset, -e.length)))


def trimmed(formatted: FormattedText) -> FormattedText:
    """Return the text without outer whitespace."""
    text = formatted.text.strip(SPACE)
    cut = utf16_length(formatted.text) - utf16_length(formatted.text.lstrip(SPACE))
    end = utf16_length(text)
    kept = []
    for entity in formatted.entities:
        start, stop = max(entity.offset - cut, 0), min(entity.end - cut, end)
        if stop > start:
            kept.append(replace(entity, offset=start, length=stop - start))
    return FormattedText(text=text, entities=in_order(kept))


def resolved(formatted: FormattedText) -> FormattedText:
    """Return the text with the marks that the server lets stand together.

    Code holds no other marks, links hold no links, quotes hold no quotes.
    """
    code = _apart(e for e in formatted.entities if e.type in _CODE)
    quotes = _apart(e for e in formatted.entities if e.type in _QUOTES)
    whole = _apart(
        e
        for e in formatted.entities
        if e.type not in _CODE | _QUOTES | _STYLES and not any(e.overlaps(c) for c in code)
    )
    styles = [piece for e in formatted.entities if e.type in _STYLES for piece in _without(e, code)]
    return replace(formatted, entities=in_order([*quotes, *styles, *whole, *code]))


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    """Return the entities that overlap no earlier one."""
    kept: list[Entity] = []
    for entity in in_order(entities):
        if not any(entity.overlaps(other) for other in kept):
            kept.append(entity)
    return kept


def _without(entity: Entity, holes: Sequence[Entity]) -> list[Entity]:
    """Return what is left of a mark around the holes."""
    pieces, at = [], entity.offset
    for hole in in_order(h for h in holes if h.overlaps(entity)):
        if hole.offset > at:
            pieces.append(replace(entity, offset=at, length=hole.offset - at))
        at = max(at, hole.end)
    if at < entity.end:
        pieces.append(replace(entity, offset=at, length=entity.end - at))
    return pieces


_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/:.])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/])")),
    ("url", re.compile(r"\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")),
)


def with_found_entities(formatted: FormattedText) -> FormattedText:
    """Return the text with the commands and bare addresses the server finds by itself."""
    marked = [e for e in formatted.entities if e.type in _CODE or e.type == "text_link"]
    found = (
        _found(kind, formatted.text, match)
        for kind, pattern in _FOUND
        for match in pattern.finditer(formatted.text)
    )
    known = set(formatted.entities)
    fresh = [f for f in found if f not in known and not any(f.overlaps(e) for e in marked)]
    return replace(formatted, entities=in_order([*formatted.entities, *fresh]))


def _found(kind: str, text: str, match: re.Match[str]) -> Entity:
    start = utf16_length(text[: match.start()])
    return Entity(type=kind, offset=start, length=utf16_length(match[0]))
