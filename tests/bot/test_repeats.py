"""A flood of one person is answered once, and nothing of it is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot import turn
from bot.repeats import without_repeats
from conversations.contact import Address
from conversations.message import Button, Outgoing
from storage.tables.turns import inbox
from tests.stories.conftest import registry, valley
from tests.stories.valley import Valley

__all__ = ["registry", "valley"]
ROWS = ((Button("Roads", "1:kind:roads"),),)
HERE, THERE = Address(1, "telegram:1", 0), Address(2, "web", 0)


def test_the_last_of_those_that_say_the_same_closes_what_the_first_closed() -> None:
    said = [
        (5, Outgoing("Which?", ROWS, closes=3), HERE),
        (6, Outgoing("Which?", ROWS, closes=5), HERE),
        (7, Outgoing("Thanks"), HERE),
    ]
    kept = without_repeats(said)
    assert [(seq, message.text, message.closes) for seq, message, _address in kept] == [
        (6, "Which?", 3),
        (7, "Thanks", None),
    ]


def test_what_answers_something_is_never_left_out() -> None:
    said = [(5, Outgoing("Another?", ROWS), HERE), (6, Outgoing("Another?", ROWS, closes=5, answered="✓ Yes"), HERE)]
    assert len(without_repeats(said)) == 2


def test_what_is_said_to_two_phones_of_one_person_is_said_to_both() -> None:
    said = [(5, Outgoing("Joined."), HERE), (6, Outgoing("Joined."), THERE)]
    assert without_repeats(said) == said


async def test_a_flood_is_answered_once_and_nothing_is_lost(valley: Valley, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "LONGEST", 60)  # one batch, however slow the machine
    await valley.poll()
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    before = len(await nino.messages())
    for _message in range(50):
        await valley.town.receive("nino", text="hello?", language="en")
    await valley.town.worker.drain()
    assert len(await nino.messages()) == before + 1
    assert "need most" in (await nino.tap("Roads")).text or "in your own words" in (await nino.last()).text
    query = select(func.count()).select_from(inbox).where(inbox.c.status == "done", inbox.c.channel == "terminal")
    assert [row[0] for row in await valley.rows(query)] == [52]
