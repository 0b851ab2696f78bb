"""Somebody says it instead of writing: one named member listens, the speaker confirms, the recording goes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from domain.people import Role
from scheduler import voices as sweep
from storage.tables.polls import needs
from storage.tables.roles import roles
from storage.tables.turns import media
from storage.tables.voices import listeners, voices
from tests.stories.test_neighbour import number
from tests.stories.valley import Valley
from tests.stories.workshop import Bench
from tests.town import TBILISI, Phone, Shown

HEARD = "The bridge shakes"


@pytest.fixture
async def bench(valley: Valley, tmp_path: Path) -> Bench:
    await valley.poll()
    return Bench(valley, tmp_path / "media")


async def listener(valley: Valley) -> Phone:
    """Lali is named by Mariam, and agrees."""
    mariam = await valley.member("mariam", Role.LEADER)
    lali = await valley.member("lali")
    await mariam.send("/menu")
    await mariam.tap("Groups and invitations")
    await mariam.tap("Who listens")
    await mariam.tap("2. ")
    assert "Do you agree?" in (await lali.last()).text
    await lali.tap("Yes, I listen")
    await lali.send("Lali")
    return lali


async def asked(valley: Valley, name: str = "nino") -> Phone:
    nino = await valley.resident(name)
    await nino.send("/menu")
    await nino.tap("What does my village need")
    await nino.tap("Roads")
    return nino


async def say(bench: Bench, phone: Phone, content: bytes = b"OggS sound", size: int | None = None) -> Shown:
    ref = f"voice-{len(bench.post.files)}"
    bench.post.files[ref] = content
    kind = {"kind": "voice", "ref": ref, "size": len(content) if size is None else size, "mime": "audio/ogg"}
    return await phone.act(media=kind)


async def finish(bench: Bench, phone: Phone) -> None:
    for label in ("Women", "Go on without", "that is all"):
        await phone.tap(label)
    await bench.work(phone)


async def said(bench: Bench) -> tuple[Phone, Phone]:
    lali, nino = await listener(bench.valley), await asked(bench.valley)
    assert "Lali of your group" in (await nino.last()).text, "told before"
    await say(bench, nino)
    await finish(bench, nino)
    return lali, nino


async def files(bench: Bench) -> list[str]:
    """What is left of recordings, after the workshop has done its work."""
    await bench.workshop.drain()
    return [path.name for path in bench.folder.iterdir()]


async def words(bench: Bench) -> list[str | None]:
    return [row.words for row in await bench.valley.rows(select(needs.c.words))]


async def test_said_heard_typed_confirmed_and_deleted(bench: Bench) -> None:
    lali, nino = await said(bench)
    assert await words(bench) == [None]
    assert len(await files(bench)) == 1
    assert any(message.raw.get("voice") for message in await lali.messages())
    assert "says whether it is right" in (await lali.send(HEARD)).text
    bench.valley.town.worker = bench.valley.town.new_worker()
    assert f"“{HEARD}”" in (await nino.last()).text
    assert await words(bench) == [None], "nobody's words before the yes"
    assert "The recording is deleted" in (await nino.tap("Yes, that is right")).text
    assert await words(bench) == [HEARD]
    assert await files(bench) == []
    [file] = await bench.valley.rows(select(media.c.state, media.c.ref).where(media.c.kind == "voice"))
    assert (file.state, file.ref) == ("erased", None)
    assert (await lali.last()).raw["removes"], "it goes from the listener's screen too"


async def test_said_again_or_written(bench: Bench) -> None:
    lali, nino = await said(bench)
    await lali.send("The fridge shakes")
    await nino.tap("I say it again")
    await say(bench, nino)
    await bench.work(nino)
    assert len(await files(bench)) == 1, "the first one is gone"
    await lali.send("The ridge shakes")
    await nino.tap("I write it")
    await nino.send(HEARD)
    assert await words(bench) == [HEARD]
    assert await files(bench) == []


async def test_where_nobody_listens_it_is_kindly_refused(bench: Bench) -> None:
    nino = await asked(bench.valley)
    assert "🎤" not in (await nino.last()).text
    assert "Please write it" in (await say(bench, nino)).text
    assert "Who suffers" in (await nino.send(HEARD)).text


@pytest.mark.parametrize(("size", "answer"), [(0, "nothing to hear"), (20_000_000, "too long")])
async def test_empty_and_endless_recordings(bench: Bench, size: int, answer: str) -> None:
    await listener(bench.valley)
    nino = await asked(bench.valley)
    assert answer in (await say(bench, nino, size=size)).text
    assert await bench.valley.rows(select(media)) == []


async def test_a_listener_who_leaves_hears_nothing_more(bench: Bench) -> None:
    lali, nino = await said(bench)
    ended = update(roles).where(roles.c.person_id == await bench.valley.person("lali"))
    async with bench.valley.town.engine.begin() as db:
        await db.execute(ended.values(ended_at=bench.valley.town.clock.now()))
    assert "Only those who were asked" in (await lali.send(HEARD)).text
    await swept(bench)
    assert "could not be heard" in (await nino.last()).text
    await nino.tap("I write it")
    await nino.send(HEARD)
    assert await words(bench) == [HEARD]
    assert await files(bench) == []


async def swept(bench: Bench, after: timedelta = timedelta()) -> None:
    town = bench.valley.town
    town.clock.forward(after)
    async with town.engine.begin() as db:
        await sweep.sweep(db, town.clock.now(), TBILISI)
    await town.worker.drain()


async def test_after_fourteen_days_it_is_gone(bench: Bench) -> None:
    lali, nino = await said(bench)
    await swept(bench, timedelta(days=15))
    assert await files(bench) == []
    assert "could not be heard" in (await nino.last()).text
    assert await words(bench) == [None]
    await lali.send("/menu")
    assert not any("recording" in label for label, _data in (await lali.last()).buttons)


async def test_what_was_typed_stands_when_the_speaker_says_nothing(bench: Bench) -> None:
    lali, _nino = await said(bench)
    await lali.send(HEARD)
    await swept(bench, timedelta(days=15))
    assert await words(bench) == [HEARD]


async def test_on_a_shared_phone_the_slip_confirms(bench: Bench) -> None:
    lali = await listener(bench.valley)
    nino = await bench.valley.resident("nino")
    await nino.send("/menu")
    for label in ("Another person", "Yes, I agree", "Yes, I am", "Roads"):
        await nino.tap(label)
    await say(bench, nino)
    await finish(bench, nino)
    await nino.tap("Woman")
    await nino.tap("60+")
    code = await number(nino)
    await bench.work(nino)
    await lali.send(HEARD)
    assert HEARD not in "\n".join(await nino.texts()), "not shown to whose phone it is"
    friend = await bench.valley.town.phone("friend")
    assert HEARD in (await friend.start(f"s{code}")).text
    await friend.tap("Yes, that is right")
    assert await words(bench) == [HEARD]


async def test_a_speaker_who_is_forgotten_takes_it_along(bench: Bench) -> None:
    lali, nino = await said(bench)
    await nino.send("/forget")
    await nino.tap("Yes, erase it all")
    assert await files(bench) == []
    assert "no longer" in (await lali.send(HEARD)).text
    [row] = await bench.valley.rows(select(voices))
    assert (row.speaker_id, row.words) == (None, None)


async def test_a_listener_who_is_forgotten(bench: Bench) -> None:
    lali, nino = await said(bench)
    await lali.send("/forget")
    await lali.tap("Yes, erase it all")
    await swept(bench)
    assert "could not be heard" in (await nino.last()).text
    assert [row.name for row in await bench.valley.rows(select(listeners.c.name))] == [None]


async def test_a_file_that_cannot_be_had(bench: Bench) -> None:
    await listener(bench.valley)
    nino = await asked(bench.valley)
    await say(bench, nino)
    bench.post.files.clear()
    await finish(bench, nino)
    assert "could not be heard" in "\n".join(await nino.texts())
