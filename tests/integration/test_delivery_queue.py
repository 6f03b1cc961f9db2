"""What leaves when, and as what: order, urgency, topics, bursts, late and withdrawn posts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from delivery_bench import CHANNEL, OPS, OTHER, START, Bench, open_bench

from bot.delivery.governor import TELEGRAM_LIMITS
from bot.delivery.settle import SettlePolicy
from bot.preview import faults
from bot.store.routes import Route
from bot.store.sql import SqlStore
from bot.types import Action, ActionKind, Change, Status

FORUM = -1001000000005


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with open_bench() as opened:
        opened.server.standin.add_chat(FORUM, "Forum", topics=(7, 8))
        yield opened


def action(kind: ActionKind, text: str, revision: int = 0, **fields: object) -> Action:
    return Action(
        **{
            "at": START,
            "action": kind,
            "alert_id": "TL-000001",
            "event_id": "e1",
            "conflict": "k",
            "kind": "casualty",
            "reason": "update",
            "status_before": Status.NONE,
            "status_after": Status.NONE,
            "entry_ids": (),
            "claims": (),
            "silent": False,
            "revision": revision,
            "text": text,
            **fields,
        }
    )


async def decide(bench: Bench, *actions: Action, routes: tuple[Route, ...] = ()) -> None:
    bench.outbox._routes = routes or (Route(chat_id=CHANNEL),)
    await bench.outbox.save_changes([Change(entry=None, decision=None, actions=actions)])


def texts(bench: Bench, chat_id: int = CHANNEL) -> list[str]:
    return [text for _, _, text in bench.accepted(chat_id)]


async def test_two_topics_of_one_group_both_get_the_post_and_its_edits(bench: Bench) -> None:
    both = (Route(chat_id=FORUM, thread_id=7), Route(chat_id=FORUM, thread_id=8))
    await decide(bench, action(ActionKind.POST, "First"), routes=both)
    await bench.deliver()
    await bench.deliver()
    await decide(bench, action(ActionKind.EDIT, "Second", 1), routes=both)
    await bench.deliver()
    await bench.deliver()
    shown = bench.server.standin.shown(FORUM)
    assert [(p.thread_id, p.text, p.edits) for p in shown] == [
        (7, "Second", ("First",)),
        (8, "Second", ("First",)),
    ]


async def test_a_closed_topic_keeps_its_posts_and_stops_no_other(bench: Bench) -> None:
    bench.server.standin.close_topic(FORUM, 7)
    kept = bench.outbox.add("Kept", chat_id=FORUM, thread_id=7)
    bench.outbox.add("Goes", chat_id=FORUM, thread_id=8)
    await bench.deliver()
    await bench.deliver()
    assert (bench.outbox.state(kept), texts(bench, FORUM)) == (
        ("pending", "topic_closed"),
        ["Goes"],
    )
    bench.server.standin.reopen_topic(FORUM, 7)
    await bench.deliver(timedelta(hours=1, minutes=1))
    assert texts(bench, FORUM)[1].endswith("Kept")


async def test_the_general_topic_is_named_by_leaving_it_out(bench: Bench) -> None:
    bench.outbox.add("Text", chat_id=FORUM, thread_id=1)
    await bench.deliver()
    assert texts(bench, FORUM) == ["Text"]


async def test_a_post_held_back_for_a_second_origin_holds_up_nobody(bench: Bench) -> None:
    bench.outbox.add("Held", not_before=START + timedelta(minutes=15))
    bench.outbox.add("Next")
    await bench.deliver()
    assert texts(bench) == ["Next"]
    await bench.deliver(timedelta(minutes=16))
    # It is as new as it was meant to be, so it is not called late.
    assert texts(bench) == ["Next", "Held"]


async def test_a_correction_overtakes_news_but_not_its_own_alert(bench: Bench) -> None:
    for number in range(3):
        bench.outbox.add(f"News {number}")
    own = {"alert_id": "TL-9"}
    bench.outbox.add("Post", **own)
    bench.outbox.add("Correction", kind="correction", **own)
    for _ in range(5):
        await bench.deliver()
    assert texts(bench) == ["Post", "Correction", "News 0", "News 1", "News 2"]


async def test_a_correction_of_the_outlet_is_queued_as_one(bench: Bench) -> None:
    post = action(ActionKind.POST, "Post")
    await decide(bench, post)
    await bench.deliver()
    edit = action(ActionKind.EDIT, "Corrected", 1, reason="correction")
    answer = action(ActionKind.REPLY, "It was 12", 1, reason="correction")
    await decide(bench, edit, answer)
    assert [row.kind for row in bench.outbox.rows.values()] == ["new", "edit", "correction"]
    await bench.deliver()
    await bench.deliver()
    shown = bench.server.standin.shown(CHANNEL)
    assert [(p.text, p.reply_to, p.silent) for p in shown] == [
        ("Corrected", None, False),
        ("It was 12", 1, False),
    ]


async def test_words_that_change_at_the_last_moment_are_the_ones_that_leave(bench: Bench) -> None:
    await decide(bench, action(ActionKind.POST, "Old"))
    (row,) = await bench.outbox.due_rows(bench.clock.now(), 10)
    await decide(bench, action(ActionKind.EDIT, "New", 1))
    await bench.sender._carrier.deliver(row)
    assert texts(bench) == ["New"]


async def test_a_post_that_may_stand_already_keeps_its_words_and_is_edited(bench: Bench) -> None:
    bench.server.faults.script("sendMessage", faults.CLOSE.after())
    await decide(bench, action(ActionKind.POST, "Old"))
    await bench.deliver()
    await decide(bench, action(ActionKind.EDIT, "New", 1))
    assert [row.text for row in bench.outbox.rows.values()] == ["Old", "New"]


async def test_a_post_withdrawn_before_it_left_is_never_posted(bench: Bench) -> None:
    await decide(bench, action(ActionKind.POST, "Post"))
    await decide(
        bench, action(ActionKind.EDIT, "Struck", 1), action(ActionKind.RETRACT, "Withdrawn", 1)
    )
    await bench.deliver()
    (row,) = bench.outbox.rows.values()
    assert (bench.calls(), bench.outbox.state(row)) == ([], ("dead", "withdrawn_before_posting"))
    # Where the report comes back, its post does too.
    await decide(bench, action(ActionKind.EDIT, "Reported again", 2))
    await bench.deliver()
    assert texts(bench) == ["Reported again"]


async def test_a_post_withdrawn_after_it_left_is_answered(bench: Bench) -> None:
    await decide(bench, action(ActionKind.POST, "Post"))
    await bench.deliver()
    await decide(
        bench, action(ActionKind.EDIT, "Struck", 1), action(ActionKind.RETRACT, "Withdrawn", 1)
    )
    await bench.deliver()
    await bench.deliver()
    shown = bench.server.standin.shown(CHANNEL)
    assert [(p.text, p.reply_to) for p in shown] == [("Struck", None), ("Withdrawn", 1)]


async def test_after_an_outage_posts_say_that_they_are_late_and_edits_do_not(bench: Bench) -> None:
    bench.outbox.add("<b>Post</b>\nTL-1", alert_id="TL-1")
    bench.outbox.add("Second\nTL-2", alert_id="TL-2")
    await bench.deliver(timedelta(hours=8, minutes=5))
    await bench.deliver()
    late = "Delayed: reported 10 Mar 06:00 UTC, posted late\n"
    assert texts(bench) == [f"{late}Post\nTL-1", f"{late}Second\nTL-2"]
    bench.outbox.add("Edited\nTL-1", alert_id="TL-1", kind="edit")
    await bench.deliver()
    assert texts(bench)[2] == "Edited\nTL-1"


async def test_a_late_post_of_unknown_fate_is_known_again_by_its_words() -> None:
    async with open_bench(policy=SettlePolicy(ops_chat=OPS)) as bench:
        bench.outbox.add("Before\nTL-0")
        await bench.deliver()
        bench.server.faults.script("sendMessage", faults.RESET.after())
        row = bench.outbox.add('<b>Post</b> <a href="https://e.org/x">A</a>\nTL-1', alert_id="TL-1")
        await bench.deliver(timedelta(hours=1))
        await bench.deliver(timedelta(seconds=20))
        assert bench.outbox.rows[row.id].message_id == 2
        assert len(texts(bench)) == 2


async def test_what_is_two_days_old_is_no_news(bench: Bench) -> None:
    row = bench.outbox.add("Post")
    await bench.deliver(timedelta(hours=49))
    assert (bench.calls(), bench.outbox.state(row)) == ([], ("dead", "expired"))


async def test_a_burst_of_answers_becomes_one_digest_under_the_post(bench: Bench) -> None:
    own = {"alert_id": "TL-1"}
    bench.outbox.add("Post\nTL-1", **own)
    await bench.deliver()
    for number in range(4):
        text, silent = f"<b>Denied</b> {number}\nTL-1", number != 2
        bench.outbox.add(text, kind="reply", silent=silent, **own)
    bench.outbox.add("Other\nTL-2", alert_id="TL-2")
    for _ in range(4):
        await bench.deliver()
    shown = bench.server.standin.shown(CHANNEL)
    digest = "\n\n".join(f"Denied {number}" for number in range(4)) + "\n\nTL-1"
    assert [(p.text, p.reply_to, p.silent) for p in shown] == [
        ("Post\nTL-1", None, False),
        (digest, 1, False),
        ("Other\nTL-2", None, False),
    ]
    bench.outbox.add("Post again\nTL-1", kind="edit", **own)
    await bench.deliver()
    assert texts(bench)[3] == "Post again\nTL-1"
    assert bench.server.standin.shown(CHANNEL)[0].text == "Post again\nTL-1"


async def test_a_post_that_may_not_be_edited_is_answered_silently(bench: Bench) -> None:
    own = {"alert_id": "TL-1"}
    bench.outbox.add("One\nTL-1", **own)
    await bench.deliver()
    bench.server.standin.deny(CHANNEL, "edit")
    for words in ("Two\nTL-1", "Three\nTL-1"):
        bench.outbox.add(words, kind="edit", **own)
        await bench.deliver()
    shown = bench.server.standin.shown(CHANNEL)
    assert [(p.text, p.reply_to, p.silent) for p in shown] == [
        ("One\nTL-1", None, False),
        ("Two\nTL-1", 1, True),
        ("Three\nTL-1", 2, True),
    ]


async def test_a_group_that_moved_gets_what_is_decided_later_too(bench: Bench) -> None:
    bench.server.standin.add_chat(-500, "Group")
    bench.server.standin.migrate_chat(-500, -1001000000500)
    routes = (Route(chat_id=-500),)
    await decide(bench, action(ActionKind.POST, "One"), routes=routes)
    await bench.deliver()
    await bench.deliver()
    later = replace(action(ActionKind.POST, "Two"), alert_id="TL-000002", event_id="e2")
    await decide(bench, later, routes=routes)
    await bench.deliver()
    assert texts(bench, -1001000000500) == ["One", "Two"]
    assert [c.chat_id for c in bench.server.ledger.calls_of("sendMessage")] == [
        -500,
        -1001000000500,
        -1001000000500,
    ]


async def test_a_wait_survives_a_restart_even_for_what_would_overtake(bench: Bench) -> None:
    bench.server.faults.script("sendMessage", faults.too_many_requests(209))
    bench.outbox.add("News")
    await bench.deliver()
    bench.outbox.add("Correction", kind="correction", alert_id="TL-9")
    bench.outbox.add("Elsewhere", chat_id=OTHER)
    bench.sender = bench.new_sender(SettlePolicy())
    await bench.deliver(timedelta(seconds=208))
    assert (texts(bench), texts(bench, OTHER)) == ([], ["Elsewhere"])
    await bench.deliver(timedelta(seconds=1))
    await bench.deliver()
    assert texts(bench) == ["Correction", "News"]


async def test_a_restart_does_not_forget_what_left_in_the_last_minute(bench: Bench) -> None:
    sender = bench.new_sender(SettlePolicy(), TELEGRAM_LIMITS)
    bench.sender = sender
    for number in range(22):
        bench.outbox.add(f"Text {number}")
    for _ in range(19):
        await bench.deliver(timedelta(seconds=1))
    bench.sender = bench.new_sender(SettlePolicy(), TELEGRAM_LIMITS)
    await bench.deliver(timedelta(seconds=1))
    report = await bench.deliver(timedelta(seconds=1))
    assert (len(texts(bench)), report.next_in) == (20, timedelta(seconds=40))


async def test_a_database_of_the_first_version_keeps_everything(tmp_path: Path) -> None:
    import sqlite3

    import alembic.command
    import alembic.config
    from sqlalchemy import create_engine

    from bot.store.engine import MIGRATIONS

    file = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config = alembic.config.Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "0001")
    engine.dispose()
    with sqlite3.connect(file) as old:
        values = "VALUES (1, ?, ?, 'TL-000001', 'e', 0, 'new', 'Text', 0, 'sent', 1, ?, 5)"
        columns = "id, chat_id, thread_id, alert_id, event_id, revision, kind, text, silent, state"
        old.execute(
            f"INSERT INTO outbox ({columns}, attempts, created_at, message_id) {values}",
            (FORUM, 7, "2026-03-10 06:00:00.000000"),
        )
        old.execute(
            "INSERT INTO message VALUES (?, 5, 'TL-000001', 'new', '2026-03-10 06:00:00.000000')",
            (FORUM,),
        )
    old.close()
    store = await SqlStore.open(f"sqlite:///{file}", (Route(chat_id=FORUM, thread_id=8),))
    assert await store.message_of(FORUM, "TL-000001", 7) == 5
    assert await store.message_of(FORUM, "TL-000001", 8) is None
    await store.save_changes(
        [Change(entry=None, decision=None, actions=(action(ActionKind.POST, "Text"),))]
    )
    assert await store.open_rows() == 1
    await store.aclose()


@pytest.mark.parametrize("kind", ["edit", "new"])
async def test_a_message_that_always_fails_holds_up_its_chat_only_for_a_while(kind: str) -> None:
    """What the server cannot digest is tried for long, but others pass it by."""
    async with open_bench(policy=SettlePolicy(ops_chat=OPS)) as bench:
        own = {"alert_id": "TL-1"}
        if kind == "edit":
            bench.outbox.add("Post\nTL-1", **own)
            await bench.deliver()
        bench.outbox.add("Poison\nTL-1", kind=kind, **own)
        bench.outbox.add("Answer\nTL-1", kind="reply", **own)
        for number in range(3):
            bench.outbox.add(f"Next {number}\nTL-2", alert_id="TL-2", kind="new", revision=number)
        poisoned = faults.html_page(500)
        method = "editMessageText" if kind == "edit" else "sendMessage"
        bench.server.faults.strike(poisoned, method=method, nth=range(1, 8))
        for _ in range(80):
            await bench.deliver(timedelta(seconds=8))
        left = [text.rpartition("\n")[0] for text in texts(bench)]
        left = [text for text in left if text != "Post"]
        assert sorted(left) == ["Answer", "Next 0", "Next 1", "Next 2", "Poison"]
        # Its own alert keeps its order, and so do the others among themselves.
        assert left.index("Poison") < left.index("Answer")
        assert [text for text in left if text.startswith("Next")] == ["Next 0", "Next 1", "Next 2"]
        assert left.index("Next 0") < left.index("Poison")


async def test_nothing_of_an_alert_overtakes_its_post_in_doubt_and_other_alerts_do() -> None:
    async with open_bench(policy=SettlePolicy(on_uncertain="hold")) as bench:
        own = {"alert_id": "TL-1"}
        bench.server.faults.script("sendMessage", faults.CLOSE)
        post = bench.outbox.add("Post\nTL-1", **own)
        bench.outbox.add("Answer\nTL-1", kind="reply", **own)
        bench.outbox.add("Edited\nTL-1", kind="edit", **own)
        bench.outbox.add("Corrected\nTL-1", kind="correction", **own)
        bench.outbox.add("Other 1\nTL-2", alert_id="TL-2")
        bench.outbox.add("Other 2\nTL-3", alert_id="TL-3")
        await bench.deliver()
        # While it is looked for, the chat waits; from when a human is asked, others may pass.
        assert await _names(bench) == []
        await bench.deliver(timedelta(seconds=16))
        bench.sender = bench.new_sender(SettlePolicy(on_uncertain="hold"))
        for _ in range(9):
            await bench.deliver(timedelta(seconds=20))
        assert await _names(bench) == ["Other 1", "Other 2"]
        assert bench.outbox.state(post)[0] == "uncertain"
        await bench.outbox.settle_for_again(post.id, START)
        for _ in range(5):
            await bench.deliver()
        # A post is edited before it is answered only where that was decided so.
        assert await _names(bench) == [
            *("Other 1", "Other 2", "Post", "Answer", "Edited", "Corrected")
        ]


async def _names(bench: Bench) -> list[str]:
    return [text.partition("\n")[0] for text in texts(bench)]


async def test_posts_of_a_chat_leave_in_the_order_of_decisions_corrections_first(
    bench: Bench,
) -> None:
    """The whole rule at once; docs/operate.md states it."""
    bench.outbox.add("A\nTL-1", alert_id="TL-1")
    bench.outbox.add("B\nTL-2", alert_id="TL-2")
    bench.outbox.add("A answered\nTL-1", alert_id="TL-1", kind="reply")
    bench.outbox.add("C\nTL-3", alert_id="TL-3")
    bench.outbox.add("D held back\nTL-4", alert_id="TL-4", not_before=START + timedelta(hours=1))
    bench.outbox.add("C withdrawn\nTL-3", alert_id="TL-3", kind="cancel")
    bench.outbox.add("E\nTL-5", alert_id="TL-5")
    for _ in range(7):
        await bench.deliver()
    assert await _names(bench) == ["C", "C withdrawn", "A", "B", "A answered", "E"]


async def test_answers_that_became_one_are_not_written_over_where_their_post_is_gone(
    bench: Bench,
) -> None:
    """In the new home of a group the post of an alert does not stand; its next edit starts anew."""
    bench.server.standin.add_chat(-500, "Group")
    own = {"alert_id": "TL-1", "chat_id": -500}
    bench.outbox.add("Post\nTL-1", **own)
    await bench.deliver()
    bench.server.standin.migrate_chat(-500, -1001000000500)
    for number in range(3):
        bench.outbox.add(f"Answer {number}\nTL-1", kind="reply", **own)
    bench.outbox.add("Edited\nTL-1", kind="edit", **own)
    for _ in range(5):
        await bench.deliver()
    shown = bench.server.standin.shown(-1001000000500)
    assert [(p.text, p.edits) for p in shown] == [
        ("Answer 0\n\nAnswer 1\n\nAnswer 2\n\nTL-1", ()),
        ("Edited\nTL-1", ()),
    ]


async def test_answers_that_became_one_still_overtake_where_one_of_them_corrects(
    bench: Bench,
) -> None:
    own = {"alert_id": "TL-1"}
    bench.outbox.add("Post\nTL-1", **own)
    await bench.deliver()
    bench.outbox.add("Other\nTL-2", alert_id="TL-2")
    for number, kind in enumerate(("reply", "reply", "correction")):
        bench.outbox.add(f"Answer {number}\nTL-1", kind=kind, **own)
    bench.server.faults.script("sendMessage", faults.too_many_requests(30))
    await bench.deliver()
    assert bench.outbox.rows[3].text.startswith("Answer 0\n\nAnswer 1\n\nAnswer 2")
    await bench.deliver(timedelta(seconds=31))
    await bench.deliver()
    assert await _names(bench) == ["Post", "Answer 0", "Other"]
