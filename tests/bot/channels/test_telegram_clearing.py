"""What was said is taken from the screen, and a recording is for one person's ears: on the Bot API's own terms."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.chat import Chat
from conversations.registry import Entry, Registry
from storage import media
from tests.fakes.telegram_server import Server
from tests.telegram_town import TelegramTown, telegram_town
from tests.town import MONDAY_NOON

SOUND = "0" * 32
SECRET = "The mayor's cousin took the pipe"


async def small_talk(chat: Chat) -> None:
    words = await chat.text("words", "What is wrong?")
    if await chat.confirm("sure", f"You said: {words}. Shall I hide it?"):
        chat.clear("It is hidden.")


async def ears(chat: Chat) -> None:
    chat.send("Listen:", voice=SOUND)
    await chat.text("words", "What do you hear?")
    chat.take_back("It is gone.", [chat.args.get("seq", 2)])


@pytest.fixture
async def town(server: Server, engine: AsyncEngine, registry: Registry, tmp_path: Path) -> AsyncIterator[TelegramTown]:
    registry.add(Entry("welcome", small_talk, lambda: "Small talk", in_menu=True))
    registry.add(Entry("ears", ears, lambda: "Ears", link="e", needs_welcome=False))
    async with engine.begin() as db:
        await media.add(db, media_id=SOUND, person_id=None, kind="voice", mime="audio/ogg", now=MONDAY_NOON)
    (tmp_path / SOUND).write_bytes(b"OggS")
    async with telegram_town(server, engine, registry, tmp_path) as town:
        yield town


async def test_the_talk_goes_from_both_sides_of_the_screen(town: TelegramTown) -> None:
    nino = town.phone(77)
    await nino.start()
    await nino.send(SECRET)
    assert SECRET in "\n".join(await nino.texts())
    assert (await nino.tap("Yes")).text == "It is hidden."
    assert [message.text for message in nino.user.chat.messages] == ["It is hidden."]
    assert town.server.telegram.calls["deleteMessages"] == 1


async def test_a_recording_can_be_heard_and_goes_again(town: TelegramTown) -> None:
    lali = town.phone(78)
    await lali.start("e")
    kinds = [message.kind for message in lali.user.chat.from_bot()]
    assert kinds == ["voice", "text"]
    assert (await lali.send("A bridge")).text == "It is gone."
    assert "voice" not in [message.kind for message in lali.user.chat.from_bot()]
