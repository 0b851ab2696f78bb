"""What people send instead of an answer: at every kind of question it gets a sentence and the question once more."""

from __future__ import annotations

from typing import Any

import pytest

from conversations.registry import Registry
from tests.bad_input.door import FORWARDED, TelegramDoor
from tests.bad_input.every_question import FILE, Patience, kind
from tests.bad_input.every_question import registry as every_question
from tests.town import Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here is the database's
VIDEO = {**FILE, "duration": 1, "width": 1, "height": 1}
STRANGE: dict[str, dict[str, Any]] = {
    "sticker": {"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "emoji": "👍"}},
    "gif": {"animation": VIDEO, "document": FILE},
    "video": {"video": VIDEO},
    "video note": {"video_note": {**FILE, "duration": 1, "length": 1}},
    "song": {"audio": {**FILE, "duration": 1}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "poll": {"poll": {"id": "1", "question": "?", "options": []}},
    "story": {"story": {"id": 1, "chat": {"id": 1, "type": "channel"}}},
    "game": {"game": {"title": "x", "description": "x", "photo": []}},
    "gift": {"gift": {}},
    "checklist": {"checklist": {"title": "x", "tasks": []}},
    "forwarded post": {"text": "Read this, everybody!", "forward_origin": FORWARDED},
    "forwarded photo": {"photo": [{**FILE, "width": 9, "height": 9}], "forward_origin": FORWARDED},
    "contact": {"contact": {"phone_number": "+995555123456", "first_name": "Vano"}},
    "photo without a file": {"photo": []},
    "place beyond the earth": {"location": {"latitude": 95.0, "longitude": 500.0}},
}


@pytest.fixture
def registry() -> Registry:
    return every_question()


@pytest.fixture
def patience(town: Town, door: TelegramDoor) -> Patience:
    return Patience(town, door.user())


@pytest.mark.parametrize("what", STRANGE)
async def test_at_every_question(patience: Patience, what: str) -> None:
    phone = patience.phone
    assert all(await patience.with_(lambda: phone.act(**STRANGE[what])))


async def test_what_no_question_waits_for_is_named(patience: Patience) -> None:
    for what, words in (("forwarded post", "own words"), ("contact", "no phone numbers")):
        heard = await patience.with_(kind(patience.phone, **STRANGE[what]))
        assert all(words in said for said in heard)
        heard.clear()
    unknown = await patience.with_(kind(patience.phone, text="/destroy everything"))
    assert all("do not know that command" in said for said in unknown)


async def test_an_edited_message_is_not_taken_for_a_new_answer(patience: Patience) -> None:
    phone = patience.phone
    heard = await patience.with_(lambda: phone.door.take(phone.message("edited_message", text="25", edit_date=2)))
    assert all("what you wrote first" in said for said in heard)
