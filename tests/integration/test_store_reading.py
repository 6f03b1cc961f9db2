"""Reading what the bot stored, on a real SQLite file and a real PostgreSQL; nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import inspect
from test_store import NOW, change, postgres, url  # noqa: F401 - fixtures

from bot.errors import StoreError
from bot.store.engine import open_engine
from bot.store.sql import SqlStore
from bot.types import Change, Entry


def fetched(number: int, hours: int) -> tuple[Change, Entry]:
    made = change(number)
    assert made.entry is not None
    entry = replace(made.entry, fetched_at=NOW + timedelta(hours=hours))
    return replace(made, entry=entry), entry


async def test_entries_are_read_by_the_time_of_their_fetch(url: str) -> None:  # noqa: F811
    store = await SqlStore.open(url, ())
    assert await store.newest_entry_at() is None
    assert await store.entries_since(NOW) == ()
    (late, b), (early, a), (later, c) = fetched(2, 5), fetched(1, 0), fetched(3, 6)
    await store.save_changes([late, early, later])
    await store.aclose()
    reader = await SqlStore.open_existing(url)
    assert await reader.newest_entry_at() == NOW + timedelta(hours=6)
    assert await reader.entries_since(NOW) == (a, b, c)
    assert await reader.entries_since(NOW + timedelta(hours=5)) == (b, c)
    assert await reader.entries_since(NOW + timedelta(hours=7)) == ()
    await reader.aclose()


async def test_a_database_without_the_bots_tables_is_named_and_left_alone(
    url: str,  # noqa: F811
) -> None:
    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("CREATE TABLE other (id INTEGER)")
    with pytest.raises(StoreError, match=r"^database: .*: holds nothing yet; let the bot run"):
        await SqlStore.open_existing(url)
    async with engine.connect() as connection:
        tables = await connection.run_sync(lambda c: inspect(c).get_table_names())
    await engine.dispose()
    assert tables == ["other"]
