"""An article whose title and text are all that a test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.types import Entry


def entry(title: str = "Shells fall on Orvel", text: str | None = None, **given: object) -> Entry:
    """Return an article of 10 March 2026; `given` replaces its other fields."""
    made = Entry(
        id="a",
        fetched_at=datetime(2026, 3, 10, 12, tzinfo=UTC),
        published_at=datetime(2026, 3, 10, 11, tzinfo=UTC),
        outlet="wire",
        outlet_name="Wire",
        feed="",
        url="",
        guid="",
        title=title,
        text=text,
    )
    return replace(made, **given)  # type: ignore[arg-type]
