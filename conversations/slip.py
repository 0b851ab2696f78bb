"""Somebody has a slip with a code: they see what came of the words behind it, and may ask to hear of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import slip_words
from conversations.chat import Chat
from conversations.registry import Entry
from conversations.voice_answer import ask_speaker
from domain import codes
from domain.codes import TRIES
from domain.links import HOUSEHOLD, SLIP
from domain.rounds import SLIP_DIGITS
from domain.voices import State
from locales import _, current
from storage import slips, voices

WEB = "web"  # where nothing can be sent to


async def slip(chat: Chat) -> None:
    """By the link, by typing the number, or from the menu."""
    answer_id = await _opened(chat)
    if answer_id is None:
        return
    came = await chat.look("came", partial(slip_words.came_of, answer_id=answer_id, today=chat.today()))
    chat.say(came or _taken_back())
    if came is None:
        return
    await _unheard(chat, answer_id)
    await _follow(chat, answer_id)


async def _opened(chat: Chat) -> int | None:
    """The answer behind the code; None with the reason said."""
    typed = str(chat.args.get("link", "")).removeprefix(SLIP) or None
    for number in range(1, TRIES + 1):
        part = chat.part(str(number))
        code = typed if number == 1 and typed else await part.text("code", _ask(chat.args, number), longest=100)
        found = await part.do("found", partial(slips.read, typed=code, person_id=chat.person.id, now=chat.now()))
        if "answer" in found:
            return int(found["answer"])
        if found["no"] == slips.HOME:
            chat.go_on("household_code", link=HOUSEHOLD + str(codes.read(code)))
            return None
        if found["no"] == slips.EMPTY:
            chat.say(_taken_back())
            return None
        if found["no"] == slips.WAIT:
            break
    chat.say(_("Too many wrong numbers. Please look at the slip again, and try in an hour."))
    return None


def _ask(args: dict[str, Any], number: int) -> str:
    if number == 1:
        return _("Please type the ten digits that stand on your slip.")
    return _("I do not know that number. Please look at the slip again and type all ten digits.")


def _taken_back() -> str:
    return _("What was told with this number was taken back or erased. There is nothing to show any more.")


async def _unheard(chat: Chat, answer_id: int) -> None:
    """A recording of somebody without an account: the slip is how they say that it was heard rightly."""
    open_ = await chat.look("open", partial(_open, answer_id=answer_id))
    for number, voice in enumerate(open_, start=1):
        await ask_speaker(chat.part(f"v{number}"), voice)


async def _open(db: AsyncConnection, *, answer_id: int) -> list[dict[str, Any]]:
    rows = await voices.of_answer(db, answer_id=answer_id)
    ours = [row for row in rows if row.speaker_id is None and row.state in (State.TYPED, State.LOST)]
    return [{"id": row.id, "village": row.village_id, "words": row.words, "kind": row.kind} for row in ours]


async def _follow(chat: Chat, answer_id: int) -> None:
    person_id = chat.person.id
    if chat.person.channel == WEB:
        chat.say(_("Keep the slip: I cannot write to you here, but the number always shows how things stand."))
        return
    if await chat.look("hears", partial(slips.hears, answer_id=answer_id, person_id=person_id)):
        chat.say(_("I write to you when something comes of it."))
        return
    ask = _("Shall I write to you here when something comes of it? I keep the number of your account for that.")
    if await chat.confirm("follow", ask, yes=_("Yes, write to me"), no=_("No, the slip is enough")):
        await chat.do("kept", partial(slips.follow, answer_id=answer_id, person_id=person_id, now=chat.now()))
        chat.speak(current())  # so that it reaches them in the language of this talk
        chat.say(_("Good. You will hear from me. /forget ends it at any time."))
    else:
        chat.say(_("All right. The number goes on working."))


ENTRY = Entry(
    "slip",
    slip,
    lambda: _("🎫 I have a slip with a number"),
    in_menu=True,
    link=SLIP,
    digits=SLIP_DIGITS,
    needs_welcome=False,
    browsing=True,
    nudge_after=None,
)
