"""A village is asked what it needs."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from scheduler import close_polls, publish_counts
from storage import counts
from storage.answers import origin_of
from storage.polls import open_
from storage.tables.polls import answers, needs, polls, supports
from storage.tables.roles import roles
from tests.stories.valley import ARAGULI, Valley
from tests.town import TBILISI, Phone

TAPS_AT_MOST = 12


async def roads(phone: Phone, *taps: str) -> str:
    """Answers with roads and no more, from an open first question on."""
    for label in ("Roads", "without words", "Children", *taps, "Go on without"):
        await phone.tap(label)
    return (await phone.tap("that is all")).text


async def test_from_the_link_to_the_thanks_in_few_taps_and_no_typing(valley: Valley) -> None:
    await valley.poll()
    first = await valley.resident("first")
    await first.start("varaguli")
    await roads(first)
    nino = await valley.town.phone("nino")
    await nino.start("varaguli")
    taps = ["English", "Yes, I agree", "Yes, I am", "Woman", "25-39"]
    taps += ["Roads", "without words", "Children", "No, mine is different", "Go on without", "that is all"]
    for label in taps:
        thanks = await nino.tap(label)
    assert "Thank you! Your answer is in." in thanks.text
    assert "Roads" in thanks.text
    assert len(taps) <= TAPS_AT_MOST
    [answer] = await valley.rows(select(answers).where(answers.c.person_id == await valley.person("nino")))
    assert (answer.state, answer.sex, answer.age_band, answer.village_id) == ("complete", "woman", "25-39", ARAGULI)


async def test_three_needs_in_their_own_words_with_a_photo_and_a_place(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await nino.tap("Roads")
    await nino.send("The bridge is broken since spring")
    await nino.tap("Everyone")
    assert "another need" in (await nino.photo()).text
    await nino.tap("one more")
    await nino.tap("Water")
    await nino.send("Water comes twice a week")
    await nino.tap("Women")
    await nino.location(41.9, 45.5)
    await nino.tap("one more")
    for label in ("Lighting", "without words", "Hard to say"):
        await nino.tap(label)
    assert "Your answer is in" in (await nino.tap("Go on without")).text, "three are enough: no fourth is asked for"
    told = await valley.rows(select(needs).order_by(needs.c.id))
    assert [need.kind for need in told] == ["roads", "water", "lighting"]
    assert (told[0].words, told[0].suffers) == ("The bridge is broken since spring", "everyone")
    assert told[0].media_id is not None
    assert (told[1].lat, told[1].lon) == (41.9, 45.5)
    assert told[2].words is None


async def test_one_may_stand_behind_a_neighbours_need_instead(valley: Valley) -> None:
    await valley.poll()
    for name in ("nino", "gia"):
        phone = await valley.resident(name)
        await phone.start("varaguli")
        for label in ("Roads", "without words", "Children"):
            await phone.tap(label)
        if name == "gia":
            assert "Your neighbours said this already" in (await phone.last()).text
            await phone.tap("👍")
        else:
            await phone.tap("Go on without")
        await phone.tap("that is all")
    assert len(await valley.rows(select(needs))) == 1
    assert len(await valley.rows(select(supports))) == 2


async def test_one_account_counts_once(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await roads(nino)
    assert "You have answered this poll" in (await nino.start("varaguli")).text
    assert len(await valley.rows(select(answers))) == 1


async def test_everybody_who_lives_there_hears_of_a_poll_once(valley: Valley) -> None:
    nino = await valley.resident("nino")
    await valley.poll()
    await valley.town.worker.drain()
    assert "What does Araguli need most?" in (await nino.last()).text
    await roads(nino)
    assert await valley.town.worker.drain() == 0


async def test_a_poll_of_a_later_day_is_told_on_its_morning(valley: Valley) -> None:
    nino = await valley.resident("nino")
    cora = await valley.coordinator()
    opener = await valley.person(cora.name)
    async with valley.town.engine.begin() as db:
        opens = valley.today() + timedelta(days=2)
        await open_(
            db,
            villages=[ARAGULI],
            opens=opens,
            closes=opens,
            opened_by=opener,
            now=valley.town.clock.now(),
            zone=TBILISI,
        )
    await valley.town.worker.drain()
    assert await nino.messages() == []
    assert "opens on" in (await nino.start("varaguli")).text
    valley.town.clock.forward(timedelta(days=2))
    await valley.town.worker.drain()
    assert "What does Araguli need most?" in (await nino.last()).text


async def test_an_answer_is_changed_until_the_poll_closes(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await roads(nino)
    await nino.send("/menu")
    mine = await nino.tap("My answer")
    assert "Roads – Children" in mine.text
    await nino.tap("Tell one more need")
    for label in ("Water", "without words", "Women"):
        await nino.tap(label)
    assert "it is added" in (await nino.tap("Go on without")).text
    await nino.send("/menu")
    await nino.tap("My answer")
    await nino.tap("Take one back")
    await nino.tap("Roads")
    query = select(needs.c.kind).join(supports, supports.c.need_id == needs.c.id)
    assert [row.kind for row in await valley.rows(query)] == ["water"]
    await nino.send("/menu")
    await nino.tap("My answer")
    await nino.tap("Withdraw")
    await nino.tap("Yes, take it out")
    assert await valley.rows(select(answers)) == []
    assert "What does Araguli need most?" in (await nino.start("varaguli")).text


async def test_a_poll_that_closes_meanwhile_keeps_what_was_told_as_partial(valley: Valley) -> None:
    await valley.poll(days=1)
    nino, gia = await valley.resident("nino"), await valley.resident("gia")
    for phone in (nino, gia):
        await phone.start("varaguli")
        await phone.tap("Roads")
    valley.town.clock.forward(timedelta(days=2))
    for label in ("without words", "Children", "Go on without"):
        await nino.tap(label)
    assert "closed in the meantime" in (await nino.tap("that is all")).text
    await _close(valley)
    assert "What you told so far is kept" in (await gia.last()).text
    kept = await valley.rows(select(answers.c.state))
    assert [row.state for row in kept] == ["partial", "partial"]
    assert "earlier question" in (await gia.tap("without words")).text


async def _close(valley: Valley) -> None:
    async with valley.town.engine.begin() as db:
        await close_polls.sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()


async def test_who_answered_is_thanked_once_when_it_closes(valley: Valley) -> None:
    await valley.poll(days=1)
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await roads(nino)
    valley.town.clock.forward(timedelta(days=2))
    await _close(valley)
    assert "has closed. Thank you for your answer" in (await nino.last()).text
    number = len(await nino.messages())
    await _close(valley)
    assert len(await nino.messages()) == number


async def test_numbers_are_shown_from_five_on_and_move_once_a_day(valley: Valley) -> None:
    poll_id = await valley.poll()
    for number in range(6):
        phone = await valley.resident(f"n{number}")
        await phone.start("varaguli")
        await phone.tap("Roads")
        thanks = await _behind_or_alone(phone)
        assert "about" not in thanks
    await _publish(valley)
    late = await valley.resident("late")
    await late.start("varaguli")
    await late.tap("Roads")
    assert "Roads: about 6" in await _behind_or_alone(late)
    valley.town.clock.forward(timedelta(days=1))
    await _publish(valley)
    async with valley.town.engine.connect() as db:
        shown = await counts.shown(db, poll_id=poll_id, village_id=ARAGULI)
        real = await counts.real(db, poll_id=poll_id, village_id=ARAGULI)
    assert shown.cells == {"roads": 6}, "one more answer is not shown"
    assert real.kinds == {"roads": 7}


async def test_a_number_goes_back_to_one_that_was_shown_so_that_no_two_days_differ_by_one(valley: Valley) -> None:
    poll_id = await valley.poll()
    shown = []
    for people in (5, 11, 6):
        await _named_roads(valley, poll_id, people)
        await _publish(valley)
        valley.town.clock.forward(timedelta(days=1))
        async with valley.town.engine.connect() as db:
            shown.append((await counts.shown(db, poll_id=poll_id, village_id=ARAGULI)).cells["roads"])
    assert shown == [5, 11, 5]


async def _named_roads(valley: Valley, poll_id: int, people: int) -> None:
    """So many answers, and no others."""
    here = {"poll_id": poll_id, "village_id": ARAGULI}
    now = valley.town.clock.now()
    need = {**here, "kind": "roads", "state": "told", "photo_state": "told", "told_at": now}
    answer = {**here, "origin": "door_to_door", "state": "complete", "answered_at": now}
    async with valley.town.engine.begin() as db:
        await db.execute(delete(supports))
        await db.execute(delete(answers))
        need_id = (await db.execute(insert(needs).values(**need).returning(needs.c.id))).scalar_one()
        for _number in range(people):
            answer_id = (await db.execute(insert(answers).values(**answer).returning(answers.c.id))).scalar_one()
            await db.execute(insert(supports).values(need_id=need_id, answer_id=answer_id))


async def _behind_or_alone(phone: Phone) -> str:
    await phone.tap("without words")
    asked = await phone.tap("Hard to say")
    await phone.tap("👍" if "neighbours" in asked.text else "Go on without")
    return (await phone.tap("that is all")).text


async def _publish(valley: Valley) -> None:
    async with valley.town.engine.begin() as db:
        await publish_counts.sweep(db, valley.town.clock.now(), TBILISI)


async def test_the_open_web_is_no_account_and_is_counted_beside(valley: Valley) -> None:
    poll_id = await valley.poll()
    nino = await valley.resident("nino")
    person = await valley.person("nino")
    async with valley.town.engine.begin() as db:
        assert await origin_of(db, person_id=person, channel="web") == "open_web"
        assert await origin_of(db, person_id=person, channel="telegram:12") == "telegram"
        await db.execute(
            insert(roles), [{"person_id": person, "role": "member", "granted_at": valley.town.clock.now()}]
        )
        assert await origin_of(db, person_id=person, channel="web") == "web"
    await nino.start("varaguli")
    await roads(nino)
    async with valley.town.engine.begin() as db:
        await db.execute(update(answers).values(origin="open_web"))
        real = await counts.real(db, poll_id=poll_id, village_id=ARAGULI)
    assert (real.people, real.open_web, real.kinds) == (0, 1, {})


async def test_a_closed_poll_takes_no_change(valley: Valley) -> None:
    await valley.poll()
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await roads(nino)
    await nino.send("/menu")
    await nino.tap("My answer")
    await nino.tap("Tell one more")
    async with valley.town.engine.begin() as db:
        await db.execute(update(polls).values(closed_at=valley.town.clock.now()))
    for label in ("Water", "without words", "Women"):
        await nino.tap(label)
    assert "closed" in (await nino.tap("Go on without")).text
    assert len(await valley.rows(select(needs))) == 1
