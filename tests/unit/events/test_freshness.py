"""Whether an undated entry is of today: its words, and the day its site files it under."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.events.freshness import stale_reason
from bot.types import Entry

NOW = datetime(2026, 9, 15, 7, tzinfo=UTC)
DATELINED = "ORVEL, Sept. 15 - Both sides agreed here on Monday on a halt."


def reason(url: str, text: str = DATELINED) -> str | None:
    entry = Entry(
        id="e",
        fetched_at=NOW,
        published_at=None,
        outlet="o",
        outlet_name="O",
        feed="",
        url=f"https://example.org{url}",
        guid="e",
        title="Both agree on a halt",
        text=text,
    )
    return stale_reason(entry, NOW, timedelta(hours=48), first_poll=False, timezone="UTC")


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("/halt", None),
        ("/2026/09/15/halt", None),
        ("/2026/09/13/halt", None),
        ("/2026/09/16/halt", None),
        ("/2026/09/12/halt", "too_old"),
        ("/2025/09/15/halt", "too_old"),
        ("/news/2025-09/15/c_13", "too_old"),
        ("/20250915-halt.html", "too_old"),
        # no day
        ("/2025/99/15/halt", None),
        ("/2025/09/halt", None),
        ("/id/2025091511", None),
    ],
)
def test_what_a_site_files_further_back_is_old_whatever_its_dateline(
    url: str, wanted: str | None
) -> None:
    assert reason(url) == wanted


def test_the_address_makes_nothing_new() -> None:
    assert reason("/2026/09/15/halt", "Both agreed on a halt.") == "undated"
