"""The village's support assembly, to those who live there: when it is, what is on the list, what was chosen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.registry import Entry
from domain.chosen import own
from locales import _, current
from publish import assembly_words as words
from storage import assemblies, ballots, choosings, chosen, places
from storage.assemblies import Assembly


def title() -> str:
    return _("🙋 The assembly of my village")


async def assembly_called(chat: Chat) -> None:
    await _say(chat, _called)


async def assembly_moved(chat: Chat) -> None:
    await _say(chat, _moved)


async def assembly_women(chat: Chat) -> None:
    """To women alone: what comes first for them, since raised hands decide."""
    await _say(chat, _women)


async def assembly_near(chat: Chat) -> None:
    await _say(chat, _near)


async def assembly_chose(chat: Chat) -> None:
    await _say(chat, _chose)


async def _say(chat: Chat, page: Callable[[AsyncConnection, Chat, Assembly], Awaitable[str]]) -> None:
    chat.say(await chat.look("said", partial(_page, chat=chat, page=page)))


async def _page(
    db: AsyncConnection, *, chat: Chat, page: Callable[[AsyncConnection, Chat, Assembly], Awaitable[str]]
) -> str:
    return await page(db, chat, await assemblies.read(db, assembly_id=int(chat.args["assembly"])))


async def _called(db: AsyncConnection, chat: Chat, one: Assembly) -> str:
    head = _("{village}: the assembly of the village support programme. One project is chosen there by show of hands.")
    come = _("Who is not there has no hand to raise. Please come, and tell your neighbours.")
    said = [head.format(village=await _village(db, one)), words.card(one, chat.zone), await _list(db, one), come]
    return "\n\n".join(filter(None, said))


async def _list(db: AsyncConnection, one: Assembly) -> str:
    listed = words.listed(await assemblies.listed(db, village_id=one.village_id))
    return "\n".join([_("On the village's list the most urgent are:"), listed]) if listed else ""


async def _moved(db: AsyncConnection, chat: Chat, one: Assembly) -> str:
    head = _("{village}: the assembly of the village support programme has another day or place. It is now:")
    return f"{head.format(village=await _village(db, one))}\n\n{words.card(one, chat.zone)}"


async def _women(db: AsyncConnection, chat: Chat, one: Assembly) -> str:
    head = _("This goes to the women of the village. At the assembly one project is chosen by show of hands.")
    come = _("Your hand counts as much as any other. Please come, and bring a neighbour along.")
    first = await _first(db, chat.person, one)
    return "\n\n".join(filter(None, (head, first, words.card(one, chat.zone), come)))


async def _first(db: AsyncConnection, person: Person, one: Assembly) -> str:
    """What is first on the women's list; where that is not shown, what she picked herself and stands highest."""
    listed = [head.id for head in await assemblies.listed(db, village_id=one.village_id)]
    women = await assemblies.womens(db, village_id=one.village_id)
    if women:
        said = [_("Your first need, on the women's list, is: {need}.").format(need=words.called(women[0]))]
        if women[0].id in listed:
            place = listed.index(women[0].id) + 1
            said.append(_("On the village's list it stands at place {place}.").format(place=place))
        return " ".join(said)
    mine = await _own(db, person, one)
    if mine is None:
        return ""
    return _("Of what you chose yourself this stands highest: {need}.").format(need=mine)


async def _own(db: AsyncConnection, person: Person, one: Assembly) -> str | None:
    choosing_id = await choosings.latest(db, village_id=one.village_id)
    result = None if choosing_id is None else await chosen.of_choosing(db, choosing_id=choosing_id)
    if choosing_id is None or result is None:
        return None
    picks = await ballots.mine(db, choosing_id=choosing_id, person_id=person.id)
    found = own(result, await chosen.heads_of(db, picks=picks)) if picks else None
    head = None if found is None else await assemblies.head(db, need_id=found.need)
    return None if head is None or not head.open else words.called(head)


async def _near(db: AsyncConnection, chat: Chat, one: Assembly) -> str:
    head = _("A reminder: the assembly of {village} is near. One project is chosen by show of hands.")
    said = [head.format(village=await _village(db, one)), words.card(one, chat.zone), await _list(db, one)]
    return "\n\n".join(filter(None, said))


async def _chose(db: AsyncConnection, chat: Chat, one: Assembly) -> str:
    head = _("What came of the assembly of {village}, {when}:")
    found = await words.chosen(db, one)
    lines = words.lines(found) if found else []
    told = head.format(village=await _village(db, one), when=words.when(one.starts_at, chat.zone))
    return "\n".join([told, *lines])


async def _village(db: AsyncConnection, one: Assembly) -> str:
    village = await places.village(db, village_id=one.village_id)
    return village.place.named(current()) if village else ""


async def assembly(chat: Chat) -> None:
    """From the menu: the coming one, or what came of the last."""
    chat.say(await chat.look("said", partial(_shown, chat=chat)))


async def _shown(db: AsyncConnection, *, chat: Chat) -> str:
    one = await assemblies.newest(db, village_id=chat.person.village_id)
    if one is None:
        return _("The day of your village's assembly is not known yet. I will write to you when it is.")
    if one.outcome is not None:
        return await _chose(db, chat, one)
    if one.over(chat.now()):
        said = _("The assembly of {village} has been held; what was chosen is not told here yet.")
        return said.format(village=await _village(db, one))
    return await _called(db, chat, one)


async def assembly_how(chat: Chat) -> None:
    """To who set the day, and to the group's leaders."""
    said = _("The assembly of {village} has been held. Who came, and what was chosen? Everybody waits to hear it.")
    village = await chat.look("village", partial(_named, assembly_id=int(chat.args["assembly"])))
    chat.say(said.format(village=village), doors=(Door("assembly_desk", _("Tell what came of it")),))


async def _named(db: AsyncConnection, *, assembly_id: int) -> str:
    return await _village(db, await assemblies.read(db, assembly_id=assembly_id))


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return await assemblies.newest(db, village_id=person.village_id) is not None


async def _ahead(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Not of a day that is past, or no longer its own."""
    one = await assemblies.read(db, assembly_id=int(args["assembly"]))
    return not one.over(now) and one.moved == args["moved"]


async def _untold(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    one = await assemblies.read(db, assembly_id=int(args["assembly"]))
    return one.outcome is None and one.moved == args["moved"]


ENTRIES = (
    Entry("assembly", assembly, title, in_menu=True, offered=_offered, browsing=True, nudge_after=None),
    Entry("assembly_called", assembly_called, lambda: _("Your village's assembly"), notice=True, still=_ahead),
    Entry("assembly_moved", assembly_moved, lambda: _("The assembly has moved"), notice=True, still=_ahead),
    Entry("assembly_women", assembly_women, title, notice=True, reminder=True, still=_ahead),
    Entry("assembly_near", assembly_near, title, notice=True, reminder=True, still=_ahead),
    Entry("assembly_chose", assembly_chose, lambda: _("What the assembly chose"), notice=True),
    Entry(
        "assembly_how",
        assembly_how,
        lambda: _("What came of the assembly"),
        notice=True,
        reminder=True,
        still=_untold,
    ),
)
