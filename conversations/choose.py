"""A resident picks up to five of the village's needs, and may pick anew until the choosing closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.code_question import code_question
from conversations.needs_shown import called, pick_needs
from conversations.person import Person
from conversations.place_names import named, names
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.polls import Origin
from locales import _
from storage import ballots, choosings, places


def title() -> str:
    return _("🗳️ Choose what comes first")


async def choose(chat: Chat) -> None:
    """From the menu, or told when one opens (`choosing`): when that is no longer true, nothing is said."""
    asked = chat.args.get("choosing")
    which = await chat.look("which", partial(_which, person=chat.person, choosing_id=asked, today=chat.today()))
    if which is None:
        if asked is None:
            chat.say(_("Your village is not choosing now. I will write to you when it does."))
        return
    if which["mine"] and not await _again(chat, which):
        return
    await code_question(chat.part("slip"), which["poll"], which["village"])
    picks = await pick_needs(chat, which["choosing"], _ask(which))
    saved = await chat.do("save", partial(_save, chat=chat, which=which, picks=picks))
    chat.say(await chat.look("thanks", partial(_thanks, which=which, person_id=chat.person.id, origin=saved)))


def _ask(which: dict[str, Any]) -> str:
    words = _(
        "{village} has told what it needs. What comes first for you? Press up to five; begin with the one that matters "
        "most. They stand here by chance, in another order for each person. You can change your choice until {day}."
    )
    return words.format(village=named(which["name"]), day=in_words(date.fromisoformat(which["until"])))


async def _which(db: AsyncConnection, *, person: Person, choosing_id: int | None, today: date) -> dict[str, Any] | None:
    """The choosing that this person may take part in now, and whether they have."""
    found = await choosings.open_in(db, village_id=person.village_id, today=today)
    village = await places.village(db, village_id=person.village_id) if person.village_id else None
    if found is None or village is None or choosing_id not in (None, found):
        return None
    kept = await choosings.read(db, choosing_id=found)
    mine = await ballots.mine(db, choosing_id=found, person_id=person.id)
    if mine and choosing_id is not None:
        return None
    return {
        "choosing": found,
        "poll": kept.poll_id,
        "village": village.place.id,
        "name": names(village.place),
        "until": kept.rules.closes.isoformat(),
        "mine": mine,
    }


async def _again(chat: Chat, which: dict[str, Any]) -> bool:
    """Whether to pick anew; what they wish besides is done."""
    options = [
        Option("keep", _("Leave it so")),
        Option("anew", _("Choose anew")),
        Option("back", _("Take my choice back")),
    ]
    wish = await chat.pick("wish", partial(_mine, which=which), options)
    if wish == "back":
        await chat.do("back", partial(_take_back, chat=chat, which=which))
        chat.say(_("It is taken back. If you like, choose again: /menu"))
    elif wish == "keep":
        chat.say(_("It stays as it is."))
    return bool(wish == "anew")


async def _mine(db: AsyncConnection, *, which: dict[str, Any]) -> str:
    until = _("You can change it until {day}.").format(day=in_words(date.fromisoformat(which["until"])))
    return "\n".join([_("You chose:"), *await _lines(db, which["choosing"], which["mine"]), "", until])


async def _lines(db: AsyncConnection, choosing_id: int, picks: Sequence[int]) -> list[str]:
    found = {need.id: need for need in await choosings.shown(db, choosing_id=choosing_id)}
    return [f"• {called(found[pick].kind, found[pick].name)}" for pick in picks if pick in found]


async def _take_back(db: AsyncConnection, *, chat: Chat, which: dict[str, Any]) -> None:
    where = {"choosing_id": which["choosing"], "person_id": chat.person.id, "village_id": which["village"]}
    await ballots.take_back(db, **where, today=chat.today())


async def _save(db: AsyncConnection, *, chat: Chat, which: dict[str, Any], picks: list[int]) -> str:
    who: dict[str, Any] = {"person_id": chat.person.id, "channel": chat.person.channel}
    who |= {"village_id": chat.person.village_id}
    return await ballots.choose(
        db, choosing_id=which["choosing"], **who, picks=picks, today=chat.today(), now=chat.now()
    )


async def _thanks(db: AsyncConnection, *, which: dict[str, Any], person_id: int, origin: str) -> str:
    mine = await ballots.mine(db, choosing_id=which["choosing"], person_id=person_id)
    chosen = "\n".join([_("Thank you! You chose:"), *await _lines(db, which["choosing"], mine)])
    next_ = _(
        "What comes next: until {day} the others choose, and you can change your choice: /menu. Then all choices are "
        "put together into one list, and I will send it to you. Nobody sees what you chose."
    ).format(day=in_words(date.fromisoformat(which["until"])))
    beside = _("Without a code your choice is read too, and counted beside.") if origin == Origin.OPEN_WEB else ""
    return "\n\n".join(filter(None, (chosen, beside, next_)))


async def _offered(db: AsyncConnection, person: Person) -> bool:
    villages = [person.village_id] if person.village_id else []
    return await choosings.any_open_in(db, village_ids=villages)


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """What was asked of them: whether it waits for their choice."""
    if args.get("choosing") is None:
        return True
    chosen = await ballots.mine(db, choosing_id=args["choosing"], person_id=person.id)
    return not chosen and await _offered(db, person)


ENTRIES = (
    Entry("choose", choose, title, in_menu=True, offered=_offered, still=_still),
    Entry("choose_soon", choose, title, reminder=True, still=_still, instead_of="choose"),
)
