"""The sample coverage tells its story right: these posts, these follow-ups, and nothing else.

The whole path runs: feeds over HTTP, the real transformer, SQLite, python-telegram-bot against the
local Bot API.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.alerts.render import units
from bot.clock import VirtualClock
from bot.commands.handlers import latest, sources, status, summary, why
from bot.commands.services import Services
from bot.config import PolicySection
from bot.demo.coverage import FOLDER, Coverage, load_coverage
from bot.demo.story import demo_settings, serve_feeds
from bot.feeds.fetch import HttpFeedFetcher
from bot.judge import load_judge
from bot.outlets import load_outlets
from bot.packs import load_pack
from bot.pipeline import Pipeline
from bot.store.routes import Route
from bot.store.sql import SqlStore
from bot.types import Action
from bot.worker import Worker

pytestmark = pytest.mark.model

#: (action, kind, reason, status after, with sound)
EXPECTED = [
    # the shelling of the market, by the ministry's word
    ("post", "casualty", "many_killed", "none", True),
    # the other side denies it: edit and reply
    ("edit", "casualty", "denial", "none", False),
    ("reply", "casualty", "denial", "none", False),
    # the toll rises by the same speaker
    ("edit", "casualty", "update", "none", False),
    # a mediator's proposal, one side's acceptance, the agreement
    ("post", "negotiation", "step_proposed", "proposed", True),
    ("post", "ceasefire", "step_accepted", "announced", True),
    ("post", "ceasefire", "step_agreed", "agreed", True),
    # a party says the same: a second origin
    ("edit", "ceasefire", "corroboration", "agreed", False),
    # the stated hour comes; the clock says no more than that
    ("reply", "ceasefire", "status", "due", False),
    # observers report the start
    ("post", "ceasefire", "step_effective", "in_force", True),
    # talks with day and place
    ("post", "negotiation", "step_talks_announced", "in_force", False),
    # a first breach alleged, and denied
    ("post", "violation", "breach_alleged", "strained", True),
    ("edit", "violation", "denial", "strained", False),
    ("reply", "violation", "denial", "strained", False),
    # the observers' count is an event of its own
    ("post", "violation", "breach_alleged", "strained", False),
    # the outlet corrects its toll
    ("edit", "casualty", "correction", "strained", False),
    ("reply", "casualty", "correction", "strained", True),
    # aid under the terms of the ceasefire belongs to the agreement
    ("edit", "ceasefire", "update", "strained", False),
]


async def tell(coverage: Coverage, folder: Path) -> tuple[list[Action], Services, SqlStore]:
    clock = VirtualClock(coverage.steps()[0])
    actions: list[Action] = []
    async with serve_feeds(coverage, clock) as url:
        settings = demo_settings(coverage, url, "http://127.0.0.1:1", None, folder)
        store = await SqlStore.open(f"sqlite:///{folder}/story.db", routes=[Route(chat_id=-100)])
        judge = load_judge(settings.config)
        pipeline = Pipeline(
            store=store,
            packs=settings.packs,
            outlets=load_outlets(),
            thresholds=judge.thresholds,
            policy=PolicySection(),
        )
        await pipeline.load(clock.now())
        fetcher = HttpFeedFetcher(
            fetch=settings.config.fetch,
            allow_private_hosts=True,
            poll_interval=settings.config.poll_interval,
            clock=clock,
        )
        with ThreadPoolExecutor(1) as inference:
            worker = Worker(
                feeds=settings.feeds(),
                fetcher=fetcher,
                classifier=judge.classifier,
                inference=inference,
                store=store,
                pipeline=pipeline,
                packs=settings.packs,
                policy=PolicySection(),
                clock=clock,
            )
            for step in coverage.steps():
                clock.set(step)
                actions += (await worker.run_cycle()).actions
        await fetcher.aclose()
    services = Services(store=store, settings=settings, clock=clock, started_at=clock.now())
    return actions, services, store


async def test_the_story_comes_out_right_and_can_be_asked_about(tmp_path: Path) -> None:
    actions, services, store = await tell(load_coverage(), tmp_path)
    told = [(a.action.value, a.kind, a.reason, a.status_after.value, not a.silent) for a in actions]
    assert told == EXPECTED

    agreed = next(a for a in actions if a.reason == "step_agreed")
    assert "Halvian Foreign Minister Ingrid Solle" in agreed.text
    assert "Meridian News Agency" in agreed.text
    assert "Start: 11 Mar 15:00 UTC" in agreed.text
    assert "1 origin · 1 outlet" in agreed.text
    accepted = next(a for a in actions if a.reason == "step_accepted")
    assert "ceasefire agreed" not in accepted.text
    corrected = [a for a in actions if a.reason == "correction"][-1]
    assert "<s>" in corrected.text
    assert all(units(a.text) <= 4096 for a in actions)
    assert not any(w in a.text.lower() for a in actions for w in ("confirmed", "truth"))

    assert "strained" in await status(services, [])
    assert "TL-000004" in await summary(services, ["72"])
    assert "Tarn Valley" in await summary(services, ["tarn", "valley", "72"])
    assert "No conflict is called" in await summary(services, ["atlantis"])
    assert "TL-000008" in await latest(services, [])
    assert "Meridian News Agency: read just now" in await sources(services, [])
    reason = await why(services, ["tl-000001"])
    assert "many killed" in reason
    assert "correction" in reason
    assert "Coverage: 8 of 8 feeds" in reason
    assert await store.open_rows() > 0
    await store.aclose()


async def test_a_restart_reads_the_same_state_back(tmp_path: Path) -> None:
    first, _, store = await tell(load_coverage(), tmp_path)
    await store.aclose()
    assert first
    last = load_coverage().steps()[-1]
    store = await SqlStore.open(f"sqlite:///{tmp_path}/story.db", routes=[])
    pipeline = Pipeline(
        store=store,
        packs=[load_pack(FOLDER / "pack.yaml")],
        outlets=load_outlets(),
        thresholds={},
        policy=PolicySection(),
    )
    await pipeline.load(last)
    assert await store.next_alert_number() == 9
    state = await store.load_state("tarn-valley", last.replace(day=1))
    assert state.ceasefire.status.value == "strained"
    assert [e.alert_id for e in state.events] == [f"TL-{n:06d}" for n in range(1, 9)]
    await store.aclose()


def test_the_demo_command_prints_what_was_posted_and_ends() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--exit"],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "8 posts, 10 follow-ups from 25 entries of 8 outlets" in done.stdout
    assert "local-preview-token" not in done.stdout + done.stderr
