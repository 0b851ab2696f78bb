"""The needs of a village: what neighbours may read of them, and who hears when something comes of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import OPEN, Life, photo_for_others, words_for_others
from domain.people import Action
from domain.refusal import Refused
from domain.words.alike import SAME, likeness
from domain.words.index import Index
from storage import heads, reach, telling
from storage.heads import Head, Village
from storage.jsontext import dumps
from storage.tables.doors import follows
from storage.tables.polls import agreed_items, answers, needs, supports

ALIKE = 3  # as many are offered


@dataclass(frozen=True, slots=True)
class Public:
    """What others may know of a need: its kind, and words and photo once they were released."""

    id: int
    village_id: int
    kind: str
    words: str | None
    photo: str | None


def _public(row: Row[Any]) -> Public:
    words = words_for_others(Life(row.state), row.words, row.public_words) if row.words else None
    photo = row.media_id if photo_for_others(Life(row.photo_state)) else None
    return Public(row.id, row.village_id, row.kind, words, photo)


def _of_head(head: Head, need_id: int) -> Public:
    return Public(need_id, head.village_id, head.kind, head.name, head.photo)


async def public(db: AsyncConnection, *, need_id: int) -> Public | None:
    """As the desk sorted it: by the name of the head that it belongs to."""
    head = await heads.head(db, need_id=need_id)
    return None if head is None else _of_head(head, need_id)


async def alike(
    db: AsyncConnection,
    *,
    poll_id: int,
    village_id: int,
    person_id: int | None,
    kind: str,
    words: str | None,
    besides: Collection[int] = (),
) -> list[Public]:
    """What neighbours said that is like it: released words, or the kind alone where there never were words.

    Words are compared with those of every kind: a school bus may be told under roads or under transport. Left out is
    what this person told or stands behind, and `besides`, behind which they are about to.
    """
    mine = {*besides, *await _stood_behind(db, poll_id=poll_id, person_id=person_id)}
    if await heads.any_sorted(db, poll_id=poll_id, village_id=village_id):
        village = await heads.read(db, poll_id=poll_id, village_id=village_id)
        return _alike_sorted(village, mine, kind, words)
    query = standing().where(needs.c.poll_id == poll_id, needs.c.village_id == village_id)
    rows = [row for row in await db.execute(query) if row.id not in mine]
    if words:
        index = Index((need, need.words) for need in map(_public, rows) if need.words)
        return [found.key for found in index.like(words, at_most=ALIKE)]
    same_kind = [_public(row) for row in rows if row.kind == kind]
    wordless = [need.id for need in await _wordless(db, same_kind)]
    return [need for need in same_kind if need.words or need.id in wordless[:1]][:ALIKE]


def _alike_sorted(village: Village, mine: Collection[int], kind: str, words: str | None) -> list[Public]:
    """`alike` among heads: whatever was joined is offered once, by any of its words that others may read."""
    found: list[tuple[float, Public]] = []
    for head in heads.of(village):
        rows = [village.needs[part] for part in head.needs]
        standing = [row.id for row in rows if row.state != Life.HIDDEN]
        if head.open and standing and not any(row.id in mine for row in rows):
            said = [head.name, *(_public(row).words for row in rows)]
            share = max((likeness(words, each) for each in said if words and each), default=0.0)
            silent = not any(row.words or row.media_id for row in rows)
            if share >= SAME or (not words and head.kind == kind and (head.name or silent)):
                first = head.id if head.id in standing else standing[0]
                found.append((share, _of_head(head, first)))
    return [need for _share, need in sorted(found, key=lambda pair: -pair[0])][:ALIKE]


async def _stood_behind(db: AsyncConnection, *, poll_id: int, person_id: int | None) -> Sequence[int]:
    if person_id is None:
        return ()
    told_ = select(needs.c.id).where(needs.c.poll_id == poll_id, needs.c.author_id == person_id)
    behind = select(supports.c.need_id).join(answers, answers.c.id == supports.c.answer_id)
    behind = behind.where(answers.c.poll_id == poll_id, answers.c.person_id == person_id)
    return (await db.execute(told_.union(behind))).scalars().all()


async def _wordless(db: AsyncConnection, found: Sequence[Public]) -> list[Public]:
    """Those that have nothing to release: the kind is all that was said."""
    ids = [need.id for need in found if need.words is None]
    query = select(needs.c.id).where(needs.c.id.in_(ids), needs.c.words.is_(None), needs.c.media_id.is_(None))
    plain = set((await db.execute(query)).scalars())
    return [need for need in found if need.id in plain]


async def of_answer(db: AsyncConnection, *, poll_id: int, person_id: int) -> Sequence[Any]:
    """What this person told, and the needs of neighbours behind which they stand."""
    source = supports.join(needs, needs.c.id == supports.c.need_id).join(answers, answers.c.id == supports.c.answer_id)
    query = select(needs, supports.c.words.label("own_words"), supports.c.suffers.label("own_suffers"))
    query = query.select_from(source).where(answers.c.poll_id == poll_id, answers.c.person_id == person_id)
    return await _veiled(db, (await db.execute(query.order_by(supports.c.id))).all())


async def told_in(db: AsyncConnection, *, answer_id: int) -> Sequence[Any]:
    """`of_answer`, of an answer that may be nobody's."""
    query = select(needs, supports.c.words.label("own_words"), supports.c.suffers.label("own_suffers"))
    query = query.select_from(supports.join(needs, needs.c.id == supports.c.need_id))
    query = query.where(supports.c.answer_id == answer_id).order_by(supports.c.id)
    return await _veiled(db, (await db.execute(query)).all())


async def _veiled(db: AsyncConnection, rows: Sequence[Row[Any]]) -> Sequence[Any]:
    """What the desk has since marked as private is hidden, though it was released before."""
    private = await heads.private(db, need_ids=[row.id for row in rows])
    hidden = {"state": Life.HIDDEN, "photo_state": Life.HIDDEN}
    whole = [dict(row._mapping) for row in rows]  # noqa: SLF001  the public name of SQLAlchemy for a row's columns
    return [SimpleNamespace(**{**each, **(hidden if each["id"] in private else {})}) for each in whole]


def words_in(row: Row[Any], answer_id: int) -> str | None:
    """A need of `told_in` in words that whoever gave this answer may read."""
    if row.own_words or row.answer_id == answer_id:
        return str(row.own_words or row.words or "") or None
    return _public(row).words


def words_for(row: Row[Any], person_id: int) -> str | None:
    """A need of `of_answer` in words that this person may read."""
    if row.own_words or row.author_id == person_id:
        return str(row.own_words or row.words or "") or None
    return _public(row).words


async def told(db: AsyncConnection, *, need_id: int) -> Row[Any]:
    """Everything that was told: for the desk only."""
    row = (await db.execute(select(needs).where(needs.c.id == need_id))).first()
    if row is None:
        raise Refused("gone")
    return row


async def told_each(db: AsyncConnection, *, need_ids: Sequence[int]) -> list[Row[Any]]:
    """`told` of several, in the order given."""
    rows = {row.id: row for row in await db.execute(select(needs).where(needs.c.id.in_(need_ids)))}
    return [rows[need_id] for need_id in need_ids if need_id in rows]


async def public_each(db: AsyncConnection, *, need_ids: Sequence[int]) -> list[Public]:
    """The heads of these, each once, in the order in which the first of its needs is given."""
    found = await heads.each(db, need_ids=need_ids)
    inorder = {found[need_id].id: found[need_id] for need_id in need_ids if need_id in found}
    return [_of_head(head, head.id) for head in inorder.values() if head.open and head.answers]


async def decide_words(
    db: AsyncConnection, *, need_id: int, life: Life, reworded: str | None, by: int, now: datetime
) -> None:
    await _require_desk(db, need_id, by)
    stamp = {"released_at": now, "released_by": by} if life in OPEN else {}
    values = {"state": life, "public_words": reworded if life is Life.REWORDED else None, **stamp}
    await db.execute(update(needs).where(needs.c.id == need_id).values(**values))


async def decide_photo(db: AsyncConnection, *, need_id: int, life: Life, by: int) -> None:
    await _require_desk(db, need_id, by)
    await db.execute(update(needs).where(needs.c.id == need_id).values(photo_state=life))


async def _require_desk(db: AsyncConnection, need_id: int, by: int) -> None:
    """Again when it is decided: a role may have ended since they read it."""
    village_id = (await told(db, need_id=need_id)).village_id
    await reach.require(db, person_id=by, action=Action.RELEASE_WORDS, village_id=village_id)


async def disown(db: AsyncConnection, which: ColumnElement[bool]) -> None:
    """Takes from these needs what points at their author; words that nobody released go with them."""
    unread = needs.c.state.not_in(OPEN)
    await db.execute(update(needs).where(which, unread).values(words=None, public_words=None, state=Life.HIDDEN))
    gone = {
        "author_id": None,
        "answer_id": None,
        "media_id": None,
        "lat": None,
        "lon": None,
        "photo_state": Life.HIDDEN,
    }
    await db.execute(update(needs).where(which).values(**gone))


async def drop_lonely(db: AsyncConnection, *, need_ids: Collection[int]) -> None:
    """Empties those behind which nobody stands, unless the village agreed on them."""
    held = or_(
        exists().where(supports.c.need_id == needs.c.id),
        exists().where(agreed_items.c.need_id == needs.c.id),
    )
    empty = {"words": None, "public_words": None, "suffers": None, "state": Life.HIDDEN}
    await db.execute(update(needs).where(needs.c.id.in_(need_ids), ~held).values(**empty))


async def tell_supporters(
    db: AsyncConnection, *, need_id: int, conversation: str, now: datetime, args: dict[str, Any] | None = None
) -> None:
    """Lets everybody who stands behind this need hear of it, once for each `args`."""
    people_ids = await supporters(db, need_ids=[need_id])
    about = {"need": need_id, **(args or {})}
    thing = f"{conversation}:{dumps(about)}"
    await telling.tell_all(db, people_ids=people_ids, thing=thing, conversation=conversation, args=about, now=now)


async def supporters(db: AsyncConnection, *, need_ids: Collection[int]) -> list[int]:
    """The people who stand behind any of them, or what was joined with them; or asked to hear of somebody who does."""
    behind = await heads.supporters(db, need_ids=need_ids)
    stand = select(answers.c.person_id).where(answers.c.id.in_(behind), answers.c.person_id.is_not(None))
    listen = select(follows.c.person_id).where(follows.c.answer_id.in_(behind))
    return sorted(set((await db.execute(union(stand, listen))).scalars()))


def standing(*columns: Any) -> Select[Any]:
    """Needs behind which somebody stands and that nobody hid."""
    stands = exists().where(supports.c.need_id == needs.c.id)
    return select(*(columns or (needs,))).where(stands, needs.c.state != Life.HIDDEN).order_by(needs.c.id)
