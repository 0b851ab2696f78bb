"""Where a form is answered: a community's residents, or a group, are asked to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.forms.calls import Mode
from domain.people import MAY, Action, may
from domain.refusal import Refused
from storage import forms as kept_forms
from storage import reach, roles, telling
from storage.fills import unfinished
from storage.tables.forms import fills, form_calls, form_versions, forms
from storage.tables.people import people
from storage.tables.places import communities, villages
from storage.tables.roles import groups
from storage.tables.roles import roles as role_rows


async def open_(
    db: AsyncConnection,
    *,
    form_id: int,
    mode: Mode,
    by: int | None,
    now: datetime,
    community_id: int | None = None,
    group_id: int | None = None,
) -> int:
    """Puts the form to them and tells them; the same form is not put to the same people twice while it is open."""
    await kept_forms.require(db, form_id=form_id, by=by)
    if group_id is not None:
        where = select(groups.c.community_id).where(groups.c.id == group_id)
        community_id = (await db.execute(where)).scalar()
    if community_id is None or (mode is not Mode.PERSON and group_id is None):
        raise Refused("gone")
    if by is not None:
        await _require_place(db, by, community_id)
    wanted: dict[str, Any] = {"form_id": form_id, "mode": mode, "community_id": community_id, "group_id": group_id}
    same = (form_calls.c[name] == value for name, value in wanted.items())  # "== None" is "IS NULL" in SQLAlchemy
    known = (await db.execute(select(form_calls.c.id).where(form_calls.c.closed_at.is_(None), *same))).scalar()
    if known is not None:
        return int(known)
    made = insert(form_calls).values(**wanted, opened_by=by, opened_at=now).returning(form_calls.c.id)
    call_id = int((await db.execute(made)).scalar_one())
    told = [person_id for person_id in await _concerned(db, mode, community_id, group_id) if person_id != by]
    thing, args = f"form:{call_id}:open", {"call": call_id}
    await telling.tell_all(db, people_ids=told, thing=thing, conversation="form_call", args=args, now=now)
    return call_id


async def _require_place(db: AsyncConnection, by: int, community_id: int) -> None:
    at = select(communities.c.municipality_id).where(communities.c.id == community_id)
    municipality_id = (await db.execute(at)).scalar()
    await roles.require(db, person_id=by, action=Action.PUBLISH_FORM, municipality_id=municipality_id)


async def _concerned(db: AsyncConnection, mode: Mode, community_id: int, group_id: int | None) -> Sequence[int]:
    if mode is Mode.PERSON:
        lives = people.join(villages, villages.c.id == people.c.village_id)
        here = select(people.c.id).select_from(lives).where(villages.c.community_id == community_id)
        query = here.where(people.c.welcomed_at.is_not(None), people.c.erased_at.is_(None)).order_by(people.c.id)
    else:
        query = select(role_rows.c.person_id).where(role_rows.c.group_id == group_id, role_rows.c.ended_at.is_(None))
        query = query.distinct().order_by(role_rows.c.person_id)
    return (await db.execute(query)).scalars().all()


async def close(db: AsyncConnection, *, call_id: int, by: int | None, now: datetime) -> None:
    """Nobody begins any more; what is begun may be finished."""
    await require_desk(db, call_id=call_id, by=by)
    ended = update(form_calls).where(form_calls.c.id == call_id, form_calls.c.closed_at.is_(None))
    await db.execute(ended.values(closed_at=now))


async def require_desk(db: AsyncConnection, *, call_id: int, by: int | None) -> None:
    """Raises Refused unless this person puts forms to the people of that place."""
    found = await call(db, call_id=call_id)
    if by is not None:
        await _require_place(db, by, found.community_id)


async def require_reader(db: AsyncConnection, *, call_id: int, by: int) -> bool:
    """Raises Refused unless this person may see the numbers: the desk (True), or the group whose form it is (False)."""
    found = await call(db, call_id=call_id)
    where = select(communities.c.municipality_id).where(communities.c.id == found.community_id)
    held = await roles.held(db, person_id=by, municipality_id=(await db.execute(where)).scalar())
    if may(held, Action.PUBLISH_FORM):
        return True
    if found.group_id is None:
        raise Refused("not_allowed", action=Action.PUBLISH_FORM)
    await roles.require(db, person_id=by, action=Action.FILL_FORM, group_id=found.group_id)
    return False


async def call(db: AsyncConnection, *, call_id: int) -> Row[Any]:
    row: Row[Any] | None = (await db.execute(_calls().where(form_calls.c.id == call_id))).first()
    if row is None:
        raise Refused("gone")
    return row


async def of_desk(db: AsyncConnection, *, by: int) -> Sequence[Row[Any]]:
    """Every call within this person's reach, the newest first."""
    places = await roles.municipalities_where(db, person_id=by, action=Action.PUBLISH_FORM)
    query = _calls().order_by(form_calls.c.id.desc())
    if places is not None:
        query = query.where(communities.c.municipality_id.in_(places))
    found: Sequence[Row[Any]] = (await db.execute(query)).all()
    return found


async def of_groups(db: AsyncConnection, *, person_id: int) -> Sequence[Row[Any]]:
    """What was put to this person's groups and is begun or answered, closed or not, the newest first."""
    held = role_rows.c.role.in_(MAY[Action.FILL_FORM]) & role_rows.c.ended_at.is_(None)
    mine = select(role_rows.c.group_id).where(
        role_rows.c.person_id == person_id, held, role_rows.c.group_id.is_not(None)
    )
    begun = select(fills.c.call_id).where(fills.c.call_id.is_not(None), (fills.c.state == "done") | unfinished())
    query = _calls().where(form_calls.c.group_id.in_(mine), form_calls.c.id.in_(begun))
    found: Sequence[Row[Any]] = (await db.execute(query.order_by(form_calls.c.id.desc()))).all()
    return found


async def for_person(db: AsyncConnection, *, person_id: int, village_id: int | None) -> Sequence[Row[Any]]:
    """The open calls to this person: as a resident those not answered yet, as a member of a group all of theirs."""
    mine = select(role_rows.c.group_id).where(
        role_rows.c.person_id == person_id, role_rows.c.ended_at.is_(None), role_rows.c.group_id.is_not(None)
    )
    home = select(villages.c.community_id).where(villages.c.id == village_id)
    answered = select(fills.c.call_id).where(
        fills.c.person_id == person_id, fills.c.state == "done", fills.c.call_id.is_not(None)
    )
    as_resident = (
        (form_calls.c.mode == Mode.PERSON)
        & (form_calls.c.community_id == home.scalar_subquery())
        & form_calls.c.id.not_in(answered)
    )
    query = _calls().where(form_calls.c.closed_at.is_(None), as_resident | form_calls.c.group_id.in_(mine))
    found: Sequence[Row[Any]] = (await db.execute(query.order_by(form_calls.c.id))).all()
    return found


async def require(db: AsyncConnection, *, call_id: int, person_id: int, village_id: int | None) -> Row[Any]:
    """The call, if this person may answer it now; raises Refused."""
    found = await call(db, call_id=call_id)
    if found.closed_at is not None:
        raise Refused("form_closed")
    if found.mode == Mode.PERSON:
        home = select(villages.c.community_id).where(villages.c.id == village_id)
        if (await db.execute(home)).scalar() != found.community_id:
            raise Refused("form_elsewhere")
    else:
        await roles.require(db, person_id=person_id, action=Action.FILL_FORM, group_id=found.group_id)
    return found


async def villages_of(db: AsyncConnection, *, person_id: int, community_id: int) -> list[int]:
    """Where an interviewer may go: their group's villages."""
    own = await reach.reach(db, person_id=person_id, action=Action.FILL_FORM)
    query = select(villages.c.id).where(villages.c.community_id == community_id).order_by(villages.c.id)
    return [village for village in (await db.execute(query)).scalars() if village in own]


def _calls() -> Select[Any]:
    c = form_calls.c
    done = select(func.count()).where(fills.c.call_id == c.id, fills.c.state == "done").scalar_subquery()
    begun = select(func.count()).where(fills.c.call_id == c.id, unfinished()).scalar_subquery()
    place = communities.c
    source = (
        form_calls.join(forms, forms.c.id == c.form_id)
        .join(communities, place.id == c.community_id)
        .outerjoin(groups, groups.c.id == c.group_id)
    )
    named = (forms.c.title, forms.c.key, place.name_ka, place.name_en, groups.c.name.label("group_name"))
    return select(*c, *named, done.label("done"), begun.label("begun")).select_from(source)


async def questions(db: AsyncConnection, *, form_id: int) -> int:
    """How many the newest version has."""
    version_id = await kept_forms.newest(db, form_id=form_id)
    query = select(form_versions.c.questions).where(form_versions.c.id == version_id)
    return int((await db.execute(query)).scalar_one())
