"""What the three hear while the list is made: what was said, and that the set time nears."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_trail
from conversations import dialogue_words as words
from conversations.chat import Chat
from conversations.dialogue import door
from conversations.person import Person
from conversations.questions.calendar import in_words
from conversations.registry import Entry
from domain.dialogue import Stand, Verb
from locales import _
from storage import dialogue_seats, dialogues


async def dialogue_news(chat: Chat) -> None:
    chat.say(await chat.look("news", partial(_news, chat=chat)), doors=(door(),))


async def _news(db: AsyncConnection, *, chat: Chat) -> str:
    kept = await dialogues.read(db, dialogue_id=int(chat.args["dialogue"]))
    event = next(each for each in kept.events if each.id == int(chat.args["event"]))
    head = _("The list of {village}").format(village=await words.village(db, kept))
    said = dialogue_trail.said(event, kept, await words.names(db, kept))
    if event.verb is not Verb.OPENED:
        return f"{head}\n{said}"
    ask = _("The group shows you the needs that the village finds most urgent, and asks what you say to them.")
    return "\n\n".join([f"{head}\n{said}", ask, await words.page(db, kept, chat.zone)])


async def dialogue_reminder(chat: Chat) -> None:
    """Told to who has not answered, as the set time nears."""
    kept = await chat.look("until", partial(_until, chat=chat))
    if kept:
        line = _("The list of your village is open until {day}, and your answer is not there yet.")
        chat.say(line.format(day=in_words(datetime.fromisoformat(kept).date())), doors=(door(),))


async def _until(db: AsyncConnection, *, chat: Chat) -> str | None:
    kept = await dialogues.read(db, dialogue_id=int(chat.args["dialogue"]))
    return kept.talk.until.isoformat() if await _silent(db, chat.person, chat.args) else None


async def _silent(db: AsyncConnection, person: Person, args: dict[str, Any]) -> bool:
    kept = await dialogues.read(db, dialogue_id=int(args["dialogue"]))
    where: dict[str, Any] = {"dialogue_id": kept.id, "group_id": kept.group_id}
    party = await dialogue_seats.party_of(db, person_id=person.id, **where)
    return not kept.talk.closed and party is not None and kept.talk.stand(party, vacant=False) is Stand.SILENT


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await _silent(db, person, args)


ENTRIES = (
    Entry("dialogue_news", dialogue_news, lambda: _("News of the list"), notice=True),
    Entry(
        "dialogue_reminder",
        dialogue_reminder,
        lambda: _("The list waits for your answer"),
        notice=True,
        reminder=True,
        still=_still,
    ),
)
