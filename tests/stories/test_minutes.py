"""Minutes from a draft to the lock: amended by those who attended, sent, received, and never changed again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from domain.meetings.entries import Verb
from domain.minutes import Fate, Seat
from domain.refusal import Refused
from publish import minutes_template
from scheduler import minutes_reminders
from storage import (
    addenda,
    erasure,
    minutes,
    minutes_amending,
    minutes_delivery,
    minutes_ledger,
    minutes_links,
    sealed_papers,
)
from storage import meetings as records
from storage import promises as dossiers
from storage.tables.addenda import addendum_receipts
from storage.tables.meetings import meeting_communities, meeting_entries, meetings
from storage.tables.minutes import minutes_addenda, minutes_amendments, minutes_receivers, minutes_versions
from storage.tables.promises import promises
from tests.bot.web.test_files import jpeg
from tests.stories.round_table import WORDS, RoundTable, held
from tests.stories.valley import Valley
from tests.stories.workshop import Bench
from tests.town import TBILISI, Phone


@pytest.fixture
async def table(valley: Valley) -> RoundTable:
    return await held(valley)


@pytest.fixture
def bench(table: RoundTable, tmp_path: Path) -> Bench:
    return Bench(table.valley, tmp_path)


async def desk(table: RoundTable, act: str) -> None:
    await table.cora.send("/menu")
    await table.cora.tap("📜 Minutes of a meeting")
    await table.cora.tap(act)


async def opened(table: RoundTable, bench: Bench) -> None:
    await desk(table, "Open to those")
    await table.cora.send("5")
    await bench.work(table.cora)


async def asks(table: RoundTable, bench: Bench, words: str) -> None:
    await table.manana.send("/menu")
    await table.manana.tap("📜 Read the draft")
    await bench.work(table.manana)
    await table.manana.tap("I ask for a change")
    await table.manana.tap("1. Araguli")
    await table.manana.send(words)
    await bench.work(table.manana)


async def chair_says(table: RoundTable, yes: bool) -> None:
    await table.gia.tap("It is taken in" if yes else "It is not taken in")
    if not yes:
        await table.gia.send("I remember it otherwise.")


async def secretary_takes_it_in(table: RoundTable, words: str) -> None:
    await desk(table, "Answer a change")
    await table.cora.tap(f"Manana: {words[:20]}")
    await table.cora.tap("I answer as the secretary")
    await table.cora.tap("It is taken in")


async def locked(table: RoundTable, bench: Bench) -> None:
    table.valley.town.clock.forward(timedelta(days=6))
    await desk(table, "Lock them")
    await table.cora.tap("Yes, lock them")
    await bench.work(table.cora)


async def said(phone: Phone) -> str:
    return "\n".join(await phone.texts())


async def test_two_changes_are_asked_for_and_one_is_refused(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    assert "You may ask for a change until 7 March 2026" in await said(table.manana)
    await asks(table, bench, "Since April, not May.")
    await chair_says(table, True)
    await secretary_takes_it_in(table, "Since April, not May.")
    await asks(table, bench, "He said next week.")
    await chair_says(table, False)
    await locked(table, bench)
    async with table.valley.town.engine.connect() as db:
        version = await minutes.newest(db, meeting_id=table.meeting)
    assert version is not None
    fates = [(each["words"], each["accepted"], each["reason"]) for each in version.body["amendments"]]
    assert fates == [
        ("Since April, not May.", True, ""),
        ("He said next week.", False, "I remember it otherwise."),
    ]


async def test_minutes_arrive_and_one_tap_says_so(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    await locked(table, bench)
    papers = [each for each in await table.gia.messages() if each.raw.get("document")]
    assert (bench.folder / papers[-1].raw["document"]).read_bytes().startswith(b"%PDF")
    await table.gia.tap("✓ I have received them")
    assert "It is written down that you have them" in await said(table.gia)
    await desk(table, "Who has them")
    await bench.work(table.cora)
    sheet = await said(table.cora)
    assert "✓ Gia, Deputy mayor: 8 March 2026, 12:00" in sheet
    assert "○ Manana" in sheet
    [printed] = [each for each in await table.cora.messages() if each.text == "The same to print."]
    assert (bench.folder / printed.raw["document"]).read_bytes().startswith(b"%PDF")
    for office in ("Gender equality council of the municipal council", "Trustees of the communities on the agenda"):
        assert f"○ {office} (needs a personal link or paper)" in sheet


async def test_the_chancellerys_number_has_its_own_day_and_its_stamp(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    await locked(table, bench)
    await desk(table, "Number of the chancellery")
    for said_ in ("07-1234/26", "05.03.2026"):
        await table.cora.send(said_)
    bench.post.files["stamp"] = jpeg(40, 30)
    await table.cora.photo("stamp")
    await bench.work(table.cora)
    await desk(table, "Who has them")
    await bench.work(table.cora)
    assert "Chancellery: № 07-1234/26, 5 March 2026" in await said(table.cora)
    [stamp] = [
        each.raw["photo"] for each in await table.cora.messages() if "07-1234" in each.text and "photo" in each.raw
    ]
    assert (bench.folder / stamp).is_file()


async def test_a_personal_link_comes_with_words_to_forward(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    await locked(table, bench)
    await desk(table, "A personal link")
    await table.cora.tap("Gender equality council")
    words = (await table.cora.texts())[-2]
    assert words.startswith(
        "Gender equality council of the municipal council, the minutes of the round table are here."
    )
    token = words.rpartition("/")[2]
    async with table.valley.town.engine.connect() as db:
        assert (await minutes_delivery.by_link(db, token=token) or (0,))[0] == table.meeting


async def test_members_of_a_group_are_one_line_of_who_has_them(table: RoundTable, bench: Bench) -> None:
    """Three others of the group are named on no paper: only that it is they who have not received it."""
    for name in ("one", "two", "three"):
        await table.valley.member(name)
    await opened(table, bench)
    await locked(table, bench)
    await desk(table, "Who has them")
    await bench.work(table.cora)
    assert (await said(table.cora)).count("○ Valley group × 3\n") == 1


async def test_the_menu_offers_of_a_table_what_can_still_be_done(table: RoundTable, bench: Bench) -> None:
    """It is over: its day cannot be changed; until the lock what was written is corrected."""

    async def offered() -> set[str]:
        shown = str((await table.cora.send("/menu")).buttons) + str((await table.cora.tap("More")).buttons)
        names = ("Change the round table", "The round table's desk", "Minutes of a meeting")
        return {each for each in names if each in shown}

    assert await offered() == {"The round table's desk", "Minutes of a meeting"}
    await opened(table, bench)
    await locked(table, bench)
    assert await offered() == {"Minutes of a meeting"}


async def test_promises_become_the_ledgers_once(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    await locked(table, bench)
    rows = await table.valley.rows(select(promises.c.words, promises.c.need_id, promises.c.speaker))
    assert [tuple(row) for row in rows] == [(WORDS, 1, "Gia")]
    now, by = table.valley.town.clock.now(), await table.valley.person("cora")
    async with table.valley.town.engine.begin() as db:
        record = await records.read(db, meeting_id=table.meeting, zone=TBILISI)
        assert await minutes_ledger.hand_over(db, record=record, by=by, now=now, zone=TBILISI) == []


async def test_whoever_is_silent_is_reminded_once_a_day(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    await locked(table, bench)
    clock = table.valley.town.clock
    for _day in range(2):
        clock.forward(timedelta(days=1))
        for _again in range(2):
            async with table.valley.town.engine.begin() as db:
                await minutes_reminders.sweep(db, clock.now(), TBILISI)
            await table.valley.town.worker.drain()
    asked = [each for each in await table.manana.texts() if "Please press once you have them" in each]
    assert len(asked) == 3
    await table.manana.tap("✓ I have received them")
    clock.forward(timedelta(days=1))
    async with table.valley.town.engine.begin() as db:
        told = await minutes_reminders.sweep(db, clock.now(), TBILISI)
    assert told == 1  # the official


async def test_locked_minutes_cannot_be_changed_in_the_database(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    await asks(table, bench, "Since April.")
    await chair_says(table, False)
    await locked(table, bench)
    now = table.valley.town.clock.now()
    entry = {"meeting_id": table.meeting, "entry_id": "entry-late", "verb": "heard", "body": {}, "at": now}
    version = {"meeting_id": table.meeting, "version": 9, "phase": "draft", "body": "{}", "hash": "", "made_at": now}
    late = {"meeting_id": table.meeting, "name": "", "office": "", "words": "late", "at": now}
    for statement in (
        insert(meeting_entries).values(**entry, received_at=now),
        update(meeting_entries).values(body={}),
        delete(meeting_entries),
        update(meetings).values(number=99),
        delete(meeting_communities),
        insert(minutes_versions).values(**version),
        update(minutes_versions).values(body="{}"),
        delete(minutes_versions),
        insert(minutes_amendments).values(**late),
        delete(minutes_amendments),
    ):
        with pytest.raises(DBAPIError, match=r"locked|only grows|FOREIGN KEY|foreign key"):
            async with table.valley.town.engine.begin() as db:
                await db.execute(statement)


async def test_locked_minutes_cannot_be_changed_by_the_program(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    await locked(table, bench)
    who: dict[str, Any] = {
        "by": await table.valley.person("cora"),
        "now": table.valley.town.clock.now(),
        "zone": TBILISI,
    }
    where: dict[str, Any] = {"meeting_id": table.meeting}
    with pytest.raises(Refused, match="minutes_locked"):
        await table.note(Verb.HEARD, item="item-0001", words="Something else.")
    for act in (
        lambda db: minutes.draft(db, **where, **who),
        lambda db: minutes.open_(db, **where, days=5, **who),
        lambda db: minutes.lock(db, **where, sent_to=[], **who),
        lambda db: minutes_amending.amend(db, **where, item=None, words="late", **who),
        lambda db: minutes_amending.decide(
            db, **where, amendment_id=1, seat=Seat.SECRETARY, accepted=True, reason=None, **who
        ),
    ):
        with pytest.raises(Refused, match="minutes_locked"):
            async with table.valley.town.engine.begin() as db:
                await act(db)
    await table.cora.send("/menu")
    shown = await table.cora.tap("📜 Minutes of a meeting")
    assert not [label for label, _data in shown.buttons if label in ("Lock them", "Open to those who attended")]


async def test_after_the_lock_only_addenda_each_a_paper_that_arrives(table: RoundTable, bench: Bench) -> None:
    """Each holds the hash of what stands before it, and goes to whoever was sent the minutes."""
    await opened(table, bench)
    await locked(table, bench)
    await table.gia.tap("✓ I have received them")
    for words in ("The hall was changed.", "The list is annexed."):
        await desk(table, "Add an addendum")
        await table.cora.send(words)
        await bench.work(table.cora)
    async with table.valley.town.engine.connect() as db:
        version = await minutes.newest(db, meeting_id=table.meeting)
        first = await addenda.paper(db, meeting_id=table.meeting, number=1)
        beside = await sealed_papers.added(db, about=minutes_delivery.about(table.meeting))
    assert "No chat here: Trustees of the communities on the agenda; " in await said(table.cora)
    rows = await table.valley.rows(select(minutes_addenda).order_by(minutes_addenda.c.number))
    assert version is not None
    assert first is not None
    assert [row.number for row in rows] == [1, 2]
    assert [row.previous for row in rows] == [version.hash, rows[0].hash]
    assert first.sha256 == rows[0].hash
    assert [each.title["en"] for each in beside] == [f"Addendum No. {n} to minutes No. 1" for n in (1, 2)]
    papers = [each for each in await table.gia.messages() if each.text.startswith("Addendum No. 2")]
    assert (bench.folder / papers[-1].raw["document"]).read_bytes().startswith(b"%PDF")
    await table.gia.tap("✓ I have received it")
    await desk(table, "Who has them")
    await bench.work(table.cora)
    there = (await said(table.cora)).split("Addendum 1: ")[-1]
    assert "Received by 1 of " in there
    assert "○ Gia" not in there
    table.valley.town.clock.forward(timedelta(days=1))
    async with table.valley.town.engine.begin() as db:
        told = await minutes_reminders.sweep(db, table.valley.town.clock.now(), TBILISI)
    await table.valley.town.worker.drain()
    waits = await table.valley.rows(select(addendum_receipts).where(addendum_receipts.c.received_at.is_(None)))
    assert told > len([row for row in waits if row.reminded_at]) > 0


async def test_nobody_but_the_secretary_and_those_who_attended(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    nino = await table.valley.resident("nino")
    labels = [label for label, _data in (await nino.send("/menu")).buttons]
    assert not [label for label in labels if "inutes" in label]
    who: dict[str, Any] = {
        "by": await table.valley.person("nino"),
        "now": table.valley.town.clock.now(),
        "zone": TBILISI,
    }
    for reason, act in (
        ("did_not_attend", lambda db: minutes_amending.amend(db, meeting_id=1, item=None, words="x", **who)),
        ("not_allowed", lambda db: minutes.draft(db, meeting_id=1, **who)),
        ("not_allowed", lambda db: minutes_delivery.lock(db, meeting_id=1, **who)),
        ("not_allowed", lambda db: minutes_delivery.sheet(db, meeting_id=1, by=who["by"])),
    ):
        with pytest.raises(Refused, match=reason):
            async with table.valley.town.engine.begin() as db:
                await act(db)


async def test_the_draft_is_in_the_menu_of_everybody_who_was_there_and_of_nobody_else(
    table: RoundTable, bench: Bench
) -> None:
    """Also of an official whose name was tapped; not of the secretary, who entered them and was not there herself."""
    await table.valley.official("tea", "Tea", "Trustee")
    await opened(table, bench)
    offered = {
        phone.name
        for phone in (table.gia, table.manana, table.cora, await table.valley.town.phone("tea"))
        if "Read the draft" in str((await phone.send("/menu")).buttons)
    }
    assert offered == {"gia", "manana"}


async def test_whoever_keeps_the_record_no_more_is_handed_nothing(table: RoundTable, bench: Bench) -> None:
    """A secretary who is no coordinator, replaced while the list of what they may do stands on their screen."""
    sopo = await table.valley.member("sopo")
    await sopo.send("/menu")
    for secretary in ("sopo", "cora"):
        who = await table.valley.person(secretary)
        async with table.valley.town.engine.begin() as db:
            await db.execute(update(meetings).values(secretary_id=who))
        if secretary == "sopo":
            await sopo.send("/menu")
            shown = await sopo.tap("📜 Minutes of a meeting")
            assert "Own letterhead" not in [label for label, _data in shown.buttons]
            await sopo.tap("Look at it (PDF)")
    await sopo.tap("English")
    await bench.work(sopo)
    assert not [each for each in await sopo.messages() if each.raw.get("document")]
    assert "Minutes of a meeting" not in str((await sopo.send("/menu")).buttons)


async def test_the_time_to_object_must_have_run_out(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    who: dict[str, Any] = {
        "by": await table.valley.person("cora"),
        "now": table.valley.town.clock.now(),
        "zone": TBILISI,
    }
    with pytest.raises(Refused, match="minutes_still_open"):
        async with table.valley.town.engine.begin() as db:
            await minutes_delivery.lock(db, meeting_id=table.meeting, **who)


async def test_an_own_letterhead_is_tried_out_before_it_is_kept(table: RoundTable, bench: Bench) -> None:
    await desk(table, "Own letterhead")
    await bench.work(table.cora)
    await bench.send_file(table.cora, b"no paper")
    assert "This is no file of Word." in await said(table.cora)
    await desk(table, "Own letterhead")
    await bench.work(table.cora)
    await bench.send_file(table.cora, minutes_template.own())
    assert "Your form works." in await said(table.cora)


async def test_who_is_forgotten_stays_by_name_and_office_only(table: RoundTable, bench: Bench) -> None:
    await opened(table, bench)
    await asks(table, bench, "Since April.")
    await chair_says(table, False)
    await locked(table, bench)
    person_id, now = await table.valley.person("manana"), table.valley.town.clock.now()
    async with table.valley.town.engine.begin() as db:
        await erasure.erase(db, person_id=person_id, now=now)
        found = await minutes.amended(db, meeting_id=table.meeting)
    assert [(each.name, each.fate) for each in found] == [("Manana", Fate.REFUSED)]
    assert not await table.valley.rows(select(minutes_receivers).where(minutes_receivers.c.person_id == person_id))


async def test_a_secretary_who_is_no_coordinator_locks_in_the_minutes_name(table: RoundTable, bench: Bench) -> None:
    """The promise carries the number and the hash of the minutes, and residents still hear of it."""
    await opened(table, bench)
    await table.valley.resident("sopo")
    sopo = await table.valley.person("sopo")
    async with table.valley.town.engine.begin() as db:
        await db.execute(update(meetings).values(secretary_id=sopo))
    table.valley.town.clock.forward(timedelta(days=6))
    async with table.valley.town.engine.begin() as db:
        now = table.valley.town.clock.now()
        version = await minutes_delivery.lock(db, meeting_id=table.meeting, by=sopo, now=now, zone=TBILISI)
        made = (await db.execute(select(promises.c.id))).scalar_one()
        document = (await dossiers.dossier(db, promise_id=made)).new.document
    assert document is not None
    assert document.hash == version.hash


async def test_who_was_there_without_a_chat_gets_a_link_to_ask_for_a_change(table: RoundTable, bench: Bench) -> None:
    await table.note(Verb.ATTENDED, name="Zura", side="community", sex="man")
    await opened(table, bench)
    await desk(table, "A link for who has no chat")
    await table.cora.tap("Zura")
    text = next(each for each in await table.cora.texts() if each.startswith("Zura, this is the draft"))
    async with table.valley.town.engine.connect() as db:
        found = await minutes_links.opened(db, token=text.rpartition("/")[2], zone=TBILISI)
    assert found is not None
    assert found[1].name == "Zura"
