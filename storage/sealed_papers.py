"""Papers that can be verified: sealed once, and replaced only by a newer one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import codes
from storage.tables.sealed_papers import sealed_papers

DIGITS = 12  # a million papers, and one guess in a million hits; what it shows is public anyway


@dataclass(frozen=True, slots=True)
class Sealed:
    """`files`: SHA-256 of each file made of it, to its media id. `replaced_by`: the code of the newer one, if any."""

    code: str
    kind: str
    about: str
    title: Mapping[str, str]
    version: int
    sha256: str
    files: Mapping[str, str]
    made_at: datetime
    replaced_by: str | None = None

    def holds(self, digest: str) -> bool:
        return digest in self.files


def new_code() -> str:
    """To be printed on the paper before it is sealed: its files cannot hold their own hash, but they hold this."""
    return codes.new(DIGITS)


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


async def seal(db: AsyncConnection, paper: Sealed) -> None:
    """Replaces the newest paper of the same kind about the same thing."""
    before = await current(db, kind=paper.kind, about=paper.about)
    row = {name: getattr(paper, name) for name in ("code", "kind", "about", "version", "sha256", "made_at")}
    maps = {"title": dict(paper.title), "files": dict(paper.files)}
    await db.execute(insert(sealed_papers).values(**row, **maps, replaces=before.code if before else None))


async def current(db: AsyncConnection, *, kind: str, about: str) -> Sealed | None:
    newer = sealed_papers.alias()
    query = select(sealed_papers.c.code).outerjoin(newer, newer.c.replaces == sealed_papers.c.code)
    of = (sealed_papers.c.kind == kind, sealed_papers.c.about == about, newer.c.code.is_(None))
    code = (await db.execute(query.where(*of))).scalar_one_or_none()
    return None if code is None else await find(db, code=code)


async def find(db: AsyncConnection, *, code: str) -> Sealed | None:
    row = (await db.execute(select(sealed_papers).where(sealed_papers.c.code == code))).mappings().one_or_none()
    if row is None:
        return None
    newer = select(sealed_papers.c.code).where(sealed_papers.c.replaces == code)
    kept = {name: row[name] for name in Sealed.__dataclass_fields__ if name != "replaced_by"}
    return Sealed(**kept, replaced_by=(await db.execute(newer)).scalar_one_or_none())


async def added(db: AsyncConnection, *, about: str) -> list[Sealed]:
    """The papers that were added to what this one is about, in their order."""
    below = sealed_papers.c.about.startswith(f"{about}:", autoescape=True)
    query = select(sealed_papers.c.code).where(below).order_by(sealed_papers.c.made_at)
    papers = [await find(db, code=code) for code in list((await db.execute(query)).scalars())]
    return [paper for paper in papers if paper is not None]
