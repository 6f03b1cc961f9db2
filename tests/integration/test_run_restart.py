"""`python -m bot run` posts what waits, and answers, before it can read a single sentence."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path

from run_bench import (
    CHANNEL,
    PATIENCE,
    Telegram,
    assert_no_token,
    newsroom,
    rows,
    running,
    send,
    telegram,
    write_config,
)

from bot.preview.chats import StoredMessage
from bot.store.routes import Route
from bot.store.sql import SqlStore
from tests.torture.story import tell

#: `python -m bot` with a model that takes for ever, as one on a disk that does not answer.
LOADS_FOR_EVER = """
import sys, threading
import models.zero_shot

models.zero_shot.load_classifier = lambda **options: threading.Event().wait()
from bot.cli import main
sys.exit(main())
"""


async def queue(folder: Path, steps: int) -> None:
    """Store decisions whose posts wait, as a killed process leaves them."""
    routes = (Route(chat_id=CHANNEL),)
    store = await SqlStore.open(f"sqlite:///{folder}/news.db", routes)
    for step in tell(seed=4, length=steps):
        await store.save_changes([step.change(datetime.now(UTC))])
    await store.aclose()


async def next_post(chat: Telegram) -> StoredMessage:
    async with asyncio.timeout(PATIENCE):
        return await chat.arrived.get()


async def test_what_waits_is_posted_and_readers_are_answered_while_the_model_loads(
    tmp_path: Path,
) -> None:
    await queue(tmp_path, steps=1)
    async with newsroom() as room, telegram() as chat:
        config = write_config(tmp_path, chat.server.url, room.url)
        async with running(config, program=("-c", LOADS_FOR_EVER)) as bot:
            assert "p0" in (await next_post(chat)).content.text
            chat.server.standin.say("/status", chat_id=CHANNEL)
            question, answer = await next_post(chat), await next_post(chat)
            assert question.content.text == "/status"
            assert "Tarn Valley: no step known" in answer.content.text
            assert "Coverage: 0 of 1 feeds read in the last hour" in answer.content.text
            send(bot.process, signal.SIGINT)
            # Nobody waits for the model: it would never come.
            assert await bot.end(10) == 0, bot.said
    assert '"event": "stopped"' in bot.said
    assert "stopped_short" not in bot.said
    assert "Traceback" not in bot.said
    assert rows(tmp_path, "SELECT state FROM outbox") == [("sent",)]
    assert_no_token(tmp_path, bot.said)


async def test_a_killed_process_posts_what_waits_in_its_next_life_and_nothing_twice(
    tmp_path: Path,
) -> None:
    async with newsroom() as room, telegram() as chat:
        config = write_config(tmp_path, chat.server.url, room.url)
        for steps, mark in ((1, "p0"), (2, "p1")):
            await queue(tmp_path, steps)
            async with running(config, program=("-c", LOADS_FOR_EVER)) as bot:
                assert mark in (await next_post(chat)).content.text
                await bot.line('"event": "delivery_sent"')
                send(bot.process, signal.SIGKILL)
        assert chat.sent() == ["sendMessage", "sendMessage"]
    assert rows(tmp_path, "SELECT state FROM outbox") == [("sent",), ("sent",)]


async def test_a_model_that_cannot_be_loaded_ends_the_run_with_its_reason(tmp_path: Path) -> None:
    await queue(tmp_path, steps=1)
    async with newsroom() as room, telegram() as chat:
        config = write_config(tmp_path, chat.server.url, room.url)
        words = config.read_text(encoding="utf-8").replace("model: {", "model: {path: ./none, ")
        config.write_text(words, encoding="utf-8")
        async with running(config) as bot:
            assert await bot.end(PATIENCE) == 2
    assert "none: no such folder; set model.path to a folder that holds config.json" in bot.said
    assert "Traceback" not in bot.said
    assert "was never retrieved" not in bot.said
    assert_no_token(tmp_path, bot.said)
