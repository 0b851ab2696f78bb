"""The speaker sees what the listener heard, and says yes, says it again, or writes it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.need_questions import LONGEST
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.voices import State
from locales import _
from publish import need_words
from storage import listeners, voices


async def voice_answered(chat: Chat) -> None:
    """Told when the recording was typed, and when nobody could hear it."""
    voice = await chat.look("voice", partial(_mine, person_id=chat.person.id, voice_id=chat.args["voice"]))
    if voice is not None:
        await ask_speaker(chat, voice)


async def _mine(db: AsyncConnection, *, person_id: int, voice_id: int) -> dict[str, Any] | None:
    row = await voices.voice(db, voice_id=voice_id)
    if row is None or row.speaker_id != person_id or row.state not in (State.TYPED, State.LOST):
        return None
    return {"id": row.id, "village": row.village_id, "words": row.words, "kind": row.kind}


async def ask_speaker(chat: Chat, voice: dict[str, Any]) -> None:
    """`voice`: id, village, kind, and the words that were heard, None where nobody could."""
    wish = await chat.pick("heard", _heard(voice), _wishes(voice))
    settle = partial(voices.settle, voice_id=voice["id"], now=chat.now())
    if wish == "yes":
        await chat.do("yes", partial(settle, words=voice["words"]))
        chat.say(_("Thank you. The recording is deleted; the group reads your words as all others."))
    elif wish == "write":
        words = await chat.text("words", _("Please write it as you want it to stand."), longest=LONGEST)
        await chat.do("written", partial(settle, words=words))
        chat.say(_("Thank you, now it stands as you wrote it. The recording is deleted."))
    elif wish == "again":
        await _again(chat, voice)
    else:
        await chat.do("without", partial(settle, words=None))
        chat.say(_("All right: your need stays as it is, without words. The recording is deleted."))


def _heard(voice: dict[str, Any]) -> str:
    kind = need_words.kind(voice["kind"])
    if voice["words"] is None:
        return _(
            "{kind}: your recording could not be heard, and is deleted. Would you say it again, or write it?"
        ).format(kind=kind)
    return _("{kind}: here is what was heard in your recording:\n“{words}”\nIs it right?").format(
        kind=kind, words=voice["words"]
    )


def _wishes(voice: dict[str, Any]) -> list[Option]:
    right = [Option("yes", _("Yes, that is right"))] if voice["words"] is not None else []
    others = [Option("again", _("I say it again")), Option("write", _("I write it"))]
    return [*right, *others, Option("without", _("Leave it without words"))]


async def _again(chat: Chat, voice: dict[str, Any]) -> None:
    ask = _("Please say it once more.")
    find = partial(listeners.listener, village_id=voice["village"], speaker_id=chat.person.id)
    said = await chat.spoken("said", ask, find, longest=LONGEST)
    if isinstance(said, str):  # written after all
        await chat.do("written", partial(voices.settle, voice_id=voice["id"], words=said, now=chat.now()))
        chat.say(_("Thank you, now it stands as you wrote it. The recording is deleted."))
        return
    where = {"media_id": said["voice"], "listener_id": said["listener"]}
    await chat.do("again", partial(voices.say_again, voice_id=voice["id"], **where, now=chat.now()))
    chat.say(_("Thank you. I pass it on to {name}.").format(name=said["name"]))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await _mine(db, person_id=person.id, voice_id=args["voice"]) is not None


ENTRIES = (
    Entry("voice_typed", voice_answered, lambda: _("🎤 Your recording"), still=_still),
    Entry("voice_lost", voice_answered, lambda: _("🎤 Your recording"), still=_still),
)
