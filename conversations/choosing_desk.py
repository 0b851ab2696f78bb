"""The group's desk of a choosing: opens it, goes on with it, and sees what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import choosing_means, viber_cost
from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.choosing import LASTS
from domain.people import Action
from locales import _, current, ngettext
from publish import chosen_words
from storage import ballots, choosings, chosen, places, polls, reach, roles
from storage.choosings import Kept


async def choosing_desk(chat: Chat) -> None:
    if not await chat.look("any", partial(_any, chat=chat)):
        chat.say(_("There is nothing to choose among yet: people tell their needs in a poll, and you sort them."))
        return
    where = str(await chat.pick("where", _("Which village chooses?"), partial(_where, chat=chat)))
    what, *numbers = where.split(":")
    if what == "open":
        await _open(chat, int(numbers[0]), int(numbers[1]))
    elif await chat.look("settled", partial(_settled, int(numbers[0]))):
        await _result(chat, int(numbers[0]))
    else:
        await _under_way(chat, int(numbers[0]))


async def _any(db: AsyncConnection, *, chat: Chat) -> bool:
    return bool(await _where(db, chat=chat))


async def _where(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    """What goes on and what is over, then where one may be opened."""
    found = [
        Option(f"on:{kept.id}", f"{await _name(db, kept.village_id)} · {_state(kept)}")
        for kept in await choosings.under_way(db, person_id=chat.person.id)
    ]
    for poll_id, village_id in await choosings.to_open(db, person_id=chat.person.id):
        words = _("➕ {village}: begin a choosing").format(village=await _name(db, village_id))
        found.append(Option(f"open:{poll_id}:{village_id}", words))
    return found


def _state(kept: Kept) -> str:
    if kept.settled:
        return _("the list is there")
    if kept.rules.closed:
        return _("is being counted")
    return _("until {day}").format(day=in_words(kept.rules.closes))


async def _name(db: AsyncConnection, village_id: int) -> str:
    village = await places.village(db, village_id=village_id)
    return village.place.named(current()) if village else ""


async def _settled(choosing_id: int, db: AsyncConnection) -> bool:
    return (await choosings.read(db, choosing_id=choosing_id)).settled


async def _open(chat: Chat, poll_id: int, village_id: int) -> None:
    here: dict[str, Any] = {"poll_id": poll_id, "village_id": village_id}
    ask = _("For how many days shall people be able to choose?")
    days = [Option(each, ngettext("{count} day", "{count} days", each).format(count=each)) for each in LASTS]
    lasts = int(await chat.pick("days", ask, days))
    preview = partial(_preview, chat=chat, here=here, days=lasts)
    if not await chat.confirm("sure", preview, yes=_("Yes, begin"), no=_("No")):
        chat.say(_("It is not begun."))
        return
    new = {**here, "days": lasts, "opened_by": chat.person.id}
    await chat.do("open", lambda db: choosings.open_(db, **new, now=chat.now(), today=chat.today()))
    said = _(
        "It has begun, and people are being written to. Here, in “{title}”, you can say what the needs cost, speak "
        "their names for who does not read, and see how many have chosen."
    )
    chat.say(said.format(title=title()))


async def _preview(db: AsyncConnection, *, chat: Chat, here: dict[str, Any], days: int) -> str:
    needs, left_out = await choosings.candidates(db, **here)
    villages = [here["village_id"]]
    people = len(await polls.residents(db, villages=villages))
    head = ngettext(
        "{village} chooses among {count} need, until {day}.",
        "{village} chooses among {count} needs, until {day}.",
        len(needs),
    ).format(
        village=await _name(db, here["village_id"]),
        count=len(needs),
        day=in_words(chat.today() + timedelta(days=days)),
    )
    out = ngettext(
        "{count} need has no words for everybody and would look like another. It is left out, unless you name it "
        "first: “🗂️ Sort the needs”.",
        "{count} needs have no words for everybody and would look like others. They are left out, unless you name "
        "them first: “🗂️ Sort the needs”.",
        len(left_out),
    ).format(count=len(left_out))
    who = ngettext("{count} resident will be written to.", "{count} residents will be written to.", people)
    cost = viber_cost.words(await polls.residents_on_viber(db, villages=villages))
    fixed = _("What stands for choice now stays so until the end. Shall I begin?")
    return "\n\n".join(filter(None, (head, out if left_out else "", who.format(count=people), cost, fixed)))


async def _under_way(chat: Chat, choosing_id: int) -> None:
    labels = {
        "door": _("🚪 A neighbour's choice"),
        "cost": _("💰 What a need costs"),
        "money": _("💰 How much money there is"),
        "voice": _("🎤 Speak a need's name"),
        "close": _("Close it now"),
        "done": _("That is all"),
    }
    wishes = await chat.look("wishes", partial(_wishes, chat=chat, choosing_id=choosing_id))
    shown = partial(_stands, choosing_id=choosing_id)
    wish = await chat.pick("wish", shown, [Option(each, labels[each]) for each in wishes])
    if wish == "door":
        chat.go_on("neighbour_choice")
    elif wish == "cost":
        await choosing_means.cost(chat, choosing_id)
    elif wish == "money":
        await choosing_means.money(chat, choosing_id)
    elif wish == "voice":
        await choosing_means.spoken_name(chat, choosing_id)
    elif wish == "close":
        await _close(chat, choosing_id)


async def _wishes(db: AsyncConnection, *, chat: Chat, choosing_id: int) -> list[str]:
    kept = await choosings.read(db, choosing_id=choosing_id)
    if not kept.rules.is_open(chat.today()):
        return ["done"]
    doors = await reach.reach(db, person_id=chat.person.id, action=Action.ENTER_NEIGHBOUR)
    return [*(["door"] if kept.village_id in doors else []), "cost", "money", "voice", "close", "done"]


async def _stands(db: AsyncConnection, *, choosing_id: int) -> str:
    """Without a running count of what was chosen: nobody, the group neither, knows it before the end."""
    kept = await choosings.read(db, choosing_id=choosing_id)
    number = await ballots.turnout(db, choosing_id=choosing_id)
    many = ngettext("About {count} person has chosen.", "About {count} people have chosen.", number)
    known = [
        ngettext("{count} need has a cost.", "{count} needs have a cost.", len(kept.costs)).format(
            count=len(kept.costs)
        )
        if kept.costs
        else "",
        _("There are {money} ₾.").format(money=choosing_means.lari(kept.money)) if kept.money else "",
    ]
    head = f"{await _name(db, kept.village_id)}: {_state(kept)}."
    turnout = many.format(count=number) if number else _("Fewer than 5 people have chosen so far.")
    last = _("What they choose nobody knows until the end.")
    return "\n".join(filter(None, (head, turnout, *known, last)))


async def _close(chat: Chat, choosing_id: int) -> None:
    ask = _("Nobody can choose any more afterwards, and the list is made. Shall I close it?")
    if not await chat.confirm("sure", ask, yes=_("Yes, close it"), no=_("No, leave it open")):
        chat.say(_("It stays open."))
        return
    close = partial(choosings.close, choosing_id=choosing_id, closed_by=chat.person.id)
    await chat.do("close", lambda db: close(db, today=chat.today(), now=chat.now()))
    chat.say(_("It is closed. The list is there within some minutes, and everybody who chose hears of it."))


async def _result(chat: Chat, choosing_id: int) -> None:
    """The list as everybody sees it, and what is for the group alone."""
    made = await chat.work("picture", "chosen_list", {"choosing": choosing_id, "language": current()})
    said = await chat.look("said", partial(_said, choosing_id=choosing_id))
    chat.send(said["list"], photo=(made.get("photos") or [None])[0])
    weighs = await chat.look("weighs", partial(_weighs, person_id=chat.person.id))
    doors = [Door("weigh_needs", _("⚖️ How bad, and for how many"))] if weighs else []
    chat.say(said["group"], doors=doors)


async def _said(db: AsyncConnection, *, choosing_id: int) -> dict[str, str]:
    kept = await choosings.read(db, choosing_id=choosing_id)
    result = await chosen.of_choosing(db, choosing_id=choosing_id)
    if result is None:
        return {"list": _("It is being counted."), "group": ""}
    needs = await chosen.needs(db, result=result)
    head = _("What comes first for {village}:").format(village=await _name(db, kept.village_id))
    own = _("For your group only:")
    return {
        "list": f"{head}\n\n{chosen_words.whole(result, needs)}",
        "group": f"{own}\n\n{chosen_words.for_group(result, needs)}",
    }


async def _weighs(db: AsyncConnection, *, person_id: int) -> bool:
    return bool(await reach.reach(db, person_id=person_id, action=Action.WEIGH_NEEDS))


def title() -> str:
    return _("🗳️ The choosing of the village")


async def _offered(db: AsyncConnection, person: Person) -> bool:
    """Not before there is something to choose among."""
    villages = await reach.reach(db, person_id=person.id, action=Action.OPEN_CHOOSING)
    return bool(await polls.reached(db, villages=villages)) and bool(await roles.held(db, person_id=person.id))


ENTRY = Entry(
    "choosing_desk",
    choosing_desk,
    title,
    action=Action.OPEN_CHOOSING,
    in_menu=True,
    offered=_offered,
)
