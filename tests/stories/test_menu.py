"""The menu is read at a glance: what is seldom wanted stands behind "More"; what was only opened leaves nothing."""

from __future__ import annotations

from tests.stories.valley import Valley
from tests.town import Phone

SELDOM = ["I have a slip", "A sheet for the shop wall", "My other phone"]


async def labels(phone: Phone, command: str = "/menu") -> list[str]:
    return [text for text, _data in (await phone.send(command)).buttons]


def has(shown: list[str], part: str) -> bool:
    return any(part in label for label in shown)


async def test_a_long_menu_keeps_what_is_seldom_wanted_behind_more(valley: Valley) -> None:
    await valley.poll()
    cora = await valley.coordinator()
    shown = await labels(cora)
    assert has(shown, "⋯ More")
    assert not any(has(shown, each) for each in SELDOM)
    more = [text for text, _data in (await cora.tap("⋯ More")).buttons]
    assert all(has(more, each) for each in SELDOM)
    assert has([text for text, _data in (await cora.tap("Back")).buttons], "⋯ More")


async def test_a_short_menu_shows_everything(valley: Valley) -> None:
    await valley.poll()
    shown = await labels(await valley.resident("nino"))
    assert has(shown, "My other phone")
    assert has(shown, "I have a slip")
    assert not has(shown, "⋯ More")


async def test_what_was_only_opened_is_neither_unfinished_nor_offered_as_news(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino")
    for title in ("What does my village need?", "My other phone", "I have a slip"):
        await nino.send("/menu")
        await nino.tap(title)
    assert not has(await labels(nino), "Go on")
    await nino.tap("What does my village need?")
    await nino.send("/cancel")
    await nino.send("/menu")
    await nino.tap("Promises")
    assert not any("There is something for you" in text for text in await nino.texts())
