"""Logs say what happened and where; nothing that a person said, no number of theirs, no token."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette

from bot import logs
from bot.channels.port import Channel, Raw
from bot.clock import Clock
from bot.inbox import Inbox
from bot.web import telegram_hook
from conversations.chat import Chat
from conversations.registry import Entry
from storage.engine import write_engine
from tests.bad_input.door import TOKEN, TelegramDoor
from tests.served import served
from tests.stories.valley import Valley
from tests.stories.workshop import Bench, Post
from tests.town import Town

SAID = "ჩემი საიდუმლო: call +995555123456"
SECRETS = (SAID, "+995555123456", "საიდუმლო", TOKEN)


@pytest.fixture(autouse=True)
def as_in_the_program() -> Iterator[None]:
    before = logging.root.handlers[:]
    yield
    structlog.reset_defaults()
    logging.root.handlers[:] = before


def written(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    for secret in SECRETS:
        assert secret not in out + err
    return err


async def test_a_conversation_that_breaks_on_what_was_said(
    town: Town, door: TelegramDoor, capsys: pytest.CaptureFixture[str]
) -> None:
    async def breaks(chat: Chat) -> None:
        raise ValueError(await chat.text("words", "?"), int(SAID))

    town.registry.entries["welcome"] = Entry("welcome", breaks, lambda: "x", needs_welcome=False)
    logs.to_stderr()
    await door.user().start()
    await door.user().send(SAID)
    assert "ValueError at test_logs.py" in written(capsys)


class Broken(Inbox):
    """Its database is away, and says so with all that it was given."""

    async def keep(self, channel: Channel, raws: list[Raw], cursor: int | None = None) -> None:
        raise OSError(f"could not insert {raws}")


async def test_a_webhook_that_cannot_be_kept(
    town: Town, door: TelegramDoor, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.to_stderr()
    app = Starlette(routes=[telegram_hook.route(door.telegram, Broken(town.engine, Clock(), lambda: None), "s")])
    async with served(app) as base, httpx.AsyncClient(base_url=base) as telegram:
        update = door.user().message(text=SAID, contact={"phone_number": "+995555123456"})
        answer = await telegram.post(telegram_hook.PATH, json=update, headers={telegram_hook.SECRET: "s"})
    assert answer.status_code == 503
    err = written(capsys)
    assert "an update could not be kept" in err
    assert "test_logs.py" in err


async def test_an_error_of_the_database(database_url: str) -> None:
    engine = write_engine(database_url)
    with pytest.raises(DBAPIError) as error:
        async with engine.begin() as db:
            await db.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": SAID})
    assert SAID not in str(error.value)
    await engine.dispose()


class Failing(Post):
    async def fetch(self, ref: str, limit: int) -> bytes:
        raise RuntimeError(SAID)


async def test_work_that_fails(valley: Valley, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bench = Bench(valley, tmp_path, Failing())
    logs.to_stderr()
    nino = await valley.resident("nino")
    await valley.poll()
    await nino.start("varaguli")
    for label in ("Roads", "without words", "Children"):
        await nino.tap(label)
    await nino.photo(SAID)
    await bench.work(nino)
    assert "work failed" in written(capsys)


def test_what_a_library_reports(capsys: pytest.CaptureFixture[str]) -> None:
    logs.to_stderr()
    try:
        _fails(SAID)
    except ValueError:
        logging.getLogger("apscheduler").exception("Job raised an exception")
    err = written(capsys)
    assert "Job raised an exception" in err
    assert "builtins.ValueError" in err
    assert "_fails" in err


def _fails(said: Any) -> None:
    try:
        int(said)
    except ValueError as error:
        raise ValueError(f"{said} is no number") from error


async def test_a_whole_talk(valley: Valley, door: TelegramDoor, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing goes wrong, and nothing that was said is written down beside the database."""
    logs.to_stderr()
    await valley.poll()
    nino = door.user()
    await nino.start("varaguli")
    for label in ("English", "Yes, I agree", "Yes, I am", "Prefer not", "Prefer not", "Roads"):
        await nino.tap(label)
    await nino.send(SAID)
    await nino.act(contact={"phone_number": "+995555123456", "first_name": "Vano"})
    await nino.act(tap="1:kind:" + SAID)
    await nino.start("i" + TOKEN)
    await door.take({"update_id": "x", "message": {"text": SAID}}, {SAID: SAID})
    written(capsys)
