"""In the hall: the meeting begins and ends, who is here, who is in the chair."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import meeting_room_people as people
from conversations.chat import Chat
from conversations.meeting_room_page import OTHER, PEOPLE
from conversations.questions.option import Option
from domain import codes
from domain.meetings.entries import Verb
from domain.meetings.record import Side
from locales import _
from publish import meeting_words
from storage import meeting_changes, meetings

CODE_LASTS = timedelta(hours=10)


async def go(_chat: Chat, _meeting_id: int, where: str) -> str:
    return where


async def open_(chat: Chat, meeting_id: int, _what: str) -> str:
    await people.keep(chat, meeting_id, Verb.OPENED, {})
    return PEOPLE


async def close(chat: Chat, meeting_id: int, _what: str) -> str:
    ask = _("End the meeting? You can go on correcting until the minutes are closed.")
    if await chat.confirm("sure", ask, yes=_("Yes, end it"), no=_("No, it goes on")):
        await people.keep(chat, meeting_id, Verb.CLOSED, {})
    return ""


async def here(chat: Chat, meeting_id: int, who: str) -> str:
    """Two taps for whoever was invited or is a member; a name is typed for all others."""
    body = await _stranger(chat) if who == OTHER else await _known(chat, meeting_id, who)
    sexes = [Option(each, meeting_words.sex(each)) for each in people.SEXES]
    body["sex"] = await chat.pick("sex", _ask(who).format(name=body["name"]), sexes)
    await people.keep(chat, meeting_id, Verb.ATTENDED, body)
    return PEOPLE


def _ask(who: str) -> str:
    """A member's name is known in their group only; what stands in minutes is read by everybody."""
    if who.startswith("member:"):
        return _(
            "{name}: woman or man? Please ask first whether this name may stand in the minutes; else leave it out."
        )
    return _("{name}: woman or man? Only numbers are shown.")


async def _stranger(chat: Chat) -> dict[str, Any]:
    name = await chat.text("name", _("Name and surname, please. It stands in the minutes."), longest=100)
    sides = [Option(each, meeting_words.side(each)) for each in Side]
    side = await chat.pick("side", _("For whom are they here?"), sides)
    office = await chat.text("office", _("Which office do they hold?"), longest=100, optional=_("No office"))
    return {"name": name, "side": side, "office": office or ""}


async def _known(chat: Chat, meeting_id: int, who: str) -> dict[str, Any]:
    async def read(db: AsyncConnection) -> dict[str, Any]:
        kind, _colon, what = who.partition(":")
        if kind == "member":
            rows = await meeting_changes.members(db, meeting_id=meeting_id)
            name = next((row.name for row in rows if row.person_id == int(what)), None)
            return {"name": name or "", "side": Side.COMMUNITY}
        guest = (await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)).guest(what)
        return {"name": guest.name, "office": guest.office, "side": guest.branch} if guest else {"name": ""}

    return dict(await chat.look("known", read))


async def code(chat: Chat, meeting_id: int, _what: str) -> str:
    async def shown(db: AsyncConnection) -> str:
        await meetings.require_keeper(db, meeting_id=meeting_id, person_id=chat.person.id)
        await meetings.open_code(db, meeting_id=meeting_id, until=chat.now() + CODE_LASTS)
        return codes.shown(await meetings.code(db, meeting_id=meeting_id))

    digits = await chat.do("code", shown)
    chat.say(_("Say it aloud or write it on a board: whoever is here writes this number to Mrgvali."))
    chat.say(digits)
    return PEOPLE


async def chair(chat: Chat, meeting_id: int, _what: str) -> str:
    chairs = await people.name(chat.part("chair"), meeting_id, _("Who is in the chair?"))
    writes = await people.name(chat.part("writes"), meeting_id, _("Who writes the record?"))
    await people.keep(chat, meeting_id, Verb.CHAIRED, {"chair": chairs, "secretary": writes})
    return ""
