"""Forgetting, parting, closing and a second worker, each in the middle of what is newest."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import counts
from storage.tables.doors import rounds, slips
from storage.tables.people import people
from storage.tables.polls import answers
from tests.stories.test_linking import JOIN, code_of, join, part
from tests.stories.test_neighbour import begin, one_house
from tests.stories.test_slips import SECRET, shared
from tests.stories.valley import ARAGULI, Valley
from tests.town import TELEGRAM, WEB, Phone

ROADS = ("Roads", "without words", "Everyone", "Go on without", "that is all")


async def forgotten(phone: Phone) -> None:
    await phone.send("/forget")
    await phone.tap("Yes, erase")


async def told(phone: Phone, *labels: str) -> str:
    for label in labels:
        await phone.tap(label)
    return (await phone.last()).text


async def test_a_code_shown_by_somebody_who_is_then_forgotten_joins_nobody(valley: Valley) -> None:
    nino, other = await valley.resident("nino"), await valley.resident("nino-2")
    code = await code_of(nino)
    await other.start("l" + code)
    await forgotten(nino)
    await other.tap(JOIN)
    assert await valley.person("nino") != await valley.person("nino-2")
    rows = await valley.rows(select(people.c.erased_at).where(people.c.id == await valley.person("nino-2")))
    assert [row.erased_at for row in rows] == [None]
    assert (await other.send("/menu")).buttons


async def test_a_member_forgotten_in_the_middle_of_a_round_leaves_the_neighbours_slips(valley: Valley) -> None:
    await valley.poll()
    manana = await begin(valley)
    await manana.tap("Araguli")
    slip = await one_house(manana, "Water")
    await told(manana, "Yes, they agree", "Roads")
    await forgotten(manana)
    valley.town.worker = valley.town.new_worker()
    rows = await valley.rows(select(answers.c.entered_by, answers.c.state))
    assert [(row.entered_by, row.state) for row in rows if row.state == "complete"] == [(None, "complete")]
    friend = await valley.town.phone("friend")
    await friend.send(slip)
    assert "Water" in "\n".join(await friend.texts())
    assert all(row.note is None for row in await valley.rows(select(rounds.c.note)))


async def test_the_owner_of_a_phone_is_forgotten_and_the_guests_answer_stays_the_guests(valley: Valley) -> None:
    nino, code = await shared(valley)
    await forgotten(nino)
    rows = await valley.rows(select(answers.c.shared_by, answers.c.person_id))
    assert [(row.shared_by, row.person_id) for row in rows] == [(None, None)] * 2
    friend = await valley.town.phone("friend")
    await friend.start("s" + code)
    assert SECRET in "\n".join(await friend.texts())
    assert len(await valley.rows(select(slips.c.id).where(slips.c.answer_id.is_not(None)))) == 1


async def test_joined_and_parted_while_a_poll_closes(valley: Valley) -> None:
    poll_id = await valley.poll(ARAGULI, days=1)
    nino, other = await valley.resident("nino", channel=TELEGRAM), await valley.resident("nino-2", channel=TELEGRAM)
    for phone in (nino, other):
        await phone.send("/menu")
        await told(phone, "What does my village need")
    await told(nino, *ROADS)
    await told(other, "Water", "without words")
    await join(nino, other)
    assert (await _people(valley, poll_id)) == 1
    valley.town.clock.forward(timedelta(days=3))
    valley.town.worker = valley.town.new_worker()
    await part(nino)
    assert (await _people(valley, poll_id)) == 1
    await other.send("/menu")
    shown = (await other.last()).buttons
    for text, _data in shown:
        if "What does my village need" in text:
            await told(other, "What does my village need")
    assert (await _people(valley, poll_id)) == 1, "what was not finished before the close is not counted after it"


async def _people(valley: Valley, poll_id: int) -> int:
    async with valley.town.engine.connect() as db:
        return (await counts.real(db, poll_id=poll_id, village_id=ARAGULI)).people


async def test_two_workers_and_one_link_code_pressed_on_two_phones_at_once(valley: Valley, engine: AsyncEngine) -> None:
    nino = await valley.resident("nino")
    code = await code_of(nino)
    pair = [await valley.resident("eka", channel=TELEGRAM), await valley.resident("lia", channel=WEB)]
    for phone in pair:
        await phone.start("l" + code)
    for phone in pair:
        shown = next(data for text, data in (await phone.last()).buttons if JOIN in text)
        await valley.town.receive(phone.name, tap=shown)
    workers = [valley.town.worker, valley.town.new_worker(engine)]
    await asyncio.gather(*(each.drain() for each in workers))
    await valley.town.worker.drain()
    joined = [await valley.person(name) for name in ("nino", "eka", "lia")]
    assert len(set(joined)) == 2, "the code works once"
