"""A photo of a promise is shown to everybody only once somebody else of the group has looked at it."""

from __future__ import annotations

from sqlalchemy import update

from domain.people import Role
from scheduler.new_photos import sweep
from storage import promise_photos
from storage.tables.turns import media
from tests.stories.test_promises import march, official, write_down
from tests.stories.valley import Valley
from tests.town import TBILISI, Phone


async def take(valley: Valley, phone: Phone) -> None:
    await phone.send("/menu")
    for label in ("I looked at a promise", "The road", "Work is going on"):
        await phone.tap(label)
    await phone.photo()
    await phone.tap("Skip")
    async with valley.town.engine.begin() as db:
        await db.execute(update(media).values(state="ready"))


async def shown(valley: Valley) -> int:
    async with valley.town.engine.connect() as db:
        return len(await promise_photos.released(db, promise_id=1))


async def ten_oclock(valley: Valley, day: int) -> None:
    valley.town.clock.move_to(march(day, 10))
    async with valley.town.engine.begin() as db:
        await sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()


async def test_another_member_looks_and_decides_and_may_think_again(valley: Valley) -> None:
    leader, member = await valley.member("lela", Role.LEADER), await valley.member("mari", Role.MEMBER)
    nino = await valley.resident("nino")
    await official(valley)
    await write_down(leader)
    await take(valley, leader)
    assert await shown(valley) == 0
    await nino.send("/menu")
    assert not any("Look at new photos" in text for text, _data in (await nino.last()).buttons)
    await ten_oclock(valley, 4)
    assert "No face without that person's yes, no child" in (await member.last()).text
    assert any(message.raw.get("photo") for message in await member.messages())
    assert "May this photo be shown" not in (await leader.last()).text, "nobody decides about their own"
    await member.tap("Later")
    assert await shown(valley) == 0
    await member.send("/menu")
    await member.tap("Look at new photos")
    assert "That was all" in (await member.tap("Yes, show it")).text
    assert await shown(valley) == 1
    await leader.send("/forget")
    await leader.tap("Yes")
    assert await shown(valley) == 0, "who is forgotten takes their photo along"
