"""Annotated articles of other people's data sets: each bare text as an entry of its own."""

from __future__ import annotations

from datetime import datetime

from bot.types import Entry


def bare_entry(name: str, text: str, at: datetime) -> Entry:
    """Return an article that has nothing but its text; `at` is aware."""
    return Entry(
        id=name,
        fetched_at=at,
        published_at=None,
        outlet="outlet",
        outlet_name="Outlet",
        feed="",
        url="",
        guid="",
        title="",
        text=text,
    )
