"""Times are aware UTC or refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import SystemClock, VirtualClock
from bot.types import Entry


def entry(fetched_at: datetime) -> Entry:
    return Entry(
        id="a",
        fetched_at=fetched_at,
        published_at=None,
        outlet="x",
        outlet_name="X",
        feed="",
        url="",
        guid="",
        title="",
    )


def test_the_system_clock_tells_aware_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_virtual_clock_stands_where_it_was_set() -> None:
    clock = VirtualClock(datetime(2026, 3, 10, tzinfo=UTC))
    clock.set(datetime(2026, 3, 11, tzinfo=UTC))
    assert clock.now() == datetime(2026, 3, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "bad",
    [
        datetime(2026, 3, 10),  # noqa: DTZ001 - a naive time is the case under test
        datetime(2026, 3, 10, tzinfo=timezone(timedelta(hours=3))),
    ],
)
def test_records_refuse_naive_and_foreign_times(bad: datetime) -> None:
    with pytest.raises(ValueError, match="aware UTC"):
        entry(bad)
