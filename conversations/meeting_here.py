"""Somebody in the hall scans or types the code on the screen: they are written down as present, once."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from domain import codes
from domain.links import ROUND_TABLE
from domain.meetings.entries import Entry as Written
from domain.meetings.entries import Verb
from domain.meetings.record import Side
from domain.people import Sex
from locales import _
from publish import meeting_words
from storage import guesses, meetings


async def meeting_here(chat: Chat) -> None:
    meeting_id = await chat.do("found", partial(_find, chat=chat))
    if meeting_id is None:
        return chat.say(_("I do not know this code, or its meeting is over. Please look at the screen once more."))
    ask = _(
        "Your name, as it shall stand in the minutes. They go to those who were there and those whom they concern, and "
        "the name stays in them."
    )
    name = await chat.text("name", ask, longest=100)
    sides = [Option(each, meeting_words.side(each)) for each in Side]
    side = await chat.pick("side", _("For whom are you here?"), sides)
    office = await chat.text("office", _("Which office do you hold?"), longest=100, optional=_("None"))
    sexes = [Option(each, meeting_words.sex(each)) for each in Sex]
    sex = await chat.pick("sex", _("Women and men are counted. What may I write?"), sexes)
    body = {"name": name, "side": side, "sex": sex, "office": office or "", "by_code": True}
    entry = Written(f"person-{chat.person.id:06}", Verb.ATTENDED, body, chat.now())
    keep = partial(meetings.keep, meeting_id=meeting_id, entry=entry, by=chat.person.id, now=chat.now())
    new = await chat.do("here", keep)
    chat.say(_("You are written down. Welcome.") if new else _("You were written down already."))


async def _find(db: AsyncConnection, *, chat: Chat) -> int | None:
    """A wrong code is counted, and after a few none is even looked at."""
    if await guesses.too_many(db, person_id=chat.person.id, now=chat.now()):
        return None
    code = codes.read(str(chat.args.get("link", ""))[len(ROUND_TABLE) :])
    found = await meetings.by_code(db, code=code, now=chat.now()) if code else None
    if found is None:
        await guesses.note(db, person_id=chat.person.id, now=chat.now())
    return found


ENTRY = Entry(
    "meeting_here",
    meeting_here,
    lambda: _("🙋 I am at the round table"),
    link=ROUND_TABLE,
    digits=meetings.CODE_DIGITS,
    needs_welcome=False,
    nudge_after=None,
)
