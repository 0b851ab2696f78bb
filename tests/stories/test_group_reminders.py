"""What a group is reminded of: in its Telegram chat, or by a text that its leader passes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from domain.group_posts import Kind
from domain.people import Role
from scheduler import group_questions
from storage import group_chats, group_posts
from storage.tables.group_chats import group_answers
from storage.tables.group_chats import group_posts as posts
from storage.tables.polls import answers, needs, supports
from storage.tables.trainings import training_invites, trainings
from tests.stories.valley import ARAGULI, GROUP, MUNICIPALITY, Valley
from tests.town import TBILISI, Phone


async def passed_on(valley: Valley) -> Phone:
    """The leader of a group whose chat no bot can enter."""
    lali = await valley.member("lali", Role.LEADER)
    by = await valley.person("lali")
    async with valley.town.engine.begin() as db:
        await group_chats.pass_on(db, by=by, group_id=GROUP, now=valley.town.clock.now())
    return lali


async def sweep(valley: Valley) -> int:
    async with valley.town.engine.begin() as db:
        found = await group_questions.sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()
    return found


async def training(valley: Valley, person: str) -> None:
    """Tomorrow at noon, for groups; this person is invited."""
    now, invited = valley.town.clock.now(), await valley.person(person)
    row = {"number": 1, "kind": "training", "topic": "law", "municipality_id": MUNICIPALITY, "audience": ["groups"]}
    row |= {"starts_at": now + timedelta(days=1), "place": "School", "created_by": invited, "created_at": now}
    async with valley.town.engine.begin() as db:
        await db.execute(insert(trainings), [{**row, "announce_at": now, "announced_at": now}])
        await db.execute(insert(training_invites), [{"training_id": 1, "person_id": invited}])


async def test_an_answer_in_the_group_is_an_answer_to_the_training(valley: Valley) -> None:
    lali = await passed_on(valley)
    await training(valley, "lali")
    assert await sweep(valley) == 1
    text = (await lali.last()).text
    assert text.startswith("It is soon. Who is coming?")
    assert text.endswith("start=g1"), "a message that holds nothing else"
    assert "please forward the next message" in (await lali.messages())[-2].text
    await lali.start("g1")
    await lali.tap("I am coming")
    assert [row.answer for row in await valley.rows(select(training_invites))] == ["coming"]
    assert await sweep(valley) == 0, "asked once"


async def test_who_is_not_invited_counts_neither_here_nor_there(valley: Valley) -> None:
    await passed_on(valley)
    nino = await valley.member("nino")
    await training(valley, "lali")
    await sweep(valley)
    await nino.start("g1")
    assert "Only those who were asked" in (await nino.tap("I am coming")).text
    assert await valley.rows(select(group_answers)) == []


async def test_words_that_wait_are_read_in_private_and_no_number_is_told(valley: Valley) -> None:
    lali = await passed_on(valley)
    poll_id = await valley.poll()
    row = {"poll_id": poll_id, "village_id": ARAGULI, "kind": "water", "words": "A dry tap", "state": "told"}
    async with valley.town.engine.begin() as db:
        await db.execute(insert(needs), [{**row, "photo_state": "told", "told_at": valley.town.clock.now()}])
        told = {"poll_id": poll_id, "village_id": ARAGULI, "origin": "own", "state": "complete"}
        await db.execute(insert(answers), [{**told, "answered_at": valley.town.clock.now()}])
        await db.execute(insert(supports), [{"need_id": 1, "answer_id": 1}])
    assert await sweep(valley) == 2, "the poll, and the words"
    valley.town.clock.forward(timedelta(days=1))
    await valley.town.worker.drain()
    texts = " ".join(await lali.texts())
    assert "A poll is open in our villages" in texts
    assert "Neighbours' words wait for us" in texts, "on the next day: one a day"
    assert "A dry tap" not in texts
    number = next(post.id for post in await _posts(valley) if post.kind == "words")
    assert "A dry tap" in (await lali.start(f"g{number}")).text


async def test_what_is_no_longer_true_is_not_passed_on(valley: Valley) -> None:
    lali = await passed_on(valley)
    valley.town.clock.move_to(datetime(2026, 3, 2, 18, 0, tzinfo=UTC))
    await training(valley, "lali")
    async with valley.town.engine.begin() as db:
        due = _due_training(valley)
        await group_posts.make(db, group_id=GROUP, now=valley.town.clock.now(), **due)
        await db.execute(trainings.update().values(cancelled_at=valley.town.clock.now()))
    valley.town.clock.forward(timedelta(hours=12))
    await valley.town.worker.drain()
    assert await lali.messages() == []


def _due_training(valley: Valley) -> dict[str, Any]:
    due = group_questions.Due(
        Kind.TRAINING,
        "training:1:0",
        {"training": 1, "moved": 0},
        valley.town.clock.now() + timedelta(days=1),
    )
    return due._asdict()


async def _posts(valley: Valley) -> list[Any]:
    return await valley.rows(select(posts))


async def test_the_clock_knows_when_the_next_question_is_due(valley: Valley) -> None:
    await passed_on(valley)
    async with valley.town.engine.begin() as db:
        assert await group_questions.next_due(db, valley.town.clock.now(), TBILISI) is None
    await training(valley, "lali")
    async with valley.town.engine.begin() as db:
        due = await group_questions.next_due(db, valley.town.clock.now() - timedelta(hours=3), TBILISI)
    assert due == datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
