"""The board in a browser: axe-core finds nothing serious, nothing runs off the screen, and the first view is light."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page
from sqlalchemy import insert

from bot.demo.command import Stage
from storage.tables.assemblies import assemblies
from tests.bot.web.board_town import every, settle
from tests.bot.web.village import Village
from tests.fakes.npm import installed
from tests.served import served
from tests.town import MONDAY_NOON

AXE = Path(__file__).parents[2] / "fakes" / "axe"
LIGHT = 60_000  # bytes of the first view, with all that it loads
PATHS = (
    "/board",
    "/board/municipality/dz?q=gza&kind=roads",
    "/board/community/1",
    "/board/village/araguli",
    "/board/promise/6",
)
WIDTHS = (360, 1280)
SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_page_is_light_and_good_for_everybody(closed: Village, browser: Browser) -> None:
    await settle(closed)
    await every(closed)
    async with closed.write.begin() as db:
        held = {"village_id": 1, "year": 2026, "starts_at": MONDAY_NOON + timedelta(days=9), "place": "სკოლის დარბაზი"}
        await db.execute(insert(assemblies).values(**held))
    script = await _axe()
    async with closed.open():
        for path in PATHS:
            for spoken in ("ka", "en"):
                context = await browser.new_context(bypass_csp=True)  # nothing is kept from the page before
                page = await context.new_page()
                address = f"{closed.base}{path}{'&' if '?' in path else '?'}lang={spoken}"
                weight = await _weight(page, address)
                print(f"{path} {spoken}: {weight} bytes")
                assert weight < LIGHT, path
                await _look(page, script, path)
                await context.close()


async def _axe() -> str:
    await installed(AXE, "axe-core@4.14.1")
    return (AXE / "node_modules" / "axe-core" / "axe.min.js").read_text()


async def _weight(page: Page, address: str) -> int:
    """As it comes over the line, compressed, with its style and picture."""
    await page.goto(address)
    sizes: list[int] = await page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(each => each.transferSize || each.encodedBodySize)"
    )
    assert len(sizes) > 1, "the style came too"
    return sum(sizes)


async def _look(page: Page, script: str, path: str) -> None:
    await page.evaluate(script)
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 800})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
        found: list[dict[str, Any]] = (await page.evaluate("axe.run()"))["violations"]
        serious = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found if one["impact"] in SERIOUS]
        assert serious == [], path


async def test_grants_by_need_are_good_for_everybody_too(tmp_path: Path, browser: Browser) -> None:
    """In the sample municipality, where one was given."""
    script = await _axe()
    app = await Stage(tmp_path / "demo").build("127.0.0.1", 0, keep=False)
    async with served(app.site()) as base:
        page = await browser.new_page(bypass_csp=True)
        for spoken, given in (("ka", "სოფლების განვითარების ფონდი"), ("en", "4\u00a0200 lari")):
            await page.goto(f"{base}/board/municipality/tetritsqaro?lang={spoken}")
            assert given in await page.inner_text("article.grant")
            await _look(page, script, spoken)
        await page.close()
    await app.close()
