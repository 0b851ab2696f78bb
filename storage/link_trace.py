"""What a joining changes, value by value, so that undoing it restores exactly what nobody has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Table, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.new_rows import insert_new
from storage.tables.links import link_moves
from storage.tables.meta import Utc, metadata

Key = dict[str, Any]
WHOLE_ROW = "*"  # in place of a column: the row was taken away, and `before` is all of it


class Trace:
    """Changes values and notes what they were; `keep` writes the notes down."""

    def __init__(self, db: AsyncConnection, link_id: int) -> None:
        self._db, self._link_id = db, link_id
        self._notes: list[dict[str, Any]] = []

    async def change(self, column: Column[Any], key: Key, before: Any, after: Any) -> None:
        """One value of one row; `key` is what names the row besides."""
        if before != after:
            await self._db.execute(update(_table(column)).where(_at(column, key, before)).values({column.name: after}))
            self._note(column.name, _table(column), key, _plain(before), _plain(after))

    async def change_all(self, column: Column[Any], before: int, after: int) -> None:
        """Every row that names one of two people names the other from now on."""
        for row in (await self._db.execute(select(_table(column)).where(column == before))).all():
            await self.change(column, key_of(column, row), before, after)

    async def take_away(self, table: Table, row: Row[Any]) -> None:
        key = {str(each.name): getattr(row, each.name) for each in table.primary_key.columns}
        await self._db.execute(delete(table).where(_where(table, key)))
        whole = {str(each.name): _plain(getattr(row, each.name)) for each in table.columns}
        self._note(WHOLE_ROW, table, key, whole, None)

    def remember(self, place: str, key: Key, after: Any) -> None:
        """Something that is undone in its own way."""
        self._notes.append(self._row(place, key, None, after))

    async def keep(self) -> None:
        if self._notes:
            await self._db.execute(insert(link_moves), self._notes)

    def _note(self, name: str, table: Table, key: Key, before: Any, after: Any) -> None:
        self._notes.append(self._row(f"{table.name}.{name}", key, before, after))

    def _row(self, place: str, key: Key, before: Any, after: Any) -> dict[str, Any]:
        number = len(self._notes) + 1
        note = {"link_id": self._link_id, "number": number, "place": place}
        return {**note, "row": key, "before": before, "after": after}


async def notes(db: AsyncConnection, *, link_id: int) -> Sequence[Row[Any]]:
    """The last first: as they are undone."""
    query = select(link_moves).where(link_moves.c.link_id == link_id).order_by(link_moves.c.number.desc())
    return (await db.execute(query)).all()


async def put_back(db: AsyncConnection, note: Row[Any]) -> None:
    """What has been changed since stays as it is; what was taken away comes back, unless it is there again."""
    table_name, _dot, name = note.place.partition(".")
    table = metadata.tables[table_name]
    if name == WHOLE_ROW:
        values = {each: _read(table.c[each], value) for each, value in note.before.items()}
        await db.execute(insert_new(db.dialect, table).values(**values))
        return
    column = table.c[name]
    untouched = _at(column, note.row, _read(column, note.after))
    await db.execute(update(table).where(untouched).values({name: _read(column, note.before)}))


def _table(column: Column[Any]) -> Table:
    return metadata.tables[str(column.table)]


def key_of(column: Column[Any], row: Row[Any]) -> Key:
    """What names a row, without the value that changes, should that be a part of it."""
    names = [str(each.name) for each in _table(column).primary_key.columns if each is not column]
    return {name: getattr(row, name) for name in names}


def _at(column: Column[Any], key: Key, value: Any) -> ColumnElement[bool]:
    return and_(_where(_table(column), key), column.is_not_distinct_from(value))


def _where(table: Table, key: Key) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in key.items()))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(column: ColumnElement[Any], value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(column.type, Utc) and value is not None else value
