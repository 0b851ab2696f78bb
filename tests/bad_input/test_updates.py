"""Kinds of update that we do not know, and updates that are broken: none stops another, none is played twice."""

from __future__ import annotations

import asyncio
import copy
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from telegram import Update

from bot.channels.telegram_api import Api
from bot.channels.telegram_parse import NotAnUpdate, envelope, keepable, parse
from conversations.message import Incoming
from conversations.registry import Registry
from storage.engine import write_engine
from storage.jsontext import dumps, loads
from storage.tables.all import metadata
from storage.tables.turns import inbox
from tests.bad_input.door import BOT, TOKEN, TelegramDoor
from tests.bad_input.every_question import registry as every_question
from tests.bad_input.unharmed import unharmed, unplayed
from tests.bot.channels.test_telegram_parse import READ
from tests.town import Town

NINO = {"id": 77, "is_bot": False, "first_name": "Nino", "language_code": "en"}
PRIVATE = {"id": 77, "type": "private", "first_name": "Nino"}
GROUP = {"id": -100, "type": "supergroup", "title": "Our group"}
SAID = {"message_id": 5, "date": 1, "chat": PRIVATE, "from": NINO, "text": "Road"}
PHONE = {"contact": {"phone_number": "+995555123456", "first_name": "Vano", "vcard": "TEL:+995555123456"}}
REACTION = {"chat": PRIVATE, "message_id": 3, "user": NINO, "date": 1, "old_reaction": [], "new_reaction": []}
QUERY = {"id": "9", "from": NINO, "chat_instance": "i"}

UNKNOWN: dict[str, dict[str, Any]] = {
    **{f"of the kind {kind}": {kind: {"id": "1", "from": NINO, "user": NINO}} for kind in Update.ALL_TYPES},
    "a reaction": {"message_reaction": REACTION},
    "a business message": {"business_message": {**SAID, "business_connection_id": "b"}},
    "a poll's answer": {"poll_answer": {"poll_id": "1", "user": NINO, "option_ids": [0]}},
    "a post of a channel": {"channel_post": {"message_id": 1, "date": 1, "chat": {**GROUP, "type": "channel"}}},
    "another's membership": {"chat_member": {"chat": GROUP, "from": NINO, "date": 1}},
    "a kind of next year": {"hologram": {"from": NINO, "chat": PRIVATE, "shape": [1, 2, 3]}},
    "nothing at all": {},
    "a message that is a list": {"message": [SAID]},
    "a message that is null": {"message": None},
    "a message without a sender": {"message": {name: SAID[name] for name in ("message_id", "date", "chat")}},
    "a message without a chat": {"message": {"message_id": 5, "from": NINO, "text": "Road"}},
    "a message of a bot": {"message": {**SAID, "from": BOT}},
    "a message in a group": {"message": {**SAID, "chat": GROUP}},
    "a group that was made": {"message": {**SAID, "text": None, "new_chat_members": [BOT]}},
    "a button without its message": {"callback_query": {**QUERY, "data": "1:kind:road"}},
    "a button under an inline message": {"callback_query": {**QUERY, "inline_message_id": "x", "data": "1:kind:road"}},
    "a button of nobody": {"callback_query": {"id": "9", "data": "1:kind:road"}},
    "a member of no status": {"my_chat_member": {"chat": PRIVATE, "from": NINO, "new_chat_member": {"status": []}}},
}


@pytest.fixture
def registry() -> Registry:
    return every_question()


@pytest.mark.parametrize("what", UNKNOWN)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_update_that_we_do_not_know(town: Town, door: TelegramDoor, what: str) -> None:
    nino = door.user()
    await nino.start()
    before = len(await nino.messages())
    await door.take({"update_id": 1, **UNKNOWN[what]}, nino.message(text="Road"))
    assert "Which ones?" in (await nino.last()).text, "the update behind it is played"
    assert len(await nino.messages()) <= before + 2
    await unharmed(town, nino)


async def test_all_of_them_in_one_batch(town: Town, door: TelegramDoor) -> None:
    nino = door.user()
    await nino.start()
    strange = [{"update_id": number, **update} for number, update in enumerate(UNKNOWN.values(), start=1)]
    await door.take(*strange, {"no": "number"}, {"update_id": "x"}, {"update_id": 2**70}, nino.message(text="Road"))
    assert "Which ones?" in (await nino.last()).text
    await unharmed(town, nino)


async def test_a_phone_number_is_kept_of_no_update(town: Town, door: TelegramDoor) -> None:
    kinds = [{kind: {**SAID, **PHONE}} for kind in ("message", "edited_message", "business_message", "channel_post")]
    kinds.append({"callback_query": {**QUERY, "data": "x", "message": {**SAID, "reply_to_message": {**SAID, **PHONE}}}})
    kinds.append({"message": {**SAID, "contact": None, "forward_origin": {"type": "user"}, **PHONE}})
    kinds.append({"message": {**SAID, "shared_contact": PHONE["contact"], "deeper": [{"x": PHONE}]}})
    await door.take(*({"update_id": number, **update} for number, update in enumerate(kinds, start=1)))
    async with town.engine.connect() as db:
        kept = (await db.execute(select(inbox.c.payload))).scalars().all()
    assert len(kept) == len(kinds)
    assert not any("555123456" in payload for payload in kept)


# Anything that JSON can hold, in the place of anything in a real update.
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=-(2**70), max_value=2**70),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["\0", "\ud83d", "private", "/start " + "x" * 9000, "1:kind:!page.x", "9" * 5000]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["id", "text", "chat", "from", "message_id"]), st.integers(), max_size=3),
)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A real update in which up to three places hold something else, or nothing."""
    update: dict[str, Any] = copy.deepcopy(draw(st.sampled_from([raw for raw, _read in READ])))
    for _place in range(draw(st.integers(1, 3))):
        holder: Any = update
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(holder[key], dict | list) and holder[key] and draw(st.booleans()):
                holder = holder[key]
                continue
            if draw(st.booleans()) or isinstance(holder, list):
                holder[key] = draw(JUNK)
            else:
                del holder[key]
            break
    return update


@given(mutated())
@settings(max_examples=1500, deadline=None)
def test_whatever_stands_in_an_update_it_is_read(update: dict[str, Any]) -> None:
    [kept] = keepable([update])
    assert isinstance(parse(loads(dumps(kept))), Incoming)
    with suppress(NotAnUpdate):
        envelope(kept)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@given(updates=st.lists(mutated(), min_size=30, max_size=30))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_an_update_it_is_played(folder: Path, updates: list[dict[str, Any]]) -> None:
    for update in updates:
        if isinstance(update.get("update_id"), int):
            update["update_id"] = next(NUMBERS)
    asyncio.run(_play(folder, updates))


async def _play(folder: Path, updates: list[dict[str, Any]]) -> None:
    engine = write_engine(f"sqlite+aiosqlite:///{folder}/town.db")
    api = Api(TOKEN, "http://127.0.0.1:1")
    try:
        async with engine.begin() as db:
            await db.run_sync(metadata.create_all)
        town = Town(engine, every_question())
        await TelegramDoor.into(town, api, folder).take(*updates)
        assert await unplayed(town) == []
    finally:
        await api.close()
        await engine.dispose()


NUMBERS = count(1)
