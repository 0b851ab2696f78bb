"""Days that no calendar has, and numbers in words."""

from __future__ import annotations

import pytest

from conversations.chat import Chat
from conversations.registry import Entry, Registry
from tests.bad_input.unharmed import unharmed
from tests.town import Phone, Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def a_day_and_a_number(chat: Chat) -> None:
    day = await chat.date("day", "On which day?")
    many = await chat.number("many", "How many?")
    chat.say(f"{day}, {many}.")


@pytest.fixture
def registry() -> Registry:
    made = Registry()
    made.add(Entry("welcome", a_day_and_a_number, lambda: "A day", in_menu=True, needs_welcome=False))
    return made


@pytest.fixture
async def nino(town: Town) -> Phone:
    nino = await town.phone("nino")
    await nino.start()
    return nino


NO_DAYS = {
    "31.02": "no such day: that month ends on 28 February 2027",
    "29.02.2027": "that month ends on 28 February 2027",
    "31 აპრილი": "no such day",
    "0.1.2026": "no such day",
    "14.13.2026": "for example 14.10.2026",
    "00.00.0000": "for example 14.10.2026",
    "1.1.9999": "for example 14.10.2026",
    "2026-02-30": "no such day",
    "99.99.99": "for example 14.10.2026",
    "soon": "for example 14.10.2026",
    "ოთხმოცდათერთმეტი": "for example 14.10.2026",
    "in 999999999999 years": "for example 14.10.2026",
    "in 1000000 days": "for example 14.10.2026",
    "١٤.١٠": "",
    "9" * 20_000: "for example 14.10.2026",
    "1." * 10_000: "for example 14.10.2026",
    " " * 60_000 + "გ": "for example 14.10.2026",
}


@pytest.mark.parametrize(("typed", "answer"), NO_DAYS.items(), ids=[typed[:24] for typed in NO_DAYS])
async def test_a_day_that_does_not_exist(town: Town, nino: Phone, typed: str, answer: str) -> None:
    shown = await nino.send(typed)
    assert answer in shown.text
    await unharmed(town, nino)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ოცდახუთი", "25"),
        ("ორას ორმოცდაათი", "250"),
        ("ათას ცხრაას ოთხმოცდაოთხი", "1984"),
        ("ორმოცდაჩვიდმეტი", "57"),
        ("twenty five", "25"),
        ("1 200", "1200"),
        ("٢٥", "25"),
    ],
)
async def test_a_number_in_words(town: Town, nino: Phone, typed: str, meant: str) -> None:
    await nino.send("14.10.2026")
    assert (await nino.send(typed)).text.endswith(f", {meant}.")


@pytest.mark.parametrize(
    "typed",
    [
        "many",
        "2.5",
        "½",
        "ნახევარი",
        "ათასი ათასი ათასი",
        "1e9",
        "0x1F",
        "9" * 13,
        "9" * 60_000,
        "1" + ",000" * 15_000,
        "- 5 -",
        "ⅩⅤ",
        "②",
    ],
    ids=lambda typed: typed[:12],
)
async def test_what_is_no_number_is_asked_again(town: Town, nino: Phone, typed: str) -> None:
    await nino.send("14.10.2026")
    assert "for example 25" in (await nino.send(typed)).text
    await unharmed(town, nino)
