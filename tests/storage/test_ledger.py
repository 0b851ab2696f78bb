"""The ledger refuses to be changed, and whoever changes it all the same is found."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.ledger_commands import export, verify
from domain import ledger as rules
from domain.people import Role
from domain.promises import Finding
from scheduler.ledger_heads import next_due, sweeper
from storage import ledger_check, promise_recording, promises
from storage.erasure import erase
from storage.ledger import Witness, sign_head
from storage.promises import NewPromise
from storage.tables.board import searched_words
from storage.tables.people import people
from storage.tables.places import communities, municipalities, villages
from storage.tables.promise_states import promise_states
from storage.tables.promises import ledger_heads, promise_asking, promise_events, promise_witnesses
from storage.tables.promises import promises as promises_
from storage.tables.roles import groups, roles
from storage.tables.turns import media
from tests.town import MONDAY_NOON, TBILISI

NOW = MONDAY_NOON
LEADER, MEMBER = 1, 2
SECRET = b"the secret of this village"
GUARDED = (promises_, promise_events, ledger_heads)


@pytest.fixture
async def written(engine: AsyncEngine) -> AsyncEngine:
    """Two promises with three events each, and a head over both."""
    async with engine.begin() as db:
        await _settle(db)
        for words in ("A road", "A lamp"):
            await _tell(db, words)
        assert await sign_head(db, municipality_id=1, day=date(2026, 3, 2), now=NOW, secret=SECRET)
    return engine


async def _settle(db: AsyncConnection) -> None:
    await db.execute(insert(municipalities).values(id=1, code="d", name_ka="ძ", name_en="D"))
    await db.execute(insert(communities).values(id=1, municipality_id=1, name_ka="თ", name_en="C"))
    await db.execute(insert(villages).values(id=1, community_id=1, code="v", name_ka="ს", name_en="V"))
    await db.execute(insert(groups).values(id=1, community_id=1, name="Group", created_at=NOW))
    for person, role in ((LEADER, Role.LEADER), (MEMBER, Role.MEMBER)):
        added = await db.execute(insert(people).values(created_at=NOW).returning(people.c.id))
        assert added.scalar_one() == person
        await db.execute(insert(roles).values(person_id=person, role=role, group_id=1, granted_at=NOW))


async def _tell(db: AsyncConnection, words: str) -> int:
    new = NewPromise(1, 1, None, "roads", "Giorgi", "mayor", words, date(2026, 3, 1), date(2026, 5, 1))
    promise_id = await promise_recording.record(db, new=new, person_id=LEADER, now=NOW, zone=TBILISI)
    for day in (1, 2):
        await see(db, promise_id, NOW + timedelta(days=day))
    return promise_id


async def see(db: AsyncConnection, promise_id: int, now: datetime, person: int = MEMBER) -> None:
    witness = Witness(person, note="nobody is there")
    await promises.see(db, promise_id=promise_id, finding=Finding.NOTHING_SEEN, witness=witness, now=now, zone=TBILISI)


async def unguard(db: AsyncConnection) -> None:
    """What somebody with the keys of the database could do first."""
    if db.dialect.name == "postgresql":
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        return
    for table in GUARDED:
        for verb in ("update", "delete"):
            await db.execute(text(f"DROP TRIGGER {table.name}_no_{verb}"))


async def tampered(engine: AsyncEngine, *statements: Any) -> str:
    """Where the ledger says that it was touched."""
    async with engine.begin() as db:
        await unguard(db)
        for statement in statements:
            await db.execute(statement)
    async with engine.connect() as db:
        return str(await ledger_check.verify(db, secret=SECRET))


async def test_an_untouched_ledger_holds(written: AsyncEngine) -> None:
    assert await verify(written) is None
    async with written.connect() as db:
        assert await ledger_check.verify(db, secret=SECRET) is None


@pytest.mark.parametrize("table", GUARDED, ids=lambda table: table.name)
async def test_the_database_refuses_to_change_or_delete(written: AsyncEngine, table: Table) -> None:
    column = next(iter(table.primary_key))
    for statement in (update(table).values({column: column}), delete(table)):
        with pytest.raises(DBAPIError, match="only grows"):
            async with written.begin() as db:
                await db.execute(statement)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_postgresql_refuses_to_empty_the_ledger_at_once(written: AsyncEngine) -> None:
    with pytest.raises(DBAPIError, match="only grows"):
        async with written.begin() as db:
            await db.execute(text("TRUNCATE promise_events CASCADE"))


OTHER = {"promise_id": 2, "number": 9, "kind": "group", "at": NOW + timedelta(hours=1), "body": '{"on":"x"}'}
OTHER |= {"previous": "0" * 64, "hash": "f" * 64}


@pytest.mark.parametrize("column", OTHER)
async def test_any_changed_column_of_an_event_is_found(written: AsyncEngine, column: str) -> None:
    event = promise_events.c.promise_id == 1, promise_events.c.number == (3 if column == "promise_id" else 2)
    value = {column: OTHER[column], **({"number": 8} if column == "promise_id" else {})}
    if column == "kind":
        value = {"kind": "official"}
    assert "promise:" in await tampered(written, update(promise_events).where(*event).values(value))


async def test_every_column_of_an_event_is_tried() -> None:
    assert {column.name for column in promise_events.columns} - {"id"} == set(OTHER)


CHANGED = {
    "municipality_id": 2,
    "community_id": 2,
    "village_id": None,
    "need_id": 7,
    "kind": "water",
    "speaker": "Temo",
    "office": "deputy",
    "words": "Half a road",
    "made_on": date(2026, 3, 2),
    "due": "soon",
    "recorded_at": NOW + timedelta(seconds=1),
}


@pytest.mark.parametrize("column", CHANGED)
async def test_any_changed_column_of_a_promise_is_found(written: AsyncEngine, column: str) -> None:
    more = [
        insert(municipalities).values(id=2, code="e", name_ka="ე", name_en="E"),
        insert(communities).values(id=2, municipality_id=1, name_ka="ო", name_en="O"),
    ]
    change = update(promises_).where(promises_.c.id == 1).values({column: CHANGED[column]})
    assert "promise:1" in await tampered(written, *more, change)


async def test_every_column_of_a_promise_is_tried() -> None:
    assert {column.name for column in promises_.columns} - {"id"} == set(CHANGED)


async def test_a_body_that_was_only_spelled_otherwise_is_found(written: AsyncEngine) -> None:
    [body] = await rows(written, select(promise_events.c.body).where(promise_events.c.id == 2))
    spelled = json.dumps(json.loads(body.body), indent=1)
    change = update(promise_events).where(promise_events.c.id == 2).values(body=spelled)
    assert await tampered(written, change) == "promise:1 event 2: the body was changed"


@pytest.mark.parametrize("number", [1, 2])
async def test_a_deleted_event_is_found(written: AsyncEngine, number: int) -> None:
    event_id = select(promise_events.c.id).where(promise_events.c.promise_id == 1, promise_events.c.number == number)
    gone = [
        delete(promise_witnesses).where(promise_witnesses.c.event_id == event_id.scalar_subquery()),
        delete(promise_events).where(promise_events.c.promise_id == 1, promise_events.c.number == number),
    ]
    assert (await tampered(written, *gone)).startswith("promise:1 event 1" if number == 1 else "promise:1 event 2")


async def test_a_chain_cut_short_is_found_by_the_head_of_the_day(written: AsyncEngine) -> None:
    last = promise_events.c.promise_id == 1, promise_events.c.number == 3
    gone = [delete(promise_witnesses).where(promise_witnesses.c.event_id == 3), delete(promise_events).where(*last)]
    assert await tampered(written, *gone) == "municipality 1 head 2026-03-02: promise:1 was cut short or is gone"


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 3), (1, 3)])
async def test_events_in_another_order_are_found(written: AsyncEngine, one: int, other: int) -> None:
    swap = [
        update(promise_events).where(promise_events.c.id == event_id).values(number=number)
        for event_id, number in ((one, 99), (other, one), (one, other))
    ]
    assert (await tampered(written, *swap)).startswith(f"promise:1 event {one}:")


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 3), (1, 5)])
async def test_events_that_exchanged_their_ids_are_found(written: AsyncEngine, one: int, other: int) -> None:
    """The chain itself holds, but who told what would read otherwise."""
    swap = [
        *(update(promise_events).where(promise_events.c.id == old).values(id=new) for old, new in _exchange(one, other))
    ]
    assert "who told it" in await tampered(written, *_unbound(written), *swap)


def _exchange(one: int, other: int) -> list[tuple[int, int]]:
    return [(one, 99), (other, one), (99, other)]


def _unbound(engine: AsyncEngine) -> list[Any]:
    return [text("PRAGMA defer_foreign_keys = ON")] if engine.dialect.name == "sqlite" else []


async def test_a_promise_that_vanished_whole_is_found(written: AsyncEngine) -> None:
    gone = [
        delete(searched_words).where(searched_words.c.promise_id == 1),
        delete(promise_states).where(promise_states.c.promise_id == 1),
        delete(promise_witnesses).where(promise_witnesses.c.event_id <= 3),
        delete(promise_asking).where(promise_asking.c.promise_id == 1),
        delete(promise_events).where(promise_events.c.promise_id == 1),
        delete(promises_).where(promises_.c.id == 1),
    ]
    assert await tampered(written, *gone) == "municipality 1 head 2026-03-02: promise:1 was cut short or is gone"


WITNESSED = {"person_id": LEADER, "note": "all is well", "media_id": "a" * 32, "place": "elsewhere", "salt": "00" * 16}


@pytest.mark.parametrize("column", WITNESSED)
async def test_any_changed_column_of_a_witness_is_found(written: AsyncEngine, column: str) -> None:
    changed = update(promise_witnesses).where(promise_witnesses.c.event_id == 2).values({column: WITNESSED[column]})
    picture = {"id": "a" * 32, "kind": "photo", "state": "ready", "created_at": NOW}
    more = [insert(media).values(picture)] if column == "media_id" else []
    assert await tampered(written, *more, changed) == (
        "promise:1 event 2: who told it, the note or the photo was changed"
    )


async def test_a_witness_moved_to_another_event_is_found(written: AsyncEngine) -> None:
    free = delete(promise_witnesses).where(promise_witnesses.c.event_id == 3)
    moved = update(promise_witnesses).where(promise_witnesses.c.event_id == 2).values(event_id=3)
    assert "promise:1 event 3" in await tampered(written, free, moved)


async def test_every_column_of_a_witness_is_tried() -> None:
    assert {column.name for column in promise_witnesses.columns} - {"event_id"} == set(WITNESSED)


@pytest.mark.parametrize(
    "change", [{"chains": {}}, {"hash": "0" * 64}, {"previous": "1" * 64}, {"day": date(2026, 3, 3)}]
)
async def test_a_changed_head_is_found(written: AsyncEngine, change: dict[str, Any]) -> None:
    assert "municipality 1 head" in await tampered(written, update(ledger_heads).values(change))


async def test_a_head_that_somebody_else_signed_is_found(written: AsyncEngine) -> None:
    forged = rules.head(b"another secret", "1", date(2026, 3, 2), {})
    values = {"chains": {}, "hash": forged.hash, "signature": forged.signature}
    assert "the signature does not fit" in await tampered(written, update(ledger_heads).values(values))


async def test_an_erased_person_leaves_the_chain_valid_and_tells_nothing(written: AsyncEngine) -> None:
    async with written.begin() as db:
        await erase(db, person_id=MEMBER, now=NOW)
    assert await verify(written) is None
    async with written.connect() as db:
        one = await promises.dossier(db, promise_id=1)
    assert [told.person_id for told in one.told] == [LEADER, None, None]
    assert not any(told.note for told in one.told)


async def test_the_export_is_enough_to_check_every_hash(written: AsyncEngine) -> None:
    lines = [json.loads(line) async for line in export(written)]
    chains = [line for line in lines if "chain" in line]
    for name in ("promise:1", "promise:2"):
        links = [
            rules.Link(*(line[key] for key in ("number", "previous", "body", "hash")))
            for line in chains
            if line["chain"] == name
        ]
        assert len(links) == 3
        assert rules.verify(name, links) is None
    assert not any("nobody is there" in json.dumps(line) for line in lines), "a member's note is no public matter"


async def test_two_who_write_at_once_are_put_in_line(written: AsyncEngine) -> None:
    async def one(person: int) -> None:
        async with written.begin() as db:
            await see(db, 1, NOW + timedelta(days=9), person)

    await asyncio.gather(*(one(person) for person in (LEADER, MEMBER, LEADER, MEMBER)))
    assert await verify(written) is None
    numbers = await rows(written, select(promise_events.c.number).where(promise_events.c.promise_id == 1))
    assert sorted(row.number for row in numbers) == [1, 2, 3, 4, 5, 6, 7]


async def test_a_head_a_day_whatever_the_number_of_clocks(written: AsyncEngine) -> None:
    sweep = sweeper(SECRET)
    async with written.connect() as db:
        assert await next_due(db, NOW, TBILISI) == datetime(2026, 3, 3, tzinfo=TBILISI)
    for day in (1, 2, 2, 3):  # the head of the 2nd of March is there already
        async with written.begin() as db:
            await sweep(db, NOW + timedelta(days=day), TBILISI)
    found = await rows(written, select(ledger_heads.c.day).order_by(ledger_heads.c.day))
    assert [row.day.day for row in found] == [2, 3, 4]
    async with written.connect() as db:
        assert await ledger_check.verify(db, secret=SECRET) is None


async def rows(engine: AsyncEngine, query: Any) -> list[Any]:
    async with engine.connect() as db:
        return list((await db.execute(query)).all())


async def test_any_cell_of_the_ledger_that_is_changed_is_found_where_it_stands(written: AsyncEngine) -> None:
    """Each column of each row of each table, by somebody who has switched the guards off; one after the other."""
    async with written.connect() as db:
        cells = [
            (table, row, column)
            for table in (promise_events, promises_, promise_witnesses, ledger_heads)
            for row in (await db.execute(select(table))).all()
            for column in table.columns
            if (table.name, column.name) != ("ledger_heads", "at")  # when it was signed, not what
        ]
        await db.rollback()
        for table, row, column in cells:
            await db.begin()
            await unguard(db)
            if db.dialect.name == "sqlite":
                await db.execute(text("PRAGMA defer_foreign_keys = ON"))
            here = [key == getattr(row, key.name) for key in table.primary_key]
            await db.execute(update(table).where(*here).values({column: _other(column, getattr(row, column.name))}))
            found = await ledger_check.verify(db, secret=SECRET)
            assert found is not None, f"{table.name}.{column.name} of {row}"
            assert _place(table, row) in str(found) or column.primary_key or column.name in {"promise_id", "number"}
            await db.rollback()


def _place(table: Table, row: Any) -> str:
    """Where somebody would look for it."""
    if table is ledger_heads:
        return f"municipality {row.municipality_id} head"
    if table is promise_witnesses:
        return f"promise:{(row.event_id + 2) // 3} event {(row.event_id - 1) % 3 + 1}"
    return f"promise:{row.id}" if table is promises_ else f"promise:{row.promise_id} event {row.number}"


def _other(column: Any, value: Any) -> Any:
    """A value of the same kind that is not this one."""
    match column.type.python_type.__name__ if column.name not in {"at", "recorded_at", "chains"} else column.name:
        case "chains":
            return {}
        case "at" | "recorded_at":
            return value + timedelta(hours=1)
        case "int":
            return (value or 0) + 1000
        case "date":
            return value + timedelta(days=1)
        case _:
            return f"{(value or '')[:-1]}x"


async def test_a_witness_whose_event_is_gone_is_found(written: AsyncEngine) -> None:
    """The end of a chain is cut off after the last head was signed: what was told of it is left behind."""
    async with written.connect() as db:
        await db.begin()
        await see(db, 1, NOW + timedelta(days=9))
        await unguard(db)
        if db.dialect.name == "sqlite":
            await db.execute(text("PRAGMA defer_foreign_keys = ON"))
        last = promise_events.c.promise_id == 1, promise_events.c.number == 4
        await db.execute(delete(promise_events).where(*last))
        assert str(await ledger_check.verify(db)) == "event 7: it is gone, but who told it is still known"
        await db.rollback()


@given(st.data())
def test_whatever_is_done_to_a_chain_verify_names_the_first_place(data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 7))
    links: list[rules.Link] = []
    for number in range(count):
        links.append(rules.append("promise:1", links[-1] if links else None, {"n": number}))
    at = data.draw(st.integers(0, count - 2))
    match data.draw(st.sampled_from(["delete", "swap", "repeat", "change"])):
        case "delete":
            del links[at]
        case "swap":
            links[at], links[at + 1] = links[at + 1], links[at]
        case "repeat":
            links.insert(at, links[at])
            at += 1
        case "change":
            links[at] = replace(links[at], body={"n": "else"})
    fault = rules.verify("promise:1", links)
    assert fault is not None
    assert fault.number == at + 1
