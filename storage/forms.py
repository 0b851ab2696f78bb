"""Questionnaires and their versions: what was sent, what is tried, what is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Select, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Action
from domain.refusal import Refused
from storage import roles
from storage.tables.forms import fills, form_files, form_versions, forms

LONGEST_TITLE, LONGEST_NAME = 200, 100


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was read and compiled, ready to be kept. `files` are the external ones, by name."""

    key: str
    title: str
    version: str
    source: bytes
    source_name: str
    xform: str
    questions: int
    languages: Sequence[str]
    files: Mapping[str, bytes]

    @property
    def hash(self) -> str:
        digest = sha256(self.xform.encode())
        for name in sorted(self.files):
            digest.update(name.encode() + self.files[name])
        return digest.hexdigest()


async def keep(db: AsyncConnection, *, draft: Draft, by: int | None, now: datetime) -> tuple[int, bool]:
    """A new form, or a new version of the one with this key; answers the version's id and whether the form was known.

    The same file sent twice is the same version.
    """
    municipality_id = await _where(db, by)
    form_id = await _known(db, draft.key, municipality_id)
    known = form_id is not None
    if form_id is None:
        row = {"key": draft.key[:LONGEST_NAME], "title": draft.title[:LONGEST_TITLE], "created_by": by}
        made = insert(forms).values(**row, municipality_id=municipality_id, created_at=now).returning(forms.c.id)
        form_id = int((await db.execute(made)).scalar_one())
    same = select(form_versions.c.id).where(form_versions.c.form_id == form_id, form_versions.c.hash == draft.hash)
    version_id = (await db.execute(same)).scalar()
    return int(version_id or await _new_version(db, form_id, draft, by, now)), known


async def _where(db: AsyncConnection, by: int | None) -> int | None:
    """The municipality whose coordinator this is; a coordinator of several makes forms for all of them."""
    if by is None:
        return None
    places = await roles.municipalities_where(db, person_id=by, action=Action.PUBLISH_FORM)
    if places is not None and not places:
        raise Refused("not_allowed")
    return next(iter(places)) if places is not None and len(places) == 1 else None


async def _known(db: AsyncConnection, key: str, municipality_id: int | None) -> int | None:
    here = forms.c.municipality_id.is_(None) if municipality_id is None else forms.c.municipality_id == municipality_id
    return (await db.execute(select(forms.c.id).where(forms.c.key == key[:LONGEST_NAME], here))).scalar()


async def _new_version(db: AsyncConnection, form_id: int, draft: Draft, by: int | None, now: datetime) -> int:
    last = select(func.coalesce(func.max(form_versions.c.number), 0)).where(form_versions.c.form_id == form_id)
    row = {
        "form_id": form_id,
        "number": int((await db.execute(last)).scalar_one()) + 1,
        "version": draft.version[:LONGEST_NAME],
        "hash": draft.hash,
        "source": draft.source,
        "source_name": draft.source_name[:120],
        "xform": draft.xform,
        "questions": draft.questions,
        "languages": list(draft.languages),
        "made_by": by,
        "made_at": now,
    }
    version_id = int((await db.execute(insert(form_versions).values(**row).returning(form_versions.c.id))).scalar_one())
    files = [{"version_id": version_id, "name": name, "content": content} for name, content in draft.files.items()]
    if files:
        await db.execute(insert(form_files), files)
    return version_id


async def publish(db: AsyncConnection, *, version_id: int, by: int | None, now: datetime) -> int:
    """From now on it is the version that new answers are given to; answers the form's id."""
    row = (await db.execute(select(form_versions.c.form_id).where(form_versions.c.id == version_id))).first()
    if row is None:
        raise Refused("gone")
    await require(db, form_id=row.form_id, by=by)
    await db.execute(update(form_versions).where(form_versions.c.id == version_id).values(published_at=now))
    return int(row.form_id)


async def require(db: AsyncConnection, *, form_id: int, by: int | None) -> None:
    """Raises Refused unless this person may put this form to people: one of their place, or one for all places.

    `by` None is the operator's own command.
    """
    where = (await db.execute(select(forms.c.municipality_id).where(forms.c.id == form_id))).first()
    if where is None:
        raise Refused("gone")
    if by is not None:
        places = await roles.municipalities_where(db, person_id=by, action=Action.PUBLISH_FORM)
        if places is not None and where.municipality_id not in (*places, None):
            raise Refused("not_allowed")


async def newest(db: AsyncConnection, *, form_id: int) -> int:
    """The version that a new answering begins with: the one published last."""
    query = select(form_versions.c.id).where(
        form_versions.c.form_id == form_id, form_versions.c.published_at.is_not(None)
    )
    latest = query.order_by(form_versions.c.published_at.desc(), form_versions.c.number.desc()).limit(1)
    found = (await db.execute(latest)).scalar()
    if found is None:
        raise Refused("gone")
    return int(found)


async def version(db: AsyncConnection, *, version_id: int) -> Row[Any]:
    """Everything of a version but its source, with the form's title and key."""
    c = form_versions.c
    columns = (c.id, c.form_id, c.number, c.version, c.hash, c.source_name, c.questions, c.languages, c.published_at)
    joined = form_versions.join(forms, forms.c.id == c.form_id)
    query: Select[Any] = select(*columns, forms.c.title, forms.c.key).select_from(joined).where(c.id == version_id)
    row: Row[Any] | None = (await db.execute(query)).first()
    if row is None:
        raise Refused("gone")
    return row


async def text(db: AsyncConnection, *, version_id: int) -> tuple[str, dict[str, bytes]]:
    """The XForm and its files: what a form is compiled from."""
    xform = (await db.execute(select(form_versions.c.xform).where(form_versions.c.id == version_id))).scalar_one()
    files = select(form_files.c.name, form_files.c.content).where(form_files.c.version_id == version_id)
    return str(xform), {row.name: row.content for row in await db.execute(files)}


async def all_of(db: AsyncConnection, *, by: int) -> Sequence[Row[Any]]:
    """The published forms within this person's reach, the newest first."""
    places = await roles.municipalities_where(db, person_id=by, action=Action.PUBLISH_FORM)
    published = select(form_versions.c.form_id).where(form_versions.c.published_at.is_not(None))
    query: Select[Any] = select(forms.c.id, forms.c.title, forms.c.key).where(forms.c.id.in_(published))
    if places is not None:
        query = query.where(or_(forms.c.municipality_id.in_(places), forms.c.municipality_id.is_(None)))
    found: Sequence[Row[Any]] = (await db.execute(query.order_by(forms.c.id.desc()))).all()
    return found


async def tried(db: AsyncConnection, *, version_id: int, person_id: int) -> int | None:
    """The trial of this version that the person has not ended, if there is one."""
    mine = fills.c.call_id.is_(None) & (fills.c.person_id == person_id) & (fills.c.state == "open")
    query = select(fills.c.id).where(mine, fills.c.version_id == version_id)
    return (await db.execute(query.order_by(fills.c.id.desc()).limit(1))).scalar()
