"""How an announcement fares: who it reached, who comes; and moving or cancelling it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import training_words
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.role_words import title
from conversations.training_compose import LONGEST_PLACE, when
from domain.people import Role
from domain.trainings import starts
from locales import _, current, ngettext
from storage import training_reading, trainings
from storage.training_reading import Coming, Progress


async def watch(chat: Chat) -> None:
    read = partial(training_reading.watched, by=chat.person.id)

    async def ids(db: AsyncConnection) -> list[int]:
        return [one.id for one in await read(db, now=chat.now())]

    async def choices(db: AsyncConnection) -> list[Option]:
        return [Option(one.id, training_words.short(one, chat.zone)) for one in await read(db, now=chat.now())]

    if not await chat.look("ids", ids):
        chat.say(_("Nothing is announced yet."))
        return
    training_id = await chat.pick("training", _("Which one?"), choices)
    match await chat.pick("do", partial(_standing, chat, training_id), partial(_choices, chat, training_id)):
        case "who":
            chat.say(await chat.look("who", partial(_who, chat, training_id)))
        case "move":
            await _move(chat, training_id)
        case "cancel":
            await _cancel(chat, training_id)
        case _good:
            chat.say(_("All right."))


async def _choices(chat: Chat, training_id: int, db: AsyncConnection) -> list[Option]:
    training = await training_reading.watch(db, by=chat.person.id, training_id=training_id)
    options = [Option("good", _("Good, thank you")), Option("who", _("Who is coming?"))]
    if not training.cancelled and training.starts_at > chat.now():
        options += [Option("move", _("Move it")), Option("cancel", _("Cancel it"))]
    return options


async def _standing(chat: Chat, training_id: int, db: AsyncConnection) -> str:
    training = await training_reading.watch(db, by=chat.person.id, training_id=training_id)
    progress = await training_reading.progress(db, by=chat.person.id, training_id=training_id)
    lines = [training_words.card(training, chat.zone), ""]
    if training.cancelled:
        lines.append(_("It is cancelled."))
    return "\n".join([*lines, *_counts(progress)])


def _counts(progress: Progress) -> list[str]:
    return [
        _("Invited: {count}").format(count=progress.invited),
        _("Delivered: {count}").format(count=progress.sent),
        _("On the way: {count}").format(count=progress.waiting),
        _("Not delivered: {count}").format(count=progress.failed),
        "",
        _("Coming: {count}").format(count=progress.coming),
        _("Not coming: {count}").format(count=progress.not_coming),
        _("No answer yet: {count}").format(count=progress.invited - progress.coming - progress.not_coming),
    ]


async def _who(chat: Chat, training_id: int, db: AsyncConnection) -> str:
    """Those with a role by name where they gave one; residents as numbers, since they gave none."""
    found = await training_reading.coming(db, by=chat.person.id, training_id=training_id)
    if not found:
        return _("Nobody has said yet that they come.")
    named = [_named(one) for one in found if one.role]
    residents = Counter(_village(one) for one in found if not one.role)
    counted = [_residents(village, count) for village, count in sorted(residents.items())]
    return "\n".join([_("They are coming:"), *(f"• {line}" for line in [*named, *counted])])


def _named(one: Coming) -> str:
    role = one.office or title(Role(one.role or Role.RESIDENT))
    return ", ".join(filter(None, [one.name, role, _village(one)]))


def _village(one: Coming) -> str:
    return (one.village_ka if current() == "ka" else one.village_en) or ""


def _residents(village: str, count: int) -> str:
    words = ngettext("{count} resident", "{count} residents", count).format(count=count)
    return f"{village}: {words}" if village else words


async def _move(chat: Chat, training_id: int) -> None:
    day, hour = await when(chat)
    place = await chat.text("place", _("Where?"), longest=LONGEST_PLACE, optional=_("The same place"), title=_("Where"))
    moment = starts(day, hour, chat.zone)
    ask = _("It moves to {when}. Those who may come hear of it. Shall I move it?")
    if not await chat.confirm("sure", ask.format(when=training_words.when(moment, chat.zone)), yes=_("Yes, move it")):
        chat.say(_("It stays as it was."))
        return
    move = partial(trainings.move, by=chat.person.id, training_id=training_id, starts_at=moment, place=place)
    told = await chat.do("move", lambda db: move(db, now=chat.now(), zone=chat.zone))
    chat.say(_heard(told))


async def _cancel(chat: Chat, training_id: int) -> None:
    in_series = await chat.look("series", partial(_in_series, chat, training_id))
    following = False
    if in_series:
        options: Sequence[Option] = [Option("one", _("Only this one")), Option("rest", _("This one and all after it"))]
        following = await chat.pick("which", _("It is one of several. Which are cancelled?"), options) == "rest"
    if not await chat.confirm("sure", _("Shall I cancel it? Those who may come hear of it."), yes=_("Yes, cancel it")):
        chat.say(_("It stays as it was."))
        return
    cancel = partial(trainings.cancel, by=chat.person.id, training_id=training_id, following=following)
    told = await chat.do("cancel", lambda db: cancel(db, now=chat.now()))
    chat.say(_heard(told))


async def _in_series(chat: Chat, training_id: int, db: AsyncConnection) -> bool:
    return (await training_reading.watch(db, by=chat.person.id, training_id=training_id)).in_series


def _heard(told: int) -> str:
    return ngettext("Done. {count} person hears of it.", "Done. {count} people hear of it.", told).format(count=told)
