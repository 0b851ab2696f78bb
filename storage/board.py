"""What the public board reads: the promises of a municipality or a village, and the signed head of a municipality."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.ledger import Head
from storage import ledger, promises
from storage.places import Place
from storage.promises import Dossier
from storage.tables.places import municipalities
from storage.tables.promises import ledger_heads
from storage.tables.promises import promises as promises_


async def counted(db: AsyncConnection) -> list[tuple[Place, int]]:
    """Every municipality with the number of its promises."""
    m, many = municipalities.c, func.count(promises_.c.id)
    source = municipalities.outerjoin(promises_, promises_.c.municipality_id == m.id)
    query = select(m.id, m.name_ka, m.name_en, m.code, many).select_from(source)
    rows = await db.execute(query.group_by(m.id, m.name_ka, m.name_en, m.code).order_by(m.name_ka))
    return [(Place(*row[:4]), row[4]) for row in rows]


async def of_municipality(db: AsyncConnection, *, municipality_id: int) -> list[Dossier]:
    here = select(promises_.c.id).where(promises_.c.municipality_id == municipality_id)
    return await promises.dossiers(db, ids=list((await db.execute(here)).scalars()))


async def exists(db: AsyncConnection, *, promise_id: int) -> bool:
    return (await db.execute(select(promises_.c.id).where(promises_.c.id == promise_id))).first() is not None


async def head(db: AsyncConnection, *, municipality_id: int) -> Head | None:
    """The newest; None before the first night."""
    query = select(ledger_heads).where(ledger_heads.c.municipality_id == municipality_id)
    row = (await db.execute(query.order_by(ledger_heads.c.day.desc()).limit(1))).first()
    return None if row is None else ledger.head(row)
