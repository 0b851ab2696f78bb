"""A line or an area: several places, sent one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conversations import tap
from conversations.message import Button, Incoming
from conversations.questions.base import Base
from conversations.replay import Answer, Invalid, Redraw, Screen
from locales import _, ngettext

MOST = 200


@dataclass(slots=True)
class Path(Base):
    """The value is a list of [latitude, longitude]; `least` points at least."""

    least: int = 2

    async def show(self, draft: Any) -> Screen:
        count = len((draft or {}).get("points", []))
        share = Button(_("📍 Send where I am"), "location", "location")
        rows: tuple[tuple[Button, ...], ...] = ((share,),)
        said = _("Send the places one after the other.")
        if count:
            said = ngettext("{count} place so far.", "{count} places so far.", count).format(count=count)
        if count >= self.least:
            rows += ((self.button(_("Done ({count})").format(count=count), tap.DONE),),)
        return Screen(f"{await self.words()}\n\n{said}", rows)

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw:
        points = list((draft or {}).get("points", []))
        if message.location is not None and len(points) < MOST:
            return Redraw({"points": [*points, list(message.location)]})
        if self.tapped(message) != tap.DONE:
            raise Invalid(_("Please send a place."))
        if len(points) < self.least:
            raise Invalid(_("Please send at least {count} places.").format(count=self.least))
        return Answer(points, _("📍 {count} places").format(count=len(points)))
