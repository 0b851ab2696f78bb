"""Engines kept from test to test: what SQLAlchemy compiled once is not compiled anew for each story.

A database's address comes back (tests/conftest.py), its connections never do: they belong to one event loop.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache

from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import read_engine, write_engine


@asynccontextmanager
async def writing(url: str) -> AsyncIterator[AsyncEngine]:
    async with _borrowed(write_engine, url) as engine:
        yield engine


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[AsyncEngine]:
    async with _borrowed(read_engine, url) as engine:
        yield engine


@asynccontextmanager
async def _borrowed(make: Callable[[str], AsyncEngine], url: str) -> AsyncIterator[AsyncEngine]:
    engine = _kept(make, url)
    try:
        yield engine
    finally:
        await engine.dispose()


@cache
def _kept(make: Callable[[str], AsyncEngine], url: str) -> AsyncEngine:
    return make(url)
