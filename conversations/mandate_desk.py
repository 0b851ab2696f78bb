"""The leader asks who stands, and lets the residents of the community vote on who speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_choice
from conversations.chat import Chat
from conversations.doors import Door
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.mandate import LASTS, MOST
from domain.people import Action
from locales import _, ngettext
from storage import mandates, roles

VOTE, STOP, LATER = "vote", "stop", "later"


def title() -> str:
    return _("🗳️ Who speaks for us: the vote")


async def mandate_desk(chat: Chat) -> None:
    group_id = await place_choice.group(chat, Action.OPEN_MANDATE)
    if group_id is None:
        return
    current = await chat.look("current", partial(_current, group_id=group_id))
    if current is None:
        return await _ask(chat, group_id)
    mandate_id = int(current["id"])
    if current["closes"] is not None:
        return chat.say(await chat.look("runs", partial(_runs, mandate_id=mandate_id)))
    wish = await chat.pick("wish", partial(_answers, mandate_id=mandate_id), partial(_wishes, mandate_id=mandate_id))
    if wish == VOTE:
        await _begin(chat, mandate_id)
    elif wish == STOP:
        give_up = partial(mandates.give_up, mandate_id=mandate_id, by=chat.person.id)
        await chat.do("stop", lambda db: give_up(db, now=chat.now()))
        chat.say(_("Stopped. Nobody was asked to vote; you can begin anew."))


async def _current(db: AsyncConnection, *, group_id: int) -> dict[str, Any] | None:
    row = await mandates.current(db, group_id=group_id)
    return None if row is None else {"id": row.id, "closes": row.closes.isoformat() if row.closes else None}


async def _ask(chat: Chat, group_id: int) -> None:
    ask = _("Who could speak for your community at the round table? I ask each of them first. At least one is a woman.")
    asked = await chat.pick_many("asked", ask, partial(_members, chat=chat, group_id=group_id))
    many = min(len(asked), MOST)
    numbers = [Option(number, str(number)) for number in range(1, many + 1)]
    seats = int(await chat.pick("seats", _("How many of them are to be elected?"), numbers))
    open_ = partial(mandates.open_, group_id=group_id, asked=[int(each) for each in asked], seats=seats)
    await chat.do("open", lambda db: open_(db, by=chat.person.id, now=chat.now()))
    chat.say(_("I have asked them. When all have answered, you hear from me, and the vote can begin."))


async def _members(db: AsyncConnection, *, chat: Chat, group_id: int) -> Sequence[Option]:
    """By what they wished to be called; the leader may stand too."""
    found = []
    for number, (person_id, name) in enumerate(await roles.group_of(db, group_id=group_id), start=1):
        called = name or _("Member {number}").format(number=number)
        found.append(
            Option(person_id, _("{name} (you)").format(name=called) if person_id == chat.person.id else called)
        )
    return found


async def _answers(db: AsyncConnection, *, mandate_id: int) -> str:
    lines = []
    for row in await mandates.asked(db, mandate_id=mandate_id):
        said = {None: _("has not answered yet"), True: _("stands"), False: _("does not stand")}[row.accepted]
        lines.append(f"• {row.name or '…'}: {said}")
    return "\n".join([_("Those whom you asked:"), *lines])


async def _wishes(db: AsyncConnection, *, mandate_id: int) -> Sequence[Option]:
    begin = [Option(VOTE, _("🗳️ Begin the vote"))] if await mandates.standing(db, mandate_id=mandate_id) else []
    return [*begin, Option(STOP, _("Stop, and ask others")), Option(LATER, _("Wait"))]


async def _begin(chat: Chat, mandate_id: int) -> None:
    days = [Option(days, ngettext("{count} day", "{count} days", days).format(count=days)) for days in LASTS]
    many = int(await chat.pick("days", _("For how many days can the residents vote?"), days))
    begin = partial(mandates.begin_vote, mandate_id=mandate_id, days=many, by=chat.person.id)
    await chat.do("begin", lambda db: begin(db, now=chat.now(), zone=chat.zone))
    chat.say(_("All residents of the community are asked now. Until the end nobody sees how it stands, you neither."))


async def _runs(db: AsyncConnection, *, mandate_id: int) -> str:
    row = await mandates.mandate(db, mandate_id=mandate_id)
    return _("The vote runs until {day}. Until then nobody sees how it stands.").format(day=in_words(row.closes))


async def mandate_ready(chat: Chat) -> None:
    """Told to the leader when all whom they asked have answered."""
    chat.say(await chat.look("ready", _ready(chat)), doors=(Door("mandate_desk", title()),))


def _ready(chat: Chat) -> Any:
    return partial(_answers, mandate_id=int(chat.args["mandate"]))


ENTRIES = (
    Entry("mandate_desk", mandate_desk, title, action=Action.OPEN_MANDATE, in_menu=True, nudge_after=None),
    Entry("mandate_ready", mandate_ready, lambda: _("All have answered"), notice=True),
)
