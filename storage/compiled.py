"""Statements of the path that every message takes: compiled once, given to the driver as they are.

SQLAlchemy still writes the SQL; its execute() would look it up, and convert each row through a dictionary, every
time (docs/adr/0006-hot-statements-are-compiled-once.md). The rest of the program uses it as usual.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Dialect, Select, String, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.meta import Json

T = TypeVar("T")
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Text:
    """SQL for one kind of database; `names` are its parameters in order, `fixed` those the statement brings itself."""

    sql: str
    names: tuple[str, ...]
    fixed: dict[str, Any]
    into: dict[int, Convert]

    def tuples(self, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        """By columns, since few of them need a conversion."""
        if self.fixed:
            rows = [{**self.fixed, **row} for row in rows]
        columns = [[row[name] for row in rows] for name in self.names]
        for at, convert in self.into.items():
            columns[at] = list(map(convert, columns[at]))
        return list(zip(*columns, strict=True))


class Write:
    """One statement for many rows."""

    def __init__(self, build: Callable[[Dialect], Any], columns: Sequence[str] | None = None) -> None:
        self._build, self._columns = build, columns
        self._texts: dict[str, _Text] = {}

    async def __call__(self, db: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            text = self._texts.get(db.dialect.name) or self._compile(db.dialect)
            await db.exec_driver_sql(text.sql, text.tuples(rows))

    def _compile(self, dialect: Dialect) -> _Text:
        text = self._texts[dialect.name] = _text(self._build(dialect), dialect, self._columns)
        return text


class Read(Generic[T]):
    """One query; each row is handed to `make`, column by column in the order of the query."""

    def __init__(self, build: Callable[[Dialect], Select[Any]], make: Callable[..., T]) -> None:
        self._build, self._make = build, make
        self._texts: dict[str, tuple[_Text, dict[int, Convert]]] = {}

    async def __call__(self, db: AsyncConnection, **values: Any) -> list[T]:
        text, out = self._texts.get(db.dialect.name) or self._compile(db.dialect)
        rows = (await db.exec_driver_sql(text.sql, text.tuples([values])[0])).all()
        if not rows:
            return []
        columns: list[Any] = list(zip(*rows, strict=True))
        for at, convert in out.items():
            columns[at] = map(convert, columns[at])
        return list(map(self._make, *columns))

    def _compile(self, dialect: Dialect) -> tuple[_Text, dict[int, Convert]]:
        query = self._build(dialect)
        types = [column.type.dialect_impl(dialect) for column in query.selected_columns]
        out: dict[int, Convert] = {
            at: convert for at, kind in enumerate(types) if (convert := kind.result_processor(dialect, None))
        }
        entry = self._texts[dialect.name] = (_text(query, dialect, None), out)
        return entry


def among(dialect: Dialect, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """`column IN (…)` whose SQL is the same however many there are: they come as one parameter, a list."""
    if dialect.name == "sqlite":
        given = func.json_each(bindparam(name, type_=Json())).table_valued("value")
        return column.in_(select(given.c.value))
    kind = String() if isinstance(column.type, String) else BigInteger()
    return column == any_(bindparam(name, type_=ARRAY(kind)))


def _text(statement: Any, dialect: Dialect, columns: Collection[str] | None) -> _Text:
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    names = tuple(compiled.positiontup)
    kinds = [compiled.binds[name].type.dialect_impl(dialect) for name in names]
    into = {at: convert for at, kind in enumerate(kinds) if (convert := kind.bind_processor(dialect))}
    fixed = {name: value for name, value in compiled.params.items() if compiled.binds[name].value is not None}
    return _Text(compiled.string, names, fixed, into)
