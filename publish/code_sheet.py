"""The slips that a group hands out, one for each home: an A4 sheet of codes to cut apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from domain import codes
from domain.refusal import Refused
from locales import _, current, use
from publish import day_words, paper, qr
from storage import household_codes, places, polls
from storage.household_codes import Made
from storage.places import Place


@dataclass(frozen=True, slots=True)
class Slips:
    """`link` is what the QR picture leads to, up to where the code follows; without one there are digits only."""

    made: Sequence[Made]
    village: Place
    until: date
    link: str | None
    language: str


async def slips(db: AsyncConnection, person_id: int, args: dict[str, Any], now: datetime) -> Slips:
    """Makes `count` codes for the village and poll of `args`, which also has `language` and `link`."""
    poll_id, village_id = int(args["poll"]), int(args["village"])
    where = {"poll_id": poll_id, "village_id": village_id, "count": int(args["count"])}
    made = await household_codes.make(db, by=person_id, **where, now=now)
    village = await places.village(db, village_id=village_id)
    if village is None:
        raise Refused("gone")
    until = (await polls.poll(db, poll_id=poll_id)).rules.closes
    return Slips(made, village.place, until, args.get("link"), args.get("language") or "ka")


def pdf(slips: Slips) -> bytes:
    link = slips.link
    shown = [{"number": one.number, "code": codes.shown(one.code)} for one in slips.made]
    images = {f"{one.number}.png": qr.png(link + one.code) for one in slips.made} if link else {}
    with use(slips.language):
        words = _words(slips.village.named(current()), slips.until)
        data = {"lang": current(), "words": words, "slips": shown, "pictures": bool(link)}
    return paper.pdf("code_sheet", data, images=images)


def _words(village: str, until: date) -> dict[str, str]:
    return {
        "title": _("{village}: what do we need most?").format(village=village),
        "how": _("Point your phone's camera at the picture, or open our chat and write this code:"),
        "once": _("One home, once, until {day}. Nobody sees who said what.").format(day=day_words.day(until)),
    }
