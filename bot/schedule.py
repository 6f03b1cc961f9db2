"""The APScheduler seam: one job that runs cycles, one that lets the clock move statuses.

A cycle that is late is run late, never lost (no misfire grace), never twice at once, and
missed or overlapping ticks are counted and logged.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    JobEvent,
)
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()

#: The clock's own moves (due, lapsed) need no finer step.
TICK = timedelta(seconds=30)


def build_schedule(
    cycle: Callable[[], Awaitable[None]],
    tick: Callable[[], Awaitable[None]],
    poll_interval: timedelta,
) -> AsyncIOScheduler:
    """Return a stopped scheduler whose first cycle runs at once when it is started."""
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    scheduler.add_job(
        cycle,
        "interval",
        id="cycle",
        seconds=poll_interval.total_seconds(),
        next_run_time=datetime.now(UTC),
    )
    scheduler.add_job(tick, "interval", id="tick", seconds=TICK.total_seconds())
    scheduler.add_listener(_note, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
    return scheduler


def _note(event: JobEvent) -> None:
    names = {
        EVENT_JOB_ERROR: "job_failed",
        EVENT_JOB_MISSED: "job_missed",
        EVENT_JOB_MAX_INSTANCES: "job_still_running",
    }
    # A cycle that outlasts its interval is common; the next one takes over what is due.
    level = log.info if event.code == EVENT_JOB_MAX_INSTANCES else log.warning
    level(names[event.code], job=event.job_id)
