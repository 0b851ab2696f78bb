"""What a form shows and plays beside a question: the picture with it, recordings and films before it."""

from __future__ import annotations

from dataclasses import replace

from conversations.forms.filling import Filling
from conversations.message import Outgoing
from domain.forms import pictured
from domain.forms.asked import Asked, Choice
from domain.forms.plain import plain
from locales import _
from storage.form_media import Kept

HEARD = ("audio/mpeg", "audio/ogg", "audio/mp4")  # what a browser plays inside the talk


def numbered(filling: Filling, asked: Asked) -> Asked:
    """Where all choices stand on one picture, each begins with its number there."""
    if _choices(filling, asked) is None:
        return asked
    known = pictured.choices(filling.form, asked.path, filling.session.language)
    places = {choice.value: number for number, choice in enumerate(known, start=1)}
    return replace(asked, choices=tuple(_with_number(choice, places.get(choice.value)) for choice in asked.choices))


def _with_number(choice: Choice, number: int | None) -> Choice:
    return choice if number is None else replace(choice, label=f"{number}. {plain(choice.label)}".rstrip(". "))


def photo(filling: Filling, asked: Asked) -> str | None:
    """The picture that stands with the question: that of its choices, or else its own."""
    shown = _choices(filling, asked) or _image(filling, asked)
    return shown.media_id if shown else None


def before(filling: Filling, asked: Asked) -> list[Outgoing]:
    """What goes out before the question: its own picture where its choices' stands with it, sounds and films."""
    found = []
    image = _image(filling, asked)
    if image is not None and _choices(filling, asked) is not None:
        found.append(Outgoing("", photo=image.media_id, alt=plain(asked.label), alone=True))
    return [*found, *played(filling, asked)]


def note(filling: Filling, asked: Asked, words: str) -> list[Outgoing]:
    """A note that has a picture or a sound: a message of its own, and what is to be heard."""
    image = _image(filling, asked)
    shown = Outgoing(words, photo=image and image.media_id, alt=plain(asked.label) if image else "", alone=True)
    return [shown, *played(filling, asked)]


def played(filling: Filling, asked: Asked) -> list[Outgoing]:
    words = {"audio": _("🔊 Listen to it"), "video": _("🎬 A film about it")}
    kept = {kind: _file(filling, asked.media.get(kind)) for kind in words}
    return [_playing(filling, words[kind], file) for kind, file in kept.items() if file is not None]


def _playing(filling: Filling, words: str, file: Kept) -> Outgoing:
    """Only where the talk itself can play it, it is no file to open."""
    if filling.sheets and file.mime in HEARD:
        return Outgoing(words, voice=file.media_id, alone=True)
    return Outgoing(words, document=file.media_id, alone=True)


def _image(filling: Filling, asked: Asked) -> Kept | None:
    return _file(filling, asked.media.get("image") or asked.media.get("big-image"))


def _file(filling: Filling, name: str | None) -> Kept | None:
    return filling.media.get((name, "")) if name else None


def _choices(filling: Filling, asked: Asked) -> Kept | None:
    return filling.media.get((asked.path, filling.session.language)) if asked.choices else None
