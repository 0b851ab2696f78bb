"""Neighbours see it too or otherwise: one asks the group for a new look, three dispute a false "done"."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.people import Role
from scheduler.promise_states import sweep
from tests.stories.test_promises import GROUND, asked, march, official, read, write_down
from tests.stories.valley import Valley
from tests.town import TBILISI, TELEGRAM, VIBER, WEB, Phone

OTHERWISE = "✋ I see it otherwise"


async def at(valley: Valley, moment: datetime) -> None:
    valley.town.clock.move_to(moment)
    async with valley.town.engine.begin() as db:
        await sweep(db, moment, TBILISI)
    await valley.town.worker.drain()


async def kept(valley: Valley) -> tuple[Phone, Phone]:
    """The road, which the leader has found done; the day is then the fifth of March."""
    leader, gio = await valley.member("lela", Role.LEADER), await official(valley)
    await write_down(leader)
    await gio.tap("Yes, that is right")
    await leader.send("/menu")
    for label in ("I looked at a promise", "The road", "It is done"):
        await leader.tap(label)
    await leader.photo()
    await leader.tap("Skip")
    await at(valley, march(5))
    return leader, gio


async def test_one_voice_asks_the_group_for_a_new_look_and_its_photo_answers(valley: Valley) -> None:
    leader, _gio = await kept(valley)
    nino = await valley.resident("nino")
    assert "✅ kept" in await read(nino)
    await nino.tap(OTHERWISE)
    assert "I ask the group to look again" in (await nino.tap("No photo")).text
    page = await read(nino)
    assert "Neighbours see it otherwise; the group is asked to look again." in page
    assert "✅ kept" in page
    asks = (await leader.last()).text
    assert GROUND in asks
    assert "Neighbours see it otherwise" in asks
    assert not any(nearness in asks for nearness in ("is left until", "are left until", "Its day passed")), "it is kept"
    await leader.tap("It is done")
    await leader.photo()
    await leader.tap("Skip")
    assert "Neighbours" not in await read(nino)
    await nino.tap(OTHERWISE)
    assert "To ask again, please add a new photo" in (await nino.last()).text, "the same one is not asked twice"
    await nino.photo()
    assert "Neighbours see it otherwise" in await read(nino)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_three_on_three_channels_dispute_it_and_the_office_hears_of_it_two_days_before(valley: Valley) -> None:
    leader, gio = await kept(valley)
    phones = [
        await valley.resident(name, channel=channel)
        for name, channel in zip("abc", (TELEGRAM, VIBER, WEB), strict=True)
    ]
    for phone in phones:
        await read(phone)
        await phone.tap(OTHERWISE)
        await phone.tap("No photo")
    assert asked(await leader.texts(), "Neighbours see it otherwise") == 1, "asked once until somebody has looked"
    assert "✅ kept" in await read(phones[0])
    told = (await gio.last()).text
    assert "in the village this promise is seen otherwise" in told
    assert "From 7 March 2026 everybody reads, unless the office answers before" in told
    await at(valley, march(7))
    assert "❓ disputed" in await read(phones[0])


async def test_who_sees_it_too_says_so_once_and_may_see_it_otherwise_later(valley: Valley) -> None:
    leader, _gio = await kept(valley)
    nino, far = await valley.resident("nino"), await valley.resident("zura", 3)
    await read(nino)
    await nino.tap("👍 I see it too")
    assert "your name is shown to nobody" in (await nino.tap("No photo")).text
    page = await read(nino)
    assert "Neighbours" not in page
    labels = [text for text, _data in (await nino.last()).buttons]
    assert OTHERWISE in labels
    assert "👍 I see it too" not in labels
    await far.send("/menu")
    await far.tap("🤝 Promises")
    await far.tap("Araguli")
    await far.tap("The road")
    assert OTHERWISE not in [text for text, _data in (await far.last()).buttons], "who lives elsewhere reads"
    await leader.send("/menu")
    await leader.tap("🤝 Promises")
    await leader.tap("The road")
    assert OTHERWISE not in [text for text, _data in (await leader.last()).buttons], "the group looks"
    await leader.tap("What the group wrote")
    assert "5 March 2026: a neighbour sees it too" in (await leader.last()).text


async def test_a_look_that_worsens_it_waits_two_days_and_an_answer_shows_it_at_once(valley: Valley) -> None:
    leader, gio = await valley.member("lela", Role.LEADER), await official(valley)
    nino = await valley.resident("nino")
    await write_down(leader)
    await gio.tap("Yes, that is right")
    await gio.send("/menu")
    for label in ("How my promises stand", "The road", "Done", "Nothing to add", "Without one"):
        await gio.tap(label)
    await at(valley, march(5))
    await leader.send("/menu")
    for label in ("I looked at a promise", "The road", "Nothing to be seen yet", "No photo"):
        await leader.tap(label)
    assert "told to the office first" in (await leader.tap("Skip")).text
    assert "❓ disputed" in (await leader.last()).text
    assert "nothing to be seen yet" not in await read(nino)
    assert "🔨 under way" in await read(nino)
    assert "👀 The group: nothing to be seen yet (5 March 2026)." in (await gio.last()).text
    await gio.tap("Under way")
    await gio.tap("Nothing to add")
    await gio.tap("Without one")
    assert "nothing to be seen yet" in await read(nino)
