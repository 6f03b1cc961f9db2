"""The small parts of the stand-in: entities, pictures, flood limits, scripts, what is shown."""

from __future__ import annotations

import struct

import pytest

from bot.preview import faults
from bot.preview.chats import Chat, StoredMessage
from bot.preview.entities import Entity, FormattedText, cleaned, finished
from bot.preview.faults import Faults
from bot.preview.flood import FloodGate, FloodRules
from bot.preview.given import with_given_entities
from bot.preview.params import Params, RefusedError
from bot.preview.pictures import read_picture
from bot.preview.shown import Post, differences
from bot.preview.view import message_view


def test_no_more_than_a_hundred_marks_are_kept() -> None:
    marks = tuple(Entity(type="bold", offset=2 * n, length=1) for n in range(120))
    kept = finished(FormattedText(text="x " * 119 + "x", entities=marks)).entities
    assert (len(kept), kept[-1].offset) == (100, 198)


def test_commands_and_bare_addresses_are_found_outside_of_links_and_code() -> None:
    text = "/status https://x.org /help"
    link = Entity(type="text_link", offset=22, length=5, url="https://y.org")
    kinds = [e.type for e in finished(FormattedText(text=text, entities=(link,))).entities]
    assert kinds == ["bot_command", "url", "text_link"]


def test_control_characters_become_spaces_and_carriage_returns_go() -> None:
    assert cleaned("a\r\nb\tc\0d") == "a\nb c d"


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        ({"length": 1, "type": "bold"}, "can't parse MessageEntity: Can't find field \"offset\""),
        (
            {"offset": 0, "length": 1, "type": "big"},
            "can't parse MessageEntity: Unsupported type specified",
        ),
        ("bold", "can't parse MessageEntity: expected an Object"),
        (
            {"offset": 0, "length": 1, "type": "text_link"},
            "can't parse MessageEntity: Can't find field \"url\"",
        ),
        ({"offset": -1, "length": 1, "type": "bold"}, "receive an entity with incorrect offset -1"),
        ({"offset": 0, "length": -2, "type": "bold"}, "receive an entity with incorrect length -2"),
        # "a🕊": the dove is units 1 and 2, bytes 1 to 4
        (
            {"offset": 2, "length": 1, "type": "bold"},
            "entity begins in a middle of a UTF-16 symbol at byte offset 1",
        ),
        (
            {"offset": 0, "length": 2, "type": "bold"},
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte "
            "offset 1",
        ),
    ],
)
def test_entities_that_are_none_are_refused(entity: object, text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        with_given_entities("a🕊", [entity])
    assert refused.value.description == f"Bad Request: {text}"


def test_entities_beyond_the_text_are_dropped() -> None:
    given = [{"offset": 9, "length": 1, "type": "bold"}, {"offset": 0, "length": 3, "type": "bold"}]
    kept = with_given_entities("abc", given).entities
    assert [(e.offset, e.length) for e in kept] == [(0, 3)]


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "file must be non-empty"),
        (b"GIF89a", "IMAGE_PROCESS_FAILED"),
        (b"%PDF-1.7 and more of it", "IMAGE_PROCESS_FAILED"),
        (PNG + struct.pack(">II", 6000, 5000), "PHOTO_INVALID_DIMENSIONS"),
        (PNG + struct.pack(">II", 2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (PNG + struct.pack(">II", 0, 100), "IMAGE_PROCESS_FAILED"),
        (PNG + bytes(10_000_000), "file is too big"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_picture(data, 1)
    assert refused.value.description == f"Bad Request: {text}"


@pytest.mark.parametrize(
    "data",
    [
        PNG + struct.pack(">II", 900, 500),
        b"GIF89a" + struct.pack("<HH", 900, 500),
        # a JPEG whose first segment is a comment
        b"\xff\xd8\xff\xfe\0\4hi\xff\xc0\0\x11\x08" + struct.pack(">HH", 500, 900) + b"\3",
    ],
)
def test_a_picture_tells_its_size(data: bytes) -> None:
    photo = read_picture(data, 7)
    assert (photo.width, photo.height, photo.data) == (900, 500, data)


class Watch:
    """A clock that the test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_quiet_chat_takes_a_burst_and_then_one_message_a_second() -> None:
    watch = Watch()
    gate = FloodGate(watch)
    assert [gate.too_early(5) for _ in range(4)] == [0, 0, 0, 1]
    watch.now += 0.5
    # told to wait, the chat stays shut, and asking again costs nothing
    assert [gate.too_early(5) for _ in range(3)] == [1, 1, 1]
    watch.now += 0.5
    assert [gate.too_early(5), gate.too_early(5)] == [0, 1]


def test_a_group_takes_twenty_messages_a_minute() -> None:
    watch = Watch()
    gate = FloodGate(watch, FloodRules(burst=100))
    assert [gate.too_early(-5) for _ in range(20)] == [0] * 20
    assert gate.too_early(-5) == 60
    # another chat does not feel it
    assert gate.too_early(-6) == 0
    watch.now += 59
    assert gate.too_early(-5) == 1
    watch.now += 1
    assert gate.too_early(-5) == 0


def test_all_chats_together_take_thirty_messages_a_second() -> None:
    gate = FloodGate(Watch())
    assert [gate.too_early(chat) for chat in range(1, 32)] == [0] * 30 + [1]


def test_each_photo_of_an_album_counts() -> None:
    watch = Watch()
    gate = FloodGate(watch, FloodRules(burst=100))
    assert [gate.too_early(-5, 10), gate.too_early(-5, 10), gate.too_early(-5)] == [0, 0, 60]


def test_edits_have_a_limit_of_their_own() -> None:
    gate = FloodGate(Watch(), FloodRules(burst=100, overall=(1000, 1.0)))
    assert [gate.edit_too_early(-5) for _ in range(21)] == [0] * 20 + [60]
    # and shut edits leave the door open for messages
    assert gate.too_early(-5) == 0


def test_a_script_names_the_next_calls_and_lets_some_pass() -> None:
    script = Faults()
    script.script("sendMessage", None, faults.HANG, faults.CLOSE.for_chat(-2))
    assert script.take("SENDMESSAGE", -1) is None
    assert script.take("editMessageText", -1) is None
    assert script.take("sendMessage", -1) == faults.HANG
    assert script.take("sendMessage", -1) is None
    assert script.left == 1
    assert script.take("sendMessage", -2) == faults.CLOSE.for_chat(-2)
    assert script.left == 0


def test_a_rule_strikes_by_number_method_and_chat() -> None:
    script = Faults()
    script.strike(faults.HANG.for_chat(-1), method="sendMessage", nth=(2, 4))
    calls = [("sendMessage", -1), ("sendMessage", -2), ("getMe", -1), *[("sendMessage", -1)] * 4]
    struck = [script.take(*call) is not None for call in calls]
    assert struck == [False, False, False, True, False, True, False]
    assert script.left == 0


def test_a_rule_may_strike_every_third_call_of_any_method_a_few_times() -> None:
    script = Faults()
    script.strike(faults.RESET, every=3, times=2)
    struck = [script.take(f"method{n}", None) is not None for n in range(12)]
    assert [n + 1 for n, hit in enumerate(struck) if hit] == [3, 6]


EXPECTED = (
    Post(text="One", edits=("Zero",)),
    Post(text="Two", reply_to="One", silent=True),
)


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (
            [
                Post(message_id=1, text="One", edits=("Zero",)),
                Post(message_id=2, text="Two", reply_to=1, silent=True),
            ],
            (),
        ),
        (
            [Post(message_id=1, text="One", edits=("Zero",))],
            ("missing: 'Two'",),
        ),
        (
            [
                Post(message_id=1, text="One", edits=("Zero",)),
                Post(message_id=2, text="Two", reply_to=1, silent=True),
                Post(message_id=3, text="Two", reply_to=1, silent=True),
            ],
            ("extra: message 3 'Two'",),
        ),
        (
            [
                Post(message_id=1, text="One"),
                Post(message_id=2, text="Two", reply_to=None, is_deleted=True),
            ],
            (
                "message 1: edits is (), expected ('Zero',)",
                "message 2: reply_to is None, expected 'One'",
                "message 2: silent is False, expected True",
                "message 2: is_deleted is True, expected False",
            ),
        ),
        # the order counts: a post that moved is missing here and extra there
        (
            [
                Post(message_id=1, text="Two", reply_to=None, silent=True),
                Post(message_id=2, text="One", edits=("Zero",)),
            ],
            ("extra: message 1 'Two'", "missing: 'Two'"),
        ),
    ],
)
def test_what_a_chat_shows_is_compared_exactly(shown: list[Post], found: tuple[str, ...]) -> None:
    assert differences(EXPECTED, shown) == found


def test_the_page_names_what_is_no_text() -> None:
    chat = Chat(id=-1, type="channel", title="Channel")
    photo = read_picture(PNG + struct.pack(">II", 9, 9), 1)
    fields = {"chat_id": -1, "message_id": 1, "date": 0, "author": None}
    shown = [
        StoredMessage(content=FormattedText(text="Map"), photo=photo, **fields),  # type: ignore[arg-type]
        StoredMessage(content=FormattedText(text=""), pins=1, **fields),  # type: ignore[arg-type]
    ]
    runs = [
        [
            run["text"]
            for block in message_view(m, chat, "channel")["blocks"]
            for run in block["runs"]
        ]
        for m in shown
    ]
    assert runs == [["[photo]\n", "Map"], ["[pinned a post]"]]


def test_numbers_are_brought_into_their_range_as_the_server_does() -> None:
    params = Params({"limit": "500", "timeout": "-3", "offset": "x"})
    assert params.between("limit", 100, 1, 100) == 100
    assert params.between("timeout", 0, 0, 50) == 0
    assert params.integer("offset") == 0


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (None, "message identifiers are not specified"),
        ("[]", "message identifiers are not specified"),
        ("{}", "expected an Array of message identifiers"),
        (str(list(range(1, 102))), "too many message identifiers specified"),
        ('["x"]', "can't parse message identifier as Number"),
        ("[1, 0]", "invalid message identifier specified"),
        ("[1", "can't parse message_ids JSON object"),
    ],
)
def test_lists_of_messages_are_checked(given: str | None, text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        Params({"message_ids": given}).message_ids()
    assert refused.value.description == f"Bad Request: {text}"
