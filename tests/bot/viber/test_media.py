"""Pictures and documents under addresses of ours that need no session, cannot be guessed, and are soon over."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from PIL import Image
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.media_links import DAYS, MediaLinks, Signature
from storage.jsontext import dumps
from storage.tables.people import addresses
from storage.tables.turns import media, outbox
from tests.town import MONDAY_NOON
from tests.viber_town import SIGNATURE, ViberTown

PHOTO, SHEET = "ab" * 16, "cd" * 16


def picture(side: int = 600, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, kind)
    return out.getvalue()


@pytest.fixture
async def folder(town: ViberTown, tmp_path: Path) -> Path:
    common = {"kind": "photo", "state": "ready", "created_at": MONDAY_NOON}
    async with town.engine.begin() as db:
        await db.execute(insert(media), [{**common, "id": PHOTO, "mime": "image/png"}])
        await db.execute(insert(media), [{**common, "id": SHEET, "mime": "text/csv", "name": "answers-1.csv"}])
    (tmp_path / "media" / PHOTO).write_bytes(picture(1400, "PNG"))
    (tmp_path / "media" / SHEET).write_bytes(b"a,b\n")
    return tmp_path / "media"


async def got(url: str) -> tuple[int, bytes, str]:
    async with ClientSession() as session, session.get(url) as response:
        return response.status, await response.read(), response.headers.get("Content-Disposition", "")


async def written(town: ViberTown, edits: int | None = None, **fields: str) -> None:
    """As if a conversation had sent it to the one person there is."""
    async with town.engine.begin() as db:
        row = (await db.execute(addresses.select())).one()
        body = {"text": "Here it is.", **fields}
        raw = body if edits is None else {**body, "edits": edits}
        common = {"lane": 0, "kind": "message", "status": "pending", "created_at": MONDAY_NOON}
        await db.execute(
            insert(outbox).values(
                person_id=row.person_id, seq=90 + len(body["text"]) + len(fields.get("document", "")),
                address_id=row.id, payload=dumps(raw), **common,
            )
        )  # fmt: skip
        await db.execute(update(addresses).values(paused_until=None))
    town.sender.wake()


@pytest.mark.usefixtures("folder")
async def test_a_picture_and_a_document_arrive(town: ViberTown) -> None:
    nino = town.phone("nino==")
    await nino.start()
    await nino.tap("Roads")
    await written(town, photo=PHOTO)
    await nino.wait("Here it is.")
    shown = nino.user.phone.shown[-1]
    assert shown.kind == "picture"
    assert shown.media is not None
    assert Image.open(io.BytesIO(shown.media)).format == "JPEG"
    assert len(shown.media) <= 1_000_000, "an iPhone's Viber takes no more"
    await written(town, document=SHEET)
    before = len(nino.user.phone.shown)
    while len(nino.user.phone.shown) < before + 2:
        assert await town.server.change(10)
    file = nino.user.phone.shown[-2]
    assert (file.kind, file.name, file.media) == ("file", "answers-1.csv", b"a,b\n")


@pytest.mark.usefixtures("folder")
async def test_a_question_drawn_anew_does_not_cost_its_picture_again(town: ViberTown) -> None:
    nino = town.phone("nino==")
    await nino.start()
    await nino.tap("Roads")
    await written(town, text="Which trees?", photo=PHOTO)
    await nino.wait("Which trees?")
    assert nino.user.phone.shown[-1].kind == "picture"
    await written(town, text="Which trees? One is pressed.", photo=PHOTO, edits=90 + len("Which trees?"))
    await nino.wait("One is pressed.")
    assert nino.user.phone.shown[-1].kind == "text"


async def test_a_file_that_was_erased_leaves_the_words(town: ViberTown) -> None:
    nino = town.phone("nino==")
    await nino.start()
    await nino.tap("Roads")
    await written(town, photo="ee" * 16)
    await nino.wait("Here it is.")
    assert nino.user.phone.shown[-1].kind == "text"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_only_the_very_address_opens_it(town: ViberTown, folder: Path, engine: AsyncEngine) -> None:
    file = await MediaLinks(engine, folder, town.address, SIGNATURE).of(PHOTO, picture=True)
    assert file is not None
    assert (await got(file.url))[0] == 200
    status, small, _name = await got(file.small)
    assert status == 200
    assert max(Image.open(io.BytesIO(small)).size) == 400
    assert len(small) <= 100_000
    base, until, signature, name = file.url.rsplit("/", 3)
    assert base.endswith("/media/open")
    for forged in (
        f"{base}/{until}/{signature}/{SHEET}.csv",
        f"{base}/{until}/{signature}/{PHOTO}.small.jpeg",
        f"{base}/{int(until) + 86_400}/{signature}/{name}",
        f"{base}/{until}/{'0' * 40}/{name}",
        f"{base}/{until}/ü/{name}",
        f"{base}/{until}/{signature}/..%2f..%2fmrgvali.key",
        f"{base}/-5/{signature}/{name}",
        f"{base}/{until}/{signature}/{name}x",
    ):
        assert (await got(forged))[0] == 404, forged


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_document_is_handed_over_and_never_shown(town: ViberTown, folder: Path, engine: AsyncEngine) -> None:
    file = await MediaLinks(engine, folder, town.address, SIGNATURE).of(SHEET, picture=False)
    assert file is not None
    assert file.url.endswith(".csv")
    assert await got(file.url) == (200, b"a,b\n", 'attachment; filename="answers-1.csv"')


def test_an_address_is_over_after_two_weeks_and_the_same_for_a_day() -> None:
    now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    first, later = Signature(b"k", lambda: now), Signature(b"k", lambda: now + timedelta(hours=3))
    path = first.path("ab.jpeg")
    assert later.path("ab.jpeg") == path
    until, signature, name = path.rsplit("/", 3)[1:]
    for days, holds in ((0, True), (14, True), (DAYS + 1, False)):
        aged = Signature(b"k", lambda days=days: now + timedelta(days=days))  # type: ignore[misc]
        assert aged.holds(name, int(until), signature) is holds
    assert not Signature(b"another", lambda: now).holds(name, int(until), signature)
