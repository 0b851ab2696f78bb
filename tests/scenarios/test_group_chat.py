"""A group's own chat on Telegram: five answer a reminder, a stranger does not count."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.catalogue import everything
from domain.group_posts import SETTLES_AFTER
from scheduler import promise_reminders
from storage import promises
from storage.promise_recording import record
from storage.tables.group_chats import group_answers
from storage.tables.turns import inbox
from tests.fakes.telegram_server import Server, telegram_server
from tests.group_town import LALI, MEMBERS, GroupTown, group_town
from tests.stories.valley import VALLEY
from tests.town import TBILISI

STRANGER, UNKNOWN = 900, 901


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with telegram_server() as server:
        yield server


@pytest.fixture(params=["polling", "webhook"])
async def town(
    request: pytest.FixtureRequest, server: Server, engine: AsyncEngine, tmp_path: Path
) -> AsyncIterator[GroupTown]:
    async with group_town(server, engine, everything(), tmp_path, webhook=request.param == "webhook") as town:
        yield town


async def promise_due(town: GroupTown) -> int:
    """A promise to the community; its day has come, and the clock speaks of it."""
    valley, clock = town.valley, town.valley.town.clock
    due = valley.today() + timedelta(days=1)
    new = promises.NewPromise(VALLEY, None, None, "water", "Zurab", "Mayor", "We repair the pump", valley.today(), due)
    by = await valley.person(str(LALI))
    async with valley.town.engine.begin() as db:
        promise_id = await record(db, new=new, person_id=by, now=clock.now(), zone=TBILISI)
    clock.forward(timedelta(days=1))
    async with valley.town.engine.begin() as db:
        await promise_reminders.sweep(db, clock.now(), TBILISI)
    town.town.turns.ring()
    return promise_id


async def test_five_answer_a_reminder_and_a_strangers_tap_does_not_count(town: GroupTown) -> None:
    group = await town.chat()
    promise_id = await promise_due(town)
    await town.until(lambda: "Who goes and looks?" in group.last, "the question")
    assert "We repair the pump" in group.last
    assert "0 of 5 have answered" in group.last

    await town.resident(STRANGER)
    assert "This is for the members of “Valley group”" in await town.tapped(group, STRANGER, "It is done")
    unknown = await town.ack(group.tap(town.user(UNKNOWN), "It is done"))
    assert unknown["url"] == "https://t.me/mrgvali_test_bot?start=g1", "an unknown one is led into a private chat"

    assert await town.tapped(group, LALI, "I go and look") == "Noted: 🚶 I go and look ✓"
    for number in MEMBERS:
        assert "Nothing to be seen yet" in await town.tapped(group, number, "Nothing to be seen")
    assert await town.tapped(group, LALI, "I go and look") == "That is noted already ✓"
    await town.until(lambda: "5 of 5 have answered" in group.last, "the count")
    assert "🚶 I go and look: 1\nNothing to be seen yet: 4" in group.last
    assert len([post for post in group.posts if "Who goes" in post.text]) == 1, "one message, edited"

    assert "Work is going on" in await town.tapped(group, MEMBERS[0], "Work is going on")
    await town.until(lambda: "Nothing to be seen yet: 3" in group.last, "the changed answer")
    rows = await town.valley.rows(select(group_answers))
    assert len(rows) == 5, "each once"

    town.valley.town.clock.forward(SETTLES_AFTER + timedelta(minutes=1))
    await town.sweep()
    async with town.valley.town.engine.connect() as db:
        sights = (await promises.dossier(db, promise_id=promise_id)).sights()
    assert sorted(one.body["value"] for one in sights) == ["nothing_seen"] * 3 + ["under_way"]


async def test_talk_in_the_group_is_never_kept(town: GroupTown) -> None:
    group = await town.chat()
    lali = town.lali.user
    group.say(lali, "Nino's husband drinks")
    group.say(lali, "/note@other_bot my secret")
    group.say(lali, "/menu@other_bot")
    group.message(
        lali.chat.user, photo=[{"file_id": "x", "file_unique_id": "u", "width": 1, "height": 1}], caption="us"
    )
    group.say(lali, "an answer", reply_to_message={"message_id": group.posts[-1].id, "text": "quoted secret"})
    town.server.push(
        "edited_message", {"message_id": 1, "chat": group.room.shape, "from": lali.chat.user, "text": "drinks!"}
    )
    posts = len(group.posts)
    await town.still()
    assert len(group.posts) == posts
    kept = " ".join(row.payload for row in await town.valley.rows(select(inbox.c.payload)))
    for word in ("drinks", "secret", "husband", "caption", "quoted", "file_id"):
        assert word not in kept
