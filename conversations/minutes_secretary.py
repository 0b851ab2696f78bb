"""What the secretary hears of open minutes: that a change is asked for, and that the days for changes are over."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import minutes_page
from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.registry import Entry
from domain.minutes import Fate, Phase, Seat
from locales import _
from storage import meetings, minutes


async def minutes_asked(chat: Chat) -> None:
    asked = await chat.look("asked", partial(_asked, amendment_id=int(chat.args["amendment"])))
    words = _("Chair and secretary answer together: your answer is needed too.")
    chat.say(f"{asked}\n\n{words}", doors=(Door("minutes_desk", _("To the minutes")),))


async def _asked(db: AsyncConnection, *, amendment_id: int) -> str:
    return minutes_page.amendment(await minutes.amendment(db, amendment_id=amendment_id))


async def minutes_over(chat: Chat) -> None:
    waiting = await chat.look("waiting", partial(_waiting, meeting_id=int(chat.args["meeting"])))
    words = (
        _("The days for changes are over. Answer those that wait, then lock the minutes: only then they are sent.")
        if waiting
        else _("The days for changes are over. You can lock the minutes now: only then they are sent.")
    )
    chat.say(words, doors=(Door("minutes_desk", _("To the minutes")),))


async def _waiting(db: AsyncConnection, *, meeting_id: int) -> int:
    return len((await minutes.standing(db, meeting_id=meeting_id)).of(Fate.WAITING))


async def _unanswered(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    asked = await minutes.amendment(db, amendment_id=int(args["amendment"]))
    return asked.fate is Fate.WAITING and Seat.SECRETARY not in asked.verdicts and await _open(db, person, args, now)


async def _open(db: AsyncConnection, person: Person, args: dict[str, Any], _now: datetime) -> bool:
    """While it is still theirs to write."""
    where = {"meeting_id": int(args["meeting"])}
    stands = (await minutes.standing(db, **where)).phase is Phase.OPEN
    return stands and await meetings.may_keep(db, **where, person_id=person.id)


ENTRIES = (
    Entry(
        "minutes_asked",
        minutes_asked,
        lambda: _("A change of the minutes is asked for"),
        notice=True,
        still=_unanswered,
    ),
    Entry(
        "minutes_over", minutes_over, lambda: _("The minutes can be locked"), notice=True, reminder=True, still=_open
    ),
)
