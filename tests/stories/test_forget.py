"""/mydata shows everything, /forget erases it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from scheduler import bury_forgotten
from storage import counts
from storage import media as kept_media
from storage.erasure import erase
from storage.tables.meta import metadata
from storage.tables.people import addresses, people
from storage.tables.polls import answers, needs, supports
from storage.tables.turns import inbox, media, outbox, runs, work
from tests.stories.test_desk import tell
from tests.stories.valley import ARAGULI, Valley
from tests.stories.workshop import Bench, Post
from tests.town import TBILISI, Phone

SECRET = "Zurab took the bridge"


async def test_everything_that_is_kept_is_shown(valley: Valley) -> None:
    await valley.poll()
    nino = await tell(valley, "nino", SECRET, photo=True)
    shown = (await nino.send("/mydata")).text
    for words in ("Araguli", SECRET, "a photo", "your yes of", "1 photo", "/forget", "terminal"):
        assert words in shown


async def test_who_keeps_it_after_all_loses_nothing(valley: Valley) -> None:
    nino = await valley.resident("nino")
    await nino.send("/forget")
    assert "stays as it is" in (await nino.tap("No, keep it")).text
    assert (await valley.rows(select(people.c.erased_at)))[0].erased_at is None


async def forgotten(valley: Valley) -> tuple[Phone, int]:
    await valley.poll()
    nino = await tell(valley, "nino", SECRET, photo=True)
    person = await valley.person("nino")
    manana = await valley.member("manana")
    await manana.send("/menu")
    await manana.tap("Read new needs")
    await nino.send("/forget")
    assert "You are forgotten" in (await nino.tap("Yes, erase it all")).text
    return nino, person


async def test_the_voice_stays_and_the_person_goes(valley: Valley) -> None:
    _nino, person = await forgotten(valley)
    [row] = await valley.rows(select(people).where(people.c.id == person))
    assert (row.village_id, row.sex, row.age_band, row.language) == (None, None, None, None)
    assert row.erased_at is not None
    assert await valley.rows(select(runs).where(runs.c.person_id == person, runs.c.conversation != "forget")) == []
    [answer] = await valley.rows(select(answers))
    assert (answer.person_id, answer.sex, answer.age_band) == (None, None, None)
    assert len(await valley.rows(select(supports))) == 1
    async with valley.town.engine.connect() as db:
        assert (await counts.real(db, poll_id=answer.poll_id, village_id=ARAGULI)).kinds == {"roads": 1}
    [file] = await valley.rows(select(media))
    assert (file.state, file.ref, file.person_id) == ("erased", None, None)
    assert "erase_file" in [row.kind for row in await valley.rows(select(work.c.kind))]
    [need] = await valley.rows(select(needs))
    assert (need.words, need.author_id, need.media_id) == (None, None, None)


async def test_the_goodbye_arrives_and_then_goes_too(valley: Valley) -> None:
    nino, person = await forgotten(valley)
    async with valley.town.engine.begin() as db:
        await db.execute(outbox.update().values(status="sent"))
    valley.town.clock.forward(timedelta(minutes=11))
    async with valley.town.engine.begin() as db:
        assert await bury_forgotten.sweep(db, valley.town.clock.now(), TBILISI) == 1
        assert await bury_forgotten.sweep(db, valley.town.clock.now(), TBILISI) == 0
    assert await valley.rows(select(addresses).where(addresses.c.external == nino.name)) == []
    payloads = await valley.rows(select(outbox.c.payload).where(outbox.c.person_id == person))
    assert {row.payload for row in payloads} == {'{"text":""}'}


async def test_their_words_are_nowhere_any_more(valley: Valley) -> None:
    nino, _person = await forgotten(valley)
    async with valley.town.engine.begin() as db:
        await db.execute(outbox.update().values(status="sent"))
    valley.town.clock.forward(timedelta(minutes=11))
    async with valley.town.engine.begin() as db:
        await bury_forgotten.sweep(db, valley.town.clock.now(), TBILISI)
    assert [table for table, text in await everything(valley) if SECRET in text or nino.name in text] == []


async def everything(valley: Valley) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for table in metadata.sorted_tables:
        found += [(table.name, _text(row)) for row in await valley.rows(select(table))]
    return found


def _text(row: Any) -> str:
    return " ".join(str(value) for value in row)


async def test_a_repeat_recreates_nothing_and_who_returns_is_a_stranger(valley: Valley) -> None:
    nino = await valley.resident("nino")
    await valley.town.receive("nino", id="once", text="/forget", language="en")
    await valley.town.worker.drain()
    await nino.tap("Yes, erase it all")
    number, rows = len(await nino.messages()), len(await valley.rows(select(inbox)))
    await valley.town.receive("nino", id="once", text="/forget", language="en")
    await valley.town.worker.drain()
    assert (len(await nino.messages()), len(await valley.rows(select(inbox)))) == (number, rows)
    assert "Which language" in (await nino.send("hello")).text
    async with valley.town.engine.begin() as db:
        await db.execute(outbox.update().values(status="sent"))
    valley.town.clock.forward(timedelta(minutes=11))
    async with valley.town.engine.begin() as db:
        await bury_forgotten.sweep(db, valley.town.clock.now(), TBILISI)
    assert "group" in (await nino.tap("English")).text, "their address is theirs again"


async def test_what_waited_for_them_is_not_told(valley: Valley) -> None:
    nino = await valley.resident("nino")
    await valley.poll()  # they will be told by their next turn
    await nino.send("/forget")
    number = len(await nino.messages())
    await nino.tap("Yes, erase it all")
    await valley.town.worker.drain()
    assert len(await nino.messages()) == number + 1


async def test_a_photo_on_its_way_is_not_kept_for_who_is_forgotten_meanwhile(valley: Valley, tmp_path: Path) -> None:
    await valley.resident("nino")
    person = await valley.person("nino")

    class Slow(Post):
        async def fetch(self, ref: str, limit: int) -> bytes:
            async with valley.town.engine.begin() as db:
                await erase(db, person_id=person, now=valley.town.clock.now())
            return b"a list"

    async with valley.town.engine.begin() as db:
        media_id = await _sent(db, person, valley)
    await Bench(valley, tmp_path, Slow()).workshop.drain()
    assert not (tmp_path / media_id).exists()
    assert await valley.rows(select(work.c.id).where(work.c.status != "done")) == []
    assert [row.state for row in await valley.rows(select(media.c.state))] == ["erased"]


async def test_a_photo_that_could_not_be_had_yet_is_not_asked_for_again(valley: Valley, tmp_path: Path) -> None:
    await valley.resident("nino")
    person = await valley.person("nino")

    class Away(Post):
        async def fetch(self, ref: str, limit: int) -> bytes:
            raise ConnectionError

    bench = Bench(valley, tmp_path, Away())
    async with valley.town.engine.begin() as db:
        await _sent(db, person, valley)
    await bench.workshop.once()
    async with valley.town.engine.begin() as db:
        await erase(db, person_id=person, now=valley.town.clock.now())
    await bench.workshop.drain()
    assert await valley.rows(select(work.c.id).where(work.c.status != "done")) == []


async def _sent(db: AsyncConnection, person: int, valley: Valley) -> str:
    now = valley.town.clock.now()
    return await kept_media.keep(
        db, person_id=person, channel="terminal", kind="document", ref="file", mime="text/csv", now=now
    )
