"""The listener whom the group named hears a neighbour's recording and types it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.need_questions import LONGEST
from conversations.person import Person
from conversations.registry import Entry
from locales import _, current
from publish import need_words
from storage import places, voices


async def hear_voice(chat: Chat) -> None:
    """Told when one arrives, or from the menu: the oldest that waits."""
    voice = await chat.look("voice", partial(_next, listener_id=chat.person.id, voice_id=chat.args.get("voice")))
    if voice is None:
        chat.say(_("No recording waits for you now."))
        return
    chat.send(_said(voice), voice=voice["media"])
    words = await chat.text(
        "words",
        _("Please type what you hear, word for word, in the language in which it is said."),
        longest=LONGEST,
        optional=_("I cannot make it out"),
    )
    where = {"voice_id": voice["id"], "by": chat.person.id, "now": chat.now()}
    if words is None:
        await chat.do("unclear", partial(voices.unclear, **where))
        chat.say(_("All right. Your neighbour may say it again, or write it. The recording is deleted."))
    else:
        await chat.do("typed", partial(voices.type_, **where, words=words))
        chat.say(_("Thank you! Your neighbour now sees it, and says whether it is right."))


def _said(voice: dict[str, Any]) -> str:
    words = _("A neighbour from {village} says what is needed ({kind}). Only you hear it: please keep it to yourself.")
    return words.format(village=voice["place"], kind=need_words.kind(voice["kind"]))


async def _next(db: AsyncConnection, *, listener_id: int, voice_id: int | None) -> dict[str, Any] | None:
    waiting: Sequence[int] = await voices.to_hear(db, listener_id=listener_id)
    found = voice_id if voice_id in waiting else next(iter(waiting), None)
    row = await voices.voice(db, voice_id=found) if found is not None else None
    if row is None:
        return None
    return {"id": row.id, "media": row.media_id, "kind": row.kind, "place": await _place(db, row.village_id)}


async def _place(db: AsyncConnection, village_id: int) -> str:
    village = await places.village(db, village_id=village_id)
    return village.place.named(current()) if village else ""


async def voice_settled(chat: Chat) -> None:
    """The recording goes from the listener's screen too."""
    media_id = chat.args["media"]
    seqs = await chat.look("seqs", partial(voices.played_in, person_id=chat.person.id, media_id=media_id))
    chat.take_back(_("Your neighbour has looked at what you typed. The recording is deleted. Thank you!"), seqs)


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await voices.to_hear(db, listener_id=person.id))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await _offered(db, person)


ENTRIES = (
    Entry(
        "hear_voice",
        hear_voice,
        lambda: _("🎧 A neighbour's recording"),
        in_menu=True,
        offered=_offered,
        expires_after=timedelta(days=14),
        still=_still,
    ),
    Entry("voice_settled", voice_settled, lambda: _("🎧 A neighbour's recording"), notice=True),
)
