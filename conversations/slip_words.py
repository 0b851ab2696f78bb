"""What a slip's code is good for, and what came of the words behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.questions.calendar import in_words
from domain import codes
from domain.links import SLIP
from domain.needs import Life
from domain.voices import State
from locales import _
from publish import need_words, promise_words
from storage import agreed, needs, promise_reading, slips, voices


def for_neighbour(chat: Chat, code: str) -> str:
    """Said to the member at the door."""
    words = _(
        "Please write this number on a slip for your neighbour: {code}\n"
        "Whoever types it here – she, or somebody she asks – sees what came of her words."
    )
    return _with_link(chat, words.format(code=codes.shown(code)), code)


def for_guest(chat: Chat, code: str) -> str:
    words = _(
        "Please note this number for yourself: {code}\n"
        "Type it here, on any phone, and you see what came of your words. Nobody else is told."
    )
    return _with_link(chat, words.format(code=codes.shown(code)), code)


def for_web(chat: Chat, code: str) -> str:
    """Said to who has only this page: nothing can be sent to it."""
    words = _(
        "One thing more: no message of mine can reach you here, unless you open this page again. Please note this "
        "number: {code}\nType it here or to our bot, on any phone, and you see what came of your words."
    )
    return _with_link(chat, words.format(code=codes.shown(code)), code)


def _with_link(chat: Chat, words: str, code: str) -> str:
    link = next(iter(chat.links.all(SLIP + code)), None)
    return f"{words}\n{link}" if link else words


async def came_of(db: AsyncConnection, *, answer_id: int, today: date) -> str | None:
    """Never more than what everybody may know, and the words themselves; None when the answer is gone."""
    answer = await slips.answer(db, answer_id=answer_id)
    if answer is None:
        return None
    told = await needs.told_in(db, answer_id=answer_id)
    spoken = {voice.need_id: voice.state for voice in await voices.of_answer(db, answer_id=answer_id)}
    parts = [await _need(db, row, answer_id, spoken.get(row.id), today) for row in told]
    over = answer.closed_at is not None or today > answer.closes
    return "\n\n".join([_("This is what was told, and what came of it:"), *parts, _next(over, answer.closes)])


def _next(over: bool, closes: date) -> str:
    if over:
        return _("The poll is over. Look again when you like: the same number shows how it goes on.")
    return _("The poll is open until {day}. Then the village agrees what is most urgent.").format(day=in_words(closes))


async def _need(db: AsyncConnection, row: Any, answer_id: int, spoken: str | None, today: date) -> str:
    words = needs.words_in(row, answer_id)
    parts = [need_words.kind(row.kind), words, need_words.hurt(row.own_suffers)]
    head = "• " + " – ".join(part for part in parts if part)
    return "\n".join([head, *(f"   {line}" for line in await _states(db, row, words, spoken, today))])


async def _states(db: AsyncConnection, row: Any, words: str | None, spoken: str | None, today: date) -> list[str]:
    """The furthest it came stands alone: of a promise nobody asks whether it was read."""
    promised = [_promised(one.new, one.verdict(today)) for one in await promise_reading.for_need(db, need_id=row.id)]
    if promised:
        return promised
    place = await agreed.place_of(db, need_id=row.id, poll_id=row.poll_id, village_id=row.village_id)
    if place is not None:
        return [_("on the agreed list of urgent needs, at place {place}").format(place=place)]
    if spoken == State.WAITING:
        return [_("🎤 the recording waits to be heard")]
    if spoken == State.TYPED:
        return [_("🎤 the recording was typed; please say whether it is right")]
    if row.state == Life.TOLD and words:
        return [_("the group has not read it yet")]
    return [_("it is with the village's other needs")]


def _promised(new: Any, verdict: Any) -> str:
    words = _("promised by {speaker}: {words}, by {day}").format(
        speaker=new.speaker, words=promise_words.quoted(new.words), day=promise_words.by_when(new.promise)
    )
    return f"{words} – {promise_words.SIGNS[verdict.status]} {promise_words.stands(verdict, due=False)}"
