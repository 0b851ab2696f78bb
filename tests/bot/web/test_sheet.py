"""A field-list on one screen of a small phone, in a real browser: by keyboard, by hearing, at 360 pixels."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.web.session import COOKIE
from bot.web.site import Limits
from storage.tables.people import people
from tests.phones.web import SMALL, WebPhone
from tests.stories.conftest import registry, valley  # noqa: F401 - fixtures
from tests.stories.forms import md, put
from tests.stories.stuffers import PATIENT, web_of
from tests.stories.valley import Valley

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

HOUSE = md(
    "begin group | home | თქვენი სახლი | | | field-list | | ",
    "integer | rooms | რამდენი ოთახია სახლში? | . < 20 | ოთახი 19-ზე მეტი ვერ იქნება | | yes | ",
    "select_one yn | well | ეზოში ჭა გაქვთ? | | | | | ",
    "select_multiple fuel | heat | რით ათბობთ სახლს? | | | | | მონიშნეთ ყველა, რასაც იყენებთ",
    "range | light | როგორ გინათებთ ქუჩა, 1-დან 5-მდე? | | | | | ",
    "date | built | როდის აშენდა? | | | | | ",
    "text | words | რისი თქმა გინდათ? | | | | | ",
    "end group | | | | | | | ",
    "text | last | კიდევ რამე? | | | | | ",
    choices=("yn | yes | კი", "yn | no | არა", "fuel | wood | შეშით", "fuel | gas | გაზით", "fuel | sun | მზით"),
    columns="type | name | label | constraint | constraint_message | appearance | required | hint",
)


ROOMS = "რამდენი ოთახია სახლში?"


@asynccontextmanager
async def opened(
    place: Valley, url: str, folder: Path, browser: Browser, form: bytes = HOUSE, files: dict[str, bytes] | None = None
) -> AsyncIterator[WebPhone]:
    """Somebody who was welcomed before begins the form, on a small phone in Georgian."""
    call = await put(place, form, files=files, folder=folder)
    patient = Limits(by_ip=PATIENT, by_person=PATIENT)
    async with web_of(place, url, folder, patient) as web, web.playing():
        [session] = await web.welcomed(1)
        async with place.town.engine.begin() as db:
            await db.execute(people.update().values(language="ka"))
        base = str(session.http.base_url).rstrip("/")
        phone = await WebPhone.open(browser, base)
        await phone.page.context.add_cookies([{"name": COOKIE, "value": session.token, "url": base}])
        await phone.start(f"f{call}")
        await phone.tap("დავიწყოთ")
        yield phone
        await phone.page.context.close()


async def test_a_screen_of_questions_is_filled_in(
    valley: Valley,  # noqa: F811
    database_url: str,
    tmp_path: Path,
    browser: Browser,
) -> None:
    async with opened(valley, database_url, tmp_path, browser) as phone:
        page, card = phone.page, phone.page.locator(".sheet")
        rooms = card.get_by_role("textbox", name=ROOMS)
        await picture(phone, "sheet")
        await rooms.fill("40")
        await card.get_by_role("radio", name="კი").check()
        await card.get_by_role("checkbox", name="გაზით").check()
        await page.reload()
        await expect(rooms).to_have_value("40")  # nothing that was written is lost
        await expect(card.get_by_role("radio", name="კი")).to_be_checked()
        await rooms.press("Enter")
        await expect(card.locator(".field .wrong")).to_have_text("ოთახი 19-ზე მეტი ვერ იქნება")
        await expect(rooms).to_be_focused()
        await expect(rooms).to_have_accessible_description("ოთახი 19-ზე მეტი ვერ იქნება")
        assert await page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]
        await picture(phone, "sheet-wrong")
        await rooms.fill("4")
        await card.get_by_role("slider").press("ArrowRight")
        await card.get_by_role("button").press("Enter")
        await phone.wait("კიდევ რამე?")
        await expect(page.locator(".answered").last).to_have_text("✓ 4 · კი · გაზით · 7")
        await expect(card).to_have_count(0)
        await picture(phone, "sheet-done")


async def picture(phone: WebPhone, name: str) -> None:
    """MRGVALI_PICTURES=folder: for whoever wants to look."""
    folder = os.environ.get("MRGVALI_PICTURES")
    if folder:
        await phone.page.screenshot(path=f"{folder}/{name}.png")
