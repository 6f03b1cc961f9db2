"""Annotated articles of other people's data sets: bare texts, each as an entry of its own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.types import Entry


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a `.jsonl.gz` file, one a line."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


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
