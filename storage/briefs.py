"""The brief of an issue, written by several members: each section with its author and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.brief import PHOTOS, Section
from domain.people import Action
from storage import agreed, needs, reach
from storage.tables.briefs import brief_sections
from storage.tables.roles import roles


@dataclass(frozen=True, slots=True)
class Written:
    """`author` is what they wished to be called in their group; nobody's once forgotten."""

    id: int
    words: str
    author: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """The newest version of each section; photos by their media ids."""

    sections: Mapping[Section, Written] = field(default_factory=dict)
    photos: Sequence[str] = ()

    def words(self, section: Section) -> str:
        return self.sections[section].words if section in self.sections else ""

    @property
    def filled(self) -> set[Section]:
        """What has been written; what was emptied again counts as not."""
        return {each for each, written in self.sections.items() if written.words} | (
            {Section.PHOTO} if self.photos else set()
        )


async def issues(db: AsyncConnection, *, person_id: int) -> list[int]:
    """The needs on the newest agreed lists of the villages whose issues this person may study, the urgent first."""
    where = await reach.reach(db, person_id=person_id, action=Action.STUDY_ISSUE)
    return await agreed.latest_each(db, village_ids=where)


async def brief(db: AsyncConnection, *, need_id: int) -> Brief:
    b = brief_sections.c
    query = select(b.id, b.section, b.words, b.author_id, b.written_at).where(b.need_id == need_id).order_by(b.id)
    rows = (await db.execute(query)).all()
    names = await _names(db, [row.author_id for row in rows if row.author_id is not None])
    photos = [row.words for row in rows if row.section == Section.PHOTO]
    texts = [row for row in rows if row.section != Section.PHOTO]
    newest = {
        Section(row.section): Written(row.id, row.words, names.get(row.author_id), row.written_at) for row in texts
    }
    return Brief(newest, photos)


async def write(
    db: AsyncConnection, *, need_id: int, section: Section, words: str, by: int, now: datetime, seen: int | None = None
) -> str | None:
    """Keeps a new version. Answers what somebody else wrote there since `seen`, which stays among the versions."""
    await require(db, need_id=need_id, by=by)
    before = (await brief(db, need_id=need_id)).sections.get(section)
    row = {"need_id": need_id, "section": section, "words": words, "author_id": by, "written_at": now}
    await db.execute(insert(brief_sections), [row])
    return before.words if before is not None and before.id != seen else None


async def add_photo(db: AsyncConnection, *, need_id: int, media_id: str, by: int, now: datetime) -> None:
    """The newest few stay."""
    await write(db, need_id=need_id, section=Section.PHOTO, words=media_id, by=by, now=now)
    b = brief_sections.c
    kept = select(b.id).where(b.need_id == need_id, b.section == Section.PHOTO).order_by(b.id.desc()).limit(PHOTOS)
    ids = list((await db.execute(kept)).scalars())
    await db.execute(delete(brief_sections).where(b.need_id == need_id, b.section == Section.PHOTO, b.id.not_in(ids)))


async def require(db: AsyncConnection, *, need_id: int, by: int) -> None:
    village_id = (await needs.told(db, need_id=need_id)).village_id
    await reach.require(db, person_id=by, action=Action.STUDY_ISSUE, village_id=village_id)


async def written_by(db: AsyncConnection, *, person_id: int) -> int:
    query = select(func.count()).select_from(brief_sections).where(brief_sections.c.author_id == person_id)
    return int((await db.execute(query)).scalar_one())


async def forget(db: AsyncConnection, *, person_id: int) -> None:
    """What they wrote is the group's; who wrote it is taken from it, and their photos go."""
    mine = brief_sections.c.author_id == person_id
    await db.execute(delete(brief_sections).where(mine, brief_sections.c.section == Section.PHOTO))
    await db.execute(update(brief_sections).where(mine).values(author_id=None))


async def _names(db: AsyncConnection, people_ids: Sequence[int]) -> dict[int, str]:
    query = select(roles.c.person_id, roles.c.name).where(roles.c.person_id.in_(set(people_ids)))
    named = query.where(roles.c.name.is_not(None)).order_by(roles.c.id)
    return {row.person_id: row.name for row in await db.execute(named)}
