"""A round table is prepared in chat: officials are invited, answer, and are counted as present by a code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError

from domain.meetings.entries import Entry, Verb
from domain.meetings.record import Answer, Record, Reply, Side, Source
from domain.people import Role
from domain.refusal import Refused
from storage import meetings
from storage.tables.meetings import meeting_actors, meeting_entries
from tests.stories.test_brief import agreed_list
from tests.stories.valley import Valley
from tests.town import TBILISI, Phone


async def read(valley: Valley) -> Record:
    async with valley.town.engine.connect() as db:
        return await meetings.read(db, meeting_id=1, zone=TBILISI)


async def prepare(valley: Valley) -> tuple[Phone, Phone]:
    await agreed_list(valley)
    gia = await valley.official("gia", "Gia M.", "mayor")
    lela = await valley.member("lela", Role.LEADER)
    await lela.send("/menu")
    shown = await lela.tap("Prepare a round table")
    assert "15 November" in shown.text
    await lela.tap("7 October 2026")
    await lela.tap("11:00")
    await lela.send("The hall of the city hall")
    for label in ("Roads", "Done", "20", "Gia M.", "Done", "Yes, send them"):
        await lela.tap(label)
    return lela, gia


async def test_an_official_sees_the_issues_and_answers_with_one_tap_and_in_writing(valley: Valley) -> None:
    _lela, gia = await prepare(valley)
    assert "The hall of the city hall" in (await gia.last()).text
    for label in ("I am coming", "Roads", "Will study it"):
        await gia.tap(label)
    await gia.send("We send an engineer")
    record = await read(valley)
    assert record.guests[0].reply is Reply.COMING
    answer = record.items[0].answer_of(Side.EXECUTIVE)
    assert answer is not None
    assert (answer.answer, answer.source, answer.words) == (
        Answer.WILL_STUDY,
        Source.BEFOREHAND,
        "We send an engineer",
    )


async def test_who_types_the_code_of_the_screen_is_present_once(valley: Valley) -> None:
    await prepare(valley)
    nino = await valley.resident("nino")
    now = valley.town.clock.now()
    async with valley.town.engine.begin() as db:
        code = await meetings.code(db, meeting_id=1)
    assert "do not know this code" in (await nino.send(code)).text, "it opens with the screen"
    async with valley.town.engine.begin() as db:
        await meetings.open_code(db, meeting_id=1, until=now + timedelta(hours=1))
    await nino.send(code)
    await nino.send("Nino N.")
    for label in ("Community", "None", "Woman"):
        await nino.tap(label)
    [present] = (await read(valley)).attendees
    assert (present.name, present.by_code) == ("Nino N.", True)


async def test_only_secretary_and_coordinator_write_and_nothing_is_entered_twice(valley: Valley) -> None:
    await prepare(valley)
    await valley.coordinator()
    stranger, lela, cora = await valley.person("gia"), await valley.person("lela"), await valley.person("cora")
    now = valley.town.clock.now()
    entry = Entry("11111111-aaaa", Verb.OPENED, {}, now)
    async with valley.town.engine.begin() as db:
        for each in (lela, cora):
            await meetings.require_keeper(db, meeting_id=1, person_id=each)
        with pytest.raises(Refused):
            await meetings.require_keeper(db, meeting_id=1, person_id=stranger)
        assert await meetings.keep(db, meeting_id=1, entry=entry, by=stranger, now=now)
        assert not await meetings.keep(db, meeting_id=1, entry=entry, by=stranger, now=now)


async def test_entries_only_grow_and_who_entered_them_is_forgotten(valley: Valley) -> None:
    lela, _gia = await prepare(valley)
    with pytest.raises(DBAPIError, match="only grows"):
        async with valley.town.engine.begin() as db:
            await db.execute(delete(meeting_entries))
    mine = select(meeting_actors).where(meeting_actors.c.person_id == await valley.person("lela"))
    assert await valley.rows(mine)
    await lela.send("/forget")
    await lela.tap("Yes")
    assert not await valley.rows(mine)
