"""What the hall said, entered at the live desk on a small phone whose connection drops twice."""

from __future__ import annotations

import os

from playwright.async_api import BrowserContext, Locator, Page, expect

from domain.people import new_token
from storage import passes
from tests.scenarios.hall import MAYOR, MEETING, MEMBER, Hall

WORDS = "ხიდს გაზაფხულამდე შევაკეთებთ"
PRESENTED, NEIGHBOUR = "ნინო", "ლევანი"
ITEM = "[data-item=need-000001]"


async def opened(hall: Hall, context: BrowserContext) -> Page:
    page, token = await context.new_page(), new_token()
    async with hall.program.days.write.begin() as db:
        await passes.give(db, person_id=hall.secretary, token=token, now=hall.program.clock.now())
    address = hall.program.address
    await page.goto(f"{address}/workspace/in?pass={token}&to=/workspace/meeting/{MEETING}")
    await page.get_by_role("button").first.click()
    await expect(page.locator("body[data-ready] #line")).to_be_visible()
    await page.locator("[data-verb=opened]").click()
    return page


async def picture(page: Page, name: str) -> None:
    """Only where somebody wants to look: MRGVALI_PICTURES names the folder."""
    if folder := os.environ.get("MRGVALI_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def who_is_there(hall: Hall, page: Page) -> None:
    """The member by the code of the screen, a neighbour as the secretary types him, the mayor by a tap on his name; he
    is in the chair."""
    screen = await page.context.new_page()
    await screen.goto(f"{hall.program.address}/workspace/meeting/{MEETING}/screen")
    await hall.manana.send(await screen.locator(".code").inner_text())
    await screen.close()
    await hall.manana.send(MEMBER)
    await hall.manana.taps("Community", "None", "Woman")
    await _typed(page.locator("form.new"))
    await page.locator("li.invited button").nth(1).click()
    await expect(page.locator("li.invited")).to_have_count(0)
    chaired = page.locator("form[data-verb=chaired]")
    await chaired.locator("[name=chair]").fill(MAYOR)
    await chaired.locator("[name=secretary]").fill("ნანა")
    await chaired.locator("button").click()
    await expect(page.locator("#line:not(.waiting)")).to_be_visible()
    await expect(chaired.locator("[name=chair]")).to_have_value(MAYOR)


async def _typed(form: Locator) -> None:
    """Whether a woman or a man is asked, never guessed: it is counted."""
    await form.locator("[name=name]").fill(NEIGHBOUR)
    await form.locator("[name=side]").select_option("community")
    await form.locator("button").click()
    await expect(form.locator("[name=name]")).to_have_value(NEIGHBOUR)
    await form.locator("[name=sex]").select_option("man")
    await form.locator("button").click()
    await expect(form.locator("[name=name]")).to_have_value("")


async def the_line_drops_twice(page: Page) -> None:
    """In the middle of the issue, and once more at its end; what was entered waits on the page."""
    sent, item = page.locator("#line:not(.waiting)"), page.locator(ITEM)
    await item.locator("> summary").click()
    await page.context.set_offline(True)
    for do in await item.locator(".do > summary").all():
        await do.click()
    await _presented(item)
    await _promised(item)
    await expect(page.locator("#waiting .kept")).to_have_count(2)
    await page.context.set_offline(False)
    await expect(sent).to_be_visible()
    await expect(item.locator(".promise.vague")).to_contain_text(WORDS)
    await expect(item.locator(".promise audio")).to_have_count(1)
    await page.context.set_offline(True)
    await _answered(item)
    await item.locator(".promise .tap button.main").click()
    await picture(page, "meeting-offline")
    await page.context.set_offline(False)
    await expect(sent).to_be_visible()


async def _presented(item: Locator) -> None:
    form = item.locator("form[data-verb=presented]")
    await form.locator("[name=name]").fill(PRESENTED)
    await form.locator("[name=sex]").select_option("woman")
    await form.locator("button").click()


async def _promised(item: Locator) -> None:
    form = item.locator("form[data-verb=promised]")
    await form.locator("[name=name]").fill(MAYOR)
    await form.locator("[name=words]").fill(WORDS)
    await form.locator("[name=side]").select_option("executive")
    await form.locator("[name=due]").select_option("soon")
    await _spoken(form)
    await form.locator("button.main").click()


async def _spoken(form: Locator) -> None:
    """Beside the words, while nothing can be sent."""
    await form.locator(".record").click()
    await expect(form.locator(".record[aria-pressed=true]")).to_be_visible()
    await form.locator(".record").click()
    await expect(form.locator(".recorded")).to_be_visible()


async def _answered(item: Locator) -> None:
    form = item.locator("form[data-verb=answered]")
    await form.locator("[name=branch]").select_option("executive")
    await form.locator("[name=answer]").select_option("partly")
    await form.locator("[name=counted]").select_option("budget")
    await form.locator("[name=year]").fill("2027")
    await form.locator("button").click()


async def closed(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    await page.locator("#close").click()
    await expect(page.locator("#close")).to_have_count(0)
    await expect(page.locator("#line:not(.waiting)")).to_be_visible()
