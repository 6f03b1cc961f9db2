"""A day without Telegram: alerts are made, edited, answered, corrected and withdrawn meanwhile.

The real store and the real sender against the stand-in, on a virtual clock. For the first half of
the day a proxy answers in Telegram's place, for the second nobody listens at its address.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from delivery_bench import CHANNEL, OPS, OTHER, Bench, open_bench

from bot.delivery.governor import TELEGRAM_LIMITS
from bot.delivery.settle import SettlePolicy
from bot.preview import faults
from bot.store.routes import Route
from bot.types import ActionKind
from tests.torture.story import Step, Verdict, judge, tell

FORUM = -1001000000005
PLACES = (
    Route(chat_id=CHANNEL),
    Route(chat_id=OTHER),
    Route(chat_id=FORUM, thread_id=7),
    Route(chat_id=FORUM, thread_id=8),
)
CHATS = 3
POLICY = SettlePolicy(ops_chat=OPS)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
#: Decisions in all, of which the first few are posted before the outage.
STEPS, BEFORE = 50, 14


async def decide(bench: Bench, step: Step) -> None:
    await bench.outbox.save_changes([step.change(bench.clock.now())])


async def post_everything(bench: Bench) -> timedelta:
    """Deliver until nothing waits; return how long that took."""
    began = bench.clock.now()
    while await bench.outbox.open_rows() or await bench.outbox.unsettled_rows():
        report = await bench.deliver()
        assert bench.clock.now() - began < 2 * HOUR, "the backlog does not end"
        wait = report.next_in if report.next_in and not report.rows else SECOND
        bench.clock.set(bench.clock.now() + wait)
    return bench.clock.now() - began


async def calls_a_minute(bench: Bench) -> float:
    """Return how many calls a sender makes that looks every second, whether or not they arrive."""
    calls, minutes = 0, 2

    async def note(request: httpx.Request) -> None:
        nonlocal calls
        calls += 1

    hooks = bench.application.bot.request._client.event_hooks  # type: ignore[attr-defined]
    bench.application.bot.request._client.event_hooks = {**hooks, "request": [note]}  # type: ignore[attr-defined]
    for _ in range(60 * minutes):
        await bench.deliver(SECOND)
    bench.application.bot.request._client.event_hooks = hooks  # type: ignore[attr-defined]
    assert calls >= minutes, "nothing was tried, so nothing was counted"
    return calls / minutes


@pytest.mark.timeout(180)
async def test_after_a_day_without_telegram_every_event_stands_once_as_it_is_now() -> None:
    steps = tell(seed=4, length=STEPS)
    async with open_bench(policy=POLICY, limits=TELEGRAM_LIMITS, flood_limits=True) as bench:
        bench.server.standin.add_chat(FORUM, "Forum", topics=(7, 8))
        bench.outbox._routes = PLACES
        for step in steps[:BEFORE]:
            await decide(bench, step)
        await post_everything(bench)
        before = [set(bench.server.standin.chats[route.chat_id].versions) for route in PLACES]

        # The first of them is of unknown fate, and nobody answers when it is looked for.
        assert steps[BEFORE].kinds == (ActionKind.POST,)
        bench.server.faults.strike(faults.html_page(502))
        pause, port = 24 * HOUR / (STEPS - BEFORE), int(bench.server.url.rpartition(":")[2])
        for number, step in enumerate(steps[BEFORE:], BEFORE):
            if number == (STEPS + BEFORE) // 2:
                assert await calls_a_minute(bench) <= CHATS
                await bench.server.stop()
                # A restart changes nothing.
                bench.sender = bench.new_sender(POLICY, TELEGRAM_LIMITS)
            await decide(bench, step)
            await bench.deliver(pause)
        assert await calls_a_minute(bench) <= CHATS
        await bench.server.start(port=port)
        for route, ids in zip(PLACES, before, strict=True):
            assert set(bench.server.standin.chats[route.chat_id].versions) == ids

        bench.server.faults.clear()
        bench.server.ledger.clear()
        took = await post_everything(bench)

        verdict = Verdict()
        for route in PLACES:
            chat = bench.server.standin.chats[route.chat_id]
            judge(steps, chat, route.thread_id, verdict)
        assert verdict.is_clean, verdict
        assert verdict.posts > 40
        _assert_late_posts_say_so(bench, steps, before)
        # As fast as is permitted, and no faster.
        sent = Counter(c.chat_id for c in bench.server.ledger.calls_of("sendMessage"))
        assert not [c for c in bench.server.ledger.calls if c.status == 429 and c.chat_id != OPS]
        busiest = max(n for chat, n in sent.items() if chat != OPS)
        assert took <= (busiest / 20 + 2) * MINUTE


def _assert_late_posts_say_so(bench: Bench, steps: list[Step], before: list[set[int]]) -> None:
    rows = {(r.chat_id, r.message_id): r for r in bench.outbox.rows.values() if r.kind == "new"}
    withdrawn = {s.alert_id for s in steps if ActionKind.RETRACT in s.kinds}
    unread = {r.alert_id for r in rows.values() if r.error == "withdrawn_before_posting"}
    assert unread
    assert unread <= withdrawn
    late = 0
    for route, ids in zip(PLACES, before, strict=True):
        chat = bench.server.standin.chats[route.chat_id]
        for message_id, versions in chat.versions.items():
            row = rows.get((route.chat_id, message_id))
            if row is None:
                continue
            assert row.alert_id not in unread
            waited = datetime.fromtimestamp(versions[0].date, UTC) - row.created_at
            first = versions[0].content.text.partition("\n")[0]
            heading = f"Delayed: reported {row.created_at:%d %b %H:%M} UTC, posted late"
            assert (first == heading) == (waited > 10 * MINUTE), (row, first)
            late += first == heading
            assert message_id not in ids or first != heading
    assert late > 25
