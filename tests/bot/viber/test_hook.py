"""Callbacks that are unsigned, wrongly signed, repeated, reordered, late or unknown; and a database that is away."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import func, select
from viberbot import Api as Vendor
from viberbot import BotConfiguration

from bot.channels.viber import Viber
from storage.tables.people import addresses
from storage.tables.turns import inbox, outbox, runs
from tests.bot.post import eventually
from tests.fakes.viber_server import TOKEN, Server
from tests.viber_town import ViberTown


async def counted(town: ViberTown, what: Any, *conditions: Any) -> int:
    async with town.engine.connect() as db:
        return int((await db.execute(select(func.count()).select_from(what).where(*conditions))).scalar_one())


@pytest.mark.parametrize("signature", ["", "0" * 64, "ü", "wrong"])
async def test_what_viber_has_not_signed_is_not_heard(town: ViberTown, signature: str) -> None:
    nino = town.server.phone("nino==")
    for callback in (nino.message(type="text", text="Hello"), nino.opens()):
        assert (await town.server.post(callback, signature=signature.encode().decode("latin-1"))).status == 403
    assert await counted(town, inbox) == 0


async def test_a_signature_belongs_to_its_body_and_to_our_token(town: ViberTown) -> None:
    nino = town.server.phone("nino==")
    other = json.dumps(nino.opens()).encode()
    callback = nino.message(type="text", text="Hello")
    assert (await town.server.post(callback, signature=town.server.sign(other))).status == 403
    stolen = town.server.sign(json.dumps(callback).encode(), "another-token")
    assert (await town.server.post(callback, signature=stolen)).status == 403
    assert (await town.server.post(callback)).status == 200


@pytest.mark.parametrize("body", [b"", b"{}", b'{"event":"message"}', "სოფელი".encode()])
def test_the_signature_is_the_one_that_viberbot_checks(viber: Viber, body: bytes) -> None:
    vendor = Vendor(BotConfiguration(auth_token=TOKEN, name="m", avatar=None))
    signature = Server().sign(body)
    assert vendor.verify_signature(body, signature)
    assert viber.signed(body, signature)
    assert not viber.signed(body + b" ", signature)


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b'{"event": 5}', b'{"a": 1}', b"[" * 20_000, b"\xff\xfe"])
async def test_what_is_no_callback_is_refused_and_harms_nobody(town: ViberTown, body: bytes) -> None:
    headers = {"X-Viber-Content-Signature": town.server.sign(body)}
    async with (
        ClientSession() as session,
        session.post(f"{town.address}/viber/webhook", data=body, headers=headers) as response,
    ):
        assert response.status == 400
    assert (await town.phone("nino==").start()).text.startswith("Welcome!")


async def test_what_is_too_large_is_refused(town: ViberTown) -> None:
    async with (
        ClientSession() as session,
        session.post(f"{town.address}/viber/webhook", data=io.BytesIO(b"x" * 1_100_000)) as response,
    ):
        assert response.status == 413


async def test_a_repeat_is_one_message(town: ViberTown) -> None:
    nino = town.phone("nino==")
    await nino.start()
    await nino.tap("Roads")
    callback = nino.user.message(type="text", text="Skip")
    for _time in range(3):
        assert (await town.server.post(callback)).status == 200
    await asyncio.gather(*(town.server.post(callback) for _time in range(5)))
    await nino.wait("In your words?")
    assert await counted(town, inbox, inbox.c.external_id.contains(str(callback["message_token"]))) == 1
    assert sum("In your words?" in text for text in await nino.texts()) == 1


async def test_a_repeated_opening_gets_the_same_welcome(town: ViberTown) -> None:
    nino = town.server.phone("nino==")
    opened = nino.opens("vgremi")
    first = await town.server.post(opened)
    assert json.loads(first.body)["text"] == "Welcome!\n\nWhat kind is it?"
    for answered in await asyncio.gather(*(town.server.post(opened) for _time in range(4))):
        assert answered == first
    assert await counted(town, outbox) == 1
    assert await counted(town, runs) == 1
    await town.server.call({**opened}, "nino==")
    phone = town.phone("nino==")
    await phone.tap("Roads")
    assert await town.server.post(opened) == first, "however late it comes"
    assert (await phone.last()).text.startswith("✓ Roads")


async def test_two_openings_at_once(town: ViberTown) -> None:
    nino = town.server.phone("nino==")
    answers = await asyncio.gather(*(town.server.post(nino.opens()) for _time in range(6)))
    assert {answered.status for answered in answers} == {200}
    assert await counted(town, addresses) == 1
    assert await counted(town, runs) == 1


async def test_a_first_message_that_overtakes_the_opening_and_the_subscription(town: ViberTown) -> None:
    nino = town.phone("nino==")
    opened = nino.user.opens()
    subscribed = {"event": "subscribed", "user": nino.user.who, "timestamp": 5, "message_token": 77}
    nino.user.phone.subscribed = True
    assert (await nino.send("Hello")).text.startswith("Welcome!")
    assert (await town.server.post(opened)).status == 200
    assert (await town.server.post(subscribed)).status == 200
    assert (await nino.tap("Roads")).text.startswith("✓ Roads")
    assert await counted(town, runs) == 1


UNKNOWN: dict[str, dict[str, Any]] = {
    "of next year": {"event": "hologram", "user": {"id": "nino=="}},
    "a payment": {"event": "client_status", "status": {"code": 0}, "user": {"id": "nino=="}},
    "nobody's": {"event": "message", "message": {"type": "text", "text": "Hello"}},
    "of a list": {"event": "message", "sender": [], "message": {"type": "text", "text": "Hello"}},
    "without a message": {"event": "message", "sender": {"id": "nino=="}},
    "without a type": {"event": "message", "sender": {"id": "nino=="}, "message": {"text": "Hello"}},
    "of a new type": {"event": "message", "sender": {"id": "nino=="}, "message": {"type": "smell"}},
    "half an emoji": {"event": "message", "sender": {"id": "nino=="}, "message": {"type": "text", "text": "\ud83d"}},
    "a nul": {"event": "message", "sender": {"id": "nino=="}, "message": {"type": "text", "text": "a\0b"}},
    "nowhere": {"event": "message", "sender": {"id": "n=="}, "message": {"type": "location", "location": {"lat": 200}}},
    "an endless number": {"event": "message", "sender": {"id": "n=="}, "message": {"type": "text", "size": 10**400}},
    "an id without end": {"event": "message", "sender": {"id": "x" * 5000}, "message": {"type": "text", "text": "Hi"}},
    "a receipt of nothing": {"event": "delivered", "user_id": "nino==", "message_token": 4},
    "a failure of nobody": {"event": "failed", "message_token": 4, "udid": None},
    "a token that is a list": {"event": "seen", "user_id": "nino==", "message_token": [1]},
}


@pytest.mark.parametrize("what", UNKNOWN)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_callback_that_we_do_not_know_stops_nobody(town: ViberTown, what: str) -> None:
    callback = {"timestamp": 5, "message_token": 6, **UNKNOWN[what]}
    assert (await town.server.post(callback)).status == 200
    gia = town.phone("gia==")
    assert (await gia.start()).text.startswith("Welcome!")
    assert (await gia.tap("Roads")).text.startswith("✓ Roads")

    async def played() -> bool:
        return await counted(town, inbox, inbox.c.status == "new") == 0

    await eventually(played)
    assert await counted(town, inbox, inbox.c.status == "parked") == 0


async def test_all_of_them_at_once(town: ViberTown) -> None:
    callbacks = [{"timestamp": 5, "message_token": 6 + at, **what} for at, what in enumerate(UNKNOWN.values())]
    answers = await asyncio.gather(*map(town.server.post, callbacks))
    assert {answered.status for answered in answers} == {200}


async def test_names_faces_and_phone_numbers_are_not_kept(town: ViberTown) -> None:
    nino = town.phone("nino==")
    await nino.start()
    contact = {"name": "Vano", "phone_number": "+995555123456", "avatar": "https://face.example"}
    nino.user.say(type="contact", contact=contact)
    assert "I need no phone numbers" in (await nino.wait("I need no phone")).text
    async with town.engine.connect() as db:
        kept = "".join((await db.execute(select(inbox.c.payload))).scalars())
    assert not any(part in kept for part in ("Vano", "995555", "Nino", "avatar"))


async def test_nothing_is_acknowledged_while_the_database_is_away(
    town: ViberTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object) -> None:
        raise OSError("disk full")

    nino = town.server.phone("nino==")
    with monkeypatch.context() as broken:
        broken.setattr(type(town.engine), "begin", away)
        for callback in (nino.message(type="text", text="Hello"), nino.opens(), {"event": "seen", "user_id": "n"}):
            assert (await town.server.post(callback)).status == 503
    assert (await town.phone("nino==").start()).text.startswith("Welcome!")


async def test_a_link_that_was_opened_from_a_button_is_nobodys_answer(town: ViberTown) -> None:
    nino = town.phone("nino==")
    await nino.start()
    await nino.tap("Roads")
    await nino.tap("Skip")
    opened = nino.user.message(type="text", text="https://needs.example.ge/chat#mrgvali")
    assert (await town.server.post(opened)).status == 200
    assert "Thank you" in (await nino.send("A dry tap")).text
