"""Many rows at once: COPY on PostgreSQL, one statement for all on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.ext.asyncio import AsyncConnection

AT_ONCE = 50_000  # rows
Row = tuple[Any, ...]


async def fill(db: AsyncConnection, table: Table, columns: str, rows: Iterable[Row]) -> int:
    """`columns` in the order of the rows' values, with spaces between; answers how many rows there were."""
    names, done = columns.split(), 0
    prepare, coming = _prepared(db.dialect, table, names), iter(rows)
    while some := [prepare(row) for row in islice(coming, AT_ONCE)]:
        await _put(db, table, names, some)
        done += len(some)
    return done


async def _put(db: AsyncConnection, table: Table, names: list[str], rows: list[Row]) -> None:
    if db.dialect.name == "sqlite":
        marks = ", ".join("?" for _name in names)
        await db.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", rows)  # noqa: S608
        return
    raw: Any = (await db.get_raw_connection()).driver_connection
    await raw.copy_records_to_table(table.name, records=rows, columns=names)


def _prepared(dialect: Dialect, table: Table, names: list[str]) -> Callable[[Row], Row]:
    """Each value as the driver wants it."""
    ways = list(_ways(dialect, table, names))

    def prepare(row: Row) -> Row:
        return tuple(value if way is None else way(value) for value, way in zip(row, ways, strict=True))

    return prepare if any(ways) else tuple


def _ways(dialect: Dialect, table: Table, names: list[str]) -> Iterator[Callable[[Any], Any] | None]:
    for name in names:
        yield table.c[name].type.dialect_impl(dialect).bind_processor(dialect)


async def count_on(db: AsyncConnection, tables: Iterable[Table]) -> None:
    """COPY brings its own numbers: PostgreSQL gives out the next ones from here."""
    if db.dialect.name == "sqlite":
        return
    for table in tables:
        numbered = f"pg_get_serial_sequence('{table.name}', 'id')"
        await db.exec_driver_sql(f"SELECT setval({numbered}, (SELECT max(id) FROM {table.name}))")  # noqa: S608
