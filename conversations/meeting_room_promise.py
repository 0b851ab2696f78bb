"""A promise: written down word for word, read back to the speaker, and pinned down where it is vague."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import meeting_room_people as people
from conversations.chat import Chat
from conversations.meeting_room_page import PROMISE
from conversations.questions.option import Option
from domain.meetings.entries import LINE, NO_TIME, Verb
from domain.meetings.entries import WORDS as LONGEST
from domain.meetings.record import ReadBack
from domain.promises import Promise as Ruled
from domain.promises import Vague
from locales import _
from publish import promise_words
from storage import meeting_keeping, meeting_voices, meetings

NAMED = "day"


async def promised(chat: Chat, meeting_id: int, item: str) -> str:
    """Kept as soon as it has words and a time: money and check are asked for on its own page."""
    who = await people.speaker(chat, meeting_id, _("Who promises?"), officials=True)
    words = await chat.text("words", _("What exactly was promised? Word for word, as it was said."), longest=LONGEST)
    due = await chat.pick("due", _("By when?"), partial(_dues, today=chat.today()))
    if due == NAMED:
        due = await chat.date("on", _("By which day?"), earliest=chat.today())
    body = {"item": item, "name": who["name"], "office": who["office"], "sex": who["sex"], "side": who["side"]}
    entry_id = await people.keep(chat, meeting_id, Verb.PROMISED, {**body, "words": words, "due": due})
    return f"{PROMISE}:{entry_id}"


async def _dues(_db: AsyncConnection, *, today: date) -> list[Option]:
    vague = [Option(each, promise_words.in_short(Ruled(today, each), each)) for each in Vague]
    return [Option(NAMED, _("A day was named")), *vague, Option(NO_TIME, _("No time was named"))]


async def read_back(chat: Chat, meeting_id: int, what: str) -> str:
    how, _colon, promise = what.partition(":")
    body: dict[str, Any] = {"promise": promise, "how": how}
    if how == ReadBack.CORRECTED:
        body["words"] = await chat.text("words", _("How does the speaker put it? Word for word."), longest=LONGEST)
    await people.keep(chat, meeting_id, Verb.READ_BACK, body)
    return f"{PROMISE}:{promise}"


async def day(chat: Chat, meeting_id: int, promise: str) -> str:
    due = await chat.date("on", _("By which day?"), earliest=chat.today())
    return await _pin(chat, meeting_id, promise, {"due": due})


async def money(chat: Chat, meeting_id: int, promise: str) -> str:
    changes = {"money": await chat.text("money", _("How much money does it take?"), longest=LINE)}
    ask = _("From which budget line or programme does the money come?")
    source = await chat.text("source", ask, longest=LINE, optional=_("Not said"))
    return await _pin(chat, meeting_id, promise, {**changes, "money_source": source or ""})


async def check(chat: Chat, meeting_id: int, promise: str) -> str:
    words = await chat.text("check", _("How will the village see that it is done?"), longest=LINE)
    return await _pin(chat, meeting_id, promise, {"check": words})


async def voice(chat: Chat, meeting_id: int, promise: str) -> str:
    ask = _("Send me the voice message now. Only those who keep this record can hear it; it is not in the minutes.")
    said = await chat.voice("voice", ask, optional=_("No recording"))
    if said is None:
        return f"{PROMISE}:{promise}"
    media_id = str(said["voice"])
    await chat.do("owned", partial(meeting_voices.keep, meeting_id=meeting_id, media_id=media_id, by=chat.person.id))
    return await _pin(chat, meeting_id, promise, {"voice": media_id})


async def listen(chat: Chat, meeting_id: int, promise: str) -> str:
    media_id = await chat.look("voice", partial(_voice, chat=chat, meeting_id=meeting_id, promise=promise))
    if media_id:
        chat.send("", voice=media_id)
    return f"{PROMISE}:{promise}"


async def silence(chat: Chat, meeting_id: int, promise: str) -> str:
    media_id = await chat.look("voice", partial(_voice, chat=chat, meeting_id=meeting_id, promise=promise))
    if media_id:
        about: dict[str, Any] = {"meeting_id": meeting_id, "media_id": media_id, "by": chat.person.id}
        await chat.do("silenced", partial(meeting_voices.erase, **about, now=chat.now()))
        chat.say(_("The recording is deleted. The words stay."))
    return f"{PROMISE}:{promise}"


async def _voice(db: AsyncConnection, *, chat: Chat, meeting_id: int, promise: str) -> str:
    record = await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)
    return next((each.voice for _item, each in record.promises if each.id == promise), "")


async def _pin(chat: Chat, meeting_id: int, promise: str, changes: dict[str, Any]) -> str:
    about: dict[str, Any] = {"meeting_id": meeting_id, "entry_id": promise, "changes": changes}
    await chat.do("pinned", partial(meeting_keeping.correct, **about, by=chat.person.id, now=chat.now()))
    return f"{PROMISE}:{promise}"
