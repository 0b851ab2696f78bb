"""A member goes from door to door and writes down what neighbours choose, with their yes and without their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.about_self import age_band, sex
from conversations.chat import Chat
from conversations.needs_shown import pick_needs
from conversations.person import Person
from conversations.place_names import named, names
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import Action
from locales import _
from storage import ballots, choosings, places, reach


async def neighbour_choice(chat: Chat) -> None:
    """One run is one door."""
    which = await _which(chat)
    if which is None:
        chat.say(_("None of your group's villages is choosing now."))
        return
    last = await chat.look("last", partial(_last, choosing_id=which["choosing"], member_id=chat.person.id))
    aloud = _(
        "{village}. Please tell your neighbour: the village chooses which of its needs come first. No name is written "
        "down, and only numbers are shown.\n\nAre they 16 or older, and do they agree?"
    )
    wish = await chat.pick("door", aloud.format(village=named(which)), _wishes(last))
    if wish == "yes":
        await _house(chat, which)
    elif wish == "undo":
        await _undo(chat, which)
    else:
        chat.say(_("Thank you! When you go on: /menu, “{title}”.").format(title=title()))


def _wishes(last: bool) -> list[Option]:
    undo = [Option("undo", _("↩ Take back what I wrote down last"))] if last else []
    return [Option("yes", _("Yes, they agree")), *undo, Option("end", _("That is all"))]


async def _which(chat: Chat) -> dict[str, Any] | None:
    """Asked only where several villages choose."""
    found = await chat.look("open", partial(_open, person=chat.person, today=chat.today()))
    if not found:
        return None
    chosen: Any = found[0]["choosing"]
    if len(found) > 1:
        options = [Option(each["choosing"], named(each), (each["ka"], each["en"])) for each in found]
        chosen = await chat.pick("village", _("In which village are you?"), options)
    return next(dict(each) for each in found if each["choosing"] == int(chosen))


async def _open(db: AsyncConnection, *, person: Person, today: date) -> Sequence[dict[str, Any]]:
    found = []
    for village_id in sorted(await reach.reach(db, person_id=person.id, action=Action.ENTER_NEIGHBOUR)):
        choosing_id = await choosings.open_in(db, village_id=village_id, today=today)
        village = await places.village(db, village_id=village_id)
        if choosing_id is not None and village is not None:
            found.append({"choosing": choosing_id, **names(village.place)})
    return found


async def _last(db: AsyncConnection, *, choosing_id: int, member_id: int) -> bool:
    return await ballots.last_entered(db, choosing_id=choosing_id, member_id=member_id) is not None


async def _house(chat: Chat, which: dict[str, Any]) -> None:
    ask = _(
        "Which of these come first for your neighbour? Up to five; the one that matters most first. Read them all out, "
        "please: they stand here by chance, in another order at each door."
    )
    picks = await pick_needs(chat, which["choosing"], ask)
    about: dict[str, Any] = {"sex": await sex(chat), "age_band": await age_band(chat)}
    door: dict[str, Any] = {"choosing_id": which["choosing"], "member_id": chat.person.id, "picks": picks, **about}
    await chat.do("save", lambda db: ballots.enter(db, **door, today=chat.today(), now=chat.now()))
    chat.say(_("It is noted. Thank your neighbour!"))
    chat.go_on("neighbour_choice")


async def _undo(chat: Chat, which: dict[str, Any]) -> None:
    back = partial(ballots.take_back_last, choosing_id=which["choosing"], member_id=chat.person.id)
    await chat.do("undone", lambda db: back(db, today=chat.today()))
    chat.say(_("It is taken back."))
    chat.go_on("neighbour_choice")


def title() -> str:
    return _("🚪 A neighbour's choice")


async def _offered(db: AsyncConnection, person: Person) -> bool:
    villages = await reach.reach(db, person_id=person.id, action=Action.ENTER_NEIGHBOUR)
    return await choosings.any_open_in(db, village_ids=villages)


ENTRY = Entry(
    "neighbour_choice",
    neighbour_choice,
    title,
    action=Action.ENTER_NEIGHBOUR,
    in_menu=True,
    offered=_offered,
)
