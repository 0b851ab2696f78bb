"""What Telegram sends us, one JSON text an update, and the stream of the rivals' dialogue.

Everybody is at step k before anybody is at step k+1, so that all dialogues are open at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

STEPS = 8


def updates(users: int) -> Iterator[str]:
    """/start and eight typed answers for each user."""
    number = 0
    for step in range(STEPS + 1):
        for user in range(1, users + 1):
            number += 1
            yield typed(number, user, "/start" if step == 0 else f"answer {step}")


def typed(number: int, user: int, text: str) -> str:
    message = {"message_id": number, "date": 1700000000, "text": text, "from": _person(user), "chat": _chat(user)}
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    return json.dumps({"update_id": number, "message": message})


def tapped(number: int, user: int, data: str) -> str:
    """A button under a message of ours."""
    ours = {"message_id": number, "date": 1700000000, "text": "…", "from": _bot(), "chat": _chat(user)}
    callback = {"id": str(number), "from": _person(user), "message": ours, "chat_instance": "1", "data": data}
    return json.dumps({"update_id": number, "callback_query": callback})


def _person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": f"U{user}", "language_code": "uk"}


def _bot() -> dict[str, Any]:
    return {"id": 1, "is_bot": True, "first_name": "b", "username": "b_bot"}


def _chat(user: int) -> dict[str, Any]:
    return {"id": user, "type": "private", "first_name": f"U{user}"}
