"""The page takes a recording, and takes the talk from the screen: on a small phone in a real browser."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import select

from conversations.chat import Chat
from conversations.registry import Entry
from storage.tables.turns import media
from tests.bot.web.village import Village
from tests.phones.web import WebPhone

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SECRET = "The mayor's cousin took the pipe"


async def listening(_db: Any) -> Any:
    return SimpleNamespace(person_id=1, name="Lali")


async def spoken(chat: Chat) -> None:
    await chat.text("words", "What is wrong?")
    said = await chat.spoken("said", "And in your own voice?", listening)
    chat.say("I heard something." if isinstance(said, dict) else "I read something.")
    if await chat.confirm("hide", "Shall I hide it?"):
        chat.clear("It is hidden.")


@pytest.fixture
async def phone(served: Village, browser: Browser) -> WebPhone:
    served.worker.registry.entries.pop("welcome")
    served.worker.registry.add(Entry("welcome", spoken, lambda: "Spoken", needs_welcome=False))
    return await WebPhone.open(browser, served.base, locale="en-GB")


async def test_said_by_the_page_and_hidden_again(served: Village, phone: WebPhone) -> None:
    await phone.start()
    assert "Lali of your group" in (await phone.send(SECRET)).text
    await phone.page.get_by_role("button", name="Say it").click()
    stop = phone.page.get_by_role("button", name="Stop and send")
    await expect(stop).to_be_visible()
    await phone.page.wait_for_timeout(300)
    await stop.click()
    await phone.wait("I heard something.")
    async with served.write.connect() as db:
        kinds = list(await db.execute(select(media.c.kind, media.c.mime)))
    assert {row.kind for row in kinds} == {"voice"}
    assert all(str(row.mime).startswith("audio/") for row in kinds)

    assert SECRET in await phone.page.get_by_role("log").inner_text()
    await phone.tap("Yes")
    await phone.wait("It is hidden.")
    shown = await phone.page.get_by_role("log").inner_text()
    assert SECRET not in shown
    assert "What is wrong?" not in shown
    await phone.page.reload()
    await phone.wait("It is hidden.")
    shown = await phone.page.get_by_role("log").inner_text()
    assert SECRET not in shown, "nor is it read again"
    assert "What is wrong?" not in shown
