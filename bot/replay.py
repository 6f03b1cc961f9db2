"""Contract 3: recorded entries through the whole pipeline on a virtual clock.

The store is empty and in memory, nothing is sent; what would have been sent is yielded. The
order of entries is the file's; the same input and configuration give the same output.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime
from itertools import islice

from bot.clock import VirtualClock
from bot.config import PolicySection
from bot.outlets import load_outlets
from bot.packs import Pack
from bot.pipeline import JudgedEntry, Pipeline, judge_entries
from bot.ports import Classifier, Store
from bot.types import Change, Decision, Entry, Relation

#: Entries scored together; scores do not depend on state, so they may run ahead of the clock.
JUDGED_AT_ONCE = 128


async def replay_entries(
    entries: Iterable[Entry],
    *,
    packs: Sequence[Pack],
    classifier: Classifier,
    thresholds: dict[str, float],
    policy: PolicySection,
    store: Store,
    on_progress: Callable[[int], None] = lambda done: None,
) -> AsyncIterator[Change]:
    """Yield the changes that the entries, and the clock between them, cause."""
    pipeline = Pipeline(
        store=store, packs=packs, outlets=load_outlets(), thresholds=thresholds, policy=policy
    )
    clock: VirtualClock | None = None
    stream, done = iter(entries), 0
    while batch := list(islice(stream, JUDGED_AT_ONCE)):
        for judged in judge_entries(batch, classifier):
            at = judged.entry.fetched_at
            if clock is None:
                clock = VirtualClock(at)
                await pipeline.load(at)
            for change in await pipeline.tick(max(at, clock.now()), clock.set):
                yield change
            clock.set(max(at, clock.now()))
            for change in await _take(judged, pipeline, store, clock):
                yield change
        done += len(batch)
        on_progress(done)


async def _take(
    judged: JudgedEntry, pipeline: Pipeline, store: Store, clock: VirtualClock
) -> tuple[Change, ...]:
    previous = await store.known_entry(judged.entry)
    if previous is not None and _same_words(previous, judged.entry):
        return (_repeat(judged.entry, previous, clock.now()),)
    return await pipeline.decide(judged, previous=previous, first_poll=False, now=clock.now())


def _repeat(entry: Entry, previous: Entry, now: datetime) -> Change:
    """Say why nothing comes of it; the worker, which meets them at every poll, is silent."""
    decision = Decision(
        entry_id=entry.id,
        at=now,
        relation=Relation.REPEAT,
        reason="repeat",
        details={"of": previous.id},
    )
    return Change(entry=entry, decision=decision)


def _same_words(a: Entry, b: Entry) -> bool:
    return (a.title, a.summary, a.text) == (b.title, b.summary, b.text)


def replay_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries in order of `fetched_at`; ties keep the file's order."""
    return sorted(entries, key=lambda entry: entry.fetched_at)
