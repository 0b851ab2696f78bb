"""The ledger on the command line: `mrgvali ledger verify` and `mrgvali ledger export`."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncEngine

from storage import ledger_check
from storage.ledger_check import Broken


async def verify(engine: AsyncEngine, secret: bytes | None = None) -> Broken | None:
    """The first place where the ledger does not hold; with the secret the signatures are checked too."""
    async with engine.connect() as db:
        return await ledger_check.verify(db, secret=secret)


async def export(engine: AsyncEngine) -> AsyncIterator[str]:
    """Lines of JSON that hold everything needed to check it, and nothing that points at a person."""
    async with engine.connect() as db:
        async for line in ledger_check.export(db):
            yield line
