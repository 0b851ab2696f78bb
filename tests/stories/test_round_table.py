"""A round table is prepared in chat: officials are invited, answer, and are counted as present by a code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError

from domain.meetings.entries import Entry, Verb
from domain.meetings.record import Answer, Record, Reply, Side, Source, State
from domain.people import Role
from domain.refusal import Refused
from storage import meeting_changes, meeting_links, meeting_reminders, meetings
from storage.tables.meetings import meeting_actors, meeting_entries
from tests.bot.web.test_files import jpeg
from tests.stories.test_brief import agreed_list
from tests.stories.valley import Valley
from tests.stories.workshop import Bench
from tests.town import TBILISI, Phone, Shown


async def read(valley: Valley) -> Record:
    async with valley.town.engine.connect() as db:
        return await meetings.read(db, meeting_id=1, zone=TBILISI)


async def prepare(valley: Valley) -> tuple[Phone, Phone]:
    await agreed_list(valley)
    gia = await valley.official("gia", "Gia M.", "mayor")
    lela = await valley.member("lela", Role.LEADER)
    await lela.send("/menu")
    await lela.tap("More")
    shown = await lela.tap("Prepare a round table")
    assert "15 November" in shown.text
    await lela.tap("30 September 2026")
    await lela.tap("11:00")
    await lela.send("The hall of the city hall")
    for label in ("Roads", "Done", "20", "Gia M.", "Done", "Yes, send them"):
        await lela.tap(label)
    return lela, gia


async def test_late_in_the_year_nobody_is_told_that_it_is_early_enough(valley: Valley) -> None:
    await agreed_list(valley)
    lela = await valley.member("lela", Role.LEADER)
    for now, told in ((datetime(2026, 10, 20, 9, tzinfo=UTC), True), (datetime(2026, 11, 10, 9, tzinfo=UTC), False)):
        valley.town.clock.move_to(now)
        await lela.send("/menu")
        await lela.tap("More")
        asked = (await lela.tap("Prepare a round table")).text
        assert ("can still stand in it" in asked) is told
        assert ("harder to bring into it" in asked) is not told
        await lela.send("/cancel")


async def test_an_official_sees_the_issues_and_answers_with_one_tap_and_in_writing(
    valley: Valley, tmp_path: Path
) -> None:
    bench = Bench(valley, tmp_path)
    _lela, gia = await prepare(valley)
    await bench.work(gia)
    papers = [each.raw["document"] for each in await gia.messages() if each.raw.get("document")]
    assert [(tmp_path / each).read_bytes()[:5] for each in papers] == [b"%PDF-", b"BEGIN"]
    assert "The hall of the city hall" in (await gia.last()).text
    for label in ("I am coming", "Answer the round table in writing", "Roads", "We will study it"):
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


async def test_after_the_end_what_stands_is_corrected_and_nothing_new_comes(valley: Valley) -> None:
    await prepare(valley)
    lela, now = await valley.person("lela"), valley.town.clock.now()
    later, name = now + timedelta(minutes=5), {"name": "Nino", "side": "community", "sex": "woman"}

    async def enter(entry_id: str, verb: Verb, **body: str) -> None:
        at = now if entry_id.startswith("before") else later
        async with valley.town.engine.begin() as db:
            await meetings.keep(db, meeting_id=1, entry=Entry(entry_id, verb, body, at), by=lela, now=later)

    await enter("before-open", Verb.OPENED)
    await enter("before-here", Verb.ATTENDED, **name)
    await enter("before-end1", Verb.CLOSED)
    with pytest.raises(Refused, match="meeting_over"):
        await enter("afterwards", Verb.ATTENDED, **{**name, "name": "Late"})
    await enter("correction", Verb.ATTENDED, **{**name, "name": "Nina"}, corrects="before-here")
    await enter("before-sent-late", Verb.ATTENDED, **{**name, "name": "Zura"})
    assert [each.name for each in (await read(valley)).attendees] == ["Nina", "Zura"]


async def act(lela: Phone, label: str) -> Shown:
    await lela.send("/menu")
    await lela.tap("More")
    await lela.tap("Change the round table")
    return await lela.tap(label)


async def test_reminders_come_a_week_and_a_day_before_and_a_moved_day_is_told(valley: Valley, tmp_path: Path) -> None:
    bench = Bench(valley, tmp_path)
    _lela, gia = await prepare(valley)
    await bench.work(gia)
    await gia.tap("I am coming")
    starts, now, by = (await read(valley)).starts_at, valley.town.clock.now(), await valley.person("lela")
    async with valley.town.engine.begin() as db:
        assert await meeting_reminders.remind(db, now=now, zone=TBILISI) == 0
        assert await meeting_reminders.next_due(db, after=now, zone=TBILISI) == starts - timedelta(days=7)
        assert await meeting_reminders.remind(db, now=starts - timedelta(days=7), zone=TBILISI) == 2
        later, where = starts + timedelta(days=1), "The school"
        await meeting_changes.move(db, meeting_id=1, place=where, starts_at=later, by=by, now=now, zone=TBILISI)
        assert not await meeting_reminders.stands(db, meeting_id=1, starts_at=starts)
    await valley.town.worker.drain()
    assert "has another day or place" in "\n".join(await gia.texts())
    assert "The school" in "\n".join(await gia.texts())


async def test_who_has_not_said_whether_they_come_is_asked_with_the_reminder(valley: Valley, tmp_path: Path) -> None:
    bench = Bench(valley, tmp_path)
    _lela, gia = await prepare(valley)
    await bench.work(gia)
    await gia.send("/cancel")
    week = (await read(valley)).starts_at - timedelta(days=7)
    valley.town.clock.move_to(week)
    async with valley.town.engine.begin() as db:
        await meeting_reminders.remind(db, now=week, zone=TBILISI)
    await bench.work(gia)
    assert "A reminder: the round table is near." in "\n".join(await gia.texts())
    assert "Do you come on that day?" in (await gia.last()).text
    await gia.tap("I am coming")
    assert [each.reply for each in (await read(valley)).guests] == [Reply.COMING]


async def test_an_official_without_a_chat_gets_a_link_only_from_who_prepares_it(valley: Valley) -> None:
    _lela, _gia = await prepare(valley)
    await valley.resident("nino")
    who: dict[str, Any] = {"name": "Eka", "office": "Head", "branch": Side.EXECUTIVE, "token": "t" * 32}
    now, nino, lela = valley.town.clock.now(), await valley.person("nino"), await valley.person("lela")
    async with valley.town.engine.begin() as db:
        with pytest.raises(Refused, match="not_allowed"):
            await meeting_links.invite(db, meeting_id=1, **who, by=nino, now=now)
        await meeting_links.invite(db, meeting_id=1, **who, by=lela, now=now)
        assert await meeting_links.opened(db, token="u" * 32) is None
        meeting_id, guest = await meeting_links.opened(db, token="t" * 32) or (0, "")
    assert (meeting_id, guest) == (1, (await read(valley)).guests[-1].id)


async def test_the_secretary_passes_on_a_change_and_a_reminder_to_who_has_no_chat(valley: Valley) -> None:
    lela, _gia = await prepare(valley)
    await act(lela, "Invite somebody without a chat")
    for said in ("Eka N.", "Head of roads"):
        await lela.send(said)
    invitation = (await lela.tap("City hall")).text
    assert invitation.startswith("Eka N., you are invited")
    await act(lela, "Another day or place")
    await lela.send("14.10.2026")
    await lela.tap("12:00")
    await lela.send("The school")
    moved = (await lela.last()).text
    assert "another day or place" in moved
    assert "The school" in moved
    starts_at = (await read(valley)).starts_at
    valley.town.clock.move_to(starts_at - timedelta(days=1))
    async with valley.town.engine.begin() as db:
        await meeting_reminders.remind(db, now=valley.town.clock.now(), zone=TBILISI)
    await valley.town.worker.drain()
    near = next(each for each in await lela.texts() if each.startswith("Eka N., a reminder"))
    guest = (await read(valley)).guests[-1].id
    async with valley.town.engine.connect() as db:
        for text in (invitation, moved, near):
            assert await meeting_links.opened(db, token=text.rpartition("/")[2]) == (1, guest), "old links open too"


async def test_when_nobody_comes_the_issues_go_as_a_letter_and_its_answer_shows_its_source(
    valley: Valley, tmp_path: Path
) -> None:
    bench = Bench(valley, tmp_path)
    lela, _gia = await prepare(valley)
    await lela.send("/menu")
    await lela.tap("More")
    assert "did not come" not in str((await lela.tap("Change the round table")).buttons), "it is still ahead"
    valley.town.clock.move_to((await read(valley)).starts_at)
    await act(lela, "The municipality did not come")
    await lela.tap("It was not held")
    await lela.tap("As a letter")
    await lela.send("17/2026")
    bench.post.files["stamp"] = jpeg(40, 30)
    await lela.photo("stamp")
    await bench.work(lela)
    handed = [each for each in await lela.messages() if each.raw.get("document")][-1]
    paper = docx.Document(BytesIO((tmp_path / handed.raw["document"]).read_bytes()))
    assert "Issues that wait for an answer" in [each.text for each in paper.paragraphs]
    road = (await read(valley)).road
    assert road is not None
    assert (tmp_path / road.stamp).is_file()
    await act(lela, "The municipality did not come")
    assert road.stamp in [each.raw.get("photo") for each in await lela.messages()]
    await lela.send("/cancel")
    await act(lela, "An answer has come afterwards")
    for label in ("Roads", "City hall", "In part"):
        await lela.tap(label)
    await lela.send("Half of it in 2027")
    await lela.send("99-1")
    record = await read(valley)
    assert (record.state, record.road and record.road.registry) == (State.NOT_HELD, "17/2026")
    answer = record.items[0].answer_of(Side.EXECUTIVE)
    assert answer is not None
    assert (answer.source, answer.registry, answer.answer) == (Source.LETTER, "99-1", Answer.PARTLY)


async def test_when_everybody_invited_has_refused_nobody_waits_for_the_day(valley: Valley, tmp_path: Path) -> None:
    """And who then changes their mind reads what became of it."""
    bench = Bench(valley, tmp_path)
    _lela, gia = await prepare(valley)
    now, by = valley.town.clock.now(), await valley.person("lela")
    road: dict[str, Any] = {"source": Source.LETTER, "registry": "", "stamp": "", "day": now.date()}
    with pytest.raises(Refused, match="meeting_ahead"):
        async with valley.town.engine.begin() as db:
            await meeting_changes.another_road(db, meeting_id=1, **road, by=by, now=now)
    await bench.work(gia)
    for label in ("I am not coming", "Answer the round table in writing", "Roads", "Yes"):
        await gia.tap(label)
    async with valley.town.engine.begin() as db:
        await meeting_changes.another_road(db, meeting_id=1, **road, by=by, now=now)
    assert "was not held: its issues went another way" in (await gia.send("We come after all")).text


async def test_another_secretary_writes_and_the_first_no_longer(valley: Valley) -> None:
    await prepare(valley)
    manana = await valley.member("manana")
    me, other = await valley.person("lela"), await valley.person("manana")
    async with valley.town.engine.begin() as db:
        now = valley.town.clock.now()
        await meeting_changes.name_secretary(db, meeting_id=1, person_id=other, by=me, now=now)
        assert await meetings.may_keep(db, meeting_id=1, person_id=other)
        assert not await meetings.may_keep(db, meeting_id=1, person_id=me)
    await valley.town.worker.drain()
    assert "keep the record" in "\n".join(await manana.texts())
