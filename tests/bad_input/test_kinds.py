"""What people send instead of an answer: at every kind of question it gets a sentence and the question once more."""

from __future__ import annotations

from typing import Any

import pytest

from conversations.registry import Registry
from tests.bad_input.door import FORWARDED, TelegramDoor
from tests.bad_input.every_question import FILE, Patience
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


async def test_an_edited_message_is_not_taken_for_a_new_answer(patience: Patience) -> None:
    assert all(
        await patience.with_(
            lambda: patience.phone.door.take(patience.phone.message("edited_message", text="25", edit_date=2))
        )
    )
