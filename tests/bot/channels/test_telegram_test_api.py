"""The whole program against an emulator of the Bot API that others wrote."""

from __future__ import annotations

from pathlib import Path

from aiohttp import ClientSession
from sqlalchemy import select

from storage.engine import read_engine
from storage.tables.polls import answers, needs
from tests.fakes.telegram_test_api import Phone, telegram_test_api
from tests.kill.program import Program
from tests.kill.trial import settle


async def test_welcome_and_poll(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/village.db"
    await settle(url)
    async with telegram_test_api() as address, ClientSession() as session:
        program = Program(tmp_path, url, address)
        await program.start_all()
        try:
            await tell_a_need(Phone(session, address, 77))
            assert await program.stop() == {"all": 0}
        finally:
            await program.discard()
    engine = read_engine(url)
    async with engine.connect() as db:
        assert (await db.execute(select(needs.c.kind, needs.c.words))).all() == [("roads", "The bridge is broken")]
        assert (await db.execute(select(answers.c.state, answers.c.origin))).all() == [("complete", "telegram")]
    await engine.dispose()


async def tell_a_need(nino: Phone) -> None:
    assert "Which language" in await nino.start("varaguli")
    assert "group of Araguli" in await nino.tap("English")
    for label in ("Yes, I agree", "Yes, I am", "Woman", "25-39", "Roads"):
        await nino.tap(label)
    assert "Who suffers" in await nino.send("The bridge is broken")
    assert "photo" in await nino.tap("Children")
    assert "another need" in await nino.tap("Go on without")
    assert "Your answer is in" in await nino.tap("that is all")
