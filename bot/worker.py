"""One cycle of the bot; read this first.

due feeds | fetch | parse | unseen entries | article text | sentences | classify | claims |
copy groups | events | ceasefire status | decide | store change + alert + outbox row (one
transaction) | deliver

The worker only orders the stages; each stage lives in its room. A bad feed is a result in the
cycle report; an unexpected error ends the cycle loudly and the next one starts afresh.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.claims.where.names import pack_names
from bot.clock import Clock
from bot.config import PolicySection
from bot.packs import Pack
from bot.pipeline import JudgedEntry, Pipeline, judge_entries
from bot.ports import Classifier, FeedFetcher, FetchedFeed, Store
from bot.types import Action, Change, Entry, Feed, FeedState

log = structlog.get_logger()

#: Entries scored in one go: large enough to fill batches, small enough to show progress.
JUDGED_AT_ONCE = 32
#: How often old entries are forgotten.
FORGET_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleReport:
    """What one cycle did."""

    at: datetime
    feeds: int = 0
    failed: tuple[tuple[str, str], ...] = ()  #: (feed address, named reason)
    unseen: int = 0
    edited: int = 0
    reasons: dict[str, int] = field(default_factory=dict)  #: decisions by named reason
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unseen:
    entry: Entry
    previous: Entry | None
    first_poll: bool


class Worker:
    """Runs cycles over the feeds."""

    def __init__(
        self,
        *,
        feeds: Sequence[Feed],
        fetcher: FeedFetcher,
        classifier: Classifier,
        inference: Executor,
        store: Store,
        pipeline: Pipeline,
        packs: Sequence[Pack],
        policy: PolicySection,
        clock: Clock,
        poll_interval: timedelta = timedelta(0),
        fetch_pages: bool = True,
        on_progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
    ) -> None:
        self._feeds = feeds
        self._fetcher = fetcher
        self._classifier = classifier
        self._inference = inference
        self._store = store
        self._pipeline = pipeline
        self._packs = tuple(packs)
        self._policy = policy
        self._clock = clock
        self._poll_interval = poll_interval
        self._fetch_pages = fetch_pages
        self._on_progress = on_progress
        self._forgot_at: datetime | None = None
        self._turn = asyncio.Lock()

    async def run_cycle(self) -> CycleReport:
        """Poll what is due, decide about what is new, and report."""
        async with self._turn:
            return await self._cycle()

    async def tick(self) -> tuple[Action, ...]:
        """Make the moves that the clock alone causes."""
        async with self._turn:
            changes = await self._pipeline.tick(self._clock.now(), lambda at: None)
            return _actions(changes)

    async def _cycle(self) -> CycleReport:
        began = self._clock.now()
        states = await self._store.feed_states()
        fetched = await self._fetch_due(states, began)
        unseen = await self._unseen(fetched, states)
        changes = list(await self._pipeline.tick(self._clock.now(), lambda at: None))
        for start in range(0, len(unseen), JUDGED_AT_ONCE):
            batch = unseen[start : start + JUDGED_AT_ONCE]
            self._on_progress("reading", start, len(unseen))
            changes += await self._decide(batch)
        # Last, so that a crash in between polls these feeds again and loses nothing.
        for poll in fetched:
            await self._store.save_feed_state(poll.state)
        await self._forget(began)
        return _report(began, fetched, unseen, changes)

    async def _forget(self, now: datetime) -> None:
        if self._forgot_at is None or now - self._forgot_at >= FORGET_EVERY:
            self._forgot_at = now
            if gone := await self._store.prune(now):
                log.info("entries_forgotten", entries=gone)

    async def _fetch_due(self, known: Mapping[str, FeedState], now: datetime) -> list[FetchedFeed]:
        due = [f for f in self._feeds if self._is_due(known.get(f.url), now)]
        polls = [self._fetcher.fetch_feed(feed, known.get(feed.url)) for feed in due]
        fetched: list[FetchedFeed] = []
        for poll in asyncio.as_completed(polls):
            fetched.append(await poll)
            self._on_progress("polling", len(fetched), len(due))
        # Completion order depends on the network; decisions must not.
        return sorted(fetched, key=lambda f: f.feed.url)

    def _is_due(self, state: FeedState | None, now: datetime) -> bool:
        if state is None or state.next_due_at is None:
            return True
        # A poll falls a little after the start of its cycle, so one interval later its feed is
        # not due yet by that little; waiting a whole interval more would halve the polls.
        early = self._poll_interval / 2 if state.failures == 0 else timedelta(0)
        return state.next_due_at <= now + early

    async def _unseen(
        self, fetched: Sequence[FetchedFeed], known: Mapping[str, FeedState]
    ) -> list[_Unseen]:
        found: list[_Unseen] = []
        for poll in fetched:
            first = known.get(poll.feed.url) is None or known[poll.feed.url].last_ok_at is None
            for entry in poll.entries:
                previous = await self._store.known_entry(entry)
                if previous is None or _is_edited(previous, entry):
                    found.append(_Unseen(entry=entry, previous=previous, first_poll=first))
        found.sort(key=lambda u: (u.entry.published_at or u.entry.fetched_at, u.entry.id))
        return await self._with_text(found)

    async def _with_text(self, found: Sequence[_Unseen]) -> list[_Unseen]:
        """Fetch the article page of entries that came without text and name a conflict."""

        async def fill(one: _Unseen) -> _Unseen:
            if one.entry.text or not self._fetch_pages or not self._worth_a_page(one.entry):
                return one
            entry = await self._fetcher.fetch_article(one.entry)
            return _Unseen(entry=entry, previous=one.previous, first_poll=one.first_poll)

        return list(await asyncio.gather(*(fill(one) for one in found)))

    def _worth_a_page(self, entry: Entry) -> bool:
        age = self._clock.now() - (entry.published_at or entry.fetched_at)
        words = f"{entry.title} {entry.summary or ''}"
        return age <= self._policy.max_age and any(
            pack_names(pack).find(words) for pack in self._packs
        )

    async def _decide(self, batch: Sequence[_Unseen]) -> list[Change]:
        loop = asyncio.get_running_loop()
        judged: list[JudgedEntry] = await loop.run_in_executor(
            self._inference, judge_entries, [u.entry for u in batch], self._classifier
        )
        changes: list[Change] = []
        for unseen, one in zip(batch, judged, strict=True):
            changes += await self._pipeline.decide(
                one,
                previous=unseen.previous,
                first_poll=unseen.first_poll,
                now=self._clock.now(),
            )
        return changes


def _is_edited(previous: Entry, entry: Entry) -> bool:
    """Tell whether the page says something else now; a summary alone is not compared to a text."""
    if entry.title != previous.title or (entry.summary or "") != (previous.summary or ""):
        return True
    return bool(entry.text) and bool(previous.text) and entry.text != previous.text


def _actions(changes: Sequence[Change]) -> tuple[Action, ...]:
    return tuple(action for change in changes for action in change.actions)


def _report(
    began: datetime,
    fetched: Sequence[FetchedFeed],
    unseen: Sequence[_Unseen],
    changes: Sequence[Change],
) -> CycleReport:
    reasons: dict[str, int] = {}
    for change in changes:
        if change.decision is not None:
            reasons[change.decision.reason] = reasons.get(change.decision.reason, 0) + 1
    return CycleReport(
        at=began,
        feeds=len(fetched),
        failed=tuple((f.feed.url, f.error) for f in fetched if f.error),
        unseen=sum(u.previous is None for u in unseen),
        edited=sum(u.previous is not None for u in unseen),
        reasons=reasons,
        actions=_actions(changes),
    )
