"""A poll is stuffed: its published counts do not move, all is flagged, nobody reads an unreleased sentence."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import exists, func, select

from domain.needs import Kind
from domain.people import Role
from publish import answers_xlsx
from scheduler import new_words, publish_counts, watch_answers
from storage import counts
from storage.tables.honesty import flagged_answers, flags
from storage.tables.polls import answers, needs
from storage.tables.turns import outbox
from tests.stories.stuffers import homes, web_of
from tests.stories.valley import ARAGULI, Valley
from tests.town import TBILISI

LIBEL = "Zurab the trustee has put the money for the bridge into his own pocket"
SESSIONS, HOMES, HONEST = 60, 80, 6
TAPS = ("Waste", "words", "Hard to say", "Go on without")
WATCH = watch_answers.sweeper(b"a secret")


async def honest(valley: Valley) -> None:
    for number in range(HONEST):
        phone = await valley.resident(f"n{number}")
        await phone.start("varaguli")
        for label in ("Roads", "without words", "Children"):
            asked = await phone.tap(label)
        await phone.tap("👍" if "neighbours" in asked.text else "Go on without")
        await phone.tap("that is all")


async def sweep(valley: Valley) -> None:
    async with valley.town.engine.begin() as db:
        for each in (WATCH, publish_counts.sweep, new_words.sweep):
            await each(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()


async def published(valley: Valley, poll_id: int) -> Any:
    async with valley.town.engine.connect() as db:
        shown = await counts.shown(db, poll_id=poll_id, village_id=ARAGULI)
        ways = await counts.shown_ways(db, poll_id=poll_id, village_id=ARAGULI)
        sheet = await answers_xlsx.tables(db, {"poll": poll_id, "language": "en"})
    return shown.cells, ways, sheet["Counts"]


async def test_a_stuffed_poll(valley: Valley, database_url: str, tmp_path: Path) -> None:
    poll_id = await valley.poll()
    manana, lali = await valley.member("manana", Role.LEADER), await valley.member("lali")
    await honest(valley)
    await sweep(valley)
    before = await published(valley, poll_id)
    assert before[0] == {Kind.ROADS: HONEST}

    valley.town.clock.forward(timedelta(days=1))
    async with web_of(valley, database_url, tmp_path) as web:
        first, *others = await web.welcomed(SESSIONS)
        sent = await web.answer(first, *TAPS, "that is all", words=LIBEL)
        assert set(await web.repeat(others, sent)) == {202}, "nothing is refused to whoever may be honest"
    await homes(valley, poll_id, await valley.person("lali"), HOMES, timedelta(seconds=44), {"kind": "waste"})
    stuffed = await valley.rows(select(answers.c.id, answers.c.origin).where(answers.c.id > HONEST))
    assert len(stuffed) == SESSIONS + HOMES

    await sweep(valley)
    valley.town.clock.forward(timedelta(days=1))
    await sweep(valley)
    assert await published(valley, poll_id) == before
    unflagged = ~exists().where(flagged_answers.c.answer_id == answers.c.id)
    assert [row.id for row in await valley.rows(select(answers.c.id).where(unflagged))] == list(range(1, HONEST + 1))
    assert {"device", "interviewer", "words"} <= {row.rule for row in await valley.rows(select(flags.c.rule))}

    await read_by_nobody(valley, manana, lali)
    resident = await valley.resident("late")
    assert "Waste" not in (await resident.start("varaguli")).text


async def read_by_nobody(valley: Valley, manana: Any, lali: Any) -> None:
    """Manana, who collected none of it, is shown numbers and times; Lali is not asked about her own homes."""
    await manana.send("/menu")
    shown = [(await manana.tap("set aside")).text]
    while "What shall become of them?" in shown[-1]:
        shown.append((await manana.tap("Later")).text)
    assert any(f"{HOMES} homes" in text for text in shown)
    assert any(f"{SESSIONS} answers came from one phone" in text for text in shown)
    await lali.send("/menu")
    asked = [(await lali.tap("set aside")).text]
    while "What shall become of them?" in asked[-1]:
        asked.append((await lali.tap("Later")).text)
    assert not any("homes were written down" in text for text in asked)
    wrote = select(needs.c.author_id).where(needs.c.words == LIBEL)
    read = select(func.count()).where(outbox.c.payload.contains(LIBEL), outbox.c.person_id.not_in(wrote))
    assert [row[0] for row in await valley.rows(read)] == [0]
