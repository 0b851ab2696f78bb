"""Updates are committed before they are acknowledged, whichever way they come."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette

from bot.channels.port import Channel, Raw
from bot.channels.telegram import Telegram
from bot.channels.telegram_api import Api
from bot.channels.telegram_poll import Poll
from bot.clock import Clock
from bot.inbox import Inbox
from bot.web import telegram_hook
from storage.tables.turns import bots, inbox
from tests.bot.post import eventually
from tests.fakes.telegram_chats import Refusal
from tests.fakes.telegram_server import TOKEN, Server
from tests.served import served

SECRET = "s3cret-of-the-hook"


class Shaky(Inbox):
    """Its database is away `failures` times."""

    failures = 0

    async def keep(self, channel: Channel, raws: list[Raw], cursor: int | None = None) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        await super().keep(channel, raws, cursor)


@pytest.fixture
def kept(engine: AsyncEngine) -> Shaky:
    return Shaky(engine, Clock(), lambda: None)


async def rows(engine: AsyncEngine) -> list[Any]:
    async with engine.begin() as db:
        return list(await db.execute(select(inbox).order_by(inbox.c.id)))


async def texts(engine: AsyncEngine) -> list[str]:
    return [json.loads(row.payload)["message"]["text"] for row in await rows(engine)]


def reaches(engine: AsyncEngine, number: int) -> Callable[[], Awaitable[bool]]:
    async def happened() -> bool:
        return len(await rows(engine)) >= number

    return happened


@asynccontextmanager
async def polling(telegram: Telegram, server: Server, kept: Inbox, engine: AsyncEngine) -> AsyncIterator[Poll]:
    api = Api(TOKEN, server.address, connections=2)
    poll = Poll(telegram, api, kept, engine, seconds=5)
    task = asyncio.create_task(poll.run())
    try:
        yield poll
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await api.close()


async def test_what_was_written_while_we_slept_is_kept_then_confirmed(
    telegram: Telegram, server: Server, kept: Shaky, engine: AsyncEngine
) -> None:
    for number in range(230):
        server.user(number % 7 + 1).send(str(number))

    async def confirmed() -> bool:
        return server.undelivered == 0

    async with polling(telegram, server, kept, engine):
        await eventually(confirmed)
    assert await texts(engine) == [str(number) for number in range(230)]


async def test_a_menu_that_telegram_refuses_keeps_nobody_waiting(
    telegram: Telegram, server: Server, kept: Shaky, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_params: object, _files: object) -> None:
        raise Refusal(429, "Too Many Requests: retry after 3600", 3600)

    monkeypatch.setattr(server.telegram, "do_setMyCommands", refuse)
    server.user(1).send("hello")
    async with polling(telegram, server, kept, engine):
        await eventually(reaches(engine, 1))


async def test_nothing_is_confirmed_while_the_database_is_away(
    telegram: Telegram, server: Server, kept: Shaky, engine: AsyncEngine
) -> None:
    kept.failures = 1
    server.user(1).send("hello")
    async with polling(telegram, server, kept, engine):
        await eventually(reaches(engine, 1))
        server.user(1).send("again")
        await eventually(reaches(engine, 2))
    assert await texts(engine) == ["hello", "again"]


async def test_a_repeated_update_is_kept_once(
    telegram: Telegram, server: Server, kept: Shaky, engine: AsyncEngine
) -> None:
    server.user(1).send("hello")
    async with polling(telegram, server, kept, engine):
        await eventually(reaches(engine, 1))
    server.user(1).send("again")
    async with polling(telegram, server, kept, engine):  # a new start asks from the beginning
        await eventually(reaches(engine, 2))
    assert await texts(engine) == ["hello", "again"]


async def test_after_silence_no_stale_offset_is_used(
    telegram: Telegram, server: Server, kept: Shaky, engine: AsyncEngine
) -> None:
    api = Api(TOKEN, server.address, connections=2)
    poll = Poll(telegram, api, kept, engine, seconds=0)
    server.user(1).send("hello")
    await poll.once()
    await poll.once()
    server._ids = iter(range(10, 20))  # Telegram begins anew with lower numbers
    server.user(1).send("after a quiet week")
    await poll.once()
    await api.close()
    assert await texts(engine) == ["hello", "after a quiet week"]


async def test_a_second_poller_is_noticed(telegram: Telegram, server: Server, kept: Shaky, engine: AsyncEngine) -> None:
    async def noted() -> bool:
        async with engine.begin() as db:
            error = (await db.execute(select(bots.c.error))).scalar()
        return error is not None and error.startswith("409")

    async with polling(telegram, server, kept, engine), polling(telegram, server, kept, engine):
        await eventually(noted)


async def test_a_poll_shows_that_the_bot_hears(
    telegram: Telegram, server: Server, kept: Shaky, engine: AsyncEngine
) -> None:
    api = Api(TOKEN, server.address, connections=2)
    await Poll(telegram, api, kept, engine, seconds=0).once()
    await api.close()
    async with engine.begin() as db:
        row = (await db.execute(select(bots))).one()
    assert row.polled_at is not None
    assert row.error is None


@pytest.fixture
async def hook(telegram: Telegram, kept: Shaky) -> AsyncIterator[AsyncClient]:
    app = Starlette(routes=[telegram_hook.route(telegram, kept, SECRET)])
    async with served(app) as address, AsyncClient(base_url=address, headers={telegram_hook.SECRET: SECRET}) as client:
        yield client


async def test_the_webhook_keeps_each_update_once(
    telegram: Telegram, server: Server, hook: AsyncClient, engine: AsyncEngine
) -> None:
    await telegram.receive_at(f"{str(hook.base_url).rstrip('/')}{telegram_hook.PATH}", SECRET)
    for number in range(40):
        server.user(number % 7 + 1).send(str(number))
    await eventually(reaches(engine, 40))
    assert sorted(map(int, await texts(engine))) == list(range(40))


async def test_telegram_comes_again_when_the_database_was_away(
    telegram: Telegram, server: Server, hook: AsyncClient, kept: Shaky, engine: AsyncEngine
) -> None:
    kept.failures = 3
    await telegram.receive_at(f"{str(hook.base_url).rstrip('/')}{telegram_hook.PATH}", SECRET)
    server.user(1).send("hello")
    await eventually(reaches(engine, 1))
    assert kept.failures == 0


UPDATE = json.dumps({"update_id": 1, "message": {"chat": {"id": 1, "type": "private"}, "text": "hello"}})


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        (SECRET, UPDATE, 200),
        ("wrong", UPDATE, 403),
        ("", UPDATE, 403),
        ("სხვა".encode().decode("latin-1"), UPDATE, 403),
        (SECRET, "{", 400),
        (SECRET, "[]", 400),
        (SECRET, "{}", 400),
        (SECRET, '{"update_id": "1"}', 400),
        (SECRET, b"\xff\xfe", 400),
        (SECRET, "[" * 100_000, 400),
        (SECRET, " " * 1_000_001, 413),
    ],
)
async def test_a_call_from_elsewhere_or_malformed_is_refused(
    hook: AsyncClient, engine: AsyncEngine, secret: str, body: str | bytes, status: int
) -> None:
    headers = {telegram_hook.SECRET.encode(): secret.encode("latin-1")}
    answer = await hook.post(telegram_hook.PATH, content=body, headers=headers)
    assert answer.status_code == status
    assert len(await rows(engine)) == (status == 200)


async def test_a_body_without_an_end_is_cut_off(hook: AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _chunk in range(30):
            yield b" " * 100_000

    assert (await hook.post(telegram_hook.PATH, content=endless())).status_code == 413


async def test_while_the_database_is_away_the_webhook_says_so(hook: AsyncClient, kept: Shaky) -> None:
    kept.failures = 1
    assert (await hook.post(telegram_hook.PATH, content=UPDATE)).status_code == 503
    assert (await hook.post(telegram_hook.PATH, content=UPDATE)).status_code == 200
