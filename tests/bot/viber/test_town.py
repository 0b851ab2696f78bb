"""A small conversation over the whole way: phone, callback, inbox, turn, outbox, phone."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from sqlalchemy import func, select

from conversations.registry import Entry
from storage.tables.people import addresses
from storage.tables.turns import inbox, outbox, runs
from tests.bot.post import eventually
from tests.viber_town import ViberTown


async def test_a_talk_from_start_to_thanks(town: ViberTown) -> None:
    nino = town.phone("nino==")
    opened = await nino.start()
    assert opened.text == "Welcome!\n\nWhat kind is it?"
    assert opened.buttons == ["Roads", "Water & pipes", "Lighting", "✕ Cancel"]
    asked = await nino.tap("Water")
    assert asked.text.startswith("✓ Water & pipes\n\nWhere is it?")
    assert (await nino.tap("📍")).text == "✓ 📍 place\n\nIn your words?"
    thanks = await nino.send("A dry tap")
    assert thanks.text.endswith("Thank you: water, {'location': [41.7, 44.8]}, A dry tap.")
    assert thanks.buttons == ["☰"]
    assert (await nino.tap("☰")).buttons


async def test_a_desktop_cannot_pick_a_place_and_is_told_so(town: ViberTown) -> None:
    nino = town.phone("nino==")
    await nino.start()
    assert "On a computer" in (await nino.tap("Roads")).text
    assert (await nino.tap("Skip")).text.endswith("In your words?")


async def test_before_they_have_written_one_message_comes_and_the_rest_waits(town: ViberTown) -> None:
    nino = town.phone("nino==")
    await nino.start()
    async with town.engine.begin() as db:
        row = (await db.execute(select(addresses))).one()
        await db.execute(
            outbox.insert().values(
                person_id=row.person_id, seq=99, address_id=row.id, lane=1, kind="message", payload='{"text":"News"}',
                status="pending", created_at=town.clock.now(),
            )
        )  # fmt: skip
    town.sender.wake()
    await town.server.change(0.7)
    assert len(await nino.texts()) == 1
    await nino.tap("Roads")
    assert "News" in (await nino.wait("News")).text + "".join(await nino.texts())
    assert town.server.calls["send_message"] + town.server.calls["broadcast_message"] == 2, "none in vain"


async def test_what_a_link_carried_is_kept(town: ViberTown) -> None:
    nino = town.phone("nino==")
    town.worker.registry.entries["welcome"] = _linked(town)
    assert (await nino.start("vgremi")).text.startswith("Welcome! vgremi")
    await nino.tap("Roads")
    async with town.engine.connect() as db:
        assert (await db.execute(select(runs.c.args))).scalar_one() == {"link": "vgremi"}


def _linked(town: ViberTown) -> Entry:
    return replace(town.worker.registry.entries["welcome"], link="v")


async def test_who_leaves_is_left_in_peace_and_may_come_back(town: ViberTown) -> None:
    nino = town.phone("nino==")
    await nino.start()
    await nino.tap("Roads")
    await nino.user.unsubscribe()

    async def left() -> bool:
        async with town.engine.connect() as db:
            return (await db.execute(select(addresses.c.left_at))).scalar_one() is not None

    await eventually(left)
    assert "In your words?" in (await nino.tap("Skip")).text
    assert not await left()


async def test_receipts_of_what_was_sent_are_noted_and_make_no_turn(town: ViberTown) -> None:
    town.server.receipts = True
    nino = town.phone("nino==")
    await nino.start()
    await nino.tap("Roads")
    token = nino.user.phone.shown[-1].token
    for _device in range(2):
        await town.server.call({"event": "seen", "message_token": token, "user_id": "nino=="}, "nino==")

    async def noted() -> bool:
        async with town.engine.connect() as db:
            row = (await db.execute(select(outbox).where(outbox.c.ref == str(token)))).one()
        return row.delivered_at is not None and row.seen_at is not None and row.status == "sent"

    await eventually(noted)
    async with town.engine.connect() as db:
        assert (await db.execute(select(func.count()).select_from(inbox))).scalar_one() == 3


async def test_a_message_that_failed_on_the_phone_is_marked(town: ViberTown) -> None:
    nino = town.phone("nino==")
    await nino.start()
    await nino.tap("Roads")
    token = nino.user.phone.shown[-1].token
    await town.server.call({"event": "failed", "message_token": token, "user_id": "nino==", "udid": None}, "nino==")

    async def failed() -> bool:
        async with town.engine.connect() as db:
            row = (await db.execute(select(outbox).where(outbox.c.ref == str(token)))).one()
        return row.status == "failed" and bool(row.error)

    await eventually(failed)


async def test_many_people_at_once(town: ViberTown) -> None:
    people = [town.phone(f"person-{number}==") for number in range(12)]
    await asyncio.gather(*(phone.start() for phone in people))
    await asyncio.gather(*(phone.tap("Lighting") for phone in people))
    for phone in people:
        assert (await phone.last()).text.startswith("✓ Lighting")
        assert len(await phone.texts()) == 2
