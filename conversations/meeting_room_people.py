"""Whoever speaks at a round table is chosen by a tap on their name; a name that is not there is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.meeting_room_page import OTHER, named, present
from conversations.questions.option import Option
from domain.meetings.entries import Verb
from domain.meetings.record import BRANCHES, Record, Side, Speaker
from domain.people import Sex
from locales import _
from publish import meeting_words
from storage import meeting_keeping, meetings

SPOKE = "spoke:"
SEXES = (Sex.WOMAN, Sex.MAN, Sex.UNDISCLOSED)


async def keep(chat: Chat, meeting_id: int, verb: Verb, body: Mapping[str, Any]) -> str:
    """Empty fields are left out."""
    filled = {name: value for name, value in body.items() if value not in (None, "")}
    about: dict[str, Any] = {"meeting_id": meeting_id, "verb": verb, "body": filled}
    enter = partial(meeting_keeping.enter, **about, by=chat.person.id, now=chat.now())
    return str(await chat.do("kept", enter))


async def speaker(chat: Chat, meeting_id: int, ask: str, *, officials: bool = False) -> dict[str, Any]:
    """name, sex, side and office; with `officials` only those of the two branches are offered."""
    who = await chat.pick("who", ask, partial(_options, meeting_id=meeting_id, chat=chat, officials=officials))
    if who != OTHER:
        found = dict(await chat.look("known", partial(_known, meeting_id=meeting_id, chat=chat, who=who)))
    else:
        found = {"name": await chat.text("name", _("Name and surname, please."), longest=100), "office": ""}
        found["side"] = Side.COMMUNITY
        if officials:
            sides = [Option(each, meeting_words.side(each)) for each in BRANCHES]
            found["side"] = await chat.pick("side", _("Of the council or of the city hall?"), sides)
    if "sex" not in found:
        sexes = [Option(each, meeting_words.sex(each)) for each in SEXES]
        found["sex"] = await chat.pick("sex", _("Women and men are counted. What may I write?"), sexes)
    if officials and not found["office"]:
        found["office"] = await chat.text("office", _("Which office do they hold?"), longest=100)
    return found


async def name(chat: Chat, meeting_id: int, ask: str) -> str:
    """Only the name."""
    who = await chat.pick("who", ask, partial(_options, meeting_id=meeting_id, chat=chat, officials=False))
    if who == OTHER:
        return str(await chat.text("name", _("Name and surname, please."), longest=100))
    found = await chat.look("known", partial(_known, meeting_id=meeting_id, chat=chat, who=who))
    return str(found["name"])


async def _options(db: AsyncConnection, *, meeting_id: int, chat: Chat, officials: bool) -> Sequence[Option]:
    record = await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)
    here = [each for each in record.attendees if not officials or each.side in BRANCHES]
    away = [each for each in record.guests if each.name.casefold() not in present(record)]
    return [
        *(Option(each.id, named(each.name, each.office)) for each in here),
        *(Option(each.id, named(each.name, each.office)) for each in away),
        *(Option(f"{SPOKE}{each.name}", each.name) for each in ([] if officials else _spoke(record))),
        Option(OTHER, _("Somebody else")),
    ]


def _spoke(record: Record) -> list[Speaker]:
    """Who has spoken already and is on no list: nobody's name is typed twice."""
    listed = present(record) | {each.name.casefold() for each in record.guests}
    found = {each.name.casefold(): each for item in record.items for each in item.voices}
    return [each for name, each in found.items() if name not in listed]


async def _known(db: AsyncConnection, *, meeting_id: int, chat: Chat, who: str) -> dict[str, Any]:
    record = await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)
    for each in record.attendees:
        if each.id == who:
            return {"name": each.name, "office": each.office, "side": each.side, "sex": each.sex}
    for spoke in _spoke(record):
        if who == f"{SPOKE}{spoke.name}":
            return {"name": spoke.name, "office": "", "side": spoke.side, "sex": spoke.sex}
    guest = record.guest(who)
    return {"name": guest.name, "office": guest.office, "side": guest.branch} if guest else {"name": "", "office": ""}
