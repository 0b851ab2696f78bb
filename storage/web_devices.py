"""With which device a visitor of the open web came on a day: a keyed digest, never the address itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, exists
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.new_rows import insert_new
from storage.tables.honesty import web_devices
from storage.tables.people import addresses


async def note(db: AsyncConnection, *, channel: str, external: str, day: date, device: str) -> None:
    """The first of a day counts."""
    row = {"channel": channel, "external": external, "day": day, "device": device}
    await db.execute(insert_new(db.dialect, web_devices), [row])


async def cut(db: AsyncConnection, *, before: date) -> int:
    return (await db.execute(delete(web_devices).where(web_devices.c.day < before))).rowcount


async def forget(db: AsyncConnection, *, person_id: int) -> None:
    """Before their addresses go to somebody else."""
    mine = addresses.c.person_id == person_id
    same = (addresses.c.channel == web_devices.c.channel) & (addresses.c.external == web_devices.c.external)
    await db.execute(delete(web_devices).where(exists().where(mine, same)))
