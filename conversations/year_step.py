"""Reminds of a step of the year that nobody has begun, with the button that begins it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.registry import Entry
from conversations.year_line import Own
from domain.year import RESPONSIBLE
from locales import _
from storage import year


async def year_step(chat: Chat) -> None:
    """`args`: the step, its year, and the name of the time zone in which that year passes."""
    found = await chat.look("waiting", partial(_words, person_id=chat.person.id, args=chat.args, now=chat.now()))
    if found is not None:
        begins = found["begins"]
        chat.say(found["words"], doors=[Door(begins, "▶ " + _("Begin"))] if begins else [])


async def _words(db: AsyncConnection, **asked: Any) -> dict[str, str | None] | None:
    own = await _waiting(db, **asked)
    return None if own is None else {"words": own.words, "begins": own.conversation}


async def _waiting(db: AsyncConnection, *, person_id: int, args: dict[str, Any], now: datetime) -> Own | None:
    """The step, while it still waits for this person somewhere."""
    zone = ZoneInfo(args["zone"])
    if now.astimezone(zone).year != args["year"]:
        return None
    shares = await year.shares_of(db, person_id=person_id, village_id=None)
    years = await year.standing(db, where=shares, now=now, zone=zone)
    mine = [(years[each].unbegun(RESPONSIBLE.intersection(roles)), roles) for each, roles in shares.items()]
    found = [(standing, roles) for standing, roles in mine if standing and standing.step == args["step"]]
    return Own(*found[0], len(found)) if found else None


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await _waiting(db, person_id=person.id, args=args, now=now) is not None


ENTRY = Entry(
    "year_step",
    year_step,
    lambda: _("The next step of the year"),
    reminder=True,
    nudge_after=None,  # a month later it is asked again
    expires_after=timedelta(days=14),
    still=_still,
)
