"""Reads Telegram's JSON: only the fields we need, and tolerantly, for a new kind of update must stop nobody."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.channels import telegram_group
from bot.channels.port import Envelope, Raw
from conversations.message import Incoming, Media
from storage.jsontext import dumps, loads

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")

# What a person can send and we can only answer kindly. A GIF also has a document, so these are looked for first.
ODD = (
    "sticker", "animation", "video", "video_note", "audio", "live_photo", "paid_media", "story", "poll", "dice", "game",
    "checklist", "invoice", "gift", "unique_gift", "giveaway",
)  # fmt: skip
PEOPLE_SEND = frozenset((*ODD, "text", "caption", "photo", "voice", "document", "contact", "location", "venue"))
LARGEST_NUMBER = 2**63
PHONE = "phone_number"


class NotAnUpdate(ValueError):
    """Telegram's updates carry an update_id; this does not."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def envelope(raw: Raw) -> Envelope:
    number = raw.get("update_id")
    if number.__class__ is not int:
        raise NotAnUpdate
    return Envelope(str(number), _sender(raw) or telegram_group.sender(raw))


def parse(raw: Raw) -> Incoming:
    if (in_group := telegram_group.parse(raw)) is not None:
        return in_group
    if message := _dict(raw.get("message")):
        return _message(message)
    if callback := _dict(raw.get("callback_query")):
        return _callback(callback)
    if member := _dict(raw.get("my_chat_member")):
        return _member(member)
    if edited := _dict(raw.get("edited_message")):
        return Incoming(odd="edited_message", language=_language(edited))
    return Incoming(odd=next((kind for kind in raw if kind != "update_id"), "nothing"))


def said(raw: Raw, since: datetime) -> str | None:
    """The number of a message that the person wrote, if it is not older."""
    message = _dict(raw.get("message"))
    number, date = message.get("message_id"), message.get("date")
    if number.__class__ is not int or not isinstance(date, int) or date < since.timestamp():
        return None
    return str(number)


def keepable(raws: list[Raw]) -> list[Raw]:
    """As they came, but without phone numbers and what people say to each other in groups, and nothing in them that
    could keep the whole batch from being kept."""
    return [_storable(telegram_group.trimmed(raw)) for raw in raws]


def _storable(raw: Raw) -> Raw:
    """JSON can carry half emoji, endless numbers and depths that no database takes."""
    try:
        text = dumps(raw)
    except (TypeError, ValueError):
        raw = _mended(raw)
        text = dumps(raw)
    return _without_phones(raw) if PHONE in text else raw


def _mended(raw: Raw) -> Raw:
    try:
        mended: Raw = loads(json.dumps(raw, ensure_ascii=False).encode("utf-8", "ignore").decode())
        dumps(mended)
    except (TypeError, ValueError, RecursionError):
        number = raw.get("update_id")
        return {
            "update_id": number if isinstance(number, int) and abs(number) < LARGEST_NUMBER else None,
            "unreadable": True,
        }
    return mended


def _without_phones(value: Any) -> Any:
    """Wherever it stands, a message answered or a kind of next year: of a contact only that there was one is left."""
    if value.__class__ is list:
        return [_without_phones(item) for item in value]
    if value.__class__ is not dict:
        return value
    if PHONE in value:
        return {}
    return {name: _without_phones(item) for name, item in value.items()}


def _sender(raw: Raw) -> str | None:
    """Only private chats have runs; what services and other bots do there is nobody's message."""
    if message := _dict(raw.get("message")):
        return _private(message) if not PEOPLE_SEND.isdisjoint(message) else None
    if callback := _dict(raw.get("callback_query")):
        return _private(_dict(callback.get("message")), callback.get("from"))
    if member := _dict(raw.get("my_chat_member")):
        return _private(member)
    if edited := _dict(raw.get("edited_message")):
        return _private(edited) if "text" in edited else None  # a live location is "edited" as the person walks
    return None


def _private(message: dict[str, Any], who: Any = None) -> str | None:
    chat = _dict(message.get("chat"))
    if chat.get("type") != "private" or chat.get("id").__class__ is not int:
        return None
    return None if _dict(who or message.get("from")).get("is_bot") else str(chat["id"])


def _message(message: dict[str, Any]) -> Incoming:
    language = _language(message)
    if "forward_origin" in message:
        return Incoming(odd="forward", language=language)
    text = message.get("text")
    if text.__class__ is str:
        return _words(_clean(text), language)
    if odd := next((kind for kind in ODD if kind in message), None):
        return Incoming(odd=odd, media=_film(message), language=language)
    return _attached(message, language)


def _words(text: str, language: str | None) -> Incoming:
    if not text.startswith("/"):
        return Incoming(text=text, language=language)
    head, _, rest = text.partition(" ")
    command = head.partition("@")[0]
    if command == "/start":
        return Incoming(start=rest.strip(), language=language)
    return Incoming(text=f"{command} {rest}" if rest else command, language=language)


def _attached(message: dict[str, Any], language: str | None) -> Incoming:
    if "contact" in message:
        return Incoming(shared=True, language=language)
    if place := _place(message.get("location") or _dict(message.get("venue")).get("location")):
        return Incoming(location=place, language=language)
    if media := _media(message):
        return Incoming(text=_text(message.get("caption")), media=media, language=language)
    return Incoming(odd=next((kind for kind in message if kind in PEOPLE_SEND), "unknown"), language=language)


def _media(message: dict[str, Any]) -> Media | None:
    sizes = message.get("photo")
    if sizes.__class__ is list:
        return _file("photo", max(map(_dict, sizes), key=_area, default={}), "image/jpeg")
    if voice := _dict(message.get("voice")):
        return _file("voice", voice, "audio/ogg")
    return _file("document", _dict(message.get("document")), None)


def _film(message: dict[str, Any]) -> Media | None:
    """What only a form may have asked for."""
    found = (_dict(message.get(kind)) for kind in ("video", "video_note", "audio"))
    return next((media for file in found if file and (media := _file("other", file, None))), None)


def _file(kind: Any, file: dict[str, Any], mime: str | None) -> Media | None:
    ref = _text(file.get("file_id"))
    if ref is None:
        return None
    mime = _text(file.get("mime_type")) or mime
    return Media(kind, ref, size=_whole(file.get("file_size")), mime=mime, name=_text(file.get("file_name")))


def _area(size: dict[str, Any]) -> int:
    return (_whole(size.get("width")) or 0) * (_whole(size.get("height")) or 0)


def _place(location: Any) -> tuple[float, float] | None:
    place = _dict(location)
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180  # false for NaN, which JSON in Python lets through
    return (float(latitude), float(longitude)) if on_earth else None


def _callback(callback: dict[str, Any]) -> Incoming:
    tap, callback_id, language = _text(callback.get("data")), _text(callback.get("id")), _language(callback)
    if tap is None:
        return Incoming(odd="callback_query", callback=callback_id, language=language)
    return Incoming(tap=tap, callback=callback_id, language=language)


def _member(member: dict[str, Any]) -> Incoming:
    status = _dict(member.get("new_chat_member")).get("status")
    return Incoming(left=status in ("kicked", "left"), language=_language(member))


def _language(message: dict[str, Any]) -> str | None:
    code = _dict(message.get("from")).get("language_code")
    return _clean(code).partition("-")[0].lower() or None if code.__class__ is str else None


def _dict(value: Any) -> dict[str, Any]:
    return value if value.__class__ is dict else {}


def _text(value: Any) -> str | None:
    return _clean(value) or None if value.__class__ is str else None


def _whole(value: Any) -> int | None:
    return value if value.__class__ is int else None


def _clean(text: str) -> str:
    """Without NUL and half emoji: JSON can carry both, no database takes them."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    return text.encode("utf-8", "ignore").decode().replace("\x00", "")
