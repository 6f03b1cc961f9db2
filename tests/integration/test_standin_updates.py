"""How the bot learns of things: polling, conflicts, webhooks, groups, and presses of buttons."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from standin_bench import CHANNEL, GROUP, READER, Bench, buttons, open_bench, open_ptb
from telegram.error import BadRequest, Conflict

from bot.preview import faults
from bot.preview.chats import ANONYMOUS_ADMIN, User


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with open_bench() as opened:
        yield opened


def texts(updates: list[dict[str, Any]]) -> list[str]:
    """Return the texts of updates."""
    return [u.get("message", u.get("channel_post", {})).get("text", "") for u in updates]


async def test_updates_stay_until_they_are_confirmed(bench: Bench) -> None:
    for text in ("/one", "/two", "/three"):
        bench.standin.say(text)
    first = await bench.call("getUpdates", limit=2)
    assert texts(first) == ["/one", "/two"]
    assert texts(await bench.call("getUpdates")) == ["/one", "/two", "/three"]
    after = first[-1]["update_id"] + 1
    assert texts(await bench.call("getUpdates", offset=after)) == ["/three"]
    # A negative offset counts from the end and forgets what is before.
    bench.standin.say("/four")
    assert texts(await bench.call("getUpdates", offset=-1)) == ["/four"]
    assert texts(await bench.call("getUpdates")) == ["/four"]


async def test_a_poll_waits_for_the_first_update_or_its_timeout(bench: Bench) -> None:
    began = time.monotonic()
    assert await bench.call("getUpdates", timeout=1) == []
    assert 0.9 < time.monotonic() - began < 5
    poll = asyncio.create_task(bench.call("getUpdates", timeout=30))
    await asyncio.sleep(0.1)
    bench.standin.say("/now")
    assert texts(await asyncio.wait_for(poll, 5)) == ["/now"]


async def test_a_poll_that_was_given_up_takes_nothing_with_it(bench: Bench) -> None:
    poll = asyncio.create_task(bench.call("getUpdates", timeout=30))
    await asyncio.sleep(0.1)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    bench.standin.say("/kept")
    assert texts(await bench.call("getUpdates", timeout=1)) == ["/kept"]


async def test_a_second_poller_ends_the_first(bench: Bench) -> None:
    async with open_ptb(bench, read_timeout=20) as bot:
        first = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.2)
        second = asyncio.create_task(bench.call("getUpdates", timeout=30))
        with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
            await asyncio.wait_for(first, 5)
        bench.standin.say("/to the second")
        assert texts(await asyncio.wait_for(second, 5)) == ["/to the second"]


async def test_polling_and_a_webhook_exclude_each_other(bench: Bench) -> None:
    poll = asyncio.create_task(bench.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.1)
    await bench.call("setWebhook", url="https://example.org/hook", secret_token="s-1")
    assert await asyncio.wait_for(poll, 5) == "Conflict: terminated by setWebhook request"
    assert await bench.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    bench.standin.say("/waits")
    info = await bench.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("https://example.org/hook", 1)
    await bench.call("deleteWebhook", drop_pending_updates=True)
    assert await bench.call("getUpdates") == []
    for params, text in (
        ({"url": "http://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org", "secret_token": "a b"}, "secret token contains unallowed"),
        ({"url": "https://example.org", "secret_token": "a" * 257}, "secret token is too long"),
    ):
        assert (await bench.refused("setWebhook", **params)).startswith(f"Bad Request: {text}")


async def test_the_kinds_of_updates_are_remembered_until_others_are_named(bench: Bench) -> None:
    await bench.call("getUpdates", allowed_updates=["callback_query"])
    bench.standin.say("/unheard")
    await bench.call("getUpdates", allowed_updates=[])
    bench.standin.say("/heard")
    assert texts(await bench.call("getUpdates")) == ["/heard"]


async def test_in_a_group_the_bot_hears_commands_and_replies_to_itself(bench: Bench) -> None:
    own = await bench.text("Alert", chat_id=GROUP)
    bench.standin.say("Chatter", chat_id=GROUP)
    bench.standin.say("/status", chat_id=GROUP)
    bench.standin.say("Is that so?", chat_id=GROUP, reply_to=own)
    # An admin's post in the channel comes as a post without an author; its own never comes.
    bench.standin.say("From an admin", chat_id=CHANNEL)
    await bench.text("Own post")
    updates = await bench.call("getUpdates")
    assert texts(updates) == ["/status", "Is that so?", "From an admin"]
    assert "from" not in updates[-1]["channel_post"]
    assert updates[1]["message"]["reply_to_message"]["text"] == "Alert"


async def test_anybody_can_write_to_the_bot(bench: Bench) -> None:
    stranger = User(id=9, is_bot=False, first_name="Stranger", username="reader")
    bench.standin.say("/status", user=stranger)
    (update,) = await bench.call("getUpdates")
    assert (update["message"]["from"]["id"], update["message"]["chat"]["type"]) == (9, "private")
    await bench.text("Answer", chat_id=9)


async def test_a_person_can_forward_edit_and_stay_anonymous(bench: Bench) -> None:
    other = User(id=9, is_bot=False, first_name="Other")
    said = bench.standin.say("/status")
    bench.standin.rewrite(said, "/help")
    bench.standin.say("/mute", words_of=other)
    bench.standin.say("/mute", user=ANONYMOUS_ADMIN, chat_id=GROUP)
    post = bench.standin.say("/mute", chat_id=CHANNEL)
    bench.standin.rewrite(post, "/unmute")
    async with open_ptb(bench) as bot:
        updates = await bot.get_updates()
    assert updates[1].edited_message is not None
    assert updates[1].edited_message.text == "/help"
    assert updates[2].message is not None
    assert updates[2].message.forward_origin is not None
    assert updates[2].message.forward_origin.sender_user.id == 9  # type: ignore[attr-defined]
    assert updates[3].message is not None
    assert updates[3].message.sender_chat is not None
    assert updates[3].message.sender_chat.id == GROUP
    assert updates[5].edited_channel_post is not None
    shown = bench.standin.shown(READER)
    assert (shown[0].text, shown[0].edits) == ("/help", ("/status",))


async def test_the_bot_can_ask_for_its_rights(bench: Bench) -> None:
    bench.standin.deny(CHANNEL, "post", "pin")
    async with open_ptb(bench) as bot:
        member: Any = await bot.get_chat_member(CHANNEL, bot.id)
        assert (member.status, member.can_post_messages) == ("administrator", False)
        assert (member.can_edit_messages, member.can_pin_messages) == (True, False)
        assert (await bot.get_chat_member(READER, bot.id)).status == "member"
        with pytest.raises(BadRequest, match="User not found"):
            await bot.get_chat_member(CHANNEL, 12)
        bench.standin.say("/status", chat_id=GROUP)
        assert (await bot.get_chat_member(GROUP, READER)).status == "member"


async def test_a_forged_press_carries_data_that_no_button_has(bench: Bench) -> None:
    await bench.text("Question", chat_id=READER, reply_markup=buttons("yes"))
    bench.standin.press(READER, 1, "mute:everything", forged=True)
    (update,) = await bench.call("getUpdates")
    assert update["callback_query"]["data"] == "mute:everything"


async def test_a_press_is_answered_once_and_soon(bench: Bench) -> None:
    async with open_ptb(bench) as bot:
        await bench.text("Question", chat_id=READER, reply_markup=buttons("yes", "no"))
        press = bench.standin.press(READER, 1, "yes")
        (update,) = await bot.get_updates()
        query = update.callback_query
        assert query is not None
        assert (query.id, query.data, query.from_user.id) == (press, "yes", READER)
        assert query.message is not None
        assert query.message.message_id == 1
        assert query.chat_instance
        assert await query.answer("Noted")
        assert bench.standin.callbacks.answers == {press: "Noted"}
        too_old = r"^Query is too old and response timeout expired or query id is invalid$"
        with pytest.raises(BadRequest, match=too_old):
            await query.answer()
        slow = bench.standin.press(READER, 1, "no")
        bench.later(seconds=16)
        with pytest.raises(BadRequest, match=too_old):
            await bot.answer_callback_query(slow)
        with pytest.raises(BadRequest, match=too_old):
            await bot.answer_callback_query("12")
        with pytest.raises(BadRequest, match="Message_too_long"):
            await bot.answer_callback_query(bench.standin.press(READER, 1, "no"), "x" * 201)
    with pytest.raises(ValueError, match="has no button 'maybe'"):
        bench.standin.press(READER, 1, "maybe")


async def test_the_command_menu_is_kept_and_emptied(bench: Bench) -> None:
    async with open_ptb(bench) as bot:
        await bot.set_my_commands([("status", "Shows the ceasefires"), ("help", "Shows this")])
        assert [c.command for c in await bot.get_my_commands()] == ["status", "help"]
        with pytest.raises(BadRequest, match="Bot_command_invalid"):
            await bot.set_my_commands([("Not a command", "x")])
        await bot.delete_my_commands()
        assert await bot.get_my_commands() == ()


async def test_a_poller_that_meets_a_fault_polls_again(bench: Bench) -> None:
    bench.server.faults.script("getUpdates", faults.html_page(502), faults.RESET)
    bench.standin.say("/kept")
    for _ in range(2):
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the client makes of it
            await bench.call("getUpdates")
    assert texts(await bench.call("getUpdates")) == ["/kept"]
