"""Asks those whom a training is for whether they come: when it is announced, when it is near, or from the menu."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import training_words
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.trainings import Answer
from locales import _
from storage import training_reading, trainings
from storage.training_reading import Training


async def training_invite(chat: Chat) -> None:
    """Also told to who had not answered when a training has moved."""
    if not await chat.look("open", partial(_open_for, chat)):
        return
    training_id = chat.args["training"]
    await chat.do("shown", partial(training_reading.shown, person_id=chat.person.id, training_id=training_id))
    head = _("This has moved. Can you come?") if chat.args.get("moved") else _("You are invited. Can you come?")
    await _ask(chat, training_id, head)


async def training_reminder(chat: Chat) -> None:
    """To those who have not answered."""
    if await chat.look("open", partial(_open_for, chat)):
        await _ask(chat, chat.args["training"], _("A reminder. Can you come?"))


async def my_trainings(chat: Chat) -> None:
    """What somebody is invited to, and the answer they gave, to be changed."""
    read = partial(training_reading.ahead, person_id=chat.person.id)

    async def choices(db: AsyncConnection) -> list[Option]:
        return [Option(one.id, _marked(one, chat)) for one in await read(db, now=chat.now())]

    async def ahead(db: AsyncConnection) -> list[int]:
        return [one.id for one in await read(db, now=chat.now())]

    ids = await chat.look("ids", ahead)
    if not ids:
        chat.say(_("No training is ahead. When there is one, I will write to you."))
        return
    training_id = ids[0] if len(ids) == 1 else await chat.pick("training", _("Which training?"), choices)
    await _ask(chat, int(training_id), _("Can you come?"))


def _marked(training: Training, chat: Chat) -> str:
    mark = {Answer.COMING: "✓ ", Answer.NOT_COMING: "– "}[Answer(training.answer)] if training.answer else ""
    return f"{mark}{training_words.short(training, chat.zone)}"


async def _ask(chat: Chat, training_id: int, head: str) -> None:
    async def words(db: AsyncConnection) -> str:
        training = await training_reading.invited(db, person_id=chat.person.id, training_id=training_id)
        return f"{head}\n\n{training_words.card(training, chat.zone)}" if training else head

    coming, not_coming = _("I am coming"), _("I cannot come")
    options = [Option(Answer.COMING, f"✓ {coming}", (coming,)), Option(Answer.NOT_COMING, not_coming)]
    said = Answer(await chat.pick("answer", words, options))
    answer = partial(trainings.answer, person_id=chat.person.id, training_id=training_id, said=said)
    await chat.do("save", lambda db: answer(db, now=chat.now()))
    thanks = _("Good, we look forward to seeing you.") if said is Answer.COMING else _("Thank you for telling us.")
    chat.say(thanks + " " + _("You can change your answer in the /menu."))


async def _open_for(chat: Chat, db: AsyncConnection) -> bool:
    return await _open(db, chat.person, chat.args, chat.now())


async def _open(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Worth asking only while the training stands as it was told, and was not answered in another way."""
    training = await training_reading.invited(db, person_id=person.id, training_id=args.get("training", 0))
    if training is None or not training.stands(now) or training.moved != args.get("moved"):
        return False
    return training.answer is None


async def _any_ahead(db: AsyncConnection, person: Person) -> bool:
    return await training_reading.any_ahead(db, person_id=person.id)


ENTRIES = (
    Entry(
        "training_invite",
        training_invite,
        lambda: _("An invitation to a training"),
        nudge_after=None,
        expires_after=timedelta(days=14),
        still=_open,
    ),
    Entry(
        "training_reminder",
        training_reminder,
        lambda: _("A training is near"),
        reminder=True,
        instead_of="training_invite",
        nudge_after=None,
        expires_after=timedelta(days=2),
        priority=1,
        still=_open,
    ),
    Entry(
        "my_trainings",
        my_trainings,
        lambda: _("🎓 My trainings"),
        in_menu=True,
        offered=_any_ahead,
        nudge_after=None,
    ),
)
