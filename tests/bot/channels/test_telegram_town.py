"""A small conversation over the whole way: phone, Bot API, inbox, turn, outbox, phone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry, Registry
from storage.tables.people import addresses
from tests.bot.post import eventually
from tests.fakes.telegram_server import Server
from tests.telegram_town import TelegramTown, telegram_town

KINDS = [Option("roads", "Roads"), Option("water", "Water"), Option("light", "Lighting")]


async def small_talk(chat: Chat) -> None:
    kind = await chat.pick("kind", "What kind is it?", KINDS)
    hurt = await chat.pick_many("hurt", "Who suffers?", [Option("old", "The old"), Option("young", "The young")])
    where = await chat.location("where", "Where is it?", optional=True)
    if where is None:
        where = await chat.location("near", "Or somewhere near?", optional="Go on without")
    words = await chat.text("words", "In your words?")
    chat.say(f"Thank you: {kind}, {','.join(hurt)}, {where}, {words}.")


@pytest.fixture(params=["polling", "webhook"])
async def town(
    request: pytest.FixtureRequest, server: Server, engine: AsyncEngine, registry: Registry, tmp_path: Path
) -> AsyncIterator[TelegramTown]:
    registry.add(Entry("welcome", small_talk, lambda: "Small talk", in_menu=True))
    async with telegram_town(server, engine, registry, tmp_path, webhook=request.param == "webhook") as town:
        yield town


async def test_a_talk_from_start_to_thanks(town: TelegramTown) -> None:
    nino = town.phone(77)
    assert (await nino.start()).text == "What kind is it?"
    assert (await nino.tap("Water")).text == "Who suffers?"
    await nino.tap("The old")
    await nino.tap("The young")
    place = await nino.tap("Done")
    assert place.text == "Where is it?"
    assert any("📍" in button for button in place.buttons)
    await nino.location(42.25, 43.5)
    assert (await nino.wait("In your words?")).text == "In your words?"
    assert (await nino.send("A dry tap")).text == "Thank you: water, old,young, {'location': [42.25, 43.5]}, A dry tap."
    shown = await nino.texts()
    assert shown[0].startswith("What kind is it?\n\n✓ Water")
    assert len(shown) == len(set(shown))


async def test_a_key_below_the_chat_can_be_tapped_as_well(town: TelegramTown) -> None:
    nino = town.phone(77)
    await nino.start()
    await nino.tap("Roads")
    await nino.tap("The old")
    await nino.tap("Done")
    assert (await nino.tap("Skip")).text == "Or somewhere near?"
    assert (await nino.tap("Go on without")).text == "In your words?", "a key with words of its own"
    assert town.server.user(77).chat.keyboard == {}


async def test_whoever_blocks_us_is_left_in_peace_and_welcome_again(town: TelegramTown) -> None:
    nino = town.phone(77)
    await nino.start()
    nino.user.block()

    async def left() -> bool:
        async with town.engine.begin() as db:
            return (await db.execute(select(addresses.c.left_at))).scalar() is not None

    await eventually(left)
    nino.user.unblock()
    assert (await nino.send("hello again")).text


async def test_many_people_at_once(town: TelegramTown) -> None:
    people = [town.phone(number) for number in range(1, 41)]
    for phone in people:
        phone.user.start()
    for phone in people:
        await phone.wait("What kind is it?")
    for phone in people:
        phone.user.tap("Roads")
    for phone in people:
        await phone.wait("Who suffers?")
    assert [len(await phone.texts()) for phone in people] == [2] * 40
