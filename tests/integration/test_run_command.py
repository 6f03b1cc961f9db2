"""`python -m bot run` as a process: what it posts, how it stops, what it says if it cannot run."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

import pytest
from run_bench import (
    CHANNEL,
    PATIENCE,
    ROOT,
    STOP,
    TOKEN,
    Story,
    agreed_long_ago,
    agreed_now,
    assert_no_token,
    newsroom,
    rows,
    running,
    send,
    telegram,
    write_config,
)

from bot.preview.faults import HANG


@pytest.mark.model
async def test_an_agreement_is_posted_once_whatever_happens_and_an_old_one_is_only_stored(
    tmp_path: Path,
) -> None:
    async with newsroom(agreed_long_ago(), agreed_now()) as room, telegram() as chat:
        config = write_config(tmp_path, chat.server.url, room.url)

        async with running(config) as bot:
            await bot.cycle(feeds=1, unseen=2, actions=1)
            async with asyncio.timeout(PATIENCE):
                post = await chat.arrived.get()
            await bot.cycle(feeds=1, unseen=0)
            assert await bot.stopped() == 0, bot.said
            first = bot.said
        assert post.chat_id == CHANNEL
        assert "ceasefire agreed" in post.content.text
        assert "Halvian Foreign Minister Ingrid Solle, in Valley Wire" in post.content.text
        assert "Orvel" not in post.content.text
        assert chat.sent() == ["sendMessage"]
        assert '"event": "stopped"' in first

        titles = {json.loads(record)["title"] for (record,) in rows(tmp_path, RECORDS)}
        assert titles == {agreed_now().title, agreed_long_ago().title}
        assert reason_of(tmp_path, agreed_long_ago()) == "backlog"
        assert reason_of(tmp_path, agreed_now()) == "step_agreed"
        assert rows(tmp_path, "SELECT kind, state FROM outbox") == [("new", "sent")]

        async with running(config) as bot:
            cycles = [await bot.cycle() for _ in range(4)]
            # A stop comes at the worst moment: a poll is on its way and nobody answers any more,
            # Telegram neither.
            room.silent = True
            chat.server.faults.script("getUpdates", *[HANG] * 9)
            async with asyncio.timeout(PATIENCE):
                await room.unanswered.wait()
            assert await bot.stopped() == 0, bot.said
            second = bot.said
        # Every cycle asks the feed, and nothing in it is new.
        assert {(c["feeds"], c["unseen"], c["actions"]) for c in cycles} == {(1, 0, 0)}
        assert chat.sent() == ["sendMessage"]
        assert "Traceback" not in first + second
    assert_no_token(tmp_path, first, second)


RECORDS = "SELECT record FROM entry"


def reason_of(folder: Path, story: Story) -> str:
    """Return the stored reason of the decision about a story."""
    entries = [json.loads(record) for (record,) in rows(folder, RECORDS)]
    (entry_id,) = [entry["id"] for entry in entries if entry["title"] == story.title]
    decisions = [json.loads(record) for (record,) in rows(folder, "SELECT record FROM decision")]
    (reason,) = [d["reason"] for d in decisions if d["entry_id"] == entry_id]
    return str(reason)


async def test_a_stop_is_obeyed_in_time_while_telegram_does_not_answer(tmp_path: Path) -> None:
    async with newsroom() as room:
        room.silent = True  # it accepts the connection and never answers
        async with running(write_config(tmp_path, room.url, room.url)) as bot:
            await bot.line("connecting to Telegram")
            async with asyncio.timeout(PATIENCE):
                await room.unanswered.wait()
            assert await bot.stopped() == 0, bot.said
    assert "Traceback" not in bot.said
    assert_no_token(tmp_path, bot.said)


@pytest.mark.model
async def test_a_start_without_telegram_reads_and_posts_when_it_is_back(tmp_path: Path) -> None:
    async with newsroom(agreed_now()) as room:
        async with telegram() as chat:
            url = chat.server.url  # nobody listens there any more, and for a while nobody will
        async with running(write_config(tmp_path, url, room.url)) as bot:
            await bot.line("does not answer; reading begins")
            await bot.cycle(feeds=1, unseen=1, actions=1)
            assert rows(tmp_path, "SELECT kind, state FROM outbox") == [("new", "pending")]
            async with telegram(port=int(url.rpartition(":")[2])) as chat:
                async with asyncio.timeout(PATIENCE):
                    post = await chat.arrived.get()
                assert "ceasefire agreed" in post.content.text
                assert await bot.stopped() == 0, bot.said
                assert chat.sent() == ["sendMessage"]
    assert "Traceback" not in bot.said
    assert_no_token(tmp_path, bot.said)


async def test_a_token_that_is_refused_late_ends_the_bot_as_well(tmp_path: Path) -> None:
    async with newsroom() as room:
        async with telegram() as chat:
            url = chat.server.url
        async with running(write_config(tmp_path, url, room.url)) as bot:
            await bot.line("does not answer; reading begins")
            port = int(url.rpartition(":")[2])
            async with telegram(token="99:another-token-altogether", port=port):
                assert await bot.end(PATIENCE) == 2
    assert f"{url} refuses the bot token" in bot.said
    assert "Traceback" not in bot.said
    assert_no_token(tmp_path, bot.said)


async def test_a_token_that_telegram_refuses_is_named_without_being_shown(tmp_path: Path) -> None:
    async with telegram(token="99:another-token-altogether") as chat:
        config = write_config(tmp_path, chat.server.url, "http://127.0.0.1:9")
        async with running(config) as bot:
            assert await bot.end(PATIENCE) == 2
    assert f"{chat.server.url} refuses the bot token" in bot.said
    assert "Traceback" not in bot.said
    assert_no_token(tmp_path, bot.said)


@pytest.mark.parametrize(
    ("token", "channels", "words"),
    [
        # no token at all
        (None, None, "No Telegram token is set"),
        # an empty one, as a compose file passes on what is not set
        ("", None, "No Telegram token is set"),
        # no channel to post to
        (TOKEN, "[]", "telegram.channels: names no channel"),
    ],
)
async def test_without_token_or_channel_the_operator_is_told_what_to_do(
    tmp_path: Path, token: str | None, channels: str | None, words: str
) -> None:
    config = write_config(tmp_path, "http://127.0.0.1:9", "http://127.0.0.1:9", channels)
    async with running(config, token) as bot:
        assert await bot.end(PATIENCE) == 2
    assert words in bot.said
    assert str(config) in bot.said
    assert "make demo" in bot.said
    assert "Traceback" not in bot.said
    assert TOKEN not in bot.said
    assert not (tmp_path / "news.db").exists()


async def test_half_a_token_stops_the_start_and_is_not_repeated(tmp_path: Path) -> None:
    config = write_config(tmp_path, "http://127.0.0.1:9", "http://127.0.0.1:9")
    async with running(config, "AAtoken-without-its-number") as bot:
        assert await bot.end(PATIENCE) == 2
    assert "TELEGRAM_BOT_TOKEN: does not look like a bot token" in bot.said
    assert "AAtoken-without-its-number" not in bot.said


@pytest.mark.parametrize(
    ("then", "signals"),
    [
        # something holds the loop itself up, as the end of a scoring thread does
        ("threading.Event().wait()", 1),
        # a part never ends, and the operator asks again
        ("await asyncio.Event().wait()", 2),
    ],
)
async def test_a_stop_ends_the_process_whatever_hangs(then: str, signals: int) -> None:
    code = f"""
import asyncio, threading
from bot.stopping import stop_on_signals

async def main():
    stop = asyncio.Event()
    stop_on_signals(stop)
    print("ready", flush=True)
    await stop.wait()
    print("stopping", flush=True)
    {then}

asyncio.run(main())
"""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    said = []
    for _ in range(signals):
        said.append(await process.stdout.readline())
        send(process, signal.SIGTERM)
    async with asyncio.timeout(STOP):
        assert await process.wait() == 0
    assert said == [b"ready\n", b"stopping\n"][:signals]
