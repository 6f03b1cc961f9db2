"""One delivery of one row: the Bot API call, and at most one call in each other shape.

Markup refused becomes plain text, too long is cut, a lost reply target is left out, a lost edit
target becomes a new message, a locked one is answered. What remains is returned as an outcome,
never raised.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from telegram import Bot, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode

from bot.delivery.errors import Kind, Outcome, classify_error
from bot.delivery.shapes import cut_plain, plain_text
from bot.ports import FOLLOWERS
from bot.types import OutboxRow

T = TypeVar("T")

#: The general topic of a forum is named by leaving it out.
_GENERAL = 1
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a row is put on the wire."""

    text: str
    html: bool = True
    edits: int | None = None  #: id of the message to edit; None = send a new one
    replies_to: int | None = None
    again: bool = False  #: says what readers have heard already, so it makes no sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of it: an accepted message, or the outcome of the last call."""

    shape: Shape
    message_id: int | None = None  #: accepted under this id
    outcome: Outcome | None = None  #: None = accepted
    reshaped: tuple[str, ...] = ()  #: named reasons of the shapes refused before


async def tried(call: Awaitable[T]) -> T | Outcome:
    """Await a Bot API call; return its result, or what its failure means."""
    try:
        return await call
    except Exception as error:
        # The library lets foreign exceptions escape (AttributeError on a bare JSON string);
        # each of them may come after Telegram accepted the message.
        return classify_error(error)


def first_shape(row: OutboxRow, first_message: int | None) -> Shape:
    """Return how a row leaves, given the id of its alert's first message in the chat."""
    if row.kind == "edit":
        return Shape(text=row.text, edits=first_message)
    return Shape(text=row.text, replies_to=first_message if row.kind in FOLLOWERS else None)


async def attempt(
    bot: Bot,
    row: OutboxRow,
    shape: Shape,
    *,
    silent: bool,
    before_new: Callable[[], Awaitable[None]],
) -> Attempt:
    """Deliver `row`, trying each other shape once where the server asks for it.

    `before_new` is told before an edit leaves as a message of its own.
    """
    refused: list[str] = []
    while True:
        answer = await tried(_call(bot, row, shape, silent))
        if not isinstance(answer, Outcome):
            message_id = answer.message_id if isinstance(answer, Message) else shape.edits
            return Attempt(shape=shape, message_id=message_id, reshaped=tuple(refused))
        if answer.kind is Kind.NOT_MODIFIED:
            return Attempt(shape=shape, message_id=shape.edits, reshaped=tuple(refused))
        other = reshape(shape, answer.kind)
        if other is None:
            return Attempt(shape=shape, outcome=answer, reshaped=tuple(refused))
        refused.append(answer.reason)
        if shape.edits is not None and other.edits is None:
            await before_new()
        shape = other


def reshape(shape: Shape, refusal: Kind) -> Shape | None:
    """Return the shape to try after a refusal; None when there is no other."""
    if refusal is Kind.PLAIN_TEXT and shape.html:
        return replace(shape, text=plain_text(shape.text), html=False)
    if refusal is Kind.TOO_LONG:
        text = cut_plain(plain_text(shape.text) if shape.html else shape.text)
        return None if text == shape.text else replace(shape, text=text, html=False)
    if refusal is Kind.TARGET_GONE and shape.edits is not None:
        return replace(shape, edits=None, again=True)
    if refusal is Kind.TARGET_LOCKED and shape.edits is not None:
        # The old words stay, so the new ones stand below them.
        return replace(shape, edits=None, replies_to=shape.edits, again=True)
    if refusal is Kind.PARENT_GONE and shape.replies_to is not None:
        return replace(shape, replies_to=None)
    return None


def _call(bot: Bot, row: OutboxRow, shape: Shape, silent: bool) -> Awaitable[Message | bool]:
    parse_mode = ParseMode.HTML if shape.html else None
    if shape.edits is not None:
        return bot.edit_message_text(
            chat_id=row.chat_id,
            message_id=shape.edits,
            text=shape.text,
            parse_mode=parse_mode,
            link_preview_options=_NO_PREVIEW,
        )
    return bot.send_message(
        chat_id=row.chat_id,
        text=shape.text,
        parse_mode=parse_mode,
        link_preview_options=_NO_PREVIEW,
        disable_notification=silent or shape.again,
        message_thread_id=None if row.thread_id == _GENERAL else row.thread_id,
        reply_parameters=_reply(shape.replies_to),
    )


def _reply(message_id: int | None) -> ReplyParameters | None:
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)
