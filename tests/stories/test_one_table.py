"""Several communities at one table, what is changed about it later, and that it is nobody else's affair."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from domain.meetings.entries import Verb
from domain.meetings.record import Reply
from domain.people import Role
from domain.refusal import Refused
from storage import agreed, meeting_guests, meetings, promise_people, telling
from storage.promise_people import Official
from storage.tables.places import communities, municipalities
from storage.tables.polls import needs
from storage.tables.roles import roles
from tests.stories.test_round_table import read
from tests.stories.valley import ARAGULI, HILL, MTA, MUNICIPALITY, VALLEY, Valley
from tests.stories.workshop import Bench
from tests.town import Phone

LISTS = {ARAGULI: ("valley one", "valley two", "valley three"), MTA: ("hill one", "hill two")}


async def two_lists(valley: Valley) -> Phone:
    """A coordinator of both communities; gia holds an office, manana is a member of the valley's group."""
    await valley.poll(ARAGULI, MTA)
    cora, now = await valley.coordinator(), valley.town.clock.now()
    by = await valley.person("cora")
    await valley.official("gia", "Gia M.", "mayor")
    await valley.member("manana")
    async with valley.town.engine.begin() as db:
        for village, words in LISTS.items():
            row = {"poll_id": 1, "village_id": village, "kind": "roads", "state": "released", "photo_state": "told"}
            new = [{**row, "public_words": each, "words": each, "told_at": now} for each in words]
            ids = list((await db.execute(insert(needs).returning(needs.c.id), new)).scalars())
            await agreed.keep(db, poll_id=1, village_id=village, need_ids=sorted(ids), by=by, now=now)
    return cora


async def taps(phone: Phone, *labels: str) -> str:
    for label in labels:
        shown = await phone.tap(label)
    return shown.text


async def prepared(valley: Valley, *issues: str) -> Phone:
    cora = await two_lists(valley)
    await cora.send("/menu")
    await taps(cora, "More", "Prepare a round table", "Valley", "Hill", "Done", "30 September 2026", "11:00")
    await cora.send("The hall")
    await taps(cora, *issues, "Done", "20", "Gia M.", "Done", "Yes, send them")
    return cora


async def on_table(valley: Valley) -> list[str]:
    return [each.words for each in (await read(valley)).items]


async def test_each_communitys_first_chosen_issue_comes_before_anyones_second(valley: Valley) -> None:
    cora = await prepared(valley, "valley one", "valley two", "hill two")
    assert await on_table(valley) == ["valley one", "hill two", "valley two"]
    await cora.send("/menu")
    await taps(cora, "More", "Change the round table", "Other issues", "valley three", "valley two", "hill one", "Done")
    await taps(cora, "Different for each", "30", "10", "15")
    record = await read(valley)
    assert [(each.words, each.minutes) for each in record.items] == [
        ("valley two", 30),
        ("hill one", 10),
        ("valley three", 15),
    ]


async def test_whoever_is_invited_hears_of_other_issues_and_another_writes(valley: Valley, tmp_path: Path) -> None:
    bench = Bench(valley, tmp_path)
    cora = await prepared(valley, "valley one", "hill one")
    gia, manana = await valley.town.phone("gia"), await valley.town.phone("manana")
    await cora.send("/menu")
    await taps(cora, "More", "Change the round table", "Other issues", "hill two", "Done", "20")
    await cora.send("/menu")
    await taps(cora, "More", "Change the round table", "Somebody else keeps the record", "a member, Valley group")
    await valley.town.worker.drain()
    assert "keep the record" in "\n".join(await manana.texts())
    await manana.send("/menu")
    assert "hill two" in await taps(manana, "The round table's desk", "Here, in the chat")
    await bench.work(gia)
    await taps(gia, "I am not coming")
    await bench.work(gia)
    heard = "\n".join(await gia.texts())
    assert "minutes will come" in heard
    assert "other issues" in heard
    assert "hill two" in heard


async def test_of_another_day_an_official_is_asked_anew(valley: Valley, tmp_path: Path) -> None:
    bench = Bench(valley, tmp_path)
    cora = await prepared(valley, "valley one", "hill one")
    gia = await valley.town.phone("gia")
    await bench.work(gia)
    await taps(gia, "I am coming")
    assert await replies(valley) == [Reply.COMING]

    await move(cora, valley.today() + timedelta(days=30), "10:00", "The school")
    assert await replies(valley) == [None], "who comes on one day has not said so of another"
    await bench.work(gia)
    heard = "\n".join(await gia.texts())
    assert "has another day or place" in heard
    assert "The school" in heard
    assert "Do you come on that day?" in (await gia.last()).text
    await taps(gia, "I send somebody")
    assert "written down" in (await gia.send("Eka, the deputy mayor")).text
    assert await replies(valley) == [Reply.SENDS]

    await move(cora, valley.today() + timedelta(days=30), "10:00", "The library")
    await bench.work(gia)
    assert "The library" in "\n".join(await gia.texts())
    assert await replies(valley) == [Reply.SENDS], "of the same day nobody is asked twice"
    assert (await gia.last()).buttons == []


async def test_who_has_not_answered_yet_is_asked_of_the_new_day_alone(valley: Valley, tmp_path: Path) -> None:
    """The invitation lies open on their phone while the day moves; what is said of the old day does not count."""
    bench = Bench(valley, tmp_path)
    cora = await prepared(valley, "valley one")
    gia = await valley.town.phone("gia")
    await bench.work(gia)
    before = await read(valley)
    await move(cora, valley.today() + timedelta(days=30), "10:00", "The school")
    assert "Do you come on that day?" in (await bench.work(gia)).text
    said: dict[str, Any] = {"guest": before.guests[0].id, "reply": Reply.COMING, "who": "", "of": before.starts_at}
    async with valley.town.engine.begin() as db:
        now = valley.town.clock.now()
        with pytest.raises(Refused, match="meeting_moved"):
            await meeting_guests.reply(db, record=await read(valley), **said, by=None, now=now)
    assert await replies(valley) == [None]
    await taps(gia, "I am coming")
    assert await replies(valley) == [Reply.COMING]
    assert "Invitation" not in str((await gia.send("/menu")).buttons), "the old one is asked no more"


async def test_once_it_has_begun_nobody_is_asked_whether_they_come(valley: Valley, tmp_path: Path) -> None:
    bench = Bench(valley, tmp_path)
    await prepared(valley, "valley one")
    gia, cora, now = await valley.town.phone("gia"), await valley.person("cora"), valley.town.clock.now()
    assert "I am coming" in str((await bench.work(gia)).buttons)
    async with valley.town.engine.begin() as db:
        await meetings.note(db, meeting_id=1, verb=Verb.OPENED, body={}, by=cora, now=now)
    assert "begun already" in await taps(gia, "I am coming")
    assert await replies(valley) == [None]


async def move(cora: Phone, day: date, hour: str, place: str) -> None:
    await cora.send("/menu")
    await taps(cora, "More", "Change the round table", "Another day or place")
    await cora.send(f"{day:%d.%m.%Y}")
    await taps(cora, hour)
    await cora.send(place)


async def replies(valley: Valley) -> list[Reply | None]:
    return [each.reply for each in (await read(valley)).guests]


async def test_an_official_sees_only_what_concerns_their_municipality(valley: Valley) -> None:
    await prepared(valley, "valley one", "hill one")
    tea = await valley.resident("tea", None)
    now, by = valley.town.clock.now(), await valley.person("cora")
    async with valley.town.engine.begin() as db:
        await db.execute(insert(municipalities).values(code="far", name_ka="შორი", name_en="Far"))
        await db.execute(insert(communities).values(municipality_id=2, name_ka="იქ", name_en="There"))
    await valley.grant("tea", Role.OFFICIAL, name="Tea", office="mayor", municipality_id=2, confirmed_at=now)
    stranger = await valley.person("tea")
    [role] = await valley.rows(select(roles.c.id).where(roles.c.person_id == stranger))
    async with valley.town.engine.begin() as db:
        assert [each.name for each in await promise_people.officials_of(db, municipality_id=MUNICIPALITY)] == ["Gia M."]
        other = Official(role.id, stranger, "Tea", "mayor")
        with pytest.raises(Refused, match="gone"):
            await meeting_guests.invite_official(db, meeting_id=1, official=other, by=by, now=now)
        with pytest.raises(Refused, match="not_allowed"):
            await meetings.require_keeper(db, meeting_id=1, person_id=stranger)
        for conversation in ("meeting_invited", "meeting_changed", "meeting_near", "meeting_hand_on"):
            args: dict[str, Any] = {"meeting": 1, "what": "moved", "starts_at": "2026-10-07T07:00:00+00:00"}
            await telling.tell(
                db, person_id=stranger, thing=conversation, conversation=conversation, args=args, now=now
            )
    await valley.town.worker.drain()
    await tea.send("/menu")
    seen = "\n".join(await tea.texts()) + str([each.buttons for each in await tea.messages()])
    assert not [words for words in ("valley one", "The hall", "round table's desk", "Round table No") if words in seen]


async def test_communities_of_two_municipalities_do_not_sit_at_one_table(valley: Valley) -> None:
    await valley.resident("ana", None)
    await valley.grant("ana", Role.COORDINATOR)  # of all
    by, now = await valley.person("ana"), valley.town.clock.now()
    async with valley.town.engine.begin() as db:
        await db.execute(insert(municipalities).values(code="far", name_ka="შორი", name_en="Far"))
        where: dict[str, Any] = {"municipality_id": 2, "community_ids": [VALLEY, HILL], "place": "The hall"}
        with pytest.raises(Refused, match="several_municipalities"):
            await meetings.make(db, **where, starts_at=now, by=by, secretary=by, now=now)
