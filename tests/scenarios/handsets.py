"""The phones of the channels, which know when the program has come to rest: quicker than waiting for silence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from playwright.async_api import Browser
from sqlalchemy import func, select

from bot.web.session import COOKIE
from storage.tables.people import addresses
from storage.tables.turns import outbox
from tests.fakes.telegram_server import Server
from tests.fakes.viber_files import Files
from tests.fakes.viber_server import Server as ViberServer
from tests.phones.phone import Screen
from tests.phones.telegram import TelegramPhone
from tests.phones.viber import ViberPhone
from tests.phones.web import WebPhone
from tests.scenarios.program import Program

LOCALES = {"ka": "ka-GE", "en": "en-GB"}
# Whatever the page has shown up to here was taken by it in order.
SHOWN = "n => Number(document.body.dataset.seq || 0) >= n"


@dataclass
class OnTelegram(TelegramPhone):
    program: Program

    async def external(self) -> str:
        return str(self.user.chat.id)

    async def screen(self) -> str:
        shown = self.user.chat.from_bot()
        return "\n".join([*(each.text for each in shown), *(str(each.markup) for each in shown)])

    async def _answered(self, before: int) -> Screen:
        await self._until(lambda: self._heard > before, "an answer")
        await self.program.settle()
        return await self.last()


def on_telegram(server: Server, program: Program, number: int, language: str) -> OnTelegram:
    return OnTelegram(server.user(number, language), program)


@dataclass
class OnViber(ViberPhone):
    program: Program

    async def external(self) -> str:
        return self.user.phone.id

    async def screen(self) -> str:
        return "\n".join([*await self.texts(), *self.user.labels()])

    async def _answered(self, before: int) -> Screen:
        await self._until(lambda: self._heard > before, "an answer")
        await self.program.settle()
        return await self.last()


def on_viber(server: ViberServer, files: Files, program: Program, number: int, language: str) -> OnViber:
    return OnViber(server.phone(f"viber-{number}==", language), files, program)


@dataclass
class OnTheWeb(WebPhone):
    program: Program | None = None
    _external: str = ""

    async def external(self) -> str:
        """All that the program keeps of a visitor is the hash of their cookie."""
        if not self._external:
            cookies = await self.page.context.cookies()
            token = next(cookie["value"] for cookie in cookies if cookie.get("name") == COOKIE)
            self._external = hashlib.sha256(token.encode()).hexdigest()
        return self._external

    async def tap(self, label: str) -> Screen:
        """The button with just these words, where there is one; else the newest with these words in it."""
        await self._caught_up()
        exact = self._log().get_by_role("button", name=label, exact=True)
        if not await exact.count():
            return await super().tap(label)
        before = await self._count()
        await exact.last.click()
        return await self._answered(before)

    async def screen(self) -> str:
        """The whole page, as it was sent and as it has become."""
        return str(await self.page.content())

    async def last(self) -> Screen:
        await self._caught_up()
        return await super().last()

    async def texts(self) -> list[str]:
        await self._caught_up()
        return await super().texts()

    async def _answered(self, before: int) -> Screen:
        await self.page.wait_for_function("n => Number(document.body.dataset.heard || 0) > n", arg=before)
        return await self.last()

    async def _caught_up(self) -> None:
        assert self.program is not None
        await self.program.settle()
        query = select(func.max(outbox.c.seq)).join(addresses, addresses.c.id == outbox.c.address_id)
        mine = query.where(addresses.c.external == await self.external(), outbox.c.kind == "message")
        async with self.program.engine.connect() as db:
            newest = (await db.execute(mine)).scalar() or 0
        await self.page.wait_for_function(SHOWN, arg=newest)


async def on_the_web(browser: Browser, program: Program, language: str) -> OnTheWeb:
    phone = await OnTheWeb.open(browser, program.address, locale=LOCALES[language])
    assert isinstance(phone, OnTheWeb)
    phone.program = program
    return phone
