"""What a secretary does with locked minutes: who has them, a personal link, the chancellery's number, an addendum."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import minutes_page as pages
from conversations.chat import Chat
from conversations.minutes_acts import IN
from conversations.questions.option import Option
from domain.minutes import LONGEST
from locales import _, current
from storage import addenda, meetings, minutes_delivery, minutes_registry


async def sheet(chat: Chat, meeting_id: int, _act: str) -> None:
    """Papers that could not be made when the minutes were locked, or added to, are made now."""
    language = current() if current() in IN else IN[0]
    about = {"meeting": meeting_id, "public_url": chat.links.public_url}
    printed = {**about, "language": language, "zone": str(chat.zone)}
    made = await chat.work("printed", "minutes_sheet", printed)
    await chat.work("told", "summary_seal", about)
    await chat.work("added", "addenda_seal", about)
    chat.say(await chat.look("sheet", partial(_sheet, meeting_id=meeting_id, chat=chat)))
    for number, stamp in await chat.look("stamps", partial(_stamps, meeting_id=meeting_id)):
        chat.send(_("Chancellery: № {number}").format(number=number), photo=stamp)
    if made.get("document"):
        chat.send(_("The same to print."), document=made["document"])


async def _sheet(db: AsyncConnection, *, meeting_id: int, chat: Chat) -> str:
    lines = await minutes_delivery.sheet(db, meeting_id=meeting_id, by=chat.person.id)
    added = await addenda.lines(db, meeting_id=meeting_id)
    return pages.sheet(lines, added, await minutes_registry.of(db, meeting_id=meeting_id), chat.zone)


async def _stamps(db: AsyncConnection, *, meeting_id: int) -> list[tuple[str, str]]:
    registered = await minutes_registry.of(db, meeting_id=meeting_id)
    return [(each.number, each.media_id) for each in registered if each.media_id]


async def link(chat: Chat, meeting_id: int, _act: str) -> None:
    who = await chat.pick("who", _("For whom?"), partial(_receivers, meeting_id=meeting_id, chat=chat))
    if not chat.links.public_url:
        return chat.say(_("This program has no public address yet, so there are no links."))
    made = partial(minutes_delivery.link, meeting_id=meeting_id, receiver_id=int(who), by=chat.person.id)
    token = await chat.do("link", made)
    name = await chat.look("named", partial(_named, meeting_id=meeting_id, receiver_id=int(who), chat=chat))
    chat.say(_("Forward this to them alone. A link that they had before no longer works."))
    text = _("{name}, the minutes of the round table are here. Please say there that you have them:").format(name=name)
    chat.send(f"{text}\n{chat.links.minutes(token)}", alone=True)


async def _named(db: AsyncConnection, *, meeting_id: int, receiver_id: int, chat: Chat) -> str:
    lines = await minutes_delivery.sheet(db, meeting_id=meeting_id, by=chat.person.id)
    return next(pages.receiver(each.name, each.office) for each in lines if each.id == receiver_id)


async def _receivers(db: AsyncConnection, *, meeting_id: int, chat: Chat) -> Sequence[Option]:
    lines = await minutes_delivery.sheet(db, meeting_id=meeting_id, by=chat.person.id)
    added = await addenda.lines(db, meeting_id=meeting_id)
    owed = {each.sent.id for each in added if each.sent.received_at is None}
    waiting = [each for each in lines if each.received_at is None or each.id in owed]
    first = sorted(waiting or lines, key=lambda each: each.by_chat)  # who has no chat has no other way
    return [Option(each.id, pages.receiver(each.name, each.office)) for each in first]


async def registry(chat: Chat, meeting_id: int, _act: str) -> None:
    number = await chat.text("number", _("Which number did the chancellery give the minutes?"), longest=60)
    day = await chat.date("day", _("Which day stands on the stamp?"), latest=chat.today())
    photo = await chat.photo("stamp", _("A photo of the stamp, if you have one."), optional=_("No photo"))
    kept = {
        "number": number,
        "media_id": photo["photo"] if photo else None,
        "day": date.fromisoformat(day),
        "now": chat.now(),
    }
    await chat.do("kept", partial(minutes_registry.put, meeting_id=meeting_id, by=chat.person.id, **kept))
    chat.say(_("It is written down and stands on the delivery sheet."))


async def add(chat: Chat, meeting_id: int, _act: str) -> None:
    ask = _("What is to be added? The minutes themselves stay as they are.")
    sent = _(
        "It becomes a paper of its own, and goes to everybody to whom the minutes went. Nobody can change it then."
    )
    words = await chat.text("words", f"{ask} {sent}", longest=LONGEST)
    record = await chat.look("name", partial(_secretary, meeting_id=meeting_id, chat=chat))
    made = {"words": words, "name": record, "by": chat.person.id, "now": chat.now()}
    number = await chat.do("added", partial(addenda.add, meeting_id=meeting_id, **made))
    await chat.work("sealed", "addenda_seal", {"meeting": meeting_id, "public_url": chat.links.public_url})
    chat.say(
        _("It is kept as addendum {number}, and on its way to everybody who has the minutes.").format(number=number)
    )
    if names := await chat.look("away", partial(_without_chat, meeting_id=meeting_id, chat=chat)):
        away = _(
            "No chat here: {names}. They find it by the personal link they have; tell them, or give them a new one."
        )
        chat.say(away.format(names=names))


async def _without_chat(db: AsyncConnection, *, meeting_id: int, chat: Chat) -> str:
    lines = await minutes_delivery.sheet(db, meeting_id=meeting_id, by=chat.person.id)
    return "; ".join(pages.receiver(each.name, each.office) for each in lines if not each.by_chat)


async def _secretary(db: AsyncConnection, *, meeting_id: int, chat: Chat) -> str:
    return (await meetings.read(db, meeting_id=meeting_id, zone=chat.zone)).secretary
