"""A crash at any statement of any transaction leaves the state that no crash would have left.

Real SQLite files, the real pipeline; the crash is an exception in the driver at the n-th statement,
after which everything in memory is thrown away and read back from the file.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from bot.config import PolicySection
from bot.lines import EntryLine, read_lines
from bot.outlets import load_outlets
from bot.packs import Pack, load_pack
from bot.pipeline import JudgedEntry, Pipeline, judge_entries
from bot.replay import replay_order
from bot.store.routes import Route
from bot.store.sql import SqlStore
from bot.types import Entry
from models.cues import CueClassifier
from models.label_set import load_label_set

SCENARIO = Path(__file__).parents[1] / "scenarios" / "sudan-2023"
ENTRIES = 26
ROUTES = (Route(chat_id=-100, conflicts=("all",), kinds=("all",)),)
CLASSIFIER = CueClassifier(load_label_set())


class Killed(Exception):
    """Stands for the process that is no more."""


def entries() -> list[Entry]:
    lines = (SCENARIO / "entries.jsonl").read_text(encoding="utf-8").splitlines()[:ENTRIES]
    plain = [{k: v for k, v in json.loads(line).items() if k != "note"} for line in lines]
    stream = io.BytesIO("".join(json.dumps(row) + "\n" for row in plain).encode())
    return replay_order(line.entry() for line in read_lines(stream, EntryLine, "entries"))


def pack(folder: Path) -> Pack:
    expected = json.loads((SCENARIO / "expected.json").read_text(encoding="utf-8"))
    file = folder / "pack.json"
    file.write_text(json.dumps(expected["conflict_pack"]), encoding="utf-8")
    return load_pack(file)


JUDGED = judge_entries(entries(), CLASSIFIER)


async def run(folder: Path, name: str, kill_at: int | None) -> tuple[dict[str, Any], int, bool]:
    """Take every entry; die once at the `kill_at`-th statement. Return tables, statements, died."""
    statements = 0
    died = False
    place = 0
    while place < len(JUDGED):
        store = await SqlStore.open(f"sqlite:///{folder / name}", ROUTES)

        def count(*_: Any) -> None:
            nonlocal statements
            statements += 1
            if kill_at is not None and statements == kill_at:
                raise Killed

        engine = store._engine.sync_engine  # where the driver can be stopped
        event.listen(engine, "before_cursor_execute", count)
        event.listen(engine, "commit", count)
        try:
            pipeline = _pipeline(store, pack(folder))
            await pipeline.load(JUDGED[place].entry.fetched_at)
            while place < len(JUDGED):
                await _take(JUDGED[place], pipeline, store)
                place += 1
        except Killed:
            died = True
        finally:
            event.remove(engine, "before_cursor_execute", count)
            event.remove(engine, "commit", count)
            await store.aclose()
    return tables(folder / name), statements, died


def _pipeline(store: SqlStore, known: Pack) -> Pipeline:
    return Pipeline(
        store=store,
        packs=[known],
        outlets=load_outlets(),
        thresholds=dict(CLASSIFIER.thresholds),
        policy=PolicySection(),
    )


async def _take(judged: JudgedEntry, pipeline: Pipeline, store: SqlStore) -> None:
    at: datetime = judged.entry.fetched_at
    await pipeline.tick(at, lambda moment: None)
    previous = await store.known_entry(judged.entry)
    same = previous is not None and (previous.title, previous.summary, previous.text) == (
        judged.entry.title,
        judged.entry.summary,
        judged.entry.text,
    )
    if not same:
        await pipeline.decide(judged, previous=previous, first_poll=False, now=at)


def tables(file: Path) -> dict[str, Any]:
    """Return every row of every table; numbers that the database gives out stay out."""
    with sqlite3.connect(file) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if row[0] != "alembic_version" and not row[0].startswith("sqlite_")
        ]
        return {name: _rows(connection, name) for name in names}


def _rows(connection: sqlite3.Connection, name: str) -> list[str]:
    return sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))  # noqa: S608 - our own


WHOLE: dict[str, Any] = {}
#: The same example may run again; every run has a file of its own.
NUMBERS = itertools.count()


def whole(folder: Path) -> tuple[dict[str, Any], int]:
    if not WHOLE:
        rows, statements, _ = asyncio.run(run(folder, "whole.db", None))
        WHOLE.update(rows=rows, statements=statements)
    return WHOLE["rows"], WHOLE["statements"]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(share=st.floats(0.001, 0.999))
def test_a_crash_at_any_statement_changes_nothing_in_the_end(share: float, tmp_path: Path) -> None:
    expected, statements = whole(tmp_path)
    assert expected["event"], "the entries tell of nothing, so nothing would be tested"
    found, _, died = asyncio.run(
        run(tmp_path, f"{next(NUMBERS)}.db", max(1, int(share * statements)))
    )
    assert died
    assert found == expected
