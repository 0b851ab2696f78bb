"""What we send, in Viber's words: pure functions from a message to the bodies of requests, by viberbot's classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from viberbot.api.messages import FileMessage, PictureMessage, TextMessage

from bot.channels.telegram_request import split
from bot.channels.viber_keyboard import Keyboard, keyboard, needs_version, only_menu
from conversations.message import Outgoing, Rows
from storage.jsontext import dumps

LONGEST_TEXT, LONGEST_CAPTION = 7000, 512
LARGEST = 29_000  # bytes of a request; Viber says 30 kB, and the receiver's name comes on top
LARGEST_FILE = 50 * 1024 * 1024

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Linked:
    """A file of ours under an address that anybody may read for a while; a picture has a small one beside it."""

    url: str
    size: int
    name: str
    small: str | None = None


def bodies(message: Outgoing, picture: Linked | None = None, document: Linked | None = None) -> list[Body]:
    """In order; the last one carries the buttons. Buttons of a question that is over give way to the menu's."""
    rows = message.rows or (only_menu() if message.closes is not None else ())
    limit = LONGEST_TEXT
    while True:
        parts = _bodies(message, rows, picture, document, limit)
        if max(len(dumps(part).encode()) for part in parts) <= LARGEST or limit < 500:
            return parts
        limit //= 2


def _bodies(message: Outgoing, rows: Rows, picture: Linked | None, document: Linked | None, limit: int) -> list[Body]:
    text = _words(message)
    captioned = picture is not None and document is None and len(text) <= LONGEST_CAPTION
    parts: list[Any] = []
    if picture is not None:
        parts.append(PictureMessage(text=text if captioned else "", media=picture.url, thumbnail=picture.small))
    if document is not None:
        parts.append(FileMessage(media=document.url, size=document.size, file_name=document.name))
    if not captioned:
        parts += [TextMessage(text=part) for part in split(text, limit) if part.strip() or not parts]
    made = [_without_none(part.to_dict()) for part in parts]
    if rows:
        made[-1] |= _keys(keyboard(rows, message.page), needs_version(rows))
    return made


def _words(message: Outgoing) -> str:
    """A message on Viber cannot be edited: what was answered stands above what comes next."""
    if message.answered is None or message.closes is None:
        return message.text
    return f"{message.answered}\n\n{message.text}"


def _keys(keys: Keyboard, version: int | None) -> Body:
    return {"keyboard": keys} if version is None else {"keyboard": keys, "min_api_version": version}


def _without_none(body: Body) -> Body:
    return {name: value for name, value in body.items() if value is not None}
