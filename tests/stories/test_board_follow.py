"""Who follows a place hears on Friday, in one message, what changed, each with its address; one tap ends it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from domain.people import Role
from scheduler.board_news import sweep
from storage.tables.board import place_follows
from tests.stories.test_promise_news import heard as news_of_one
from tests.stories.test_promise_news import look, seen
from tests.stories.test_promises import WORDS, march, official, write_down
from tests.stories.valley import Valley
from tests.town import TBILISI, Phone

NEWS = "What changed with the promises:"


async def clock(valley: Valley, moment: datetime) -> None:
    """Looks every hour, as in life: whoever is told at night hears it in the morning."""
    valley.town.clock.move_to(moment)
    async with valley.town.engine.begin() as db:
        await sweep(db, moment, TBILISI)
    await valley.town.worker.drain()


async def heard(phone: Phone) -> list[str]:
    return [text for text in await phone.texts() if NEWS in text]


async def test_once_a_week_what_changed_and_one_tap_ends_it(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    assert "On Fridays I will write to you" in (await nino.start("bvaraguli")).text
    await official(valley)
    await write_down(leader)
    await clock(valley, march(5))
    assert await heard(nino) == [], "it is not Friday yet"
    await clock(valley, march(6, 10))
    assert await heard(nino) == []
    await clock(valley, march(6, 22))
    assert await heard(nino) == [], "nobody is written to at night"
    await clock(valley, march(7, 10))
    [told] = await heard(nino)
    assert "https://mrgvali.example.ge/board/promise/1" in told
    assert "https://mrgvali.example.ge/board/village/araguli" in told
    await nino.tap("Thank you, I have read it")
    await clock(valley, march(14))
    assert len(await heard(nino)) == 1, "nothing has changed"
    await seen(leader, "The road", "Work is going on")
    await clock(valley, march(27))
    assert len(await heard(nino)) == 2, "a Friday that was missed is made up for"
    assert "not write to you about this place" in (await nino.tap("No more")).text
    await seen(leader, "The road", "It is done")
    await clock(valley, march(28))
    assert len(await heard(nino)) == 2


async def test_from_the_menu_it_is_begun_and_ended_and_forgotten(valley: Valley) -> None:
    nino = await valley.resident("nino")
    for _each in range(2):
        await nino.send("/menu")
        await nino.tap("Promises of a place")
        assert "On Fridays I will write to you" in (await nino.tap("🔔")).text
    assert len(await valley.rows(select(place_follows))) == 2, "the village and the municipality"
    await nino.send("/menu")
    await nino.tap("Promises of a place")
    await nino.tap("No more")
    assert [row.ended_at is None for row in await valley.rows(select(place_follows))].count(True) == 1
    assert "of the promises to 1 place" in (await nino.send("/mydata")).text
    await nino.send("/forget")
    await nino.tap("Yes")
    assert await valley.rows(select(place_follows)) == []


async def test_an_incomplete_link_says_so(valley: Valley) -> None:
    nino = await valley.resident("nino")
    for link in ("b", "bv", "bx1", "bvnowhere", "bmnowhere"):
        assert "I do not find this place" in (await nino.start(link)).text
    for link in ("bp", "bp1", "bp٣", "bp-1", f"bp{2**63}"):
        assert "I do not find this promise" in (await nino.start(link)).text


async def test_one_promise_is_followed_by_its_link(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await official(valley)
    await write_down(leader)
    await look(valley)
    assert "when it stands otherwise, I will write to you" in (await nino.start("bp1")).text
    assert any(WORDS in text for text in await nino.texts()), "which promise it is"
    await seen(leader, "The road", "Work is going on")
    await look(valley, march(27))
    assert await news_of_one(nino) == 1
