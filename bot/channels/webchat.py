"""The web chat. Nothing is sent to it: the web role reads what the person has not seen yet (bot/web/stream.py)."""

from __future__ import annotations

import asyncio
import math
import mimetypes
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.channels.port import Ack, Envelope, Outcome, Raw, Refused, Target
from conversations.message import Incoming, Media, Outgoing

SAID = ("text", "tap", "start", "location", "photo", "document", "voice")
MOST_FIELDS, LONGEST_NAME, LONGEST_VALUE = 300, 400, 4000  # of a sheet
LONGEST = {"tap": 256, "start": 256, "photo": 64, "document": 64, "voice": 64, "name": 120, "language": 16}


class Malformed(ValueError):
    """A message that the page would never send; the text names the field."""


class WebChat:
    """`media` is the folder of the files that came in over the web."""

    rate = math.inf

    def __init__(self, name: str, media: Path) -> None:
        self.name = name
        self._media = media

    def envelope(self, raw: Raw) -> Envelope:
        try:
            sender, number = str(raw["from"]), str(UUID(str(raw["id"])))
        except KeyError as missing:
            raise Malformed(str(missing)) from None
        # With the sender in it, nobody can use up another's identifier.
        return Envelope(external_id=f"{sender}:{number}", sender=sender)

    def parse(self, raw: Raw) -> Incoming:
        place = raw.get("location")
        return Incoming(
            text=raw.get("text"),
            tap=raw.get("tap"),
            start=raw.get("start"),
            media=_media(raw),
            location=None if place is None else (place[0], place[1]),
            language=raw.get("language"),
            values=raw.get("values"),
            odd=None if raw.keys() & set(SAID) else "unknown",
        )

    async def send(self, target: Target, message: Outgoing) -> Outcome:
        return Refused("The web chat reads its messages itself.")

    async def acknowledge(self, ack: Ack) -> None:
        return None

    async def fetch(self, ref: str, limit: int) -> bytes:
        return await asyncio.to_thread(_read, self._media / Path(ref).name, limit)


def message(body: object, sender: str) -> Raw:
    """What the page posted, with every field checked: {"from", "id", "after", "language"} and what was said."""
    if not isinstance(body, dict):
        raise Malformed("body")
    raw: Raw = {"from": sender, "id": _uuid(body.get("id"))}
    raw["after"] = _count(body.get("after", 0))
    raw |= {name: _short(name, body[name]) for name in ("language", "name") if name in body}
    said = [name for name in SAID if name in body]
    if len(said) != 1 and said not in (["text", "photo"], ["text", "document"]):
        raise Malformed("said")
    if "values" in body and said == ["tap"]:
        raw["values"] = _values(body["values"])
    return raw | {name: _checked(name, body[name]) for name in said}


def _checked(name: str, value: Any) -> Any:
    if name == "location":
        return _place(value)
    if name == "text":
        return _words(name, value)
    return _short(name, value)


def _uuid(value: object) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise Malformed("id") from None


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise Malformed("after")
    return value


def _words(name: str, value: object) -> str:
    """NUL and half characters cannot be stored as text; nobody types them."""
    if not isinstance(value, str):
        raise Malformed(name)
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _values(value: object) -> dict[str, str]:
    """What stands in the fields of a sheet."""
    if not isinstance(value, dict) or len(value) > MOST_FIELDS:
        raise Malformed("values")
    words = {_words("values", name): _words("values", each) for name, each in value.items()}
    if any(len(name) > LONGEST_NAME or len(each) > LONGEST_VALUE for name, each in words.items()):
        raise Malformed("values")
    return words


def _short(name: str, value: object) -> str:
    words = _words(name, value)
    if len(words) > LONGEST[name]:
        raise Malformed(name)
    return words


def _place(value: object) -> list[float]:
    if not isinstance(value, list) or len(value) != 2:
        raise Malformed("location")
    for number, most in zip(value, (90, 180), strict=True):
        if isinstance(number, bool) or not isinstance(number, int | float) or not abs(number) <= most:
            raise Malformed("location")
    return [float(number) for number in value]


def _media(raw: Raw) -> Media | None:
    if "photo" in raw:
        return Media(kind="photo", ref=raw["photo"], mime="image/jpeg")
    if "voice" in raw:
        return Media(kind="voice", ref=raw["voice"], mime=raw.get("mime"))
    if "document" in raw:
        mime, _encoding = mimetypes.guess_type(raw.get("name") or "")
        return Media(kind="document", ref=raw["document"], mime=mime or "text/csv", name=raw.get("name"))
    return None


def _read(path: Path, limit: int) -> bytes:
    if not path.is_file():
        raise ValueError(f"{path.name} is not here.")
    if path.stat().st_size > limit:
        raise ValueError(f"{path.name} is over {limit} bytes.")
    return path.read_bytes()
