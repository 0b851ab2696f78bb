"""The web chat in Chromium, by the roles and names that a screen reader finds."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import NoReturn

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright

from tests.phones.phone import Screen

ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip
LONGEST = 15.0  # seconds until a story gives up
# Several messages of one turn come together: the last of them is the answer.
STILL = """() => new Promise((resolve) => {
  let timer = setTimeout(resolve, 150, true);
  new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(resolve, 150, true); })
    .observe(document.body, { attributes: true, attributeFilter: ["data-heard"] });
})"""
SMALL = {"width": 360, "height": 740}


def chromium() -> str:
    """Skips the test where there is no browser; in CI that is a failure."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return found or _missing()


def _missing() -> NoReturn:
    reason = "Chromium is not here: install it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=ARGS)
        try:
            yield opened
        finally:
            await opened.close()


@dataclass
class WebPhone:
    """`path` is what the person opened: "/chat", or "/chat?phone=leader" in the demo."""

    page: Page
    base: str
    path: str = "/chat"

    @classmethod
    async def open(cls, browser: Browser, base: str, *, path: str = "/chat", locale: str = "ka-GE") -> WebPhone:
        """A visitor nobody knows, on a small phone."""
        context = await browser.new_context(
            viewport=SMALL,  # type: ignore[arg-type]
            locale=locale,
            has_touch=True,
            permissions=["geolocation"],
            reduced_motion="reduce",  # a button that is still moving cannot be pressed
        )
        phone = cls(await context.new_page(), base, path)
        phone.page.set_default_timeout(LONGEST * 1000)
        return phone

    async def start(self, payload: str = "") -> Screen:
        """Opens the page anew, by a link or as it is kept among the bookmarks."""
        glue = "&" if "?" in self.path else "?"
        await self.page.goto(self.base + self.path + (f"{glue}start={payload}" if payload else ""))
        await self.page.locator("[role=log][aria-busy=false]").wait_for()
        if payload or await self.page.evaluate("document.body.dataset.known === '0'"):
            return await self._answered(0)
        return await self.last()

    async def send(self, text: str) -> Screen:
        before = await self._count()
        await self.page.locator("#text").fill(text)
        await self.page.locator("#send").click()
        return await self._answered(before)

    async def tap(self, label: str) -> Screen:
        before = await self._count()
        await self._log().get_by_role("button").filter(has_text=label).last.click()
        return await self._answered(before)

    async def photo(self, content: bytes) -> Screen:
        before = await self._count()
        await self.page.locator("#file").set_input_files(
            {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content}
        )
        return await self._answered(before)

    async def document(self, name: str, content: bytes) -> Screen:
        before = await self._count()
        await self.page.locator("#file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
        return await self._answered(before)

    async def location(self, lat: float, lon: float) -> Screen:
        before = await self._count()
        await self.page.context.set_geolocation({"latitude": lat, "longitude": lon})
        await self.page.locator("#place").click()
        return await self._answered(before)

    async def last(self) -> Screen:
        turn = self._turns().last
        return Screen(await _words(turn), await turn.locator(".choice").all_inner_texts())

    async def texts(self) -> list[str]:
        return [await _words(turn) for turn in await self._turns().all()]

    async def wait(self, part: str) -> Screen:
        await self._turns().filter(has_text=part).first.wait_for()
        return await self.last()

    def _log(self) -> Locator:
        return self.page.get_by_role("log")

    def _turns(self) -> Locator:
        return self._log().locator(".them:not(.writing)")

    async def _count(self) -> int:
        """How many messages the page has taken, edits too."""
        return int(await self.page.evaluate("Number(document.body.dataset.heard || 0)"))

    async def _answered(self, before: int) -> Screen:
        """Once something came after what was there, and nothing more is on its way for a moment."""
        await self.page.wait_for_function("n => Number(document.body.dataset.heard || 0) > n", arg=before)
        await self.page.wait_for_function(STILL)
        return await self.last()


async def _words(turn: Locator) -> str:
    return "\n".join(await turn.locator(".text").all_inner_texts())
