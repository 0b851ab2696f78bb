"""When the clock next has to do with a choosing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.people import Role
from scheduler import close_choosings
from tests.stories.choosers import opened, sweep, told
from tests.stories.valley import Valley
from tests.town import TBILISI, Town


@pytest.fixture
def registry() -> Registry:
    return everything()


@pytest.fixture
async def valley(engine: object, registry: Registry) -> Valley:
    valley = Valley(Town(engine, registry))  # type: ignore[arg-type]
    await valley.settle()
    return valley


async def due(valley: Valley) -> datetime | None:
    async with valley.town.engine.connect() as db:
        return await close_choosings.next_due(db, valley.town.clock.now(), TBILISI)


async def test_a_reminder_two_days_before_then_the_end(valley: Valley) -> None:
    assert await due(valley) is None
    poll_id, _needs = await told(valley)
    await opened(valley, poll_id, await valley.member("manana", Role.LEADER))
    morning = datetime(2026, 3, 7, 6, tzinfo=UTC)
    assert await due(valley) == morning, "ten in the morning in Tbilisi"
    valley.town.clock.move_to(morning - timedelta(minutes=1))
    assert await sweep(valley) == 0
    valley.town.clock.move_to(morning)
    assert await sweep(valley) == 1
    midnight = datetime(2026, 3, 9, 20, tzinfo=UTC)
    assert await due(valley) == midnight
    valley.town.clock.move_to(midnight)
    assert await sweep(valley) == 1
    assert await due(valley) is None
