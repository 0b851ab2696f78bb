"""A promise is written down, nears, is asked about and answered by both sides, and everybody reads how it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.needs import Life
from domain.people import Role
from scheduler.promise_reminders import next_due, sweep
from storage.ledger_check import verify
from storage.tables.polls import answers, needs, supports
from storage.tables.promises import promises
from storage.tables.turns import inbox
from tests.stories.valley import ARAGULI, HILL, MTA, ZEMO, Valley
from tests.town import TBILISI, Phone

WORDS = "The road to the school will be repaired"
SPEAKER = "Giorgi Beridze"


@pytest.fixture
def registry() -> Registry:
    return everything()


async def official(valley: Valley) -> Phone:
    return await valley.official("gio", SPEAKER, "head of infrastructure")


async def write_down(phone: Phone, due: str = "20.03.2026", words: str = WORDS) -> None:
    """From the menu to the thanks, for the village of Araguli."""
    await phone.send("/menu")
    await phone.tap("Write down a promise")
    await phone.tap("Araguli")
    await phone.tap("Roads")
    await phone.tap(SPEAKER)
    await phone.send(words)
    await phone.tap("Today")
    await phone.tap("at a round table")
    await phone.tap("A day was named")
    await phone.send(due)
    await phone.tap("Yes, write it down")


async def at(valley: Valley, moment: datetime) -> None:
    """The clock stands at this moment, and everything that was due is told."""
    valley.town.clock.move_to(moment)
    async with valley.town.engine.begin() as db:
        await sweep(db, moment, TBILISI)
    await valley.town.worker.drain()


def march(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=TBILISI).astimezone(UTC)


async def read(phone: Phone) -> str:
    """What a resident reads of the first promise in the menu."""
    await phone.send("/menu")
    await phone.tap("🤝 Promises")
    return (await phone.tap("The road")).text


def asked(phone_texts: list[str], what: str) -> int:
    return sum(what in text for text in phone_texts)


GROUND = "What do you see on the ground?"


async def test_both_answers_stand_side_by_side_and_the_resident_reads_them(valley: Valley) -> None:
    leader, gio = await valley.member("lela", Role.LEADER), await official(valley)
    member, nino = await valley.member("mari"), await valley.resident("nino")
    await write_down(leader)
    assert "written down as your promise" in (await gio.last()).text
    await gio.tap("Yes, that is right")
    await at(valley, march(6))
    assert GROUND in (await member.last()).text
    assert WORDS in (await member.last()).text
    assert "14 days are left until its day." in (await member.last()).text
    await member.tap("Nothing to be seen yet")
    await member.tap("No photo")
    assert "The group: nothing to be seen yet (6 March 2026)" in (await member.tap("Skip")).text
    assert "How does it stand?" in (await gio.last()).text
    await gio.tap("Done")
    await gio.tap("Nothing to add")
    await gio.tap("Without one")
    page = await read(nino)
    assert "The official: done (6 March 2026)" in page
    assert "The group: nothing to be seen yet (6 March 2026)" in page


async def test_an_official_tells_any_time_from_the_menu(valley: Valley) -> None:
    leader, gio, nino = (
        await valley.member("lela", Role.LEADER),
        await official(valley),
        await valley.resident("nino"),
    )
    await write_down(leader)
    await gio.tap("Yes, that is right")
    await gio.send("/menu")
    await gio.tap("How my promises stand")
    await gio.tap("The road")
    await gio.tap("It cannot be done")
    await gio.send("The money went to the bridge")
    await gio.tap("Without one")
    assert "cannot be done (2 March 2026). “The money went to the bridge”" in await read(nino)


async def test_not_checked_never_reads_as_not_done(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await official(valley)
    await write_down(leader)
    await at(valley, march(28))
    page = await read(nino)
    assert "⌛ its day has passed – the official has not answered yet, and the group has not looked." in page


async def test_two_members_who_differ_both_stand_there(valley: Valley) -> None:
    leader, member = await valley.member("lela", Role.LEADER), await valley.member("mari")
    await official(valley)
    await write_down(leader)
    await at(valley, march(6))
    for phone, sight in ((leader, "It is done"), (member, "Nothing to be seen yet")):
        await phone.tap(sight)
        await phone.tap("No photo")
        await phone.tap("Skip")
    assert "told to the office first" in (await member.last()).text
    valley.town.clock.move_to(march(10))
    page = await read(member)
    assert "❓ disputed" in page
    assert "The group: done" in page
    assert "The group: nothing to be seen yet" in page
    assert "Not everybody in the group saw the same" in page


async def test_notes_and_photos_are_for_the_group_only(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await official(valley)
    await write_down(leader)
    await at(valley, march(6))
    await leader.tap("Work is going on")
    await leader.photo()
    assert "two men with a shovel" not in (await leader.send("two men with a shovel")).text
    assert "two men with a shovel" not in await read(nino)
    assert not any("group wrote" in text for text, _data in (await nino.last()).buttons)
    await read(leader)
    notes = await leader.tap("What the group wrote")
    assert "two men with a shovel" in notes.text
    assert any(message.raw.get("photo") for message in await leader.messages())


async def test_a_vague_word_becomes_a_day_that_is_shown_first(valley: Valley) -> None:
    leader, nino = await valley.member("lela", Role.LEADER), await valley.resident("nino")
    await leader.send("/menu")
    for label in ("Write down a promise", "whole community", "None in particular", "Somebody else"):
        await leader.tap(label)
    for words in ("Ana Lomidze", "mayor", WORDS):
        await leader.send(words)
    await leader.tap("Yesterday")
    await leader.tap("at a round table")
    summary = await leader.tap("soon, within 3 months")
    assert "soon, within 3 months (we take it as 1 June 2026)" in summary.text
    assert "the whole community of Valley" in summary.text
    await leader.tap("Yes, write it down")
    assert "we take it as 1 June 2026" in await read(nino)


async def test_the_record_is_read_back_and_an_answer_can_be_changed_before_it_is_saved(valley: Valley) -> None:
    leader = await valley.member("lela", Role.LEADER)
    await official(valley)
    await leader.send("/menu")
    for label in ("Write down a promise", "Araguli", "Roads", SPEAKER):
        await leader.tap(label)
    await leader.send("The rode")
    await leader.tap("Today")
    await leader.tap("at a round table")
    await leader.tap("this year's budget")
    await leader.tap("Change an answer")
    await leader.tap("Words")
    await leader.send(WORDS)
    await leader.tap("Today")
    await leader.tap("at a round table")
    assert WORDS in (await leader.tap("this year's budget")).text
    await leader.tap("Yes, write it down")
    [row] = await valley.rows(select(promises))
    assert (row.words, row.due, row.speaker, row.office) == (
        WORDS,
        "this_years_budget",
        SPEAKER,
        "head of infrastructure",
    )


async def test_a_coordinator_says_first_in_which_community(valley: Valley) -> None:
    cora, leader = await valley.coordinator(), await valley.member("lela", Role.LEADER)
    await official(valley)
    await cora.send("/menu")
    assert "In which community" in (await cora.tap("Write down a promise")).text
    await cora.tap("Hill")
    for label in ("Mta", "Water", SPEAKER):
        await cora.tap(label)
    await cora.send("A new pump")
    for label in ("Today", "at a round table", "next year's budget", "Yes, write it down"):
        await cora.tap(label)
    [row] = await valley.rows(select(promises))
    assert (row.community_id, row.village_id, row.kind, row.due) == (HILL, MTA, "water", "next_years_budget")
    await leader.send("/menu")
    assert not any("I looked" in text for text, _data in (await leader.last()).buttons), "not the leader's community"


async def test_a_correction_stands_beside_the_first_words(valley: Valley) -> None:
    leader, gio, nino = (
        await valley.member("lela", Role.LEADER),
        await official(valley),
        await valley.resident("nino"),
    )
    await write_down(leader)
    await gio.tap("No, I meant it otherwise")
    await gio.send("Only the holes will be filled")
    page = await read(nino)
    assert f"“{WORDS}”" in page
    assert "meant so: “Only the holes will be filled”" in page


async def test_who_is_no_leader_cannot_write_a_promise_down(valley: Valley) -> None:
    member, nino = await valley.member("mari"), await valley.resident("nino")
    for phone in (member, nino):
        await phone.send("/menu")
        assert not any("Write down" in text for text, _data in (await phone.last()).buttons)


async def test_another_official_cannot_speak_for_the_office(valley: Valley) -> None:
    leader, other = await valley.member("lela", Role.LEADER), await valley.official("temo", "Temo", "head of culture")
    await official(valley)
    await write_down(leader)
    await other.send("/menu")
    assert not any("my promises" in text for text, _data in (await other.last()).buttons)
    assert "written down as your promise" not in (await other.last()).text


async def test_a_wish_to_change_the_day_leaves_the_first_day_standing(valley: Valley) -> None:
    leader, gio, nino = (
        await valley.member("lela", Role.LEADER),
        await official(valley),
        await valley.resident("nino"),
    )
    await write_down(leader)
    await gio.tap("Yes, that is right")
    await at(valley, march(20))
    assert "How does it stand?" in (await gio.last()).text
    assert "Today is its day." in (await gio.last()).text
    await gio.tap("It has to change")
    await gio.send("The asphalt comes from Turkey")
    await gio.send("20.05.2026")
    await gio.tap("Without one")
    await at(valley, march(22))
    page = await read(nino)
    assert "By: 20 March 2026" in page
    assert "The day asked for: 20 May 2026" in page
    assert "its day has passed – the official asked" in page
    assert "the group has not answered yet" in page


async def test_tomorrow_means_tomorrow_whatever_is_due_before(valley: Valley) -> None:
    member, leader = await valley.member("mari"), await valley.member("lela", Role.LEADER)
    await official(valley)
    await write_down(leader)
    await at(valley, march(6))
    await member.tap("Remind me in a week")
    assert "come back to it" in (await member.last()).text
    await at(valley, march(12))
    assert asked(await member.texts(), GROUND) == 1
    await at(valley, march(13))
    assert asked(await member.texts(), GROUND) == 2
    await member.tap("Remind me in a week")
    await at(valley, march(20, 9))
    assert asked(await member.texts(), GROUND) == 2, "its day came, but they wished to be left alone until ten"
    await at(valley, march(20, 10))
    assert asked(await member.texts(), GROUND) == 3


async def test_not_my_task_is_asked_no_more_but_the_others_are(valley: Valley) -> None:
    leader, member = await valley.member("lela", Role.LEADER), await valley.member("mari")
    await official(valley)
    await write_down(leader)
    await at(valley, march(6))
    await member.tap("not my task")
    await at(valley, march(20))
    assert asked(await member.texts(), GROUND) == 1
    assert asked(await leader.texts(), GROUND) == 2


async def test_when_it_is_nobodys_task_the_coordinator_hears_of_it(valley: Valley) -> None:
    leader, cora = await valley.member("lela", Role.LEADER), await valley.coordinator()
    await official(valley)
    await write_down(leader)
    await at(valley, march(6))
    await leader.tap("not my task")
    assert "not their task" in "".join(await cora.texts())


async def test_after_a_week_without_the_program_everybody_is_asked_once(valley: Valley) -> None:
    leader, member = await valley.member("lela", Role.LEADER), await valley.member("mari")
    gio = await official(valley)
    await write_down(leader)
    for day in (19, 28, 28, 30):  # the days of the 6th and the 27th passed without us; the 28th is a Saturday
        await at(valley, march(day))
    assert asked(await member.texts(), GROUND) == 2
    assert asked(await gio.texts(), "How does it stand?") == 2


async def test_two_clocks_ask_once(valley: Valley) -> None:
    leader, member = await valley.member("lela", Role.LEADER), await valley.member("mari")
    await official(valley)
    await write_down(leader)
    for _clock in range(2):
        await at(valley, march(6))
    assert asked(await member.texts(), GROUND) == 1
    [*rows] = await valley.rows(select(inbox.c.external_id).where(inbox.c.external_id.like("promise:%:group:%")))
    assert len(rows) == 2, "the leader's and the member's"


async def test_nobody_is_asked_at_night(valley: Valley) -> None:
    leader, member = await valley.member("lela", Role.LEADER), await valley.member("mari")
    await official(valley)
    await write_down(leader)
    await at(valley, march(6, 23))
    assert asked(await member.texts(), GROUND) == 0
    await at(valley, march(7, 8, 59))
    assert asked(await member.texts(), GROUND) == 0
    await at(valley, march(7, 9))
    assert asked(await member.texts(), GROUND) == 1


async def test_one_reminder_a_day_however_many_promises(valley: Valley) -> None:
    leader, member = await valley.member("lela", Role.LEADER), await valley.member("mari")
    await official(valley)
    for words in (WORDS, "The bus will come twice a day", "There will be light in the park"):
        await write_down(leader, words=words)
    for day in (6, 7, 8, 9):
        await at(valley, march(day))
        await at(valley, march(day, 18))
    days = [text for text in await member.texts() if GROUND in text]
    assert len(days) == 3, "one a day, each promise once"
    assert len(set(days)) == 3


async def test_who_has_just_told_is_not_asked_again(valley: Valley) -> None:
    leader, member = await valley.member("lela", Role.LEADER), await valley.member("mari")
    await official(valley)
    await write_down(leader)
    await at(valley, march(19))
    await member.tap("Work is going on")
    for label in ("No photo", "Skip"):
        await member.tap(label)
    await at(valley, march(20))
    assert asked(await member.texts(), GROUND) == 1
    assert asked(await leader.texts(), GROUND) == 2


async def test_a_kept_promise_is_asked_about_no_more(valley: Valley) -> None:
    leader = await valley.member("lela", Role.LEADER)
    gio = await official(valley)
    await write_down(leader)
    await at(valley, march(6))
    await leader.tap("It is done")
    await leader.photo()
    await leader.tap("Skip")
    assert "✅ kept – the group saw on 6 March 2026" in (await leader.last()).text
    before = len(await gio.messages())
    for day in (20, 27):
        await at(valley, march(day))
    assert asked(await leader.texts(), GROUND) == 1
    assert len(await gio.messages()) == before
    async with valley.town.engine.connect() as db:
        assert await next_due(db, valley.town.clock.now(), TBILISI) is None


async def test_the_clock_knows_when_somebody_is_asked_next(valley: Valley) -> None:
    leader = await valley.member("lela", Role.LEADER)
    await official(valley)
    await write_down(leader)
    async with valley.town.engine.connect() as db:
        assert await next_due(db, valley.town.clock.now(), TBILISI) == march(6)


async def test_the_whole_story_is_a_ledger_that_holds(valley: Valley) -> None:
    leader, gio = await valley.member("lela", Role.LEADER), await official(valley)
    await write_down(leader)
    await gio.tap("Yes, that is right")
    await at(valley, march(6))
    await leader.tap("Nothing to be seen yet")
    for label in ("No photo", "Skip"):
        await leader.tap(label)
    async with valley.town.engine.connect() as db:
        assert await verify(db) is None


async def test_who_stands_behind_a_need_hears_of_its_promise(valley: Valley) -> None:
    leader, nino, vano = (
        await valley.member("lela", Role.LEADER),
        await valley.resident("nino"),
        await valley.resident("vano"),
    )
    await official(valley)
    poll = await valley.poll()
    await released_need(valley, poll, "nino", "No light in the lane")
    await leader.send("/menu")
    for label in ("Write down a promise", "Araguli", "No light in the lane", SPEAKER):
        await leader.tap(label)
    await leader.send("There will be lamps by summer")
    for label in ("Today", "at a round table", "coming months", "Yes, write it down"):
        await leader.tap(label)
    heard = (await nino.last()).text
    assert "something was promised for a need that you spoke up for" in heard
    assert "“There will be lamps by summer”" in heard
    assert "No light in the lane" in heard
    assert not any("promised" in text for text in await vano.texts())


async def released_need(valley: Valley, poll: int, author: str, words: str) -> None:
    """Told by its author, read and released by the group."""
    person, now = await valley.person(author), valley.town.clock.now()
    async with valley.town.engine.begin() as db:
        answer = {"poll_id": poll, "village_id": ARAGULI, "person_id": person, "origin": "telegram"}
        answer |= {"state": "complete", "answered_at": now}
        [answer_id] = (await db.execute(insert(answers).values(answer).returning(answers.c.id))).scalars()
        need = {"poll_id": poll, "village_id": ARAGULI, "author_id": person, "kind": "lighting", "words": words}
        need |= {"state": Life.RELEASED, "photo_state": Life.TOLD, "told_at": now}
        [need_id] = (await db.execute(insert(needs).values(need).returning(needs.c.id))).scalars()
        await db.execute(insert(supports).values(need_id=need_id, answer_id=answer_id))


async def test_residents_of_another_village_may_read_it_too(valley: Valley) -> None:
    leader, stranger = await valley.member("lela", Role.LEADER), await valley.resident("vano", ZEMO)
    await official(valley)
    await write_down(leader)
    await stranger.send("/menu")
    assert "Nothing was promised to your village yet" in (await stranger.tap("🤝 Promises")).text
    await stranger.tap("Araguli")
    assert WORDS in (await stranger.tap("The road")).text


async def test_silence_for_a_fortnight_is_no_harm(valley: Valley) -> None:
    """An old question is asked again in its own run: two questions about one promise are never open at once."""
    leader, member = await valley.member("lela", Role.LEADER), await valley.member("mari")
    await official(valley)
    await write_down(leader)
    for day in (6, 20):
        await at(valley, march(day) + timedelta(minutes=1))
    await member.tap("Work is going on")
    for label in ("No photo", "Skip"):
        last = await member.tap(label)
    assert "Thank you" in last.text
    assert (await member.last()).seq == last.seq, "nothing else is waiting"
