"""A slip of paper with a number, another person on the phone, and a screen that is cleared."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from domain.people import Role
from storage import agreed
from storage.tables.doors import follows, slips
from storage.tables.people import addresses, people
from storage.tables.polls import answers, needs
from storage.tables.turns import inbox
from tests.stories.test_neighbour import begin, number
from tests.stories.valley import ARAGULI, ZEMO, Valley
from tests.town import Phone

SECRET = "The mayor's cousin took the pipe"


async def at_the_door(valley: Valley, words: str = SECRET) -> tuple[Phone, str]:
    await valley.poll(ZEMO)
    manana = await begin(valley)
    await manana.tap("Yes, they agree")
    await manana.tap("Water")
    await manana.send(words)
    for label in ("Women", "Go on without", "that is all", "Woman", "60+"):
        await manana.tap(label)
    return manana, await number(manana)


async def tell_own(phone: Phone, words: str) -> None:
    await phone.tap("Roads")
    await phone.send(words)
    for label in ("Women", "Go on without", "that is all"):
        await phone.tap(label)


async def tell_as_guest(phone: Phone, words: str) -> None:
    await tell_own(phone, words)
    await phone.tap("Woman")
    await phone.tap("60+")


async def test_a_stranger_types_the_number_and_sees_how_it_stands(valley: Valley) -> None:
    _manana, code = await at_the_door(valley)
    son = await valley.town.phone("son")
    shown = await son.send(f"{code[:3]} {code[3:6]} {code[6:]}")
    said = "\n".join(await son.texts())
    assert SECRET in said, "their own words"
    assert "has not read it yet" in said
    assert "Shall I write to you" in shown.text
    await son.tap("Yes, write to me")
    assert len(await valley.rows(select(follows))) == 1

    cora = await valley.coordinator()
    await cora.send("/menu")
    by, now = await valley.person("cora"), valley.town.clock.now()
    [need] = await valley.rows(select(needs))
    async with valley.town.engine.begin() as db:
        where = {"poll_id": need.poll_id, "village_id": need.village_id}
        await agreed.record(db, **where, need_ids=[need.id], by=by, now=now)
    await valley.town.worker.drain()
    assert "on the agreed list" in "\n".join((await son.texts())[-2:])
    assert "at place 1" in "\n".join([*(await _again(son, code))])


async def _again(phone: Phone, code: str) -> list[str]:
    await phone.start(f"s{code}")
    return await phone.texts()


async def test_wrong_numbers_are_bounded_and_say_nothing(valley: Valley) -> None:
    _manana, code = await at_the_door(valley)
    mallory = await valley.resident("mallory")
    await mallory.send("/menu")
    await mallory.tap("I have a slip")
    for guess in ("1", "abc", "0000000000", "123 456 7890"):
        assert "do not know that number" in (await mallory.send(guess)).text
    assert "in an hour" in (await mallory.send("9999999999")).text
    assert "in an hour" in (await mallory.start(f"s{code}")).text, "not even the right one"
    assert SECRET not in "\n".join(await mallory.texts())
    valley.town.clock.forward(timedelta(hours=2))
    await mallory.start(f"s{code}")
    assert SECRET in "\n".join(await mallory.texts())


async def test_a_menu_stays_a_menu_and_a_question_keeps_its_digits(valley: Valley) -> None:
    _manana, code = await at_the_door(valley)
    nino = await valley.resident("nino", ZEMO)
    await nino.send("/menu")
    await nino.tap("What does my village need")
    await nino.tap("Roads")
    await nino.send(code)
    assert "Who suffers" in (await nino.last()).text, "a question takes the digits as its answer"


async def shared(valley: Valley) -> tuple[Phone, str]:
    await valley.poll()
    nino = await valley.resident("nino", ARAGULI)
    await nino.send("/menu")
    await nino.tap("What does my village need")
    await tell_own(nino, "The bridge is my secret")
    await nino.tap("Another person on this phone")
    await nino.tap("Yes, I agree")
    await nino.tap("Yes, I am")
    await tell_as_guest(nino, SECRET)
    return nino, await number(nino)


async def test_another_person_on_this_phone(valley: Valley) -> None:
    nino, code = await shared(valley)
    owner = await valley.person("nino")
    rows = await valley.rows(select(answers).order_by(answers.c.id))
    assert [(row.person_id, row.shared_by, row.entered_by) for row in rows] == [
        (owner, None, None),
        (None, owner, None),
    ]
    assert rows[0].origin == rows[1].origin, "the channel of the phone"
    assert rows[1].consent_version
    mine = (await nino.send("/mydata")).text
    assert SECRET not in mine
    assert "1 other person" in mine
    friend = await valley.town.phone("friend")
    await friend.start(f"s{code}")
    said = "\n".join(await friend.texts())
    assert SECRET in said
    assert "The bridge is my secret" not in said


async def test_nothing_of_the_owner_is_shown_meanwhile(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino", ARAGULI)
    await nino.send("/menu")
    await nino.tap("What does my village need")
    await tell_own(nino, "The bridge is my secret")
    await nino.tap("Another person on this phone")
    before = len(await nino.texts())
    for way in ("/mydata", "/forget"):
        assert "Do you agree?" in (await nino.send(way)).text
    await nino.send("/menu")
    await nino.tap("My answer")
    assert "The bridge is my secret" not in "\n".join((await nino.texts())[before:])
    assert "Stopped" in (await nino.send("/cancel")).text
    await nino.send("/menu")
    assert "The bridge is my secret" in (await nino.tap("My answer")).text


async def test_five_others_a_day_and_then_the_group_comes_by(valley: Valley) -> None:
    nino, _code = await shared(valley)
    for _person in range(4):
        await nino.tap("Another person on this phone")
        await nino.tap("Yes, I agree")
        await nino.tap("Yes, I am")
        await tell_as_guest(nino, "Something else")
    assert "ask the group" in (await nino.tap("Another person on this phone")).text
    valley.town.clock.forward(timedelta(days=1))
    assert "Do you agree?" in (await nino.tap("Another person on this phone")).text


async def test_who_is_too_young_or_does_not_want_to_leaves_nothing(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino", ARAGULI)
    await nino.send("/menu")
    await nino.tap("Another person on this phone")
    await nino.tap("Yes, I agree")
    assert "16" in (await nino.tap("No, I am younger")).text
    await nino.send("/menu")
    await nino.tap("Another person on this phone")
    assert "I keep nothing" in (await nino.tap("No")).text
    assert await valley.rows(select(answers)) == []


async def test_the_number_of_somebody_forgotten_shows_nothing(valley: Valley) -> None:
    nino, code = await shared(valley)
    await nino.send("/forget")
    await nino.tap("Yes, erase it all")
    rows = await valley.rows(select(answers).order_by(answers.c.id))
    assert [row.shared_by for row in rows] == [None, None], "the neighbour's answer stays, and whose phone it was goes"
    friend = await valley.town.phone("friend")
    await friend.start(f"s{code}")
    assert SECRET in "\n".join(await friend.texts()), "the neighbour did not ask to be forgotten"


async def test_who_has_only_the_web_gets_a_number(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino", ARAGULI)
    async with valley.town.engine.begin() as db:
        await db.execute(addresses.update().where(addresses.c.external == "nino").values(channel="web"))
    valley.town.channel.name = "web"
    valley.town.worker = valley.town.new_worker()
    await nino.send("/menu")
    await nino.tap("What does my village need")
    await tell_own(nino, SECRET)
    assert "no message of mine can reach you" in (await nino.last()).text
    code = await number(nino)
    [slip] = await valley.rows(select(slips))
    assert code not in slip.code_hash
    await nino.send("/menu")
    await nino.tap("I have a slip")
    await nino.send(code)
    assert "Keep the slip" in (await nino.last()).text
    await nino.send("/forget")
    await nino.tap("Yes, erase it all")
    [slip] = await valley.rows(select(slips))
    assert slip.answer_id is None


async def test_hidden_is_not_forgotten(valley: Valley) -> None:
    nino, _code = await shared(valley)
    await nino.tap("Hide what was said")
    shown = await nino.tap("Yes, hide it")
    assert shown.raw["clears"] is True
    [address] = await valley.rows(select(addresses.c.hidden_to).where(addresses.c.external == "nino"))
    assert address.hidden_to == shown.seq - 1
    assert len(await valley.rows(select(answers))) == 2
    assert await valley.rows(select(people.c.id).where(people.c.erased_at.is_not(None))) == []
    assert await valley.rows(select(inbox.c.id).where(inbox.c.status == "parked")) == []
    leader = await valley.member("leader", Role.LEADER)
    await leader.send("/menu")
