"""Whatever two accounts have told: joining never raises a number, and parting restores each exactly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import Kind
from domain.polls import Origin
from storage import counts, joining, links, parting
from storage.answers import COMPLETE, PARTIAL
from storage.tables.links import link_codes
from storage.tables.links import links as links_
from storage.tables.meta import metadata
from storage.tables.people import people
from storage.tables.polls import answers, needs, supports
from storage.tables.trainings import training_invites
from tests.stories.valley import ARAGULI, ZEMO, Valley
from tests.town import MONDAY_NOON as NOW

LOOKED_AT = ("answers", "needs", "supports", "roles", "training_invites", "promise_tasks", "addresses")
ANSWER = st.fixed_dictionaries(
    {
        "village": st.sampled_from((ARAGULI, ZEMO)),
        "origin": st.sampled_from((Origin.TELEGRAM, Origin.WEB, Origin.OPEN_WEB)),
        "state": st.sampled_from((COMPLETE, PARTIAL)),
        "hours": st.integers(0, 2),
        "needs": st.sets(st.integers(0, 3), max_size=3),
    }
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_=st.tuples(st.none() | ANSWER, st.none() | ANSWER), welcomed=st.tuples(st.booleans(), st.booleans()))
async def test_any_two_answers(valley: Valley, given_: tuple[Any, Any], welcomed: tuple[bool, bool]) -> None:
    async with valley.town.engine.connect() as db:
        pair = [await _account(db, known) for known in welcomed]
        poll_id = await _poll(db, pair[0])
        told = [await _need(db, poll_id, each) for each in range(4)]
        for person_id, answer in zip(pair, given_, strict=True):
            if answer is not None:
                await _answer(db, poll_id, person_id, answer, told)
        before, stood = await _rows(db), await _numbers(db, poll_id)
        await joining.join(db, code_id=await _code(db, pair[0]), person_id=pair[1], now=NOW)
        joined = await _numbers(db, poll_id)
        assert all(joined[name] <= number for name, number in stood.items())
        if all(one is not None for one in given_):
            assert sum(number for (_village, what), number in joined.items() if what == "all") == 1, "one answer"
        [link_id] = (await db.execute(select(links_.c.id))).scalars()
        await parting.part(db, link_id=link_id, now=NOW)
        assert await _rows(db) == before
        assert await _numbers(db, poll_id) == stood
        await db.rollback()


async def _account(db: AsyncConnection, known: bool) -> int:
    row = {"created_at": NOW, "welcomed_at": NOW if known else None, "village_id": ARAGULI if known else None}
    return int((await db.execute(insert(people).values(**row).returning(people.c.id))).scalar_one())


async def _poll(db: AsyncConnection, person_id: int) -> int:
    polls = metadata.tables["polls"]
    row = {"opens": NOW.date(), "closes": NOW.date(), "opened_by": person_id, "created_at": NOW}
    return int((await db.execute(insert(polls).values(**row).returning(polls.c.id))).scalar_one())


async def _need(db: AsyncConnection, poll_id: int, number: int) -> int:
    row = {"poll_id": poll_id, "village_id": ARAGULI, "kind": list(Kind)[number], "told_at": NOW}
    row |= {"state": "told", "photo_state": "told"}
    return int((await db.execute(insert(needs).values(**row).returning(needs.c.id))).scalar_one())


async def _answer(db: AsyncConnection, poll_id: int, person_id: int, answer: dict[str, Any], told: list[int]) -> None:
    row = {"poll_id": poll_id, "person_id": person_id, "village_id": answer["village"], "origin": answer["origin"]}
    row |= {"state": answer["state"], "answered_at": NOW + timedelta(hours=answer["hours"])}
    answer_id = (await db.execute(insert(answers).values(**row).returning(answers.c.id))).scalar_one()
    for number in sorted(answer["needs"]):
        await db.execute(insert(supports).values(need_id=told[number], answer_id=answer_id))


async def _code(db: AsyncConnection, person_id: int) -> int:
    await links.make_code(db, person_id=person_id, now=NOW)
    return int((await db.execute(select(link_codes.c.id).where(link_codes.c.person_id == person_id))).scalar_one())


async def _rows(db: AsyncConnection) -> dict[str, list[Any]]:
    rows = {}
    for name in LOOKED_AT:
        table = metadata.tables[name]
        rows[name] = sorted(map(repr, (await db.execute(select(table))).all()))
    person = people.c
    told = select(person.id, person.village_id, person.welcomed_at, person.sex, person.age_band)
    return {**rows, "people": sorted(map(repr, (await db.execute(told)).all()))}


async def _numbers(db: AsyncConnection, poll_id: int) -> dict[tuple[int, str], int]:
    """Everything that is counted, and what is counted beside."""
    numbers: dict[tuple[int, str], int] = {}
    for village_id in (ARAGULI, ZEMO):
        real = await counts.real(db, poll_id=poll_id, village_id=village_id)
        kinds = {kind: real.kinds.get(kind, 0) for kind in Kind}
        numbers |= {(village_id, kind): number for kind, number in kinds.items()}
        numbers |= {(village_id, "people"): real.people, (village_id, "open"): real.open_web}
        numbers[village_id, "partial"] = real.partial
        numbers[village_id, "all"] = real.people + real.open_web + real.partial
    return numbers


async def test_one_person_is_invited_once_and_comes_once(valley: Valley) -> None:
    trainings = metadata.tables["trainings"]
    async with valley.town.engine.connect() as db:
        pair = [await _account(db, known=True) for _each in range(2)]
        common = {
            "number": 1,
            "kind": "training",
            "topic": "law",
            "municipality_id": 1,
            "audience": [],
            "place": "School",
        }
        moments = {"starts_at": NOW, "created_at": NOW, "announce_at": NOW, "created_by": pair[0]}
        training = await db.execute(insert(trainings).values(**common, **moments).returning(trainings.c.id))
        training_id = training.scalar_one()
        said = ("coming", NOW), ("not_coming", NOW + timedelta(hours=1))
        for person_id, (answer, at) in zip(pair, said, strict=True):
            row = {"training_id": training_id, "person_id": person_id, "answer": answer, "answered_at": at}
            await db.execute(insert(training_invites).values(**row))
        before = await _rows(db)
        await joining.join(db, code_id=await _code(db, pair[0]), person_id=pair[1], now=NOW)
        [invite] = (await db.execute(select(training_invites))).all()
        assert (invite.person_id, invite.answer) == (pair[0], "not_coming"), "the later answer"
        await parting.part(db, link_id=(await db.execute(select(links_.c.id))).scalar_one(), now=NOW)
        assert await _rows(db) == before
        await db.rollback()
