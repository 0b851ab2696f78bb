"""After a split, whoever stood behind the whole may say which half they meant; until then they stand behind both."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import sorting as rules
from domain.refusal import Refused
from domain.sorting import Act, Verb
from storage import heads, telling
from storage.heads import Village
from storage.tables.polls import answers
from storage.tables.sorting import sortings


@dataclass(frozen=True, slots=True)
class Halves:
    """What was split, as others may know it: the need that was there first, and the other."""

    first: int
    first_name: str | None
    second: int
    second_name: str | None
    kinds: tuple[str, str]


async def ask(db: AsyncConnection, *, act_id: int, answer_ids: Collection[int], now: datetime) -> None:
    """Those with an account; who was asked at the door stays behind both."""
    query = select(answers.c.person_id).where(answers.c.id.in_(answer_ids), answers.c.person_id.is_not(None))
    people_ids = sorted(set((await db.execute(query)).scalars()))
    thing, args = f"which_half:{act_id}", {"act": act_id}
    await telling.tell_all(db, people_ids=people_ids, thing=thing, conversation="which_half", args=args, now=now)


async def halves(db: AsyncConnection, *, act_id: int, person_id: int) -> Halves | None:
    """None where there is nothing to ask any more: it was taken back, or they stand behind one at most."""
    found = await _split(db, act_id)
    if found is None:
        return None
    act, village = found
    parts = (act.change["part"], act.change["new"])
    if not all([_held(village, part, await _mine(db, act_id, person_id)) for part in parts]):
        return None
    first, second = [await heads.head(db, need_id=part) for part in parts]
    if first is None or second is None or first.id == second.id or not (first.open and second.open):
        return None
    return Halves(parts[0], first.name, parts[1], second.name, (first.kind, second.kind))


async def choose(db: AsyncConnection, *, act_id: int, person_id: int, part: int, now: datetime) -> None:
    """They stand behind this half alone. Kept without who it was: the supports say which, and go with the answer."""
    found = await _split(db, act_id)
    if found is None:
        raise Refused("gone")
    act, village = found
    parts = {act.change["part"], act.change["new"]}
    if part not in parts:
        raise Refused("gone")
    [other] = parts - {part}
    leaving = _held(village, other, await _mine(db, act_id, person_id))
    change = {"split": act_id, "head": village.sorted.head_of(other), "part": other, "supports": sorted(leaving)}
    where = village.needs[other]
    row = {"poll_id": where.poll_id, "village_id": where.village_id, "verb": Verb.LEAVE, "change": change, "at": now}
    await db.execute(insert(sortings).values(**row))


def _held(village: Village, part: int, mine: Collection[int]) -> set[int]:
    held = rules.behind_part(village.sorted, village.supports, part)
    return {number for number, answer in held.items() if answer in mine}


async def _split(db: AsyncConnection, act_id: int) -> tuple[Act, Village] | None:
    """The split, if it stands."""
    row = (await db.execute(select(sortings.c.poll_id, sortings.c.village_id).where(sortings.c.id == act_id))).first()
    if row is None:
        return None
    village = await heads.read(db, poll_id=row.poll_id, village_id=row.village_id)
    act = next((act for act in rules.live(village.acts) if act.id == act_id), None)
    return None if act is None or act.verb is not Verb.SPLIT else (act, village)


async def _mine(db: AsyncConnection, act_id: int, person_id: int) -> set[int]:
    here = sortings.c.poll_id == answers.c.poll_id
    query = select(answers.c.id).join(sortings, here).where(sortings.c.id == act_id, answers.c.person_id == person_id)
    return set((await db.execute(query)).scalars())
