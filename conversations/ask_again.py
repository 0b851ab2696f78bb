"""A member asks at a home again that another member had asked: which door it was, they tell one another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.needs import Kind
from domain.people import Action
from locales import _, current
from publish import flag_words, need_words
from storage import asking_again, places
from storage.asking_again import Task

NOTHING_LIKE_IT = "none"
LATER = "later"


async def ask_again(chat: Chat) -> None:
    tasks = partial(asking_again.open_for, person_id=chat.person.id, now=chat.now())
    if not await chat.look("any", partial(_any_left, tasks)):
        chat.say(_("No home waits to be asked again."))
        return
    task_id = await chat.pick("home", _why(), partial(_homes, tasks, zone=chat.zone))
    if task_id == LATER:
        chat.say(_("All right. You will find it in the /menu."))
        return
    take = partial(asking_again.take, task_id=int(task_id), person_id=chat.person.id)
    await chat.do("take", lambda db: take(db, now=chat.now()))
    visited = await chat.pick("visited", partial(_at_the_door, task_id=int(task_id), zone=chat.zone), _visited())
    if visited == LATER:
        chat.say(_("All right. The home waits for you in the /menu, a week at most."))
        return
    kind = await _first_kind(chat) if visited == "yes" else None
    answer = partial(asking_again.answer, task_id=int(task_id), by=chat.person.id, visited=visited == "yes")
    await chat.do("answer", lambda db: answer(db, first_kind=kind, now=chat.now()))
    chat.say(_("Thank you, it is noted. It is one of the reasons why nobody can wave these numbers away."))


def _why() -> str:
    return _(
        "One home in ten is asked again by somebody else of the group: so that everybody can rely on the numbers. "
        "Which one will you go to?"
    )


async def _any_left(tasks: Any, db: AsyncConnection) -> bool:
    return bool(await tasks(db))


async def _homes(tasks: Any, db: AsyncConnection, *, zone: tzinfo) -> Sequence[Option]:
    options = [Option(task.id, await _called(db, task, zone)) for task in await tasks(db)]
    return [*options, Option(LATER, _("Later"))]


async def _called(db: AsyncConnection, task: Task, zone: tzinfo) -> str:
    """There are no names and no addresses: whose round, which day, the how manieth home of it, and about when."""
    village = await places.village(db, village_id=task.village_id)
    words = _("{village}: the round of {who}, {moment}, home {number}")
    return words.format(
        village=village.place.named(current()) if village else "",
        who=task.name or _("a member of your group"),
        moment=flag_words.moment(task.at, zone),
        number=task.house,
    )


async def _at_the_door(db: AsyncConnection, *, task_id: int, zone: tzinfo) -> str:
    task = await asking_again.task(db, task_id=task_id)
    which = await _called(db, task, zone) if task else ""
    return (
        which
        + "\n\n"
        + _(
            "Ask whoever went there which door it was; they hear that you will ask. Then go and say: "
            "“We ask a few homes twice, so that the numbers are sure.”\n\n"
            "Was somebody of the group here, to hear what the village needs?"
        )
    )


def _visited() -> list[Option]:
    return [
        Option("yes", _("Yes, somebody was here")),
        Option("no", _("No, or nobody remembers")),
        Option(LATER, _("I have not been there yet")),
    ]


async def _first_kind(chat: Chat) -> str | None:
    """Whoever asks does not see what was written down: so they cannot help along."""
    options = [Option(kind.value, need_words.kind(kind)) for kind in Kind]
    kind = await chat.pick(
        "kind", _("What did they name as the first need?"), options, optional=_("They do not remember")
    )
    return None if kind is None else str(kind)


async def home_asked_again(chat: Chat) -> None:
    """Told to who went there first: which door it was, they tell the other."""
    read = partial(_told, task_id=int(chat.args.get("task", 0)), zone=chat.zone)
    which = await chat.look("which", read)
    if which is not None:
        chat.say(
            _(
                "Another member asks at one of your homes again: {home}. It was drawn by lot; it happens to everybody. "
                "Please show them the door when they ask you."
            ).format(home=which)
        )


async def _told(db: AsyncConnection, *, task_id: int, zone: tzinfo) -> str | None:
    task = await asking_again.task(db, task_id=task_id)
    return None if task is None else await _called(db, task, zone)


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return await asking_again.any_for(db, person_id=person.id)


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return bool(await asking_again.open_for(db, person_id=person.id, now=now))


ENTRIES = (
    Entry(
        "ask_again",
        ask_again,
        lambda: _("🔁 Ask at a home again"),
        action=Action.ASK_AGAIN,
        in_menu=True,
        offered=_offered,
        reminder=True,
        nudge_after=timedelta(days=2),
        still=_still,
    ),
    Entry("home_asked_again", home_asked_again, lambda: _("🔁 Ask at a home again"), notice=True),
)
