"""One person writes by several phones: a code joins them, and what each had begun goes on on the other."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from domain.linking import LASTS, PART_WITHIN
from domain.people import Role
from domain.polls import Origin
from scheduler import bury_forgotten
from storage import counts, groups, polls
from storage import outbox as outbox_
from storage.engine import write_engine
from storage.jsontext import dumps
from storage.tables.links import links
from storage.tables.meta import metadata
from storage.tables.people import addresses, consents, people
from storage.tables.polls import answers
from storage.tables.roles import roles
from storage.tables.turns import inbox, outbox, runs
from tests.stories.test_desk import tell
from tests.stories.test_needs_poll import roads
from tests.stories.valley import ARAGULI, ZEMO, Valley
from tests.stories.workshop import Bench
from tests.town import TBILISI, TELEGRAM, VIBER, WEB, Phone

JOIN, APART = "Yes, put them together", "No, leave them apart"
NO_CODE = "00000000"


async def code_of(phone: Phone) -> str:
    await phone.send("/menu")
    await phone.tap("My other phone")
    await phone.tap("Show me a code")
    shown = next(text for text in reversed(await phone.texts()) if "Your code:" in text)
    return re.sub(r"\D", "", shown.partition("Your code:")[2].partition("\n")[0])


async def join(showing: Phone, typing: Phone) -> str:
    await typing.start("l" + await code_of(showing))
    return (await typing.tap(JOIN)).text


async def part(phone: Phone) -> str:
    await phone.send("/menu")
    await phone.tap("My other phone")
    await phone.tap("part them")
    return (await phone.tap("Yes, part them")).text


async def offered(phone: Phone, title: str) -> bool:
    return any(title in text for text, _data in (await phone.send("/menu")).buttons)


async def real(valley: Valley, poll_id: int, village_id: int = ARAGULI) -> counts.Real:
    async with valley.town.engine.connect() as db:
        return await counts.real(db, poll_id=poll_id, village_id=village_id)


async def test_a_stranger_is_one_with_the_other_phone_at_once(valley: Valley) -> None:
    nino = await valley.resident("nino")
    other = await valley.town.phone("nino-2", channel=TELEGRAM)
    assert "Done! Here and on your" in await join(nino, other)
    assert await valley.person("nino-2") == await valley.person("nino")
    assert "What would you like to do?" in (await other.send("/menu")).text
    assert len(await valley.rows(select(consents))) == 1, "the other phone's person has agreed already"


async def test_the_first_screen_of_a_stranger_leads_to_the_code(valley: Valley) -> None:
    nino = await valley.resident("nino")
    code = await code_of(nino)
    other = await valley.town.phone("nino-2")
    assert "Which language" in (await other.send("hello")).text
    assert "eight digits" in (await other.tap("I am here already")).text
    assert "do not know this code" in (await other.send(NO_CODE)).text
    assert "Shall I put the two together" in (await other.send(f"{code[:4]} {code[4:]}")).text
    assert "one person now" in (await other.tap(JOIN)).text


async def test_the_code_comes_with_every_link_there_is(valley: Valley) -> None:
    nino = await valley.resident("nino")
    code = await code_of(nino)
    shown = (await nino.last()).text
    assert f"https://t.me/mrgvali_bot?start=l{code}" in shown
    assert f"https://mrgvali.example.ge/chat?start=l{code}" in shown
    assert "ten minutes" in shown


async def test_a_poll_begun_on_the_web_is_finished_on_telegram(valley: Valley) -> None:
    poll = await valley.poll()
    web = await valley.resident("nino", channel=WEB)
    await web.start("varaguli")
    await web.tap("Roads")
    await web.send("The bridge is broken")
    telegram = await valley.town.phone("nino-2", channel=TELEGRAM)
    here = await join(web, telegram)
    assert "Who suffers from it most" in here, "the open question is asked here"
    for label in ("Everyone", "Go on without"):
        await telegram.tap(label)
    assert "Your answer is in" in (await telegram.tap("that is all")).text
    [answer] = await valley.rows(select(answers))
    assert (answer.person_id, answer.origin) == (await valley.person("nino"), Origin.TELEGRAM)
    assert (await real(valley, poll)).people == 1


async def test_a_button_from_before_is_taken_for_its_own_conversation(valley: Valley) -> None:
    """Both phones count their conversations from one: the other's number must not be taken for it."""
    await valley.poll()
    old = await valley.resident("nino")
    await old.start("varaguli")
    young = await valley.resident("nino-2", channel=TELEGRAM)
    valley.town.clock.forward(timedelta(minutes=1))
    await young.start("varaguli")
    await young.tap("Water")
    without = await young.data("without words")
    await old.start("l" + await code_of(young))
    await old.tap(JOIN)
    assert "Who suffers from it most" in (await young.act(tap=without, callback="c")).text
    rows = await valley.rows(select(runs.c.trail).where(runs.c.conversation == "welcome", runs.c.state == "front"))
    assert len(rows) == 1
    assert "water" in rows[0].trail


async def test_a_button_of_a_conversation_that_has_ended_leads_to_where_they_are(valley: Valley) -> None:
    await valley.poll()
    old = await valley.resident("nino")
    young = await valley.resident("nino-2", channel=TELEGRAM)
    await young.start("varaguli")
    await young.tap("Roads")
    gone = await young.data("Cancel")
    await young.tap("Cancel")
    await join(old, young)
    await old.start("varaguli")
    assert "earlier question" in (await young.act(tap=gone, callback="c")).text
    assert [row.state for row in await valley.rows(select(runs.c.state).where(runs.c.state == "front"))] == ["front"]


async def test_what_was_asked_of_a_stranger_begins_anew(valley: Valley) -> None:
    nino = await valley.resident("nino")
    other = await valley.town.phone("nino-2")
    await other.start("vzemo")
    await other.tap("English")
    assert "Done!" in await join(nino, other)
    [person] = await valley.rows(select(people).where(people.c.id == await valley.person("nino")))
    assert person.village_id == ARAGULI
    assert not await valley.rows(select(runs.c.number).where(runs.c.state == "front", runs.c.person_id == person.id))


async def test_two_answers_are_one_and_a_double_support_counts_once(valley: Valley) -> None:
    poll = await valley.poll()
    first = await valley.resident("first")
    await first.start("varaguli")
    await roads(first)
    for name, channel in (("nino", "terminal"), ("nino-2", TELEGRAM)):
        phone = await valley.resident(name, channel=channel)
        await phone.start("varaguli")
        for label in ("Roads", "without words", "Children", "👍", "that is all"):
            await phone.tap(label)
    await tell(valley, "nino-3", "Water comes twice a week")
    nino, second, third = [Phone(valley.town, name, "en") for name in ("nino", "nino-2", "nino-3")]
    before = await real(valley, poll)
    assert (before.people, before.kinds) == (4, {"roads": 4})
    await join(nino, second)
    assert (await real(valley, poll)).people == 3
    await join(nino, third)
    after = await real(valley, poll)
    assert (after.people, after.kinds, after.partial) == (2, {"roads": 2}, 0)
    assert "Water comes twice a week" in (await nino.send("/mydata")).text, "the other need is theirs now"
    await part(nino)
    assert (await real(valley, poll)).people == 3
    await part(nino)
    assert await real(valley, poll) == before


async def test_the_village_of_the_one_who_was_here_first_stays(valley: Valley) -> None:
    nino = await valley.resident("nino", ARAGULI, sex="woman")
    valley.town.clock.forward(timedelta(days=1))
    other = await valley.resident("nino-2", ZEMO, sex="man", age_band="25-39")
    await join(other, nino)
    [person] = await valley.rows(select(people).where(people.c.id == await valley.person("nino-2")))
    assert (person.village_id, person.sex, person.age_band) == (ARAGULI, "woman", "25-39")


class TestCodes:
    async def test_works_once(self, valley: Valley) -> None:
        nino, gia = await valley.resident("nino"), await valley.resident("gia")
        code = await code_of(nino)
        other = await valley.town.phone("nino-2")
        await other.start("l" + code)
        await other.tap(JOIN)
        assert "used already" in (await gia.start("l" + code)).text
        assert await valley.person("gia") != await valley.person("nino")

    async def test_of_two_who_press_at_once_one_gets_it(self, valley: Valley) -> None:
        nino, gia = await valley.resident("nino"), await valley.resident("gia")
        other = await valley.town.phone("nino-2")
        code = await code_of(nino)
        for phone in (gia, other):
            await phone.start("l" + code)
        await other.tap(JOIN)
        assert "used already" in (await gia.tap(JOIN)).text

    async def test_is_too_old_after_ten_minutes(self, valley: Valley) -> None:
        nino = await valley.resident("nino")
        other = await valley.town.phone("nino-2")
        code = await code_of(nino)
        valley.town.clock.forward(LASTS)
        assert "too old" in (await other.start("l" + code)).text

    async def test_is_of_no_use_on_the_phone_that_shows_it(self, valley: Valley) -> None:
        nino = await valley.resident("nino")
        assert "this very phone" in (await nino.start("l" + await code_of(nino))).text

    async def test_a_newer_one_takes_its_place(self, valley: Valley) -> None:
        nino = await valley.resident("nino")
        code = await code_of(nino)
        await code_of(nino)
        assert "do not know" in (await (await valley.town.phone("nino-2")).start("l" + code)).text

    async def test_cannot_be_guessed(self, valley: Valley) -> None:
        """Wrong ones stay counted, and after five of them not even the right one is taken."""
        nino = await valley.resident("nino")
        code = await code_of(nino)
        thief = await valley.town.phone("thief")
        for number in range(5):
            assert "do not know" in (await thief.start(f"l0000000{number}")).text
        assert "too many wrong codes" in (await thief.start("l" + code)).text
        valley.town.clock.forward(timedelta(hours=1))
        assert "too old" in (await thief.start("l" + code)).text

    @pytest.mark.parametrize("typed", ["", "abc", "12", "١٢٣٤٥٦٧٨", "9" * 60, "00000000"])
    async def test_anything_else_is_a_wrong_code(self, valley: Valley, typed: str) -> None:
        other = await valley.town.phone("nino-2")
        assert "do not know this code" in (await other.start("l" + typed)).text


async def test_the_first_phone_notices_and_parts_them(valley: Valley) -> None:
    nino = await valley.resident("nino")
    thief = await valley.town.phone("thief", channel=VIBER)
    await join(nino, thief)
    warning = await nino.last()
    assert "Viber" in warning.text
    assert "If that was not you" in warning.text
    assert "Put together on" in (await nino.tap("It was not me")).text
    await nino.tap("part them")
    assert "apart again" in (await nino.tap("Yes, part them")).text
    assert "apart again" in (await thief.last()).text
    assert await valley.person("thief") != await valley.person("nino")
    assert "Which language" in (await thief.send("hello")).text


class TestRoles:
    async def test_go_along_after_they_were_named(self, valley: Valley) -> None:
        manana = await valley.member("manana", Role.LEADER)
        code = await code_of(manana)
        assert "Here you are: leader (Valley group)" in (await manana.last()).text
        other = await valley.town.phone("manana-2")
        asked = (await other.start("l" + code)).text
        assert "On the other phone you are: leader (Valley group)" in asked
        await other.tap(JOIN)
        await valley.poll()
        await tell(valley, "nino", "Water comes twice a week")
        assert await offered(other, "Read new needs")
        assert await offered(manana, "Read new needs"), "and on the first phone as before"
        await part(manana)
        assert not await offered(other, "Read new needs")
        assert await offered(manana, "Read new needs")

    async def test_no_leaves_everything_as_it_was(self, valley: Valley) -> None:
        manana = await valley.member("manana", Role.LEADER)
        other = await valley.resident("manana-2")
        code = await code_of(manana)
        await other.start("l" + code)
        assert "nothing has changed" in (await other.tap(APART)).text
        assert await valley.person("manana-2") != await valley.person("manana")
        assert "Shall I put" in (await other.start("l" + code)).text, "the code was not used up"

    async def test_those_of_the_phone_that_types_are_named_too(self, valley: Valley) -> None:
        manana = await valley.member("manana", Role.LEADER)
        other = await valley.resident("manana-2")
        asked = (await manana.start("l" + await code_of(other))).text
        assert "On this phone you are: leader (Valley group)" in asked

    async def test_held_twice_count_once_and_end_for_both(self, valley: Valley) -> None:
        leader = await valley.member("leader", Role.LEADER)
        first, second = await valley.member("manana"), await valley.member("manana-2")
        await join(first, second)
        assert len(await active_members(valley)) == 1
        await part(first)
        assert len(await active_members(valley)) == 2
        await join(first, second)
        [row] = await active_members(valley)
        by = await valley.person(leader.name)
        async with valley.town.engine.begin() as db:
            await groups.end_membership(db, by=by, role_id=row.id, now=valley.town.clock.now())
        await part(first)
        assert await active_members(valley) == [], "parting brings back nothing that has ended meanwhile"


async def active_members(valley: Valley) -> list[Any]:
    return await valley.rows(select(roles.c.id).where(roles.c.role == Role.MEMBER, roles.c.ended_at.is_(None)))


async def test_two_phones_that_join_each_other_at_once_end_well(valley: Valley, database_url: str) -> None:
    """Two workers, each with one of the two in hand."""
    nino, other = await valley.resident("nino"), await valley.resident("nino-2")
    codes = await code_of(nino), await code_of(other)
    await nino.start("l" + codes[1])
    await other.start("l" + codes[0])
    for phone in (nino, other):
        await valley.town.receive(phone.name, tap=await phone.data(JOIN), language="en")
    engines = [write_engine(database_url) for _each in range(2)]
    workers = [valley.town.new_worker(engine) for engine in engines]
    async with asyncio.timeout(30):
        await asyncio.gather(*(worker.drain() for worker in workers))
        await valley.town.worker.drain()
    for engine in engines:
        await engine.dispose()
    assert await valley.person("nino") == await valley.person("nino-2")
    assert len(await valley.rows(select(links))) == 1
    assert await valley.rows(select(inbox.c.id).where(inbox.c.status != "done")) == []
    for phone in (nino, other):
        assert "What would you like to do?" in (await phone.send("/menu")).text


async def test_each_answer_goes_back_by_the_phone_it_came_from(valley: Valley) -> None:
    """Also where both wrote within one batch."""
    nino, other = await valley.resident("nino"), await valley.resident("nino-2", channel=TELEGRAM)
    await join(nino, other)
    for name in ("nino", "nino-2"):
        await valley.town.receive(name, text="/help", language="en")
    await valley.town.worker.drain()
    for phone in (nino, other):
        assert "I ask what your village needs" in (await phone.last()).text


async def test_news_come_to_the_phone_used_last_and_to_the_other_once_that_was_left(valley: Valley) -> None:
    nino, other = await valley.resident("nino"), await valley.resident("nino-2", channel=TELEGRAM)
    await join(nino, other)
    await announced(valley)
    assert "Your village is asked" in (await other.last()).text
    assert "Your village is asked" not in (await nino.last()).text
    await valley.town.receive("nino-2", left=True)
    await valley.town.worker.drain()
    assert await last_address(valley) == "nino"
    await other.send("/menu")
    assert await last_address(valley) == "nino-2", "they came back"
    async with valley.town.engine.begin() as db:
        [at] = (await db.execute(select(addresses.c.id).where(addresses.c.external == "nino-2"))).scalars()
        await outbox_.leave(db, address_id=at, reason="blocked", now=valley.town.clock.now())
    assert await last_address(valley) == "nino"


async def announced(valley: Valley) -> None:
    cora = await valley.person((await valley.coordinator()).name)
    async with valley.town.engine.begin() as db:
        await polls.open_(
            db,
            villages=(ARAGULI,),
            opens=valley.today(),
            closes=valley.today() + timedelta(days=14),
            opened_by=cora,
            now=valley.town.clock.now(),
            zone=TBILISI,
        )
    await valley.town.worker.drain()


async def last_address(valley: Valley) -> str:
    query = select(addresses.c.external).join(people, people.c.address_id == addresses.c.id)
    [row] = await valley.rows(query.where(people.c.id == await valley.person("nino")))
    return str(row.external)


async def test_what_was_told_to_both_is_told_once(valley: Valley) -> None:
    nino, other = await valley.resident("nino"), await valley.resident("nino-2")
    valley.town.clock.forward(timedelta(hours=12))  # at night: it waits for the morning
    await announced(valley)
    await join(nino, other)
    valley.town.clock.forward(timedelta(hours=12))
    await valley.town.worker.drain()
    heard = [*await nino.texts(), *await other.texts()]
    assert sum("Your village is asked" in text for text in heard) == 1


async def test_forget_erases_both(valley: Valley) -> None:
    await valley.poll()
    secret = "Zurab took the bridge"
    nino = await tell(valley, "nino", "Water comes twice a week")
    other = await tell(valley, "nino-2", secret)
    await join(nino, other)
    shown = (await other.send("/mydata")).text
    assert secret in shown
    assert "these phones are all yours" in shown
    await other.send("/forget")
    await other.tap("Yes, erase it all")
    async with valley.town.engine.begin() as db:
        await db.execute(outbox.update().where(outbox.c.status == "pending").values(status="sent"))
    valley.town.clock.forward(timedelta(minutes=11))
    async with valley.town.engine.begin() as db:
        await bury_forgotten.sweep(db, valley.town.clock.now(), TBILISI)
    for table in metadata.sorted_tables:
        for row in await valley.rows(select(table)):
            words = " ".join(map(str, row))
            assert not any(part in words for part in (secret, "nino", "twice a week")), table.name
    assert await valley.rows(select(links)) == []
    assert "Which language" in (await other.send("hello")).text
    assert "Which language" in (await nino.send("hello")).text


async def test_what_is_withdrawn_after_the_joining_is_withdrawn_for_both(valley: Valley) -> None:
    poll = await valley.poll()
    nino, other = await tell(valley, "nino", "Water"), await tell(valley, "nino-2", "The bridge")
    await join(nino, other)
    await nino.send("/menu")
    for label in ("My answer", "Withdraw", "Yes, take it out"):
        await nino.tap(label)
    await part(other)
    assert await real(valley, poll) == counts.Real(0, {}, 0, 0, 0, {})
    assert other


async def test_open_web_answers_are_not_made_to_count_by_a_joining(valley: Valley) -> None:
    poll = await valley.poll()
    web = await valley.resident("nino", channel=WEB)
    await web.start("varaguli")
    await roads(web)
    telegram = await tell(valley, "nino-2", "Water comes twice a week")
    before = await real(valley, poll)
    await join(web, telegram)
    after = await real(valley, poll)
    assert (after.people, after.kinds, after.open_web) == (before.people, before.kinds, 0)
    await part(web)
    assert await real(valley, poll) == before


async def test_what_has_been_joined_for_a_month_stays_joined(valley: Valley) -> None:
    nino, other = await valley.resident("nino"), await valley.town.phone("nino-2")
    await join(nino, other)
    valley.town.clock.forward(PART_WITHIN)
    await nino.send("/menu")
    assert not any("part them" in text for text, _data in (await nino.tap("My other phone")).buttons)


async def test_what_strays_to_the_one_who_sleeps_is_passed_on(valley: Valley) -> None:
    """Another process had read whose the address is, and kept the message after the joining."""
    nino, other = await valley.resident("nino"), await valley.resident("nino-2", channel=TELEGRAM)
    await join(nino, other)
    [link] = await valley.rows(select(links))
    async with valley.town.engine.begin() as db:
        [at] = (await db.execute(select(addresses.c.id).where(addresses.c.external == "nino-2"))).scalars()
        row = {"person_id": link.joined_id, "received_at": valley.town.clock.now(), "status": "new"}
        said = {"id": "late", "from": "nino-2", "text": "/help", "language": "en"}
        late = {"channel": TELEGRAM, "external_id": "late", "address_id": at, "payload": dumps(said)}
        news = {"channel": "self", "external_id": "file:1>0", "payload": dumps({"tell": "file_failed", "args": {}})}
        await db.execute(insert(inbox).values(**row, **late))
        await db.execute(insert(inbox).values(**row, **news))
    await valley.town.worker.drain()
    texts = await other.texts()
    assert any("I ask what your village needs" in text for text in texts)
    assert any("could not be opened" in text for text in texts)
    assert {row.status for row in await valley.rows(select(inbox.c.status))} == {"done"}


async def test_slow_work_finds_its_conversation_again(valley: Valley, tmp_path: Path) -> None:
    """It was begun under the number that the conversation had before the joining."""
    bench = Bench(valley, tmp_path)
    cora, other = await valley.coordinator(), await valley.resident("nino")
    await cora.send("/menu")
    for label in ("Groups and invitations", "New group", "Hill", "Like its community", "Yes, invite"):
        await cora.tap(label)
    await other.start("l" + await code_of(cora))
    await other.tap(JOIN)
    await bench.work(other)
    assert any("You are invited" in text for text in [*await other.texts(), *await cora.texts()])
