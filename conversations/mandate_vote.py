"""Residents vote on who speaks for them: once, in secret, without a running count; and hear the result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.representatives import title
from domain.counts import K
from domain.refusal import Refused
from locales import _, ngettext
from storage import mandates


async def mandate_vote(chat: Chat) -> None:
    where: dict[str, Any] = {"mandate_id": int(chat.args["mandate"]), "person_id": chat.person.id}
    where |= {"channel": chat.person.channel}
    if not await chat.look("may", partial(_may, chat=chat)):
        await chat.do("why", lambda db: mandates.may_vote(db, **where, today=chat.today()))
        return
    seats = await chat.look("seats", partial(_seats, chat=chat))
    chosen = await chat.pick_many(
        "chosen", partial(_ask, chat=chat), partial(_candidates, chat=chat), at_least=0, at_most=int(seats)
    )
    ballot = [int(each) for each in chosen]
    await chat.do("vote", lambda db: mandates.vote(db, **where, chosen=ballot, today=chat.today()))
    chat.say(_("Thank you. Your vote counts, and nobody can look up how you voted. You will hear the result."))


async def _may(db: AsyncConnection, *, chat: Chat) -> bool:
    return await _can(db, chat.person, chat.args, chat.today())


async def _can(db: AsyncConnection, person: Person, args: dict[str, Any], today: Any) -> bool:
    where: dict[str, Any] = {"person_id": person.id, "channel": person.channel, "today": today}
    try:
        await mandates.may_vote(db, mandate_id=int(args["mandate"]), **where)
    except Refused:
        return False
    return True


async def _seats(db: AsyncConnection, *, chat: Chat) -> int:
    return int((await mandates.mandate(db, mandate_id=int(chat.args["mandate"]))).seats)


async def _ask(db: AsyncConnection, *, chat: Chat) -> str:
    row = await mandates.mandate(db, mandate_id=int(chat.args["mandate"]))
    ask = ngettext(
        "Who shall speak for your community at the round table? Press {count} of them at most.",
        "Who shall speak for your community at the round table? Press up to {count} of them.",
        row.seats,
    ).format(count=row.seats)
    rest = _("Your vote is secret and cannot be changed. The last day is {day}.")
    return "\n".join([ask, rest.format(day=in_words(row.closes))])


async def _candidates(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    found = await mandates.standing(db, mandate_id=int(chat.args["mandate"]))
    return [Option(row.id, row.name or "…") for row in found]


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """The day itself is looked at when it is shown; here only whether the vote is over."""
    row = await mandates.mandate(db, mandate_id=int(args["mandate"]))
    return row.closed_at is None


async def mandate_result(chat: Chat) -> None:
    chat.say(await chat.look("result", partial(_result, chat=chat)), doors=(Door("representatives", title()),))


async def _result(db: AsyncConnection, *, chat: Chat) -> str:
    mandate_id = int(chat.args["mandate"])
    row = await mandates.mandate(db, mandate_id=mandate_id)
    won = [one for one in await mandates.asked(db, mandate_id=mandate_id) if one.elected]
    if not won:
        return "\n".join([_("The vote is over, and nobody was elected."), turnout(row.turnout or 0)])
    lines = [f"• {one.name or '…'} – {_votes(one.votes or 0)}" for one in won]
    return "\n".join([_("The vote is over. These speak for your community:"), *lines, turnout(row.turnout or 0)])


def turnout(number: int) -> str:
    """In steps of five."""
    if not number:
        return _("Fewer than {least} people voted.").format(least=K)
    return _("At least {count} people voted.").format(count=number)


def _votes(number: int) -> str:
    if not number:
        return _("fewer than {least} votes").format(least=K)
    return _("at least {count} votes").format(count=number)


ENTRIES = (
    Entry("mandate_vote", mandate_vote, lambda: _("🗳️ Who speaks for you?"), reminder=True, still=_still),
    Entry("mandate_result", mandate_result, lambda: _("Who speaks for you"), notice=True),
)
