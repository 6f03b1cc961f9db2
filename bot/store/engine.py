"""Opens the database: address, pragmas, transactions, migrations. Faults say what to do."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import alembic.command
import alembic.config
import alembic.runtime.migration
import alembic.script
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"

#: A second writer waits this long for the first one's transaction.
BUSY_TIMEOUT_MS = 5000


def async_url(url: str) -> str:
    """Return the address with the driver the bot uses."""
    if url.startswith("sqlite://"):
        return "sqlite+aiosqlite://" + url.removeprefix("sqlite://")
    if url.startswith("postgresql://"):
        return "postgresql+psycopg://" + url.removeprefix("postgresql://")
    raise StoreError(f"database: {safe_url(url)!r}: must start with sqlite:/// or postgresql://")


def safe_url(url: str) -> str:
    """Return the address without its password."""
    return re.sub(r"://([^:/@]*):[^@]*@", r"://\1:***@", url)


def open_engine(url: str) -> AsyncEngine:
    """Return an engine for the address; nothing is connected yet."""
    address = async_url(url)
    database = _database_name(address, url)
    if address.startswith("postgresql"):
        engine = create_async_engine(address, pool_size=5, pool_pre_ping=True)
        _durable_commits(engine)
        return engine
    if not database or database == ":memory:":
        engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
    else:
        _private_file(Path(database), url)
        engine = create_async_engine(address, pool_size=4)
    _immediate_transactions(engine)
    return engine


def _database_name(address: str, url: str) -> str | None:
    try:
        return make_url(address).database
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"database: {safe_url(url)!r}: is not a database address") from error


def sqlite_file(url: str) -> Path | None:
    """Return the file of an SQLite address; None where it has none, or is another database."""
    address = async_url(url)
    database = _database_name(address, url)
    if address.startswith("postgresql") or not database or database == ":memory:":
        return None
    return Path(database)


def _private_file(path: Path, url: str) -> None:
    """Create the file readable by its owner only; claims and chats are nobody else's."""
    if not path.parent.is_dir():
        raise StoreError(f"database: {url}: the folder {path.parent} does not exist; create it")
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"database: {url}: cannot be opened: {error.strerror}") from error
    with path.open("rb") as file:
        head = file.read(16)
    if head and head != b"SQLite format 3\x00":
        raise StoreError(f"database: {url}: {path} is not an SQLite file; name another one")


def _durable_commits(engine: AsyncEngine) -> None:
    """Let no commit return before it is on disk, whatever the server's own setting is.

    A row must not be `pending` again after a power loss when its message has left. A stricter
    setting than "on" stays.
    """

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'on', false) "
            "WHERE current_setting('synchronous_commit') IN ('off', 'local')"
        )
        cursor.close()
        connection.commit()


def _immediate_transactions(engine: AsyncEngine) -> None:
    """Make every transaction take the write lock first.

    A transaction that reads and then writes fails at once when another one wrote in between,
    whatever the busy timeout says; BEGIN IMMEDIATE waits instead.
    """

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            # The outbox must be on disk before the first byte leaves.
            "synchronous=FULL",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def require_database(url: str) -> None:
    """Raise StoreError where the address names an SQLite file that is not there.

    Opening one creates it, which is no help to who only wants to read.
    """
    address = async_url(url)
    database = _database_name(address, url)
    if address.startswith("postgresql"):
        return
    if not database or database == ":memory:":
        raise StoreError(f"database: {url}: is kept in memory only, so nothing is stored")
    if not Path(database).is_file():
        raise StoreError(f"database: {url}: no such file; let the bot run first, or name another")


async def require_schema(engine: AsyncEngine, url: str) -> None:
    """Raise StoreError unless the database has this version's schema; change nothing."""
    try:
        async with engine.execution_options(reading=True).connect() as connection:
            current = await connection.run_sync(_revision)
    except SQLAlchemyError as error:
        raise _refused(url, error) from error
    scripts = alembic.script.ScriptDirectory(str(MIGRATIONS))
    if current is None:
        raise StoreError(f"database: {safe_url(url)}: holds nothing yet; let the bot run first")
    _require_known(current, scripts)
    if current != scripts.get_current_head():
        raise StoreError(
            f"database: {safe_url(url)}: was written by an older version (schema {current}); "
            "start this version of the bot once, which updates it"
        )


async def migrate(engine: AsyncEngine, url: str) -> None:
    """Bring the schema to this version under a lock.

    Raises:
        StoreError: the database cannot be used, or a newer bot wrote it.
    """
    try:
        async with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # Two starting processes must not migrate at once; any constant will do.
                await connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7340021)")
            await connection.run_sync(_upgrade)
    except SQLAlchemyError as error:
        raise _refused(url, error) from error


def _refused(url: str, error: SQLAlchemyError) -> StoreError:
    detail = str(getattr(error, "orig", error)).splitlines()[0]
    return StoreError(f"database: {safe_url(url)}: {detail}")


def _revision(connection: Connection) -> str | None:
    context = alembic.runtime.migration.MigrationContext.configure(connection)
    return context.get_current_revision()


def _require_known(current: str, scripts: alembic.script.ScriptDirectory) -> None:
    if current not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError(
            f"the database was written by a newer version (schema {current}); "
            "update the bot, or name another database"
        )


def _upgrade(connection: Connection) -> None:
    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    scripts = alembic.script.ScriptDirectory.from_config(config)
    current = _revision(connection)
    if current is not None:
        _require_known(current, scripts)
    if current != scripts.get_current_head():
        alembic.command.upgrade(config, "head")
