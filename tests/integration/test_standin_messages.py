"""What the stand-in accepts and refuses, with the server's own words, over real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from standin_bench import (
    CHANNEL,
    FORUM,
    GROUP,
    READER,
    Bench,
    buttons,
    open_bench,
    open_ptb,
    png,
    reply,
)
from telegram import InputMediaPhoto, MessageEntity, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.clock import SystemClock
from bot.preview.shown import Post
from bot.preview.standin import StandIn


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with open_bench() as opened:
        yield opened


async def test_ids_run_in_one_sequence_per_chat_whatever_uses_them_up(bench: Bench) -> None:
    await bench.text("One")
    await bench.call("forwardMessage", chat_id=CHANNEL, from_chat_id=CHANNEL, message_id=1)
    await bench.call("pinChatMessage", chat_id=CHANNEL, message_id=1)
    bench.standin.say("From an admin", chat_id=CHANNEL)
    await bench.call("deleteMessage", chat_id=CHANNEL, message_id=4)
    copy = await bench.call("copyMessage", chat_id=CHANNEL, from_chat_id=CHANNEL, message_id=1)
    assert copy == {"message_id": 5}
    # A refused message uses none up, and another chat counts for itself.
    await bench.refused("sendMessage", chat_id=CHANNEL, text="<b>", parse_mode="HTML")
    assert await bench.text("Six") == 6
    assert await bench.text("First", chat_id=GROUP) == 1


LONG = "🕊️" * 1365  # 4095 units

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": -77, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": CHANNEL}, "message text is empty"),
    ("sendMessage", {"chat_id": CHANNEL, "text": " \n "}, "text must be non-empty"),
    (
        "sendMessage",
        {"chat_id": CHANNEL, "text": "<b> </b>", "parse_mode": "HTML"},
        "text must be non-empty",
    ),
    ("sendMessage", {"chat_id": CHANNEL, "text": f"{LONG}xy"}, "message is too long"),
    ("sendMessage", {"chat_id": CHANNEL, "text": "x" * 32_769}, "text is too long"),
    (
        "sendMessage",
        {"chat_id": CHANNEL, "text": "x", "parse_mode": "Markup"},
        "unsupported parse_mode",
    ),
    # the text is read before the chat is looked for
    (
        "sendMessage",
        {"chat_id": -77, "text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        "sendMessage",
        {"chat_id": CHANNEL, "text": "Ö<b>x</i>", "parse_mode": "HTML"},
        'can\'t parse entities: Unmatched end tag at byte offset 6, expected "</b>", found "</i>"',
    ),
    (
        "sendMessage",
        {"chat_id": CHANNEL, "text": "x", "reply_markup": buttons("a" * 65)},
        "BUTTON_DATA_INVALID",
    ),
    # bytes, not characters
    (
        "sendMessage",
        {"chat_id": CHANNEL, "text": "x", "reply_markup": buttons("ö" * 33)},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"chat_id": CHANNEL, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
        "Text buttons are not allowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {"chat_id": CHANNEL, "text": "x", "reply_markup": "{"},
        "can't parse reply keyboard markup JSON object",
    ),
    (
        "sendMessage",
        {"chat_id": CHANNEL, "text": "x", "reply_parameters": reply(9)},
        "message to be replied not found",
    ),
    (
        "sendMessage",
        {"chat_id": CHANNEL, "text": "x", "message_thread_id": 77},
        "message thread not found",
    ),
    (
        "sendMessage",
        {"chat_id": FORUM, "text": "x", "message_thread_id": 78},
        "message thread not found",
    ),
    # the general topic is named by leaving the parameter out
    (
        "sendMessage",
        {"chat_id": FORUM, "text": "x", "message_thread_id": 1},
        "message thread not found",
    ),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"chat_id": CHANNEL, "text": "x"}, "message to edit not found"),
    (
        "editMessageText",
        {"chat_id": CHANNEL, "message_id": 9, "text": "x"},
        "message to edit not found",
    ),
    ("editMessageText", {"chat_id": CHANNEL, "message_id": 1}, "message text is empty"),
    (
        "editMessageText",
        {"chat_id": CHANNEL, "message_id": 1, "text": "One"},
        "message is not modified: specified new message content and reply markup are exactly the "
        "same as a current content and reply markup of the message",
    ),
    (
        "editMessageText",
        {"chat_id": CHANNEL, "message_id": 1, "text": "x" * 4097},
        "MESSAGE_TOO_LONG",
    ),
    (
        "editMessageText",
        {"chat_id": CHANNEL, "message_id": 2, "text": "x"},
        "message can't be edited",
    ),
    (
        "editMessageCaption",
        {"chat_id": CHANNEL, "message_id": 1, "caption": "x"},
        "there is no caption in the message to edit",
    ),
    ("deleteMessage", {"message_id": 1}, "chat identifier is not specified"),
    ("deleteMessage", {"chat_id": CHANNEL}, "message identifier is not specified"),
    ("deleteMessage", {"chat_id": CHANNEL, "message_id": 9}, "message to delete not found"),
    ("deleteMessages", {"chat_id": CHANNEL}, "message identifiers are not specified"),
    (
        "forwardMessage",
        {"chat_id": GROUP, "message_id": 1},
        'parameter "from_chat_id" is required',
    ),
    (
        "forwardMessage",
        {"chat_id": GROUP, "from_chat_id": CHANNEL, "message_id": 9},
        "message to forward not found",
    ),
    (
        "copyMessage",
        {"chat_id": GROUP, "from_chat_id": CHANNEL, "message_id": 9},
        "message to copy not found",
    ),
    ("pinChatMessage", {"chat_id": CHANNEL, "message_id": 9}, "message to pin not found"),
    ("unpinChatMessage", {"chat_id": CHANNEL}, "message to unpin not found"),
    ("sendPhoto", {"chat_id": CHANNEL}, "there is no photo in the request"),
    (
        "sendPhoto",
        {"chat_id": CHANNEL, "photo": "no-such-file"},
        "wrong file identifier/HTTP URL specified",
    ),
    (
        "sendPhoto",
        {"chat_id": CHANNEL, "photo": "https://example.org/a.png"},
        "failed to get HTTP URL content",
    ),
    ("sendMediaGroup", {"chat_id": CHANNEL}, 'parameter "media" is required'),
    ("sendMediaGroup", {"chat_id": CHANNEL, "media": "[]"}, "there are no messages to send"),
    (
        "sendMediaGroup",
        {"chat_id": CHANNEL, "media": [{"type": "photo"}]},
        "can't parse InputMedia: media not found",
    ),
    (
        "sendMediaGroup",
        {"chat_id": CHANNEL, "media": [{"type": "poll", "media": "x"}]},
        'can\'t parse InputMedia: type "poll" is unsupported',
    ),
    ("getFile", {}, "file_id not specified"),
    ("getFile", {"file_id": "x"}, "invalid file_id"),
    ("sendChatAction", {"chat_id": CHANNEL, "action": "x"}, "wrong parameter action in request"),
]


@pytest.mark.parametrize(("method", "params", "text"), REFUSED)
async def test_a_refusal_speaks_with_the_words_of_the_server(
    bench: Bench, method: str, params: dict[str, Any], text: str
) -> None:
    await bench.text("One")
    bench.standin.say("Two, by an admin", chat_id=CHANNEL)
    assert await bench.refused(method, **params) == f"Bad Request: {text}"
    # Nothing has changed, and the ledger knows why.
    assert (
        bench.standin.differences(
            CHANNEL, [Post(text="One"), Post(text="Two, by an admin", by_bot=False)]
        )
        == ()
    )
    assert (bench.server.ledger.calls[-1].accepted, bench.server.ledger.calls[-1].refusal) == (
        False,
        f"Bad Request: {text}",
    )


async def test_lengths_count_utf16_units_after_the_markup_was_read(bench: Bench) -> None:
    await bench.text(f"<b>{LONG}</b>&amp;", parse_mode="HTML")
    (post,) = bench.standin.shown(CHANNEL)
    assert post.text == f"{LONG}&"


async def test_a_text_that_is_no_unicode_is_refused(bench: Bench) -> None:
    body = b'{"chat_id": %d, "text": "\\ud83d"}' % CHANNEL
    json_type = {"content-type": "application/json"}
    answer = await bench.client.post(bench.url("sendMessage"), content=body, headers=json_type)
    assert answer.json()["description"] == "Bad Request: text must be encoded in UTF-8"


async def test_an_unknown_method_and_a_wrong_token(bench: Bench) -> None:
    assert await bench.refused("sendTelegram") == "Not Found: method not found"
    wrong = await bench.client.get(bench.url("getMe", "4242:wrong"))
    assert (wrong.status_code, wrong.json()["description"]) == (401, "Unauthorized")
    malformed = await bench.client.get(bench.url("getMe", "wrong"))
    assert (malformed.status_code, malformed.json()["description"]) == (404, "Not Found")
    bench.standin.token_revoked = True
    assert await bench.refused("getMe") == "Unauthorized"
    bench.standin.token_revoked = False
    assert (await bench.call("getMe"))["is_bot"] is True


async def test_every_form_of_body_is_read(bench: Bench) -> None:
    url, data = bench.url("sendMessage"), {"chat_id": str(CHANNEL), "text": "x"}
    for form in ({"json": data}, {"data": data}, {"params": data}, {"files": _parts(data)}):
        assert (await bench.client.post(url, **form)).json()["ok"]  # type: ignore[arg-type]
    bad = await bench.client.post(url, content=b"{", headers={"content-type": "application/json"})
    assert bad.json()["description"] == ("Bad Request: can't parse request parameters JSON object")
    assert len(bench.standin.shown(CHANNEL)) == 4


def _parts(data: dict[str, str]) -> dict[str, tuple[None, str]]:
    return {name: (None, value) for name, value in data.items()}


async def test_a_reply_finds_its_parent_or_does_without(bench: Bench) -> None:
    parent = await bench.text("Parent")
    await bench.text("Child", reply_parameters=reply(parent))
    await bench.call("deleteMessage", chat_id=CHANNEL, message_id=parent)
    assert (
        await bench.refused(
            "sendMessage", chat_id=CHANNEL, text="Orphan", reply_parameters=reply(parent)
        )
        == "Bad Request: message to be replied not found"
    )
    await bench.text("Orphan", reply_parameters=reply(parent, without=True))
    expected = [
        Post(text="Parent", is_deleted=True),
        Post(text="Child", reply_to="Parent"),
        Post(text="Orphan"),
    ]
    assert bench.standin.differences(CHANNEL, expected) == ()


async def test_topics_can_be_closed_and_deleted(bench: Bench) -> None:
    async def post(**params: Any) -> str:
        return await bench.refused("sendMessage", chat_id=FORUM, text="x", **params)

    await bench.text("In it", chat_id=FORUM, message_thread_id=77)
    bench.standin.close_topic(FORUM, 77)
    assert await post(message_thread_id=77) == "Bad Request: TOPIC_CLOSED"
    await bench.text("Beside it", chat_id=FORUM)
    bench.standin.close_topic(FORUM)
    assert await post() == "Bad Request: TOPIC_CLOSED"
    bench.standin.reopen_topic(FORUM, 77)
    await bench.text("Again", chat_id=FORUM, message_thread_id=77)
    bench.standin.delete_topic(FORUM, 77)
    assert await post(message_thread_id=77) == "Bad Request: message thread not found"
    shown = [(p.text, p.thread_id, p.is_deleted) for p in bench.standin.shown(FORUM)]
    assert shown == [("In it", 77, True), ("Beside it", None, False), ("Again", 77, True)]


@pytest.mark.parametrize(
    ("chat_id", "age", "text"),
    [
        (CHANNEL, 47.9, None),
        (CHANNEL, 48.1, "message can't be deleted"),
        (GROUP, 48.1, "message can't be deleted for everyone"),
        (READER, 48.1, "message can't be deleted for everyone"),
    ],
)
async def test_a_message_can_be_deleted_for_48_hours(
    bench: Bench, chat_id: int, age: float, text: str | None
) -> None:
    await bench.text(chat_id=chat_id)
    bench.later(hours=age)
    params = {"chat_id": chat_id, "message_id": 1}
    if text is None:
        assert await bench.call("deleteMessage", **params) is True
    else:
        assert await bench.refused("deleteMessage", **params) == f"Bad Request: {text}"
    (post,) = bench.standin.shown(chat_id)
    assert post.is_deleted == (text is None)


async def test_several_messages_are_deleted_at_once_and_gone_ones_passed_over(
    bench: Bench,
) -> None:
    for _ in range(3):
        await bench.text()
    assert await bench.call("deleteMessages", chat_id=CHANNEL, message_ids=[1, 3, 9, 3]) is True
    assert [p.is_deleted for p in bench.standin.shown(CHANNEL)] == [True, False, True]


@pytest.mark.parametrize(
    ("chat_id", "right", "method", "params", "text"),
    [
        (
            CHANNEL,
            "post",
            "sendMessage",
            {"text": "x"},
            "need administrator rights in the channel chat",
        ),
        (
            GROUP,
            "post",
            "sendMessage",
            {"text": "x"},
            "not enough rights to send text messages to the chat",
        ),
        (
            GROUP,
            "post",
            "forwardMessage",
            {"from_chat_id": CHANNEL, "message_id": 1},
            "not enough rights to send text messages to the chat",
        ),
        (
            GROUP,
            "edit",
            "editMessageText",
            {"message_id": 1, "text": "x"},
            "message can't be edited",
        ),
        (GROUP, "delete", "deleteMessage", {"message_id": 2}, "message can't be deleted"),
        (
            GROUP,
            "pin",
            "pinChatMessage",
            {"message_id": 1},
            "not enough rights to manage pinned messages in the chat",
        ),
        (
            GROUP,
            "pin",
            "unpinAllChatMessages",
            {},
            "not enough rights to manage pinned messages in the chat",
        ),
    ],
)
async def test_rights_can_be_taken_and_given_back(
    bench: Bench, chat_id: int, right: str, method: str, params: dict[str, Any], text: str
) -> None:
    await bench.text()
    await bench.text(chat_id=GROUP)
    bench.standin.say("/help", chat_id=GROUP)
    bench.standin.deny(chat_id, right)
    assert await bench.refused(method, chat_id=chat_id, **params) == f"Bad Request: {text}"
    bench.standin.allow(chat_id, right)
    await bench.call(method, chat_id=chat_id, **params)


def test_an_unknown_right_is_a_mistake_of_the_test() -> None:
    standin = StandIn(token="1:x", clock=SystemClock(), channel=CHANNEL)
    with pytest.raises(ValueError, match="unknown rights: fly"):
        standin.deny(CHANNEL, "fly", "post")


async def test_a_chat_can_lose_the_bot_in_every_way(bench: Bench) -> None:
    standin = bench.standin
    supergroup = standin.migrate_chat(GROUP, -1001000000500).id
    group = standin.add_chat(-501, "Other group").id
    for chat_id, lose, text in (
        (CHANNEL, standin.kick, "bot was kicked from the channel chat"),
        (supergroup, standin.kick, "bot was kicked from the supergroup chat"),
        (group, standin.kick, "bot was kicked from the group chat"),
        (CHANNEL, standin.leave, "bot is not a member of the channel chat"),
        (supergroup, standin.leave, "bot is not a member of the supergroup chat"),
        (group, standin.leave, "bot is not a member of the group chat"),
        (READER, standin.block, "bot was blocked by the user"),
    ):
        lose(chat_id)
        text = f"Forbidden: {text}"
        assert await bench.refused("sendMessage", chat_id=chat_id, text="x") == text
        # Who may still read a chat that threw them out differs by its type.
        if chat_id in (group, READER):
            await bench.call("getChat", chat_id=chat_id)
        else:
            assert await bench.refused("getChat", chat_id=chat_id) == text
        standin.reopen_chat(chat_id)
        await bench.text(chat_id=chat_id)
    # The old group is deaf, but can still be read.
    response = await bench.client.post(
        bench.url("sendMessage"), json={"chat_id": GROUP, "text": "x"}
    )
    assert response.json() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": supergroup},
    }
    await bench.call("getChat", chat_id=GROUP)


async def test_a_public_channel_is_found_by_its_name(bench: Bench) -> None:
    bench.standin.chats[CHANNEL].username = "Valley_Alerts"
    sent = await bench.call("sendMessage", chat_id="@valley_alerts", text="x")
    assert sent["chat"]["id"] == CHANNEL


async def test_pins_are_shown_and_leave_a_service_message(bench: Bench) -> None:
    for text in ("One", "Two"):
        message_id = await bench.text(text)
        await bench.call("pinChatMessage", chat_id=CHANNEL, message_id=message_id)
    chat = await bench.call("getChat", chat_id=CHANNEL)
    assert chat["pinned_message"]["text"] == "Two"
    expected = [
        Post(text="One", is_pinned=True),
        Post(text="pinned message 1", silent=True),
        Post(text="Two", is_pinned=True),
        Post(text="pinned message 3", silent=True),
    ]
    assert bench.standin.differences(CHANNEL, expected) == ()
    # A service message exists, but cannot be read back.
    for method, verb in (("forwardMessage", "forwarded"), ("copyMessage", "copied")):
        place = {"chat_id": GROUP, "from_chat_id": CHANNEL, "message_id": 2}
        assert await bench.refused(method, **place) == f"Bad Request: message can't be {verb}"
    # Without an id the latest goes.
    await bench.call("unpinChatMessage", chat_id=CHANNEL)
    assert [p.is_pinned for p in bench.standin.shown(CHANNEL)] == [True, False, False, False]
    await bench.call("deleteMessage", chat_id=CHANNEL, message_id=1)
    assert "pinned_message" not in await bench.call("getChat", chat_id=CHANNEL)


async def test_protected_messages_stay_where_they_are(bench: Bench) -> None:
    await bench.text("Held", protect_content=True)
    await bench.text("Free")
    place: dict[str, Any] = {"chat_id": GROUP, "from_chat_id": CHANNEL}
    assert await bench.refused("forwardMessage", **place, message_id=1) == (
        "Bad Request: message can't be forwarded"
    )
    sent = await bench.call("forwardMessages", **place, message_ids=[1, 2, 9])
    assert sent == [{"message_id": 1}]
    sent = await bench.call("copyMessages", **place, message_ids=[2])
    assert sent == [{"message_id": 2}]
    assert [p.text for p in bench.standin.shown(GROUP)] == ["Free", "Free"]


async def test_buttons_count_for_whether_an_edit_changes_anything(bench: Bench) -> None:
    await bench.text("One", reply_markup=buttons("a"))
    place: dict[str, Any] = {"chat_id": CHANNEL, "message_id": 1}
    same = await bench.refused("editMessageReplyMarkup", **place, reply_markup=buttons("a"))
    assert same.startswith("Bad Request: message is not modified")
    # The same text without buttons is a change, and the text's history stays as it was.
    edited = await bench.call("editMessageText", **place, text="One")
    assert "reply_markup" not in edited
    assert bench.standin.differences(CHANNEL, [Post(text="One")]) == ()


async def test_python_telegram_bot_sends_edits_forwards_copies_and_deletes(bench: Bench) -> None:
    async with open_ptb(bench) as bot:
        first = await bot.send_message(CHANNEL, "<b>One</b>", parse_mode="HTML")
        await bot.send_message(
            CHANNEL,
            "Two",
            entities=[MessageEntity("italic", 0, 3)],
            reply_parameters=ReplyParameters(first.message_id),
            disable_notification=True,
        )
        edited = await first.edit_text("One, edited")
        assert (edited.edit_date is not None, edited.text) == (True, "One, edited")  # type: ignore[union-attr]
        forwarded = await bot.forward_message(GROUP, CHANNEL, first.message_id)
        assert forwarded.forward_origin is not None
        assert forwarded.forward_origin.type == "channel"
        copied = await bot.copy_message(GROUP, CHANNEL, first.message_id)
        assert copied.message_id == 2
        assert await bot.delete_message(GROUP, 1)
        with pytest.raises(BadRequest, match=r"^Message is not modified: "):
            await first.edit_text("One, edited")
        with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
            await bot.edit_message_text("x", CHANNEL, 9)
        with pytest.raises(BadRequest, match="can't find end tag corresponding to start tag"):
            await bot.send_message(CHANNEL, "<b>x", parse_mode="HTML")
        bench.standin.migrate_chat(GROUP, -1001000000500)
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(GROUP, "x")
        assert moved.value.new_chat_id == -1001000000500
        bench.standin.block(READER)
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(READER, "x")
    expected = [
        Post(text="One, edited", edits=("One",)),
        Post(text="Two", reply_to="One", silent=True),
    ]
    assert bench.standin.differences(CHANNEL, expected) == ()
    expected = [Post(text="One, edited", is_deleted=True), Post(text="One, edited")]
    assert bench.standin.differences(GROUP, expected) == ()


async def test_python_telegram_bot_sends_photos_and_albums(bench: Bench) -> None:
    async with open_ptb(bench) as bot:
        sent = await bot.send_photo(CHANNEL, png(), caption="<i>Map</i>", parse_mode="HTML")
        assert (sent.photo[-1].width, sent.photo[-1].height) == (90, 50)
        assert [e.type for e in sent.caption_entities] == ["italic"]
        file = await bot.get_file(sent.photo[-1].file_id)
        assert bytes(await file.download_as_bytearray()) == png()
        # A file that the server knows is sent again by its id.
        again = await bot.send_photo(GROUP, sent.photo[-1].file_id)
        assert again.photo[-1].file_id == sent.photo[-1].file_id
        album = await bot.send_media_group(
            CHANNEL,
            [InputMediaPhoto(png(80, 80), caption="First"), InputMediaPhoto(png(70, 70))],
        )
        assert len({m.media_group_id for m in album}) == 1
        assert album[0].media_group_id
        await bot.edit_message_caption(CHANNEL, 1, caption="Plan")
        for call, text in (
            (bot.edit_message_text("x", CHANNEL, 1), "There is no text in the message to edit"),
            (bot.send_photo(CHANNEL, b"%PDF-1.7"), "Image_process_failed"),
            (bot.send_photo(CHANNEL, png(2100, 100)), "Photo_invalid_dimensions"),
            (bot.send_photo(CHANNEL, png(), "x" * 1025), "Message caption is too long"),
            (
                bot.send_media_group(CHANNEL, [InputMediaPhoto(png())] * 11),
                "Too many messages to send as an album",
            ),
        ):
            with pytest.raises(BadRequest, match=f"^{text}$"):
                await call
        bench.standin.deny(CHANNEL, "photos")
        with pytest.raises(BadRequest, match=r"^Not enough rights to send photos to the chat$"):
            await bot.send_photo(CHANNEL, png())
    expected = [
        Post(text="Plan", edits=("Map",), photos=1),
        Post(text="First", photos=1),
        Post(text="", photos=1),
    ]
    assert bench.standin.differences(CHANNEL, expected) == ()


async def test_a_file_is_given_only_to_who_has_the_token(bench: Bench) -> None:
    wrong = await bench.client.get(f"{bench.server.url}/file/bot4242:wrong/photos/x")
    assert wrong.status_code == 401
    missing = await bench.client.get(f"{bench.server.url}/file/bot{bench.standin.token}/photos/x")
    assert missing.status_code == 404


async def test_what_a_chat_shows_is_compared_exactly(bench: Bench) -> None:
    await bench.text("One")
    await bench.text("Two")
    assert bench.standin.differences(CHANNEL, [Post(text="One")]) == ("extra: message 2 'Two'",)
    assert bench.standin.differences(
        CHANNEL, [Post(text="One"), Post(text="Two"), Post(text="Three")]
    ) == ("missing: 'Three'",)
