"""Somebody who speaks for the group enters local self-government: their page says so, and a leader hands over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_choice
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.representatives import office
from domain.mandate import Office
from domain.people import Action
from locales import _
from storage import dialogue_seats, representatives, roles


async def own_step(chat: Chat) -> None:
    waiting = await chat.look("waiting", partial(_waiting, chat=chat))
    if waiting is not None:
        return await _offer_again(chat, waiting)
    group_id = await place_choice.group(chat, Action.TELL_DEED)
    if group_id is None:
        return
    chat.say(_("Congratulations! One person speaks for one side: from then on somebody else speaks for the group."))
    into = await chat.pick("office", _("What have you become?"), [Option(one.value, office(one)) for one in Office])
    since = await chat.date("since", _("Since which day?"), latest=chat.today())
    leads = await chat.look("leads", partial(_leads, chat=chat, group_id=group_id))
    successor = await _successor(chat, group_id) if leads else None
    if not await chat.confirm("sure", _("Your page keeps everything, with this step. Shall I write it down?")):
        return chat.say(_("Nothing was kept."))
    step = partial(representatives.step, group_id=group_id, by=chat.person.id, office=Office(into))
    then = partial(step, since=date.fromisoformat(since), successor_id=successor)
    await chat.do("step", lambda db: then(db, now=chat.now()))
    asked = _("It is written down. I ask your successor now; until they accept you stay the leader for all else.")
    chat.say(asked if leads else _("It is written down."))


async def _successor(chat: Chat, group_id: int) -> int:
    ask = _("Who leads the group after you? I ask them first.")
    return int(await chat.pick("successor", ask, partial(_others, chat=chat, group_id=group_id)))


async def _offer_again(chat: Chat, waiting: dict[str, int]) -> None:
    """The first has said no."""
    successor = await _successor(chat, waiting["group"])
    offer = partial(representatives.offer, step_id=waiting["step"], successor_id=successor, by=chat.person.id)
    await chat.do("offer", lambda db: offer(db, now=chat.now()))
    chat.say(_("I ask them now."))


async def _waiting(db: AsyncConnection, *, chat: Chat) -> dict[str, int] | None:
    row = await representatives.to_hand_over(db, person_id=chat.person.id)
    return None if row is None else {"step": row.id, "group": row.group_id}


async def _leads(db: AsyncConnection, *, chat: Chat, group_id: int) -> bool:
    return chat.person.id in await roles.leaders(db, group_id=group_id)


async def _others(db: AsyncConnection, *, chat: Chat, group_id: int) -> Sequence[Option]:
    members = await roles.group_of(db, group_id=group_id)
    numbered = enumerate(members, start=1)
    return [
        Option(person_id, name or _("Member {number}").format(number=number))
        for number, (person_id, name) in numbered
        if person_id != chat.person.id
    ]


async def leadership_offered(chat: Chat) -> None:
    """Told to the successor."""
    step_id = int(chat.args["step"])
    yes = await chat.confirm("yes", partial(_offered, chat=chat), yes=_("Yes, I lead it"), no=_("No, thank you"))
    take = partial(representatives.take_over, step_id=step_id, person_id=chat.person.id, yes=yes)
    await chat.do("take", lambda db: take(db, now=chat.now()))
    chat.say(_("Thank you! You lead the group now: /menu") if yes else _("That is all right; another is asked."))


async def _offered(db: AsyncConnection, *, chat: Chat) -> str:
    row = await representatives.offered(db, step_id=int(chat.args["step"]), person_id=chat.person.id)
    ask = _("The leader of “{group}” has taken an office in local self-government. Will you lead the group after them?")
    return ask.format(group=row.name if row is not None else "…")


async def handed_over(chat: Chat) -> None:
    """Told to who went on."""
    if chat.args["yes"]:
        return chat.say(_("Your successor leads the group now. Thank you for all that you did for it!"))
    chat.say(_("Whom you asked does not want to lead the group. Please choose another in the /menu."))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await representatives.offered(db, step_id=int(args["step"]), person_id=person.id) is not None


async def _may(db: AsyncConnection, person: Person) -> bool:
    """Who speaks for a group; or has gone on, and waits for a successor."""
    groups, _offices = await dialogue_seats.places_of(db, person_id=person.id)
    for group_id in groups:
        if person.id in await representatives.speakers(db, group_id=group_id):
            return True
    return await representatives.to_hand_over(db, person_id=person.id) is not None


ENTRIES = (
    Entry("own_step", own_step, lambda: _("🪜 I have taken an office"), in_menu=True, offered=_may, nudge_after=None),
    Entry("leadership_offered", leadership_offered, lambda: _("Lead the group?"), nudge_after=None, still=_still),
    Entry("handed_over", handed_over, lambda: _("Your group"), notice=True),
)
