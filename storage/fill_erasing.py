"""Forgetting a person in the questionnaires: their own answers go whole, since twenty together point at somebody.

What they told in their group's common answers is the group's, and stays without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.forms import fill_answers, fill_sections, fills, form_calls, form_versions, forms


async def erase(db: AsyncConnection, *, person_id: int) -> None:
    unfinished = (fills.c.entered_by == person_id) & (fills.c.state == "open")
    gone = select(fills.c.id).where((fills.c.person_id == person_id) | unfinished)
    ids = (await db.execute(gone)).scalars().all()
    await db.execute(delete(fill_answers).where(fill_answers.c.fill_id.in_(ids)))
    await db.execute(delete(fill_sections).where(fill_sections.c.fill_id.in_(ids)))
    await db.execute(delete(fills).where(fills.c.id.in_(ids)))
    await db.execute(delete(fill_sections).where(fill_sections.c.person_id == person_id))
    for column in (
        fill_answers.c.person_id,
        fills.c.entered_by,
        forms.c.created_by,
        form_versions.c.made_by,
        form_calls.c.opened_by,
    ):
        await db.execute(update(column.table).where(column == person_id).values({column: None}))


async def filled_by(db: AsyncConnection, *, person_id: int) -> Sequence[Row[Any]]:
    """The forms that this person answers for themselves: title, percent, state."""
    joined = fills.join(form_versions, form_versions.c.id == fills.c.version_id)
    joined = joined.join(forms, forms.c.id == form_versions.c.form_id)
    query: Select[Any] = select(forms.c.title, fills.c.percent, fills.c.state).select_from(joined)
    mine = query.where(fills.c.person_id == person_id).order_by(fills.c.id)
    found: Sequence[Row[Any]] = (await db.execute(mine)).all()
    return found


def in_common(person_id: int) -> ColumnElement[bool]:
    """What this person told in answers that are not theirs alone."""
    own = select(fills.c.id).where(fills.c.person_id == person_id)
    return (fill_answers.c.person_id == person_id) & fill_answers.c.fill_id.not_in(own)
