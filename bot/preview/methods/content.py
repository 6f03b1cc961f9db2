"""What a message consists of, read from the parameters of a call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.preview.chats import Access, Chat
from bot.preview.entities import FormattedText, cleaned, finished, utf16_length
from bot.preview.given import with_given_entities
from bot.preview.markup import MarkupError, parse_html
from bot.preview.params import Params, bad_request
from bot.preview.world import World

LONGEST_TEXT = 4096  #: UTF-16 units after the markup was read
LONGEST_CAPTION = 1024
LONGEST_INPUT = 1 << 15  #: bytes before it is read
LONGEST_CALLBACK = 64  #: bytes


def read_text(params: Params) -> FormattedText:
    """Return the parameter `text`, its markup read.

    Raises:
        RefusedError: it is missing or its markup is refused.
    """
    if not params.text("text"):
        raise bad_request("message text is empty")
    return parsed(
        params.text("text"), params.text("parse_mode"), params.nested("entities", "entities")
    )


def read_caption(params: Params) -> FormattedText:
    """Return the parameter `caption`, its markup read; empty when there is none."""
    return parsed(
        params.text("caption"),
        params.text("parse_mode"),
        params.nested("caption_entities", "caption entities"),
    )


def parsed(text: str, mode: str, entities: Any) -> FormattedText:
    """Return a text whose markup or entities were read."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raise bad_request("text must be encoded in UTF-8") from None
    if len(raw) > LONGEST_INPUT:
        raise bad_request("text is too long")
    text, mode = cleaned(text), mode.lower()
    if not text or mode in ("", "none"):
        return finished(with_given_entities(text, entities))
    if mode != "html":
        # The bot uses HTML only; silently accepting another mode would hide a mistake.
        raise bad_request("unsupported parse_mode")
    try:
        return finished(parse_html(text))
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from None


def check_text(text: FormattedText, too_long: str) -> None:
    """Refuse a text that is empty or too long.

    Raises:
        RefusedError: it is.
    """
    if not text.text:
        raise bad_request("text must be non-empty")
    if utf16_length(text.text) > LONGEST_TEXT:
        raise bad_request(too_long)


def check_caption(caption: FormattedText, too_long: str = "message caption is too long") -> None:
    """Refuse a caption that is too long.

    Raises:
        RefusedError: it is.
    """
    if utf16_length(caption.text) > LONGEST_CAPTION:
        raise bad_request(too_long)


def read_reply(world: World, chat: Chat, params: Params) -> int | None:
    """Return the message of this chat that is replied to, None: there is none.

    Raises:
        RefusedError: it is gone, and the message may not be sent without it.
    """
    reply = params.nested("reply_parameters", "reply parameters")
    if reply is None:
        reply = {
            "message_id": params.integer("reply_to_message_id"),
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    if not isinstance(reply, Mapping):
        raise bad_request("object expected as reply parameters")
    try:
        target = int(reply.get("message_id") or 0)
    except (TypeError, ValueError):
        raise bad_request(
            'can\'t parse reply parameters: Field "message_id" must be of type Number'
        ) from None
    place = chat
    if reply.get("chat_id"):
        place = world.chat(Params(reply), Access.READ)
    if not target:
        return None
    if target in place.messages:
        return target if place is chat else None
    if not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return None


def read_markup(params: Params) -> str:
    """Return the reply markup as canonical JSON; empty when there is none.

    Raises:
        RefusedError: it is not one, or a button of it is refused.
    """
    markup = params.nested("reply_markup", "reply keyboard markup")
    if markup is None:
        return ""
    if not isinstance(markup, Mapping):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be of type Array')
    for row in rows:
        for button in row:
            _check_button(button)
    if "inline_keyboard" in markup and not any(rows):
        return ""
    return json.dumps(markup, sort_keys=True, ensure_ascii=False)


def _check_button(button: Any) -> None:
    if not isinstance(button, Mapping):
        raise bad_request("can't parse inline keyboard button: Expected an Object")
    if not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if len(button) == 1:
        raise bad_request("Text buttons are not allowed in the inline keyboard")
    if "callback_data" in button:
        data = str(button["callback_data"]).encode("utf-8", "surrogatepass")
        if not 0 < len(data) <= LONGEST_CALLBACK:
            raise bad_request("BUTTON_DATA_INVALID")


def check_link_preview(params: Params) -> None:
    """Refuse link preview options that are none.

    Raises:
        RefusedError: they are not.
    """
    options = params.nested("link_preview_options", "link preview options")
    if options is not None and not isinstance(options, Mapping):
        raise bad_request("object expected as link preview options")


def check_may_post(chat: Chat, *, photos: bool = False) -> None:
    """Refuse a message where the bot has no right to post one.

    Raises:
        RefusedError: it has none.
    """
    if "post" in chat.denied:
        if chat.type == "channel":
            raise bad_request("need administrator rights in the channel chat")
        raise bad_request("not enough rights to send text messages to the chat")
    if photos and "photos" in chat.denied:
        raise bad_request("not enough rights to send photos to the chat")
