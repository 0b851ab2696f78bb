"""The stream of updates that all rivals are given: as Telegram sends it, one JSON text an update.

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
            yield json.dumps({"update_id": number, "message": _message(number, user, step)})


def _message(number: int, user: int, step: int) -> dict[str, Any]:
    message: dict[str, Any] = {
        "message_id": number,
        "date": 1700000000,
        "text": "/start" if step == 0 else f"answer {step}",
        "from": {"id": user, "is_bot": False, "first_name": f"U{user}", "language_code": "uk"},
        "chat": {"id": user, "type": "private", "first_name": f"U{user}"},
    }
    if step == 0:
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": 6}]
    return message
