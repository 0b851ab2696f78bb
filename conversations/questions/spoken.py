"""Words, or a recording of them, which a listener whom the group named will type."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.message import Button, Incoming, Media
from conversations.questions.attachment import LARGEST, Keep
from conversations.questions.typed import Text
from conversations.replay import Answer, Invalid, Redraw, Screen
from locales import _

Find = Callable[[AsyncConnection], Awaitable[Any]]


@dataclass(slots=True)
class Spoken(Text):
    """The value is the words, or {"voice": media id, "listener": person id, "name": theirs}.

    `records`: the channel has no button of its own for recording, so one is shown.
    """

    find: Find | None = None
    keep: Keep | None = None
    records: bool = False

    async def show(self, draft: Any) -> Screen:
        listener = await self._listener()
        words = await self.words()
        if listener is None:
            return Screen(words)
        offer = _(
            "🎤 You may also say it, as a voice message: {name} of your group listens to it and types it, you look "
            "whether it is right, and the recording is deleted."
        ).format(name=listener.name)
        rows = ((Button(_("🎤 Say it"), "voice", "voice"),),) if self.records else ()
        return Screen(f"{words}\n\n{offer}", rows)

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        if message.media is not None and message.media.kind == "voice":
            return await self._said(message.media)
        return await Text.accept(self, message, draft)

    async def _said(self, media: Media) -> Answer:
        listener = await self._listener()
        if listener is None or self.keep is None:
            raise Invalid(
                _("Nobody in your group listens to recordings yet. Please write it, or ask a member to do it.")
            )
        if media.size == 0:
            raise Invalid(_("There is nothing to hear in it. Please say it once more, or write it."))
        if media.size is not None and media.size > LARGEST:
            raise Invalid(_("That is too long for me. Please say it in a few minutes, or write it."))
        return Answer(
            {"voice": await self.keep(media), "listener": listener.person_id, "name": listener.name},
            _("🎤 recording"),
        )

    async def _listener(self) -> Any:
        return None if self.find is None else await self.find(await self.open())

    def describe(self, value: Any) -> str | None:
        return _("🎤 recording") if isinstance(value, dict) else str(value)
