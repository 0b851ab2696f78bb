"""A coordinator tells who holds an office since when, and in which weeks there is an election."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_choice
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.elections import Weeks
from domain.people import Action
from locales import _
from publish import day_words
from storage import elections, posts, promise_states

TAKEN, LEFT, ELECTION, LIFT = "taken", "left", "election", "lift"
OTHER = ""


async def offices_desk(chat: Chat) -> None:
    municipality_id = await place_choice.municipality(chat, Action.SET_POST)
    if municipality_id is None:
        return
    steps = partial(_steps, municipality_id)
    step = await chat.pick("step", partial(_weeks_known, municipality_id), steps)
    if step == TAKEN:
        return await _taken(chat, municipality_id)
    if step == LEFT:
        return await _left(chat, municipality_id)
    if step == ELECTION:
        return await _election(chat, municipality_id)
    await chat.do("lift", partial(elections.lift, by=chat.person.id, weeks_id=int(step.removeprefix(LIFT))))
    chat.say(_("These weeks are taken back."))


async def _steps(municipality_id: int, db: AsyncConnection) -> Sequence[Option]:
    known = await elections.of(db, municipality_id=municipality_id)
    lift = [
        Option(f"{LIFT}{row.id}", _("Take back {days}").format(days=_span(Weeks(row.first, row.last)))) for row in known
    ]
    return [
        Option(TAKEN, _("Somebody new holds an office")),
        Option(LEFT, _("Somebody has left an office")),
        Option(ELECTION, _("There will be an election")),
        *lift,
    ]


async def _weeks_known(municipality_id: int, db: AsyncConnection) -> str:
    known = await elections.of(db, municipality_id=municipality_id)
    days = [_("Election weeks: {days}").format(days=_span(Weeks(row.first, row.last))) for row in known]
    return "\n".join([*days, _("What has changed?")])


def _span(weeks: Weeks) -> str:
    return f"{day_words.day(weeks.first)} – {day_words.day(weeks.last)}"


async def _office(chat: Chat, municipality_id: int) -> str:
    office = await chat.pick("office", _("Which office?"), partial(_offices, municipality_id))
    return str(office) if office != OTHER else str(await chat.text("named", _("What is it called?"), longest=100))


async def _offices(municipality_id: int, db: AsyncConnection) -> Sequence[Option]:
    known = await promise_states.offices(db, municipality_id=municipality_id)
    return [*(Option(office, office) for office in known), Option(OTHER, _("Another office"))]


async def _taken(chat: Chat, municipality_id: int) -> None:
    office = await _office(chat, municipality_id)
    name = await chat.text("name", _("What is their name?"), longest=100)
    since = await chat.date("since", _("Since which day?"))
    take = partial(posts.take, by=chat.person.id, municipality_id=municipality_id, office=office, name=name)
    await chat.do("save", partial(take, since=date.fromisoformat(since), now=chat.now()))
    chat.say(_("It is kept. The promises stay with the office; who spoke them stays beside the words."))


async def _left(chat: Chat, municipality_id: int) -> None:
    office = await _office(chat, municipality_id)
    until = await chat.date("until", _("Until which day did they hold it?"))
    leave = partial(posts.leave, by=chat.person.id, municipality_id=municipality_id, office=office)
    await chat.do("save", partial(leave, until=date.fromisoformat(until)))
    chat.say(_("It is kept. The promises of this office wait for whoever comes."))


async def _election(chat: Chat, municipality_id: int) -> None:
    first = await chat.date("first", _("From which day on are the election weeks?"))
    last = await chat.date("last", _("Until which day?"), earliest=date.fromisoformat(first))
    weeks = Weeks(date.fromisoformat(first), date.fromisoformat(last))
    keep = partial(elections.set_weeks, by=chat.person.id, municipality_id=municipality_id, weeks=weeks)
    await chat.do("save", partial(keep, now=chat.now()))
    chat.say(
        _(
            "It is kept. In these weeks promises are looked at as always, but no message names who made them, and "
            "nobody is elected in the groups."
        )
    )


ENTRY = Entry(
    "offices_desk",
    offices_desk,
    lambda: _("🗓 Offices and elections"),
    action=Action.SET_POST,
    in_menu=True,
)
