"""A part of a transaction that can be undone alone. One is open at a time: a turn has one for each message.

Plain SQL under one name: SQLAlchemy's begin_nested() would invent a name, and with it compile a statement, for each.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection


async def begin(db: AsyncConnection) -> None:
    await db.exec_driver_sql("SAVEPOINT message")


async def keep(db: AsyncConnection) -> None:
    await db.exec_driver_sql("RELEASE SAVEPOINT message")


async def undo(db: AsyncConnection) -> None:
    await db.exec_driver_sql("ROLLBACK TO SAVEPOINT message")
    await keep(db)
