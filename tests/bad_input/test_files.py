"""Photos of 20 MB, photos that are none, and files that the channel no longer has: the words around them are kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.telegram_api import Api, NotSaid
from storage.tables.polls import needs
from storage.tables.turns import media, work
from tests.bad_input.door import TOKEN, TelegramDoor
from tests.bad_input.unharmed import unharmed, unplayed
from tests.stories.valley import Valley
from tests.stories.workshop import Bench, Post
from tests.town import Phone

TWENTY = 20_971_520


@pytest.fixture
def bench(valley: Valley, tmp_path: Path) -> Bench:
    return Bench(valley, tmp_path)


async def asked_for_a_photo(valley: Valley, phone: Phone) -> None:
    await valley.poll()
    await phone.start("varaguli")
    for label in ("Roads", "without words", "Children"):
        await phone.tap(label)


@pytest.mark.parametrize(("language", "said"), [("en", "20 MB; I can take 10 MB"), ("ka", "20 მბ")])
async def test_a_photo_of_twenty_megabytes(valley: Valley, language: str, said: str) -> None:
    nino = await valley.resident("nino", language="en")
    await asked_for_a_photo(valley, nino)
    if language == "ka":
        await nino.send("/language")
        await nino.tap("ქართული")
    shown = await nino.photo("huge", size=TWENTY)
    assert said in shown.text
    assert await valley.rows(select(work).where(work.c.kind == "fetch")) == [], "it is not even fetched"
    await unharmed(valley.town, nino)
    await nino.photo("small", size=90_000)
    assert [row.ref for row in await valley.rows(select(media))] == ["small"]


async def test_a_photo_whose_size_was_not_told(bench: Bench) -> None:
    """It turns out too large, or no picture at all: the person is told, and what they said stays."""
    nino = await bench.valley.resident("nino")
    await asked_for_a_photo(bench.valley, nino)
    bench.post.files |= {"bomb": b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "large": b"\xff" * 10_000_001}
    for number, ref in enumerate(("bomb", "large", "gone")):
        if number:
            await nino.tap("one more")
            for label in ("Roads", "without words", "Children"):
                await nino.tap(label)
            if "neighbours" in (await nino.last()).text:
                await nino.tap("mine is different")
        await nino.photo(ref)
        await bench.work(nino)
    assert {row.state for row in await bench.valley.rows(select(media))} == {"failed"}
    assert await unplayed(bench.valley.town) == []
    assert len(await bench.valley.rows(select(needs))) == 3
    assert any("could not be opened" in text for text in await nino.texts())


async def test_a_photo_of_twenty_megabytes_on_telegram(valley: Valley, door: TelegramDoor) -> None:
    nino = door.user()
    await valley.poll()
    await nino.start("varaguli")
    for label in ("English", "Yes, I agree", "Yes, I am", "Prefer not", "Prefer not", "Roads", "without", "Children"):
        await nino.tap(label)
    huge = {"file_id": "huge", "file_unique_id": "h", "file_size": TWENTY}
    for message in ({"photo": [{**huge, "width": 9000, "height": 9000}]}, {"document": {**huge, "file_name": "a.jpg"}}):
        shown = await nino.act(**message)
        assert "Please send a photo or a place." in shown.text or "20 MB" in shown.text
    await unharmed(valley.town, nino)


class Unwilling(Api):
    """Telegram hands out no file of more than 20 MB."""

    async def call(self, method: str, *_params: Any, **_more: Any) -> Any:
        raise NotSaid(400, "Bad Request: file is too big")


async def test_a_file_that_telegram_does_not_hand_out_is_not_asked_for_again(door: TelegramDoor) -> None:
    door.telegram.api = Unwilling(TOKEN, "http://127.0.0.1:1")
    with pytest.raises(ValueError, match="larger than"):
        await door.telegram.fetch("huge", 10_000_000)
    await door.telegram.api.close()


class Away(Post):
    async def fetch(self, ref: str, limit: int) -> bytes:
        raise OSError("no route to host")


async def test_an_evening_without_a_connection_loses_no_photo(valley: Valley, tmp_path: Path) -> None:
    bench = Bench(valley, tmp_path, Away())
    nino = await valley.resident("nino")
    await asked_for_a_photo(valley, nino)
    await nino.photo("bridge")
    for _minutes in range(10):
        assert {row.state for row in await valley.rows(select(media))} == {"waiting"}
        await bench.work(nino)
        async with valley.town.engine.begin() as db:
            await db.execute(work.update().values(lease_until=datetime(2020, 1, 1, tzinfo=UTC)))
    assert {row.state for row in await valley.rows(select(media))} == {"failed"}
    await nino.tap("that is all")
    assert "could not be opened" in (await nino.tap("Yes, now")).text
