"""Whoever holds an office names colleagues who answer in its name; a colleague accepts, under their own name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_acts
from conversations.chat import Chat
from conversations.dialogue import door
from conversations.handing_out import send_pictures
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.role_words import title
from conversations.welcome import ensure_welcomed
from domain.links import COLLEAGUE
from domain.people import Role
from locales import _
from storage import colleagues, dialogues
from storage.dialogue_seats import Seat

LONGEST_NAME = 60
NEW = 0


async def colleagues_desk(chat: Chat) -> None:
    role_id = await chat.look("role", partial(_role, chat=chat))
    if role_id is None:
        return chat.say(_("Only who holds the office names colleagues."))
    ask = _("A colleague answers in your name, and everybody sees that it was they. Whom do you mean?")
    chosen = int(await chat.pick("who", ask, partial(_those, role_id=role_id)))
    if chosen == NEW:
        return await _invite(chat, role_id)
    if await chat.confirm("end", _("Shall this colleague no longer answer for you? What they answered stays.")):
        await chat.do("ended", lambda db: colleagues.end(db, colleague_id=chosen, by=chat.person.id, now=chat.now()))
        chat.say(_("They no longer answer for you."), doors=(door(),))


async def _role(db: AsyncConnection, *, chat: Chat) -> int | None:
    kept = await dialogues.read(db, dialogue_id=dialogue_acts.at(chat))
    return next((seat.role_id for seat in kept.seats.values() if _holds(seat, chat)), None)


def _holds(seat: Seat, chat: Chat) -> bool:
    return seat.person_id == chat.person.id


async def _those(db: AsyncConnection, *, role_id: int) -> Sequence[Option]:
    there = await colleagues.of_role(db, role_id=role_id)
    return [Option(NEW, _("➕ A new colleague")), *(Option(row.id, row.name) for row in there)]


async def _invite(chat: Chat, role_id: int) -> None:
    token = await chat.do("made", lambda db: colleagues.invite(db, by=chat.person.id, role_id=role_id, now=chat.now()))
    chat.say(_("Forward this to your colleague. It works once, and lasts two weeks."))
    invited = _("You are asked to answer in the name of an office. Press the link to begin:")
    await send_pictures(chat, [(COLLEAGUE + token, invited)])


async def colleague(chat: Chat) -> None:
    token = str(chat.args.get("link", "")).removeprefix(COLLEAGUE)
    find = partial(colleagues.find, token=token, person_id=chat.person.id)
    found = await chat.look("found", lambda db: find(db, now=chat.now()))
    await ensure_welcomed(chat, village=False)
    chat.say(
        _(
            "{name} ({role}) asks you to answer in the office's name about the village's list. "
            "Everybody sees your name with it."
        ).format(name=found["name"], role=title(Role(found["role"])))
    )
    name = await chat.text("name", _("Your name, as it is to be shown in public?"), longest=LONGEST_NAME)
    if not await chat.confirm("sure", _("Do you accept?"), yes=_("Yes, I accept"), no=_("No, thank you")):
        return chat.say(_("That is all right. The invitation stays good until it expires, should you think again."))
    accept = partial(colleagues.accept, token=token, person_id=chat.person.id, name=name)
    await chat.do("accept", lambda db: accept(db, now=chat.now()))
    chat.say(_("Thank you. Here you find the list:"), doors=(door(),))


async def colleague_there(chat: Chat) -> None:
    """Told to who holds the office."""
    chat.say(_("{name} answers in your name from now on.").format(name=chat.args["name"]), doors=(door(),))


ENTRIES = (
    Entry("colleagues_desk", colleagues_desk, lambda: _("My colleagues"), nudge_after=None),
    Entry("colleague", colleague, lambda: _("Answer for an office"), link=COLLEAGUE, needs_welcome=False, priority=1),
    Entry("colleague_there", colleague_there, lambda: _("Your colleague"), notice=True),
)
