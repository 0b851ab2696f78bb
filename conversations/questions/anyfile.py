"""A recording, a film or a file of any kind; a photo may come as a picture or as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conversations.message import Incoming, Media
from conversations.questions.attachment import LARGEST, Keep
from conversations.questions.base import Base
from conversations.replay import Answer, Invalid, Redraw, Screen
from locales import _

ENDINGS = {"photo": "jpg", "voice": "ogg"}


@dataclass(slots=True)
class AnyFile(Base):
    """The value is the name of the file: its media id with an ending. `wanted` says what to send."""

    keep: Keep | None = None
    takes: tuple[str, ...] = ("document", "other", "photo", "voice")
    wanted: str = ""
    text_too: bool = False

    async def show(self, draft: Any) -> Screen:
        return Screen(f"{await self.words()}\n\n{self.wanted}")

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        if message.media is None and self.text_too and message.text:
            words = " ".join(message.text.split())[:200]
            return Answer(words, words)
        media = message.media
        if media is None or self.keep is None or media.kind not in self.takes:
            raise Invalid(self.wanted)
        if media.size is not None and media.size > LARGEST:
            raise Invalid(_("That file is too large; I can take {largest} MB.").format(largest=LARGEST // 1_000_000))
        return Answer(f"{await self.keep(media)}.{_ending(media)}", media.name or _("📎 received"))


def _ending(media: Media) -> str:
    own = (media.name or "").rpartition(".")[2].casefold()
    if own.isalnum() and len(own) <= 5 and media.name and "." in media.name:
        return own
    return ENDINGS.get(media.kind, "bin")
