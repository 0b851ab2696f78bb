"""Answers to questionnaires: begun, saved after every answer, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from secrets import randbelow
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.forms.calls import Known, Mode
from domain.refusal import Refused
from storage import forms as kept_forms
from storage.new_rows import insert_new
from storage.tables.forms import fill_answers, fill_sections, fills, form_calls, form_versions
from storage.tables.people import people
from storage.tables.roles import roles

OPEN, DONE = "open", "done"
EMPTY = "{}"


async def begin(
    db: AsyncConnection,
    *,
    version_id: int,
    mode: Mode,
    now: datetime,
    call_id: int | None = None,
    person_id: int | None = None,
    entered_by: int | None = None,
    village_id: int | None = None,
    consent_version: str | None = None,
) -> int:
    row = {
        "version_id": version_id,
        "call_id": call_id,
        "mode": mode,
        "person_id": person_id,
        "entered_by": entered_by,
        "village_id": village_id,
        "consent_version": consent_version,
        "answers": EMPTY,
        "seed": randbelow(2**31),
        "started_at": now,
        "touched_at": now,
    }
    return int((await db.execute(insert(fills).values(**row).returning(fills.c.id))).scalar_one())


async def own(db: AsyncConnection, *, call_id: int, person_id: int, village_id: int | None, now: datetime) -> int:
    """The person's own answers to this call: those they began, or new ones to the newest version."""
    mine = select(fills.c.id, fills.c.state).where(fills.c.call_id == call_id, fills.c.person_id == person_id)
    begun = (await db.execute(mine.order_by(fills.c.id.desc()).limit(1))).first()
    if begun is not None:
        if begun.state == DONE:
            raise Refused("already_answered")
        return int(begun.id)
    version_id = await _version_of(db, call_id)
    return await begin(
        db,
        version_id=version_id,
        mode=Mode.PERSON,
        call_id=call_id,
        person_id=person_id,
        village_id=village_id,
        now=now,
    )


async def together(db: AsyncConnection, *, call_id: int, now: datetime) -> int:
    """The answers that a group gives together: one set for each call."""
    found = select(fills.c.id).where(fills.c.call_id == call_id).order_by(fills.c.id.desc()).limit(1)
    # Two members who begin at once begin the same: the call's row is the lock.
    await db.execute(select(form_calls.c.id).where(form_calls.c.id == call_id).with_for_update())
    begun = (await db.execute(found)).scalar()
    if begun is not None:
        return int(begun)
    return await begin(db, version_id=await _version_of(db, call_id), call_id=call_id, mode=Mode.GROUP, now=now)


async def house(
    db: AsyncConnection, *, call_id: int, entered_by: int, village_id: int, consent_version: str, now: datetime
) -> int:
    """A household's answers, written down by a member who has its yes."""
    return await begin(
        db,
        version_id=await _version_of(db, call_id),
        mode=Mode.HOUSEHOLD,
        call_id=call_id,
        entered_by=entered_by,
        village_id=village_id,
        consent_version=consent_version,
        now=now,
    )


async def _version_of(db: AsyncConnection, call_id: int) -> int:
    form_id = (await db.execute(select(form_calls.c.form_id).where(form_calls.c.id == call_id))).scalar()
    if form_id is None:
        raise Refused("gone")
    return await kept_forms.newest(db, form_id=int(form_id))


def unfinished() -> ColumnElement[bool]:
    """Somebody began and answered at least one question."""
    return (fills.c.state == OPEN) & (fills.c.answers != EMPTY)


async def load(db: AsyncConnection, *, fill_id: int, to_write: bool = True) -> Row[Any]:
    """The answers with the hash of their form; locked, since others may answer the same form at this moment."""
    joined = fills.join(form_versions, form_versions.c.id == fills.c.version_id)
    query = (
        select(fills, form_versions.c.hash, form_versions.c.form_id).select_from(joined).where(fills.c.id == fill_id)
    )
    row = (await db.execute(query.with_for_update(of=fills) if to_write else query)).first()
    if row is None:
        raise Refused("gone")
    return row


async def save(db: AsyncConnection, *, fill_id: int, answers: str, percent: int, now: datetime) -> None:
    kept = update(fills).where(fills.c.id == fill_id)
    await db.execute(kept.values(answers=answers, percent=percent, touched_at=now))


async def note(db: AsyncConnection, *, fill_id: int, ref: str, person_id: int, known: Known, now: datetime) -> None:
    """Who gave this answer, and how it is known; the last one counts."""
    row = {"person_id": person_id, "at": now, "known": known}
    mine = (fill_answers.c.fill_id == fill_id) & (fill_answers.c.ref == ref)
    if not (await db.execute(update(fill_answers).where(mine).values(**row))).rowcount:
        await db.execute(insert_new(db.dialect, fill_answers), [{"fill_id": fill_id, "ref": ref, **row}])


async def finish(db: AsyncConnection, *, fill_id: int, sex: str | None, now: datetime) -> None:
    ended = update(fills).where(fills.c.id == fill_id)
    await db.execute(ended.values(state=DONE, sex=sex, percent=100, done_at=now, touched_at=now))


async def reopen(db: AsyncConnection, *, fill_id: int) -> None:
    await db.execute(update(fills).where(fills.c.id == fill_id).values(state=OPEN, done_at=None))


async def drop(db: AsyncConnection, *, fill_id: int) -> None:
    """A trial leaves nothing."""
    for table in (fill_answers, fill_sections):
        await db.execute(delete(table).where(table.c.fill_id == fill_id))
    await db.execute(delete(fills).where(fills.c.id == fill_id))


async def last_house(db: AsyncConnection, *, call_id: int, entered_by: int) -> int | None:
    """The household that this interviewer wrote down before."""
    mine = (fills.c.call_id == call_id) & (fills.c.entered_by == entered_by) & (fills.c.state == DONE)
    return (await db.execute(select(fills.c.id).where(mine).order_by(fills.c.id.desc()).limit(1))).scalar()


async def done(db: AsyncConnection, *, call_id: int) -> Sequence[Row[Any]]:
    """All answers to a call that were finished, in the order in which they were."""
    joined = fills.join(form_versions, form_versions.c.id == fills.c.version_id)
    query = select(fills, form_versions.c.hash, form_versions.c.form_id).select_from(joined)
    return (await db.execute(query.where(fills.c.call_id == call_id, fills.c.state == DONE).order_by(fills.c.id))).all()


async def open_of(db: AsyncConnection, *, call_id: int) -> list[int]:
    """The answerings that are not finished, the newest first."""
    query = select(fills.c.id).where(fills.c.call_id == call_id, unfinished()).order_by(fills.c.id.desc())
    return list((await db.execute(query)).scalars())


async def sources(db: AsyncConnection, *, fill_id: int) -> Sequence[Row[Any]]:
    """Each answer's reference with who gave it, when, and how it is known."""
    query = select(fill_answers).where(fill_answers.c.fill_id == fill_id).order_by(fill_answers.c.at)
    return (await db.execute(query)).all()


async def known_of(db: AsyncConnection, *, call_id: int) -> dict[str, int]:
    """How many answers to a call are counted, told, estimated."""
    mine = select(fills.c.id).where(fills.c.call_id == call_id)
    query = select(fill_answers.c.known, func.count()).where(fill_answers.c.fill_id.in_(mine))
    return {row[0]: row[1] for row in await db.execute(query.group_by(fill_answers.c.known))}


async def sex_of(db: AsyncConnection, *, person_id: int) -> str | None:
    return (await db.execute(select(people.c.sex).where(people.c.id == person_id))).scalar()


# sections


async def take(db: AsyncConnection, *, fill_id: int, path: str, person_id: int, now: datetime) -> None:
    """The first to take a section has it; raises Refused where another member has taken it."""
    row = {"fill_id": fill_id, "path": path, "person_id": person_id, "taken_at": now}
    await db.execute(insert_new(db.dialect, fill_sections), [row])
    holder = select(fill_sections.c.person_id).where(fill_sections.c.fill_id == fill_id, fill_sections.c.path == path)
    if (await db.execute(holder)).scalar() != person_id:
        raise Refused("section_taken")


async def give_back(db: AsyncConnection, *, fill_id: int, path: str, person_id: int) -> None:
    mine = (fill_sections.c.fill_id == fill_id) & (fill_sections.c.path == path)
    await db.execute(delete(fill_sections).where(mine, fill_sections.c.person_id == person_id))


async def sections(db: AsyncConnection, *, fill_id: int) -> dict[str, tuple[int, str | None]]:
    """Who has taken which section: the path, with the person and what they are called in the group."""
    named = select(roles.c.person_id, func.max(roles.c.name).label("name")).where(roles.c.group_id.is_not(None))
    names = named.group_by(roles.c.person_id).subquery()
    source = fill_sections.outerjoin(names, names.c.person_id == fill_sections.c.person_id)
    query = select(fill_sections.c.path, fill_sections.c.person_id, names.c.name).select_from(source)
    rows = await db.execute(query.where(fill_sections.c.fill_id == fill_id))
    return {row.path: (row.person_id, row.name) for row in rows}
