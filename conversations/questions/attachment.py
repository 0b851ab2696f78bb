"""Answers that are not words: a picture, a recording, a place on the map."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from conversations.message import Button, Incoming, Media
from conversations.questions.base import Base
from conversations.replay import Answer, Invalid, Redraw, Screen
from locales import _

LARGEST = 10_000_000  # bytes
Keep = Callable[[Media], Awaitable[str]]


@dataclass(slots=True)
class Attachment(Base):
    """`takes` names what is accepted; the value is {kind: media id} or {"location": [lat, lon]}.

    `only_phone`: on this channel a place can be sent from a phone only.
    `records`: the channel has no button of its own for recording, so one is shown.
    """

    takes: tuple[str, ...] = ("photo",)
    keep: Keep | None = None
    only_phone: bool = False
    records: bool = False

    async def show(self, draft: Any) -> Screen:
        share = Button(_("📍 Send where I am"), "location", "location")
        if "location" not in self.takes:
            rows = ((Button(_("🎤 Say it"), "voice", "voice"),),) if self.records and "voice" in self.takes else ()
            return Screen(await self.words(), rows)
        gap = _("On a computer Viber sends no place: that takes the phone.")
        words = await self.words()
        return Screen(f"{words}\n\n{gap}" if self.only_phone else words, ((share,),))

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        if message.location is not None and "location" in self.takes:
            return Answer({"location": list(message.location)}, _("📍 place"))
        if message.media is not None:
            return await self._media(message.media)
        raise Invalid(self._wanted())

    async def _media(self, media: Media) -> Answer:
        if media.kind not in self.takes or self.keep is None:
            raise Invalid(self._wanted())
        if media.size is not None and media.size > LARGEST:
            words = _("That file is too large; I can take {largest} MB.")
            if media.kind == "photo":
                words = _("That file has {size} MB; I can take {largest} MB. A smaller picture is enough.")
            raise Invalid(words.format(size=media.size // 1_000_000, largest=LARGEST // 1_000_000))
        value = {media.kind: await self.keep(media)}
        return Answer(value, media.name or self.describe(value))

    def _wanted(self) -> str:
        if "photo" in self.takes and "location" in self.takes:
            return _("Please send a photo or a place.")
        if "document" in self.takes:
            return _("Please send a file.")
        if "photo" in self.takes:
            return _("Please send a photo.")
        return _("Please send a voice message.") if "voice" in self.takes else _("Please send a place.")

    def describe(self, value: Any) -> str | None:
        kinds = {
            "location": _("📍 place"),
            "voice": _("🎤 recording"),
            "document": _("📄 file"),
            "other": _("📄 file"),
            "photo": _("📷 photo"),
        }
        return next(words for kind, words in kinds.items() if kind in value)
