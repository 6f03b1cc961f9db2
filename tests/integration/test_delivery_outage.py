"""A day without Telegram: alerts are made, edited, answered, corrected and withdrawn meanwhile.

The real store and the real sender against the stand-in, on a virtual clock. For the first half of
the day nobody listens at Telegram's address, for the second a proxy answers in its place.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

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
POLICY = SettlePolicy(ops_chat=OPS)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
#: Decisions in all, of which the first few are posted before the outage.
STEPS, BEFORE = 150, 12


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


async def calls_of_some_minutes(bench: Bench) -> Counter[int]:
    """Return how many calls each chat got in ten minutes of a sender that looks every second."""
    calls: Counter[int] = Counter()
    for _ in range(600):
        left, noted = len(bench.outbox.log), len(bench.server.ledger.calls)
        await bench.deliver(SECOND)
        rows = bench.outbox.rows
        calls += Counter(rows[row].chat_id for kind, row in bench.outbox.log[left:])
        seen = bench.server.ledger.calls[noted:]
        calls += Counter(c.params["from_chat_id"] for c in seen if c.method == "forwardMessage")
    return calls


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

        port = int(bench.server.url.rpartition(":")[2])
        await bench.server.stop()
        pause = 24 * HOUR / (STEPS - BEFORE)
        for number, step in enumerate(steps[BEFORE:], BEFORE):
            if number == (STEPS + BEFORE) // 2:
                assert max((await calls_of_some_minutes(bench)).values()) <= 10
                await bench.server.start(port=port)
                bench.server.faults.strike(faults.html_page(502))
                # A restart changes nothing.
                bench.sender = bench.new_sender(POLICY, TELEGRAM_LIMITS)
            await decide(bench, step)
            await bench.deliver(pause)
        assert max((await calls_of_some_minutes(bench)).values()) <= 10
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
        assert verdict.posts > 100
        _assert_late_posts_say_so(bench, steps, before)
        # As fast as is permitted, and no faster.
        sent = Counter(c.chat_id for c in bench.server.ledger.calls_of("sendMessage"))
        assert not [c for c in bench.server.ledger.calls if c.status == 429]
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
    assert late > 80
