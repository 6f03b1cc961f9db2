"""Small pieces of SQL shared by the store's parts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def put(connection: AsyncConnection, table: Table, **values: Any) -> None:
    """Insert a row, or replace the columns of the row with the same primary key."""
    keys = [column.name for column in table.primary_key]
    statement = _insert(connection, table).values(**values)
    rest = {name: statement.excluded[name] for name in values if name not in keys}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=rest)
        if rest
        else statement.on_conflict_do_nothing(index_elements=keys)
    )


async def put_once(connection: AsyncConnection, table: Table, **values: Any) -> None:
    """Insert a row unless an equal key stands already."""
    await connection.execute(_insert(connection, table).values(**values).on_conflict_do_nothing())


def _insert(connection: AsyncConnection, table: Table) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
