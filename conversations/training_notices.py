"""Told about a training to those who need not answer: it is near, it has moved, it is cancelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import training_words
from conversations.chat import Chat
from conversations.person import Person
from conversations.registry import Entry
from domain.trainings import Answer
from locales import _
from storage import training_reading
from storage.training_reading import Training


async def training_near(chat: Chat) -> None:
    """To those who said that they come."""
    card = await chat.look("card", partial(_card, chat, _comes))
    if card is not None:
        chat.say(
            "\n\n".join(
                [
                    _("A reminder; you said that you come:"),
                    card,
                    _("If you cannot come after all, please say so: /menu"),
                ]
            )
        )


async def training_moved(chat: Chat) -> None:
    """To those who said that they come; who had not answered yet is asked again instead."""
    card = await chat.look("card", partial(_card, chat, _comes))
    if card is not None:
        can = _("You said that you come. If you cannot now, please say so in the /menu.")
        chat.say("\n\n".join([_("This has moved:"), card, can]))


async def training_cancelled(chat: Chat) -> None:
    card = await chat.look("card", partial(_card, chat, _cancelled))
    if card is not None:
        chat.say("\n\n".join([_("This is cancelled:"), card]))


Holds = Callable[[Training, dict[str, Any], datetime], bool]


def _comes(training: Training, args: dict[str, Any], now: datetime) -> bool:
    return training.stands(now) and training.moved == args.get("moved") and training.answer == Answer.COMING


def _cancelled(training: Training, _args: dict[str, Any], _now: datetime) -> bool:
    return training.cancelled


async def _card(chat: Chat, holds: Holds, db: AsyncConnection) -> str | None:
    """None when it is no longer true."""
    training = await _training(db, chat.person, chat.args)
    true = training is not None and holds(training, chat.args, chat.now())
    return training_words.card(training, chat.zone) if training and true else None


async def _training(db: AsyncConnection, person: Person, args: dict[str, Any]) -> Training | None:
    return await training_reading.invited(db, person_id=person.id, training_id=args.get("training", 0))


ENTRIES = (
    Entry("training_near", training_near, lambda: _("A training is near"), notice=True, reminder=True),
    Entry("training_moved", training_moved, lambda: _("A training has moved"), notice=True),
    Entry("training_cancelled", training_cancelled, lambda: _("A training is cancelled"), notice=True),
)
