"""What was asked in a group's own chat, what its members answered there or in private, and what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import group_posts as rules
from domain import people
from domain.group_posts import ASKED, SETTLES_AFTER, Kind
from domain.people import Action
from domain.promises import Finding
from domain.refusal import Refused
from domain.trainings import Answer
from storage import group_chats, promises, roles, telling, trainings
from storage.ledger import Witness
from storage.new_rows import insert_new
from storage.tables.group_chats import group_answers, group_posts
from storage.tables.roles import groups

KEPT_IN_SIGHT = 8  # of a group's questions, the newest
_P = group_posts.c


@dataclass(frozen=True, slots=True)
class Post:
    """`seq` is the message that shows it in the chat `chat_id`; None where it does not stand in a chat."""

    id: int
    group_id: int
    group: str
    kind: Kind
    args: dict[str, Any]
    created_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    result: dict[str, int] | None
    chat_id: int | None
    seq: int | None

    def takes_answers(self, now: datetime) -> bool:
        return self.closed_at is None and now < self.closes_at

    @property
    def values(self) -> tuple[str, ...]:
        return rules.values(self.kind, self.args)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a question stands: the counts, and how many of those in the group have answered."""

    counts: dict[str, int]
    answered: int
    members: int


@dataclass(frozen=True, slots=True)
class Answered:
    """For the leader: who of the group has answered, who has not; None for somebody without a name."""

    answered: list[tuple[str | None, str]]
    silent: list[str | None]


async def make(
    db: AsyncConnection,
    *,
    group_id: int,
    kind: Kind,
    thing: str,
    args: dict[str, Any],
    closes_at: datetime,
    now: datetime,
    asked_by: int | None = None,
) -> int | None:
    """Posts it in the group's chat, or gives it to the leaders to pass on. None when this was asked before."""
    row = {"group_id": group_id, "kind": kind, "thing": thing, "args": args, "asked_by": asked_by}
    new = insert_new(db.dialect, group_posts).returning(_P.id)
    values = {**row, "created_at": now, "closes_at": closes_at}
    post_id: int | None = (await db.execute(new.values(**values))).scalar()
    if post_id is not None:
        await _deliver(db, group_id, post_id, now, asked_by)
    return post_id


async def ask(
    db: AsyncConnection, *, by: int, group_id: int, kind: Kind, args: dict[str, Any], closes_at: datetime, now: datetime
) -> int:
    """What a leader asks. The text to pass on is shown to who asks at once, so it is not told to them again."""
    await group_chats.require(db, person_id=by, group_id=group_id)
    rules.check_vote(args["question"], args["options"])
    thing = f"asked:{secrets.token_hex(8)}"
    made = await make(
        db, group_id=group_id, kind=kind, thing=thing, args=args, closes_at=closes_at, now=now, asked_by=by
    )
    if made is None:
        raise Refused("gone")
    return made


async def _deliver(db: AsyncConnection, group_id: int, post_id: int, now: datetime, asked_by: int | None) -> None:
    chat = await group_chats.of_group(db, group_id=group_id)
    if chat is not None and chat.speaks and chat.chat_id is not None:
        await telling.to_chat(db, chat_id=chat.chat_id, thing=f"post:{post_id}", what={"post": post_id}, now=now)
    elif asked_by is None:
        await telling.tell_all(
            db,
            people_ids=await roles.leaders(db, group_id=group_id),
            thing=f"group_post:{post_id}",
            conversation="group_forward",
            args={"post": post_id},
            now=now,
        )


async def find(db: AsyncConnection, *, post_id: int) -> Post | None:
    return next(iter(await _posts(db, _P.id == post_id)), None)


async def open_in(db: AsyncConnection, *, group_id: int, now: datetime) -> list[Post]:
    return await _posts(db, _P.group_id == group_id, _P.closed_at.is_(None), _P.closes_at > now)


async def asked(db: AsyncConnection, *, by: int, group_id: int) -> list[Post]:
    """The newest first, for the leader."""
    await group_chats.require(db, person_id=by, group_id=group_id)
    answerable = [kind for kind in Kind if kind is not Kind.WORDS]
    return (await _posts(db, _P.group_id == group_id, _P.kind.in_(answerable)))[::-1][:KEPT_IN_SIGHT]


async def _posts(db: AsyncConnection, *which: Any) -> list[Post]:
    columns = (_P.id, _P.group_id, groups.c.name, _P.kind, _P.args, _P.created_at, _P.closes_at, _P.closed_at)
    query = select(*columns, _P.result, _P.chat_id, _P.seq).join(groups, groups.c.id == _P.group_id)
    rows = await db.execute(query.where(*which).order_by(_P.id))
    return [Post(*row[:3], Kind(row.kind), *row[4:]) for row in rows]


async def shown(db: AsyncConnection, *, post_id: int, chat_id: int, seq: int) -> None:
    await db.execute(update(group_posts).where(_P.id == post_id).values(chat_id=chat_id, seq=seq))


async def answer(
    db: AsyncConnection, *, post: Post, person_id: int, value: str, now: datetime, tapped: str
) -> str | None:
    """Counts once for each person, and may be changed until it closes; gives back what they had said before.

    `tapped` names this very tap, so that the post is redrawn for each.
    """
    await roles.require(db, person_id=person_id, action=Action.ANSWER_GROUP, group_id=post.group_id)
    if not post.takes_answers(now):
        raise Refused("post_closed")
    if value not in post.values:
        raise Refused("gone")
    before = await said(db, post_id=post.id, person_id=person_id)
    if before == value:
        return before
    if post.kind is Kind.TRAINING:
        training_id = post.args["training"]
        await trainings.answer(db, person_id=person_id, training_id=training_id, said=Answer(value), now=now)
    await _keep(db, post, person_id, value, now)
    await redraw(db, post=post, why=f"{person_id}:{tapped}", now=now)
    return before


async def count_check(db: AsyncConnection, *, post: Post, person_id: int, now: datetime, tapped: str) -> None:
    """Who told of a promise in private has answered the group too; it stands in the ledger already."""
    told = (await promises.dossier(db, promise_id=post.args["promise"])).sights()
    mine = [one for one in told if one.person_id == person_id and one.at >= post.created_at]
    if mine and post.takes_answers(now):
        await _keep(db, post, person_id, str(mine[-1].body["value"]), now, settled=True)
        await redraw(db, post=post, why=f"{person_id}:{tapped}", now=now)


async def said(db: AsyncConnection, *, post_id: int, person_id: int) -> str | None:
    mine = (group_answers.c.post_id == post_id, group_answers.c.person_id == person_id)
    found: str | None = (await db.execute(select(group_answers.c.value).where(*mine))).scalar()
    return found


async def _keep(
    db: AsyncConnection, post: Post, person_id: int, value: str, now: datetime, *, settled: bool = False
) -> None:
    key = {"post_id": post.id, "person_id": person_id}
    settle_at = now + SETTLES_AFTER if rules.finding(post.kind, value) and not settled else None
    values = {"value": value, "at": now, "settle_at": settle_at}
    await db.execute(insert_new(db.dialect, group_answers), [{**key, **values}])
    mine = (group_answers.c.post_id == post.id, group_answers.c.person_id == person_id)
    await db.execute(update(group_answers).where(*mine).values(**values))


async def redraw(db: AsyncConnection, *, post: Post, why: str, now: datetime) -> None:
    if post.chat_id is not None:
        what = {"draw": post.id}
        await telling.to_chat(db, chat_id=post.chat_id, thing=f"draw:{post.id}:{why}", what=what, now=now)


async def standing(db: AsyncConnection, *, post: Post) -> Standing:
    """Of those who are in the group now: who has left it counts no more."""
    members = await roles.group_of(db, group_id=post.group_id)
    if post.result is not None:
        return Standing(post.result, sum(post.result.values()), len(members))
    ids = {person_id for person_id, _name in members}
    given = [value for person_id, value in (await _given(db, post.id)).items() if person_id in ids]
    return Standing(rules.tally(post.values, given), len(given), len(members))


async def answered(db: AsyncConnection, *, by: int, post: Post) -> Answered:
    await group_chats.require(db, person_id=by, group_id=post.group_id)
    given, members = await _given(db, post.id), await roles.group_of(db, group_id=post.group_id)
    return Answered(
        [(name, given[person_id]) for person_id, name in members if person_id in given],
        [name for person_id, name in members if person_id not in given],
    )


async def _given(db: AsyncConnection, post_id: int) -> dict[int, str]:
    query = select(group_answers.c.person_id, group_answers.c.value).where(group_answers.c.post_id == post_id)
    rows = await db.execute(query.order_by(group_answers.c.at, group_answers.c.person_id))
    return {row.person_id: row.value for row in rows}


async def close_due(db: AsyncConnection, *, now: datetime) -> int:
    """Ends what has run its time: the counts are fixed, and the group hears the result of what was asked."""
    due = await _posts(db, _P.closed_at.is_(None), _P.closes_at <= now)
    for post in due:
        result = (await standing(db, post=post)).counts
        await db.execute(update(group_posts).where(_P.id == post.id).values(closed_at=now, result=result))
        await redraw(db, post=post, why="closed", now=now)
        if post.kind in ASKED:
            await _tell_result(db, post, now)
    return len(due)


async def drop(db: AsyncConnection, *, post_id: int, now: datetime) -> None:
    """It is no longer true, and was never shown."""
    await db.execute(update(group_posts).where(_P.id == post_id).values(closed_at=now, result={}))


async def _tell_result(db: AsyncConnection, post: Post, now: datetime) -> None:
    if post.chat_id is not None:
        what = {"result": post.id}
        return await telling.to_chat(db, chat_id=post.chat_id, thing=f"result:{post.id}", what=what, now=now)
    await telling.tell_all(
        db,
        people_ids=await roles.leaders(db, group_id=post.group_id),
        thing=f"group_post:{post.id}:result",
        conversation="group_result",
        args={"post": post.id},
        now=now,
    )


async def settle_due(db: AsyncConnection, *, now: datetime, zone: ZoneInfo) -> int:
    """Writes into the promise's ledger what was seen, once it has stood for a while; it is the group's word then."""
    a = group_answers.c
    query = select(a.post_id, a.person_id, a.value).where(a.settle_at <= now)
    rows = (await db.execute(query.order_by(a.settle_at, a.person_id).with_for_update(skip_locked=True))).all()
    for row in rows:
        await db.execute(
            update(group_answers).where(a.post_id == row.post_id, a.person_id == row.person_id).values(settle_at=None)
        )
        post = await find(db, post_id=row.post_id)
        finding = rules.finding(post.kind, row.value) if post is not None else None
        if post is not None and finding is not None:
            await _see(db, post, row.person_id, finding, now, zone)
    return len(rows)


async def _see(
    db: AsyncConnection, post: Post, person_id: int, finding: Finding, now: datetime, zone: ZoneInfo
) -> None:
    """Who has left the group meanwhile speaks for it no more."""
    if not people.may(await roles.held(db, person_id=person_id, group_id=post.group_id), Action.CHECK_PROMISE):
        return
    promise_id, witness = post.args["promise"], Witness(person_id, None, None)
    await promises.see(db, promise_id=promise_id, finding=finding, witness=witness, now=now, zone=zone)


async def unasked(db: AsyncConnection, *, group_id: int, things: Sequence[str]) -> list[str]:
    """Of these things, those of which the group has not heard."""
    query = select(_P.thing).where(_P.group_id == group_id, _P.thing.in_(things))
    heard = set((await db.execute(query)).scalars())
    return [thing for thing in things if thing not in heard]


async def next_close(db: AsyncConnection, *, after: datetime) -> datetime | None:
    """When the next question closes, or the next thing seen is written down."""
    query = select(func.min(_P.closes_at)).where(_P.closed_at.is_(None), _P.closes_at > after)
    settles = select(func.min(group_answers.c.settle_at)).where(group_answers.c.settle_at > after)
    moments = [(await db.execute(each)).scalar() for each in (query, settles)]
    return min((each for each in moments if each is not None), default=None)
