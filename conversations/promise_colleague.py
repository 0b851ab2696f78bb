"""An official lets a colleague follow a promise; the colleague accepts by a link. It stays with the office."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.handing_out import send_pictures
from conversations.registry import Entry
from conversations.welcome import ensure_welcomed
from domain.links import PROMISE
from locales import _
from storage import promise_helpers, promises

LONGEST_NAME = 60
MYSELF = ""


async def hand_to_colleague(chat: Chat, promise_id: int) -> None:
    """Invites one; where somebody follows it already, lets them go."""
    name = await chat.look("helper", partial(_helper, promise_id, chat.person.id))
    if name is not None:
        ask = _("{name} follows this promise for you. Shall they no longer do so?").format(name=name)
        if name == MYSELF:
            ask = _("You follow this promise for the office. Shall it go back to who answers for it?")
        if await chat.confirm("end", ask):
            await chat.do("ended", partial(_end, promise_id=promise_id, by=chat.person.id, now=chat.now()))
            chat.say(_("From now on I ask again who answers for it."))
        return
    ask = _("A colleague can follow this promise for you: I ask them how it stands, and you hear of news. Shall we?")
    if not await chat.confirm("sure", ask, yes=_("Yes, invite a colleague"), no=_("No, I follow it myself")):
        return
    token = await chat.do("made", partial(_invite, promise_id=promise_id, by=chat.person.id, now=chat.now()))
    chat.say(_("Forward this to your colleague. It works once, and lasts two weeks."))
    invited = _("You are asked to follow a promise for your office. Press the link to begin:")
    await send_pictures(chat, [(PROMISE + token, invited)])


async def promise_colleague(chat: Chat) -> None:
    token = str(chat.args.get("link", "")).removeprefix(PROMISE)
    promise_id = int(await chat.look("found", partial(_found, token=token, now=chat.now())))
    await ensure_welcomed(chat, village=False)
    ask = partial(_asked, promise_id=promise_id, today=chat.today())
    if not await chat.confirm("sure", ask, yes=_("Yes, I accept"), no=_("No, thank you")):
        return chat.say(_("That is all right. The invitation stays good until it expires, should you think again."))
    name = await chat.text("name", _("What is your name? Only your office reads it."), longest=LONGEST_NAME)
    accept = partial(_accept, token=token, promise_id=promise_id, person_id=chat.person.id, name=name, now=chat.now())
    await chat.do("accept", accept)
    chat.say(_("Thank you. I ask you how it stands as its day nears, and you tell it any time from the /menu."))


async def promise_colleague_there(chat: Chat) -> None:
    """Told to who invited."""
    said = _("{name} follows this promise for you from now on:").format(name=chat.args["name"])
    page = partial(promise_page.said, promise_id=chat.args["promise"], today=chat.today())
    chat.say(said + "\n\n" + await chat.look("page", page))


async def _helper(promise_id: int, person_id: int, db: AsyncConnection) -> str | None:
    row = await promise_helpers.helper(db, await promises.dossier(db, promise_id=promise_id))
    if row is None:
        return None
    return MYSELF if row.person_id == person_id else str(row.name)


async def _found(db: AsyncConnection, *, token: str, now: datetime) -> int:
    return int((await promise_helpers.find(db, token=token, now=now)).promise_id)


async def _asked(db: AsyncConnection, *, promise_id: int, today: date) -> str:
    said = await promise_page.said(db, promise_id=promise_id, today=today)
    ask = _("Do you follow this promise for the office, and tell me how it stands? It stays the promise of the office.")
    return f"{said}\n\n{ask}"


async def _invite(db: AsyncConnection, *, promise_id: int, by: int, now: datetime) -> str:
    return await promise_helpers.invite(db, one=await promises.dossier(db, promise_id=promise_id), by=by, now=now)


async def _accept(db: AsyncConnection, *, promise_id: int, **who: Any) -> None:
    await promise_helpers.accept(db, one=await promises.dossier(db, promise_id=promise_id), **who)


async def _end(db: AsyncConnection, *, promise_id: int, by: int, now: datetime) -> None:
    await promise_helpers.end(db, one=await promises.dossier(db, promise_id=promise_id), by=by, now=now)


ENTRIES = (
    Entry(
        "promise_colleague",
        promise_colleague,
        lambda: _("Follow a promise for an office"),
        link=PROMISE,
        needs_welcome=False,
        priority=1,
    ),
    Entry("promise_colleague_there", promise_colleague_there, lambda: _("Your colleague"), notice=True),
)
