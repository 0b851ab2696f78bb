"""What a forgotten person leaves behind in the group's own chat: the counts of what has closed, and nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import group_posts
from storage.tables.group_chats import group_answers, group_codes
from storage.tables.group_chats import group_posts as posts


async def erase(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    """Their answers go, and are counted no more where the question is open still."""
    mine = group_answers.c.person_id == person_id
    answered = (await db.execute(select(group_answers.c.post_id).where(mine))).scalars().all()
    await db.execute(delete(group_answers).where(mine))
    await db.execute(delete(group_codes).where(group_codes.c.made_by == person_id))
    await db.execute(update(posts).where(posts.c.asked_by == person_id).values(asked_by=None))
    for post_id in answered:
        post = await group_posts.find(db, post_id=post_id)
        if post is not None and post.closed_at is None:
            await group_posts.redraw(db, post=post, why=f"{person_id}:forgotten", now=now)


async def answers_of(db: AsyncConnection, *, person_id: int) -> int:
    query = select(func.count()).select_from(group_answers).where(group_answers.c.person_id == person_id)
    return int((await db.execute(query)).scalar_one())


async def cut(db: AsyncConnection, *, before: datetime) -> int:
    """Questions that closed before then, with who answered them."""
    old = select(posts.c.id).where(posts.c.closed_at < before)
    await db.execute(delete(group_answers).where(group_answers.c.post_id.in_(old)))
    return (await db.execute(delete(posts).where(posts.c.closed_at < before))).rowcount
