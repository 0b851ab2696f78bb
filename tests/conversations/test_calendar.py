"""The small calendar offers only days that can be chosen."""

from __future__ import annotations

from datetime import date

from conversations.chat import Chat
from conversations.registry import Entry, Registry
from tests.town import Town


async def test_days_outside_the_bounds_are_dots_and_weeks_keep_their_seven_places(
    town: Town, registry: Registry
) -> None:
    async def asks(chat: Chat) -> None:
        chat.say(await chat.date("day", "Which day?", earliest=date(2026, 3, 10), latest=date(2026, 3, 20)))

    registry.add(Entry("welcome", asks, lambda: "Days"))
    nino = await town.phone("nino")
    shown = await nino.send("hello")
    labels = [label for label, _data in shown.buttons]
    assert [label for label in labels if label.isdecimal()] == [str(day) for day in range(10, 21)]
    weeks = [row for row in shown.raw["rows"] if len(row) == 7]
    assert len(weeks) == 6
    assert (await nino.tap("·")).text.startswith("Which day?")
    assert (await nino.tap("15")).text == "2026-03-15"
