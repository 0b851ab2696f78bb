"""Told to those whom a training is for: the invitation, its reminder, and that it is cancelled."""

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
    """Also told when a training has moved: then the answer is asked again."""
    if await _still(chat) is None:
        return
    training_id = chat.args["training"]
    await chat.do("shown", partial(training_reading.shown, person_id=chat.person.id, training_id=training_id))
    head = _("This has moved. Can you come?") if chat.args.get("moved") else _("You are invited. Can you come?")
    await _ask(chat, training_id, head)


async def training_reminder(chat: Chat) -> None:
    """To those who are coming, and to those who have not answered."""
    answer = await _still(chat)
    if answer is None or answer == Answer.NOT_COMING:
        return
    training_id = chat.args["training"]
    if answer == Answer.COMING:
        card = await chat.look("card", partial(_card, chat, training_id))
        chat.say(_("A reminder; you said that you come:") + f"\n\n{card}\n\n" + _("Something changed? /menu"))
        return
    await _ask(chat, training_id, _("A reminder. Can you come?"))


async def training_cancelled(chat: Chat) -> None:
    training_id = chat.args.get("training", 0)

    async def card(db: AsyncConnection) -> str | None:
        training = await training_reading.invited(db, person_id=chat.person.id, training_id=training_id)
        return training_words.card(training, chat.zone) if training and training.cancelled else None

    cancelled = await chat.look("card", card)
    if cancelled is not None:
        chat.say(_("This is cancelled:") + f"\n\n{cancelled}")


async def my_trainings(chat: Chat) -> None:
    """What somebody is invited to, and the answer they gave, to be changed."""

    async def choices(db: AsyncConnection) -> list[Option]:
        found = await training_reading.ahead(db, person_id=chat.person.id, now=chat.now())
        return [Option(one.id, _marked(one, chat)) for one in found]

    async def first(db: AsyncConnection) -> list[int]:
        return [one.id for one in await training_reading.ahead(db, person_id=chat.person.id, now=chat.now())]

    ids = await chat.look("ids", first)
    if not ids:
        chat.say(_("No training is ahead. When there is one, I will write to you."))
        return
    training_id = ids[0] if len(ids) == 1 else await chat.pick("training", _("Which training?"), choices)
    await _ask(chat, int(training_id), _("Can you come?"))


def _marked(training: Training, chat: Chat) -> str:
    mark = {Answer.COMING: "✓ ", Answer.NOT_COMING: "– "}.get(Answer(training.answer)) if training.answer else ""
    return f"{mark}{training_words.short(training, chat.zone)}"


async def _still(chat: Chat) -> str | None:
    """The answer given so far ("" for none); None when there is nothing to say any more."""
    training_id, moved = chat.args.get("training", 0), chat.args.get("moved")

    async def standing(db: AsyncConnection) -> str | None:
        training = await training_reading.invited(db, person_id=chat.person.id, training_id=training_id)
        if training is None or not training.stands(chat.now()) or training.moved != moved:
            return None
        return training.answer or ""

    standing_answer: str | None = await chat.look("still", standing)
    return standing_answer


async def _card(chat: Chat, training_id: int, db: AsyncConnection) -> str:
    training = await training_reading.invited(db, person_id=chat.person.id, training_id=training_id)
    return training_words.card(training, chat.zone) if training else ""


async def _ask(chat: Chat, training_id: int, head: str) -> None:
    async def words(db: AsyncConnection) -> str:
        return f"{head}\n\n{await _card(chat, training_id, db)}"

    coming, not_coming = _("I am coming"), _("I cannot come")
    options = [Option(Answer.COMING, f"✓ {coming}", (coming,)), Option(Answer.NOT_COMING, not_coming)]
    said = Answer(await chat.pick("answer", words, options))
    answer = partial(trainings.answer, person_id=chat.person.id, training_id=training_id, said=said)
    await chat.do("save", lambda db: answer(db, now=chat.now()))
    thanks = _("Good, we look forward to seeing you.") if said is Answer.COMING else _("Thank you for telling us.")
    chat.say(thanks + " " + _("You can change your answer in the /menu."))


async def _any_ahead(db: AsyncConnection, person: Person) -> bool:
    return await training_reading.any_ahead(db, person_id=person.id)


async def _open(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Worth asking only while the training stands; one that has moved is asked although it was answered before."""
    training = await training_reading.invited(db, person_id=person.id, training_id=args.get("training", 0))
    if training is None or not training.stands(now) or training.moved != args.get("moved"):
        return False
    return training.moved > 0 or training.answer is None


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
        nudge_after=None,
        expires_after=timedelta(days=2),
        priority=1,
        still=_open,
    ),
    Entry("training_cancelled", training_cancelled, lambda: _("A training is cancelled"), nudge_after=None, priority=1),
    Entry(
        "my_trainings",
        my_trainings,
        lambda: _("My trainings"),
        in_menu=True,
        offered=_any_ahead,
        nudge_after=None,
    ),
)
