"""A village that has told and sorted its needs, and people of it who choose: also for what comes after the choosing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from domain.chosen import Result
from domain.needs import Life
from domain.polls import Origin
from scheduler import close_choosings
from storage import choosings, chosen
from storage.answers import Answer, Told, take
from storage.tables.choosings import ballots
from storage.tables.polls import needs as needs_
from storage.tables.polls import polls
from tests.stories.valley import ARAGULI, Valley
from tests.town import TBILISI, Phone

WATER, ROAD, LIGHT = "The water stops every evening", "The road to the school", "It is dark at night"
NEEDS = {WATER: "water", ROAD: "roads", LIGHT: "lighting"}


async def told(valley: Valley, needs: dict[str, str] | None = None, village_id: int = ARAGULI) -> tuple[int, list[int]]:
    """(a poll that is over, the needs that were told in it and released to everybody)"""
    poll_id = await valley.poll(village_id)
    await valley.member("who-went-round")
    answer = Answer(poll_id, village_id, Origin.DOOR_TO_DOOR, None, await valley.person("who-went-round"))
    async with valley.town.engine.begin() as db:
        for words, kind in (needs or NEEDS).items():
            one = Told(kind=kind, words=words)
            await take(db, answer=answer, told=[one], today=valley.today(), now=valley.town.clock.now())
    rows = await valley.rows(needs_.select().where(needs_.c.poll_id == poll_id).order_by(needs_.c.id))
    async with valley.town.engine.begin() as db:
        await db.execute(needs_.update().where(needs_.c.poll_id == poll_id).values(state=Life.RELEASED))
        await db.execute(polls.update().where(polls.c.id == poll_id).values(closed_at=valley.town.clock.now()))
    return poll_id, [row.id for row in rows]


async def opened(valley: Valley, poll_id: int, by: Phone, village_id: int = ARAGULI, days: int = 7) -> int:
    opened_by = await valley.person(by.name)
    async with valley.town.engine.begin() as db:
        found = await choosings.open_(
            db,
            poll_id=poll_id,
            village_id=village_id,
            days=days,
            opened_by=opened_by,
            now=valley.town.clock.now(),
            today=valley.today(),
        )
    await valley.town.worker.drain()
    return found


async def cast(
    valley: Valley, choosing_id: int, many: int, picks: Sequence[int], sex: str | None = None, age: str | None = None
) -> None:
    """So many ballots of people on Telegram who are not in this story."""
    row: dict[str, Any] = {"choosing_id": choosing_id, "origin": Origin.TELEGRAM, "picks": list(picks), "sex": sex}
    row |= {"age_band": age, "chosen_at": valley.town.clock.now(), "rests": False}
    async with valley.town.engine.begin() as db:
        await db.execute(insert(ballots), [row] * many)


async def settled(valley: Valley, days: int = 8) -> int:
    """The last day passes; answers how many choosings were due."""
    valley.town.clock.forward(timedelta(days=days))
    return await sweep(valley)


async def sweep(valley: Valley) -> int:
    async with valley.town.engine.begin() as db:
        found = await close_choosings.sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()
    return found


async def result(valley: Valley, choosing_id: int) -> Result:
    async with valley.town.engine.connect() as db:
        found = await chosen.of_choosing(db, choosing_id=choosing_id)
    assert found is not None
    return found


async def choose(phone: Phone, *labels: str) -> str:
    """From the menu to the thanks, which is answered."""
    await phone.send("/menu")
    await phone.tap("Choose what comes first")
    return await pick(phone, labels)


async def pick(phone: Phone, labels: Collection[str]) -> str:
    for label in labels:
        await phone.tap(label)
    await phone.tap("Done")
    return (await phone.last()).text
