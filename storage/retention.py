"""Old talk goes: what was said lives on in answers, needs and promises, not in the messages that brought it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import group_erasing, web_devices
from storage import media as kept_media
from storage.tables.forms import fill_answers, fills
from storage.tables.grants import grant_tellers
from storage.tables.links import link_codes, link_moves, links
from storage.tables.passes import passes
from storage.tables.turns import inbox, media, outbox, runs, work

DEVICES = timedelta(days=30)  # which device a visitor of the web came with


async def cut(db: AsyncConnection, *, before: datetime, now: datetime) -> int:
    """Takes away messages, ended conversations, finished work and documents older than `before`; answers how many."""
    gone = (
        delete(inbox).where(inbox.c.received_at < before, inbox.c.status.in_(("done", "ignored"))),
        delete(outbox).where(outbox.c.created_at < before, outbox.c.status.not_in(("pending", "sending"))),
        delete(runs).where(runs.c.touched_at < before, runs.c.state.not_in(("front", "waiting"))),
        delete(work).where(work.c.created_at < before, work.c.status.in_(("done", "failed"))),
        delete(passes).where(func.coalesce(passes.c.session_expires_at, passes.c.link_expires_at) < before),
        delete(link_codes).where(link_codes.c.expires_at < before),
        delete(link_moves).where(link_moves.c.link_id.in_(select(links.c.id).where(links.c.joined_at < before))),
    )
    talk = sum([(await db.execute(statement)).rowcount for statement in gone])
    talk += await web_devices.cut(db, before=(now - DEVICES).date())
    return talk + await group_erasing.cut(db, before=before) + await _documents(db, before, now)


async def _documents(db: AsyncConnection, before: datetime, now: datetime) -> int:
    """Tables of answers and lists of places: they hold words that their author may since have taken back.

    A document that was sent into a form is an answer, and stays as long as that; a grant's is the group's.
    """
    old = select(media.c.id, media.c.person_id).where(media.c.kind == "document", media.c.created_at < before)
    rows = (await db.execute(old.where(media.c.person_id.is_not(None), ~_answers_a_form(), ~_of_a_grant()))).all()
    for row in rows:
        await kept_media.erase(db, media_ids=[row.id], person_id=row.person_id, now=now)
    return len(rows)


def _of_a_grant() -> ColumnElement[bool]:
    return exists().where(grant_tellers.c.media_id == media.c.id)


def _answers_a_form() -> ColumnElement[bool]:
    """Looked for only in what its owner has answered, alone, with a group or at somebody's door."""
    told = select(fill_answers.c.fill_id).where(fill_answers.c.person_id == media.c.person_id)
    theirs = or_(fills.c.person_id == media.c.person_id, fills.c.entered_by == media.c.person_id, fills.c.id.in_(told))
    return exists().where(theirs, fills.c.answers.contains(media.c.id)).correlate(media)
