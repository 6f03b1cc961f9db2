"""Entities given beside a text instead of markup: checked as the server checks them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.preview.entities import Entity, FormattedText, in_order, utf16_length
from bot.preview.params import bad_request

#: Types that a bot may give; the server finds the others by itself.
_GIVEN = frozenset(
    "bold italic underline strikethrough spoiler code pre text_link text_mention custom_emoji "
    "blockquote expandable_blockquote".split()
)
_FOUND = frozenset("mention hashtag cashtag bot_command url email phone_number".split())
_FOUND |= {"bank_card_number"}
_FAR = 1_000_000


def with_given_entities(text: str, given: Any) -> FormattedText:
    """Return a text with the entities given for it.

    Raises:
        RefusedError: an entity is not one, or its place is not in the text.
    """
    if not isinstance(given, list):
        return FormattedText(text=text)
    entities = [entity for one in given if (entity := _entity(one)) is not None]
    end = utf16_length(text)
    for entity in entities:
        _check_place(text, entity)
    kept = [e for e in entities if e.length and e.offset < end]
    return FormattedText(text=text, entities=in_order(kept))


def _entity(one: Any) -> Entity | None:
    if not isinstance(one, Mapping):
        raise _unread("expected an Object")
    numbers = []
    for name in ("offset", "length"):
        if not isinstance(one.get(name), int):
            raise _unread(f'Can\'t find field "{name}"')
        numbers.append(int(one[name]))
    kind = one.get("type")
    if not kind:
        raise _unread('Can\'t find field "type"')
    if kind in _FOUND:
        return None
    if kind not in _GIVEN:
        raise _unread("Unsupported type specified")
    if kind == "text_link" and not one.get("url"):
        raise _unread('Can\'t find field "url"')
    offset, length = numbers
    language = one.get("language") if kind == "pre" else None
    return Entity(
        type=str(kind), offset=offset, length=length, url=one.get("url"), language=language
    )


def _unread(why: str) -> Exception:
    return bad_request(f"can't parse MessageEntity: {why}")


def _check_place(text: str, entity: Entity) -> None:
    if not 0 <= entity.offset <= _FAR:
        raise bad_request(f"receive an entity with incorrect offset {entity.offset}")
    if not 0 <= entity.length <= _FAR:
        raise bad_request(f"receive an entity with incorrect length {entity.length}")
    at, where = 0, 0
    for sign in text:
        wide = len(sign.encode("utf-16-le", "surrogatepass")) == 4
        if wide and entity.offset == at + 1:
            raise bad_request(
                f"entity begins in a middle of a UTF-16 symbol at byte offset {where}"
            )
        if wide and entity.length and entity.end == at + 1:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity.offset} ends in a middle of a "
                f"UTF-16 symbol at byte offset {where}"
            )
        at += 2 if wide else 1
        where += len(sign.encode("utf-8", "surrogatepass"))
