"""What many are told alike goes to three hundred in one request; each of them is marked for themselves."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.port import Again, Gone, Sent, Target
from bot.channels.viber import Viber
from bot.outbox import Sender
from bot.pacing import ChatPace
from conversations.message import Button, Outgoing
from storage.jsontext import dumps
from storage.tables.people import addresses, people
from storage.tables.turns import outbox
from tests.fakes.viber_server import Server
from tests.town import MONDAY_NOON

NEWS = Outgoing("The poll is open.")


async def village(engine: AsyncEngine, server: Server, size: int, words: str = "The poll is open.") -> None:
    async with engine.begin() as db:
        for number in range(size):
            name = f"{number}=="
            server.phone(name).phone.subscribed = True
            person = (await db.execute(insert(people).values(created_at=MONDAY_NOON).returning(people.c.id))).scalar()
            address = insert(addresses).values(channel="viber", external=name, person_id=person)
            at = (await db.execute(address.returning(addresses.c.id))).scalar()
            row = {"person_id": person, "seq": 1, "address_id": at, "lane": 1, "kind": "message", "status": "pending"}
            payload = dumps(Outgoing(words.format(number=number)).to_json())
            await db.execute(insert(outbox).values(**row, payload=payload, created_at=MONDAY_NOON))


async def statuses(engine: AsyncEngine) -> Counter[str]:
    async with engine.connect() as db:
        return Counter((await db.execute(select(outbox.c.status))).scalars())


@pytest.fixture
def sender(engine: AsyncEngine, viber: Viber) -> Sender:
    return Sender(engine, {viber.name: viber}, chat=ChatPace(1000, 1000))


async def test_six_hundred_and_fifty_people_are_three_requests(
    engine: AsyncEngine, server: Server, sender: Sender
) -> None:
    await village(engine, server, 650)
    await sender.drain()
    assert server.calls == {"broadcast_message": 3}
    assert [len(body["broadcast_list"]) for _method, body in server.bodies] == [300, 300, 50]
    assert await statuses(engine) == {"sent": 650}
    assert {len(phone.shown) for phone in server.phones.values()} == {1}


async def test_who_has_left_is_named_and_the_others_have_it(
    engine: AsyncEngine, server: Server, sender: Sender
) -> None:
    await village(engine, server, 5)
    server.phones["3=="].subscribed = False
    await sender.drain()
    assert await statuses(engine) == {"sent": 4, "refused": 1}
    async with engine.connect() as db:
        left = select(addresses.c.external).where(addresses.c.left_at.is_not(None))
        assert (await db.execute(left)).scalars().all() == ["3=="]


async def test_a_bot_that_may_not_broadcast_sends_one_by_one(
    engine: AsyncEngine, server: Server, sender: Sender
) -> None:
    server.broadcasts_allowed = False
    await village(engine, server, 12)
    await sender.drain()
    assert server.calls == {"broadcast_message": 1, "send_message": 12}
    assert await statuses(engine) == {"sent": 12}


async def test_what_differs_from_person_to_person_goes_alone(
    engine: AsyncEngine, server: Server, sender: Sender
) -> None:
    await village(engine, server, 7, "You are number {number}.")
    await sender.drain()
    assert server.calls == {"send_message": 7}
    assert [phone.shown[0].text for phone in server.phones.values()] == [f"You are number {n}." for n in range(7)]


async def test_an_outcome_for_each(viber: Viber, server: Server) -> None:
    for name in ("a==", "b==", "c=="):
        server.phone(name).phone.subscribed = name != "b=="
    server.planned["c=="] = [12]
    targets = [Target(name) for name in ("a==", "b==", "c==")]
    outcomes = await viber.broadcast(targets, Outgoing("News", ((Button("☰", "/menu"),),)))
    assert outcomes is not None
    sent, left, later = outcomes
    assert isinstance(sent, Sent)
    assert isinstance(left, Gone)
    assert isinstance(later, Again)
    assert later.seconds == 60.0


async def test_too_long_for_one_message_is_sent_to_each_in_turn(viber: Viber) -> None:
    assert await viber.broadcast([Target("a=="), Target("b==")], Outgoing("a" * 8000)) is None
