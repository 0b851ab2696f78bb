"""Telegram's door over HTTP: who does not know the secret says nothing; what is no update is refused; none is lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from bot.clock import Clock
from bot.inbox import Inbox
from bot.web import telegram_hook
from bot.web.telegram_hook import PATH, SECRET
from conversations.registry import Registry
from storage.tables.turns import inbox
from tests.bad_input.door import TelegramDoor
from tests.bad_input.every_question import registry as every_question
from tests.bad_input.unharmed import unplayed
from tests.served import served
from tests.town import Town

KNOWN = "a-secret-between-us"
SIGNED = {SECRET: KNOWN, "Content-Type": "application/json"}


@pytest.fixture
def registry() -> Registry:
    return every_question()


@pytest.fixture
async def telegram(town: Town, door: TelegramDoor) -> AsyncIterator[httpx.AsyncClient]:
    hook = telegram_hook.route(door.telegram, Inbox(town.engine, Clock(), lambda: None), KNOWN)
    async with served(Starlette(routes=[hook])) as base, httpx.AsyncClient(base_url=base) as client:
        yield client


async def kept(town: Town) -> int:
    async with town.engine.connect() as db:
        return len((await db.execute(select(inbox.c.id))).all())


UNSIGNED: dict[str, dict[str, str]] = {
    "unsigned": {},
    "empty": {SECRET: ""},
    "wrong": {SECRET: "wrong"},
    "longer": {SECRET: KNOWN + " x"},
    "shorter": {SECRET: KNOWN[:-1]},
    "without end": {SECRET: "x" * 5000},
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_without_the_secret(town: Town, door: TelegramDoor, telegram: httpx.AsyncClient) -> None:
    for what, headers in UNSIGNED.items():
        answer = await telegram.post(PATH, json=door.user().message(text="Road"), headers=headers)
        assert answer.status_code == 403, what
    assert await kept(town) == 0


MALFORMED: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "not UTF-8": b'{"update_id": 1, "x": "\xff"}',
    "a list": b"[]",
    "null": b"null",
    "a word": b'"update"',
    "no number": b"{}",
    "a number in letters": b'{"update_id": "1"}',
    "a number that is true": b'{"update_id": true}',
    "a number in parts": b'{"update_id": 1.5}',
    "a number without end": b'{"update_id": ' + b"9" * 5000 + b"}",
    "nested to make us fall": b"[" * 50_000,
    "nested in an update": b'{"update_id": 1, "message": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
}


async def test_what_is_no_update(town: Town, door: TelegramDoor, telegram: httpx.AsyncClient) -> None:
    for what, body in MALFORMED.items():
        answer = await telegram.post(PATH, content=body, headers=SIGNED)
        assert answer.status_code == 400, what
        assert answer.text == "not an update", what
    assert await kept(town) == 0
    assert (await telegram.post(PATH, json=door.user().message(text="Road"), headers=SIGNED)).status_code == 200
    await town.worker.drain()
    assert "Which one?" in (await door.user().last()).text
    assert await unplayed(town) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_another_method(telegram: httpx.AsyncClient) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert (await telegram.request(method, PATH, headers=SIGNED)).status_code == 405


async def test_a_body_without_end(town: Town, telegram: httpx.AsyncClient) -> None:
    large = json.dumps({"update_id": 1, "message": {"text": "x" * 1_100_000}}).encode()

    async def in_pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(large), 50_000):
            yield large[at : at + 50_000]

    for content in (large, in_pieces()):
        assert (await telegram.post(PATH, content=content, headers=SIGNED)).status_code == 413
    assert await kept(town) == 0


async def test_who_hangs_up_in_the_middle_has_said_nothing(town: Town, telegram: httpx.AsyncClient) -> None:
    """Telegram sends it once more; half an update is none."""
    _reader, writer = await asyncio.open_connection(telegram.base_url.host, telegram.base_url.port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{SECRET}: {KNOWN}\r\nContent-Length: 500\r\n\r\n"
    writer.write(head.encode() + b'{"update_id": 1, ')
    await writer.drain()
    writer.close()
    await asyncio.sleep(0.1)
    assert await kept(town) == 0


async def test_the_same_update_ten_times_is_one(town: Town, door: TelegramDoor, telegram: httpx.AsyncClient) -> None:
    await door.user().start()
    before = await kept(town)
    update = door.user().message(text="Road")
    answers = await asyncio.gather(*(telegram.post(PATH, json=update, headers=SIGNED) for _again in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert await kept(town) == before + 1
    await town.worker.drain()
    assert "Which ones?" in (await door.user().last()).text
