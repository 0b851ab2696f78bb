"""The page itself, on a small phone in a real browser."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import select

from storage.tables.people import addresses
from tests.bot.web.test_files import jpeg
from tests.bot.web.village import Village
from tests.phones.web import SMALL, WebPhone

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

QUESTION = "What does your village need most?"
# How many lines of text each has.
LINES = """all => all.map(each => {
  const range = document.createRange();
  range.selectNodeContents(each);
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
})"""


@pytest.fixture
async def phone(served: Village, browser: Browser) -> WebPhone:
    return await WebPhone.open(browser, served.base, locale="en-GB")


async def test_a_talk_from_the_link_to_the_thanks(phone: WebPhone) -> None:
    first = await phone.start("vARAG")
    assert (first.text, first.buttons[:3]) == (QUESTION, ["Road", "Water", "Street lighting"])
    assert "start=" not in phone.page.url
    assert (await phone.tap("Water")).text == "Tell it in your own words."
    assert (await phone.send("Two hours a day")).text == "Thank you: water, Two hours a day"


async def test_an_answered_question_loses_its_buttons_and_shows_the_answer(phone: WebPhone) -> None:
    await phone.start()
    await phone.tap("Water")
    await expect(phone.page.locator(".answered")).to_have_text("✓ Water")
    await expect(phone.page.get_by_role("button", name="Road")).to_have_count(0)


async def test_however_long_the_talk_only_the_talk_can_be_moved(phone: WebPhone) -> None:
    """What only a screen reader hears lay beyond the end of the page, and could push its head out of sight."""
    for _round in range(6):
        await phone.start("vARAG")
        await phone.tap("Water")
        await phone.send("Two hours a day")
    assert await phone.page.evaluate("[document.body.scrollHeight, scrollY]") == [SMALL["height"], 0]


async def test_after_a_reload_everything_is_there_again(phone: WebPhone) -> None:
    await phone.start()
    await phone.tap("Water")
    await phone.send("Two hours a day")
    before = await phone.page.get_by_role("log").inner_text()
    await phone.page.reload()
    await phone.wait("Thank you")
    assert await phone.page.get_by_role("log").inner_text() == before


async def test_what_is_said_without_a_connection_goes_out_when_it_is_back(phone: WebPhone) -> None:
    await phone.start()
    await phone.tap("Water")
    await phone.page.context.set_offline(True)
    await phone.page.locator("#text").fill("Two hours a day")
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.get_by_role("alert")).to_contain_text("No connection")
    await expect(phone.page.locator(".you .mark")).to_have_text("Waiting for the connection")
    await phone.page.context.set_offline(False)
    assert (await phone.wait("Thank you")).text == "Thank you: water, Two hours a day"
    await expect(phone.page.get_by_role("alert")).to_be_hidden()


async def test_what_was_not_sent_survives_the_page(served: Village, phone: WebPhone) -> None:
    await phone.start()
    await phone.tap("Water")
    await phone.page.route("**/chat/messages*", lambda route: route.abort())
    await phone.page.locator("#text").fill("Two hours a day")
    await phone.page.keyboard.press("Enter")
    await phone.page.locator("#text").fill("half a sentence")
    await expect(phone.page.locator(".you .mark")).to_have_text("Waiting for the connection")
    await phone.page.unroute("**/chat/messages*")
    await phone.page.reload()
    assert (await phone.wait("Thank you")).text == "Thank you: water, Two hours a day"
    await expect(phone.page.locator("#text")).to_have_value("half a sentence")


async def test_menu_and_back_are_always_at_hand(phone: WebPhone) -> None:
    await phone.start()
    await phone.tap("Water")
    await phone.page.get_by_role("button", name="Back", exact=True).first.click()
    await expect(phone.page.get_by_role("button", name="Road")).to_be_visible()
    await phone.page.get_by_role("button", name="Menu", exact=True).click()
    await phone.wait("What would you like to do?")


async def test_a_command_in_the_words_can_be_pressed(phone: WebPhone) -> None:
    await phone.start()
    await phone.send("/help")
    await phone.tap("/language")
    assert (await phone.last()).buttons == ["ქართული", "English", "Azərbaycanca"]


async def test_a_photo_and_a_place_are_taken(phone: WebPhone) -> None:
    await phone.start()
    await phone.photo(jpeg(3000, 2000))
    await expect(phone.page.locator(".you img")).to_be_visible()
    await phone.location(42.05, 44.7)
    await expect(phone.page.locator(".you").last).to_contain_text("My location")


async def test_the_keyboard_alone_is_enough(phone: WebPhone) -> None:
    await phone.start()
    keyboard = phone.page.keyboard
    for _step in range(20):
        await keyboard.press("Tab")
        if await phone.page.evaluate("document.activeElement.textContent") == "Water":
            break
    await keyboard.press("Enter")
    await phone.wait("Tell it")
    # The focus goes to the next question's buttons, not to the top of the page.
    assert await phone.page.evaluate("document.activeElement.matches('.choice')")
    await phone.page.get_by_role("textbox").focus()
    await keyboard.type("Two hours a day")
    await keyboard.press("Enter")
    await phone.wait("Thank you")


async def test_everything_has_a_name_and_room_for_a_thumb(phone: WebPhone) -> None:
    await phone.start()
    for control in await phone.page.locator("button:visible, textarea:visible, a:visible").all():
        box = await control.bounding_box()
        name = await control.evaluate("e => e.ariaLabel || e.textContent.trim() || e.getAttribute('alt')")
        assert name
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, name
    await expect(phone.page.get_by_role("log", name="Our talk")).to_have_attribute("aria-live", "polite")
    await expect(phone.page.get_by_role("textbox", name="Write here…")).to_be_visible()


async def test_with_the_keyboard_open_the_field_and_the_last_words_stay_in_sight(phone: WebPhone) -> None:
    await phone.start()
    await phone.tap("Water")
    await phone.send("Two hours a day")
    await phone.page.set_viewport_size({"width": 360, "height": 330})
    await expect(phone.page.locator("#text")).to_be_in_viewport(ratio=1)
    await expect(phone.page.locator(".them").last).to_be_in_viewport(ratio=1)
    assert await phone.page.evaluate("document.documentElement.scrollWidth <= 360")


async def test_words_are_shown_as_words(phone: WebPhone) -> None:
    await phone.start()
    await phone.tap("Water")
    await phone.send("<img src=x onerror=alert(1)> https://example.org/a?b=1.")
    await expect(phone.page.locator(".you img")).to_have_count(0)
    await expect(phone.page.locator(".you a")).to_have_attribute("href", "https://example.org/a?b=1")


async def test_georgian_is_never_made_capital_and_nothing_comes_from_elsewhere(
    served: Village, browser: Browser
) -> None:
    phone = await WebPhone.open(browser, served.base, locale="ka-GE")
    asked: list[str] = []
    complaints: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.page.on("console", lambda message: complaints.append(message.text))
    phone.page.on("pageerror", lambda error: complaints.append(str(error)))
    await phone.start()
    changed = (
        "e => [...document.querySelectorAll('*')].filter(e => getComputedStyle(e).textTransform !== 'none').length"
    )
    assert await phone.page.evaluate(changed) == 0
    assert [url for url in asked if not url.startswith((served.base, "blob:", "data:"))] == []
    assert complaints == []


async def test_the_demo_moves_its_calendar(served: Village, browser: Browser) -> None:
    page = await (await browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")).new_page()
    await page.goto(f"{served.base}/demo")
    for name in ("Resident", "Group leader", "Official", "Coordinator"):
        inside = page.frame_locator(f'iframe[title^="{name}"]')
        await expect(inside.get_by_role("log")).to_contain_text(QUESTION)
    await expect(page.get_by_text("Monday, 2 March 2026, 12:00")).to_be_visible()
    await page.get_by_role("button", name="A week later").click()
    await expect(page.get_by_text("Monday, 9 March 2026, 12:00")).to_be_visible()
    await expect(page.get_by_role("status").first).to_have_text("14 messages went out.")
    await page.get_by_role("link", name="ქართული").click()
    await expect(page.get_by_text("ორშაბათი, 9 მარტი 2026, 12:00")).to_be_visible()


async def test_the_demo_on_a_phone_shows_one_person_at_a_time(served: Village, browser: Browser) -> None:
    page = await (await browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")).new_page()
    await page.goto(f"{served.base}/demo")
    await page.get_by_role("link", name="Official").click()
    await expect(page.locator("#official iframe")).to_be_in_viewport()
    await expect(page.locator('.tabs [aria-current="true"]')).to_have_text("Official")
    await page.goto(f"{served.base}/demo?lang=ka")
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_a_message_longer_than_the_screen_is_read_from_its_beginning(served: Village, phone: WebPhone) -> None:
    await phone.start()
    external = await only_address(served)
    await served.write_to(external, 50, text="First words. " + "A long story. " * 300)
    await phone.wait("First words")
    top = await phone.page.locator(".them").last.evaluate("e => e.getBoundingClientRect().top")
    log = await phone.page.get_by_role("log").evaluate("e => e.getBoundingClientRect().top")
    assert 0 <= top - log < 30
    await served.write_to(external, 51, text="One thing more.")
    await phone.page.get_by_role("button", name="New messages").click()
    await expect(phone.page.get_by_text("One thing more.")).to_be_in_viewport()


async def test_the_answer_to_a_tap_is_seen_wherever_the_button_was(phone: WebPhone) -> None:
    """Whoever taps far up in a menu longer than the screen saw nothing happen."""
    await phone.start()
    await phone.page.set_viewport_size({"width": 360, "height": 260})
    await phone.send("/menu")
    await phone.page.get_by_role("button", name="Needs of the village").click()
    await expect(phone.page.get_by_text(QUESTION).last).to_be_in_viewport()


async def test_every_day_of_a_month_is_one_line_on_a_small_phone(served: Village, phone: WebPhone) -> None:
    await phone.start()
    rows = [[["‹", "a"], ["სექტემბერი, 2026", "b"], ["›", "c"]]]
    rows += [[[str(week * 7 + day), f"d{week * 7 + day}"] for day in range(1, 8)] for week in range(4)]
    await served.write_to(await only_address(served), 50, text="Which day?", rows=rows)
    await phone.wait("Which day?")
    lines = await phone.page.locator(".row .choice").evaluate_all(LINES)
    assert set(lines[-31:]) == {1}


async def only_address(served: Village) -> str:
    async with served.write.connect() as db:
        return str((await db.execute(select(addresses.c.external))).scalar_one())


async def test_in_the_demo_what_arrives_is_always_seen(served: Village, browser: Browser) -> None:
    phone = await WebPhone.open(browser, served.base, path="/chat?phone=resident", locale="en-GB")
    await phone.start()
    for seq in (50, 51):
        await served.write_to("resident", seq, text=f"Story {seq}. " + "A long story. " * 300)
    await served.write_to("resident", 52, text="One thing more.")
    await expect(phone.page.get_by_text("One thing more.")).to_be_in_viewport()
