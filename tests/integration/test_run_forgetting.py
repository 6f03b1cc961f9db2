"""What does not stay: entries that no feed will bring back, and the token in a traceback."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import VirtualClock
from bot.config import FetchSection, PolicySection
from bot.feeds.fetch import HttpFeedFetcher
from bot.judge import NoModel
from bot.outlets import load_outlets
from bot.pipeline import Pipeline
from bot.store.sql import REMEMBERED, SqlStore
from bot.types import Change, Entry
from bot.worker import Worker

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 10, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECRET = "AAtoken-of-the-traceback-tests-that-nobody-may-see"


def seen(at: datetime) -> Entry:
    name = f"{at:%Y%m%d%H}"
    return Entry(
        id=name,
        fetched_at=at,
        published_at=None,
        outlet="x",
        outlet_name="X",
        feed="",
        url=f"https://news.example.org/{name}",
        guid=name,
        title=f"A headline long enough to tell this entry, {name}, from any other one",
    )


async def test_entries_are_forgotten_once_a_day(tmp_path: Path) -> None:
    store = await SqlStore.open(f"sqlite:///{tmp_path}/news.db", ())
    old, older, fresh = seen(NOW - REMEMBERED + HOUR), seen(NOW - REMEMBERED - HOUR), seen(NOW)
    for entry in (old, older, fresh):
        await store.save_changes([Change(entry=entry, decision=None)])
    clock, policy = VirtualClock(NOW), PolicySection()
    pipeline = Pipeline(store=store, packs=(), outlets=load_outlets(), thresholds={}, policy=policy)
    fetcher = HttpFeedFetcher(
        fetch=FetchSection(), allow_private_hosts=False, poll_interval=HOUR, clock=clock
    )
    with ThreadPoolExecutor(1) as inference:
        worker = Worker(
            feeds=(),
            fetcher=fetcher,
            classifier=NoModel(),
            inference=inference,
            store=store,
            pipeline=pipeline,
            packs=(),
            policy=policy,
            clock=clock,
        )
        left = []
        for hours in (0, 2, 25):
            clock.set(NOW + hours * HOUR)
            await worker.run_cycle()
            left.append({entry.id for entry in await store.entries_since(NOW - 2 * REMEMBERED)})
    assert left == [{old.id, fresh.id}, {old.id, fresh.id}, {fresh.id}]
    await fetcher.aclose()
    await store.aclose()


@pytest.mark.parametrize("where", ["here()", "t = Thread(target=here); t.start(); t.join()"])
def test_a_traceback_that_nobody_catches_shows_no_token(where: str) -> None:
    code = f"""
import sys
from threading import Thread
import bot.check
from bot.cli import main

def here():
    raise RuntimeError("https://api.telegram.org/bot4242:{SECRET}/sendMessage")

def broken(*arguments):
    {where}
    return 0

bot.check.check_settings = broken
sys.exit(main(["check"]))
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "RuntimeError: https://api.telegram.org/bot[token]/sendMessage" in ended.stderr
    assert 'raise RuntimeError("https' in ended.stderr or "in here" in ended.stderr
    assert SECRET not in ended.stderr + ended.stdout
