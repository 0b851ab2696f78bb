"""Pictures beside a form's questions on a small phone, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.bot.web.test_sheet import opened, picture
from tests.phones.web import SMALL
from tests.stories.conftest import registry, valley  # noqa: F401 - fixtures
from tests.stories.forms import IMAGES
from tests.stories.valley import Valley

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

GARDEN = """
| survey |
| | type | name | label | media::image | media::audio |
| | text | words | რა იზრდება თქვენს ბაღში? | garden.png | garden.mp3 |
| | select_multiple kinds | trees | რომელი ხეები გაქვთ? | | |
| | text | last | კიდევ რამე? | | |
| choices |
| | list_name | name | label | media::image |
| | kinds | fig | ლეღვი | fig.png |
| | kinds | plum | ქლიავი | plum.png |
| | kinds | none | არც ერთი | |
""".encode()


async def test_pictures_stand_inside_the_talk_and_say_what_they_show(
    valley: Valley,  # noqa: F811
    database_url: str,
    tmp_path: Path,
    browser: Browser,
) -> None:
    async with opened(valley, database_url, tmp_path, browser, GARDEN, IMAGES) as phone:
        page = phone.page
        await expect(page.get_by_role("img", name="რა იზრდება თქვენს ბაღში?")).to_have_js_property("naturalWidth", 90)
        await expect(page.locator("audio.recording")).to_have_count(1)
        await picture(phone, "form-picture")
        await phone.send("ვარდი")
        choices = page.get_by_role("img", name="რომელი ხეები გაქვთ?")
        await expect(choices).to_have_js_property("naturalWidth", 720)
        await phone.tap("2. ქლიავი")
        await expect(choices).to_have_count(1)
        assert await page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]
        await picture(phone, "form-choices")
