"""Who follows a promise, or stands behind its need, hears that it stands otherwise; one tap and they hear no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.person import Person
from conversations.promise_voice import see_otherwise
from conversations.questions.option import Option
from conversations.registry import Entry
from locales import _
from storage import promise_follows, promise_voices, promises

READ, UNFOLLOW, OTHERWISE = "read", "unfollow", "otherwise"


async def promise_news(chat: Chat) -> None:
    promise_id = int(chat.args["promise"])
    if not await chat.look("wanted", partial(_wanted, chat=chat)):
        return
    page = partial(_page, promise_id=promise_id, chat=chat)
    then = await chat.pick("then", page, partial(_answers, chat=chat))
    if then == UNFOLLOW:
        await unfollow(chat, promise_id)
    elif then == OTHERWISE:
        await see_otherwise(chat, promise_id)


async def _answers(db: AsyncConnection, *, chat: Chat) -> list[Option]:
    one = await promises.dossier(db, promise_id=chat.args["promise"])
    may = await promise_voices.may_tell(db, one=one, person_id=chat.person.id)
    otherwise = [Option(OTHERWISE, _("✋ I see it otherwise"))] if may else []
    read, end = Option(READ, _("Thank you, I have read it")), Option(UNFOLLOW, _("🔕 Do not tell me any more"))
    return [read, *otherwise, end]


async def follow(chat: Chat, promise_id: int) -> None:
    act = partial(promise_follows.follow, promise_id=promise_id, person_id=chat.person.id, now=chat.now())
    await chat.do("follow", act)
    chat.say(_("All right: when it stands otherwise, I will write to you. Never at night, and once a day at most."))


async def unfollow(chat: Chat, promise_id: int) -> None:
    act = partial(promise_follows.unfollow, promise_id=promise_id, person_id=chat.person.id, now=chat.now())
    await chat.do("unfollow", act)
    chat.say(_("All right, I will not write to you about this promise. You find it in the /menu, “Promises”."))


async def _page(db: AsyncConnection, *, promise_id: int, chat: Chat) -> str:
    text = await promise_page.text(db, promise_id=promise_id, today=chat.today())
    one = await promises.dossier(db, promise_id=promise_id)
    asked = await promise_follows.asked(db, promise_id=one.id, person_id=chat.person.id)
    said = _("There is news of a promise that you follow:") if asked else _("There is news of what you asked for:")
    return "\n\n".join([said, text])


async def _wanted(db: AsyncConnection, *, chat: Chat) -> bool:
    return await _still(db, chat.person, chat.args, chat.now(), zone=chat.zone)


async def _still(
    db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime, *, zone: ZoneInfo | None = None
) -> bool:
    """They may have had enough of it; or it stands otherwise again, and the newer message comes behind this one."""
    dossier = await promises.dossier(db, promise_id=args["promise"])
    if not await promise_follows.follows(db, dossier=dossier, person_id=person.id):
        return False
    return zone is None or dossier.verdict(now.astimezone(zone).date()).status == args["status"]


ENTRY = Entry(
    "promise_news",
    promise_news,
    lambda: _("News of a promise"),
    reminder=True,
    browsing=True,
    nudge_after=None,
    expires_after=timedelta(days=7),
    still=_still,
)
