"""Buttons pressed twice, pressed late, and buttons that nobody ever showed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from conversations.chat import Chat
from conversations.registry import Entry, Registry
from storage.tables.polls import answers, needs
from storage.tables.turns import runs
from tests.bad_input.door import TelegramDoor
from tests.bad_input.every_question import ANSWERS, LAST, Patience
from tests.bad_input.every_question import registry as every_question
from tests.bad_input.unharmed import last_paragraph, unharmed, unplayed
from tests.stories.valley import Valley
from tests.town import Phone, Town

FORGED_VALUES = [
    "",
    "nothing",
    "!month.",
    "!month.2026-13-01",
    "!month.0001-01-01",
    "!month.9999-12-31",
    "!month.٢٠٢٦-٠١-٠١",
    "2026-02-31",
    "0000-00-00",
    "9999-12-31",
    "!page.",
    "!page.-1",
    "!page.x",
    "!page.²",
    "!page." + "9" * 40,
    "!all",
    "!done",
    "!change",
    "!keep",
    "!to.",
    "!to.nothing",
    "!nothing",
    "#0123456789abcdef",
    "'; --",
    "{0}",
    "\ud83d\0",
    "გზა" * 20,
    "x" * 300,
]
FORGED = [
    "",
    ":",
    "::",
    ":::::",
    "x",
    "-1:kind:road",
    "1.5:kind:road",
    "²:kind:road",
    "٣:kind:road",
    "9" * 5000 + ":kind:road",
    "999999999999999999999:kind:road",
    "0:",
    "0::",
    "0:go:",
    "0:go:²",
    "0:go:" + "9" * 5000,
    "0:go:99999999999999999999",
    "0:speak:",
    "0:speak:xx",
    "0:start:",
    "0:start:no_such",
    "0:start:../../etc",
    "0:!menu:",
    "0:nothing:x",
    "x" * 4000,
    "\0",
    "გზა:გზა:გზა",
]


@pytest.fixture
def patience(town: Town, door: TelegramDoor) -> Patience:
    return Patience(town, door.user())


class TestAtEveryQuestion:
    pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

    @pytest.fixture
    def registry(self) -> Registry:
        return every_question()

    async def test_a_value_that_was_never_offered(self, patience: Patience) -> None:
        phone = patience.phone
        await phone.start()
        for question, answer in ANSWERS.items():
            mine = (await phone.data("Cancel")).removesuffix("!cancel")
            for value in FORGED_VALUES:
                await phone.door.take(phone.pressed(mine + value))
                assert await unplayed(patience.town) == [], f"{question} {value}"
            if last_paragraph((await phone.last()).text) == question or question == LAST:
                await answer(phone)
        assert await unplayed(patience.town) == []

    async def test_data_that_is_not_ours(self, patience: Patience) -> None:
        phone = patience.phone
        shown = await phone.start()
        for data in FORGED:
            await phone.door.take(phone.pressed(data))
            assert last_paragraph((await phone.last()).text) == last_paragraph(shown.text), data[:40]
        await unharmed(patience.town, phone)

    async def test_every_button_of_a_talk_pressed_again_at_its_end(self, patience: Patience) -> None:
        phone = patience.phone
        await phone.start()
        pressed: set[str] = set()
        for answer in ANSWERS.values():
            pressed |= {data for message in await phone.messages() for _label, data in message.buttons}
            await answer(phone)
        for data in sorted(pressed):
            await phone.door.take(phone.pressed(data))
        assert await unplayed(patience.town) == []
        assert (await phone.last()).buttons


async def answered(valley: Valley) -> int:
    [count] = await valley.rows(select(func.count()).select_from(answers))
    return int(count[0])


@pytest.fixture
async def nino(valley: Valley) -> Phone:
    await valley.poll()
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    return nino


async def test_two_taps_on_one_button_are_one_answer(valley: Valley, nino: Phone) -> None:
    roads = await nino.data("Roads")
    for _twice in range(2):
        await valley.town.receive("nino", tap=roads, callback="c", language="en")
    await valley.town.worker.drain()
    assert "own words" in (await nino.last()).text
    await unharmed(valley.town, nino)
    for label in ("without words", "Children", "Go on without"):
        await nino.tap(label)
    last = await nino.data("that is all")
    for _thrice in range(3):
        await valley.town.receive("nino", tap=last, callback="c", language="en")
    await valley.town.worker.drain()
    assert await answered(valley) == 1
    assert len(await valley.rows(select(needs))) == 1
    assert await unplayed(valley.town) == []


async def test_a_tap_that_comes_twice_by_the_net_is_one_tap(valley: Valley, nino: Phone) -> None:
    roads = await nino.data("Roads")
    for _twice in range(2):
        await valley.town.receive("nino", id="same", tap=roads, callback="c", language="en")
    await valley.town.worker.drain()
    assert len([text for text in await nino.texts() if "own words" in text]) == 1


async def test_an_answer_to_a_question_of_last_week(valley: Valley, nino: Phone) -> None:
    roads, water = await nino.data("Roads"), await nino.data("Water")
    for label in ("Roads", "without words", "Children", "Go on without", "that is all"):
        await nino.tap(label)
    valley.town.clock.forward(timedelta(days=7))
    for old in (roads, water):
        shown = await nino.act(tap=old, callback="c")
        assert "earlier question" in shown.text
        assert shown.buttons
    assert await answered(valley) == 1
    [kind] = await valley.rows(select(needs.c.kind))
    assert kind[0] == "roads"


async def test_words_for_a_question_of_last_week_go_to_no_other_question(valley: Valley, nino: Phone) -> None:
    """The run has expired meanwhile: the text is not taken for an answer to anything."""
    await nino.tap("Roads")
    async with valley.town.engine.begin() as db:
        await db.execute(runs.update().values(state="expired"))
    valley.town.clock.forward(timedelta(days=7))
    assert "did not understand" in (await nino.send("The bridge is broken")).text
    assert await valley.rows(select(needs)) == []


async def long_answers(chat: Chat) -> None:
    for number in range(1, 9):
        await chat.part(str(number)).text("words", "In your own words?", title="Words")
    await chat.confirm("sure", "Is it all right?")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_long_answers_leave_buttons_that_telegram_shows(town: Town) -> None:
    """It refuses a keyboard of ten thousand bytes, and the person would see nothing at all."""
    town.registry.entries["welcome"] = Entry("welcome", long_answers, lambda: "x", needs_welcome=False)
    nino = await town.phone("nino")
    await nino.start()
    for _number in range(8):
        await nino.send("გზა\n" * 250)
    shown = await nino.tap("Change an answer")
    assert max(len(label) for label, _data in shown.buttons) < 80
    assert "In your own words?" in (await nino.tap("Words: გზა")).text
