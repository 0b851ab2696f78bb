"""A keyboard with no room for all its buttons: each of them can be reached, and pressed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.chat import Chat
from conversations.questions.option import Option
from tests.viber_town import ViberTown

LONG = [Option(str(number), f"Need number {number}, told in rather many words") for number in range(8)]


async def long_list(chat: Chat) -> None:
    which = await chat.pick("which", "Which need?", LONG)
    chat.say(f"It was {which}.")


@pytest.fixture
def pages(town: ViberTown) -> ViberTown:
    entries = town.worker.registry.entries
    entries["welcome"] = replace(entries["welcome"], play=long_list)
    return town


async def test_the_last_of_many_long_answers_can_be_tapped(pages: ViberTown) -> None:
    nino = pages.phone("nino==")
    opened = await nino.start()
    assert not any("number 7" in label for label in opened.buttons)
    assert (await nino.tap("number 7")).text == "✓ Need number 7, told in rather many words\n\nIt was 7."


async def test_a_page_that_nobody_asked_for_harms_nothing(pages: ViberTown) -> None:
    nino = pages.phone("nino==")
    await nino.start()
    for forged in ("mrgvali:0:page:99999999999999999999", "mrgvali:0:page:-1", "mrgvali:0:page:x", "mrgvali:::"):
        assert "Which need?" in (await nino.send(forged)).text
    assert (await nino.tap("number 7")).text.endswith("It was 7.")
