"""Begun in a browser, finished on Telegram by the same person, after a code; and apart again, the page still open."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from pathlib import Path

from sqlalchemy import select

from conversations.catalogue import everything
from domain.polls import Origin
from storage.tables.people import addresses
from storage.tables.polls import answers
from tests.fakes.telegram_server import telegram_server
from tests.phones.web import browser
from tests.scenarios.handsets import OnTheWeb, on_telegram, on_the_web
from tests.scenarios.program import program
from tests.stories.valley import Valley
from tests.town import Town


async def test_a_poll_begun_on_the_web_is_finished_on_telegram(database_url: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(telegram_server())
        running = await stack.enter_async_context(
            program(database_url, tmp_path, telegram_api=server.address, public=True)
        )
        valley = Valley(Town(running.days.write, everything(), running.clock))
        await valley.settle()
        await valley.poll()
        web = await on_the_web(await stack.enter_async_context(browser()), running, "en")
        telegram = on_telegram(server, running, 7001, "en")

        await web.start("varaguli")
        for label in ("English", "Yes, I agree", "Yes, I am", "Woman", "25-39", "Roads"):
            await web.tap(label)
        await web.send("The bridge is broken")
        await telegram.start("l" + await code_on(web))
        assert "Shall I put the two together" in (await telegram.last()).text
        here = (await telegram.tap("Yes, put them together")).text
        assert "one person now" in here
        assert "Who suffers from it most" in here
        for label in ("Everyone", "Go on without", "No, that is all"):
            last = await telegram.tap(label)
        assert "Your answer is in" in last.text
        [answer] = await valley.rows(select(answers))
        assert (answer.origin, answer.state) == (Origin.TELEGRAM, "complete")

        shown = await whole_talk(web)
        assert "If that was not you" in shown[-1]
        assert "What would you like" in (await web.send("/menu")).text, "the page goes on, in order"
        await web.tap("It was not me")
        await web.tap("part them")
        assert "apart again" in (await web.tap("Yes, part them")).text
        assert "apart again" in (await telegram.wait("apart again")).text
        assert "What would you like" in (await web.send("/menu")).text
        await whole_talk(web)
        assert len({row.person_id for row in await valley.rows(select(addresses.c.person_id))}) == 3  # with the opener
        assert server.errors == []


async def code_on(web: OnTheWeb) -> str:
    await web.send("/menu")
    await web.tap("My other phone")
    await web.tap("Show me a code")
    return re.sub(r"\D", "", (await talk_with(web, "Your code:")).partition("Your code:")[2].partition("\n")[0])[:8]


async def whole_talk(web: OnTheWeb) -> list[str]:
    """What the page shows is what it shows after it was opened anew: nothing lost and nothing twice."""
    before = await web.texts()
    await web.start()
    assert await web.texts() == before
    return before


async def talk_with(web: OnTheWeb, part: str) -> str:
    await web.wait(part)
    return next(text for text in reversed(await web.texts()) if part in text)
