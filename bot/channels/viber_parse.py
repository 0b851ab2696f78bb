"""Reads Viber's callbacks: viberbot's classes for what they know, and tolerantly, for a new kind must stop nobody."""

from __future__ import annotations

import json
import mimetypes
from typing import Any

from viberbot.api.messages import (
    ContactMessage,
    FileMessage,
    LocationMessage,
    PictureMessage,
    TextMessage,
    URLMessage,
    get_message,
)

from bot.channels.port import Envelope, Raw
from bot.channels.viber_keyboard import OPENED, PRESSED
from conversations.message import Incoming, Media, MediaKind
from storage.jsontext import dumps, loads

STARTED, MESSAGE, SUBSCRIBED, UNSUBSCRIBED = "conversation_started", "message", "subscribed", "unsubscribed"
SPOKEN = {STARTED, MESSAGE, SUBSCRIBED, UNSUBSCRIBED}
RECEIPTS = {"delivered", "seen", "failed"}
PRIVATE = {"name", "avatar", "phone_number", "primary_device_os", "device_type", "mcc", "mnc", "country"}
LONGEST_ID, LONGEST_CONTEXT = 128, 256


class NotACallback(ValueError):
    """Viber's callbacks carry an event and a token; this does not."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def envelope(raw: Raw) -> Envelope:
    """A repeat is the same event with the same token for the same person; without a token, at the same moment."""
    event, user = raw.get("event"), user_of(raw)
    token = raw.get("message_token") or raw.get("timestamp")
    if event.__class__ is not str or not isinstance(token, int | str) or isinstance(token, bool):
        raise NotACallback
    sender = user if event in SPOKEN and not _opened_link(raw) else None
    return Envelope(f"{event}:{token}:{user or ''}"[:200], sender)


def user_of(raw: Raw) -> str | None:
    """Whom it is about, wherever that stands in this kind of callback."""
    user = raw.get("user_id") or _dict(raw.get("sender")).get("id") or _dict(raw.get("user")).get("id")
    return user if user.__class__ is str and 0 < len(user) <= LONGEST_ID and "\0" not in user else None


def parse(raw: Raw) -> Incoming:
    event = raw.get("event")
    if event == MESSAGE:
        return _message(_dict(raw.get("message")), _language(raw))
    if event == STARTED:
        context = raw.get("context")
        start = _clean(context)[:LONGEST_CONTEXT].strip() if context.__class__ is str else ""
        return Incoming(start=start, language=_language(raw))
    if event in {SUBSCRIBED, UNSUBSCRIBED}:
        return Incoming(left=event == UNSUBSCRIBED, language=_language(raw))
    return Incoming(odd=str(event))


def keepable(raw: Raw) -> Raw:
    """As it came, but without names, faces and phone numbers, and nothing in it that no database takes."""
    kept: Raw = _without_private(_storable(raw))
    return kept


def _storable(raw: Raw) -> Raw:
    try:
        dumps(raw)
    except (TypeError, ValueError):
        try:
            mended: Raw = loads(json.dumps(raw, ensure_ascii=False).encode("utf-8", "ignore").decode())
            dumps(mended)
        except (TypeError, ValueError, RecursionError):
            return {"event": "unreadable", "message_token": _token(raw)}
        return mended
    return raw


def _token(raw: Raw) -> int:
    token = raw.get("message_token")
    return token if isinstance(token, int) and abs(token) < 2**63 else 0


def _without_private(value: Any) -> Any:
    if value.__class__ is list:
        return [_without_private(item) for item in value]
    if value.__class__ is not dict:
        return value
    return {name: _without_private(item) for name, item in value.items() if name not in PRIVATE}


def _message(message: dict[str, Any], language: str | None) -> Incoming:
    try:
        read = get_message(message)
    except Exception:  # viberbot raises whatever comes to hand for a type or a shape that it does not know
        return Incoming(odd=str(message.get("type")), language=language)
    match read:
        case TextMessage(text=str(text)):
            return _words(_clean(text), language)
        case URLMessage(media=str(address)):
            return Incoming(text=_clean(address), language=language)
        case LocationMessage() if place := _place(message.get("location")):
            return Incoming(location=place, language=language)
        case ContactMessage():
            return Incoming(shared=True, language=language)
    return _attached(read, message, language)


def _attached(read: Any, message: dict[str, Any], language: str | None) -> Incoming:
    address = _text(getattr(read, "media", None))
    if isinstance(read, PictureMessage) and address:
        media = Media("photo", address, size=_whole(message.get("size")), mime="image/jpeg")
        return Incoming(text=_text(read.text), media=media, language=language)
    if isinstance(read, FileMessage) and address:
        kind: MediaKind = "voice" if _recorded(read.file_name) else "document"
        media = Media(kind, address, size=_whole(read.size), name=_text(read.file_name))
        return Incoming(media=media, language=language)
    film = Media("other", address, size=_whole(message.get("size")), mime="video/mp4") if address else None
    return Incoming(odd=str(message.get("type")), media=film, language=language)


def _recorded(name: Any) -> bool:
    """Viber's own voice messages do not reach a bot; a recording may come as a file."""
    return (mimetypes.guess_type(_text(name) or "")[0] or "").startswith("audio/")


def _words(text: str, language: str | None) -> Incoming:
    pressed = text.removeprefix(PRESSED)
    if pressed == text:
        return Incoming(text=text, language=language)
    if pressed.startswith("/"):
        return Incoming(text=pressed, language=language)
    return Incoming(tap=pressed[:256], language=language)


def _opened_link(raw: Raw) -> bool:
    """Opening a link from a button is reported as if it had been written: it is nobody's answer."""
    text = _dict(raw.get("message")).get("text")
    return text.__class__ is str and text.endswith(OPENED) and "://" in text


def _place(location: Any) -> tuple[float, float] | None:
    place = _dict(location)
    try:
        lat, lon = float(place["lat"]), float(place["lon"])
    except (KeyError, TypeError, ValueError):
        return None
    on_earth = -90 <= lat <= 90 and -180 <= lon <= 180  # false for NaN, which JSON in Python lets through
    return (lat, lon) if on_earth else None


def _language(raw: Raw) -> str | None:
    code = _dict(raw.get("sender")).get("language") or _dict(raw.get("user")).get("language")
    return _clean(code).partition("-")[0].lower()[:8] or None if code.__class__ is str else None


def _dict(value: Any) -> dict[str, Any]:
    return value if value.__class__ is dict else {}


def _text(value: Any) -> str | None:
    return _clean(value) or None if value.__class__ is str else None


def _whole(value: Any) -> int | None:
    return value if value.__class__ is int else None


def _clean(text: str) -> str:
    """Without NUL and half emoji: JSON can carry both, no database takes them."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")
