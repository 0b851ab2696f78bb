"""What the board reads of each promise is what the ledger says, after each event and on each day."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.elections import Weeks
from domain.escalation import Step
from domain.people import Role
from domain.promise_hold import shown_from
from domain.promises import Finding, Heard, Source, Status, Word
from domain.refusal import Refused
from scheduler import promise_states as states_sweep
from storage import (
    elections,
    group_rules,
    ledger,
    ledger_check,
    posts,
    promise_agreeing,
    promise_course,
    promise_people,
    promise_recording,
    promise_states,
    promise_voices,
    promises,
)
from storage.erasure import erase
from storage.ledger import Witness
from storage.promise_course import Part
from storage.promises import Document, Dossier, NewPromise
from storage.tables.links import links
from storage.tables.people import people
from storage.tables.places import communities, municipalities, villages
from storage.tables.promise_states import promise_states as table
from storage.tables.promises import promise_witnesses
from storage.tables.roles import groups, roles
from storage.tables.turns import media
from tests.town import MONDAY_NOON, TBILISI

NOW = MONDAY_NOON
LEADER, MARI, NATIA, MAYOR, CORA, *NEIGHBOURS = range(1, 10)
DUE = date(2026, 5, 1)
ROAD = NewPromise(1, 1, None, "roads", "Giorgi", "mayor", "A road", date(2026, 3, 1), DUE)


@pytest.fixture
async def db(engine: AsyncEngine) -> Any:
    async with engine.connect() as db:
        await db.begin()
        await _settle(db)
        yield db


async def _settle(db: AsyncConnection) -> None:
    await db.execute(insert(municipalities).values(id=1, code="d", name_ka="ძ", name_en="D"))
    await db.execute(insert(communities).values(id=1, municipality_id=1, name_ka="თ", name_en="C"))
    both = [{"id": n, "community_id": 1, "code": f"v{n}", "name_ka": f"ს{n}", "name_en": "V"} for n in (1, 2)]
    await db.execute(insert(villages), both)
    await db.execute(insert(groups).values(id=1, community_id=1, name="Group", created_at=NOW))
    await db.execute(insert(people), [{"created_at": NOW, "village_id": 1} for _each in range(9)])
    await db.execute(update(people).where(people.c.id == NATIA).values(village_id=2))
    here = {"granted_at": NOW, "name": None, "office": None, "confirmed_at": None}
    nowhere = {"group_id": None, "municipality_id": None}
    held = [(LEADER, Role.LEADER, 1), (MARI, Role.MEMBER, 1), (NATIA, Role.MEMBER, 1)]
    rows = [{**here, **nowhere, "person_id": who, "role": role, "group_id": at} for who, role, at in held]
    rows.append({**here, **nowhere, "person_id": CORA, "role": Role.COORDINATOR, "municipality_id": 1})
    office: dict[str, Any] = {"name": "Giorgi", "office": "mayor", "confirmed_at": NOW, "municipality_id": 1}
    rows.append({**here, **nowhere, "person_id": MAYOR, "role": Role.OFFICIAL, **office})
    await db.execute(insert(roles), rows)
    await db.execute(insert(media).values(id="photo", kind="photo", state="ready", created_at=NOW))


async def record(db: AsyncConnection, new: NewPromise = ROAD) -> int:
    return await promise_recording.record(db, new=new, person_id=LEADER, now=NOW, zone=TBILISI)


def at(day: date) -> dict[str, Any]:
    return {"now": datetime(day.year, day.month, day.day, 12, tzinfo=TBILISI), "zone": TBILISI}


async def see(
    db: AsyncConnection, which: int, who: int, finding: Finding, day: date = DUE, photo: str | None = None
) -> None:
    witness = Witness(who, media_id=photo)
    await promises.see(db, promise_id=which, finding=finding, witness=witness, **at(day))


async def say(db: AsyncConnection, which: int, word: Word, day: date = DUE, new_due: date | None = None) -> None:
    witness = Witness(MAYOR)
    await promises.say(db, promise_id=which, word=word, witness=witness, why=None, new_due=new_due, **at(day))


async def answer(db: AsyncConnection, which: int, *, yes: bool, day: date = DUE, who: int = LEADER) -> None:
    wish = promise_agreeing.wished(await promises.dossier(db, promise_id=which), day)
    number = wish.number if wish else 0
    told: dict[str, Any] = {"promise_id": which, "wish": number, "yes": yes, "witness": Witness(who), "why": None}
    await promise_agreeing.answer(db, **told, **at(day))


async def voice(db: AsyncConnection, which: int, who: int, photo: str | None = None) -> None:
    witness = Witness(who, media_id=photo)
    await promise_voices.tell(db, promise_id=which, heard=Heard.REOPENS, witness=witness, **at(DUE))


async def kept(db: AsyncConnection, which: int) -> RowMapping:
    return (await db.execute(select(table).where(table.c.promise_id == which))).one()._mapping


async def dossier(db: AsyncConnection, which: int) -> Dossier:
    return await promises.dossier(db, promise_id=which)


async def assert_equal(db: AsyncConnection, day: date) -> None:
    for row in (await db.execute(select(table))).all():
        reckoned = promise_states.state(await dossier(db, row.promise_id), day)
        assert {name: getattr(row, name) for name in reckoned} == reckoned


@pytest.mark.parametrize("seed", range(6))
async def test_it_equals_the_ledger_after_each_event_and_each_day(db: AsyncConnection, seed: int) -> None:
    chance, day = random.Random(seed), date(2026, 4, 1)
    ids = [await record(db), await record(db)]
    for _step in range(14):
        day += timedelta(days=chance.randint(0, 9))
        which, photo = chance.choice(ids), chance.choice(["photo", None])
        match chance.randint(0, 3):
            case 0 | 1:
                await see(db, which, chance.choice([LEADER, MARI, NATIA]), chance.choice(list(Finding)), day, photo)
            case 2:
                await say(db, which, chance.choice(list(Word)), day, day + timedelta(days=20))
            case _ if promise_agreeing.wished(await dossier(db, which), day):
                await answer(db, which, yes=chance.random() < 0.6, day=day)
        await states_sweep.sweep(db, at(day)["now"], TBILISI)
        await assert_equal(db, day)
    assert await ledger_check.verify(db) is None


async def test_the_day_alone_turns_it_and_the_sweep_fills_what_is_missing(db: AsyncConnection) -> None:
    which = await record(db)
    row = await kept(db, which)
    assert (row["status"], row["turns_on"], row["next_on"]) == (Status.NOT_YET_DUE, DUE + timedelta(days=1), DUE)
    assert await states_sweep.next_due(db, NOW, TBILISI) == datetime(2026, 5, 2, tzinfo=TBILISI)
    assert await states_sweep.sweep(db, at(DUE + timedelta(days=1))["now"], TBILISI) == 1
    assert (await kept(db, which))["status"] == Status.OVERDUE
    await db.execute(delete(table))
    assert await states_sweep.sweep(db, at(DUE)["now"], TBILISI) == 1
    await assert_equal(db, DUE)


async def test_one_person_with_two_phones_is_one_witness_and_the_ledger_holds(db: AsyncConnection) -> None:
    which = await record(db)
    await see(db, which, MARI, Finding.DONE)
    await see(db, which, NATIA, Finding.DONE)
    assert (await dossier(db, which)).verdict(DUE).status is Status.KEPT
    joined: dict[str, Any] = {"person_id": MARI, "joined_id": NATIA, "joined_at": NOW}
    await db.execute(insert(links).values(**joined))
    theirs = promise_witnesses.c.person_id == NATIA
    await db.execute(update(promise_witnesses).where(theirs).values(person_id=MARI))
    assert (await dossier(db, which)).verdict(DUE).status is Status.UNDER_WAY
    assert await ledger_check.verify(db) is None


async def test_forgetting_who_looked_changes_no_status(db: AsyncConnection) -> None:
    which = await record(db)
    await see(db, which, MARI, Finding.DONE)
    await see(db, which, NATIA, Finding.DONE)
    before = (await dossier(db, which)).verdict(DUE)
    for who in (MARI, NATIA):
        await erase(db, person_id=who, now=NOW)
    after = (await dossier(db, which)).verdict(DUE)
    assert (after.status, after.reason, after.done_on) == (before.status, before.reason, before.done_on)
    assert await ledger_check.verify(db) is None


async def test_a_check_by_who_lives_there_weighs_as_the_group_decided(db: AsyncConnection) -> None:
    which = await record(db)
    decide: dict[str, Any] = {
        "group_id": 1,
        "local_weight": 2,
        "path": [Step.COORDINATOR, Step.PUBLIC_NOTE],
        "now": NOW,
    }
    with pytest.raises(Refused, match="not_allowed"):
        await group_rules.decide(db, by=MARI, **decide)
    await group_rules.decide(db, by=LEADER, **decide)
    assert await group_rules.of_group(db, group_id=1) == group_rules.Rules(2, (Step.COORDINATOR, Step.PUBLIC_NOTE))
    await see(db, which, MARI, Finding.NOTHING_SEEN)
    await see(db, which, NATIA, Finding.DONE)  # from the next village
    assert [told.body["weight"] for told in (await dossier(db, which)).told[1:]] == [2, 1]
    assert (await dossier(db, which)).verdict(DUE).found is not None
    assert (await kept(db, which))["status"] == Status.NOT_YET_DUE
    with pytest.raises(Refused, match="path_out_of_order"):
        await group_rules.decide(db, by=LEADER, **{**decide, "path": [Step.PUBLIC_NOTE, Step.LEADER]})


async def test_a_change_needs_both_sides_and_the_leader_speaks_for_the_group(db: AsyncConnection) -> None:
    which = await record(db)
    with pytest.raises(Refused, match="already_decided"):
        await answer(db, which, yes=True)
    await say(db, which, Word.CHANGED, new_due=date(2026, 9, 1))
    with pytest.raises(Refused, match="not_allowed"):
        await answer(db, which, yes=True, who=MARI)
    await answer(db, which, yes=False)
    assert (await kept(db, which))["due"] == DUE
    await say(db, which, Word.CHANGED, new_due=date(2026, 8, 1))
    await answer(db, which, yes=True)
    row = await kept(db, which)
    assert (row["status"], row["due"]) == (Status.CHANGED_BY_AGREEMENT, date(2026, 8, 1))


async def test_parts_live_and_the_whole_closes(db: AsyncConnection) -> None:
    which = await record(db)
    with pytest.raises(Refused, match="parts_count"):
        await promise_course.split(db, promise_id=which, parts=[Part("all", DUE)], person_id=LEADER, **at(DUE))
    halves = [Part("The upper half", DUE), Part("The lower half", date(2026, 8, 1))]
    ids = await promise_course.split(db, promise_id=which, parts=halves, person_id=LEADER, **at(date(2026, 4, 1)))
    whole, part = await dossier(db, which), await dossier(db, ids[1])
    assert (whole.parts, whole.counted, part.new.parent_id, part.counted) == (ids, False, which, True)
    assert (part.new.speaker, part.new.words, part.new.due) == ("Giorgi", "The lower half", date(2026, 8, 1))
    assert (await kept(db, which))["turns_on"] is None
    with pytest.raises(Refused, match="promise_split"):
        await promise_course.split(db, promise_id=which, parts=halves, person_id=LEADER, **at(DUE))


async def test_it_is_handed_over_and_the_words_stay_with_who_spoke(db: AsyncConnection) -> None:
    which = await record(db)
    office: dict[str, Any] = {"municipality_id": 1, "confirmed_at": NOW, "granted_at": NOW, "role": Role.OFFICIAL}
    await db.execute(insert(roles).values(person_id=NEIGHBOURS[0], name="Nana", office="roads", **office))
    hand: dict[str, Any] = {"promise_id": which, "name": "Nana", "office": "roads", "why": None}
    with pytest.raises(Refused, match="not_allowed"):
        await promise_course.hand_over(db, **hand, person_id=MARI, **at(DUE))
    await promise_course.hand_over(db, **hand, person_id=MAYOR, **at(DUE))
    one = await dossier(db, which)
    assert (one.new.speaker, one.answerer.speaker, one.answerer.office) == ("Giorgi", "Nana", "roads")
    assert await promise_people.answerable_for(db, person_id=NEIGHBOURS[0]) == [which]
    assert await promise_people.answerable_for(db, person_id=MAYOR) == []
    with pytest.raises(Refused, match="not_allowed"):
        await say(db, which, Word.DONE)


async def test_a_candidates_words_are_kept_apart_and_every_source_has_its_document(db: AsyncConnection) -> None:
    which = await record(db, replace(ROAD, source=Source.CANDIDATE))
    assert (await kept(db, which))["counted"] is False
    letter = Document("12-345", "f" * 64)
    other = await record(db, replace(ROAD, source=Source.LETTER, document=letter))
    assert (await dossier(db, other)).new.document == letter
    assert (await kept(db, other))["counted"] is True


async def test_three_neighbours_dispute_and_nobody_asks_twice_without_a_photo(db: AsyncConnection) -> None:
    which = await record(db)
    await see(db, which, MARI, Finding.DONE, photo="photo")
    one, two, three, *_more = NEIGHBOURS
    await voice(db, which, one)
    with pytest.raises(Refused, match="photo_needed"):
        await voice(db, which, one)
    await voice(db, which, one, photo="photo")
    await voice(db, which, two)
    assert (await kept(db, which))["status"] == Status.KEPT
    with pytest.raises(Refused, match="not_allowed"):
        await voice(db, which, MAYOR)
    await voice(db, which, three)
    assert (await kept(db, which))["status"] == Status.KEPT, "the office hears of it first"
    disputed = await dossier(db, which)
    assert disputed.verdict(shown_from(DUE)).status is Status.DISPUTED
    assert (await kept(db, which))["turns_on"] <= shown_from(DUE)


async def test_notes_and_programmes_stand_in_the_ledger(db: AsyncConnection) -> None:
    which = await record(db)
    await promise_course.note(db, promise_id=which, words="The day was 2 May", person_id=CORA, **at(DUE))
    join: dict[str, Any] = {"promise_id": which, "programme": "03 02", "contract": "NAT-1"}
    await promise_course.join(db, **join, person_id=LEADER, **at(DUE))
    one = await dossier(db, which)
    assert [told.kind for told in one.told] == ["recorded", "note", "joined"]
    assert one.told[1].body["on"] == DUE.isoformat()
    with pytest.raises(Refused, match="not_allowed"):
        await promise_course.note(db, promise_id=which, words="no", person_id=MARI, **at(DUE))


async def test_an_office_has_holders_with_their_days(db: AsyncConnection) -> None:
    office: dict[str, Any] = {"municipality_id": 1, "office": "mayor"}
    with pytest.raises(Refused, match="not_allowed"):
        await posts.take(db, by=LEADER, name="Giorgi", since=date(2025, 1, 1), now=NOW, **office)
    await posts.take(db, by=CORA, name="Giorgi", since=date(2025, 1, 1), now=NOW, **office)
    await posts.take(db, by=CORA, name="Nana", since=date(2026, 4, 1), now=NOW, **office)
    with pytest.raises(Refused, match="post_out_of_order"):
        await posts.take(db, by=CORA, name="Temo", since=date(2026, 4, 1), now=NOW, **office)
    before, after = [await posts.holder(db, on=day, **office) for day in (date(2026, 3, 31), date(2026, 4, 1))]
    assert (before and before.name, after and after.name) == ("Giorgi", "Nana")
    await posts.leave(db, by=CORA, until=date(2026, 6, 1), **office)
    assert await posts.holder(db, on=date(2026, 6, 2), **office) is None


async def test_election_weeks_are_set_by_the_coordinator(db: AsyncConnection) -> None:
    weeks = Weeks(date(2026, 9, 1), date(2026, 10, 4))
    with pytest.raises(Refused, match="not_allowed"):
        await elections.set_weeks(db, by=LEADER, municipality_id=1, weeks=weeks, now=NOW)
    await elections.set_weeks(db, by=CORA, municipality_id=1, weeks=weeks, now=NOW)
    days = (date(2026, 8, 31), weeks.first, weeks.last, date(2026, 10, 5))
    assert [await elections.quiet(db, municipality_id=1, today=day) for day in days] == [False, True, True, False]
    assert await elections.touched(db, group_id=1, first=date(2026, 8, 1), last=weeks.first)
    [row] = await elections.of(db, municipality_id=1)
    await elections.lift(db, by=CORA, weeks_id=row.id)
    assert not await elections.quiet(db, municipality_id=1, today=weeks.first)


async def test_the_signed_head_of_a_municipality_can_be_shown(db: AsyncConnection) -> None:
    await record(db)
    for day in (date(2026, 3, 1), date(2026, 3, 2)):
        await ledger.sign_head(db, municipality_id=1, day=day, now=NOW, secret=b"secret")
    newest, older = [await ledger.last_head(db, municipality_id=1, day=day) for day in (None, date(2026, 3, 1))]
    assert newest is not None
    assert older is not None
    assert (newest.day, newest.previous) == (date(2026, 3, 2), older.hash)
    assert await ledger.last_head(db, municipality_id=2) is None


async def test_the_day_alone_is_a_change_that_followers_hear_of(db: AsyncConnection) -> None:
    which = await record(db)
    told = (await kept(db, which))["changed_at"]
    await states_sweep.sweep(db, at(date(2026, 4, 1))["now"], TBILISI)
    assert (await kept(db, which))["changed_at"] == told
    passed = at(DUE + timedelta(days=1))["now"]
    await states_sweep.sweep(db, passed, TBILISI)
    row = await kept(db, which)
    assert (row["changed_at"], row["updated_at"]) == (passed, told)
