"""In which chat a self-help group talks with each other: how it is bound, found again, and let go.

A chat has a row among the people and an address, as they have: what is written there is numbered, paced and sent alike.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import codes
from domain.people import Action
from domain.refusal import Refused
from storage import guesses, roles, telling
from storage.new_rows import insert_new
from storage.tables.group_chats import group_chats, group_codes
from storage.tables.people import addresses, people
from storage.tables.roles import groups
from storage.tables.turns import outbox

DIGITS = 10
CODE_LASTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class GroupChat:
    """`chat_id` None: a leader passes the texts on. `lost`: the bot was thrown out of it."""

    group_id: int
    group: str
    chat_id: int | None
    title: str
    thread: int | None
    lost: bool

    @property
    def speaks(self) -> bool:
        """Whether the program can write there by itself."""
        return self.chat_id is not None and not self.lost


@dataclass(frozen=True, slots=True)
class Offer:
    """A chat in which a code was typed, for who made the code to confirm."""

    id: int
    group_id: int
    group: str
    title: str
    made_by: int
    chat_id: int | None


async def make_code(db: AsyncConnection, *, by: int, group_id: int, now: datetime) -> str:
    """Ten digits, shown now and never again; an earlier one of theirs for this group holds no more."""
    await require(db, person_id=by, group_id=group_id)
    earlier = delete(group_codes).where(group_codes.c.made_by == by, group_codes.c.group_id == group_id)
    await db.execute(earlier)
    await db.execute(delete(group_codes).where(group_codes.c.expires_at <= now))
    code = codes.new(DIGITS)
    row = {"code_hash": codes.hashed(code), "group_id": group_id, "made_by": by, "expires_at": now + CODE_LASTS}
    await db.execute(insert(group_codes), [row])
    return code


async def require(db: AsyncConnection, *, person_id: int, group_id: int) -> None:
    await roles.require(db, person_id=person_id, action=Action.SPEAK_TO_GROUP, group_id=group_id)


async def typed(
    db: AsyncConnection, *, chat_id: int, code: str, title: str, thread: int | None, now: datetime
) -> Offer | None:
    """The code was typed in this chat: who made it is asked. None where it is not known; wrong ones are bounded."""
    if await guesses.too_many(db, person_id=chat_id, now=now):
        raise Refused("code_too_many")
    digits = codes.read(code.removeprefix("g"))
    unused = (group_codes.c.code_hash == codes.hashed(digits or ""), group_codes.c.chat_id.is_(None))
    claim = update(group_codes).where(*unused, group_codes.c.expires_at > now)
    claimed = claim.values(chat_id=chat_id, title=title[:128], thread=thread).returning(group_codes.c.id)
    code_id = (await db.execute(claimed)).scalar()
    if code_id is None:
        await guesses.note(db, person_id=chat_id, now=now)
        return None
    offer = await offered(db, code_id=code_id)
    if offer is not None:
        await telling.tell(
            db,
            person_id=offer.made_by,
            thing=f"group_code:{code_id}",
            conversation="group_chat_confirm",
            args={"code": code_id},
            now=now,
        )
    return offer


async def offered(db: AsyncConnection, *, code_id: int) -> Offer | None:
    """None once it was decided."""
    c = group_codes.c
    query = select(c.id, c.group_id, groups.c.name, c.title, c.made_by, c.chat_id)
    query = query.join(groups, groups.c.id == c.group_id).where(c.id == code_id, c.chat_id.is_not(None))
    row = (await db.execute(query)).first()
    return None if row is None else Offer(*row)


async def decide(db: AsyncConnection, *, code_id: int, by: int, yes: bool, language: str, now: datetime) -> None:
    """Yes binds that chat in place of any other; a chat is that of one group. It then speaks that language."""
    query = select(group_codes).where(group_codes.c.id == code_id, group_codes.c.made_by == by)
    row = (await db.execute(query.where(group_codes.c.chat_id.is_not(None)))).first()
    if row is None:
        raise Refused("gone")
    await require(db, person_id=by, group_id=row.group_id)
    await db.execute(delete(group_codes).where(group_codes.c.id == code_id))
    if not yes:
        return
    await _bind(db, row.group_id, {"chat_id": row.chat_id, "title": row.title or "", "thread": row.thread}, now)
    await db.execute(update(people).where(people.c.id == row.chat_id).values(language=language))
    await telling.to_chat(db, chat_id=row.chat_id, thing=f"bound:{code_id}", what={"bound": row.group_id}, now=now)


async def pass_on(db: AsyncConnection, *, by: int, group_id: int, now: datetime) -> None:
    """The group's chat is one that no bot can enter: a leader passes the texts on."""
    await require(db, person_id=by, group_id=group_id)
    await _bind(db, group_id, {"chat_id": None, "title": "", "thread": None}, now)


async def let_go(db: AsyncConnection, *, by: int, group_id: int) -> None:
    await require(db, person_id=by, group_id=group_id)
    await db.execute(delete(group_chats).where(group_chats.c.group_id == group_id))


async def _bind(db: AsyncConnection, group_id: int, where: dict[str, object], now: datetime) -> None:
    await db.execute(delete(group_chats).where(group_chats.c.group_id == group_id))
    new = insert_new(db.dialect, group_chats)
    if (await db.execute(new, [{"group_id": group_id, **where, "since": now}])).rowcount != 1:
        raise Refused("chat_taken")


async def of_group(db: AsyncConnection, *, group_id: int) -> GroupChat | None:
    return next(iter(await _read(db, group_chats.c.group_id == group_id)), None)


async def of_chat(db: AsyncConnection, *, chat_id: int) -> GroupChat | None:
    """None for a chat that is nobody's yet."""
    return next(iter(await _read(db, group_chats.c.chat_id == chat_id)), None)


async def every(db: AsyncConnection) -> list[GroupChat]:
    return await _read(db, true())


async def by_community(db: AsyncConnection) -> dict[int, list[GroupChat]]:
    """The chats of each community's groups."""
    query = select(groups.c.id, groups.c.community_id).join(group_chats, group_chats.c.group_id == groups.c.id)
    where = {row.id: row.community_id for row in await db.execute(query)}
    found: dict[int, list[GroupChat]] = defaultdict(list)
    for chat in await every(db):
        found[where[chat.group_id]].append(chat)
    return found


async def _read(db: AsyncConnection, which: ColumnElement[bool]) -> list[GroupChat]:
    g = group_chats.c
    source = group_chats.join(groups, groups.c.id == g.group_id)
    source = source.outerjoin(people, people.c.id == g.chat_id)
    source = source.outerjoin(addresses, addresses.c.id == people.c.address_id)
    query = select(g.group_id, groups.c.name, g.chat_id, g.title, g.thread, addresses.c.left_at.is_not(None))
    rows = await db.execute(query.select_from(source).where(which).order_by(g.group_id))
    return [GroupChat(*row) for row in rows]


async def rename(db: AsyncConnection, *, chat_id: int, title: str) -> None:
    await db.execute(update(group_chats).where(group_chats.c.chat_id == chat_id).values(title=title[:128]))


async def lost(db: AsyncConnection, *, chat_id: int, now: datetime) -> None:
    """The bot was thrown out: the group's leaders hear of it, once a day at most."""
    chat = await of_chat(db, chat_id=chat_id)
    if chat is not None:
        await telling.tell_all(
            db,
            people_ids=await roles.leaders(db, group_id=chat.group_id),
            thing=f"chat:{chat_id}:lost:{now.date()}",
            conversation="group_chat_lost",
            args={"group": chat.group_id},
            now=now,
        )


async def move(db: AsyncConnection, *, channel: str, was: str, becomes: str, now: datetime) -> None:
    """An upgraded chat has another id: the address of a group's chat follows, and what is open there is shown anew.

    Heard up to three times, from either chat and from a refused message; only the first one finds something to do.
    """
    old, new = await _address(db, channel, was), await _address(db, channel, becomes)
    if old is None or await of_chat(db, chat_id=old[1]) is None:
        return
    if new is not None:
        if await of_chat(db, chat_id=new[1]) is not None:
            return
        aside = update(addresses).where(addresses.c.id == new[0])
        await db.execute(aside.values(external=f"moved:{new[0]}"))
    await db.execute(update(addresses).where(addresses.c.id == old[0]).values(external=becomes, left_at=None))
    await _forget_messages(db, old[0])
    await telling.to_chat(db, chat_id=old[1], thing=f"moved:{becomes}", what={"show": "moved"}, now=now)


async def _forget_messages(db: AsyncConnection, address_id: int) -> None:
    """The new chat counts its messages anew: an old number would name somebody else's."""
    here = outbox.c.address_id == address_id
    await db.execute(update(outbox).where(here, outbox.c.status == "pending").values(status="replaced"))
    await db.execute(update(outbox).where(here).values(ref=None))


async def _address(db: AsyncConnection, channel: str, external: str) -> tuple[int, int] | None:
    query = select(addresses.c.id, addresses.c.person_id)
    row = (await db.execute(query.where(addresses.c.channel == channel, addresses.c.external == external))).first()
    return None if row is None else (row.id, row.person_id)
