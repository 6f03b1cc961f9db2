"""The reading side: feeds, the model, the pipeline and the worker that runs their cycles.

The model takes seconds to load, so it loads in its own thread while the posting side works.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from bot.clock import Clock
from bot.config import Settings
from bot.feeds.fetch import HttpFeedFetcher
from bot.judge import Judge, load_judge
from bot.outlets import load_outlets
from bot.pipeline import Pipeline
from bot.store.sql import SqlStore
from bot.worker import Worker

log = structlog.get_logger()

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reads and decides."""

    judge: Judge
    worker: Worker


@asynccontextmanager
async def open_reading(
    settings: Settings,
    *,
    store: SqlStore,
    clock: Clock,
    on_stage: Callable[[str], None] = lambda stage: None,
    on_progress: Progress = lambda stage, done, total: None,
) -> AsyncIterator[asyncio.Task[Reading]]:
    """Begin to load, and yield the task that ends in the loaded parts; close on the way out.

    Who leaves before it has loaded does not wait: the task is cancelled then, and its thread
    ends by itself.
    """
    config = settings.config
    inference = ThreadPoolExecutor(1, thread_name_prefix="inference")
    fetcher = HttpFeedFetcher(
        fetch=config.fetch,
        allow_private_hosts=config.allow_private_hosts,
        poll_interval=config.poll_interval,
        clock=clock,
    )
    on_stage("loading the model")

    async def load() -> Reading:
        judge = await asyncio.get_running_loop().run_in_executor(
            inference, load_judge, config, on_stage
        )
        worker = await _build_worker(settings, judge, fetcher, inference, store, clock, on_progress)
        log.info("started", model=judge.description, feeds=len(settings.feeds()))
        return Reading(judge=judge, worker=worker)

    loading = asyncio.create_task(load())
    try:
        yield loading
    finally:
        loading.cancel()
        await asyncio.wait({loading})
        if not loading.cancelled():
            loading.exception()  # is raised where the parts were asked for
        inference.shutdown(wait=False, cancel_futures=True)
        await fetcher.aclose()


async def _build_worker(
    settings: Settings,
    judge: Judge,
    fetcher: HttpFeedFetcher,
    inference: Executor,
    store: SqlStore,
    clock: Clock,
    on_progress: Progress,
) -> Worker:
    config = settings.config
    pipeline = Pipeline(
        store=store,
        packs=settings.packs,
        outlets=load_outlets(),
        thresholds=judge.thresholds,
        policy=config.policy,
    )
    await pipeline.load(clock.now())
    return Worker(
        feeds=settings.feeds(),
        fetcher=fetcher,
        classifier=judge.classifier,
        inference=inference,
        store=store,
        pipeline=pipeline,
        packs=settings.packs,
        policy=config.policy,
        clock=clock,
        poll_interval=config.poll_interval,
        fetch_pages=config.fetch.article_pages,
        on_progress=on_progress,
    )
