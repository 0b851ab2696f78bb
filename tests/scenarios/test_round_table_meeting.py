"""A round table from its agenda to its promises: prepared in chat, held at the live desk, proved to have arrived."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

from sqlalchemy import select

from domain.meetings.record import ReadBack, Side, State
from domain.people import Sex
from storage import minutes, minutes_delivery
from storage.tables.promises import promises
from tests.phones.web import browser
from tests.scenarios import invitations, live_desk
from tests.scenarios import minutes as papers
from tests.scenarios.hall import MAYOR, MEETING, MEMBER, Hall, gathered

SAID = (live_desk.WORDS, "2026 წლის 14 ოქტომბერი", invitations.PLACE)


async def test_from_the_agenda_to_the_promises(database_url: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        hall = await gathered(stack, database_url, tmp_path)
        await invitations.sent(hall)
        await invitations.arrived(hall, tmp_path)
        await invitations.answered(hall)
        await invitations.the_day_comes(hall)

        opened = await stack.enter_async_context(browser())
        small = await opened.new_context(viewport={"width": 360, "height": 740}, locale="ka-GE")
        page = await live_desk.opened(hall, small)
        await live_desk.who_is_there(hall, page)
        await live_desk.the_line_drops_twice(page)
        await live_desk.picture(page, "meeting-after")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360
        await nothing_is_lost_or_doubled(hall, tmp_path)
        await live_desk.closed(page)
        assert (await hall.record()).state is State.CLOSED

        draft = await papers.drafted(hall, tmp_path)
        assert [each for each in SAID if each not in draft] == []
        await papers.opened(hall)
        await papers.one_is_taken_in(hall)
        await papers.one_is_refused(hall)
        await papers.locked(hall)
        for who in ("gia", "manana"):
            locked = await papers.paper(hall, who, tmp_path)
            assert [each for each in (*SAID, papers.APRIL, papers.WEEK, papers.OTHERWISE) if each not in locked] == []
        assert any(
            f"{MAYOR}, მერი, {SAID[1]} – მრგვალ მაგიდაზე: 1/2026\n" in each.words for each in hall.letters.to("gia")
        )
        await papers.received(hall)
        await the_promise_stands(hall)


async def nothing_is_lost_or_doubled(hall: Hall, media: Path) -> None:
    record = await hall.record()
    assert record.state is State.OPEN
    present = {each.name: (each.by_code, each.sex) for each in record.attendees}
    assert present == {
        MEMBER: (True, Sex.WOMAN),
        live_desk.NEIGHBOUR: (False, Sex.MAN),
        MAYOR: (False, Sex.MAN),
    }
    road = record.items[0]
    assert road.presented_by is not None
    assert road.presented_by.sex is Sex.WOMAN
    [promise] = road.promises
    assert (media / promise.voice).stat().st_size > 0
    assert (promise.words, promise.office, promise.read_back) == (live_desk.WORDS, "მერი", ReadBack.CONFIRMED)
    answer = road.answer_of(Side.EXECUTIVE)
    assert answer is not None
    assert answer.year == 2027
    assert record.spoke() == {Sex.WOMAN: 1, Sex.MAN: 1}


async def the_promise_stands(hall: Hall) -> None:
    async with hall.program.engine.connect() as db:
        version = await minutes.newest(db, meeting_id=MEETING)
        kept = list(await db.execute(select(promises.c.words, promises.c.speaker, promises.c.office)))
        sheet = await minutes_delivery.sheet(db, meeting_id=MEETING, by=hall.secretary)
    assert version is not None
    fates = [(each["words"], each["accepted"], each["reason"]) for each in version.body["amendments"]]
    assert fates == [(papers.APRIL, True, ""), (papers.WEEK, False, papers.OTHERWISE)]
    assert [tuple(each) for each in kept] == [(live_desk.WORDS, MAYOR, "მერი")]
    there = {each.received_by for each in sheet if each.received_at is not None}
    assert MAYOR in there
    assert len(there) == 2
